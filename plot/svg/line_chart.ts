/** Line charts as SVG. */

import type { LineChart } from "../line_chart.ts";
import { ink, paperColors } from "../palette.ts";
import { bounded, fraction, rounded } from "../scale.ts";
import { chart, frameOf, type Mark, movedDown, Plot } from "./chart.ts";
import { allSeriesMarks, type Pen, seriesKey } from "./series.ts";
import { onPaper } from "./sheet.ts";

/** The chart as SVG. */
export function drawLineChart({ title, x, y, series }: LineChart, width: number): string {
  const points = series.flatMap(({ points }) => points);
  const axes = {
    x: bounded(x, points.map(([x]) => x)),
    y: rounded(y, points.map(([, y]) => y)),
  };
  const pens = series.map((_, i): Pen => ({
    color: paperColors[i % paperColors.length]!,
    symbol: series.slice(0, i).filter(({ mark }) => mark === "points").length,
  }));
  const isCrossed = (at: number) => at > 0 && at < 1;
  const zeros: Mark[] = [
    ...(isCrossed(fraction(axes.x, 0)) ? [Plot.ruleX([0], { stroke: ink.zero })] : []),
    ...(isCrossed(fraction(axes.y, 0)) ? [Plot.ruleY([0], { stroke: ink.zero })] : []),
  ];
  const frame = frameOf(axes, width);
  const svg = chart(axes, frame, { marks: [...zeros, ...allSeriesMarks(series, axes, pens)] });
  return onPaper({
    width,
    title,
    keys: series.map((one, i) => seriesKey(one, pens[i]!)),
    height: frame.height,
    draw: (top) => movedDown(svg, top),
  });
}
