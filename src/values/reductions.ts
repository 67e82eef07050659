/** The methods of a tensor that calculate along axes. */

import { floatDType, isFloat } from "../ops/dtype.ts";
import type { Op } from "../ops/op.ts";
import { checkNumber, type KnownOptions, optionsOf } from "../ops/options.ts";
import * as ops from "../ops/reduction.ts";
import { formatShape, resolveAxes, resolveAxis, ShapeError, sizeOf } from "../ops/shape.ts";
import { type Run, sum } from "../ops/structural.ts";
import { Indexing } from "./indexing.ts";

/** Which axes to work on: one, several, or all where none are given. */
export type Axes = number | readonly number[] | null;

/** Whether the axes that were worked on stay, with length 1. */
export interface ReductionOptions {
  /** Keep the axes, with length 1, so that the result broadcasts against the original. */
  readonly keepDims?: boolean;
}

const reductionOptions: KnownOptions<ReductionOptions> = { keepDims: "true" };

const varianceOptions = { ...reductionOptions, ddof: null };

/** An array of numbers that can be added up, compared and normalised along its axes. */
export abstract class Reductions extends Indexing {
  /** Applies an operation that takes a run of neighbouring axes, whichever axes are meant. */
  private reduce(op: Op, axes: Axes | undefined, keepDims: boolean): this {
    const reduced = resolveAxes(op.name, axes, this.shape);
    if (reduced.length === 0) return this.call(op, [], { first: this.rank, last: this.rank - 1 });
    const runs = runsOf(reduced);
    const isByRuns = runs.length === 1 || op === sum as Op || op === ops.logsumexp as Op;
    const result = isByRuns
      ? runs.reduceRight((rest: this, run) => rest.call(op, [], run), this)
      : this.gathered(reduced).call(op, [], { first: 0, last: reduced.length - 1 });
    if (!keepDims) return result;
    return result.reshape(this.shape.map((length, axis) => reduced.includes(axis) ? 1 : length));
  }

  /** The axes moved to the front, so that they are neighbours. */
  private gathered(axes: readonly number[]): this {
    const others = this.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    return this.permute([...axes, ...others]);
  }

  /** The sum. */
  sum(axes?: Axes, options: ReductionOptions = {}): this {
    const { keepDims = false } = optionsOf("sum", options, reductionOptions);
    return this.reduce(sum, axes, keepDims);
  }

  /** The mean; NaN where there is nothing to average. */
  mean(axes?: Axes, options: ReductionOptions = {}): this {
    optionsOf("mean", options, reductionOptions);
    floatDType("mean", [this.dtype]);
    const count = this.count("mean", axes);
    return this.sum(axes, options).div(count);
  }

  /** The largest element; ties share the derivative evenly. NaN is larger than everything. */
  max(axes?: Axes, options: ReductionOptions = {}): this {
    const { keepDims = false } = optionsOf("max", options, reductionOptions);
    return this.reduce(ops.max, axes, keepDims);
  }

  /** The smallest element; ties share the derivative evenly. NaN is smaller than everything. */
  min(axes?: Axes, options: ReductionOptions = {}): this {
    const { keepDims = false } = optionsOf("min", options, reductionOptions);
    return this.reduce(ops.min, axes, keepDims);
  }

  /** The index of the largest element along an axis, or in the flattened array; int32. */
  argmax(axis: number | null = null, options: ReductionOptions = {}): this {
    const { keepDims = false } = optionsOf("argmax", options, reductionOptions);
    return this.extremeIndex(ops.argmax, axis, keepDims);
  }

  /** The index of the smallest element along an axis, or in the flattened array; int32. */
  argmin(axis: number | null = null, options: ReductionOptions = {}): this {
    const { keepDims = false } = optionsOf("argmin", options, reductionOptions);
    return this.extremeIndex(ops.argmin, axis, keepDims);
  }

  /** Where the extreme number is, along one axis or in all of the tensor. */
  private extremeIndex(op: Op, axis: number | null, keepDims: boolean): this {
    if (axis !== null) return this.reduce(op, axis, keepDims);
    const index = this.flatten().reduce(op, 0, false);
    return keepDims ? index.reshape(this.shape.map(() => 1)) : index;
  }

  /** The product, multiplied up as a tree so that its derivatives are right with zeros too. */
  prod(axes?: Axes, options: ReductionOptions = {}): this {
    const { keepDims = false } = optionsOf("prod", options, reductionOptions);
    const reduced = resolveAxes("prod", axes, this.shape);
    const kept = this.shape.filter((_, axis) => !reduced.includes(axis));
    let factors = this.gathered(reduced).reshape([this.count("prod", axes), ...kept]);
    if (factors.shape[0] === 0) factors = this.fillOf([1, ...kept], 1);
    while (factors.shape[0]! > 1) {
      const count = factors.shape[0]!;
      const half = Math.floor(count / 2);
      const products = factors.slice([{ stop: half }]).mul(
        factors.slice([{ start: half, stop: 2 * half }]),
      );
      factors = count % 2 === 0 ? products : products.concat([factors.slice([{ start: -1 }])]);
    }
    const shape = keepDims
      ? this.shape.map((length, axis) => reduced.includes(axis) ? 1 : length)
      : kept;
    return factors.reshape(shape);
  }

  /**
   * The variance with divisor `count - ddof`: 0 for a population, 1 for a sample of it. Of no more
   * than `ddof` numbers it is infinite, or NaN.
   */
  var(
    axes?: Axes,
    options: ReductionOptions & { ddof?: number } = {},
  ): this {
    const { keepDims = false, ddof = 0 } = optionsOf("var", options, varianceOptions);
    floatDType("var", [this.dtype]);
    const count = this.count("var", axes);
    const rough = this.sub(this.mean(axes, { keepDims: true })); // of a mean that was rounded
    const deviation = rough.sub(rough.mean(axes, { keepDims: true }));
    checkNumber("var", "ddof", ddof);
    return deviation.square().sum(axes, { keepDims }).div(Math.max(0, count - ddof));
  }

  /** The standard deviation with divisor `count - ddof`; where it is 0, so is its derivative. */
  std(axes?: Axes, options: ReductionOptions & { ddof?: number } = {}): this {
    optionsOf("std", options, varianceOptions);
    resolveAxes("std", axes, this.shape);
    return this.var(axes, options).root(2);
  }

  /**
   * The p-norm, the p-th root of the sum of `|x|^p`; of infinity the largest, of -infinity the
   * smallest absolute value, of 0 how many are not zero. Where a norm is 0 its derivative is 0, and
   * for p below 2 those by an element which is 0, of every order.
   */
  norm(axes?: Axes, options: ReductionOptions & { p?: number } = {}): this {
    const { p = 2, keepDims = false } = optionsOf("norm", options, { p: "1", keepDims: null });
    resolveAxes("norm", axes, this.shape);
    checkNumber("norm", "p", p);
    if (p === Infinity) return this.abs().max(axes, { keepDims });
    if (p === -Infinity) return this.abs().min(axes, { keepDims });
    if (p === 0 && !isFloat(this.dtype)) {
      return this.nonzero().cast(this.dtype).sum(axes, { keepDims });
    }
    if (p === 1) return this.abs().sum(axes, { keepDims });
    const sum = this.absolutePower(p).sum(axes, { keepDims });
    return p === 0 ? sum : sum.root(p);
  }

  /** `|x|^p`, or for p = 0 whether x is not 0; its derivative at 0 is 0 and not infinite. */
  private absolutePower(p: number): this {
    if (p === 2) return this.square();
    if (p > 2) return p % 2 === 0 ? this.pow(p) : this.abs().pow(p);
    const isNonzero = this.notEqual(0);
    return this.where(isNonzero, 1).abs().pow(p).where(isNonzero, p < 0 ? Infinity : 0);
  }

  /** @internal The p-th root of a sum of powers; where that is 0 its derivative is 0, not infinite. */
  root(p: number): this {
    const hasRoot = this.notEqual(0);
    const safe = this.where(hasRoot, 1);
    return (p === 2 ? safe.sqrt() : safe.pow(1 / p)).where(hasRoot, 0);
  }

  /** Whether any element is nonzero. */
  any(axes?: Axes, options: ReductionOptions = {}): this {
    const { keepDims = false } = optionsOf("any", options, reductionOptions);
    resolveAxes("any", axes, this.shape);
    return this.nonzero().sum(axes, { keepDims }).greater(0);
  }

  /** Whether all elements are nonzero. */
  all(axes?: Axes, options: ReductionOptions = {}): this {
    const { keepDims = false } = optionsOf("all", options, reductionOptions);
    const count = this.count("all", axes);
    return this.nonzero().sum(axes, { keepDims }).equal(count);
  }

  /** Which numbers are not zero, as truth values. */
  private nonzero(): this {
    return this.dtype === "bool" ? this : this.notEqual(0);
  }

  /** `log(sum(e^x))`, without overflow. */
  logsumexp(axes?: Axes, options: ReductionOptions = {}): this {
    const { keepDims = false } = optionsOf("logsumexp", options, reductionOptions);
    return this.reduce(ops.logsumexp, axes, keepDims);
  }

  /** `e^x` divided by its sum along an axis, without overflow. */
  softmax(axis = -1): this {
    return this.call(ops.softmax, [], { axis: resolveAxis("softmax", axis, this.shape) });
  }

  /** The logarithm of the softmax along an axis, without overflow. */
  logSoftmax(axis = -1): this {
    return this.call(ops.logSoftmax, [], { axis: resolveAxis("logSoftmax", axis, this.shape) });
  }

  /** The running sum along an axis, or from its end. */
  cumsum(axis: number, options: { reverse?: boolean } = {}): this {
    const { reverse = false } = optionsOf("cumsum", options, { reverse: "true" });
    const along = resolveAxis("cumsum", axis, this.shape);
    return this.call(ops.cumsum, [], { axis: along, reverse });
  }

  /** The running product along an axis; its derivatives are right with zeros too. */
  cumprod(axis: number): this {
    const along = resolveAxis("cumprod", axis, this.shape);
    const length = this.shape[along]!;
    // deno-lint-ignore no-this-alias
    let result = this;
    for (let distance = 1; distance < length; distance *= 2) {
      const shifted = result.sliceAlong(along, { stop: length - distance })
        .pad(this.shape.map((_, own) => [own === along ? distance : 0, 0]), { value: 1 });
      result = result.mul(shifted);
    }
    return result;
  }

  /** The indices (int32) that put each lane along an axis in order; equal elements keep theirs. */
  argsort(axis = -1, options: { descending?: boolean } = {}): this {
    const { descending = false } = optionsOf("argsort", options, { descending: "true" });
    const along = resolveAxis("argsort", axis, this.shape);
    return this.call(ops.argsort, [], { axis: along, descending });
  }

  /** The elements in order along an axis; NaN counts as the largest. */
  sort(axis = -1, options: { descending?: boolean } = {}): this {
    const { descending = false } = optionsOf("sort", options, { descending: "true" });
    return this.gather(this.argsort(axis, { descending }), { axis });
  }

  /** The `k` largest elements along an axis, in descending order, and their indices (int32). */
  topK(k: number, options: { axis?: number } = {}): [values: this, indices: this] {
    const { axis = -1 } = optionsOf("topK", options, { axis: "1" });
    const along = resolveAxis("topK", axis, this.shape);
    if (!Number.isInteger(k) || k < 0 || k > this.shape[along]!) {
      throw new ShapeError(
        `Cannot topK ${formatShape(this.shape)} for ${k} elements: axis ${along} has length ` +
          `${this.shape[along]}`,
      );
    }
    const indices = this.argsort(along, { descending: true }).sliceAlong(along, { stop: k });
    return [this.gather(indices, { axis: along }), indices];
  }

  /** How many numbers a reduction over these axes takes together. */
  private count(name: string, axes: Axes | undefined): number {
    return sizeOf(resolveAxes(name, axes, this.shape).map((axis) => this.shape[axis]!));
  }
}

/** Axes in ascending order as runs of neighbours. */
function runsOf(axes: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const axis of axes) {
    const run = runs.at(-1);
    if (run?.last === axis - 1) runs[runs.length - 1] = { ...run, last: axis };
    else runs.push({ first: axis, last: axis });
  }
  return runs;
}
