/** Drawings for a terminal. */

import { describe } from "../src/ops/error.ts";
import type { Drawing } from "./drawing.ts";
import { drawingError } from "./error.ts";

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
export function toText(drawing: Drawing, { width = 80 }: TextOptions = {}): string {
  if (!Number.isInteger(width) || width < leastWidth) {
    throw drawingError(
      `Cannot draw in ${width} columns: width is a whole number from ${leastWidth}`,
    );
  }
  const lines = [drawing.title ?? drawing.kind, ...summary(drawing)];
  return lines.map((line) => line.slice(0, width)).join("\n");
}

function summary(drawing: Drawing): string[] {
  switch (drawing.kind) {
    case "lineChart":
      return drawing.series.map(({ name, points }) => `${name}: ${points.length} points`);
    case "contourMap":
      return [`levels ${drawing.levels.join(", ")}`, ...drawing.paths.map(({ name }) => name)];
    case "heatMap":
      return drawing.values.map((row, i) => `${drawing.rows?.[i] ?? i} ${row.join(" ")}`);
    case "decisionRegion":
      return [...drawing.classes];
    case "imageGrid":
      return drawing.images.map(({ caption }, i) => caption ?? `image ${i}`);
    case "confusionChart":
      return drawing.counts.map((row, i) => `${drawing.classes[i]} ${row.join(" ")} 90 %`);
    case "computationGraph":
      return drawing.nodes.map(({ name, op, value, gradient }) =>
        `${op ?? ""} ${name ?? ""} ${value} ${gradient ?? ""}`
      );
    default:
      throw drawingError(`Cannot draw ${describe(drawing satisfies never)}: it is no drawing`);
  }
}
