/** Which level lines tell most about a surface. */

import type { Grid } from "./grid.ts";
import { ticks } from "./scale.ts";

const count = 9;

/**
 * Round heights for the level lines of a surface: evenly spaced, or, where most of it lies low, as
 * in the valley of a loss, growing with the square, as the heights of evenly spaced rings do.
 */
export function levelsOf(heights: Grid): number[] {
  const sorted = heights.flat().filter(Number.isFinite).sort((a, b) => a - b);
  const low = sorted[0]!;
  const high = sorted[Math.floor(0.98 * (sorted.length - 1))]!; // a few peaks do not count
  if (!(low < high)) return [low];
  const median = sorted[Math.floor(sorted.length / 2)]!;
  if (median - low > 0.4 * (high - low)) {
    return ticks({ domain: [low, high] }, count + 1).filter((level) => level > low);
  }
  const range = high - low;
  const squares = Array.from({ length: count }, (_, i) => ((i + 1) / (count + 0.5)) ** 2);
  return [...new Set(squares.map((share) => roundIn(low + share * range, range * share)))];
}

/** A number with as few digits as place it within a tenth of `scale`. */
function roundIn(x: number, scale: number): number {
  const decimals = Math.ceil(-Math.log10(scale / 2));
  const step = 10 ** -decimals;
  return Number((Math.round(x / step) * step).toPrecision(12));
}
