/** All kinds of drawings. */

import type { ComputationGraph } from "./computation_graph.ts";
import type { ConfusionChart } from "./confusion_chart.ts";
import type { ContourMap } from "./contour_map.ts";
import type { DecisionRegion } from "./decision_region.ts";
import type { HeatMap } from "./heat_map.ts";
import type { ImageGrid } from "./image_grid.ts";
import type { LineChart } from "./line_chart.ts";

/** Any drawing, as plain data; `kind` tells which it is. */
export type Drawing =
  | LineChart
  | ContourMap
  | HeatMap
  | DecisionRegion
  | ImageGrid
  | ConfusionChart
  | ComputationGraph;
