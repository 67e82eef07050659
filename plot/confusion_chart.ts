/** Which classes a model takes for which. */

import { displayed } from "./display.ts";
import { drawingError } from "./error.ts";
import { type Matrix, rowsOf } from "./matrix.ts";
import { checkedOptions } from "./options.ts";

/** What a confusion chart is made of. */
export interface ConfusionChartOptions {
  /** What stands above it. */
  readonly title?: string;
  /** How often: a row for each true class, a column for each predicted one. */
  readonly counts: Matrix;
  /** The names of the classes; their numbers by default. */
  readonly classes?: readonly string[];
}

/** A confusion matrix, as plain data. */
export interface ConfusionChart {
  /** Which drawing it is. */
  readonly kind: "confusionChart";
  /** What stands above it. */
  readonly title?: string;
  /** How often: a row for each true class, a column for each predicted one. */
  readonly counts: readonly (readonly number[])[];
  /** The names of the classes. */
  readonly classes: readonly string[];
}

/**
 * A confusion matrix, as `nn.confusionMatrix` gives it: a row for each true class, a column for each
 * predicted one, and the share of each class and of all that was told right.
 *
 * Throws a `UsageError` where the counts are not square, or one is not a whole number from 0.
 *
 * @example Nine of ten told right
 * ```ts
 * import { confusionChart, toText } from "@turunan/turunan/plot";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const chart = confusionChart({ counts: [[5, 0], [1, 4]], classes: ["no", "yes"] });
 * assertStringIncludes(toText(chart), "90 %");
 * ```
 */
export function confusionChart(options: ConfusionChartOptions): ConfusionChart {
  const { title } = checkedOptions("Cannot draw a confusion chart", options, {
    title: true,
    counts: true,
    classes: true,
  });
  const counts = rowsOf("a confusion chart", "counts", options.counts);
  const size = counts.length;
  if (size === 0) throw drawingError("Cannot draw a confusion chart: there are no counts");
  counts.forEach((row, i) => {
    if (row.length !== size) {
      throw drawingError(
        `Cannot draw a confusion chart: row ${i} has ${row.length} counts for ${size} classes`,
      );
    }
    row.forEach((count, j) => {
      if (Number.isInteger(count) && count >= 0) return;
      throw drawingError(
        `Cannot draw a confusion chart: counts[${i}][${j}] is ${count}, not a whole number from 0`,
      );
    });
  });
  const classes = options.classes ?? counts.map((_, i) => String(i));
  if (classes.length !== size) {
    throw drawingError(
      `Cannot draw a confusion chart: there are ${classes.length} names for ${size} classes`,
    );
  }
  return displayed({
    kind: "confusionChart",
    ...(title !== undefined && { title }),
    counts: counts.map((row) => [...row]),
    classes: [...classes],
  });
}
