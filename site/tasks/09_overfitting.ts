/** Trains a large network on few examples beside the page, watched with validation data. */

import { noisySine } from "../../examples/lecture/09_overfitting.ts";
import type { EpochLosses } from "../../examples/lecture/09_overfitting/watched_training.ts";
import {
  compile,
  concat,
  type Dataset,
  linspace,
  nn,
  optim,
  Random,
  type Tensor,
  valueAndGrad,
} from "../../mod.ts";
import { serveTask } from "../task_host.ts";

/** What to train, and when to stop. */
export interface OverfitInput {
  readonly seed: number;
  /** How many neurons each of the two hidden layers has. */
  readonly hidden: number;
  /** How many examples there are to learn from, at most 120. */
  readonly examples: number;
  readonly learningRate: number;
  readonly epochs: number;
  /** Stops after so many epochs without a smaller validation loss; null for never. */
  readonly patience: number | null;
}

/** What a page may say meanwhile. */
export interface OverfitMessage {
  readonly isRunning: boolean;
}

/** How a training is doing. */
export interface OverfitUpdate {
  /** The epochs since the last update. */
  readonly losses: readonly EpochLosses[];
  /** What the network says at the places from -3 to 3. */
  readonly curve: readonly number[];
  readonly best: EpochLosses | null;
  /** What it said after its best epoch. */
  readonly bestCurve: readonly number[];
  readonly end: "converged" | "early" | "lost" | null;
}

/** Where networks are asked for their answers. */
export const placeCount = 121;

/** The examples to learn from: the chapter's twenty first, then those of its test set. */
export function trainingPart(seed: number, examples: number): Dataset {
  const { train, test } = noisySine(seed);
  const first = (a: Tensor, b: Tensor) =>
    concat([a, b], { axis: 0 }).slice([{ start: 0, stop: examples }]);
  return {
    inputs: first(train.inputs, test.inputs),
    labels: first(train.labels, test.labels),
  };
}

const budget = 10;

async function* train(
  input: OverfitInput,
  messages: () => readonly OverfitMessage[],
): AsyncIterable<OverfitUpdate> {
  const { seed, hidden, examples, learningRate, epochs, patience } = input;
  const { inputs, labels } = trainingPart(seed, examples);
  const { validation } = noisySine(seed);
  const places = linspace(-3, 3, placeCount).reshape([placeCount, 1]);
  const start = nn.mlp([1, hidden, hidden, 1], { activation: "tanh", random: new Random(seed) });
  const optimizer = optim.adam({ learningRate });
  let [model, state] = [start, optimizer.init(start)];
  type Model = typeof model;
  const error = (m: Model, x: Tensor, y: Tensor) => nn.meanSquaredError(m.forward(x), y);
  const step = compile(
    (m: Model, s: typeof state, x: Tensor, y: Tensor) =>
      optimizer.update(m, valueAndGrad((m: Model) => error(m, x, y))(m)[1], s),
    { threads: 1 },
  );
  const judge = compile(error, { threads: 1 });
  const ask = compile((m: Model, x: Tensor) => m.forward(x), { threads: 1 });
  const answers = () => Array.from(ask(model, places).data);
  const lossOf = (x: Tensor, y: Tensor) => judge(model, x, y).item();

  let losses: EpochLosses[] = [];
  let best: EpochLosses | null = null;
  let bestCurve: number[] = [];
  let isRunning = true;
  let end = performance.now() + budget;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    ({ model, state } = step(model, state, inputs, labels));
    const now: EpochLosses = {
      epoch,
      training: lossOf(inputs, labels),
      validation: lossOf(validation.inputs, validation.labels),
    };
    losses.push(now);
    const isBest: boolean = best === null || now.validation < best.validation;
    if (isBest) [best, bestCurve] = [now, answers()];
    const isLost = !Number.isFinite(now.training);
    const isEarly = patience !== null && epoch - (best?.epoch ?? 0) >= patience;
    const isLast = epoch === epochs;
    if (!isLost && !isEarly && !isLast && performance.now() < end) continue;
    const reason = isLost ? "lost" : isEarly ? "early" : isLast ? "converged" : null;
    yield { losses, curve: answers(), best, bestCurve, end: reason };
    if (reason !== null) return;
    losses = [];
    do {
      for (const message of messages()) isRunning = message.isRunning;
      if (!isRunning) await new Promise((resolve) => setTimeout(resolve, 30));
    } while (!isRunning);
    end = performance.now() + budget;
  }
}

serveTask<OverfitInput, OverfitUpdate, OverfitMessage>(train);
