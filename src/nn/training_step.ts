/** A training step as one compiled program, over parameters that stay in its memory. */

import { applyOp, Tensor } from "../values/tensor.ts";
import { leavesOf } from "../autodiff/tree.ts";
import { valueAndGrad } from "../autodiff/transforms.ts";
import { compile, type Compiled } from "../compile/compile.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import type { Op } from "../ops/op.ts";
import { formatShape, ShapeError } from "../ops/shape.ts";
import type { Optimizer, OptimizerState } from "../optim/optimizer.ts";
import type { Loss } from "./losses.ts";
import { correctMask, type Model } from "./metrics.ts";

/** A loss or a gradient was infinite or NaN; nothing was updated. */
export class NotFinite extends Error {}

/** Hands a number on, or throws before anything is updated where it is infinite or NaN. */
const requireFinite: Op<readonly [Tensor], void> = {
  name: "requireFinite",
  mayRefuse: true,
  shape: ([x]) => x,
  dtype: ([x]) => x,
  forward: (output, [x]) => {
    if (!x.data.every(Number.isFinite)) throw new NotFinite();
    output.data.set(x.data);
  },
  pullbacks: [(g: Tensor) => g],
};

/** Gradients up to this size are looked at for infinities and NaN: biases, not weights. */
const smallGradient = 4096;

/** The loss of a batch; throws where it is not reduced to a scalar. */
export function scalarLoss(loss: Loss, outputs: Tensor, labels: Tensor): Tensor {
  const error = loss(outputs, labels);
  if (!(error instanceof Tensor)) {
    throw new UsageError(`Cannot fit a loss that returns ${describe(error)}: it returns a tensor`);
  }
  if (error.size !== 1) {
    throw new ShapeError(
      `Cannot fit a loss of shape ${
        formatShape(error.shape)
      }: reduce it to a scalar, as in .mean()`,
    );
  }
  return error;
}

/** What a step takes: the model, the optimizer's memory, and a batch. */
type StepArguments = [Model, OptimizerState<Model>, Tensor, Tensor];

/** What a step gives. */
interface StepResult {
  readonly loss: Tensor;
  readonly correct: Tensor | null;
  readonly model: Model;
  readonly state: OptimizerState<Model>;
}

/** Trains a model step by step in a compiled program's memory. */
export class TrainingStep {
  readonly #model: Model;
  readonly #optimizer: Optimizer;
  readonly #step: Compiled<StepArguments, StepResult>;
  #current: { model: Model; state: OptimizerState<Model> };

  /** Starts from the parameters that the model has now. */
  constructor(model: Model, loss: Loss, optimizer: Optimizer) {
    this.#model = model;
    this.#optimizer = optimizer;
    this.#current = { model, state: optimizer.stateOf(model) };
    this.#step = compile((model: Model, state: OptimizerState<Model>, inputs, labels) => {
      let outputs: Tensor;
      const [error, gradients] = valueAndGrad((m: Model) => {
        outputs = m.forward(inputs);
        return scalarLoss(loss, outputs, labels);
      })(model);
      const suspects = (leavesOf(gradients) as Tensor[]).filter((g) => g.size <= smallGradient);
      const checked = suspects.reduce((sum, g) => sum.add(g.sum().mul(0)), error as Tensor);
      return {
        loss: applyOp(requireFinite as Op, [checked], undefined),
        correct: correctMask(outputs!, labels)?.sum() ?? null,
        ...optimizer.update(model, gradients, state),
      };
    });
  }

  /** One step on one batch; throws `NotFinite` before anything is updated. */
  run(inputs: Tensor, labels: Tensor): { loss: number; correct: number | null } {
    const { model, state } = this.#current;
    const result = this.#step(model, state, inputs, labels);
    this.#current = { model: result.model, state: result.state };
    return { loss: result.loss.item(), correct: result.correct?.item() ?? null };
  }

  /** Writes the parameters and the optimizer's memory back to where they came from. */
  writeBack(): void {
    const { model, state } = this.#current;
    const current = leavesOf(model) as Tensor[];
    (leavesOf(this.#model) as Tensor[]).forEach((parameter, i) => {
      if (parameter !== current[i]) parameter.numbers.overwrite(current[i]!.numbers);
    });
    this.#optimizer.remember(this.#model, state);
  }

  /** Starts again from the parameters that the model has now, as after a step without it. */
  restart(): void {
    this.#current = { model: this.#model, state: this.#optimizer.stateOf(this.#model) };
  }

  /** Frees the memory. */
  dispose(): void {
    this.#step.dispose();
  }
}
