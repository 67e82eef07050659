/**
 * A multi-layer perceptron in which every weight is a `Value`, and its training step by step: what
 * chapter 8 tells.
 */

import { noGrad, type Random, type Value, value } from "../../../mod.ts";

/** A neuron: a weight for each input, and a bias. */
export interface Neuron {
  readonly name: string;
  readonly weights: readonly Value[];
  readonly bias: Value;
}

/** Layers of neurons, the output layer last. */
export type Network = readonly (readonly Neuron[])[];

/** What a neuron computed: its net input (the weighted sum) and its output. */
export interface Activity {
  readonly net: Value;
  readonly output: Value;
}

/** Inputs and what the network should answer to them. */
export interface Example {
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
}

/** Step 0: neurons with random weights. Hidden neurons are called h1, h2, ..; outputs o1, o2, ... */
export function initialise(widths: readonly number[], random: Random): Network {
  const draw = () => value(2 * random.next() - 1);
  return widths.slice(1).map((count, layer) => {
    const letter = layer === widths.length - 2 ? "o" : "h".repeat(layer + 1);
    return Array.from({ length: count }, (_, i) => ({
      name: `${letter}${i + 1}`,
      weights: Array.from({ length: widths[layer]! }, draw),
      bias: draw(),
    }));
  });
}

/** Step 3: the activity of every neuron, layer after layer. */
export function forward(network: Network, inputs: readonly number[]): Activity[][] {
  const activities: Activity[][] = [];
  let signals: readonly (number | Value)[] = inputs;
  for (const layer of network) {
    const activity = layer.map(({ weights, bias }) => {
      const net = weights.reduce((sum, weight, i) => sum.add(weight.mul(signals[i]!)), bias);
      return { net, output: net.sigmoid() };
    });
    activities.push(activity);
    signals = activity.map(({ output }) => output);
  }
  return activities;
}

/** The loss of one example: half the sum of the squared errors of the outputs. */
export function halfSquaredError(activities: Activity[][], targets: readonly number[]): Value {
  return activities.at(-1)!
    .map(({ output }, i) => output.sub(targets[i]!).square())
    .reduce((sum, square) => sum.add(square))
    .div(2);
}

/**
 * Steps 4 and 5 as the textbook has them, in plain numbers: the error delta of each neuron, that is
 * dLoss/d(net input). At an output neuron it is (o - t) o (1 - o); at a hidden neuron h (1 - h)
 * times the deltas of the next layer, each weighted by the connection to it.
 */
export function textbookDeltas(
  network: Network,
  activities: Activity[][],
  targets: readonly number[],
): number[][] {
  const deltas: number[][] = [];
  for (let layer = network.length - 1; layer >= 0; layer--) {
    const next = network[layer + 1];
    deltas.unshift(activities[layer]!.map(({ output: { data: o } }, i) => {
      const error = next === undefined
        ? o - targets[i]!
        : next.reduce((sum, { weights }, k) => sum + weights[i]!.data * deltas[0]![k]!, 0);
      return error * o * (1 - o);
    }));
  }
  return deltas;
}

/** Step 6: one step of every weight against its gradient, which is forgotten then. */
export function update(network: Network, learningRate: number): void {
  for (const parameter of parametersOf(network)) {
    parameter.data -= learningRate * parameter.grad;
    parameter.zeroGrad();
  }
}

/** Steps 3 to 6 for one example: forward, backward, update. Returns the loss before the update. */
export function trainOn(network: Network, example: Example, learningRate: number): number {
  const loss = halfSquaredError(forward(network, example.inputs), example.targets);
  loss.backward();
  update(network, learningRate);
  return loss.data;
}

/** When training ends. */
export interface Stop {
  /** The mean loss of an epoch that is small enough. */
  readonly loss: number;
  /** The largest number of epochs. */
  readonly epochs: number;
}

/** Step 7: epochs until the loss is small enough or there are no more. Returns each epoch's loss. */
export function train(
  network: Network,
  examples: readonly Example[],
  { learningRate, stop }: { readonly learningRate: number; readonly stop: Stop },
): number[] {
  const losses: number[] = [];
  do {
    const sum = examples.reduce((sum, each) => sum + trainOn(network, each, learningRate), 0);
    losses.push(sum / examples.length);
  } while (losses.at(-1)! > stop.loss && losses.length < stop.epochs);
  return losses;
}

/** What a trained network answers: step 3 alone, and nothing is remembered for a derivative. */
export function infer(network: Network, inputs: readonly number[]): number[] {
  return noGrad(() => forward(network, inputs).at(-1)!.map(({ output }) => output.data));
}

/** All weights and biases. */
export function parametersOf(network: Network): Value[] {
  return network.flatMap((layer) => layer.flatMap(({ weights, bias }) => [...weights, bias]));
}
