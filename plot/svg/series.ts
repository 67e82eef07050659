/** Series as marks of a chart, and as keys of its legend. */

import type { Point, Series } from "../axis.ts";
import { type Axes, isInside, lonePoints, placed, visiblePieces, visiblePoints } from "../clip.ts";
import { type Color, ink } from "../palette.ts";
import { valueAt } from "../scale.ts";
import { type Mark, Plot } from "./chart.ts";
import { element } from "./markup.ts";
import type { Key } from "./sheet.ts";

const dashes = "6 4";

/** Symbols that tell points apart without their colours. */
export const symbols = ["circle", "diamond", "triangle", "square", "star", "cross", "wye"] as const;

/** What a series is drawn with. */
export interface Pen {
  /** The colour of its marks. */
  readonly color: Color;
  /** The shape of its points: an index of `symbols`. */
  readonly symbol: number;
}

/** The marks of series, points above lines. */
export function allSeriesMarks(
  series: readonly Series[],
  axes: Axes,
  pens: readonly Pen[],
): Mark[] {
  const marks = series.map((one, i) => seriesMarks(one, axes, pens[i]!));
  const arePoints = (i: number) => series[i]!.mark === "points";
  return [
    ...marks.filter((_, i) => !arePoints(i)).flat(),
    ...marks.filter((_, i) => arePoints(i)).flat(),
  ];
}

function seriesMarks(series: Series, axes: Axes, { color, symbol }: Pen): Mark[] {
  const back = ([u, v]: Point): [number, number] => [valueAt(axes.x, u), valueAt(axes.y, v)];
  if (series.mark === "points") {
    const points = visiblePoints(series.points, axes).map(back);
    return [dots(points, { r: 4, fill: color, symbol: symbols[symbol % symbols.length]! })];
  }
  const isPath = series.mark === "path";
  const lines = visiblePieces(series, axes).map((piece) =>
    Plot.line(piece.map(back), {
      stroke: color,
      strokeWidth: isPath ? 1.6 : 2.2,
      strokeLinejoin: "round",
      strokeLinecap: series.mark === "dashed" ? "butt" : "round",
      ...(series.mark === "dashed" && { strokeDasharray: dashes }),
    })
  );
  if (!isPath) {
    const alone = lonePoints(series, axes).map(back);
    return alone.length === 0 ? lines : [...lines, dots(alone, { r: 3, fill: color })];
  }
  const ends = [series.points[0], series.points.at(-1)].map((point) => {
    const place = point === undefined ? null : placed(point, axes);
    return place !== null && isInside(place) ? [back(place)] : [];
  });
  return [
    ...lines,
    dots(apart(visiblePoints(series.points.slice(1, -1), axes)).map(back), {
      r: 2.6,
      fill: color,
      stroke: "none",
    }),
    dots(ends[0]!, { r: 4.6, fill: ink.paper, stroke: color, strokeWidth: 2 }),
    dots(ends[1]!, { r: 5.4, fill: color, stroke: ink.paper, strokeWidth: 1.5 }),
  ];
}

/** Of places in order those that stand apart from the one before. */
function apart(places: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const [u, v] of places) {
    const last = kept.at(-1);
    if (last === undefined || Math.hypot(u - last[0], v - last[1]) > 0.02) kept.push([u, v]);
  }
  return kept;
}

/** Points; white around them where nothing else is asked for. */
export function dots(points: readonly Point[], options: Plot.DotOptions): Mark {
  return Plot.dot(points as [number, number][], {
    stroke: ink.paper,
    strokeWidth: 1,
    ...options,
  });
}

/** The key of a series. */
export function seriesKey({ name, mark }: Series, { color, symbol }: Pen): Key {
  if (mark === "points") {
    return { name, width: 10, draw: (x, y) => symbolAt(x + 5, y, symbol, color) };
  }
  return {
    name,
    width: 26,
    draw: (x, y) =>
      element("line", {
        x1: x,
        x2: x + 26,
        y1: y,
        y2: y,
        stroke: color,
        "stroke-width": mark === "path" ? 1.6 : 2.2,
        "stroke-dasharray": mark === "dashed" ? dashes : undefined,
      }) + (mark === "path" ? pathEnds(x, y, color) : ""),
  };
}

function pathEnds(x: number, y: number, color: Color): string {
  return element("circle", { cx: x + 4, cy: y, r: 3.6, fill: ink.paper, stroke: color }) +
    element("circle", { cx: x + 22, cy: y, r: 4.2, fill: color });
}

/** A symbol of points as markup. */
export function symbolAt(x: number, y: number, symbol: number, color: Color): string {
  const shapes = [
    "M-4.5,0A4.5,4.5,0,1,0,4.5,0A4.5,4.5,0,1,0,-4.5,0Z",
    "M0,-5.6L3.6,0L0,5.6L-3.6,0Z",
    "M0,-5L4.6,3.4H-4.6Z",
    "M-4,-4H4V4H-4Z",
    "M0,-5.6L1.3,-1.7L5.3,-1.7L2.1,0.7L3.3,4.5L0,2.2L-3.3,4.5L-2.1,0.7L-5.3,-1.7L-1.3,-1.7Z",
    "M-1.6,-4.6H1.6V-1.6H4.6V1.6H1.6V4.6H-1.6V1.6H-4.6V-1.6H-1.6Z",
    "M0,4.6L-1.4,0.8L-4.6,-2.2L-3,-4.2L0,-1.8L3,-4.2L4.6,-2.2L1.4,0.8Z",
  ];
  return element("path", {
    d: shapes[symbol % shapes.length]!,
    transform: `translate(${x},${y})`,
    fill: color,
  });
}
