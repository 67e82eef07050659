/** The innermost part of a product: a tile of the result that stays in registers. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32 } from "../assembler.ts";
import { loadLanes } from "../vector.ts";
import type { Result, TilePlace } from "./result.ts";
import { emitAddress, emitFinish, emitStart } from "./result.ts";
import { times } from "./times.ts";

/** How many rows and vectors of columns a tile has, and how many numbers its last vector holds. */
export interface TileShape {
  readonly rows: number;
  readonly vectors: number;
  readonly lastLanes: number;
}

/** How far apart neighbours lie in the operands, in bytes. */
export interface OperandLayout {
  /** Between two rows of the left operand. */
  readonly leftRow: number;
  /** Between two columns of the left operand. */
  readonly leftStep: number;
  /** Between two rows of the right operand. */
  readonly rightStep: number;
  /** Between two columns of the right operand. */
  readonly rightColumn: number;
  /** Whether the right operand can be read past its last column. */
  readonly rightPadded: boolean;
  /** How many products of each sum, or vectors of them, are written one after another, at most. */
  readonly unrolled: number;
  /** The number of products in a whole sum. */
  readonly length: number;
}

/** Where a tile and its operands begin, and how many products are added up. */
export interface TileOperands extends TilePlace {
  readonly left: Local<"i32">;
  readonly right: Local<"i32">;
  readonly steps: Local<"i32">;
}

/**
 * Adds up a tile, one product of a column by a row at a time. The engine keeps the order given
 * here, so the largest tile (6 rows of 2 vectors, with 2 of the right operand and 1 number of the
 * left one) fills the 15 registers there are and nothing is spilled. Each row has a pointer of its
 * own: accesses at equal offsets then share the arithmetic of their bounds checks.
 */
export function emitTile(
  f: FunctionBuilder,
  result: Result,
  { rows, vectors, lastLanes }: TileShape,
  { leftRow, leftStep, rightStep, rightPadded, unrolled: most, length }: OperandLayout,
  operands: TileOperands,
): void {
  const { vector } = result;
  const { left, right, steps } = operands;
  const lefts = times(rows, (row) => f.let(i32.add(left, row * leftRow)));
  const rights = times(vectors, (v) => f.let(i32.add(right, v * 16)));
  const sums = { rows: times(rows, () => times(vectors, () => f.local("v128"))), lastLanes };
  const lanes = (v: number): number => v === vectors - 1 && !rightPadded ? lastLanes : vector.lanes;

  const a = f.local("v128"), b = times(vectors, () => f.local("v128"));
  const added = sums.rows.map((row) => row.map((sum, v) => vector.multiplyAdd(a, b[v]!, sum)));
  const step = (position: number): void => {
    for (let v = 0; v < vectors; v++) {
      f.set(b[v]!, loadLanes(vector, rights[v]!, lanes(v), position * rightStep));
    }
    for (let row = 0; row < rows; row++) {
      f.set(a, vector.loadSplat(lefts[row]!, position * leftStep));
      for (let v = 0; v < vectors; v++) f.set(sums.rows[row]![v]!, added[row]![v]!);
    }
  };
  const until = (end: Expression<"i32">, unrolled: number): void => {
    const below = f.let(end);
    f.while(i32.lessUnsigned(rights[0]!, below), () => {
      for (let position = 0; position < unrolled; position++) step(position);
      for (const pointer of lefts) f.increase(pointer, unrolled * leftStep);
      for (const pointer of rights) f.increase(pointer, unrolled * rightStep);
    });
  };

  const address = emitAddress(f, result, operands);
  emitStart(f, result, sums, operands, address);
  const unrolled = Math.min(most, rows * vectors > 8 ? 8 : 4); // fewer sums gain nothing by more
  const end = (count: Expression<"i32">) => i32.add(right, i32.mul(count, rightStep));
  if (length >= unrolled) until(end(i32.and(steps, -unrolled)), unrolled);
  if (length % unrolled > 0) until(end(steps), 1);
  emitFinish(f, result, sums, operands, address);
}
