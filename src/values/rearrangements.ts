/** The methods of a tensor that move numbers without calculating. */

import { checkDType, type DType, fitting } from "../ops/dtype.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import type { Op } from "../ops/op.ts";
import { checkWhole, optionsOf } from "../ops/options.ts";
import { checkAxes, checkShape, formatShape, resolveAxes, resolveAxis } from "../ops/shape.ts";
import { sameShape, type Shape, ShapeError, sizeOf } from "../ops/shape.ts";
import * as ops from "../ops/structural.ts";
import type { Place } from "../ops/structural.ts";
import { Functions } from "./functions.ts";
import { type Part, placeOf, type Range, withoutIndices } from "./range.ts";

/** An array of numbers whose axes can be rearranged. */
export abstract class Rearrangements extends Functions {
  /** The length along each axis. */
  abstract readonly shape: Shape;
  /** The kind of its numbers. */
  abstract readonly dtype: DType;
  /** Applies an operation to this tensor and `others`. */
  protected abstract call(op: Op, others: readonly this[], attributes: unknown): this;
  /** An array of one number, of the kind of this one. */
  protected abstract fillOf(shape: Shape, number: number): this;

  /** Throws unless others are an array of tensors. */
  protected checkOperands(name: string, others: readonly unknown[]): void {
    const cannot = `Cannot ${name} ${formatShape(this.shape)} and`;
    if (!Array.isArray(others)) {
      throw new UsageError(`${cannot} ${describe(others)}: use an array of tensors`);
    }
    for (const other of others) {
      if (other instanceof Rearrangements) continue;
      throw new UsageError(`${cannot} ${describe(other)}: use tensor([...])`);
    }
  }

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
    if (from > to) {
      throw new ShapeError(
        `Cannot flatten ${
          formatShape(this.shape)
        } from axis ${first} to ${last}: they are in order`,
      );
    }
    const merged = sizeOf(this.shape.slice(from, to + 1));
    return this.reshape([...this.shape.slice(0, from), merged, ...this.shape.slice(to + 1)]);
  }

  /** The axes in another order: axis `i` of the result is axis `axes[i]` of this tensor. */
  permute(axes: readonly number[]): this {
    checkAxes("permute", axes, this.shape);
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
  slice(parts: readonly Part[]): this {
    const part = this.sliceAt(placeOf("slice", this.shape, parts));
    return part.reshape(withoutIndices(part.shape, parts));
  }

  /** One axis sliced, the others whole. */
  protected sliceAlong(axis: number, part: Range | number): this {
    return this.slice(this.shape.map((_, own) => own === axis ? part : null));
  }

  /**
   * A copy with `values` where `slice(parts)` would read, as `x[parts] = values` in NumPy; the shape
   * stays. A number or a smaller tensor is broadcast to the place.
   */
  withSlice(parts: readonly Part[], values: this | number | boolean): this {
    const place = placeOf("withSlice", this.shape, parts);
    const isSingle = typeof values === "number" || typeof values === "boolean";
    if (!isSingle) this.checkOperands("withSlice", [values]);
    const own = isSingle ? this.fillOf([], fitting("withSlice", values, this.dtype)) : values;
    const part = own.broadcastTo(withoutIndices(place.lengths, parts));
    return this.overwriteAt(place, part.reshape(place.lengths));
  }

  /** The numbers at a place: from a start, so many, a step apart along each axis. */
  sliceAt({ starts, steps, lengths }: Place): this {
    const isWhole = sameShape(lengths, this.shape) && steps.every((step) => step === 1);
    return isWhole ? this : this.call(ops.slice, [], { starts, steps, lengths });
  }

  /** A copy with `part` at a place. */
  overwriteAt({ starts, steps, lengths }: Place, part: this): this {
    return this.call(ops.overwrite, [part], { starts, steps, lengths });
  }

  /** An array of `shape` filled with `value`, with this at a place: the adjoint of `sliceAt`. */
  unslice({ starts, steps, lengths }: Place, shape: Shape, value = 0): this {
    return this.call(ops.unslice, [], { starts, steps, lengths, shape, value });
  }

  /** With `value` before and after along each axis: `padding` holds `[before, after]` of each. */
  pad(
    padding: readonly (readonly [before: number, after: number])[],
    options: { value?: number | boolean } = {},
  ): this {
    const { value: given = 0 } = optionsOf("pad", options, { value: "1" });
    const value = fitting("pad", given, this.dtype);
    const arePairs = Array.isArray(padding) && padding.length === this.rank &&
      padding.every((pair) =>
        Array.isArray(pair) && pair.length === 2 && pair.every((n) => Number.isInteger(n) && n >= 0)
      );
    if (!arePairs) {
      throw new ShapeError(
        `Cannot pad ${formatShape(this.shape)}: it takes a pair of whole numbers, before and ` +
          `after, for each of its ${this.rank} axes`,
      );
    }
    if (padding.flat().every((n) => n === 0)) return this;
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
  concat(others: readonly this[], options: { axis?: number } = {}): this {
    const { axis = 0 } = optionsOf("concat", options, { axis: "1" });
    this.checkOperands("concat", others);
    if (others.length === 0) return this;
    return this.call(ops.concat, others, { axis: resolveAxis("concat", axis, this.shape) });
  }

  /** The slices along an axis, without it. */
  unbind(axis = 0): this[] {
    const along = resolveAxis("unbind", axis, this.shape);
    return Array.from(
      { length: this.shape[along]! },
      (_, i) => this.sliceAlong(along, i),
    );
  }

  /** Pieces of the given lengths along an axis, which must add up to the whole. */
  split(lengths: readonly number[], options: { axis?: number } = {}): this[] {
    const { axis = 0 } = optionsOf("split", options, { axis: "1" });
    const along = resolveAxis("split", axis, this.shape);
    checkShape("split into", lengths);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    if (total !== this.shape[along]) {
      throw new ShapeError(
        `Cannot split ${formatShape(this.shape)} into lengths ${formatShape(lengths)}: ` +
          `axis ${along} has length ${this.shape[along]}, they add up to ${total}`,
      );
    }
    let start = 0;
    return lengths.map((length) => this.sliceAlong(along, { start, stop: start += length }));
  }

  /**
   * Each element `shifts` places further along `axes`; what leaves at the end comes in at the start.
   * The shape stays. Without axes the flattened elements are rolled.
   */
  roll(shifts: number | readonly number[], axes?: number | readonly number[] | null): this {
    const areMany = Array.isArray(shifts) || ArrayBuffer.isView(shifts);
    const distances: readonly number[] = areMany
      ? Array.from(shifts as number[])
      : [shifts as number];
    for (const distance of distances) checkWhole("roll", "a shift", distance);
    if (axes === undefined || axes === null) {
      const distance = distances.reduce((sum, shift) => sum + shift, 0);
      return this.flatten().rollAlong(0, distance).reshape(this.shape);
    }
    const list = typeof axes === "number" ? [axes] : axes;
    if (list.length !== distances.length) {
      throw new ShapeError(
        `Cannot roll ${formatShape(this.shape)} by ${formatShape(distances)} along axes ` +
          `${formatShape(list)}: there is one shift for each axis`,
      );
    }
    return list.reduce<this>(
      (x, axis, i) => x.rollAlong(resolveAxis("roll", axis, this.shape), distances[i]!),
      this,
    );
  }

  /** Rolled along one axis. */
  private rollAlong(axis: number, shift: number): this {
    const stop = -shift % (this.shape[axis]! || 1);
    if (stop === 0) return this;
    const beginning = this.sliceAlong(axis, { stop });
    return this.sliceAlong(axis, { start: stop }).concat([beginning], { axis });
  }

  /**
   * The whole repeated along each axis, as NumPy's `tile`: axis `i` becomes `counts[i]` times as
   * long. Counts align at the right; missing ones are 1, further ones make new axes at the front.
   */
  tile(counts: readonly number[]): this {
    checkShape("tile by", counts);
    const rank = Math.max(this.rank, counts.length);
    const lengths = [...new Array(rank - this.rank).fill(1), ...this.shape];
    const times = [...new Array(rank - counts.length).fill(1), ...counts];
    return this.reshape(lengths.flatMap((length) => [1, length]))
      .broadcastTo(lengths.flatMap((length, axis) => [times[axis]!, length]))
      .reshape(lengths.map((length, axis) => times[axis]! * length));
  }

  /**
   * Each element repeated `count` times along an axis, which becomes that much longer; without an
   * axis the flattened elements.
   */
  repeatInterleave(count: number, axis: number | null = null): this {
    if (axis === null) return this.flatten().repeatInterleave(count, 0);
    checkShape("repeatInterleave by", [count]);
    const at = resolveAxis("repeatInterleave", axis, this.shape);
    const apart = this.unsqueeze(at + 1);
    return apart.broadcastTo(apart.shape.with(at + 1, count))
      .reshape(this.shape.with(at, this.shape[at]! * count));
  }

  /** The numbers as another kind; fractions are cut off for integers, nonzero is true. */
  cast(dtype: DType): this {
    if (dtype === this.dtype) return this;
    checkDType(`cast ${formatShape(this.shape)} to`, dtype);
    return this.call(ops.cast, [], { dtype });
  }
}
