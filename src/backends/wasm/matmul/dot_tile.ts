/** A tile of a product whose operands both lie along the depth: each sum is a vector of parts. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32 } from "../assembler.ts";
import { loadLanes, type VectorType } from "../vector.ts";
import type { Result } from "./result.ts";
import { emitAddress, emitFinish, emitStart } from "./result.ts";
import type { OperandLayout, TileOperands, TileShape } from "./tile.ts";
import { times } from "./times.ts";

/**
 * Adds up a tile, a vector of the depth at a time: nothing of the right operand has to be turned over
 * first, which takes as long as to multiply it by five rows. The parts of each sum are added last.
 */
export function emitDotTile(
  f: FunctionBuilder,
  result: Result,
  { rows, vectors, lastLanes }: TileShape,
  { leftRow, rightColumn, unrolled, length }: OperandLayout,
  operands: TileOperands,
): void {
  const { vector } = result;
  const { lanes } = vector;
  const { left, right, steps } = operands;
  const columns = (vectors - 1) * lanes + lastLanes;
  const lefts = times(rows, (row) => f.let(i32.add(left, row * leftRow)));
  const rights = times(columns, (column) => f.let(i32.add(right, column * rightColumn)));
  const parts = times(rows, () => times(columns, () => f.let(vector.splat(0))));

  const a = times(rows, () => f.local("v128")), b = times(columns, () => f.local("v128"));
  const multiply = (row: number, column: number): void => {
    const part = parts[row]![column]!;
    f.set(part, vector.multiplyAdd(a[row]!, b[column]!, part));
  };
  const sides = [{ lanes: a, at: lefts }, { lanes: b, at: rights }] as const;
  const isTall = rows > columns;
  const [few, many] = isTall ? [sides[1], sides[0]] : sides;
  /** Multiplies `count` steps of the depth; the fewer rows or columns are held while others pass. */
  const step = (count: number, position: number): void => {
    const load = ({ lanes, at }: typeof sides[number], i: number): void =>
      f.set(lanes[i]!, loadLanes(vector, at[i]!, count, position * 16));
    times(few.at.length, (i) => load(few, i));
    times(many.at.length, (j) => {
      load(many, j);
      times(few.at.length, (i) => isTall ? multiply(j, i) : multiply(i, j));
    });
  };
  const until = (end: Expression<"i32">, most: number): void => {
    const below = f.let(end);
    f.while(i32.lessUnsigned(lefts[0]!, below), () => {
      times(most, (position) => step(lanes, position));
      for (const pointer of [...lefts, ...rights]) f.increase(pointer, most * 16);
    });
  };
  const end = (multiple: number): Expression<"i32"> =>
    i32.add(left, i32.mul(i32.and(steps, -multiple), vector.bytes));
  if (length >= unrolled * lanes) until(end(unrolled * lanes), unrolled);
  if (length % (unrolled * lanes) >= lanes) until(end(lanes), 1);
  const rest = length % lanes;
  if (rest > 0) f.if(i32.remainderUnsigned(steps, lanes), () => step(rest, 0));

  const sums = { rows: times(rows, () => times(vectors, () => f.local("v128"))), lastLanes };
  const address = emitAddress(f, result, operands);
  emitStart(f, result, sums, operands, address);
  sums.rows.forEach((row, i) =>
    row.forEach((sum, v) => {
      const whole = added(f, vector, parts[i]!.slice(v * lanes, (v + 1) * lanes));
      f.set(sum, vector.add(sum, whole));
    })
  );
  emitFinish(f, result, sums, operands, address);
}

/** The sums of up to as many vectors as a vector has lanes, each in the lane of its own. */
function added(
  f: FunctionBuilder,
  { lanes, add, shuffle }: VectorType,
  vectors: readonly Local<"v128">[],
): Expression<"v128"> {
  const halves = (a: Local<"v128">, b: Local<"v128">): Expression<"v128"> =>
    lanes === 4
      ? add(shuffle(a, b, [0, 4, 1, 5]), shuffle(a, b, [2, 6, 3, 7]))
      : add(shuffle(a, b, [0, 2]), shuffle(a, b, [1, 3]));
  const [a, b = a, c = a, d = c] = vectors as [Local<"v128">, ...Local<"v128">[]];
  if (lanes === 2) return halves(a, b);
  const ab = f.let(halves(a, b)), cd = vectors.length > 2 ? f.let(halves(c, d)) : ab;
  return add(shuffle(ab, cd, [0, 1, 4, 5]), shuffle(ab, cd, [2, 3, 6, 7]));
}
