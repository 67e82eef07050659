/** The methods of a tensor that make one number of each window: pooling. */

import { type KnownOptions, optionsOf } from "../ops/options.ts";
import { formatShape, ShapeError } from "../ops/shape.ts";
import { windowCounts, type WindowPlacement } from "../ops/window.ts";
import {
  type PerAxis,
  perAxis,
  placement,
  type WindowOptions,
  windowOptions,
  Windows,
} from "./windows.ts";

/** How to take the maximum of windows. */
export interface MaxPoolOptions extends WindowOptions {
  /** Whether a last window that reaches over the end counts. */
  readonly ceilMode?: boolean;
}

/** How to take the mean of windows. */
export interface AvgPoolOptions extends Omit<WindowOptions, "dilation"> {
  /** Whether the zeros of the padding count. */
  readonly countIncludePad?: boolean;
}

/** The options of maxima of windows. */
export const maxPoolOptions: KnownOptions<MaxPoolOptions> = { ...windowOptions, ceilMode: null };

/** The options of means of windows. */
export const avgPoolOptions: KnownOptions<AvgPoolOptions> = {
  stride: "2",
  padding: null,
  countIncludePad: null,
};

/** An array of numbers that can be pooled over its last axes. */
export abstract class Pooling extends Windows {
  /** The largest number of each window over the last axis; `stride` is `size` unless given. */
  maxPool1d(size: PerAxis, options: MaxPoolOptions = {}): this {
    return this.maxPool("maxPool1d", 1, size, optionsOf("maxPool1d", options, maxPoolOptions));
  }

  /**
   * The largest number of each window over the last two axes, which are `[height, width]` as pairs in
   * the options are; `stride` is `size` unless given. Of equal numbers the first has the derivative.
   */
  maxPool2d(size: PerAxis, options: MaxPoolOptions = {}): this {
    return this.maxPool("maxPool2d", 2, size, optionsOf("maxPool2d", options, maxPoolOptions));
  }

  /** The mean of each window over the last axis; `stride` is `size` unless given. */
  avgPool1d(size: PerAxis, options: AvgPoolOptions = {}): this {
    return this.avgPool("avgPool1d", 1, size, optionsOf("avgPool1d", options, avgPoolOptions));
  }

  /** The mean of each window over the last two axes; `stride` is `size` unless given. */
  avgPool2d(size: PerAxis, options: AvgPoolOptions = {}): this {
    return this.avgPool("avgPool2d", 2, size, optionsOf("avgPool2d", options, avgPoolOptions));
  }

  /** The greatest number of each window over the last `rank` axes. */
  private maxPool(
    name: string,
    rank: number,
    size: PerAxis,
    { ceilMode = false, ...options }: MaxPoolOptions,
  ): this {
    const windows = this.poolWindows(name, rank, size, options);
    const lowest = this.dtype === "int32" ? -(2 ** 31) : -Infinity;
    const padded = this.padAround(windows.padding, lowest, ceilMode ? windows : undefined);
    const numbers = padded.numbersIn(name, windows);
    const first = numbers.argmax(0);
    const places = first.fillOf([numbers.shape[0]!], 0);
    places.data.set(places.data.map((_, i) => i));
    const isFirst = places.reshape([-1, ...first.shape.map(() => 1)]).equal(first);
    return numbers.where(isFirst, 0).sum(0);
  }

  /** The mean of each window over the last `rank` axes. */
  private avgPool(
    name: string,
    rank: number,
    size: PerAxis,
    { countIncludePad = true, ...options }: AvgPoolOptions,
  ): this {
    const windows = this.poolWindows(name, rank, size, options);
    const numbers = this.padAround(windows.padding, 0).numbersIn(name, windows);
    if (countIncludePad) return numbers.mean(0);
    const ones = this.fillOf(this.shape.slice(-rank), 1).padAround(windows.padding, 0);
    const counted = ones.numbersIn(name, { ...windows, axes: windowsFirst(rank, rank) });
    return numbers.sum(0).div(counted.sum(0));
  }

  /** The numbers of every window, along a first axis. */
  private numbersIn(name: string, windows: WindowPlacement): this {
    windowCounts(name, this.shape, windows); // so that an error names the pool
    return this.unfold(windows).flatten(0, windows.lengths.length - 1);
  }

  /** The windows of a pool, what they hold in the first axes. */
  private poolWindows(
    name: string,
    rank: number,
    size: PerAxis,
    options: WindowOptions,
  ): WindowPlacement & { readonly padding: readonly number[] } {
    if (this.rank < rank) {
      throw new ShapeError(
        `Cannot ${name} ${formatShape(this.shape)}: windows slide over its last ${rank} axes`,
      );
    }
    const lengths = perAxis(name, "size", size, rank, 1);
    const placed = placement(name, rank, { stride: size, ...options });
    const over = placed.padding.findIndex((padding, i) => padding > lengths[i]! / 2);
    if (over >= 0) {
      throw new ShapeError(
        `Cannot ${name} ${formatShape(this.shape)}: a padding of ${placed.padding[over]} is more ` +
          `than half of a window of ${lengths[over]}`,
      );
    }
    return { lengths, ...placed, axes: windowsFirst(this.rank, rank) };
  }
}

/** The order of axes that puts what windows hold first, where kernels reduce it vector by vector. */
function windowsFirst(rank: number, windowRank: number): number[] {
  const axes = Array.from({ length: rank + windowRank }, (_, axis) => axis);
  return [...axes.slice(rank), ...axes.slice(0, rank)];
}
