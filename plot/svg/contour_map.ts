/** Contour maps as SVG: filled between level lines, with paths over them. */

import type { Point } from "../axis.ts";
import { visiblePieces, visiblePoints } from "../clip.ts";
import type { ContourMap } from "../contour_map.ts";
import { labelPlaces, levelLine } from "../contours.ts";
import { shortNumber } from "../number.ts";
import { type Color, colorAt, ink, paperColors, sequential } from "../palette.ts";
import { valueAt } from "../scale.ts";
import { chart, type Frame, frameOf, type Mark, movedDown, Plot } from "./chart.ts";
import { area, line } from "./ground.ts";
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
    ground: [
      area(map.heights, frame, { level: -Infinity, fill: colorAt(sequential, 0) }),
      ...levels.map((level, i) => area(map.heights, frame, { level, fill: ground[i]! })),
      ...levels.map((level) => line(map.heights, frame, { level, stroke: "#4d7fa6" })),
    ].join(""),
    marks: [...levelLabels(map, frame, ground), ...allSeriesMarks(paths, map, pens)],
  });
  return onPaper({
    width,
    title,
    keys: paths.map((path, i) => seriesKey(path, pens[i]!)),
    height: frame.height,
    draw: (top) => movedDown(svg, top),
  });
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
