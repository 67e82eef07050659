/** Lines, dashes, dots and paths over two axes. */

import { type Axis, checkedAxis, checkedSeries, type Series } from "./axis.ts";
import { displayed } from "./display.ts";
import { drawingError } from "./error.ts";
import { checkedOptions } from "./options.ts";

/** What a line chart is made of. */
export interface LineChartOptions {
  /** What stands above it. */
  readonly title?: string;
  /** The horizontal axis. */
  readonly x?: Axis;
  /** The vertical axis. */
  readonly y?: Axis;
  /** What is drawn. */
  readonly series: readonly Series[];
}

/** Series over two axes, as plain data. */
export interface LineChart extends Required<Omit<LineChartOptions, "title">> {
  /** Which drawing it is. */
  readonly kind: "lineChart";
  /** What stands above it. */
  readonly title?: string;
}

/**
 * Series of points over two axes, as lines, dashes, dots or paths. An axis without a domain reaches
 * as far as the points do; points that are NaN, infinite, or not positive on a log scale are left
 * out, and lines are cut at the ends of the axes.
 *
 * Throws a `UsageError` where there are no points, or a domain cannot be drawn.
 *
 * @example A parabola in 30 columns
 * ```ts
 * import { lineChart, toText } from "@turunan/turunan/plot";
 * import { assert } from "@std/assert";
 *
 * const points = [-2, -1, 0, 1, 2].map((x) => [x, x * x] as const);
 * const text = toText(lineChart({ series: [{ name: "x^2", points }] }), { width: 30 });
 * assert(text.split("\n").every((line) => line.length <= 30));
 * ```
 */
export function lineChart(options: LineChartOptions): LineChart {
  const { title, x = {}, y = {} } = checkedOptions("Cannot draw a line chart", options, {
    title: true,
    x: true,
    y: true,
    series: true,
  });
  const series = checkedSeries("a line chart", options.series);
  if (series.every(({ points }) => points.length === 0)) {
    throw drawingError("Cannot draw a line chart: there are no points");
  }
  return displayed({
    kind: "lineChart",
    ...(title !== undefined && { title }),
    x: checkedAxis("a line chart", "x", x),
    y: checkedAxis("a line chart", "y", y),
    series,
  });
}
