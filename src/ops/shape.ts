/** Shapes: the length of a tensor along each axis, and what can be done with two of them. */

import { describe } from "./describe.ts";
import { UsageError } from "./error.ts";

/** The length along each axis; a scalar has none. */
export type Shape = readonly number[];

/**
 * Shapes that do not fit one another, or an axis that is not there.
 *
 * @example The operation, both shapes and the axis
 * ```ts
 * import { ShapeError, zeros } from "@turunan/turunan";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => zeros([5, 4]).add(zeros([3])),
 *   ShapeError,
 *   "Cannot add [5, 4] and [3]: axis -1 has lengths 4 and 3",
 * );
 * ```
 */
export class ShapeError extends UsageError {}

/** How a shape reads in a message: `[2, 3]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** The number of elements. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** Whether two shapes are equal. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** For each axis, how far apart two neighbours lie in row-major order. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** Throws unless `shape` is an array of whole numbers from zero up. */
export function checkShape(name: string, shape: Shape): Shape {
  if (!Array.isArray(shape)) {
    throw new ShapeError(`Cannot ${name}: a shape is an array of lengths, not ${describe(shape)}`);
  }
  for (const length of shape) {
    if (!Number.isInteger(length) || length < 0) {
      throw new ShapeError(
        `Cannot ${name} ${formatShape(shape)}: ${length} is not a length (a whole number >= 0)`,
      );
    }
  }
  return shape;
}

/** The shape two operands take together: axes align at the right, a length of 1 stretches. */
export function broadcast(name: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const result = new Array<number>(rank);
  for (let axis = -1; axis >= -rank; axis--) {
    const m = a.at(axis) ?? 1;
    const n = b.at(axis) ?? 1;
    if (m !== n && m !== 1 && n !== 1) {
      throw new ShapeError(
        `Cannot ${name} ${formatShape(a)} and ${
          formatShape(b)
        }: axis ${axis} has lengths ${m} and ${n}`,
      );
    }
    result[rank + axis] = m === 1 ? n : m;
  }
  return result;
}

/** The axis counted from the front; negative axes count from the back. */
export function resolveAxis(name: string, axis: number, shape: Shape): number {
  const rank = shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    const range = rank === 0 ? "it has no axes" : `its axes are ${-rank} to ${rank - 1}`;
    throw new ShapeError(`Cannot ${name} ${formatShape(shape)} over axis ${axis}: ${range}`);
  }
  return axis < 0 ? axis + rank : axis;
}

/** Throws unless axes are in an array. */
export function checkAxes(name: string, axes: readonly number[], shape: Shape): void {
  if (Array.isArray(axes)) return;
  throw new ShapeError(
    `Cannot ${name} ${formatShape(shape)} over ${describe(axes)}: axes are numbers, as in [0, 1]`,
  );
}

/** The axes counted from the front, in order and each once; all of them when none are given. */
export function resolveAxes(
  name: string,
  axes: number | readonly number[] | undefined | null,
  shape: Shape,
): number[] {
  if (axes === undefined || axes === null) return shape.map((_, axis) => axis);
  const list = typeof axes === "number" ? [axes] : axes;
  checkAxes(name, list, shape);
  const resolved = list.map((axis) => resolveAxis(name, axis, shape)).sort((a, b) => a - b);
  for (let i = 1; i < resolved.length; i++) {
    if (resolved[i] === resolved[i - 1]) {
      throw new ShapeError(
        `Cannot ${name} ${formatShape(shape)} over axes ${formatShape(list)}: axis ${
          resolved[i]
        } is named twice`,
      );
    }
  }
  return resolved;
}
