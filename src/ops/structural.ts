/**
 * Linear operations that move numbers without calculating, each beside its adjoint: broadcast and
 * sum, slice and unslice, reshape, permute, concat, cast.
 */

import type { Tensor } from "../values/tensor.ts";
import { type DType, sameDType, type TypedArray } from "./dtype.ts";
import { broadcastStrides, type Lanes, lanesAlong, type Walk } from "./loops.ts";
import { moving, type MovingOp, readAlong, wholeOf } from "./moves.ts";
import type { AnyPullback, Op } from "./op.ts";
import { broadcast, formatShape, sameShape, type Shape, ShapeError } from "./shape.ts";
import { sizeOf, stridesOf } from "./shape.ts";

/** A structural operation of one tensor. */
type Rearrangement<Attributes> = Op<readonly [Tensor], Attributes>;
/** One that only moves the numbers. */
type Moving<Attributes> = MovingOp<readonly [Tensor], Attributes>;

const keepsDType = ([x]: readonly [DType]): DType => x;

/** The same numbers under another shape; nothing is copied. */
export const reshape: Rearrangement<{ shape: Shape }> = {
  name: "reshape",
  shape: ([x], { shape }) => {
    if (sizeOf(x) !== sizeOf(shape)) {
      throw new ShapeError(
        `Cannot reshape ${formatShape(x)} to ${formatShape(shape)}: it has ${
          sizeOf(x)
        } elements, ` +
          `not ${sizeOf(shape)}`,
      );
    }
    return shape;
  },
  dtype: keepsDType,
  forward: (output, [x]) => output.data.set(x.data),
  pullbacks: [(g: Tensor, [x]: readonly [Tensor]) => g.reshape(x.shape)],
  alias: true,
};

/** The axes in another order: axis `i` of the output is axis `axes[i]` of the input. */
export const permute: Moving<{ axes: readonly number[] }> = moving({
  name: "permute",
  shape: ([x], { axes }) => axes.map((axis) => x[axis]!),
  dtype: keepsDType,
  moves: ([x], output, { axes }) => {
    const strides = stridesOf(x);
    return readAlong({ start: 0, strides: axes.map((axis) => strides[axis]!) }, output);
  },
  pullbacks: [
    (g: Tensor, _: readonly [Tensor], _y: Tensor, { axes }: { axes: readonly number[] }) =>
      g.permute(axes.map((_, axis) => axes.indexOf(axis))),
  ],
});

/** The numbers repeated along axes of length 1 and along new axes at the front. */
export const broadcastTo: Moving<{ shape: Shape }> = moving({
  name: "broadcastTo",
  shape: ([x], { shape }) => {
    if (!sameShape(broadcast("broadcastTo", x, shape), shape)) {
      throw new ShapeError(`Cannot broadcastTo ${formatShape(shape)} from ${formatShape(x)}`);
    }
    return shape;
  },
  dtype: keepsDType,
  moves: ([x], output) => readAlong({ start: 0, strides: broadcastStrides(x, output) }, output),
  pullbacks: [(g: Tensor) => g], // the reverse pass undoes every broadcast
});

/** Neighbouring axes, from the first to the last. */
export interface Run {
  /** The first axis. */
  readonly first: number;
  /** The last axis, itself included. */
  readonly last: number;
}

/** The shape without the axes of a run. */
export function withoutRun(shape: Shape, { first, last }: Run): Shape {
  return [...shape.slice(0, first), ...shape.slice(last + 1)];
}

/** The shape with every axis of a run at length 1. */
export function keepRun(shape: Shape, { first, last }: Run): Shape {
  return shape.map((length, axis) => axis >= first && axis <= last ? 1 : length);
}

/** Lanes so many side by side are added up together: memory is then read from end to end. */
const wideRow = 64;

function sumLanes(to: TypedArray, from: TypedArray, { outer, length, inner }: Lanes): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let total = 0;
      const start = o * length * inner + i;
      const end = start + length * inner;
      for (let at = start; at < end; at += inner) total += from[at]!;
      to[o * inner + i] = total;
    }
  }
}

function sumRows(to: TypedArray, from: TypedArray, { outer, length, inner }: Lanes): void {
  const totals = new Float64Array(inner);
  for (let o = 0, at = 0; o < outer; o++) {
    totals.fill(0);
    for (let l = 0; l < length; l++) {
      for (let i = 0; i < inner; i++, at++) totals[i]! += from[at]!;
    }
    to.set(totals, o * inner);
  }
}

/** The sum over neighbouring axes, added up in double precision. */
export const sum: Rearrangement<Run> = {
  name: "sum",
  shape: ([x], run) => withoutRun(x, run),
  dtype: ([x]) => x === "bool" ? "int32" : x,
  forward: (output, [x], { first, last }) => {
    const lanes = lanesAlong(x.shape, first, last);
    if (lanes.inner < wideRow) sumLanes(output.data, x.data, lanes);
    else sumRows(output.data, x.data, lanes);
  },
  pullbacks: [
    (g: Tensor, [x]: readonly [Tensor], _: Tensor, run: Run) =>
      g.reshape(keepRun(x.shape, run)).broadcastTo(x.shape),
  ],
};

/** Where a slice begins along each axis, how far it steps, and how often. */
export interface Place {
  /** The first index along each axis. */
  readonly starts: readonly number[];
  /** The distance between two indices along each axis; negative ones walk backwards. */
  readonly steps: readonly number[];
  /** The number of indices along each axis. */
  readonly lengths: readonly number[];
}

/** The numbers at a place: every so many along each axis. */
export const slice: Moving<Place> = moving({
  name: "slice",
  shape: (_, { lengths }) => lengths,
  dtype: keepsDType,
  moves: ([x], output, place) => readAlong(walkAt(place, x), output),
  pullbacks: [
    (g: Tensor, [x]: readonly [Tensor], _: Tensor, place: Place) => g.unslice(place, x.shape),
  ],
});

/** An array of `shape` filled with `value`, with the input at a place: the adjoint of slice. */
export const unslice: Moving<Place & { shape: Shape; value: number }> = moving({
  name: "unslice",
  shape: (_, { shape }) => shape,
  dtype: keepsDType,
  moves: ([x], output, { value, ...place }) => ({
    fill: value,
    moves: [{ input: 0, lengths: x, from: wholeOf(x), to: walkAt(place, output) }],
  }),
  pullbacks: [
    (g: Tensor, _: readonly [Tensor], _y: Tensor, place: Place) => g.sliceAt(place),
  ],
});

/** The first input with the second in a place of it: what assigning to a slice would leave. */
export const overwrite: MovingOp<readonly [Tensor, Tensor], Place> = moving({
  name: "overwrite",
  shape: ([x]) => x,
  dtype: (dtypes) => sameDType("overwrite", dtypes),
  moves: ([x, part], output, place) => ({
    moves: [
      { input: 0, lengths: x, from: wholeOf(x), to: wholeOf(output) },
      { input: 1, lengths: part, from: wholeOf(part), to: walkAt(place, output) },
    ],
  }),
  pullbacks: [
    (g: Tensor, [_, part]: readonly [Tensor, Tensor], _y: Tensor, place: Place) =>
      g.overwriteAt(place, part.fillLike(0)),
    (g: Tensor, _: readonly [Tensor, Tensor], _y: Tensor, place: Place) => g.sliceAt(place),
  ],
});

/** Which diagonals of a matrix to keep, counted from the main one upwards. */
export interface Band {
  /** The lowest diagonal. */
  readonly lowest: number;
  /** The highest diagonal. */
  readonly highest: number;
}

/** The last two axes with zeros outside a band of diagonals: upper and lower triangles. */
export const band: Rearrangement<Band> = {
  name: "band",
  shape: ([x]) => {
    if (x.length >= 2) return x;
    throw new ShapeError(`Cannot take a triangle of ${formatShape(x)}: a matrix has two axes`);
  },
  dtype: keepsDType,
  forward: (output, [x], { lowest, highest }) => {
    const columns = x.shape.at(-1)!, rows = x.shape.at(-2)!;
    const within = (column: number): number => Math.min(Math.max(column, 0), columns);
    for (let start = 0, row = 0; start < x.data.length; start += columns, row = (row + 1) % rows) {
      const from = start + within(row + lowest), to = start + within(row + highest + 1);
      output.data.fill(0, start, start + columns);
      for (let at = from; at < to; at++) output.data[at] = x.data[at]!;
    }
  },
  pullbacks: [
    (g: Tensor, _: readonly [Tensor], _y: Tensor, { lowest, highest }: Band) =>
      g.band(lowest, highest),
  ],
};

/** Tensors one after the other along an axis. */
export const concat: MovingOp<readonly Tensor[], { axis: number }> = moving({
  name: "concat",
  shape: (shapes, { axis }) => {
    const first = shapes[0]!;
    for (const shape of shapes) {
      const differs = first.findIndex((length, i) => i !== axis && length !== shape[i]);
      if (shape.length !== first.length) {
        throw new ShapeError(
          `Cannot concat ${formatShape(first)} and ${formatShape(shape)}: ranks are ` +
            `${first.length} and ${shape.length}`,
        );
      }
      if (differs >= 0) {
        throw new ShapeError(
          `Cannot concat ${formatShape(first)} and ${formatShape(shape)} along axis ${axis}: ` +
            `axis ${differs} has lengths ${first[differs]} and ${shape[differs]}`,
        );
      }
    }
    const total = shapes.reduce((length, shape) => length + shape[axis]!, 0);
    return first.map((length, i) => i === axis ? total : length);
  },
  dtype: (dtypes) => sameDType("concat", dtypes),
  moves: (shapes, output, { axis }) => {
    const strides = stridesOf(output);
    let start = 0;
    const moves = shapes.map((shape, input) => {
      const move = { input, lengths: shape, from: wholeOf(shape), to: { start, strides } };
      start += shape[axis]! * strides[axis]!;
      return move;
    });
    return { moves };
  },
  pullbacks:
    (index): AnyPullback =>
    (g: Tensor, inputs: readonly Tensor[], _: Tensor, { axis }: { axis: number }) => {
      const before = inputs.slice(0, index).reduce((total, x) => total + x.shape[axis]!, 0);
      const shape = inputs[index]!.shape;
      return g.sliceAt({
        starts: shape.map((_, i) => i === axis ? before : 0),
        steps: shape.map(() => 1),
        lengths: shape,
      });
    },
});

/** The same numbers as another kind; fractions are cut off for integers. */
export const cast: Rearrangement<{ dtype: DType }> = {
  name: "cast",
  shape: ([x]) => x,
  dtype: (_, { dtype }) => dtype,
  forward: (output, [x], { dtype }) => {
    if (dtype !== "bool") return output.data.set(x.data);
    for (let i = 0; i < x.data.length; i++) output.data[i] = x.data[i] === 0 ? 0 : 1;
  },
  pullbacks: [(g: Tensor, [x]: readonly [Tensor]) => g.cast(x.dtype)],
};

/** The way through the places of an array of some shape. */
function walkAt({ starts, steps }: Omit<Place, "lengths">, shape: Shape): Walk {
  const strides = stridesOf(shape);
  return {
    start: starts.reduce((start, index, axis) => start + index * strides[axis]!, 0),
    strides: steps.map((step, axis) => step * strides[axis]!),
  };
}
