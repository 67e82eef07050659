/** Line charts in braille. */

import type { LineChart } from "../line_chart.ts";
import { bounded, fraction, rounded } from "../scale.ts";
import { type Area, framed } from "./frame.ts";
import { drawLegend, looksOf, seriesEntry } from "./legend.ts";
import { drawSeries } from "./marks.ts";
import { Braille } from "./braille.ts";
import type { Axes } from "../clip.ts";
import type { Screen, Style } from "./screen.ts";

/** The chart on a screen. */
export function drawLineChart(chart: LineChart, width: number, color: boolean): Screen {
  const all = chart.series.flatMap(({ points }) => points);
  const axes = {
    x: bounded(chart.x, all.map(([x]) => x)),
    y: rounded(chart.y, all.map(([, y]) => y)),
  };
  const area = framed(chart.title, axes, width);
  drawZero(area, axes);
  const looks = looksOf(chart.series, color);
  drawSeries(area, axes, chart.series, looks);
  const entries = chart.series.map((series, i) => seriesEntry(series, looks[i]!));
  drawLegend(area.screen, entries, Math.min(area.left, 4));
  return area.screen;
}

/** Faint lines where an axis crosses 0 between its ends. */
function drawZero({ screen, left, top, columns, rows }: Area, axes: Axes): void {
  const faint: Style = { weight: "faint" };
  const layer = new Braille(columns, rows);
  const [u, v] = [fraction(axes.x, 0), fraction(axes.y, 0)];
  const [column, row] = layer.cellAt([u, v]);
  const isAcross = v > 0 && v < 1;
  const isUp = u > 0 && u < 1;
  for (let i = 0; isAcross && i < columns; i++) screen.put(left + i, top + row, "┈", faint);
  for (let i = 0; isUp && i < rows; i++) {
    screen.put(left + column, top + i, isAcross && i === row ? "┼" : "┊", faint);
  }
}
