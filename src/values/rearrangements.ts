/** The methods of a tensor that move numbers without calculating. */

import { UsageError } from "../ops/error.ts";
import { gather, oneHot, put, scatter, take } from "../ops/indexing.ts";
import { checkProduct, matmul, type Transposition } from "../ops/linalg.ts";
import type { DType } from "../ops/dtype.ts";
import type { Op } from "../ops/op.ts";
import { checkShape, formatShape, resolveAxes, resolveAxis, sameShape } from "../ops/shape.ts";
import { type Shape, ShapeError, sizeOf } from "../ops/shape.ts";
import * as ops from "../ops/structural.ts";
import type { Place } from "../ops/structural.ts";
import { Functions } from "./functions.ts";

/** Which indices of an axis to take, as Python's `start:stop:step`; negative ones count back. */
export interface Range {
  /** The first index; 0 if left out, or the last one where the step is negative. */
  readonly start?: number | null;
  /** The index before which to stop; the end if left out. */
  readonly stop?: number | null;
  /** The distance between two indices; 1 if left out. */
  readonly step?: number;
}

/** An array of numbers whose axes can be rearranged. */
export abstract class Rearrangements extends Functions {
  /** The length along each axis. */
  abstract readonly shape: Shape;
  /** The kind of its numbers. */
  abstract readonly dtype: DType;
  /** Applies an operation to this tensor and `others`. */
  protected abstract call(op: Op, others: readonly this[], attributes: unknown): this;

  /** The number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** The number of axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** The same numbers under another shape, in row-major order; one length may be -1. */
  reshape(shape: Shape): this {
    const inferred = Array.isArray(shape) ? shape.indexOf(-1) : -1;
    const known = inferred < 0 ? shape : shape.with(inferred, 1);
    checkShape("reshape to", known);
    if (inferred < 0) {
      return sameShape(shape, this.shape) ? this : this.call(ops.reshape, [], { shape });
    }
    const length = this.size / sizeOf(known);
    if (!Number.isInteger(length)) {
      throw new ShapeError(
        `Cannot reshape ${formatShape(this.shape)} to ${formatShape(shape)}: ` +
          `${this.size} elements do not divide evenly`,
      );
    }
    return this.reshape(shape.with(inferred, length));
  }

  /** One axis, or the axes from `first` to `last` merged into one. */
  flatten(first = 0, last = -1): this {
    if (this.rank === 0) return this.reshape([1]);
    const from = resolveAxis("flatten", first, this.shape);
    const to = resolveAxis("flatten", last, this.shape);
    const merged = sizeOf(this.shape.slice(from, to + 1));
    return this.reshape([...this.shape.slice(0, from), merged, ...this.shape.slice(to + 1)]);
  }

  /** The axes in another order: axis `i` of the result is axis `axes[i]` of this tensor. */
  permute(axes: readonly number[]): this {
    if (axes.length !== this.rank) {
      throw new ShapeError(
        `Cannot permute ${formatShape(this.shape)} by ${formatShape(axes)}: ` +
          `it has ${this.rank} axes`,
      );
    }
    resolveAxes("permute", axes, this.shape);
    const order = axes.map((axis) => resolveAxis("permute", axis, this.shape));
    return order.every((axis, i) => axis === i)
      ? this
      : this.call(ops.permute, [], { axes: order });
  }

  /** Two axes exchanged, the last two unless told otherwise; a vector stays as it is. */
  transpose(a = -2, b = -1): this {
    if (this.rank < 2 && a === -2 && b === -1) return this;
    const axes = this.shape.map((_, axis) => axis);
    const first = resolveAxis("transpose", a, this.shape);
    const second = resolveAxis("transpose", b, this.shape);
    [axes[first], axes[second]] = [second, first];
    return this.permute(axes);
  }

  /** The axis `source` moved to `destination`. */
  moveAxis(source: number, destination: number): this {
    const from = resolveAxis("moveAxis", source, this.shape);
    const to = resolveAxis("moveAxis", destination, this.shape);
    const axes = this.shape.map((_, axis) => axis).filter((axis) => axis !== from);
    return this.permute(axes.toSpliced(to, 0, from));
  }

  /** Without an axis of length 1, or without all of them; an axis of another length stays. */
  squeeze(axis?: number | readonly number[]): this {
    const axes = resolveAxes("squeeze", axis, this.shape);
    return this.reshape(this.shape.filter((length, i) => length !== 1 || !axes.includes(i)));
  }

  /** With a new axis of length 1 before `axis` of the result. */
  unsqueeze(axis: number): this {
    const at = resolveAxis("unsqueeze", axis, [...this.shape, 1]);
    return this.reshape(this.shape.toSpliced(at, 0, 1));
  }

  /** Repeated along axes of length 1 and along new axes at the front. */
  broadcastTo(shape: Shape): this {
    checkShape("broadcastTo", shape);
    return sameShape(shape, this.shape) ? this : this.call(ops.broadcastTo, [], { shape });
  }

  /**
   * A part of each axis: `null` takes all of it, an index one entry (and drops the axis), a range
   * every so many. Axes that are not named are taken whole.
   */
  slice(parts: readonly (Range | number | null)[]): this {
    if (parts.length > this.rank) {
      throw new ShapeError(
        `Cannot slice ${formatShape(this.shape)} along ${parts.length} axes: it has ${this.rank}`,
      );
    }
    const ranges = this.shape.map((length, axis) => resolveRange(parts[axis], length, axis));
    const part = this.sliceAt({
      starts: ranges.map((range) => range.start),
      steps: ranges.map((range) => range.step),
      lengths: ranges.map((range) => range.length),
    });
    return part.reshape(part.shape.filter((_, axis) => typeof parts[axis] !== "number"));
  }

  /** The numbers at a place: from a start, so many, a step apart along each axis. */
  sliceAt({ starts, steps, lengths }: Place): this {
    const isWhole = sameShape(lengths, this.shape) && steps.every((step) => step === 1);
    return isWhole ? this : this.call(ops.slice, [], { starts, steps, lengths });
  }

  /** An array of `shape` filled with `value`, with this at a place: the adjoint of `sliceAt`. */
  unslice({ starts, steps, lengths }: Place, shape: Shape, value = 0): this {
    return this.call(ops.unslice, [], { starts, steps, lengths, shape, value });
  }

  /** With `value` before and after along each axis: `padding` holds `[before, after]` of each. */
  pad(
    padding: readonly (readonly [before: number, after: number])[],
    { value = 0 }: { value?: number } = {},
  ): this {
    if (padding.length !== this.rank || padding.flat().some((n) => !Number.isInteger(n) || n < 0)) {
      throw new ShapeError(
        `Cannot pad ${formatShape(this.shape)}: it takes a pair of whole numbers, before and ` +
          `after, for each of its ${this.rank} axes`,
      );
    }
    return this.unslice(
      {
        starts: padding.map(([before]) => before),
        steps: this.shape.map(() => 1),
        lengths: this.shape,
      },
      this.shape.map((length, axis) => length + padding[axis]![0] + padding[axis]![1]),
      value,
    );
  }

  /** The axes walked backwards; all of them unless told otherwise. */
  flip(axes?: number | readonly number[]): this {
    const flipped = resolveAxes("flip", axes, this.shape);
    return this.sliceAt({
      starts: this.shape.map((length, axis) => flipped.includes(axis) ? length - 1 : 0),
      steps: this.shape.map((_, axis) => flipped.includes(axis) ? -1 : 1),
      lengths: this.shape,
    });
  }

  /** This tensor and `others` one after the other along an axis. */
  concat(others: readonly this[], { axis = 0 }: { axis?: number } = {}): this {
    if (others.length === 0) return this;
    return this.call(ops.concat, others, { axis: resolveAxis("concat", axis, this.shape) });
  }

  /** The slices along an axis, without it. */
  unbind(axis = 0): this[] {
    const along = resolveAxis("unbind", axis, this.shape);
    return Array.from(
      { length: this.shape[along]! },
      (_, i) => this.slice(this.shape.map((_, own) => own === along ? i : null)),
    );
  }

  /** Pieces of the given lengths along an axis, which must add up to the whole. */
  split(lengths: readonly number[], { axis = 0 }: { axis?: number } = {}): this[] {
    const along = resolveAxis("split", axis, this.shape);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    if (total !== this.shape[along]) {
      throw new ShapeError(
        `Cannot split ${formatShape(this.shape)} into lengths ${formatShape(lengths)}: ` +
          `axis ${along} has length ${this.shape[along]}, they add up to ${total}`,
      );
    }
    let start = 0;
    return lengths.map((length) => {
      const range = { start, stop: start += length };
      return this.slice(this.shape.map((_, own) => own === along ? range : null));
    });
  }

  /** The numbers as another kind; fractions are cut off for integers, nonzero is true. */
  cast(dtype: DType): this {
    return dtype === this.dtype ? this : this.call(ops.cast, [], { dtype });
  }

  // Products

  /**
   * The matrix product over the last two axes, as NumPy's: a vector is a row on the left and a
   * column on the right, and the axes before the last two broadcast. Either side may be read
   * transposed at no cost.
   */
  matmul(
    other: this,
    { transposeA = false, transposeB = false }: Partial<Transposition> = {},
  ): this {
    if (!(other instanceof Rearrangements)) {
      throw new UsageError(`Cannot matmul ${formatShape(this.shape)} by ${typeof other}`);
    }
    const transposition = { transposeA, transposeB };
    checkProduct(this.shape, other.shape, transposition);
    if (this.rank === 1) {
      const product = this.unsqueeze(0).matmul(other, { transposeB });
      return product.squeeze(other.rank === 1 ? 0 : -2);
    }
    if (other.rank === 1) return this.matmul(other.unsqueeze(1), { transposeA }).squeeze(-1);
    if (this.rank > 2 && other.rank === 2 && !transposeA) { // one tall product, not many small ones
      const rows = this.shape.slice(0, -1);
      return this.reshape([sizeOf(rows), this.shape.at(-1)!]).matmul(other, { transposeB })
        .reshape([...rows, other.shape[transposeB ? 0 : 1]!]);
    }
    return this.call(matmul, [other], transposition);
  }

  // Indices that are numbers themselves

  /** Whole slices along an axis, which gives way to the axes of `index` (int32). */
  take(index: this, { axis = 0 }: { axis?: number } = {}): this {
    return this.call(take, [index], { axis: resolveAxis("take", axis, this.shape) });
  }

  /** Zeros of `shape` with slices of this added at `index`: the adjoint of `take`. */
  putInto(shape: Shape, index: this, { axis }: { axis: number }): this {
    return this.call(put, [index], { axis: resolveAxis("put", axis, shape), shape });
  }

  /** One element for each index (int32): `out[i][j] = x[index[i][j]][j]` along axis 0. */
  gather(index: this, { axis }: { axis: number }): this {
    return this.call(gather, [index], { axis: resolveAxis("gather", axis, this.shape) });
  }

  /** Zeros of `shape` with each element of this added at its index: the adjoint of `gather`. */
  scatterInto(shape: Shape, index: this, { axis }: { axis: number }): this {
    return this.call(scatter, [index], { axis: resolveAxis("scatter", axis, shape), shape });
  }

  /** For each label (int32) a row of zeros with a one at the label, along a new last axis. */
  oneHot(
    classes: number,
    { dtype = "float32", asker = "oneHot" }: { dtype?: DType; asker?: string } = {},
  ): this {
    return this.call(oneHot, [], { classes, dtype, asker });
  }
}

/** Where a range begins, how far it steps and how often, in an axis of a given length. */
function resolveRange(
  part: Range | number | null | undefined,
  length: number,
  axis: number,
): { start: number; step: number; length: number } {
  if (part === null || part === undefined) return { start: 0, step: 1, length };
  if (typeof part === "number") {
    if (!Number.isInteger(part) || part < -length || part >= length) {
      throw new ShapeError(`Cannot slice axis ${axis} at index ${part}: it has length ${length}`);
    }
    return { start: part < 0 ? part + length : part, step: 1, length: 1 };
  }
  const { start, stop, step = 1 } = part;
  if (!Number.isInteger(step) || step === 0) {
    throw new ShapeError(`Cannot slice axis ${axis} in steps of ${step}`);
  }
  const lowest = step > 0 ? 0 : -1;
  const highest = step > 0 ? length : length - 1;
  const resolve = (index: number) =>
    Math.min(Math.max(index < 0 ? index + length : index, lowest), highest);
  const from = start === null || start === undefined
    ? (step > 0 ? lowest : highest)
    : resolve(start);
  const to = stop === null || stop === undefined ? (step > 0 ? highest : lowest) : resolve(stop);
  return { start: from, step, length: Math.max(0, Math.ceil((to - from) / step)) };
}
