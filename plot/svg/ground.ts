/** Areas and lines of a grid between two axes, as markup. */

import type { Point } from "../axis.ts";
import { areaRings, levelLine } from "../contours.ts";
import type { Grid } from "../grid.ts";
import type { Color } from "../palette.ts";
import type { Frame } from "./chart.ts";
import { element } from "./markup.ts";

/** The area where a grid is at least as high as a level. */
export function area(
  grid: Grid,
  frame: Frame,
  { level, fill }: { readonly level: number; readonly fill: Color },
): string {
  const rings = areaRings(grid, level);
  if (rings.length === 0) return "";
  const d = rings.map((ring) => {
    const [first, ...rest] = ring.map((place) => pixel(place, frame));
    return `M${first}L${rest.join(" ")}Z`;
  });
  return element("path", { d: d.join(""), fill, "fill-rule": "evenodd" });
}

/** The line at a level of a grid. */
export function line(
  grid: Grid,
  frame: Frame,
  { level, stroke, width = 0.8 }: {
    readonly level: number;
    readonly stroke: Color;
    readonly width?: number;
  },
): string {
  const pieces = levelLine(grid, level);
  if (pieces.length === 0) return "";
  const d = joined(pieces.map(([from, to]) => [pixel(from, frame), pixel(to, frame)]));
  return element("path", { d, fill: "none", stroke, "stroke-width": width });
}

/** Pieces that follow each other as one path each. */
function joined(pieces: readonly (readonly [string, string])[]): string {
  const ends = new Map<string, (readonly [string, string])[]>();
  for (const piece of pieces) {
    for (const end of piece) ends.set(end, [...ends.get(end) ?? [], piece]);
  }
  const used = new Set<readonly [string, string]>();
  const follow = (from: string): string[] => {
    const places: string[] = [];
    let at = from;
    for (;;) {
      const piece = ends.get(at)?.find((piece) => !used.has(piece));
      if (piece === undefined) return places;
      used.add(piece);
      at = piece[0] === at ? piece[1] : piece[0];
      places.push(at);
    }
  };
  return pieces.map((piece) => {
    if (used.has(piece)) return "";
    const [start] = piece;
    const places = [...follow(start).toReversed(), start, ...follow(start)];
    return `M${places[0]}L${places.slice(1).join(" ")}`;
  }).join("");
}

/** A place in pixels, as it stands in a path. */
function pixel([u, v]: Point, { width, height, left, top, right, bottom }: Frame): string {
  const x = left + u * (width - left - right);
  const y = height - bottom - v * (height - top - bottom);
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}
