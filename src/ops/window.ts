/** Windows that slide over the last axes, and their adjoint: what convolution and pooling read. */

import type { Tensor } from "../values/tensor.ts";
import { numericDType } from "./dtype.ts";
import type { Walk } from "./loops.ts";
import { moving, type MovingOp, readAlong, wholeOf } from "./moves.ts";
import { formatShape, sameShape, type Shape, ShapeError, stridesOf } from "./shape.ts";

/** How windows lie on the last axes of an array. */
export interface WindowPlacement {
  /** How many numbers a window takes along each of the axes. */
  readonly lengths: readonly number[];
  /** How far apart along each axis two windows begin. */
  readonly strides: readonly number[];
  /** How far apart along each axis two numbers of a window lie. */
  readonly dilations: readonly number[];
  /**
   * The order of the axes of the result. In their natural order they are: the axes before the
   * windows, the windows along each axis, the numbers of a window along each axis.
   */
  readonly axes: readonly number[];
}

/** How many windows there are along each axis; as many as fit, what is left over is not read. */
export function windowCounts(
  name: string,
  shape: Shape,
  windows: Omit<WindowPlacement, "axes">,
): number[] {
  const { lengths, strides, dilations } = windows;
  const before = shape.length - lengths.length;
  return lengths.map((length, i) => {
    const span = dilations[i]! * (length - 1) + 1;
    const available = shape[before + i]!;
    if (span <= available) return Math.floor((available - span) / strides[i]!) + 1;
    throw new ShapeError(
      `Cannot ${name} ${formatShape(shape)}: axis ${
        before + i
      } has length ${available}, a window ` +
        `spans ${span}`,
    );
  });
}

/** The numbers of every window: each number as often as there are windows that hold it. */
export const unfold: MovingOp<readonly [Tensor], WindowPlacement> = moving({
  name: "unfold",
  shape: ([x], windows) => {
    const before = x.slice(0, x.length - windows.lengths.length);
    const natural = [...before, ...windowCounts("unfold", x, windows), ...windows.lengths];
    return windows.axes.map((axis) => natural[axis]!);
  },
  dtype: ([x]) => x,
  moves: ([x], output, windows) => readAlong(walkAlong(windows, x), output),
  pullbacks: [
    (g: Tensor, [x]: readonly [Tensor], _: Tensor, windows: WindowPlacement) =>
      g.fold(windows, x.shape),
  ],
});

/** Zeros of `shape` with the numbers of every window added where it lies: the adjoint of unfold. */
export const fold: MovingOp<readonly [Tensor], WindowPlacement & { shape: Shape }> = moving({
  name: "fold",
  shape: ([x], { shape, ...windows }) => {
    const unfolded = unfold.shape([shape], windows);
    if (sameShape(x, unfolded)) return shape;
    throw new ShapeError(
      `Cannot fold ${formatShape(x)} into ${formatShape(shape)}: its windows are ` +
        formatShape(unfolded),
    );
  },
  dtype: (dtypes) => numericDType("fold", dtypes),
  moves: ([x], output, windows) => ({
    fill: 0,
    moves: [{ input: 0, lengths: x, from: wholeOf(x), to: walkAlong(windows, output) }],
    adds: true,
  }),
  pullbacks: [
    (g: Tensor, _: readonly [Tensor], _y: Tensor, windows: WindowPlacement) => g.unfold(windows),
  ],
});

/** The way through all windows of an array of some shape. */
function walkAlong({ lengths, strides, dilations, axes }: WindowPlacement, shape: Shape): Walk {
  const own = stridesOf(shape);
  const before = shape.length - lengths.length;
  const natural = [
    ...own.slice(0, before),
    ...strides.map((stride, i) => stride * own[before + i]!),
    ...dilations.map((dilation, i) => dilation * own[before + i]!),
  ];
  return { start: 0, strides: axes.map((axis) => natural[axis]!) };
}
