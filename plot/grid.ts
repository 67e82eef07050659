/** Functions of the plane, sampled on a grid. */

import type { BoundedAxis } from "./axis.ts";
import { fraction, valueAt } from "./scale.ts";

/** Numbers at evenly spaced places, row by row from the lowest y; the ends are on the grid. */
export type Grid = readonly (readonly number[])[];

/** How many samples stand in a row and in a column. */
const side = 81;

/** What `f` gives at each place of a grid over the two axes. */
export function sampled(
  f: (x: number, y: number) => number,
  { x, y }: { readonly x: BoundedAxis; readonly y: BoundedAxis },
): Grid {
  const places = Array.from({ length: side }, (_, i) => i / (side - 1));
  const columns = places.map((at) => valueAt(x, at));
  return places.map((at) => columns.map((column) => f(column, valueAt(y, at))));
}

/**
 * A grid of classes with two more samples between neighbours. `f` is asked only where the corners of
 * a cell differ, so that borders are found more exactly at little cost.
 */
export function refined(
  grid: Grid,
  f: (x: number, y: number) => number,
  { x, y }: { readonly x: BoundedAxis; readonly y: BoundedAxis },
): Grid {
  const fine = 3 * (side - 1);
  return Array.from({ length: fine + 1 }, (_, j) =>
    Array.from({ length: fine + 1 }, (_, i) => {
      const [column, row] = [Math.floor(i / 3), Math.floor(j / 3)];
      const [right, up] = [Math.ceil(i / 3), Math.ceil(j / 3)];
      const corner = grid[row]![column]!;
      const isUniform = grid[row]![right] === corner && grid[up]![column] === corner &&
        grid[up]![right] === corner;
      return isUniform ? corner : f(valueAt(x, i / fine), valueAt(y, j / fine));
    }));
}

/** The grid between its samples, at shares `u` of the width and `v` of the height. */
export function interpolated(grid: Grid, u: number, v: number): number {
  const [column, across] = split(u, grid[0]!.length);
  const [row, up] = split(v, grid.length);
  const [low, high] = [grid[row]!, grid[row + 1]!];
  const bottom = low[column]! * (1 - across) + low[column + 1]! * across;
  const top = high[column]! * (1 - across) + high[column + 1]! * across;
  return bottom * (1 - up) + top * up;
}

function split(share: number, count: number): [index: number, rest: number] {
  const at = Math.min(Math.max(share, 0), 1) * (count - 1);
  const index = Math.min(Math.floor(at), count - 2);
  return [index, at - index];
}

/** The sample nearest to a place, at shares `u` of the width and `v` of the height. */
export function nearest(grid: Grid, u: number, v: number): number {
  const index = (share: number, count: number) =>
    Math.round(Math.min(Math.max(share, 0), 1) * (count - 1));
  return grid[index(v, grid.length)]![index(u, grid[0]!.length)]!;
}

/** Where a point lies on two axes, as shares of the width and the height. */
export function shares(
  [x, y]: readonly [number, number],
  axes: { readonly x: BoundedAxis; readonly y: BoundedAxis },
): [u: number, v: number] {
  return [fraction(axes.x, x), fraction(axes.y, y)];
}
