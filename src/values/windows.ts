/** Windows over the last axes of a tensor: where they lie, and what reaches over the edges. */

import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import type { KnownOptions } from "../ops/options.ts";
import { formatShape, type Shape } from "../ops/shape.ts";
import { fold, unfold, type WindowPlacement } from "../ops/window.ts";
import { Matrices } from "./matrices.ts";

/** One number for all axes that windows slide along, or one for each. */
export type PerAxis = number | readonly number[];

/** Where windows lie. */
export interface WindowOptions {
  /** How far apart two windows begin. */
  readonly stride?: PerAxis;
  /** How many numbers are put before and after each axis: zeros, or for a maximum the lowest. */
  readonly padding?: PerAxis;
  /** How far apart two numbers of a window lie. */
  readonly dilation?: PerAxis;
}

/** The options of windows. */
export const windowOptions: KnownOptions<WindowOptions> = {
  stride: "2",
  padding: null,
  dilation: null,
};

/** An array of numbers over whose last axes windows can slide. */
export abstract class Windows extends Matrices {
  /** The numbers of windows over the last axes, in new axes. */
  unfold({ lengths, strides, dilations, axes }: WindowPlacement): this {
    return this.call(unfold, [], { lengths, strides, dilations, axes });
  }

  /** Zeros of `shape` with each window of this added where it lies: the adjoint of `unfold`. */
  fold({ lengths, strides, dilations, axes }: WindowPlacement, shape: Shape): this {
    return this.call(fold, [], { lengths, strides, dilations, axes, shape });
  }

  /** With as many numbers on both sides of the last axes, and at the end what windows reach for. */
  protected padAround(
    padding: readonly number[],
    value: number,
    reaching?: Omit<WindowPlacement, "axes">,
  ): this {
    const before = this.rank - padding.length;
    const ends = padding.map((n, i) => {
      const length = this.shape[before + i]!;
      return n + (reaching === undefined ? 0 : missingAtEnd(length, n, reaching, i));
    });
    const none = new Array<readonly [number, number]>(before).fill([0, 0]);
    return this.pad([...none, ...padding.map((n, i) => [n, ends[i]!] as const)], { value });
  }
}

/** What a last window that begins before the end lacks there. */
function missingAtEnd(
  length: number,
  padding: number,
  { lengths, strides, dilations }: Omit<WindowPlacement, "axes">,
  axis: number,
): number {
  const span = dilations[axis]! * (lengths[axis]! - 1) + 1;
  const stride = strides[axis]!;
  let last = Math.ceil((length + 2 * padding - span) / stride);
  if (last * stride >= length + padding) last--; // it would lie in the padding alone
  return Math.max(0, last * stride + span - length - 2 * padding);
}

/** Where the windows of a call lie. */
export function placement(
  name: string,
  rank: number,
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions,
): { strides: readonly number[]; padding: readonly number[]; dilations: readonly number[] } {
  return {
    strides: perAxis(name, "stride", stride, rank, 1),
    padding: perAxis(name, "padding", padding, rank, 0),
    dilations: perAxis(name, "dilation", dilation, rank, 1),
  };
}

/** A number for each axis, whole and not below `least`. */
export function perAxis(
  name: string,
  option: string,
  given: PerAxis,
  rank: number,
  least: number,
): readonly number[] {
  const numbers = typeof given === "number" ? new Array<number>(rank).fill(given) : given;
  const isRight = Array.isArray(numbers) && numbers.length === rank &&
    numbers.every((n) => Number.isInteger(n) && n >= least);
  if (isRight) return numbers;
  const text = Array.isArray(given) ? formatShape(given) : describe(given);
  const each = rank === 1 ? "" : `, or one for each of ${rank} axes`;
  throw new UsageError(
    `Cannot ${name} with a ${option} of ${text}: it is a whole number >= ${least}${each}`,
  );
}
