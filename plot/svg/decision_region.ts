/** Decision regions as SVG: a pale ground for each class, with points over it. */

import { visiblePoints } from "../clip.ts";
import type { DecisionRegion } from "../decision_region.ts";
import type { Grid } from "../grid.ts";
import { type Color, ink, mixed, paperColors } from "../palette.ts";
import { valueAt } from "../scale.ts";
import { chart, type Frame, frameOf, type Mark, movedDown } from "./chart.ts";
import { area, line } from "./ground.ts";
import { element } from "./markup.ts";
import { allSeriesMarks, dots, type Pen, seriesKey, symbolAt, symbols } from "./series.ts";
import { type Key, onPaper } from "./sheet.ts";

const bands = 10;

/** The region as SVG. */
export function drawDecisionRegion(region: DecisionRegion, width: number): string {
  const { title, classes, lines, points } = region;
  const frame = frameOf(region, width);
  const pens = lines.map((_, i): Pen => ({ color: ink.text, symbol: i }));
  const marked = points.length > 80 ? 3.4 : points.length > 12 ? 4.6 : 6.5;
  const svg = chart(region, frame, {
    ground: region.areProbabilities ? probabilities(region, frame) : regions(region, frame),
    marks: [
      ...allSeriesMarks(lines, region, pens),
      ...classes.map((_, label) => pointMarks(region, label, marked)),
    ],
  });
  return onPaper({
    width,
    title,
    keys: [
      ...classes.map((name, label) => classKey(name, label)),
      ...lines.map((one, i) => seriesKey(one, pens[i]!)),
    ],
    height: frame.height,
    draw: (top) => movedDown(svg, top),
  });
}

const colorOf = (label: number): Color => paperColors[label % paperColors.length]!;
const groundOf = (label: number): Color => mixed(ink.paper, colorOf(label), 0.3);

function pointMarks(region: DecisionRegion, label: number, r: number): Mark {
  const places = visiblePoints(
    region.points.filter((point) => point.label === label).map(({ x, y }) => [x, y] as const),
    region,
  );
  return dots(places.map(([u, v]) => [valueAt(region.x, u), valueAt(region.y, v)] as const), {
    r,
    fill: colorOf(label),
    symbol: symbols[label % symbols.length]!,
  });
}

/** The ground of each class, and the borders between them. */
function regions({ answers, classes }: DecisionRegion, frame: Frame): string {
  const isOf = (label: number): Grid =>
    smoothed(answers.map((row) => row.map((answer) => answer === label ? 1 : 0)));
  const grids = classes.map((_, label) => isOf(label));
  return [
    ...grids.map((grid, label) => area(grid, frame, { level: 0.5, fill: groundOf(label) })),
    ...grids.slice(1).map((grid) =>
      line(grid, frame, { level: 0.5, stroke: ink.paper, width: 1.6 })
    ),
  ].join("");
}

/** A grid without stairs: each sample is a mean of those around it, along one axis and the other. */
function smoothed(grid: Grid): Grid {
  const along = (row: readonly number[]) =>
    row.map((x, i) => ((row[i - 1] ?? x) + 2 * x + (row[i + 1] ?? x)) / 4);
  const turned = (grid: Grid) => grid[0]!.map((_, i) => grid.map((row) => row[i]!));
  const twice = (grid: Grid) => grid.map((row) => along(along(row)));
  return turned(twice(turned(twice(grid))));
}

/** Bands from the first class to the second, and the line where both are as likely. */
function probabilities({ answers }: DecisionRegion, frame: Frame): string {
  const fill = (share: number) => {
    return share < 0.5
      ? mixed(mixed(ink.paper, colorOf(0), 0.42), mixed(ink.paper, colorOf(0), 0.06), 2 * share)
      : mixed(
        mixed(ink.paper, colorOf(1), 0.06),
        mixed(ink.paper, colorOf(1), 0.42),
        2 * share - 1,
      );
  };
  return [
    ...Array.from({ length: bands }, (_, i) => {
      const level = i === 0 ? -Infinity : i / bands;
      return area(answers, frame, { level, fill: fill((i + 0.5) / bands) });
    }),
    line(answers, frame, { level: 0.5, stroke: ink.faint, width: 1.4 }),
  ].join("");
}

function classKey(name: string, label: number): Key {
  return {
    name,
    width: 18,
    draw: (x, y) =>
      element("rect", { x, y: y - 9, width: 18, height: 18, rx: 4, fill: groundOf(label) }) +
      symbolAt(x + 9, y, label, colorOf(label)),
  };
}
