/** Confusion matrices as SVG. */

import type { ConfusionChart } from "../confusion_chart.ts";
import { colorAt, diverging, ink } from "../palette.ts";
import { accuracySentence, shareOf } from "../rates.ts";
import { movedDown } from "./chart.ts";
import { textAt } from "./markup.ts";
import { matrix } from "./matrix.ts";
import { margin, onPaper } from "./sheet.ts";

/** The chart as SVG: what was told right in one colour, what was not in another. */
export function drawConfusionChart(chart: ConfusionChart, width: number): string {
  const { title, counts, classes } = chart;
  const colors = counts.map((row, i) =>
    row.map((_, j) => {
      const share = shareOf(row, j) || 0;
      const strength = Math.sqrt(share) * (i === j ? 0.5 : -0.5); // so that rare errors are seen
      return colorAt(diverging, 0.5 + strength);
    })
  );
  const texts = counts.map((row) => row.map((count) => count === 0 ? "·" : String(count)));
  const { svg, height } = matrix({
    colors,
    texts,
    rows: classes,
    columns: classes,
    rowLabel: "true",
    columnLabel: "predicted",
  }, width);
  return onPaper({
    width,
    title,
    keys: [],
    height: height + 24,
    draw: (top) =>
      movedDown(svg, top) +
      textAt(margin, top + height + 14, accuracySentence(counts), {
        "font-size": 12.5,
        fill: ink.text,
      }),
  });
}
