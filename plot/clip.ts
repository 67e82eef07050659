/** The part of a line that lies between the ends of the axes. */

import type { BoundedAxis, Point, Series } from "./axis.ts";
import { fraction } from "./scale.ts";

/** Two axes. */
export interface Axes {
  /** The horizontal one. */
  readonly x: BoundedAxis;
  /** The vertical one. */
  readonly y: BoundedAxis;
}

/** Where a point lies, as shares of the axes; null where it is NaN, infinite or has no place. */
export function placed([x, y]: Point, axes: Axes): Point | null {
  const [u, v] = [fraction(axes.x, x), fraction(axes.y, y)];
  return Number.isFinite(u) && Number.isFinite(v) ? [u, v] : null;
}

/** Whether a place lies between the ends of the axes. */
export function isInside([u, v]: Point): boolean {
  return u >= 0 && u <= 1 && v >= 0 && v <= 1;
}

/** The places of the points that can be seen. */
export function visiblePoints(points: readonly Point[], axes: Axes): Point[] {
  return points.map((point) => placed(point, axes)).filter((place) =>
    place !== null && isInside(place)
  ) as Point[];
}

/**
 * The pieces of the line through `points` that can be seen, as places. It has a gap where a point
 * is left out. Of a path, which may have left the axes for good, steps from one point outside to
 * another are left out, too.
 */
export function visiblePieces(
  { points, mark }: Pick<Series, "points" | "mark">,
  axes: Axes,
): Point[][] {
  const pieces: Point[][] = [];
  let piece: Point[] = [];
  const end = () => {
    if (piece.length > 0) pieces.push(piece);
    piece = [];
  };
  let before: Point | null = null;
  for (const point of points) {
    const place = placed(point, axes);
    const isUnseen = before === null || place === null ||
      (!isInside(before) && !isInside(place) && (mark === "path" || isFar(before, place)));
    const seen = isUnseen ? null : clipped(before!, place!);
    if (seen === null) end();
    else {
      const [from, to] = seen;
      const last = piece.at(-1);
      if (last === undefined || last[0] !== from[0] || last[1] !== from[1]) {
        end();
        piece.push(from);
      }
      piece.push(to);
    }
    before = place;
  }
  end();
  return pieces;
}

/** The places of the points with none beside them, of which a line shows nothing. */
export function lonePoints({ points }: Pick<Series, "points">, axes: Axes): Point[] {
  const places = points.map((point) => placed(point, axes));
  return places.filter((place, i) =>
    place !== null && isInside(place) && !places[i - 1] && !places[i + 1]
  ) as Point[];
}

/** Whether rounding errors could move a line between two places to where it is not. */
function isFar(...places: readonly Point[]): boolean {
  return places.some(([u, v]) => Math.max(Math.abs(u), Math.abs(v)) > 1e9);
}

/** The part of a straight line inside the unit square (Liang and Barsky), or null. */
function clipped([x0, y0]: Point, [x1, y1]: Point): [Point, Point] | null {
  const [dx, dy] = [x1 - x0, y1 - y0];
  let [start, end] = [0, 1];
  for (const [toward, room] of [[-dx, x0], [dx, 1 - x0], [-dy, y0], [dy, 1 - y0]] as const) {
    if (toward === 0) {
      if (room < 0) return null;
    } else if (toward < 0) start = Math.max(start, room / toward);
    else end = Math.min(end, room / toward);
  }
  if (start >= end) return null; // outside, or it only touches an end
  const at = (t: number): Point => [inUnit(x0 + t * dx), inUnit(y0 + t * dy)];
  return [start === 0 ? [x0, y0] : at(start), end === 1 ? [x1, y1] : at(end)];
}

function inUnit(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}
