/** Taking steps: as a compiled program where a model can be compiled, by single operations else. */

import { entriesOf, leavesOf, type Path } from "../autodiff/tree.ts";
import { isMemoryError } from "../backends/executable.ts";
import { UsageError } from "../ops/error.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { TracingError } from "../autodiff/traced.ts";
import type { Tensor } from "../values/tensor.ts";
import type { Loss } from "./losses.ts";
import { areClasses, correctCount, type Model } from "./metrics.ts";
import { NotFinite, scalarLoss, TrainingStep } from "./training_step.ts";

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

/** What a step needs besides the model and the batch. */
export interface LearnerOptions {
  /** What to make small. */
  readonly loss: Loss;
  /** How to change the parameters. */
  readonly optimizer: Optimizer;
}

/** Which batch of which epoch, both counted from 1. */
export interface BatchPlace {
  /** The epoch. */
  readonly epoch: number;
  /** The batch. */
  readonly batch: number;
}

/** What a step found before it changed the parameters. */
export interface StepOutcome {
  /** The loss of the batch. */
  readonly loss: number;
  /** How many examples were right, or null where labels are no classes. */
  readonly correct: number | null;
}

/** Takes the steps of one training. */
export class Learner {
  readonly #model: Model;
  readonly #options: LearnerOptions;
  #compiled: TrainingStep | null;

  /** Starts from the parameters that the model has now. */
  constructor(model: Model, options: LearnerOptions) {
    this.#model = model;
    this.#options = options;
    const { loss, optimizer } = options;
    this.#compiled = canCompile(model) ? new TrainingStep(model, loss, optimizer) : null;
  }

  /** One step on one batch. */
  step(inputs: Tensor, labels: Tensor, at: BatchPlace): StepOutcome {
    if (this.#compiled !== null) {
      try {
        const outcome = this.#compiled.run(inputs, labels);
        return areClasses(labels) ? outcome : { ...outcome, correct: null };
      } catch (error) {
        if (isHopeless(error)) this.#giveUpCompiling();
        else if (!(error instanceof NotFinite)) throw error;
      }
    }
    this.settle(); // single operations tell what is wrong, and where
    const outcome = eagerStep(this.#model, inputs, labels, this.#options, at);
    this.#compiled?.restart();
    return outcome;
  }

  /** Goes on by single operations, from where the compiled steps have come to. */
  #giveUpCompiling(): void {
    this.settle();
    this.dispose();
    this.#compiled = null;
  }

  /** Puts the parameters back into the model, as they are after the last step. */
  settle(): void {
    this.#compiled?.writeBack();
  }

  /** Frees what the steps needed. */
  dispose(): void {
    this.#compiled?.dispose();
  }
}

/**
 * Whether a step will never be compiled: the model looks at numbers, there is no memory, or it has
 * fields that a copy of it has not, as a class's `#names` are.
 */
function isHopeless(error: unknown): boolean {
  const isPrivate = error instanceof TypeError && /private|instance of class/.test(error.message);
  return isPrivate || error instanceof TracingError || isMemoryError(error);
}

/** Whether all parameters of a model learn, each by itself, as a compiled step assumes. */
function canCompile(model: Model): boolean {
  const leaves = leavesOf(model);
  const isPlain = leaves.every((leaf) => leaf.requiresGrad);
  return leaves.length > 0 && isPlain && new Set(leaves).size === leaves.length;
}

/** One step on one batch by single operations: forward, backward, update. */
function eagerStep(
  model: Model,
  inputs: Tensor,
  labels: Tensor,
  { loss, optimizer }: LearnerOptions,
  at: BatchPlace,
): StepOutcome {
  const parameters = entriesOf(model) as [Path, Tensor][];
  for (const [, parameter] of parameters) parameter.zeroGrad();
  const outputs = model.forward(inputs);
  const error = scalarLoss(loss, outputs, labels);
  const value = error.item();
  if (!Number.isFinite(value)) {
    throw new TrainingError(explain(`the loss is ${value}`, inputs, labels, at));
  }
  error.backward();
  for (const [path, { grad }] of parameters) {
    const bad = grad?.numbers.array.find((x) => !Number.isFinite(x));
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
  { epoch, batch }: BatchPlace,
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
