/** Drawings as SVG, by the packages that draw them. */

import * as Plot from "npm:@observablehq/plot@0.6.17";
import { parseHTML } from "npm:linkedom@0.18.15";
import type { Drawing } from "../drawing.ts";

/** The drawing as SVG, `width` pixels wide. */
export function draw(drawing: Drawing, width: number): string {
  const { document } = parseHTML("<html><body></body></html>") as unknown as { document: never };
  const series = drawing.kind === "lineChart" ? drawing.series : [];
  const svg = Plot.plot({
    document,
    width,
    marks: series.map(({ points }) => Plot.line(points as unknown as [number, number][])),
  }) as unknown as { outerHTML: string };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}"><title>${
    series.map(({ name }) => name).join(", ")
  }</title>${svg.outerHTML}</svg>`;
}
