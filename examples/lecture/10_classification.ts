/**
 * Chapter 10: from regression to classification. One-hot targets, softmax, cross-entropy, and why
 * not the mean squared error.
 *
 *     deno run examples/lecture/10_classification.ts
 */

import { formula, gradients, iris, nn, tensor, type Value, value } from "../../mod.ts";
import { lineChart } from "../../plot/mod.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { softmaxSquaredError, trainIris } from "./10_classification/iris.ts";
import {
  crossEntropy,
  descend,
  losses,
  type LossOfProbability,
  scoresOf,
  slopeAt,
  softmax,
  squaredError,
  sum,
} from "./10_classification/losses.ts";
import { present, type Presenter } from "./present.ts";

// One-hot targets

function tellTargets({ heading, say, table }: Presenter): void {
  heading("A class is not a quantity");
  const { classNames } = iris();
  say(`So far a network answered with a number: how high, how much. Now it shall answer which:
    setosa, versicolor or virginica. We could number the species 0, 1 and 2 and let the network
    guess the number. But then a network that wavers between 0 (setosa) and 2 (virginica) would say
    1, versicolor, of which there was never any question.`);
  say(`So the network gets an output for each class, and the target has a 1 at the right class and 0
    at the others. This is called one-hot:`);
  const labels = tensor([0, 1, 2], { dtype: "int32" });
  const targets = labels.oneHot(classNames.length).toArray() as number[][];
  table(
    ["species", "number", "one-hot target"],
    classNames.map((name, i) => [
      name,
      String(i),
      `[${targets[i]!.join(", ")}]`,
    ]),
  );
  assertEquals(targets, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
}

// Softmax

function tellSoftmax({ heading, say, print, table }: Presenter): void {
  heading("Softmax: from scores to probabilities");
  const scores = scoresOf([2, 1, -1]);
  const probabilities = softmax(scores);
  say(`What comes out of the last layer are scores, any three numbers. Softmax makes probabilities
    of them: the exponential of each score, divided by the sum of all of them. For the first:`);
  print(`  p1 = ${formula(probabilities[0]!)}`);
  assertEquals(formula(probabilities[0]!), "exp(z1) / (exp(z1) + exp(z2) + exp(z3))");
  table(
    ["class", "score z", "exp(z)", "probability p"],
    scores.map((
      z,
      i,
    ) => [i + 1, z.data, z.exp().data.toFixed(3), probabilities[i]!.data.toFixed(3)]),
  );
  assertAlmostEquals(sum(probabilities).data, 1, 1e-12);
  const shifted = softmax(scoresOf(scores.map(({ data }) => data + 10)));
  shifted.forEach(({ data }, i) => assertAlmostEquals(data, probabilities[i]!.data, 1e-12));
  say(
    `They are all above 0 and add up to ${sum(probabilities).data.toFixed(0)}. The highest score has
    the highest probability. Only the differences count: add 10 to all the scores, and the
    probabilities stay the same.`,
  );
}

// Cross-entropy

function tellCrossEntropy({ heading, say, print, table, show }: Presenter): void {
  heading("Cross-entropy: how surprised is the network?");
  const scores = scoresOf([2, 1, -1]);
  const probabilities = softmax(scores);
  say(`The loss looks at one probability only, the one that the network gave to the right class, and
    takes its negative logarithm. Written with one-hot targets y, it is the sum of -y log(p) over the
    classes: all but one are zero.`);
  table(
    ["if the right class is", "one-hot y", "p of it", "loss = -log(p)"],
    scores.map((_, k) => {
      const targets = scores.map((_, i) => Number(i === k));
      const loss = crossEntropy(probabilities, targets).data;
      const label = tensor([k], { dtype: "int32" });
      const library = nn.crossEntropy(tensor([[2, 1, -1]], { dtype: "float64" }), label);
      assertAlmostEquals(library.item(), loss, 1e-12); // nn.crossEntropy is the same
      return [k + 1, `[${targets.join(", ")}]`, fixed(probabilities[k]!), loss.toFixed(3)];
    }),
  );
  const guess = crossEntropy(softmax(scoresOf(Array(10).fill(0))), [1, ...Array(9).fill(0)]).data;
  say(`Sure and right costs almost nothing, unsure costs a little, sure and wrong costs without
    limit. A network that knows nothing gives each of n classes 1/n, and that costs log(n): for ten
    digits ${guess.toFixed(3)}. This is the loss to expect before training.`);
  assertAlmostEquals(guess, Math.log(10), 1e-12);
  showCosts({ show });
  tellOutputError({ say, print });
}

/** What a probability for the right class costs, by both losses. */
function showCosts({ show }: Pick<Presenter, "show">): void {
  const places = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  const curve = (name: string, loss: (p: Value) => Value) => ({
    name,
    points: places.map((p) => [p, loss(value(p)).data] as const),
  });
  show(
    lineChart({
      title: "What a probability for the right class costs",
      x: { label: "p of the right class", domain: [0, 1] },
      y: { label: "loss" },
      series: [
        curve("cross-entropy -log(p)", (p) => p.log().neg()),
        curve("squared error (1 - p)²", (p) => p.sub(1).square()),
      ],
    }),
    "The squared error of a probability can never be more than 1, however wrong the answer.",
  );
}

function tellOutputError({ say, print }: Pick<Presenter, "say" | "print">): void {
  const scores = scoresOf([2, 1, -1]);
  const probabilities = softmax(scores);
  const derivatives = gradients(crossEntropy(probabilities, [1, 0, 0]), scores);
  say(`And its gradient? The engine derives it by each score, here for the right class 1:`);
  print(derivatives.map((each, i) => `  dloss/dz${i + 1} = ${formula(each)}`).join("\n"));
  assertEquals(derivatives.map((each) => formula(each)), [
    "exp(z1) / (exp(z1) + exp(z2) + exp(z3)) - 1",
    "exp(z2) / (exp(z1) + exp(z2) + exp(z3))",
    "exp(z3) / (exp(z1) + exp(z2) + exp(z3))",
  ]);
  derivatives.forEach(({ data }, i) =>
    assertAlmostEquals(data, probabilities[i]!.data - Number(i === 0), 1e-12)
  );
  say(`Look closely: these are p1 - 1, p2 - 0 and p3 - 0. The exponential and the logarithm have
    cancelled each other, and what is left is p - y, the answer less the target. The error at the
    output is as simple as can be.`);
}

// Why not the mean squared error

function tellSaturation({ heading, say, print, table, show }: Presenter): void {
  heading("Why not the mean squared error?");
  const z = value(0, "z");
  say(`Take one neuron with a sigmoid. It should say 1, but its net input z is far below zero, so it
    says almost 0: it is sure, and wrong. How strongly does each loss push it back?`);
  print(
    `  squared error  dloss/dz = ${formula(gradients(losses.mse(z.sigmoid()), [z])[0])}\n` +
      `  cross-entropy  dloss/dz = ${formula(gradients(losses.crossEntropy(z.sigmoid()), [z])[0])}`,
  );
  const inputs = [-10, -5, -2, 0, 2];
  const rows = inputs.map((at) => [
    value(at).sigmoid().data,
    slopeAt(at, losses.mse),
    slopeAt(at, losses.crossEntropy),
  ]);
  table(
    ["z", "it says", "gradient, squared error", "gradient, cross-entropy"],
    rows.map((row, i) => [inputs[i]!, ...row.map((number) => number.toFixed(5))]),
  );
  rows.forEach(([p, mse, ce]) => {
    assertAlmostEquals(mse!, 2 * (p! - 1) * p! * (1 - p!), 1e-9);
    assertAlmostEquals(ce!, p! - 1, 1e-9);
  });
  const places = Array.from({ length: 97 }, (_, i) => (i - 64) / 8);
  const curve = (name: string, loss: LossOfProbability) => ({
    name,
    points: places.map((z) => [z, slopeAt(z, loss)] as const),
  });
  show(
    lineChart({
      title: "The gradient of a neuron that should say 1",
      x: { label: "net input z" },
      y: { label: "dloss/dz" },
      series: [curve("squared error", losses.mse), curve("cross-entropy", losses.crossEntropy)],
    }),
    "At the left, where the neuron is most wrong, the squared error hardly corrects it.",
  );
  say(`The squared error passes through the slope of the sigmoid, p(1 - p), and where the sigmoid is
    flat there is nothing left: the neuron is saturated. The cross-entropy has p - y, almost -1,
    where it is needed most. From z = -6, with the same learning rate of 0.5:`);
  tellRace({ say, table });
}

function tellRace({ say, table }: Pick<Presenter, "say" | "table">): void {
  const steps = 600;
  const mse = descend(-6, losses.mse, steps);
  const entropy = descend(-6, losses.crossEntropy, steps);
  const shown = [1, 10, 20, 100, 300, 400, 500, steps];
  table(
    ["after step", ...shown.map(String)],
    [["squared error", mse], ["cross-entropy", entropy]].map(([name, path]) => [
      name as string,
      ...shown.map((step) => (path as number[])[step - 1]!.toFixed(3)),
    ]),
  );
  const first = (path: readonly number[]) => path.findIndex((p) => p > 0.5) + 1;
  assert(first(entropy) > 0 && first(mse) > 20 * first(entropy));
  say(`The cross-entropy has the right answer after ${first(entropy)} steps, the squared error after
    ${first(mse)}.`);
}

function tellSaturatedSoftmax({ say, table }: Presenter): void {
  const numbers = [9, 0, 0];
  const targets = [0, 0, 1];
  const pairs = [crossEntropy, squaredError].map((loss) => {
    const scores = scoresOf(numbers);
    return gradients(loss(softmax(scores), targets), scores).map(({ data }) => data);
  });
  const [entropy, mse] = pairs as [number[], number[]];
  const probabilities = softmax(scoresOf(numbers));
  say(
    `Softmax saturates in the same way. Three classes; the scores are ${numbers.join(", ")}, so the
    network is sure of class 1; but it is class 3:`,
  );
  table(
    ["class", "score", "p", "y", "gradient, squared error", "gradient, cross-entropy"],
    numbers.map((score, i) => [
      i + 1,
      score,
      probabilities[i]!.data.toFixed(5),
      targets[i]!,
      mse[i]!.toFixed(5),
      entropy[i]!.toFixed(5),
    ]),
  );
  entropy.forEach((each, i) =>
    assertAlmostEquals(each, probabilities[i]!.data - targets[i]!, 1e-12)
  );
  assert(Math.abs(entropy[2]!) > 1000 * Math.abs(mse[2]!));
}

// The same on Iris

async function tellIris({ heading, say, table }: Presenter): Promise<void> {
  heading("Both losses on Iris");
  say(
    `The same network of 4-8-3 neurons, the same flowers, the same steps; only the loss is another.
    Once it starts from small weights, as usual, and once from weights eight times as large, sure of
    everything before it has seen anything. These are the shares of the held-out flowers that it
    names right:`,
  );
  const shown = [1, 2, 5, 10, 20, 40];
  const runs = [];
  for (const [start, scale] of [["small", 1], ["large", 8]] as const) {
    const losses = [["squared error", softmaxSquaredError], ["cross-entropy", nn.crossEntropy]];
    for (const [name, loss] of losses as [string, nn.Loss][]) {
      runs.push({ start, name, shares: await trainIris(loss, scale) });
    }
  }
  table(
    ["weights", "loss", ...shown.map((epoch) => `epoch ${epoch}`)],
    runs.map(({ start, name, shares }) => [
      start,
      name,
      ...shown.map((epoch) => `${(100 * shares[epoch - 1]!).toFixed(0)} %`),
    ]),
  );
  const last = runs.map(({ shares }) => shares.at(-1)!);
  assert(last[1]! >= 0.9 && last[3]! >= 0.9);
  assert(last[2]! < 0.6);
  say(`From small weights the squared error is only slower. From a start that is sure and wrong it
    hardly moves, while the cross-entropy is right again within a few epochs. For numbers, then, the
    mean squared error; for classes, softmax and cross-entropy.`);
}

function fixed(number: Value): string {
  return number.data.toFixed(3);
}

/** Tells the chapter. */
export async function tell(presenter: Presenter): Promise<void> {
  presenter.title("Chapter 10 · From regression to classification");
  tellTargets(presenter);
  tellSoftmax(presenter);
  tellCrossEntropy(presenter);
  tellSaturation(presenter);
  tellSaturatedSoftmax(presenter);
  await tellIris(presenter);
}

if (import.meta.main) await present(tell);
