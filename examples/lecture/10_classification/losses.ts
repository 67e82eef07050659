/** Softmax, cross-entropy and the squared error, written with Values, and what they do to a neuron. */

import { gradients, type Value, value } from "../../../mod.ts";

/** The sum of values. */
export const sum = (values: readonly Value[]): Value => values.reduce((sum, each) => sum.add(each));

/** The softmax of scores: each exponential over the sum of all. */
export function softmax(scores: readonly Value[]): Value[] {
  const exponentials = scores.map((score) => score.exp());
  return exponentials.map((each) => each.div(sum(exponentials)));
}

/** The cross-entropy of probabilities against one-hot targets. */
export function crossEntropy(probabilities: readonly Value[], targets: readonly number[]): Value {
  return sum(probabilities.map((p, i) => p.log().mul(targets[i]!))).neg();
}

/** The mean squared error of probabilities against one-hot targets. */
export function squaredError(probabilities: readonly Value[], targets: readonly number[]): Value {
  return sum(probabilities.map((p, i) => p.sub(targets[i]!).square())).div(targets.length);
}

/** Scores as variables z1, z2, .. */
export function scoresOf(numbers: readonly number[]): Value[] {
  return numbers.map((number, i) => value(number, `z${i + 1}`));
}

/** What a probability for the right answer costs. */
export type LossOfProbability = (p: Value) => Value;
/** The two losses of one probability that should be 1. */
export const losses: Readonly<Record<"mse" | "crossEntropy", LossOfProbability>> = {
  mse: (p) => p.sub(1).square(),
  crossEntropy: (p) => p.log().neg(),
};

/** The derivative of a loss by the net input of a sigmoid neuron that should say 1. */
export function slopeAt(netInput: number, loss: LossOfProbability): number {
  const z = value(netInput, "z");
  return gradients(loss(z.sigmoid()), [z])[0].data;
}

/** The probabilities for the right answer while one neuron descends from a net input. */
export function descend(start: number, loss: LossOfProbability, steps: number): number[] {
  let z = start;
  return Array.from({ length: steps }, () => {
    z -= 0.5 * slopeAt(z, loss);
    return value(z).sigmoid().data;
  });
}
