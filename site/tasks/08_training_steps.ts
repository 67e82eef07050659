/** Trains the networks of chapter 8 beside the page, whose weights are single Values. */

import {
  accuracy,
  irisExamples,
  irisWidths,
} from "../../examples/lecture/08_training_steps/iris.ts";
import {
  type Example,
  initialise,
  type Network,
  parametersOf,
  trainOn,
} from "../../examples/lecture/08_training_steps/network.ts";
import { xor } from "../../examples/lecture/08_training_steps.ts";
import { Random } from "../../mod.ts";
import { serveTask } from "../task_host.ts";

/** What to train, and for how long. */
export interface StepsInput {
  readonly data: "xor" | "iris";
  /** The weights to start from; those that the seed gives unless given. */
  readonly parameters?: readonly number[];
  /** What the first weights, and the flowers held out, are drawn from. */
  readonly seed: number;
  readonly learningRate: number;
  readonly epochs: number;
  /** The loss that is small enough. */
  readonly enough: number;
}

/** How far a training is. */
export interface StepsUpdate {
  readonly epochs: number;
  /** The mean losses of the epochs since the last update. */
  readonly losses: readonly number[];
  readonly parameters: readonly number[];
  /** The shares of examples that are named right, of those learned from and those held out. */
  readonly right: { readonly train: number; readonly test: number } | null;
}

/** How long to compute for one frame, in milliseconds. */
const budget = 10;

function* train(input: StepsInput): Iterable<StepsUpdate> {
  const { data, seed, learningRate, epochs, enough } = input;
  const flowers = data === "iris" ? irisExamples(seed) : null;
  const examples: readonly Example[] = flowers?.train ?? xor;
  const network: Network = initialise(flowers ? irisWidths : [2, 2, 1], new Random(seed));
  parametersOf(network).forEach((parameter, i) => {
    parameter.data = input.parameters?.[i] ?? parameter.data;
  });
  let done = 0;
  let loss = Infinity;
  while (done < epochs && loss > enough) {
    const losses: number[] = [];
    const end = performance.now() + budget;
    do {
      const sum = examples.reduce((sum, each) => sum + trainOn(network, each, learningRate), 0);
      loss = sum / examples.length;
      losses.push(loss);
      done++;
    } while (done < epochs && loss > enough && performance.now() < end);
    yield {
      epochs: done,
      losses,
      parameters: parametersOf(network).map(({ data }) => data),
      right: flowers &&
        { train: accuracy(network, flowers.train), test: accuracy(network, flowers.test) },
    };
  }
}

serveTask<StepsInput, StepsUpdate>(train);
