/** How wrong a network is, as a number. */

import { DTypeError, isFloat } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { type KnownOptions, optionsOf } from "../ops/options.ts";
import { formatShape, sameShape, type Shape, ShapeError } from "../ops/shape.ts";
import { checkTensors } from "../values/check_tensors.ts";
import { oneHotFor } from "../values/one_hot.ts";
import type { Tensor } from "../values/tensor.ts";

/** A function of what a network says and what it should say. */
export type Loss = (outputs: Tensor, targets: Tensor) => Tensor;

/** What becomes of the losses of single elements. */
export type Reduction = "mean" | "sum" | "none";

/** The options that most losses share. */
export interface LossOptions {
  /** The mean of the elements' losses (unless told otherwise), their sum, or all of them. */
  readonly reduction?: Reduction;
}

const lossOptions: KnownOptions<LossOptions> = { reduction: '"sum"' };

function reduce(losses: Tensor, reduction: Reduction = "mean"): Tensor {
  switch (reduction) {
    case "mean":
      return losses.mean();
    case "sum":
      return losses.sum();
    case "none":
      return losses;
    default:
      reduction satisfies never;
      throw new UsageError(`Cannot reduce losses by "${reduction}": there are mean, sum and none`);
  }
}

/** Throws unless the two have one shape: broadcasting would compare every row with every other. */
function checkShapes(name: string, outputs: Tensor, targets: Tensor): void {
  checkTensors(name, [outputs, targets]);
  if (!sameShape(outputs.shape, targets.shape)) {
    throw new ShapeError(
      `Cannot ${name} ${formatShape(outputs.shape)} and ${formatShape(targets.shape)}: outputs ` +
        "and targets have one shape",
    );
  }
}

/**
 * The mean squared error `mean((outputs - targets)^2)`; both have one shape, or it is a `ShapeError`.
 *
 * @example Errors of 1 and 2
 * ```ts
 * import { nn, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nn.meanSquaredError(tensor([4, 3]), tensor([3, 5])).item(), 2.5);
 * ```
 */
export function meanSquaredError(
  outputs: Tensor,
  targets: Tensor,
  options: LossOptions = {},
): Tensor {
  const { reduction } = optionsOf("meanSquaredError", options, lossOptions);
  checkShapes("meanSquaredError", outputs, targets);
  return reduce(outputs.sub(targets).square(), reduction);
}

/**
 * The root of the mean squared error, in the units of the targets; both have one shape, or it is a
 * `ShapeError`. Where all errors are 0, so is its derivative.
 *
 * @example Errors of 3 and 4
 * ```ts
 * import { nn, tensor } from "@turunan/turunan";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const loss = nn.rootMeanSquaredError(tensor([4, 4]), tensor([1, 0]));
 * assertAlmostEquals(loss.item(), Math.sqrt(12.5), 1e-6);
 * ```
 */
export function rootMeanSquaredError(outputs: Tensor, targets: Tensor): Tensor {
  checkShapes("rootMeanSquaredError", outputs, targets);
  return outputs.sub(targets).norm().div(Math.sqrt(outputs.size));
}

/**
 * The mean absolute error `mean(|outputs - targets|)`; both have one shape, or it is a `ShapeError`.
 *
 * @example Errors of 1 and 2
 * ```ts
 * import { nn, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nn.meanAbsoluteError(tensor([4, 3]), tensor([3, 5])).item(), 1.5);
 * ```
 */
export function meanAbsoluteError(
  outputs: Tensor,
  targets: Tensor,
  options: LossOptions = {},
): Tensor {
  const { reduction } = optionsOf("meanAbsoluteError", options, lossOptions);
  checkShapes("meanAbsoluteError", outputs, targets);
  return reduce(outputs.sub(targets).abs(), reduction);
}

/** The options of `crossEntropy`. */
export interface CrossEntropyOptions extends LossOptions {
  /** A weight for each class, `[classes]`. */
  readonly weights?: Tensor;
  /** A class index whose positions count for nothing; only where targets are class indices. */
  readonly ignoreIndex?: number;
  /** How much of each target is spread evenly over all classes, from 0 to 1. */
  readonly labelSmoothing?: number;
}

const crossEntropyOptions: KnownOptions<CrossEntropyOptions> = {
  ...lossOptions,
  weights: null,
  ignoreIndex: null,
  labelSmoothing: null,
};

/**
 * The cross-entropy of the softmax of `logits` against the targets, in nats. `logits` are
 * `[batch, classes]` (or `[classes]`, or with further axes after the classes). Targets are class
 * indices (int32, the shape without the classes) or probabilities, one-hot rows among them (the
 * shape of the logits). The mean is over the positions, or over their weights where class indices
 * are weighted.
 *
 * Throws an `IndexError` for a class index that is not one of the classes, a `ShapeError` where the
 * shapes do not fit, a `DTypeError` where class indices are not int32, and a `UsageError` for an
 * option that makes no sense.
 *
 * @example Two classes, both as likely
 * ```ts
 * import { nn, tensor } from "@turunan/turunan";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const loss = nn.crossEntropy(tensor([[0, 0]]), tensor([1], { dtype: "int32" }));
 * assertAlmostEquals(loss.item(), Math.log(2), 1e-6);
 * ```
 */
export function crossEntropy(
  logits: Tensor,
  targets: Tensor,
  options: CrossEntropyOptions = {},
): Tensor {
  checkTensors("crossEntropy", [logits, targets]);
  optionsOf("crossEntropy", options, crossEntropyOptions);
  const axis = logits.rank === 1 ? 0 : 1;
  const classes = logits.shape[axis];
  const positions = logits.shape.filter((_, i) => i !== axis);
  checkTargets(logits.shape, positions, targets);
  checkOptions(classes!, targets, options);
  const last = (x: Tensor) => axis === x.rank - 1 ? x : x.moveAxis(axis, -1);
  const logs = last(logits.logSoftmax(axis));
  const { weights, labelSmoothing = 0 } = options;
  const smoothing = labelSmoothing === 0 ? null : { share: labelSmoothing, classes: classes! };
  if (isFloat(targets.dtype)) {
    const own = last(targets);
    const smooth = smoothing === null
      ? own
      : own.mul(1 - smoothing.share).add(smoothing.share / smoothing.classes);
    const weighted = weights === undefined ? smooth : smooth.mul(weights);
    return reduce(logs.mul(weighted).sum(-1).neg(), options.reduction);
  }
  return classLosses(logs, targets, options, smoothing);
}

function checkTargets(logits: Shape, positions: Shape, targets: Tensor): void {
  const isIndices = sameShape(targets.shape, positions);
  if (isFloat(targets.dtype) && isIndices && !sameShape(logits, positions)) {
    throw new DTypeError(
      `Cannot crossEntropy ${formatShape(logits)} and targets ${formatShape(targets.shape)} of ` +
        `${targets.dtype}: class indices are int32, as in .cast("int32")`,
    );
  }
  const expected = isFloat(targets.dtype) ? logits : positions;
  if (logits.length === 0 || !sameShape(targets.shape, expected)) {
    throw new ShapeError(
      `Cannot crossEntropy ${formatShape(logits)} and ${targets.dtype} targets ` +
        `${formatShape(targets.shape)}: targets are class indices (int32) ` +
        `${formatShape(positions)} or probabilities ${formatShape(logits)}`,
    );
  }
}

function checkOptions(
  classes: number,
  targets: Tensor,
  { weights, ignoreIndex, labelSmoothing = 0 }: CrossEntropyOptions,
): void {
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new UsageError(
      `Cannot crossEntropy with labelSmoothing ${labelSmoothing}: it is a number from 0 to 1`,
    );
  }
  if (ignoreIndex !== undefined && isFloat(targets.dtype)) {
    throw new UsageError("Cannot crossEntropy probabilities with an ignoreIndex: they have none");
  }
  if (weights !== undefined) checkTensors("crossEntropy", [weights]);
  if (weights !== undefined && !sameShape(weights.shape, [classes])) {
    throw new ShapeError(
      `Cannot crossEntropy ${classes} classes with weights ${formatShape(weights.shape)}: there ` +
        "is one weight for each class",
    );
  }
}

/** The cross-entropy against class indices; the classes are the last axis of `logs`. */
function classLosses(
  logs: Tensor,
  targets: Tensor,
  { weights, ignoreIndex, reduction = "mean" }: CrossEntropyOptions,
  smoothing: { share: number; classes: number } | null,
): Tensor {
  const counts = ignoreIndex === undefined ? null : targets.notEqual(ignoreIndex);
  const known = counts === null ? targets : targets.where(counts, 0);
  const isTarget = oneHotFor("crossEntropy", known, logs.shape.at(-1)!, { dtype: "bool" });
  const pick = (x: Tensor) => x.broadcastTo(logs.shape).where(isTarget, 0).sum(-1);
  const keep = (x: Tensor) => counts === null ? x : x.where(counts, 0);
  const weight = weights === undefined ? null : keep(pick(weights));
  const own = pick(weights === undefined ? logs : logs.mul(weights)).neg();
  let losses = keep(own);
  if (smoothing !== null) {
    const all = (weights === undefined ? logs : logs.mul(weights)).sum(-1).neg();
    const spread = keep(all).mul(smoothing.share / smoothing.classes);
    losses = losses.mul(1 - smoothing.share).add(spread);
  }
  if (reduction !== "mean" || (weight === null && counts === null)) {
    return reduce(losses, reduction);
  }
  const total = weight === null ? counts!.cast(losses.dtype).sum() : weight.sum();
  return losses.sum().div(total);
}

/** The options of `binaryCrossEntropyWithLogits`. */
export interface BinaryCrossEntropyOptions extends LossOptions {
  /** A factor for the positive class. */
  readonly positiveWeight?: Tensor | number;
}

/**
 * The cross-entropy of the sigmoid of `logits` against targets from 0 to 1, in nats, without overflow
 * at any size and exact where it is tiny; both have one shape, or it is a `ShapeError`.
 *
 * @example Both classes as likely
 * ```ts
 * import { nn, tensor } from "@turunan/turunan";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const loss = nn.binaryCrossEntropyWithLogits(tensor([0]), tensor([1]));
 * assertAlmostEquals(loss.item(), Math.log(2), 1e-6);
 * ```
 */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  targets: Tensor,
  options: BinaryCrossEntropyOptions = {},
): Tensor {
  const { reduction, positiveWeight = 1 } = optionsOf(
    "binaryCrossEntropyWithLogits",
    options,
    { ...lossOptions, positiveWeight: null },
  );
  checkShapes("binaryCrossEntropyWithLogits", logits, targets);
  const positive = targets.mul(positiveWeight).mul(logits.neg().softplus());
  const negative = targets.neg().add(1).mul(logits.softplus());
  return reduce(positive.add(negative), reduction);
}

/** The options of `hinge`. */
export interface HingeOptions extends LossOptions {
  /** The score from which on an answer counts as sure; 1 unless told otherwise. */
  readonly margin?: number;
  /** 1 for the hinge, 2 for its square. */
  readonly power?: number;
}

/**
 * The hinge loss `max(0, margin - target * score)^power` of targets -1 and 1; both have one shape, or
 * it is a `ShapeError`.
 *
 * @example Right and sure, right but unsure, wrong
 * ```ts
 * import { nn, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const losses = nn.hinge(tensor([2, 0.5, -1]), tensor([1, 1, 1]), { reduction: "none" });
 * assertEquals(losses.toArray(), [0, 0.5, 2]);
 * ```
 */
export function hinge(
  scores: Tensor,
  targets: Tensor,
  options: HingeOptions = {},
): Tensor {
  const { reduction, margin = 1, power = 1 } = optionsOf("hinge", options, {
    ...lossOptions,
    margin: null,
    power: null,
  });
  checkShapes("hinge", scores, targets);
  const short = scores.mul(targets).neg().add(margin).relu();
  return reduce(power === 1 ? short : short.pow(power), reduction);
}
