/** Contour maps as SVG: filled between level lines, with paths over them. */

import type { Point } from "../axis.ts";
import { type Axes, visiblePieces, visiblePoints } from "../clip.ts";
import type { ContourMap } from "../contour_map.ts";
import { labelPlaces, levelLine } from "../contours.ts";
import type { Grid } from "../grid.ts";
import { shortNumber } from "../number.ts";
import { type Color, colorAt, ink, paperColors, sequential } from "../palette.ts";
import { valueAt } from "../scale.ts";
import { chart, type Frame, frameOf, type Mark, movedDown, Plot } from "./chart.ts";
import { minus, widthOf } from "./markup.ts";
import { allSeriesMarks, type Pen, seriesKey } from "./series.ts";
import { onPaper } from "./sheet.ts";

const labelSize = 10.5;
const pathColors = [1, 3, 4, 2, 6].map((i) => paperColors[i]!);

/** The map as SVG. */
export function drawContourMap(map: ContourMap, width: number): string {
  const { title, levels, paths } = map;
  const frame = frameOf(map, width);
  const pens = paths.map((_, i): Pen => ({
    color: pathColors[i % pathColors.length]!,
    symbol: i,
  }));
  const ground = levels.map((_, i) => colorAt(sequential, 0.55 * (i + 1) / levels.length));
  const svg = chart(map, frame, {
    below: [
      ...area(map, map.heights, { level: -Infinity, fill: colorAt(sequential, 0) }),
      ...levels.flatMap((level, i) => area(map, map.heights, { level, fill: ground[i]! })),
      ...levels.flatMap((level) => line(map, map.heights, { level, stroke: "#4d7fa6" })),
    ],
    above: [...levelLabels(map, frame, ground), ...allSeriesMarks(paths, map, pens)],
  });
  return onPaper({
    width,
    title,
    keys: paths.map((path, i) => seriesKey(path, pens[i]!)),
    height: frame.height,
    draw: (top) => movedDown(svg, top),
  });
}

/** The area of a grid where it is at least as high as a level; everywhere for -Infinity. */
export function area(
  axes: Axes,
  grid: Grid,
  { level, fill }: { readonly level: number; readonly fill: Color },
): Mark[] {
  if (level === -Infinity) return [Plot.frame({ fill, stroke: null })];
  return [
    Plot.contour(flat(grid), {
      ...place(axes, grid),
      thresholds: [level],
      fill,
      stroke: fill,
      strokeWidth: 0.4,
    }),
  ];
}

/** The line at a level of a grid. */
export function line(
  axes: Axes,
  grid: Grid,
  { level, stroke, strokeWidth = 0.8 }: { level: number; stroke: Color; strokeWidth?: number },
): Mark[] {
  const pieces = levelLine(grid, level).flatMap(([from, to]) => [from, to, [NaN, NaN] as Point]);
  if (pieces.length === 0) return [];
  const back = pieces.map(([u, v]): [number, number] => [valueAt(axes.x, u), valueAt(axes.y, v)]);
  return [Plot.line(back, { stroke, strokeWidth, strokeLinecap: "round" })];
}

/** The numbers of a grid in a row; what is not finite is lower than all else. */
function flat(grid: Grid): number[] {
  return grid.flatMap((row) => row.map((x) => Number.isFinite(x) ? x : NaN));
}

/** Where the samples of a grid lie: each is the middle of a pixel of Observable Plot's. */
function place(axes: Axes, grid: Grid): Record<string, number | boolean> {
  const [width, height] = [grid[0]!.length, grid.length];
  const [across, up] = [0.5 / (width - 1), 0.5 / (height - 1)];
  return {
    width,
    height,
    x1: valueAt(axes.x, -across),
    x2: valueAt(axes.x, 1 + across),
    y1: valueAt(axes.y, -up),
    y2: valueAt(axes.y, 1 + up),
    clip: true,
  };
}

/** Each level on its line, apart from other labels and from the paths. */
function levelLabels(map: ContourMap, frame: Frame, ground: readonly Color[]): Mark[] {
  const labels = map.levels.map((level) => minus(shortNumber(level)));
  const [wide, high] = [
    frame.width - frame.left - frame.right,
    frame.height - frame.top - frame.bottom,
  ];
  const ends = map.paths.flatMap(({ points }) => visiblePoints(points, map));
  const places = labelPlaces(map.levels.map((level) => levelLine(map.heights, level)), {
    halves: labels.map((label) => [(widthOf(label, labelSize) / 2 + 5) / wide, 9 / high]),
    obstacles: [...ends, ...map.paths.flatMap((path) => visiblePieces(path, map).flatMap(dense))],
  });
  return places.flatMap((place, i) =>
    place === null ? [] : [Plot.text([0], {
      x: [valueAt(map.x, place[0])],
      y: [valueAt(map.y, place[1])],
      text: [labels[i]!],
      fontSize: labelSize,
      fill: ink.text,
      stroke: ground[i]!,
      strokeWidth: 4,
    })]
  );
}

/** The places of a line, and some between them. */
function dense(piece: readonly Point[]): Point[] {
  return piece.flatMap(([u, v], i) => {
    const [nextU, nextV] = piece[i + 1] ?? [u, v];
    const steps = Math.min(Math.ceil(Math.hypot(nextU - u, nextV - v) / 0.03), 40);
    return Array.from({ length: Math.max(steps, 1) }, (_, step): Point => {
      const share = step / Math.max(steps, 1);
      return [u + (nextU - u) * share, v + (nextV - v) * share];
    });
  });
}
