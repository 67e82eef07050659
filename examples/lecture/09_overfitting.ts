/**
 * Chapter 9: overfitting. A trendline that is too good to be true, a network too large for its data,
 * training and validation loss side by side, and when to stop.
 *
 *     deno run examples/lecture/09_overfitting.ts
 */

import { type Dataset, digits, nn, noGrad, optim, Random, tensor } from "../../mod.ts";
import { type LineChart, lineChart } from "../../plot/mod.ts";
import { assert, assertAlmostEquals } from "@std/assert";
import {
  bends,
  errorOn,
  fitTrendline,
  orthogonalPolynomials,
  type Point,
  type Trendline,
} from "./09_overfitting/trendline.ts";
import { lossOn, trainWatched, type WatchedTraining } from "./09_overfitting/watched_training.ts";
import { present, type Presenter } from "./present.ts";

const count = (number: number) => number.toLocaleString("en-US");
const fixed = (number: number) => number.toFixed(3);
const parameterCount = (model: nn.Layer) =>
  model.parameters().reduce((sum, { size }) => sum + size, 0);

// Trendlines

/** Points that lie around the line y = 0.5x + 2: ten to learn from, and new ones. */
export function noisyLine(seed: number): { known: readonly Point[]; fresh: readonly Point[] } {
  const random = new Random(seed);
  const measure = (x: number): Point => [x, 0.5 * x + 2 + 0.7 * random.standardNormal()];
  const known = Array.from({ length: 10 }, (_, x) => measure(x));
  return { known, fresh: Array.from({ length: 200 }, () => measure(9 * random.next())) };
}

/** The points with trendlines through them. */
export function trendlineChart(
  points: readonly Point[],
  lines: readonly Trendline[],
  title: string,
): LineChart {
  const places = Array.from({ length: 181 }, (_, i) => i / 20);
  return lineChart({
    title,
    x: { label: "x" },
    y: { label: "y" },
    series: [
      ...lines.map(({ degree, at }) => ({
        name: `degree ${degree}`,
        points: places.map((x) => [x, at(x)] as const),
      })),
      { name: "points", points, mark: "points" },
    ],
  });
}

function tellTrendlines({ heading, say, table, show }: Presenter): void {
  heading("Which trendline is better?");
  const { known, fresh } = noisyLine(1);
  const lines = Array.from({ length: 10 }, (_, degree) => fitTrendline(known, degree));
  const [straight, curved] = [lines[1]!, lines[9]!];
  say(
    `Ten measured points. One trendline is straight, a polynomial of degree 1 with two weights. The
    other is of degree 9 and has ten. Both were trained by gradient descent on the mean squared
    error until nothing changed any more.`,
  );
  show(
    trendlineChart(known, [straight, curved], "Two trendlines through ten points"),
    "The curve of degree 9 goes through every single point.",
  );
  const [simple, complex] = [errorOn(known, straight), errorOn(known, curved)];
  assertAlmostEquals(simple, straight.losses.at(-1)!, 1e-9);
  assert(complex < 1e-9);
  say(`By their loss there is no question: the straight line has ${fixed(simple)}, the curve
    ${fixed(complex)}. But we do not want a trendline in order to hear again what we have measured.
    We want it for the next point. So here are ${fresh.length} new points from the same source, and
    every degree from 0 to 9:`);
  const losses = lines.map((line) => [line.losses.at(-1)!, errorOn(fresh, line)] as const);
  table(
    ["degree", "weights", "loss on the ten points", "loss on new points", "gap"],
    losses.map(([old, fresh], degree) => [
      degree,
      degree + 1,
      ...[old, fresh, fresh - old].map(fixed),
    ]),
  );
  const best = losses.reduce((best, [, fresh], i) => fresh < losses[best]![1] ? i : best, 0);
  assert(best === 1);
  assert(losses.every(([old], i) => i === 0 || old <= losses[i - 1]![0]));
  assert(losses[9]![1] > 10 * losses[1]![1]);
  say(
    `Every weight more lowers the loss on the ten points. On new points degree ${best} is best, every
    other one is worse, and at degree 9 the loss is
    ${(losses[9]![1] / losses[1]![1]).toFixed(0)} times that of the straight line. (The points were
    made by a straight line, y = 0.5x + 2, and noise.) The curve has learned the noise by heart.
    That is overfitting, and the gap between the two losses is how it shows.`,
  );
  tellBasis({ say }, known);
}

function tellBasis({ say }: Pick<Presenter, "say">, known: readonly Point[]): void {
  const powers = (x: number) => Array.from({ length: 10 }, (_, k) => x ** k);
  const curvatures = bends(known, powers);
  const even = bends(known, orthogonalPolynomials(known.map(([x]) => x), 9));
  for (const bend of even) assertAlmostEquals(bend, 2, 1e-9);
  const ratio = Math.max(...curvatures) / Math.min(...curvatures);
  say(`(For the curious: a polynomial written in 1, x, x², .., x⁹ could not have been trained so. By
    its Hessian, the loss bends ${ratio.toExponential(0).replace("e+", " · 10^")} times as strongly
    along the last weight as along the first, and chapter 5 has told what this means for the learning
    rate. We have written the same polynomials in terms for which the Hessian is
    ${even[0]!.toFixed(0)} for every weight; then λ = 0.1 arrives.)`);
}

// A very large network on few examples

/** A network's data: few examples to learn from, and many to watch and to judge it by. */
export interface SineData {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset;
}

/** Points around the sine curve between -3 and 3. */
export function noisySine(seed: number): SineData {
  const random = new Random(seed);
  const sample = (count: number): Dataset => {
    const xs = Array.from({ length: count }, () => 6 * random.next() - 3);
    const ys = xs.map((x) => Math.sin(x) + 0.3 * random.standardNormal());
    return { inputs: tensor(xs.map((x) => [x])), labels: tensor(ys.map((y) => [y])) };
  };
  return { train: sample(20), validation: sample(200), test: sample(200) };
}

/** A network of 1-64-64-1 neurons: far more than twenty points need. */
export function largeNetwork(seed: number): nn.Sequential {
  return nn.mlp([1, 64, 64, 1], { activation: "tanh", random: new Random(seed) });
}

function tellLargeNetwork({ heading, say, table, show }: Presenter): WatchedTraining {
  heading("A very large network on few examples");
  const { train, validation } = noisySine(2);
  const start = largeNetwork(2);
  const weights = parameterCount(start);
  say(`A network can do the same. This one has 1-64-64-1 neurons, ${count(weights)} weights and
    biases, and ${train.labels.size} examples to learn from: points around a sine curve. While it
    trains we watch a second loss, on ${validation.labels.size} other points that it does not learn
    from: the validation loss.`);
  const training = trainWatched(start, train, { validation, epochs: 3000 });
  const { history, best } = training;
  const shown = [1, 10, 100, best.losses.epoch, 1000, 2000, history.length];
  table(
    ["epoch", "training loss", "validation loss", "gap"],
    shown.map((at) => {
      const { epoch, training, validation } = history[at - 1]!;
      return [epoch, ...[training, validation, validation - training].map((x) => x.toFixed(4))];
    }),
  );
  const series = (name: "training" | "validation") => ({
    name,
    points: history.map((losses) => [losses.epoch, losses[name]] as const),
  });
  show(
    lineChart({
      title: "Training and validation loss",
      x: { label: "epoch", scale: "log" },
      y: { label: "loss", domain: [0, 0.6] },
      series: [
        series("training"),
        series("validation"),
        {
          name: "the smallest",
          points: [[best.losses.epoch, best.losses.validation]],
          mark: "points",
        },
      ],
    }),
    "First both fall, with a stumble. Then only the training loss does, and the other turns.",
  );
  const last = history.at(-1)!;
  assert(last.training < 0.01 && last.validation > 1.5 * best.losses.validation);
  say(
    `Up to epoch ${best.losses.epoch} the network learns what all the points have in common, and both
    losses fall. From then on it learns its twenty points by heart: the training loss goes on to
    ${last.training.toFixed(4)}, the validation loss climbs from ${fixed(best.losses.validation)} to
    ${fixed(last.validation)}. The training loss alone would never have told.`,
  );
  return training;
}

// Early stopping

function tellEarlyStopping({ heading, say, table, show }: Presenter, full: WatchedTraining): void {
  heading("Early stopping");
  const { train, validation, test } = noisySine(2);
  const patience = 100;
  const early = trainWatched(largeNetwork(2), train, { validation, epochs: 3000, patience });
  const { model, losses } = early.best;
  say(`So let the validation loss decide when to stop. After each epoch, keep the weights if the
    validation loss was never smaller; after ${patience} epochs in vain, stop and take the weights
    that were kept. Here it stops after epoch ${early.history.length} and takes those of epoch
    ${losses.epoch}. A third set, ${test.labels.size} points that had no say in anything, is the
    judge:`);
  const rows = [["stopped early", model], ["trained to the end", full.last]] as const;
  const judged = rows.map(([, model]) =>
    [train, validation, test].map((set) => lossOn(model, set))
  );
  table(
    ["network", "training", "validation", "test", "gap: test - training"],
    rows.map(([name], i) => {
      const [training, validation, test] = judged[i]!;
      return [name, ...[training!, validation!, test!, test! - training!].map(fixed)];
    }),
  );
  assertAlmostEquals(judged[0]![1]!, losses.validation, 1e-6);
  assert(judged[0]![2]! < judged[1]![2]!);
  show(
    fitChart(train, [["stopped early", model], ["to the end", full.last]]),
    "Stopped early, the network has the shape of the sine. Trained to the end, it visits each point.",
  );
}

/** What networks answer between -3 and 3, with the points that they have learned from. */
export function fitChart(
  { inputs, labels }: Dataset,
  models: readonly (readonly [name: string, model: nn.Model])[],
): LineChart {
  const places = Array.from({ length: 121 }, (_, i) => (i - 60) / 20);
  const answers = (model: nn.Model) =>
    noGrad(() => model.forward(tensor(places.map((x) => [x])))).data;
  return lineChart({
    title: "Two networks, twenty points",
    x: { label: "x" },
    y: { label: "y" },
    series: [
      ...models.map(([name, model]) => {
        const heights = answers(model);
        return { name, points: places.map((x, i) => [x, heights[i]!] as const) };
      }),
      {
        name: "points",
        points: Array.from(inputs.data, (x, i) => [x, labels.data[i]!] as const),
        mark: "points",
      },
    ],
  });
}

// More data

/** How a large network does on the digits that it has learned from, and on others. */
export interface DigitsOutcome {
  readonly known: nn.Evaluation;
  readonly fresh: nn.Evaluation;
}

const digitWidths = [784, 128, 10];
const digitSteps = 500;

/** Trains 784-128-10 neurons on so many drawn digits, in 500 steps of 50 digits each. */
export async function trainOnDigits(examples: number): Promise<DigitsOutcome> {
  const { train, validation } = digits({ train: examples, validation: 500, test: 0 });
  const model = nn.mlp(digitWidths, { random: new Random(0) });
  await nn.fit(model, train, {
    loss: nn.crossEntropy,
    optimizer: optim.adam({ learningRate: 0.002 }),
    epochs: digitSteps * 50 / examples,
    batchSize: 50,
  });
  return { known: await nn.evaluate(model, train), fresh: await nn.evaluate(model, validation) };
}

async function tellMoreData({ heading, say, table }: Presenter): Promise<void> {
  heading("The better cure: more data");
  const weights = parameterCount(nn.mlp(digitWidths));
  say(
    `The same network three times, ${digitWidths.join("-")} with ${count(weights)} weights and
    biases, for handwritten digits. It takes ${digitSteps} steps each time; only the number of
    different digits that it gets to see is another.`,
  );
  const sizes = [50, 500, 5000];
  const outcomes: DigitsOutcome[] = [];
  for (const size of sizes) outcomes.push(await trainOnDigits(size));
  const percent = (share: number | null) => `${(100 * share!).toFixed(1)} %`;
  table(
    ["digits", "training loss", "new digits", "gap", "right: training", "right: new"],
    outcomes.map(({ known, fresh }, i) => [
      sizes[i]!,
      ...[known.loss, fresh.loss, fresh.loss - known.loss].map(fixed),
      percent(known.accuracy),
      percent(fresh.accuracy),
    ]),
  );
  const gaps = outcomes.map(({ known, fresh }) => fresh.loss - known.loss);
  assert(gaps[0]! > gaps[1]! && gaps[1]! > gaps[2]!);
  assert(outcomes[0]!.known.accuracy === 1 && outcomes[0]!.fresh.accuracy! < 0.75);
  say(
    `With fifty digits it knows all fifty and fails at new ones. With a hundred times as many there
    is too much to learn by heart, and learning what makes a 3 a 3 is the easier way. Against
    overfitting, then: more data, a smaller network, or stopping early. And to notice it at all:
    always keep data that the network does not learn from.`,
  );
}

/** Tells the chapter. */
export async function tell(presenter: Presenter): Promise<void> {
  presenter.title("Chapter 9 · Overfitting");
  tellTrendlines(presenter);
  const training = tellLargeNetwork(presenter);
  tellEarlyStopping(presenter, training);
  await tellMoreData(presenter);
}

if (import.meta.main) await present(tell);
