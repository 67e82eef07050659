/** Iris for a network of Values: its flowers as examples, and training on them. */

import { type Dataset, iris, Random } from "../../../mod.ts";
import { type Example, infer, initialise, type Network, train } from "./network.ts";

/** Iris as examples: a fifth of the flowers is held out for the test. */
export interface IrisExamples {
  readonly train: readonly Example[];
  readonly test: readonly Example[];
  readonly species: readonly string[];
}

/**
 * Iris in two parts, its lengths standardised: less the mean, divided by the standard deviation,
 * both of the training part alone, since nothing may leak from the test. The target of a flower is
 * 1 at the output of its species and 0 at the others.
 */
export function irisExamples(seed: number): IrisExamples {
  const { train, test, classNames } = iris({ seed });
  const [mean, deviation] = [train.inputs.mean(0), train.inputs.std(0)];
  const examples = ({ inputs, labels }: Dataset): Example[] => {
    const rows = inputs.sub(mean).div(deviation).toArray() as number[][];
    const targets = labels.oneHot(classNames.length).toArray() as number[][];
    return rows.map((inputs, i) => ({ inputs, targets: targets[i]! }));
  };
  return { train: examples(train), test: examples(test), species: classNames };
}

/** A network, the flowers it learned from and those held out, and its loss after each epoch. */
export interface IrisTraining {
  readonly network: Network;
  readonly data: IrisExamples;
  readonly losses: readonly number[];
}

/** The widths of the layers: four lengths, eight hidden neurons, three species. */
export const irisWidths = [4, 8, 3] as const;

/** Trains a network of 4-8-3 neurons on all flowers but a fifth; a seed decides which. */
export function trainIris(seed: number): IrisTraining {
  const data = irisExamples(seed);
  const network = initialise(irisWidths, new Random(seed));
  const stop = { loss: 0, epochs: 50 }; // all of the epochs
  return { network, data, losses: train(network, data.train, { learningRate: 0.5, stop }) };
}

/** The class that outputs or targets name: the place of the largest. */
export function classOf(numbers: readonly number[]): number {
  return numbers.indexOf(Math.max(...numbers));
}

/** The share of examples for which a network names the right class. */
export function accuracy(network: Network, examples: readonly Example[]): number {
  const right = examples.filter(({ inputs, targets }) =>
    classOf(infer(network, inputs)) === classOf(targets)
  );
  return right.length / examples.length;
}
