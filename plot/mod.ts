/**
 * Drawings of what a network learns and how: as data first, then as text for a terminal or as SVG.
 * The constructors and `toText` need nothing but turunan; `toSvg` loads what it draws with the first
 * time. In a Deno notebook a drawing shows itself.
 *
 * @example A loss curve for the terminal and for a page
 * ```ts
 * import { lineChart, toSvg, toText } from "@turunan/turunan/plot";
 * import { assert } from "@std/assert";
 *
 * const chart = lineChart({
 *   title: "Loss",
 *   x: { label: "epoch" },
 *   y: { label: "loss", scale: "log" },
 *   series: [{ name: "training", points: [[1, 2.3], [2, 0.4], [3, 0.2]] }],
 * });
 * assert(toText(chart, { width: 60 }).includes("Loss"));
 * assert((await toSvg(chart)).startsWith("<svg"));
 * ```
 *
 * @module
 */

export type { Axis, BoundedAxis, Point, Series } from "./axis.ts";
export type { Drawing } from "./drawing.ts";
export type { Grid } from "./grid.ts";
export type { Matrix } from "./matrix.ts";

export { type LineChart, lineChart, type LineChartOptions } from "./line_chart.ts";
export { type ContourMap, contourMap, type ContourMapOptions } from "./contour_map.ts";
export { type HeatMap, heatMap, type HeatMapOptions } from "./heat_map.ts";
export { type DecisionRegion, decisionRegion } from "./decision_region.ts";
export type { DecisionRegionOptions, LabelledPoint } from "./decision_region.ts";
export { type Image, type ImageGrid, imageGrid, type ImageGridOptions } from "./image_grid.ts";
export { type ConfusionChart, confusionChart } from "./confusion_chart.ts";
export type { ConfusionChartOptions } from "./confusion_chart.ts";
export { type ComputationGraph, computationGraph } from "./computation_graph.ts";
export type { ComputationGraphOptions, GraphEdge, GraphNode } from "./computation_graph.ts";

export { type TextOptions, toText } from "./to_text.ts";
export { type SvgOptions, toSvg } from "./to_svg.ts";
