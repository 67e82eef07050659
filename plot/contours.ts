/** Level lines through a grid (marching squares), and where their labels stand. */

import type { Point } from "./axis.ts";
import type { Grid } from "./grid.ts";

/** A straight piece of a level line: two places, as shares of the width and the height. */
export type Segment = readonly [Point, Point];

/** The pieces of the line at a height; none where the grid is NaN or infinite. */
export function levelLine(grid: Grid, level: number): Segment[] {
  const segments: Segment[] = [];
  for (let row = 0; row + 1 < grid.length; row++) {
    for (let column = 0; column + 1 < grid[row]!.length; column++) {
      const crossings = crossingsOf(grid, row, column, level);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        segments.push([crossings[i]!, crossings[i + 1]!]);
      }
    }
  }
  return segments;
}

/** Where a level line crosses the sides of a cell, two for each piece of it. */
function crossingsOf(grid: Grid, row: number, column: number, level: number): Point[] {
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1]] as const; // around the cell
  const heights = corners.map(([right, up]) => grid[row + up]![column + right]!);
  if (!heights.every(Number.isFinite)) return [];
  const [width, height] = [grid[0]!.length - 1, grid.length - 1];
  const crossings: Point[] = [];
  corners.forEach(([right, up], i) => {
    const [nextRight, nextUp] = corners[(i + 1) % 4]!;
    const [from, to] = [heights[i]!, heights[(i + 1) % 4]!];
    if ((from >= level) === (to >= level)) return;
    const share = (level - from) / (to - from);
    crossings.push([
      (column + right + (nextRight - right) * share) / width,
      (row + up + (nextUp - up) * share) / height,
    ]);
  });
  const isSaddle = crossings.length === 4;
  const isCenterHigh = heights.reduce((sum, x) => sum + x / 4, 0) >= level;
  // In a saddle the pieces go around the corners that differ from the center
  const turn = isSaddle && isCenterHigh === (heights[0]! >= level);
  return turn ? crossings : isSaddle ? [...crossings.slice(1), crossings[0]!] : crossings;
}

/** A rectangle, as shares: its center, and half of its width and height. */
interface Box {
  readonly center: Point;
  readonly half: Point;
}

/** Where labels may stand, and what they must not cover. */
export interface LabelRoom {
  /** Half of the width and of the height of the label of each level. */
  readonly halves: readonly Point[];
  /** Places that no label may cover. */
  readonly obstacles: readonly Point[];
}

/**
 * A place for the label of each level, on its line and apart from all others, or null where there
 * is none. Of the places that are free the one farthest from all else is taken.
 */
export function labelPlaces(
  lines: readonly (readonly Segment[])[],
  { halves, obstacles }: LabelRoom,
): (Point | null)[] {
  const taken: Box[] = [];
  return lines.map((segments, i) => {
    const half = halves[i]!;
    const step = Math.max(1, Math.floor(segments.length / 60));
    let best: Point | null = null;
    let most = 0;
    for (let at = 0; at < segments.length; at += step) {
      const center = segments[at]![0];
      const box = { center, half };
      if (!isWithin(box)) continue;
      const room = Math.min(
        ...taken.map((other) => distance(box, other)),
        ...obstacles.map((place) => distance(box, { center: place, half: [0, 0] })),
        0.25 + 0.1 * center[0], // far enough; else more to the right
      );
      if (room > most) [best, most] = [center, room];
    }
    if (best !== null) taken.push({ center: best, half });
    return best;
  });
}

function isWithin({ center, half }: Box): boolean {
  return center.every((x, i) => x - half[i]! >= 0 && x + half[i]! <= 1);
}

/** How far two rectangles are apart; 0 where they touch. */
function distance(a: Box, b: Box): number {
  const gap = (i: 0 | 1) =>
    Math.max(0, Math.abs(a.center[i] - b.center[i]) - a.half[i] - b.half[i]);
  return Math.hypot(gap(0), gap(1));
}
