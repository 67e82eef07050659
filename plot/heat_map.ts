/** A matrix as coloured cells. */

import { displayed } from "./display.ts";
import { drawingError } from "./error.ts";
import { type Matrix, rowsOf } from "./matrix.ts";
import { checkedOptions } from "./options.ts";

/** What a heat map is made of. */
export interface HeatMapOptions {
  /** What stands above it. */
  readonly title?: string;
  /** The numbers, row by row from the top; NaN is left blank. */
  readonly values: Matrix;
  /** The names of the rows. */
  readonly rows?: readonly string[];
  /** The names of the columns. */
  readonly columns?: readonly string[];
  /** The numbers at the two ends of the colour scale; the smallest and the largest by default. */
  readonly domain?: readonly [number, number];
}

/** A matrix as coloured cells, as plain data. */
export interface HeatMap extends HeatMapOptions {
  /** Which drawing it is. */
  readonly kind: "heatMap";
  /** The numbers, row by row from the top; NaN is left blank. */
  readonly values: readonly (readonly number[])[];
  /** The numbers at the two ends of the colour scale. */
  readonly domain: readonly [number, number];
}

/**
 * A matrix as coloured cells, with its numbers where there is room. Where the domain has 0 inside,
 * the colours diverge from it.
 *
 * Throws a `UsageError` where rows differ in length, names are missing or there are no values.
 *
 * @example Four numbers
 * ```ts
 * import { heatMap, toText } from "@turunan/turunan/plot";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const text = toText(heatMap({ values: [[1, 2], [3, 4]], rows: ["a", "b"] }));
 * assertStringIncludes(text, "a");
 * ```
 */
export function heatMap(options: HeatMapOptions): HeatMap {
  const { title, rows, columns } = checkedOptions("Cannot draw a heat map", options, {
    title: true,
    values: true,
    rows: true,
    columns: true,
    domain: true,
  });
  const values = rowsOf("a heat map", "values", options.values);
  const width = values[0]?.length ?? 0;
  if (width === 0) throw drawingError("Cannot draw a heat map: there are no values");
  values.forEach((row, i) => {
    if (row.length !== width) {
      throw drawingError(
        `Cannot draw a heat map: row ${i} has ${row.length} values and row 0 has ${width}`,
      );
    }
    const wrong = row.findIndex((value) => typeof value !== "number");
    if (wrong < 0) return;
    throw drawingError(
      `Cannot draw a heat map: the value at row ${i}, column ${wrong} is ${row[wrong]}, no number`,
    );
  });
  checkNames("row", rows, values.length);
  checkNames("column", columns, width);
  return displayed({
    kind: "heatMap",
    ...(title !== undefined && { title }),
    values: values.map((row) => [...row]),
    ...(rows !== undefined && { rows: [...rows] }),
    ...(columns !== undefined && { columns: [...columns] }),
    domain: checkedDomain("a heat map", options.domain ?? extent(values.flat())),
  });
}

function checkNames(what: string, names: readonly string[] | undefined, count: number): void {
  if (names === undefined || names.length === count) return;
  throw drawingError(
    `Cannot draw a heat map: there are ${names.length} ${what} names for ${count} ${what}s`,
  );
}

/** The smallest and the largest finite number; 0 and 1 where there is none, or they are equal. */
function extent(numbers: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const x of numbers.filter(Number.isFinite)) {
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  if (low < high) return [low, high];
  return low === high ? [Math.min(low, 0), Math.max(high, low === 0 ? 1 : 0)] : [0, 1];
}

/** The domain of a colour scale, once it is known to be one. */
export function checkedDomain(
  drawing: string,
  [low, high]: readonly [number, number],
): readonly [number, number] {
  if (Number.isFinite(high - low) && low < high) return [low, high];
  throw drawingError(
    `Cannot draw ${drawing}: its domain is [${low}, ${high}], ` +
      "which is not two finite numbers, the smaller one first",
  );
}
