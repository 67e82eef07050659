/** Training in one call. */

import { entriesOf, type Path } from "../autodiff/tree.ts";
import { batches, type Dataset, exampleCount } from "../data/dataset.ts";
import { UsageError } from "../ops/error.ts";
import { formatShape, ShapeError } from "../ops/shape.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { Random } from "../values/random.ts";
import type { Tensor } from "../values/tensor.ts";
import type { Loss } from "./losses.ts";
import { correctCount, evaluateNow, type Model } from "./metrics.ts";
import { consoleProgress, type EpochRecord, type ProgressReporter } from "./progress.ts";

/** How to train. */
export interface FitOptions {
  /** What to make small: a function of outputs and labels. */
  readonly loss: Loss;
  /** How to change the parameters. */
  readonly optimizer: Optimizer;
  /** How often to go through the data; once unless told otherwise. */
  readonly epochs?: number;
  /** How many examples a step looks at; 32 unless told otherwise. */
  readonly batchSize?: number;
  /** Examples to look at, but not to learn from, after each epoch. */
  readonly validation?: Dataset;
  /** Where the order of the examples comes from: seed 0 unless told otherwise. */
  readonly random?: Random;
  /** Whether to shuffle the examples before each epoch; so unless told otherwise. */
  readonly shuffle?: boolean;
  /** Whether to show a bar or lines, or whom to tell instead; nothing unless told otherwise. */
  readonly progress?: boolean | ProgressReporter;
}

/**
 * Training met a loss or a gradient that is infinite or NaN. The parameters are those before the
 * failed step.
 *
 * @example A number is missing from the data
 * ```ts
 * import { nn, optim, tensor } from "@turunan/turunan";
 * import { assertRejects } from "@std/assert";
 *
 * const train = { inputs: tensor([[1], [NaN]]), labels: tensor([[3], [5]]) };
 * const options = { loss: nn.meanSquaredError, optimizer: optim.sgd({ learningRate: 0.1 }) };
 * await assertRejects(
 *   () => nn.fit(nn.mlp([1, 1]), train, { ...options, shuffle: false }),
 *   nn.TrainingError,
 *   "the loss is NaN in batch 1 of epoch 1, whose inputs hold NaN (row 1 of the batch)",
 * );
 * ```
 */
export class TrainingError extends UsageError {}

/**
 * Trains a model in place, and returns what happened in each epoch. A model is any object with
 * `forward` and tensors that require a gradient; a dataset has `inputs` and `labels` with one row
 * for each example.
 *
 * Throws a `TrainingError` that names the batch where the loss or a gradient is infinite or NaN,
 * before the step that would spoil the parameters; other mistakes throw where they are met.
 *
 * @example A line through two points
 * ```ts
 * import { nn, optim, Random, tensor } from "@turunan/turunan";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = new nn.Linear(1, 1, { random: new Random(0) });
 * const train = { inputs: tensor([[1], [2]]), labels: tensor([[3], [5]]) };
 * const history = await nn.fit(model, train, {
 *   loss: nn.meanSquaredError,
 *   optimizer: optim.sgd({ learningRate: 0.1 }),
 *   epochs: 400,
 *   batchSize: 2,
 * });
 * assertAlmostEquals(history.at(-1)!.loss, 0, 1e-4);
 * assertAlmostEquals(model.weight.item(), 2, 0.02);
 * ```
 */
export async function fit(
  model: Model,
  dataset: Dataset,
  options: FitOptions,
): Promise<EpochRecord[]> {
  const { epochs = 1, batchSize = 32, validation, shuffle = true, progress = false } = options;
  if (!Number.isInteger(epochs) || epochs < 0) {
    throw new UsageError(`Cannot fit for ${epochs} epochs: it takes a whole number from 0 up`);
  }
  const random = shuffle ? options.random ?? new Random(0) : undefined;
  const reporter = typeof progress === "object" ? progress : progress ? consoleProgress() : {};
  const count = exampleCount(dataset);
  const history: EpochRecord[] = [];
  let rested = performance.now();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const started = performance.now();
    const totals = { loss: 0, correct: 0 as number | null };
    let batch = 0;
    for (const { inputs, labels } of batches(dataset, { batchSize, random })) {
      batch++;
      const { loss, correct } = step(model, inputs, labels, options, { epoch, batch });
      totals.loss += loss * labels.shape[0]!;
      totals.correct = correct === null || totals.correct === null
        ? null
        : totals.correct + correct;
      reporter.onBatch?.({ epoch, epochs, batch, batches: Math.ceil(count / batchSize), loss });
      if (performance.now() - rested > 100) {
        await new Promise((resolve) => setTimeout(resolve)); // lets timers and pages have a turn
        rested = performance.now();
      }
    }
    const judged = validation === undefined
      ? null
      : evaluateNow(model, validation, { loss: options.loss, batchSize: 1000 });
    const record = {
      epoch,
      loss: totals.loss / count,
      accuracy: totals.correct === null ? null : totals.correct / count,
      validationLoss: judged?.loss ?? null,
      validationAccuracy: judged?.accuracy ?? null,
      seconds: (performance.now() - started) / 1000,
    };
    history.push(record);
    reporter.onEpoch?.(record, epochs);
  }
  return history;
}

/** One step on one batch: forward, backward, update. */
function step(
  model: Model,
  inputs: Tensor,
  labels: Tensor,
  { loss, optimizer }: FitOptions,
  at: { epoch: number; batch: number },
): { loss: number; correct: number | null } {
  const parameters = entriesOf(model) as [Path, Tensor][];
  for (const [, parameter] of parameters) parameter.zeroGrad();
  const outputs = model.forward(inputs);
  const error = loss(outputs, labels);
  if (error.size !== 1) {
    throw new ShapeError(
      `Cannot fit a loss of shape ${
        formatShape(error.shape)
      }: reduce it to a scalar, as in .mean()`,
    );
  }
  const value = error.item();
  if (!Number.isFinite(value)) {
    throw new TrainingError(explain(`the loss is ${value}`, inputs, labels, at));
  }
  error.backward();
  for (const [path, { grad }] of parameters) {
    const bad = grad?.data.find((x) => !Number.isFinite(x));
    if (bad === undefined) continue;
    throw new TrainingError(explain(`the gradient of ${path} holds ${bad}`, inputs, labels, at));
  }
  optimizer.step(model);
  return { loss: value, correct: correctCount(outputs, labels) };
}

/** Where and why a number is none: what is wrong with the batch, or with the step size. */
function explain(
  state: string,
  inputs: Tensor,
  labels: Tensor,
  { epoch, batch }: { epoch: number; batch: number },
): string {
  const what = `Cannot fit: ${state} in batch ${batch} of epoch ${epoch}`;
  for (const [name, { data, size, shape }] of Object.entries({ inputs, labels })) {
    const bad = data.findIndex((x) => !Number.isFinite(x));
    if (bad < 0) continue;
    const row = Math.floor(bad / (size / shape[0]!));
    return `${what}, whose ${name} hold ${data[bad]} (row ${row} of the batch)`;
  }
  return `${what}, though its data is finite: a smaller learning rate may help`;
}
