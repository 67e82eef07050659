/** Reading and writing at indices that are numbers themselves. */

import type { Tensor } from "../values/tensor.ts";
import { type DType, DTypeError, numericDType } from "./dtype.ts";
import { UsageError } from "./error.ts";
import { lanesAlong } from "./loops.ts";
import type { Op } from "./op.ts";
import { checkShape, formatShape, sameShape, type Shape, ShapeError } from "./shape.ts";

/**
 * An index that is not there, or a label that is none of the classes.
 *
 * @example Class 12 of 10
 * ```ts
 * import { IndexError, oneHot, tensor } from "@turunan/turunan";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => oneHot(tensor([3, 12], { dtype: "int32" }), 10),
 *   IndexError,
 *   "Cannot oneHot label 12 at position 1: there are 10 classes, 0 to 9",
 * );
 * ```
 */
export class IndexError extends UsageError {}

/** An index from the front, for one that may count from the back; throws where it is not there. */
function resolveIndex(name: string, index: number, count: number): number {
  if (index < -count || index >= count) {
    throw new IndexError(`Cannot ${name} at index ${index}: there are ${count} entries`);
  }
  return index < 0 ? index + count : index;
}

function checkIndexDType(name: string, dtype: DType): void {
  if (dtype !== "int32") {
    throw new DTypeError(`Cannot ${name} at indices of kind ${dtype}: they are int32`);
  }
}

/** Along which axis to index. */
interface Along {
  readonly axis: number;
}

/** Along which axis to index, and the shape of the whole. */
interface Into extends Along {
  readonly shape: Shape;
}

function checkGather(name: string, x: Shape, index: Shape, axis: number): void {
  const fits = x.length === index.length &&
    index.every((length, i) => i === axis || length <= x[i]!);
  if (!fits) {
    throw new ShapeError(
      `Cannot ${name} ${formatShape(x)} at indices ${formatShape(index)} along axis ${axis}: ` +
        `the other axes must fit`,
    );
  }
}

/** For each element of an index array, its place in it and in an array of `shape`. */
function forEachEntry(
  name: string,
  index: { data: ArrayLike<number>; shape: Shape },
  { axis, shape }: Into,
  entry: (at: number, place: number) => void,
): void {
  const counters = new Int32Array(index.shape.length);
  for (let at = 0; at < index.data.length; at++) {
    let place = 0;
    for (let i = 0; i < shape.length; i++) {
      const own = i === axis ? resolveIndex(name, index.data[at]!, shape[i]!) : counters[i]!;
      place = place * shape[i]! + own;
    }
    entry(at, place);
    for (let i = counters.length - 1; i >= 0 && ++counters[i]! === index.shape[i]; i--) {
      counters[i] = 0;
    }
  }
}

/** One element for each index: `out[i][j] = x[index[i][j]][j]` along axis 0, and so on. */
export const gather: Op<readonly [Tensor, Tensor], Along> = {
  name: "gather",
  mayRefuse: true,
  shape: ([x, index], { axis }) => {
    checkGather("gather", x, index, axis);
    return index;
  },
  dtype: ([x, index]) => {
    checkIndexDType("gather", index);
    return x;
  },
  forward: (output, [x, index], { axis }) =>
    forEachEntry("gather", index, { axis, shape: x.shape }, (at, place) => {
      output.data[at] = x.data[place]!;
    }),
  pullbacks: [
    (g: Tensor, [x, index]: readonly [Tensor, Tensor], _: Tensor, { axis }: Along) =>
      g.scatterInto(x.shape, index, { axis }),
    null,
  ],
};

/** Zeros with each element added at its index: the adjoint of gather. */
export const scatter: Op<readonly [Tensor, Tensor], Into> = {
  name: "scatter",
  mayRefuse: true,
  shape: ([x, index], { axis, shape }) => {
    checkGather("scatter", shape, index, axis);
    if (!sameShape(x, index)) {
      throw new ShapeError(
        `Cannot scatter ${formatShape(x)} at indices ${formatShape(index)}: the shapes differ`,
      );
    }
    return shape;
  },
  dtype: ([x, index]) => {
    checkIndexDType("scatter", index);
    return numericDType("scatter", [x]);
  },
  forward: (output, [x, index], into) => {
    output.data.fill(0);
    forEachEntry("scatter", index, into, (at, place) => {
      output.data[place]! += x.data[at]!;
    });
  },
  pullbacks: [
    (g: Tensor, [_x, index]: readonly [Tensor, Tensor], _: Tensor, { axis }: Into) =>
      g.gather(index, { axis }),
    null,
  ],
};

/** Whole slices along an axis: the axis gives way to the axes of the indices. */
export const take: Op<readonly [Tensor, Tensor], Along> = {
  name: "take",
  mayRefuse: true,
  shape: ([x, index], { axis }) => [...x.slice(0, axis), ...index, ...x.slice(axis + 1)],
  dtype: ([x, index]) => {
    checkIndexDType("take", index);
    return x;
  },
  forward: (output, [x, index], { axis }) => {
    const { outer, length, inner } = lanesAlong(x.shape, axis);
    const count = index.data.length;
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < count; i++) {
        const from = (o * length + resolveIndex("take", index.data[i]!, length)) * inner;
        output.data.set(x.data.subarray(from, from + inner), (o * count + i) * inner);
      }
    }
  },
  pullbacks: [
    (g: Tensor, [x, index]: readonly [Tensor, Tensor], _: Tensor, { axis }: Along) =>
      g.putInto(x.shape, index, { axis }),
    null,
  ],
};

/** Zeros with whole slices added at their indices: the adjoint of take. */
export const put: Op<readonly [Tensor, Tensor], Into> = {
  name: "put",
  mayRefuse: true,
  shape: ([x, index], { axis, shape }) => {
    const part = [...shape.slice(0, axis), ...index, ...shape.slice(axis + 1)];
    if (!sameShape(x, part)) {
      throw new ShapeError(
        `Cannot put ${formatShape(x)} into ${formatShape(shape)} at indices ` +
          `${formatShape(index)}: it must be ${formatShape(part)}`,
      );
    }
    return shape;
  },
  dtype: ([x, index]) => {
    checkIndexDType("put", index);
    return numericDType("put", [x]);
  },
  forward: (output, [x, index], { axis, shape }) => {
    const { outer, length, inner } = lanesAlong(shape, axis);
    const count = index.data.length;
    output.data.fill(0);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < count; i++) {
        const to = (o * length + resolveIndex("put", index.data[i]!, length)) * inner;
        const from = (o * count + i) * inner;
        for (let n = 0; n < inner; n++) output.data[to + n]! += x.data[from + n]!;
      }
    }
  },
  pullbacks: [
    (g: Tensor, [_x, index]: readonly [Tensor, Tensor], _: Tensor, { axis }: Into) =>
      g.take(index, { axis }),
    null,
  ],
};

/** What `oneHot` needs to know; `asker` is the name that its error gives. */
export interface Classes {
  /** The number of classes. */
  readonly classes: number;
  /** The operation that the labels were given to. */
  readonly asker: string;
  /** The kind of the ones and zeros. */
  readonly dtype: DType;
}

/** For each label a row of zeros with a one at the label. */
export const oneHot: Op<readonly [Tensor], Classes> = {
  name: "oneHot",
  mayRefuse: true,
  shape: ([labels], { classes, asker }) => checkShape(asker, [...labels, classes]),
  dtype: ([labels], { asker, dtype }) => {
    if (labels !== "int32") {
      throw new DTypeError(`Cannot ${asker} labels of kind ${labels}: class indices are int32`);
    }
    return dtype;
  },
  forward: (output, [labels], { classes, asker }) => {
    output.data.fill(0);
    for (let i = 0; i < labels.data.length; i++) {
      const label = labels.data[i]!;
      if (label < 0 || label >= classes) {
        throw new IndexError(
          `Cannot ${asker} label ${label} at position ${i}: there are ${classes} classes, ` +
            `0 to ${classes - 1}`,
        );
      }
      output.data[i * classes + label] = 1;
    }
  },
  pullbacks: [null],
};
