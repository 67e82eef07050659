/**
 * Chapter 8: training in steps 0 to 7. A multi-layer perceptron learns, once in slow motion with each
 * back-propagated error by name, then on Iris and on handwritten digits.
 *
 *     deno run examples/lecture/08_training_steps.ts
 */

import { type Dataset, digits, nn, noGrad, optim, Random } from "../../mod.ts";
import { imageGrid, lineChart } from "../../plot/mod.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  accuracy,
  classOf,
  irisExamples,
  irisWidths,
  trainIris,
} from "./08_training_steps/iris.ts";
import {
  type Activity,
  type Example,
  forward,
  halfSquaredError,
  infer,
  initialise,
  type Network,
  parametersOf,
  textbookDeltas,
  train,
  update,
} from "./08_training_steps/network.ts";
import { digitImage } from "./11_mnist/digit_image.ts";
import { present, type Presenter } from "./present.ts";

/** The four examples of XOR. */
export const xor: readonly Example[] = [[0, 0], [0, 1], [1, 0], [1, 1]].map(([x1, x2]) => ({
  inputs: [x1!, x2!],
  targets: [x1! ^ x2!],
}));

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const count = (number: number) => number.toLocaleString("en-US");

// Steps 0 to 6, once

function showWeights({ table }: Presenter, network: Network): void {
  const rows = network.flatMap((layer, depth) =>
    layer.map(({ name, weights, bias }) => [
      name,
      depth === 0 ? "x1, x2" : "h1, h2",
      ...[...weights, bias].map(({ data }) => data.toFixed(4)),
    ])
  );
  table(["neuron", "reads", "weight w1", "weight w2", "bias b"], rows);
}

function tellStart(presenter: Presenter, network: Network): void {
  const { heading, say, table } = presenter;
  heading("Step 0: initialise the weights");
  say(`A network of 2-2-1 neurons: two inputs x1 and x2, two hidden neurons h1 and h2, one output
    neuron o1, each with the sigmoid as its activation function. Its weights are random numbers
    between -1 and 1. They have to differ, since two neurons that start alike stay alike.`);
  showWeights(presenter, network);
  heading("Step 1: read the training data");
  say(`XOR once more: four examples, each with its inputs and its target, the answer that we
    want.`);
  table(["x1", "x2", "target t"], xor.map(({ inputs, targets }) => [...inputs, ...targets]));
  heading("Step 2: epochs");
  say(`An epoch takes each example once and does steps 3 to 6 with it. Here they are in slow motion
    for the second example, (0, 1) with the target 1.`);
}

function tellForward(
  { heading, say, table }: Presenter,
  network: Network,
  activities: Activity[][],
) {
  heading("Step 3: forward");
  say(`Each neuron adds up its net input, the weighted sum of what it reads, and puts it through the
    sigmoid. First the hidden layer, then the output.`);
  const rows = network.flatMap((layer, depth) =>
    layer.map(({ name }, i) => {
      const { net, output } = activities[depth]![i]!;
      return [name, net.data.toFixed(4), output.data.toFixed(4)];
    })
  );
  table(["neuron", "net input", "output"], rows);
}

function tellErrors({ heading, say, table }: Presenter, own: number[][], rule: number[][]): void {
  heading("Steps 4 and 5: back-propagate the error, at the output and at the hidden layer");
  say(`How much does the loss change with the net input of a neuron? This number is the neuron's
    back-propagated error, called delta. The engine knows it once backward() has walked the graph:
    it is the gradient of the net input. The textbook has a rule for it, and the two agree:`);
  const row = (step: number, name: string, formula: string, layer: number, i: number) => [
    step,
    `delta ${name}`,
    formula,
    rule[layer]![i]!.toFixed(5),
    own[layer]![i]!.toFixed(5),
  ];
  table(["step", "error", "rule", "by the rule", "by the engine"], [
    row(4, "o1", "(o1 - t) · o1 · (1 - o1)", 1, 0),
    row(5, "h1", "delta o1 · w1 · h1 · (1 - h1)", 0, 0),
    row(5, "h2", "delta o1 · w2 · h2 · (1 - h2)", 0, 1),
  ]);
  for (const [layer, deltas] of own.entries()) {
    for (const [i, delta] of deltas.entries()) assertAlmostEquals(delta, rule[layer]![i]!, 1e-12);
  }
  say(`At the output the error is in plain sight: the answer less the target. A hidden neuron has no
    target to compare with. Its share of the blame comes back along the connection by which it was
    heard: w1 and w2 in the rule are the weights of o1. (Some books write t - o1, and add in step 6
    where we subtract. The step is the same.)`);
}

function tellOneStep(presenter: Presenter, network: Network): void {
  const { heading, say } = presenter;
  tellStart(presenter, network);
  const { inputs, targets } = xor[1]!;
  const activities = forward(network, inputs);
  const loss = halfSquaredError(activities, targets);
  tellForward(presenter, network, activities);
  say(`The output should be 1. Half of its squared error is the loss of this example,
    ${loss.data.toFixed(4)}.`);

  loss.backward();
  const deltas = activities.map((layer) => layer.map(({ net }) => net.grad));
  tellErrors(presenter, deltas, textbookDeltas(network, activities, targets));

  heading("Step 6: update the weights");
  const learningRate = 2;
  const [h1] = network[0]!;
  assertAlmostEquals(h1!.weights[1]!.grad, deltas[0]![0]! * inputs[1]!, 1e-12);
  assertAlmostEquals(h1!.bias.grad, deltas[0]![0]!, 1e-12);
  say(`The gradient of a weight is the delta of its neuron times the input that the weight was
    multiplied with; the gradient of a bias is the delta itself. One step against the gradients,
    with the learning rate λ = ${learningRate}, and these are the weights:`);
  update(network, learningRate);
  showWeights(presenter, network);
  const after = halfSquaredError(forward(network, inputs), targets).data;
  assert(after < loss.data);
  say(
    `The loss of this example went from ${loss.data.toFixed(4)} to ${after.toFixed(4)}. The weights
    w1 of h1 and h2 have not moved: x1 was 0, so they had no part in the answer.`,
  );
}

// Step 7

function tellRepetition({ heading, say, table, show }: Presenter, network: Network): void {
  heading("Step 7: repeat, until converged or out of iterations");
  const stop = { loss: 0.005, epochs: 5000 };
  say(`Now epoch after epoch, until the mean loss of an epoch is below ${stop.loss} (converged) or
    ${count(stop.epochs)} epochs are over (out of iterations).`);
  const losses = train(network, xor, { learningRate: 2, stop });
  const stuck = train(initialise([2, 2, 1], new Random(3)), xor, { learningRate: 1, stop });
  const shown = [1, 10, 100, 200, 300].filter((epoch) => epoch < losses.length);
  table(
    ["epoch", ...[...shown, losses.length].map(String)],
    [["mean loss", ...[...shown, losses.length].map((epoch) => losses[epoch - 1]!.toFixed(4))]],
  );
  assert(losses.at(-1)! <= stop.loss && losses.length < stop.epochs);
  const curve = (name: string, losses: readonly number[]) => ({
    name,
    points: losses.slice(0, 1000).map((loss, i) => [i + 1, loss] as const),
  });
  show(
    lineChart({
      title: "Learning XOR",
      x: { label: "epoch" },
      y: { label: "mean loss" },
      series: [curve("converges", losses), curve("does not", stuck)],
    }),
    `The first network converged in ${losses.length} epochs. The other, from other random weights
    and with λ = 1, was still at ${stuck.at(-1)!.toFixed(3)} after ${count(stuck.length)} epochs: it
    knows two corners, says one half at the other two, and no small step makes it better.`,
  );
  assertEquals(stuck.length, stop.epochs);
  assert(stuck.at(-1)! > 5 * stop.loss);
}

function tellResult(presenter: Presenter, network: Network): void {
  const { heading, say, table } = presenter;
  heading("The result: the weight matrices");
  say(`What training leaves behind are numbers: for each layer a matrix with a row for each neuron,
    and the biases. They are the trained network, and nothing else is.`);
  showWeights(presenter, network);
  const answers = xor.map(({ inputs }) => infer(network, inputs)[0]!);
  table(
    ["x1", "x2", "target", "answer"],
    xor.map(({ inputs, targets }, i) => [...inputs, ...targets, answers[i]!.toFixed(3)]),
  );
  assertEquals(answers.map(Math.round), xor.map(({ targets }) => targets[0]!));
}

// Iris

function tellIrisErrors({ heading, say, table }: Presenter): void {
  heading("The same steps on Iris");
  const network = initialise(irisWidths, new Random(1));
  const { train, test, species } = irisExamples(1);
  const { inputs, targets } = train[0]!;
  say(`Nothing in these steps knows how many neurons there are. Four lengths in, eight hidden
    neurons, three outputs, one for each species: ${irisWidths.join("-")}, with
    ${parametersOf(network).length} weights and biases. A fifth of the flowers, ${test.length} of
    ${train.length + test.length}, is held out: no step of the training sees them. Here are the
    back-propagated errors of the first flower, ${species[classOf(targets)]}:`);
  const activities = forward(network, inputs);
  halfSquaredError(activities, targets).backward();
  const rule = textbookDeltas(network, activities, targets);
  const [hidden, outputs] = network.map((layer, depth) =>
    layer.map(({ name }, i) => {
      const delta = activities[depth]![i]!.net.grad;
      assertAlmostEquals(delta, rule[depth]![i]!, 1e-12);
      return [`delta ${name}`, delta.toFixed(5)] as const;
    })
  );
  table(
    ["at the output", "", "at the hidden", "layer", "", ""],
    [0, 1, 2, 3].map((i) => [...(outputs![i] ?? ["", ""]), ...hidden![i]!, ...hidden![i + 4]!]),
  );
}

function tellIris({ say, table }: Presenter): void {
  const seeds = Array.from({ length: 10 }, (_, i) => i + 1);
  const runs = seeds.map((seed) => trainIris(seed));
  const { network, data, losses } = runs[0]!;
  const onTest = accuracy(network, data.test);
  say(`After ${losses.length} epochs with λ = 0.5 the mean loss has gone from
    ${losses[0]!.toFixed(3)} to ${losses.at(-1)!.toFixed(3)}. The network names the species of
    ${percent(accuracy(network, data.train))} of the flowers that it has learned from, and of
    ${percent(onTest)} of those that it has never seen.`);
  const shares = runs.map(({ network, data }) => accuracy(network, data.test));
  const mean = shares.reduce((sum, share) => sum + share) / shares.length;
  say(`Was that an easy fifth? Of ${data.test.length} flowers, one more mistake is
    ${percent(1 / data.test.length)}, so a single split says little. Here are ten, each with another
    fifth held out and other weights to start from. Their mean is ${percent(mean)}.`);
  table(
    ["split", ...seeds.map(String)],
    [["right, %", ...shares.map((share) => (100 * share).toFixed(0))]],
  );
  assert(onTest >= 0.95 && mean >= 0.95);
}

// Digits, and what it is to use a trained network

/** A network that has learned to read drawn digits. */
export interface DigitsTraining {
  readonly model: nn.Sequential;
  readonly test: Dataset;
  readonly losses: readonly number[];
}

/** Trains a network of 784-32-10 neurons on 2,000 drawn digits. */
export async function trainDigits(): Promise<DigitsTraining> {
  const { train, test } = digits({ train: 2000, validation: 0, test: 500 });
  const model = nn.mlp([784, 32, 10], { random: new Random(0) });
  const history = await nn.fit(model, train, {
    loss: nn.crossEntropy,
    optimizer: optim.adam({ learningRate: 0.005 }),
    epochs: 8,
    batchSize: 50,
  });
  return { model, test, losses: history.map(({ loss }) => loss) };
}

async function tellDigits(presenter: Presenter): Promise<void> {
  const { heading, say, table } = presenter;
  heading("The same steps on handwritten digits");
  const training = await trainDigits();
  const { model, test, losses } = training;
  const parameters = model.parameters().reduce((sum, { size }) => sum + size, 0);
  say(
    `784 pixels in, 32 hidden neurons, ten outputs: ${count(parameters)} weights and biases. For so
    many, the library has steps 2 to 7 in one call, nn.fit. It keeps the weights of a layer in one
    matrix, and updates them after 50 examples at a time. (It also uses ReLU, a loss for classes,
    which is chapter 10, and Adam, a quicker way to walk downhill.)`,
  );
  table(
    ["epoch", ...losses.map((_, i) => String(i + 1))],
    [["mean loss", ...losses.map((loss) => loss.toFixed(3))]],
  );
  const { accuracy } = await nn.evaluate(model, test);
  say(
    `Of ${test.labels.size} digits that it has never seen, it reads ${percent(accuracy!)} right.`,
  );
  assert(accuracy! > 0.9);
  tellInference(presenter, training);
}

function tellInference({ heading, say, table, show }: Presenter, { model, test }: DigitsTraining) {
  heading("Training and inference");
  say(`Training is all of the steps. Inference is using what they left behind: step 3 alone.`);
  table(["", "training", "inference"], [
    ["needs", "inputs and their targets", "inputs"],
    ["does", "forward, backward, update", "forward"],
    ["the weights", "change with every step", "stay as they are"],
    ["the graph", "is kept, to walk it back", "is not kept"],
  ]);
  const before = model.parameters().map(({ data }) => data.slice());
  const few = test.inputs.slice([{ start: 0, stop: 3 }]);
  const outputs = noGrad(() => model.forward(few));
  const answers = outputs.argmax(1).data;
  assertEquals(outputs.origin, null); // it has forgotten how it was computed
  assertEquals(model.parameters().map(({ data }) => data), before);
  const images = Array.from(answers, (answer, i) => digitImage(test, i, `reads ${answer}`));
  show(
    imageGrid({ title: "Inference: three digits, and what the network reads", images, columns: 3 }),
    `Not one of its ${count(before.reduce((sum, { length }) => sum + length, 0))} numbers has
    changed.`,
  );
}

/** Tells the chapter. */
export async function tell(presenter: Presenter): Promise<void> {
  presenter.title("Chapter 8 · Training, step by step");
  const network = initialise([2, 2, 1], new Random(0));
  tellOneStep(presenter, network);
  tellRepetition(presenter, network);
  tellResult(presenter, network);
  tellIrisErrors(presenter);
  tellIris(presenter);
  await tellDigits(presenter);
}

if (import.meta.main) await present(tell);
