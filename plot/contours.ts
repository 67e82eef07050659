/** Level lines through a grid (marching squares), and where their labels stand. */

import type { Point } from "./axis.ts";
import type { Grid } from "./grid.ts";

/** A straight piece of a level line: two places, as shares of the width and the height. */
export type Segment = readonly [Point, Point];

const around = [[0, 0], [1, 0], [1, 1], [0, 1]] as const; // the corners of a cell

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
  const heights = around.map(([right, up]) => grid[row + up]![column + right]!);
  if (!heights.every(Number.isFinite)) return [];
  const [width, height] = [grid[0]!.length - 1, grid.length - 1];
  const crossings: Point[] = [];
  around.forEach(([right, up], i) => {
    const [nextRight, nextUp] = around[(i + 1) % 4]!;
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

/**
 * The outlines of the area where a grid is at least as high as a level, as closed rings of places;
 * an area may have holes. What is NaN or infinite lies outside, as does all beyond the grid.
 */
export function areaRings(grid: Grid, level: number): Point[][] {
  const [width, height] = [grid[0]!.length, grid.length];
  const heightAt = (column: number, row: number): number => {
    const height = grid[row]?.[column] ?? NaN;
    return Number.isFinite(height) ? height : NaN;
  };
  const isHigh = (column: number, row: number) => heightAt(column, row) >= level;
  const next = new Map<string, { place: Point; key: string }>();
  for (let row = -1; row < height; row++) {
    for (let column = -1; column < width; column++) {
      const corners = around.map(([right, up]) => [column + right, row + up] as const);
      const middle = corners.reduce((sum, corner) => sum + heightAt(...corner) / 4, 0);
      const turns = middle < level ? [3, 2, 1] : [1, 2, 3]; // a saddle is cut as its middle says
      const sides = corners.map((corner, i) => ({ from: corner, to: corners[(i + 1) % 4]! }));
      sides.forEach((side, i) => {
        if (!isHigh(...side.from) || isHigh(...side.to)) return; // where the area is left
        const back = turns.map((turn) => sides[(i + turn) % 4]!).find(({ from, to }) => {
          return !isHigh(...from) && isHigh(...to); // where it is entered again
        })!;
        next.set(`${side.from} ${side.to}`, {
          place: crossing(back.to, back.from),
          key: `${back.to} ${back.from}`,
        });
      });
    }
  }
  /** Where the level lies between a high and a low corner; at the high one if the low one is none. */
  function crossing(high: readonly [number, number], low: readonly [number, number]): Point {
    const [from, to] = [heightAt(...high), heightAt(...low)];
    const share = Number.isFinite(from) && Number.isFinite(to) ? (from - level) / (from - to) : 0;
    const at = (i: 0 | 1) => high[i] + (low[i] - high[i]) * share;
    return [at(0) / (width - 1), at(1) / (height - 1)];
  }
  return ringsOf(next);
}

/** Follows each crossing to the next one until the ring is closed. */
function ringsOf(next: Map<string, { readonly place: Point; readonly key: string }>): Point[][] {
  const rings: Point[][] = [];
  for (const start of next.keys()) {
    const ring: Point[] = [];
    for (let at = start, step = next.get(at); step !== undefined; step = next.get(at)) {
      next.delete(at);
      ring.push(step.place);
      at = step.key;
    }
    rings.push(ring);
  }
  return rings;
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
