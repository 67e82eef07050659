/** Drawings as SVG, by the packages that draw them. */

import { describe } from "../../src/ops/describe.ts";
import type { Drawing } from "../drawing.ts";
import { drawingError } from "../error.ts";
import { drawComputationGraph } from "./computation_graph.ts";
import { drawConfusionChart } from "./confusion_chart.ts";
import { drawContourMap } from "./contour_map.ts";
import { drawDecisionRegion } from "./decision_region.ts";
import { drawHeatMap } from "./heat_map.ts";
import { drawImageGrid } from "./image_grid.ts";
import { drawLineChart } from "./line_chart.ts";

/** The drawing as SVG, `width` pixels wide. */
export function draw(drawing: Drawing, width: number): string | Promise<string> {
  switch (drawing.kind) {
    case "lineChart":
      return drawLineChart(drawing, width);
    case "contourMap":
      return drawContourMap(drawing, width);
    case "heatMap":
      return drawHeatMap(drawing, width);
    case "decisionRegion":
      return drawDecisionRegion(drawing, width);
    case "imageGrid":
      return drawImageGrid(drawing, width);
    case "confusionChart":
      return drawConfusionChart(drawing, width);
    case "computationGraph":
      return drawComputationGraph(drawing, width);
    default:
      throw drawingError(`Cannot draw ${describe(drawing satisfies never)}: it is no drawing`);
  }
}
