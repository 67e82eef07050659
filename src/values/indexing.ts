/** The methods of a tensor that read and write at indices which are numbers themselves. */

import { checkDType, type DType, type TypedArray } from "../ops/dtype.ts";
import { gather, oneHot, put, scatter, take } from "../ops/indexing.ts";
import { optionsOf } from "../ops/options.ts";
import { broadcast, formatShape, resolveAxis, type Shape, ShapeError } from "../ops/shape.ts";
import { Rearrangements } from "./rearrangements.ts";

/** An array of numbers that can be read and written at indices. */
export abstract class Indexing extends Rearrangements {
  /** The numbers in row-major order. */
  abstract get data(): TypedArray;

  /** Whole slices along an axis, which gives way to the axes of `index` (int32). */
  take(index: this, options: { axis?: number } = {}): this {
    const { axis = 0 } = optionsOf("take", options, { axis: "1" });
    return this.call(take, [index], { axis: resolveAxis("take", axis, this.shape) });
  }

  /** Zeros of `shape` with slices of this added at `index`: the adjoint of `take`. */
  putInto(shape: Shape, index: this, options: { axis: number }): this {
    return this.call(put, [index], { axis: resolveAxis("put", options?.axis, shape), shape });
  }

  /** One element for each index (int32): `out[i][j] = x[index[i][j]][j]` along axis 0. */
  gather(index: this, options: { axis: number }): this {
    return this.call(gather, [index], { axis: resolveAxis("gather", options?.axis, this.shape) });
  }

  /** Zeros of `shape` with each element of this added at its index: the adjoint of `gather`. */
  scatterInto(shape: Shape, index: this, options: { axis: number }): this {
    const axis = resolveAxis("scatter", options?.axis, shape);
    return this.call(scatter, [index], { axis, shape });
  }

  /** For each label (int32) a row of zeros with a one at the label, along a new last axis. */
  oneHot(classes: number, options: { dtype?: DType } = {}): this {
    const { dtype = "float32" } = optionsOf("oneHot", options, { dtype: '"float64"' });
    checkDType("make a tensor of", dtype);
    return this.call(oneHot, [], { classes, dtype, asker: "oneHot" });
  }

  /**
   * One element for each index (int32) along an axis, the other axes of the two broadcast, as NumPy's
   * `take_along_axis`: `x.takeAlongAxis(x.argsort(1), { axis: 1 })` is `x.sort(1)`. With `axis: null`
   * the flattened elements.
   */
  takeAlongAxis(index: this, options: { axis: number | null }): this {
    const axis = options?.axis;
    this.checkOperands("takeAlongAxis", [index]);
    if (axis === null) return this.flatten().takeAlongAxis(index.flatten(), { axis: 0 });
    const along = resolveAxis("takeAlongAxis", axis, this.shape);
    const at = resolveAxis("takeAlongAxis", axis, index.shape);
    const others = broadcast("takeAlongAxis", this.shape.with(along, 1), index.shape.with(at, 1));
    return this.broadcastTo(others.with(along, this.shape[along]!))
      .gather(index.broadcastTo(others.with(along, index.shape[at]!)), { axis: along });
  }

  /**
   * One element, or slice, for each tuple of indices (int32) into the leading axes, as NumPy's
   * `x[i, j]`: `out[k] = x[i[k], j[k]]`. The indices broadcast, and their axes replace the leading
   * ones.
   */
  takeAt(indices: readonly this[]): this {
    this.checkOperands("takeAt", indices);
    if (indices.length > this.rank) {
      throw new ShapeError(
        `Cannot takeAt ${
          formatShape(this.shape)
        } by ${indices.length} indices: it has ${this.rank} axes`,
      );
    }
    const shape = indices.map((index) => index.shape)
      .reduce((a, b) => broadcast("takeAt", a, b), []);
    const [first, ...others] = indices.map((index) => index.broadcastTo(shape).flatten());
    if (first === undefined) return this;
    const entries = others.reduce((rows, index) => {
      const rest = rows.shape.slice(2);
      const column = index.reshape([index.size, 1, ...rest.map(() => 1)]);
      return rows.gather(column.broadcastTo([index.size, 1, ...rest]), { axis: 1 }).squeeze(1);
    }, this.take(first));
    return entries.reshape([...shape, ...entries.shape.slice(1)]);
  }

  /**
   * The elements where `mask` (bool, broadcast to this shape) holds, in row-major order: a vector as
   * long as there are. It cannot be traced, since its length depends on the numbers.
   */
  maskedSelect(mask: this): this {
    this.checkOperands("maskedSelect", [mask]);
    const holds = mask.broadcastTo(this.shape).data;
    const places: number[] = [];
    for (let i = 0; i < holds.length; i++) if (holds[i]) places.push(i);
    const index = mask.cast("int32").fillOf([places.length], 0);
    index.data.set(places);
    return this.flatten().take(index);
  }

  /**
   * This with each element of `source` added at its index (int32) along an axis, several at one place
   * adding up: `out[index[i][j]][j] += source[i][j]` along axis 0. `index` has at most the shape of
   * `source`, or it throws a `ShapeError`.
   */
  scatterAdd(index: this, source: this, options: { axis: number }): this {
    this.checkOperands("scatterAdd", [index, source]);
    const isCovered = index.rank === source.rank &&
      index.shape.every((length, i) => length <= source.shape[i]!);
    if (!isCovered) {
      throw new ShapeError(
        `Cannot scatterAdd ${formatShape(source.shape)} at indices ${formatShape(index.shape)}: ` +
          "there is a number for each index",
      );
    }
    const place = { starts: index.shape.map(() => 0), steps: index.shape.map(() => 1) };
    const used = source.sliceAt({ ...place, lengths: index.shape });
    const axis = resolveAxis("scatterAdd", options?.axis, this.shape);
    return this.add(used.scatterInto(this.shape, index, { axis }));
  }

  /**
   * This with the slices of `source` added at the places along an axis that `index` (int32, a vector)
   * names, several at one place adding up: `out[index[i]] += source[i]` along axis 0.
   */
  indexAdd(index: this, source: this, options: { axis?: number } = {}): this {
    const { axis = 0 } = optionsOf("indexAdd", options, { axis: "1" });
    this.checkOperands("indexAdd", [index, source]);
    const along = resolveAxis("indexAdd", axis, this.shape);
    return this.add(source.putInto(this.shape, index, { axis: along }));
  }
}
