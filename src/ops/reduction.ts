/** Operations along axes that are not linear: extremes, their places, and normalised exponentials. */

import type { Tensor } from "../values/tensor.ts";
import { type DType, DTypeError, floatDType, numericDType, type TypedArray } from "./dtype.ts";
import { type Lanes, lanesAlong } from "./loops.ts";
import type { Block, Op } from "./op.ts";
import { formatShape, type Shape, ShapeError } from "./shape.ts";
import { keepRun, type Run, withoutRun } from "./structural.ts";

/** An operation that turns each lane of numbers into one. */
type Reduction = Op<readonly [Tensor], Run>;
/** An operation along one axis that keeps the shape. */
type Scan<Attributes = { axis: number }> = Op<readonly [Tensor], Attributes>;

/** Calls `lane` with the start of each lane of the input and its place in the output. */
function forEachLane(
  { outer, length, inner }: Lanes,
  lane: (start: number, place: number) => void,
): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) lane(o * length * inner + i, o * inner + i);
  }
}

function nonEmpty(name: string, shape: Shape, { first, last }: Run): void {
  const empty = shape.findIndex((length, axis) => length === 0 && axis >= first && axis <= last);
  if (empty >= 0) {
    throw new ShapeError(`Cannot ${name} ${formatShape(shape)}: axis ${empty} is empty`);
  }
}

/** The place of the extreme in a lane; NaN counts as the extreme, and the first one wins. */
function extremePlace(
  data: Block["data"],
  start: number,
  { length, inner }: Lanes,
  beats: (a: number, b: number) => boolean,
): number {
  let best = 0;
  let extreme = data[start]!;
  for (let l = 1; l < length && extreme === extreme; l++) {
    const x = data[start + l * inner]!;
    if (beats(x, extreme) || x !== x) {
      best = l;
      extreme = x;
    }
  }
  return best;
}

function extreme(name: string, beats: (a: number, b: number) => boolean): Reduction {
  return {
    name,
    shape: ([x], run) => {
      nonEmpty(name, x, run);
      return withoutRun(x, run);
    },
    dtype: (dtypes) => numericDType(name, dtypes),
    forward: (output, [x], { first, last }) => {
      const lanes = lanesAlong(x.shape, first, last);
      forEachLane(lanes, (start, place) => {
        output.data[place] = x
          .data[start + extremePlace(x.data, start, lanes, beats) * lanes.inner]!;
      });
    },
    pullbacks: [
      (g: Tensor, [x]: readonly [Tensor], y: Tensor, run: Run) => {
        const kept = keepRun(x.shape, run);
        const ties = x.equal(y.reshape(kept));
        const count = ties.cast(x.dtype).sum(axesOf(run), { keepDims: true });
        return g.reshape(kept).div(count).where(ties, 0);
      },
    ],
  };
}

function extremeIndex(name: string, beats: (a: number, b: number) => boolean): Reduction {
  return {
    name,
    shape: ([x], run) => {
      nonEmpty(name, x, run);
      return withoutRun(x, run);
    },
    dtype: ([x]) => {
      numericDType(name, [x]);
      return "int32";
    },
    forward: (output, [x], { first, last }) => {
      const lanes = lanesAlong(x.shape, first, last);
      forEachLane(lanes, (start, place) => {
        output.data[place] = extremePlace(x.data, start, lanes, beats);
      });
    },
    pullbacks: [null],
  };
}

const isGreater = (a: number, b: number): boolean => a > b;
const isLess = (a: number, b: number): boolean => a < b;

/** The largest element; ties share the derivative evenly. */
export const max: Reduction = extreme("max", isGreater);
/** The smallest element; ties share the derivative evenly. */
export const min: Reduction = extreme("min", isLess);
/** The index of the largest element, the first one on a tie. */
export const argmax: Reduction = extremeIndex("argmax", isGreater);
/** The index of the smallest element, the first one on a tie. */
export const argmin: Reduction = extremeIndex("argmin", isLess);

/** log(sum(e^x)), shifted by the maximum so that nothing overflows. */
export const logsumexp: Reduction = {
  name: "logsumexp",
  shape: ([x], run) => withoutRun(x, run),
  dtype: (dtypes) => floatDType("logsumexp", dtypes),
  forward: (output, [x], { first, last }) => {
    const lanes = lanesAlong(x.shape, first, last);
    forEachLane(lanes, (start, place) => {
      const largest = largestOf(x.data, start, lanes);
      const shift = Math.abs(largest) === Infinity ? 0 : largest;
      output.data[place] = shift + Math.log(sumOfExponentials(x.data, start, lanes, shift));
    });
  },
  pullbacks: [
    (g: Tensor, [x]: readonly [Tensor], y: Tensor, run: Run) => {
      const kept = keepRun(x.shape, run);
      return x.sub(y.reshape(kept)).exp().mul(g.reshape(kept));
    },
  ],
};

/** The largest element of a lane; NaN where there is one, -Infinity where there is none. */
function largestOf(data: Block["data"], start: number, { length, inner }: Lanes): number {
  let largest = -Infinity;
  for (let l = 0; l < length; l++) largest = Math.max(largest, data[start + l * inner]!);
  return largest;
}

/** The sum of e^(x - shift) over a lane. */
function sumOfExponentials(
  data: Block["data"],
  start: number,
  { length, inner }: Lanes,
  shift: number,
): number {
  let total = 0;
  for (let l = 0; l < length; l++) total += Math.exp(data[start + l * inner]! - shift);
  return total;
}

/** e^x divided by its sum along an axis. */
export const softmax: Scan = {
  name: "softmax",
  shape: ([x]) => x,
  dtype: (dtypes) => floatDType("softmax", dtypes),
  mayOverwrite: true,
  forward: (output, [x], { axis }) => {
    const lanes = lanesAlong(x.shape, axis);
    forEachLane(lanes, (start) => {
      const shift = largestOf(x.data, start, lanes);
      const total = sumOfExponentials(x.data, start, lanes, shift);
      const end = start + lanes.length * lanes.inner;
      for (let at = start; at < end; at += lanes.inner) {
        output.data[at] = Math.exp(x.data[at]! - shift) / total;
      }
    });
  },
  pullbacks: [
    (g: Tensor, _: readonly [Tensor], y: Tensor, { axis }: { axis: number }) =>
      g.sub(g.mul(y).sum(axis, { keepDims: true })).mul(y),
  ],
};

/** x - log(sum(e^x)) along an axis. */
export const logSoftmax: Scan = {
  name: "logSoftmax",
  shape: ([x]) => x,
  dtype: (dtypes) => floatDType("logSoftmax", dtypes),
  mayOverwrite: true,
  forward: (output, [x], { axis }) => {
    const lanes = lanesAlong(x.shape, axis);
    forEachLane(lanes, (start) => {
      const shift = largestOf(x.data, start, lanes);
      const logTotal = Math.log(sumOfExponentials(x.data, start, lanes, shift));
      const end = start + lanes.length * lanes.inner;
      for (let at = start; at < end; at += lanes.inner) {
        output.data[at] = x.data[at]! - shift - logTotal;
      }
    });
  },
  pullbacks: [
    (g: Tensor, _: readonly [Tensor], y: Tensor, { axis }: { axis: number }) =>
      g.sub(y.exp().mul(g.sum(axis, { keepDims: true }))),
  ],
};

/** The running sum along an axis, from either end. */
export const cumsum: Scan<{ axis: number; reverse: boolean }> = {
  name: "cumsum",
  shape: ([x]) => x,
  dtype: (dtypes): DType => numericDType("cumsum", dtypes),
  forward: (output, [x], { axis, reverse }) => {
    const lanes = lanesAlong(x.shape, axis);
    forEachLane(lanes, (start) => {
      let total = 0;
      for (let l = 0; l < lanes.length; l++) {
        const at = start + (reverse ? lanes.length - 1 - l : l) * lanes.inner;
        total += x.data[at]!;
        output.data[at] = total;
      }
    });
  },
  pullbacks: [
    (
      g: Tensor,
      _: readonly [Tensor],
      _y: Tensor,
      { axis, reverse }: { axis: number; reverse: boolean },
    ) => g.cumsum(axis, { reverse: !reverse }),
  ],
};

/** The indices that put each lane in order; equal elements keep theirs, and NaN is the largest. */
export const argsort: Scan<{ axis: number; descending: boolean }> = {
  name: "argsort",
  shape: ([x]) => x,
  dtype: ([x]) => {
    if (x === "bool") throw new DTypeError("Cannot argsort bool: it takes numbers");
    return "int32";
  },
  forward: (output, [x], { axis, descending }) => {
    const lanes = lanesAlong(x.shape, axis);
    const rankOf = lanes.length <= mostPlaces ? rankOfSingles(x.data) : null;
    const placesOf = rankOf === null
      ? byComparing(x.data, lanes, descending)
      : byKeys(rankOf, lanes, descending);
    forEachLane(lanes, (start) => {
      const places = placesOf(start);
      for (let l = 0; l < lanes.length; l++) {
        output.data[start + l * lanes.inner] = places[l]!;
      }
    });
  },
  pullbacks: [null],
};

/** A rank of 32 bits and a place below this make one double, exactly. */
const mostPlaces = 2 ** 21;

/** The places of a lane's elements in order. */
type Sorting = (start: number) => ArrayLike<number>;

/** Sorts doubles of rank and place, which takes no calls to compare them. */
function byKeys(
  rankOf: (at: number) => number,
  { length, inner }: Lanes,
  descending: boolean,
): Sorting {
  const keys = new Float64Array(length);
  return (start) => {
    for (let l = 0; l < length; l++) {
      const rank = rankOf(start + l * inner);
      keys[l] = (descending ? 2 ** 32 - 1 - rank : rank) * mostPlaces + l;
    }
    keys.sort();
    for (let l = 0; l < length; l++) keys[l]! %= mostPlaces;
    return keys;
  };
}

function byComparing(data: TypedArray, { length, inner }: Lanes, descending: boolean): Sorting {
  const order = new Int32Array(length);
  const sign = descending ? -1 : 1;
  return (start) => {
    const at = (l: number): number => data[start + l * inner]!;
    for (let l = 0; l < length; l++) order[l] = l;
    return order.sort((a, b) => sign * compare(at(a), at(b)) || a - b);
  };
}

/**
 * Where each number of 32 bits stands among all that there are, from 0 to 2^32 - 1, both zeros in
 * one place and NaN last; null for doubles.
 */
function rankOfSingles(data: TypedArray): ((at: number) => number) | null {
  if (data instanceof Int32Array) return (at) => data[at]! + 2 ** 31;
  if (!(data instanceof Float32Array)) return null;
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  return (at) => {
    const x = data[at]!;
    if (x !== x) return 2 ** 32 - 1;
    if (x === 0) return 2 ** 31;
    return (bits[at]! >= 0 ? bits[at]! ^ -(2 ** 31) : ~bits[at]!) >>> 0;
  };
}

/** Below 0 where `a` comes before `b` in ascending order, NaN after everything else. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : 1;
}

/** The axes of a run, one by one. */
export function axesOf({ first, last }: Run): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
