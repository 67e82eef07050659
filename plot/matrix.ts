/** Matrices, as they are given for a drawing. */

import { Tensor } from "../mod.ts";
import { drawingError } from "./error.ts";

/** A matrix: rows of numbers, or a tensor with two axes. */
export type Matrix = readonly (readonly number[])[] | Tensor;

/** The rows of a matrix; throws where what is given for `what` is none. */
export function rowsOf(drawing: string, what: string, matrix: Matrix): (readonly number[])[] {
  const rows: unknown = matrix instanceof Tensor ? matrix.toArray() : matrix;
  const isRow = (row: unknown): row is number[] => Array.isArray(row) || ArrayBuffer.isView(row);
  if (Array.isArray(rows) && rows.every(isRow)) return rows.map((row) => [...row]);
  throw drawingError(`Cannot draw ${drawing}: its ${what} are no rows of numbers`);
}
