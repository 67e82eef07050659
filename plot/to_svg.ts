/** Drawings as SVG. */

import type { Drawing } from "./drawing.ts";
import { drawingError } from "./error.ts";
import { checkedOptions } from "./options.ts";

/** How a drawing becomes SVG. */
export interface SvgOptions {
  /** How many pixels wide it is; 640 by default. */
  readonly width?: number;
}

const leastWidth = 200;

/**
 * A drawing as a standalone SVG on paper of its own, readable on light and dark pages. The packages
 * that draw it (Observable Plot, linkedom, Graphviz) are loaded the first time.
 *
 * Throws a `UsageError` where the width is not a number of pixels from 200.
 *
 * @example A line from one corner to the other
 * ```ts
 * import { lineChart, toSvg } from "@turunan/turunan/plot";
 * import { assert } from "@std/assert";
 *
 * const svg = await toSvg(lineChart({ series: [{ name: "y = x", points: [[0, 0], [1, 1]] }] }));
 * assert(svg.startsWith("<svg") && svg.includes("y = x"));
 * ```
 */
export async function toSvg(drawing: Drawing, options: SvgOptions = {}): Promise<string> {
  const { width = 640 } = checkedOptions("Cannot draw an SVG", options, { width: true });
  if (!Number.isFinite(width) || width < leastWidth) {
    throw drawingError(
      `Cannot draw ${width} pixels wide: width is a number from ${leastWidth}`,
    );
  }
  const { draw } = await import("./svg/draw.ts");
  return draw(drawing, width);
}
