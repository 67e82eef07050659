/** Level lines of a surface. */

import { type BoundedAxis, checkedBounds, checkedSeries, type Series } from "./axis.ts";
import { displayed } from "./display.ts";
import { drawingError } from "./error.ts";
import { type Grid, sampled } from "./grid.ts";
import { levelsOf } from "./levels.ts";
import { checkedOptions } from "./options.ts";

/** What a contour map is made of. */
export interface ContourMapOptions {
  /** What stands above it. */
  readonly title?: string;
  /** The horizontal axis. */
  readonly x: BoundedAxis;
  /** The vertical axis. */
  readonly y: BoundedAxis;
  /** The height of the surface. */
  readonly heightAt: (x: number, y: number) => number;
  /** The heights whose lines are drawn; chosen by the surface by default. */
  readonly levels?: readonly number[];
  /** What is drawn over it, as the path of a descent. */
  readonly paths?: readonly Series[];
}

/** Level lines of a surface, as plain data. */
export interface ContourMap {
  /** Which drawing it is. */
  readonly kind: "contourMap";
  /** What stands above it. */
  readonly title?: string;
  /** The horizontal axis. */
  readonly x: BoundedAxis;
  /** The vertical axis. */
  readonly y: BoundedAxis;
  /** The heights on a grid over the two axes, row by row from the lowest y. */
  readonly heights: Grid;
  /** The heights whose lines are drawn, in ascending order. */
  readonly levels: readonly number[];
  /** What is drawn over it. */
  readonly paths: readonly Series[];
}

/**
 * Level lines of a surface, with paths drawn over it. The surface is sampled at once, on a grid of
 * 81 by 81 places; where its height is NaN or infinite, nothing is drawn. Paths are cut at the ends
 * of the axes.
 *
 * Throws a `UsageError` where an axis has no domain, or the surface no finite height.
 *
 * @example The levels of a bowl
 * ```ts
 * import { contourMap } from "@turunan/turunan/plot";
 * import { assertEquals } from "@std/assert";
 *
 * const axis = { domain: [-2, 2] } as const;
 * const map = contourMap({ x: axis, y: axis, heightAt: (x, y) => x * x + y * y, levels: [2, 1] });
 * assertEquals(map.levels, [1, 2]);
 * ```
 */
export function contourMap(options: ContourMapOptions): ContourMap {
  const { title, heightAt, levels, paths = [] } = checkedOptions(
    "Cannot draw a contour map",
    options,
    { title: true, x: true, y: true, heightAt: true, levels: true, paths: true },
  );
  const x = checkedBounds("a contour map", "x", options.x);
  const y = checkedBounds("a contour map", "y", options.y);
  const heights = sampled(heightAt, { x, y });
  if (!heights.some((row) => row.some(Number.isFinite))) {
    throw drawingError("Cannot draw a contour map: no height is a finite number");
  }
  if (levels?.some((level) => !Number.isFinite(level))) {
    throw drawingError(`Cannot draw a contour map: its levels are [${levels.join(", ")}]`);
  }
  return displayed({
    kind: "contourMap",
    ...(title !== undefined && { title }),
    x,
    y,
    heights,
    levels: levels?.toSorted((a, b) => a - b) ?? levelsOf(heights),
    paths: checkedSeries("a contour map", paths),
  });
}
