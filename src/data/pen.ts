/** A pen: smooth paths through points, and their ink on a raster of pixels. */

import type { Stroke } from "./glyphs.ts";

/** Straight pieces of a path, four numbers each: x and y of one end, then of the other. */
export type Pieces = number[];

const piecesPerStep = 6;

/**
 * Traces a stroke: a Catmull-Rom spline through its points, cut into straight pieces. At a corner,
 * as at both ends, it arrives and leaves as if the next point were the point itself.
 */
export function trace({ points, corners }: Stroke, pieces: Pieces): void {
  const count = corners.length;
  for (let i = 0; i + 1 < count; i++) {
    const before = i === 0 || corners[i] ? i : i - 1;
    const after = i + 2 === count || corners[i + 1] ? i + 1 : i + 2;
    let x = points[2 * i]!;
    let y = points[2 * i + 1]!;
    for (let step = 1; step <= piecesPerStep; step++) {
      const t = step / piecesPerStep;
      const nextX = spline(points, 0, before, i, after, t);
      const nextY = spline(points, 1, before, i, after, t);
      pieces.push(x, y, nextX, nextY);
      x = nextX;
      y = nextY;
    }
  }
}

/** One coordinate between point `i` and the next one, at `t` of the way. */
function spline(
  points: readonly number[],
  coordinate: 0 | 1,
  before: number,
  i: number,
  after: number,
  t: number,
): number {
  const p0 = points[2 * before + coordinate]!;
  const p1 = points[2 * i + coordinate]!;
  const p2 = points[2 * i + 2 + coordinate]!;
  const p3 = points[2 * after + coordinate]!;
  const cubic = 3 * (p1 - p2) + p3 - p0;
  const square = 2 * p0 - 5 * p1 + 4 * p2 - p3;
  return p1 + 0.5 * t * (p2 - p0 + t * (square + t * cubic));
}

/** How a pen writes, in pixels. */
export interface Pen {
  /** Half the width of a line. */
  readonly radius: number;
  /** Over what distance the edge of a line fades. */
  readonly softness: number;
}

/**
 * Draws pieces, in pixels, on a square raster of `side` pixels at `at` in `image`: the ink of a
 * pixel is 1 on the line and fades to 0 with the distance of its centre from the line.
 */
export function draw(
  pieces: Pieces,
  { radius, softness }: Pen,
  image: Float32Array,
  at: number,
  side: number,
): void {
  const reach = radius + softness / 2;
  for (let k = 0; k < pieces.length; k += 4) {
    const x0 = pieces[k]!, y0 = pieces[k + 1]!;
    const dx = pieces[k + 2]! - x0, dy = pieces[k + 3]! - y0;
    const inverse = 1 / Math.max(dx * dx + dy * dy, 1e-12);
    const left = Math.max(0, Math.ceil(Math.min(x0, x0 + dx) - reach));
    const right = Math.min(side - 1, Math.floor(Math.max(x0, x0 + dx) + reach));
    const top = Math.max(0, Math.ceil(Math.min(y0, y0 + dy) - reach));
    const bottom = Math.min(side - 1, Math.floor(Math.max(y0, y0 + dy) + reach));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const along = ((x - x0) * dx + (y - y0) * dy) * inverse;
        const t = along < 0 ? 0 : along > 1 ? 1 : along;
        const ex = x - x0 - t * dx, ey = y - y0 - t * dy;
        const ink = (reach - Math.sqrt(ex * ex + ey * ey)) / softness;
        const pixel = at + y * side + x;
        if (ink > image[pixel]!) image[pixel] = ink < 1 ? ink : 1;
      }
    }
  }
}
