/** Training in one call. */

import { batches, type Dataset, exampleCount } from "../data/dataset.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { optionsOf } from "../ops/options.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { checkRandom, Random } from "../values/random.ts";
import { shown } from "./history_display.ts";
import type { Loss } from "./losses.ts";
import { Learner } from "./learner.ts";
import { checkModel, evaluateNow, type Model } from "./metrics.ts";
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
  readonly validation?: Dataset | undefined;
  /** Where the order of the examples comes from: seed 0 unless told otherwise. */
  readonly random?: Random;
  /** Whether to shuffle the examples before each epoch; so unless told otherwise. */
  readonly shuffle?: boolean;
  /** Whether to show a bar or lines, or whom to tell instead; nothing unless told otherwise. */
  readonly progress?: boolean | ProgressReporter;
}

/**
 * Trains a model in place, and returns what happened in each epoch, which a notebook shows as a
 * chart and a table. A model is any object with `forward` and tensors that require a gradient; a
 * dataset has `inputs` and `labels` with one row for each example. Steps are compiled where the model
 * can be: not one that reads its numbers, draws from a generator or has `#private` fields, which is
 * trained by single operations, several times as slowly.
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
  const count = exampleCount(dataset);
  checkModel("fit", model);
  checkOptions(options);
  const { epochs = 1, batchSize = 32, validation, shuffle = true, progress = false } = options;
  if (!Number.isInteger(epochs) || epochs < 0) {
    throw new UsageError(`Cannot fit for ${epochs} epochs: it takes a whole number from 0 up`);
  }
  if (validation !== undefined) exampleCount(validation);
  const random = shuffle ? options.random ?? new Random(0) : undefined;
  const reporter = typeof progress === "object" ? progress : progress ? consoleProgress() : {};
  const history: EpochRecord[] = [];
  const learner = new Learner(model, options);
  let rested = performance.now();
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const started = performance.now();
      const totals = { loss: 0, correct: 0 as number | null };
      let batch = 0;
      for (const { inputs, labels } of batches(dataset, { batchSize, random })) {
        batch++;
        const { loss, correct } = learner.step(inputs, labels, { epoch, batch });
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
      learner.settle();
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
  } finally {
    learner.settle();
    learner.dispose();
  }
  return shown(history);
}

/** Throws unless the options say what to make small, and how. */
function checkOptions(options: FitOptions): void {
  const { loss, optimizer, random }: Partial<FitOptions> = optionsOf("fit", options, {
    loss: "nn.crossEntropy",
    optimizer: "optim.adam()",
    epochs: null,
    batchSize: null,
    validation: null,
    random: null,
    shuffle: null,
    progress: null,
  });
  checkRandom("fit", random);
  if (typeof loss !== "function") {
    throw new UsageError(
      `Cannot fit with ${describe(loss)} for a loss: it is a function, as nn.crossEntropy is`,
    );
  }
  if (typeof optimizer?.stateOf !== "function") {
    throw new UsageError(
      `Cannot fit with ${describe(optimizer)} for an optimizer: optim.sgd and its kin make one`,
    );
  }
}
