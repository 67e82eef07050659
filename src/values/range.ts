/** Which part of an axis to take. */

import { describe } from "../ops/describe.ts";
import { type KnownOptions, optionsOf } from "../ops/options.ts";
import { formatShape, type Shape, ShapeError } from "../ops/shape.ts";
import type { Place } from "../ops/structural.ts";

/** Which indices of an axis to take, as Python's `start:stop:step`; negative ones count back. */
export interface Range {
  /** The first index; 0 if left out, or the last one where the step is negative. */
  readonly start?: number | null;
  /** The index before which to stop; the end if left out. */
  readonly stop?: number | null;
  /** The distance between two indices; 1 if left out. */
  readonly step?: number;
}

/** A range of an axis, one index of it, or all of it. */
export type Part = Range | number | null;

/** Where the parts of an array of `shape` lie; an index is a range of length 1. */
export function placeOf(name: string, shape: Shape, parts: readonly Part[]): Place {
  if (!Array.isArray(parts) && !ArrayBuffer.isView(parts)) {
    throw new ShapeError(
      `Cannot ${name} ${formatShape(shape)} by ${
        describe(parts)
      }: parts are in an array, one for ` +
        "each axis, as in [0, { start: 1 }]",
    );
  }
  if (parts.length > shape.length) {
    throw new ShapeError(
      `Cannot ${name} ${formatShape(shape)} along ${parts.length} axes: it has ${shape.length}`,
    );
  }
  const ranges = shape.map((length, axis) => resolveRange(name, parts[axis], length, axis));
  return {
    starts: ranges.map((range) => range.start),
    steps: ranges.map((range) => range.step),
    lengths: ranges.map((range) => range.length),
  };
}

/** The shape without the axes of which one index was taken. */
export function withoutIndices(shape: Shape, parts: readonly Part[]): Shape {
  return shape.filter((_, axis) => typeof parts[axis] !== "number");
}

const rangeOptions: KnownOptions<Range> = { start: "1", stop: null, step: null };

/** Where a range begins, how far it steps and how often, in an axis of a given length. */
function resolveRange(
  name: string,
  part: Part | undefined,
  length: number,
  axis: number,
): { start: number; step: number; length: number } {
  if (part === null || part === undefined) return { start: 0, step: 1, length };
  if (typeof part === "number") {
    if (!Number.isInteger(part) || part < -length || part >= length) {
      throw new ShapeError(`Cannot ${name} axis ${axis} at index ${part}: it has length ${length}`);
    }
    return { start: part < 0 ? part + length : part, step: 1, length: 1 };
  }
  if (typeof part !== "object" || Array.isArray(part) || "shape" in part) {
    throw new ShapeError(
      `Cannot ${name} axis ${axis} by ${describe(part)}: a part is an index, a range or null`,
    );
  }
  const { start, stop, step = 1 } = optionsOf(`${name} by a range`, part, rangeOptions);
  if (!Number.isInteger(step) || step === 0) {
    throw new ShapeError(`Cannot ${name} axis ${axis} in steps of ${step}`);
  }
  for (const index of [start ?? 0, stop ?? 0]) {
    if (!Number.isInteger(index) && Math.abs(index) !== Infinity) {
      throw new ShapeError(`Cannot ${name} axis ${axis} at ${index}: an index is a whole number`);
    }
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
