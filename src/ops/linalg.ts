/** The matrix product, with either side read transposed. */

import type { Tensor } from "../values/tensor.ts";
import { numericDType, type TypedArray } from "./dtype.ts";
import type { Op } from "./op.ts";
import { broadcast, formatShape, type Shape, ShapeError, sizeOf } from "./shape.ts";

/** Which operands of a product are read transposed. */
export interface Transposition {
  /** Whether the left operand is read transposed. */
  readonly transposeA: boolean;
  /** Whether the right operand is read transposed. */
  readonly transposeB: boolean;
}

/** The rows, inner length and columns of a product of the last two axes of `a` and `b`. */
export function productSizes(
  a: Shape,
  b: Shape,
  { transposeA, transposeB }: Transposition,
): { rows: number; inner: number; columns: number } {
  return {
    rows: a.at(transposeA ? -1 : -2)!,
    inner: a.at(transposeA ? -2 : -1)!,
    columns: b.at(transposeB ? -2 : -1)!,
  };
}

/** Throws unless `a` and `b`, as the user gave them, can be multiplied. */
export function checkProduct(a: Shape, b: Shape, { transposeA, transposeB }: Transposition): void {
  if (a.length === 0 || b.length === 0) {
    throw new ShapeError(
      `Cannot matmul ${formatShape(a)} by ${formatShape(b)}: scalars are multiplied by mul`,
    );
  }
  const innerA = a.at(transposeA && a.length > 1 ? -2 : -1)!;
  const innerB = b.at(transposeB || b.length === 1 ? -1 : -2)!;
  if (innerA !== innerB) {
    const flags = [transposeA && "transposeA", transposeB && "transposeB"].filter(Boolean);
    const how = flags.length > 0 ? ` with ${flags.join(" and ")}` : "";
    throw new ShapeError(
      `Cannot matmul ${formatShape(a)} by ${formatShape(b)}${how}: inner lengths are ` +
        `${innerA} and ${innerB}`,
    );
  }
  for (let axis = -3; axis >= -Math.max(a.length, b.length); axis--) {
    const m = a.at(axis) ?? 1;
    const n = b.at(axis) ?? 1;
    if (m !== n && m !== 1 && n !== 1) {
      throw new ShapeError(
        `Cannot matmul ${formatShape(a)} by ${formatShape(b)}: axis ${axis} has lengths ` +
          `${m} and ${n}`,
      );
    }
  }
}

/** The product of the matrices in the last two axes; the axes before them broadcast. */
export const matmul: Op<readonly [Tensor, Tensor], Transposition> = {
  name: "matmul",
  shape: ([a, b], transposition) => {
    checkProduct(a, b, transposition);
    const { rows, columns } = productSizes(a, b, transposition);
    if (a.length === 2 && b.length === 2) return [rows, columns];
    return [...broadcast("matmul", a.slice(0, -2), b.slice(0, -2)), rows, columns];
  },
  dtype: (dtypes) => numericDType("matmul", dtypes),
  forward: (output, [a, b], transposition) => {
    const { rows, inner, columns } = productSizes(a.shape, b.shape, transposition);
    const batch = output.shape.slice(0, -2);
    const count = sizeOf(batch);
    for (let i = 0; i < count; i++) {
      multiply(
        { data: output.data, start: i * rows * columns, row: columns, column: 1 },
        view(a.data, batchOf(i, batch, a.shape) * rows * inner, a.shape, transposition.transposeA),
        view(
          b.data,
          batchOf(i, batch, b.shape) * inner * columns,
          b.shape,
          transposition.transposeB,
        ),
        { rows, inner, columns },
      );
    }
  },
  pullbacks: [
    (g: Tensor, [_, b]: readonly [Tensor, Tensor], _y: Tensor, t: Transposition) =>
      t.transposeA
        ? b.matmul(g, { transposeA: t.transposeB, transposeB: true })
        : g.matmul(b, { transposeB: !t.transposeB }),
    (g: Tensor, [a]: readonly [Tensor, Tensor], _y: Tensor, t: Transposition) =>
      t.transposeB
        ? g.matmul(a, { transposeA: true, transposeB: t.transposeA })
        : a.matmul(g, { transposeA: !t.transposeA }),
  ],
};

/** Which matrix of `shape` serves entry `i` of the broadcast batch. */
function batchOf(i: number, batch: Shape, shape: Shape): number {
  let index = 0;
  let stride = 1;
  for (let axis = 1; axis <= batch.length; axis++) {
    const length = batch.at(-axis)!;
    const own = shape.length >= axis + 2 ? shape.at(-axis - 2)! : 1;
    if (own !== 1) index += (i % length) * stride;
    stride *= own;
    i = Math.floor(i / length);
  }
  return index;
}

/** A matrix in an array: where it starts, and the distance of neighbours in a column and a row. */
interface Matrix {
  readonly data: TypedArray;
  readonly start: number;
  readonly row: number;
  readonly column: number;
}

function view(data: TypedArray, start: number, shape: Shape, transposed: boolean): Matrix {
  const length = shape.at(-1)!;
  return transposed
    ? { data, start, row: 1, column: length }
    : { data, start, row: length, column: 1 };
}

/** c = a b in tiles of 4 by 4, whose sixteen sums stay in registers. */
function multiply(
  c: Matrix,
  a: Matrix,
  b: Matrix,
  { rows, inner, columns }: { rows: number; inner: number; columns: number },
): void {
  const tiledRows = rows - rows % 4;
  const tiledColumns = columns - columns % 4;
  for (let i = 0; i < tiledRows; i += 4) {
    for (let j = 0; j < tiledColumns; j += 4) multiplyTile(c, a, b, i, j, inner);
  }
  for (let i = 0; i < rows; i++) {
    const first = i < tiledRows ? tiledColumns : 0;
    for (let j = first; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum += a.data[a.start + i * a.row + k * a.column]! *
          b.data[b.start + k * b.row + j * b.column]!;
      }
      c.data[c.start + i * c.row + j * c.column] = sum;
    }
  }
}

function multiplyTile(c: Matrix, a: Matrix, b: Matrix, i: number, j: number, inner: number): void {
  const x = a.data, y = b.data;
  let at = a.start + i * a.row, bt = b.start + j * b.column;
  const a1 = a.row, a2 = 2 * a.row, a3 = 3 * a.row;
  const b1 = b.column, b2 = 2 * b.column, b3 = 3 * b.column;
  let c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0;
  let c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
  for (let k = 0; k < inner; k++, at += a.column, bt += b.row) {
    const x0 = x[at]!, x1 = x[at + a1]!, x2 = x[at + a2]!, x3 = x[at + a3]!;
    const y0 = y[bt]!, y1 = y[bt + b1]!, y2 = y[bt + b2]!, y3 = y[bt + b3]!;
    c00 += x0 * y0, c01 += x0 * y1, c02 += x0 * y2, c03 += x0 * y3;
    c10 += x1 * y0, c11 += x1 * y1, c12 += x1 * y2, c13 += x1 * y3;
    c20 += x2 * y0, c21 += x2 * y1, c22 += x2 * y2, c23 += x2 * y3;
    c30 += x3 * y0, c31 += x3 * y1, c32 += x3 * y2, c33 += x3 * y3;
  }
  const to = c.data, s = c.start + i * c.row + j;
  const r1 = s + c.row, r2 = r1 + c.row, r3 = r2 + c.row;
  to[s] = c00, to[s + 1] = c01, to[s + 2] = c02, to[s + 3] = c03;
  to[r1] = c10, to[r1 + 1] = c11, to[r1 + 2] = c12, to[r1 + 3] = c13;
  to[r2] = c20, to[r2 + 1] = c21, to[r2 + 2] = c22, to[r2 + 3] = c23;
  to[r3] = c30, to[r3 + 1] = c31, to[r3 + 2] = c32, to[r3 + 3] = c33;
}
