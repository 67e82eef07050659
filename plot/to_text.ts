/** Drawings for a terminal. */

import { describe } from "../src/ops/describe.ts";
import type { Drawing } from "./drawing.ts";
import { drawingError } from "./error.ts";
import { checkedOptions } from "./options.ts";
import { drawComputationGraph } from "./text/computation_graph.ts";
import { drawConfusionChart } from "./text/confusion_chart.ts";
import { drawContourMap } from "./text/contour_map.ts";
import { drawDecisionRegion } from "./text/decision_region.ts";
import { drawHeatMap } from "./text/heat_map.ts";
import { drawImageGrid } from "./text/image_grid.ts";
import { drawLineChart } from "./text/line_chart.ts";
import type { Screen } from "./text/screen.ts";

/** How a drawing becomes text. */
export interface TextOptions {
  /** How many columns it may take; 80 by default. */
  readonly width?: number;
  /** Whether it may use colours, as ANSI escape sequences; no by default. */
  readonly color?: boolean;
}

const leastWidth = 20;

/**
 * A drawing as lines of text in braille and block characters, never wider than `width` columns. It
 * has colours only where they are asked for.
 *
 * Throws a `UsageError` where the width is not a whole number from 20.
 *
 * @example A diagonal
 * ```ts
 * import { lineChart, toText } from "@turunan/turunan/plot";
 * import { assert } from "@std/assert";
 *
 * const chart = lineChart({ series: [{ name: "y = x", points: [[0, 0], [1, 1]] }] });
 * assert(toText(chart, { width: 40 }).split("\n").every((line) => line.length <= 40));
 * ```
 */
export function toText(
  drawing: Drawing,
  options: TextOptions = {},
): string {
  const { width = 80, color = false } = checkedOptions("Cannot draw text", options, {
    width: true,
    color: true,
  });
  if (!Number.isInteger(width) || width < leastWidth) {
    throw drawingError(
      `Cannot draw in ${width} columns: width is a whole number from ${leastWidth}`,
    );
  }
  return screenOf(drawing, width, color).lines(color).join("\n");
}

function screenOf(drawing: Drawing, width: number, color: boolean): Screen {
  switch (drawing.kind) {
    case "lineChart":
      return drawLineChart(drawing, width, color);
    case "contourMap":
      return drawContourMap(drawing, width, color);
    case "heatMap":
      return drawHeatMap(drawing, width, color);
    case "decisionRegion":
      return drawDecisionRegion(drawing, width, color);
    case "imageGrid":
      return drawImageGrid(drawing, width, color);
    case "confusionChart":
      return drawConfusionChart(drawing, width, color);
    case "computationGraph":
      return drawComputationGraph(drawing, width);
    default:
      throw drawingError(`Cannot draw ${describe(drawing satisfies never)}: it is no drawing`);
  }
}
