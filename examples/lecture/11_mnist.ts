/**
 * Chapter 11: MNIST. The split, the predictions of an untrained and of a trained network, the
 * confusion matrix, and what the first layer looks at.
 *
 *     deno run examples/lecture/11_mnist.ts                          # digits that turunan draws
 *     deno run --allow-read examples/lecture/11_mnist.ts --data DIR  # the real ones
 */

import { DataError, type Dataset, type DatasetParts, digits, loadMnist, nn } from "../../mod.ts";
import { noGrad, optim, Random, type Tensor } from "../../mod.ts";
import { confusionChart, imageGrid, lineChart } from "../../plot/mod.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { cropped, digitImage, firstWeights } from "./11_mnist/digit_image.ts";
import { CommandLineError, present, type Presenter } from "./present.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const count = (number: number) => number.toLocaleString("en-US");

/** The digits of a folder with the four MNIST files, or drawn ones where there is no folder. */
export async function loadDigits(directory?: string): Promise<DatasetParts> {
  if (directory === undefined) return digits({ train: 5000, validation: 500, test: 1000 });
  try {
    return await loadMnist(directory);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw new CommandLineError(
        `Reading ${directory} needs a permission: deno run --allow-read=${directory} ` +
          `examples/lecture/11_mnist.ts --data ${directory}`,
      );
    }
    if (error instanceof DataError) throw new CommandLineError(error.message);
    throw error;
  }
}

// The data

function tellData({ heading, say, table }: Presenter, parts: DatasetParts, isReal: boolean): void {
  heading("The split");
  const { train, validation, test } = parts;
  const sizes = [train, validation, test].map(({ labels }) => labels.size);
  say(
    isReal
      ? `MNIST: digits written by clerks of the American Census Bureau and by high-school students, each
        an image of 28 x 28 greys.`
      : `Handwritten digits, each an image of 28 x 28 greys. These are drawn by a program, so that the
        chapter runs without any file; with --data DIR it takes the real ones of MNIST.`,
  );
  say(`They are split in three parts, and no digit is in two of them:`);
  table(["part", "digits", "what for"], [
    ["training", count(sizes[0]!), "to learn from: these change the weights"],
    ["validation", count(sizes[1]!), "to watch the training, and to choose by"],
    ["test", count(sizes[2]!), "to judge, once, at the end"],
  ]);
}

// Before and after

/** The network of this chapter: 784 pixels, 64 hidden neurons, ten digits. */
export function untrained(): nn.Sequential {
  return nn.mlp([784, 64, 10], { activation: "relu", random: new Random(0) });
}

/** The first digits of a dataset. */
function first(dataset: Dataset, size: number): Tensor {
  return dataset.inputs.slice([{ start: 0, stop: size }]);
}

/** Shows the first digits with what a model says, and returns how sure it is of each. */
function showAnswers(
  { show }: Presenter,
  model: nn.Model,
  test: Dataset,
  title: string,
): ArrayLike<number> {
  const size = 6;
  const probabilities = noGrad(() => model.forward(first(test, size)).softmax());
  const answers = probabilities.argmax(1).data;
  const sureness = probabilities.max(1).data;
  const images = Array.from(
    answers,
    (answer, i) => {
      const caption = `a ${test.labels.data[i]}: says ${answer}, ${
        (100 * sureness[i]!).toFixed(0)
      } %`;
      return digitImage(test, i, caption);
    },
  );
  show(imageGrid({ title, images, columns: 3 }));
  return sureness;
}

async function tellBefore(presenter: Presenter, model: nn.Sequential, test: Dataset) {
  const { heading, say } = presenter;
  heading("Before training");
  const { loss, accuracy } = await nn.evaluate(model, test);
  const weights = model.parameters().reduce((sum, { size }) => sum + size, 0);
  say(`A network of 784-64-10 neurons: a pixel for each input, a digit for each output,
    ${count(weights)} weights and biases, all of them random. It has an answer for every image:`);
  const sureness = showAnswers(presenter, model, test, "The untrained network");
  assert(Math.max(...Array.from(sureness)) < 0.25);
  say(`It gives no digit much more than the ten percent of pure chance. Of all
    ${count(test.labels.size)} test digits it reads ${percent(accuracy!)} right, and its loss is
    ${loss.toFixed(3)}; log(10) = ${Math.log(10).toFixed(3)} was to be expected of one that knows
    nothing (chapter 10).`);
  assert(accuracy! < 0.25);
  assertAlmostEquals(loss, Math.log(10), 0.2);
}

/** Trains on the training part, and watches the validation part. */
export async function trainDigits(
  model: nn.Sequential,
  { train, validation }: DatasetParts,
): Promise<nn.EpochRecord[]> {
  return await nn.fit(model, train, {
    loss: nn.crossEntropy,
    optimizer: optim.adam({ learningRate: 0.002 }),
    epochs: train.labels.size > 10_000 ? 5 : 10,
    batchSize: train.labels.size > 10_000 ? 128 : 50,
    validation,
  });
}

async function tellTraining(presenter: Presenter, model: nn.Sequential, parts: DatasetParts) {
  const { heading, say, table, show } = presenter;
  heading("Training");
  const history = await trainDigits(model, parts);
  say(`Cross-entropy, Adam, ${history.length} epochs. After each of them, a look at the validation
    part:`);
  table(
    ["epoch", "training loss", "validation loss", "validation: right"],
    history.map(({ epoch, loss, validationLoss, validationAccuracy }) => [
      epoch,
      loss.toFixed(4),
      validationLoss!.toFixed(4),
      percent(validationAccuracy!),
    ]),
  );
  show(
    lineChart({
      title: "Learning to read",
      x: { label: "epoch" },
      y: { label: "loss" },
      series: [
        { name: "training", points: history.map((each) => [each.epoch, each.loss]), mark: "path" },
        {
          name: "validation",
          points: history.map((each) => [each.epoch, each.validationLoss!]),
          mark: "path",
        },
      ],
    }),
  );
  assert(history.at(-1)!.loss < history[0]!.loss / 3);
}

// The judgement

async function tellAfter(presenter: Presenter, model: nn.Sequential, test: Dataset) {
  const { heading, say, show } = presenter;
  heading("After training");
  say(`The same six digits, the same network, other weights:`);
  showAnswers(presenter, model, test, "The trained network");
  const { loss, accuracy } = await nn.evaluate(model, test);
  say(
    `And now, once, the whole test part: ${percent(accuracy!)} of ${count(test.labels.size)} digits
    that it has never seen are read right; the loss is ${loss.toFixed(3)}.`,
  );
  assert(accuracy! > 0.93);

  heading("The confusion matrix");
  const answers = nn.predict(model, test);
  const counts = nn.confusionMatrix(answers, test.labels, 10).toArray() as number[][];
  show(
    confusionChart({ title: "Which digit was taken for which", counts }),
    "A row for each digit as it was written, a column for each as it was read.",
  );
  const right = counts.reduce((sum, row, digit) => sum + row[digit]!, 0);
  assertEquals(counts.flat().reduce((sum, each) => sum + each), test.labels.size);
  assertAlmostEquals(right / test.labels.size, accuracy!, 1e-9);
  const [written, read] = worstConfusion(counts);
  say(
    `On the diagonal stand the digits that were read right, ${count(right)} in all. Everything else
    is a mistake; the commonest is to take a ${written} for a ${read}, which happened
    ${counts[written]![read]} times.`,
  );
  tellMistakes(presenter, model, test);
}

/** The pair of digits that is confused most often. */
export function worstConfusion(
  counts: readonly (readonly number[])[],
): [written: number, read: number] {
  const pairs = counts.flatMap((row, i) => row.map((_, k): [number, number] => [i, k]))
    .filter(([i, k]) => i !== k);
  return pairs.reduce((worst, pair) =>
    counts[pair[0]]![pair[1]]! > counts[worst[0]]![worst[1]]! ? pair : worst
  );
}

function tellMistakes({ say, show }: Presenter, model: nn.Model, test: Dataset): void {
  const probabilities = noGrad(() => model.forward(test.inputs).softmax());
  const answers = probabilities.argmax(1).data;
  const sureness = probabilities.max(1).data;
  const mistakes = Array.from(answers.keys())
    .filter((i) => answers[i] !== test.labels.data[i])
    .sort((i, k) => sureness[k]! - sureness[i]!)
    .slice(0, 3);
  say(`The mistakes that it was surest of:`);
  const images = mistakes.map((i) =>
    digitImage(test, i, `a ${test.labels.data[i]}, read as ${answers[i]}`)
  );
  show(imageGrid({ title: "Sure and wrong", images, columns: 3 }));
}

// What the first layer looks at

function tellWeights(
  { heading, say, show }: Presenter,
  before: readonly Float32Array[],
  model: nn.Sequential,
): void {
  heading("What the hidden neurons look at");
  const after = firstWeights(model);
  const change = after.map((weights, neuron) => weights.map((w, i) => w - before[neuron]![i]!));
  const largest = Array.from(change.keys())
    .sort((i, k) => norm(change[k]!) - norm(change[i]!))
    .slice(0, 6);
  say(`A neuron of the first layer has a weight for each pixel, so its weights are an image, too.
    Before the training it is noise. Here is what the training has added to it, for the six neurons
    that have changed most: one colour where ink speaks for the neuron, the other where ink speaks
    against it.`);
  const sizes = largest.flatMap((neuron) => Array.from(change[neuron]!, Math.abs))
    .sort((a, b) => a - b);
  const bound = sizes[Math.floor(0.98 * sizes.length)]!; // a few are far larger than all others
  show(
    imageGrid({
      title: "What six neurons have learned",
      images: largest.map((neuron) => cropped(change[neuron]!, `neuron ${neuron + 1}`)),
      columns: 3,
      domain: [-bound, bound],
    }),
    "Strokes, bows and gaps, found by gradient descent alone.",
  );
  say(
    `Nobody has told the network what a stroke is. It had numbers, a loss, and the derivative of the
    one by the other. That is how a neural network trains.`,
  );
}

function norm(numbers: Float32Array): number {
  return Math.hypot(...numbers);
}

/** Tells the chapter. */
export async function tell(presenter: Presenter): Promise<void> {
  const { data } = presenter.options;
  const parts = await loadDigits(data);
  presenter.title("Chapter 11 · MNIST: reading handwriting");
  tellData(presenter, parts, data !== undefined);
  const model = untrained();
  const before = firstWeights(model);
  await tellBefore(presenter, model, parts.test);
  await tellTraining(presenter, model, parts);
  await tellAfter(presenter, model, parts.test);
  tellWeights(presenter, before, model);
}

if (import.meta.main) await present(tell, { data: true });
