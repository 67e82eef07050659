/** Lists of the nonzero numbers of each row of the left operand, and where each meets the right. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32, i32x4, i64, i64x2, i8x16, v128 } from "../assembler.ts";
import { transposed } from "./packing.ts";
import type { VectorType } from "../vector.ts";
import { loadLanes } from "../vector.ts";

/** How the lists lie in memory. */
export interface ListLayout {
  readonly vector: VectorType;
  /** From one row's list of values to the next, in bytes; its offsets lie in between. */
  readonly list: number;
  /** From a value to its offset in the right operand, in bytes. */
  readonly toOffset: number;
  /** From one row of the right operand to the next, in bytes: what offsets count in. */
  readonly rightStep: number;
  /** How many numbers are multiplied in one round; lists are filled up with zeros to that. */
  readonly unrolled: number;
}

/** The lists, and the block of the left operand they are made of. */
export interface CompressOperands {
  /** Where the lists of values begin. */
  readonly lists: Local<"i32">;
  /** Where the address of each list's end is written. */
  readonly ends: Local<"i32">;
  /** The table that `emitCompressTable` wrote. */
  readonly table: Local<"i32">;
  readonly left: Local<"i32">;
  readonly rows: Local<"i32">;
  readonly steps: Local<"i32">;
}

/** The bytes of the table. */
export function compressTableBytes({ lanes }: VectorType): number {
  return 16 << lanes;
}

/** Writes the table that says, for each set of lanes, how to move them to the front. */
export function emitCompressTable(
  f: FunctionBuilder,
  { lanes, bytes }: VectorType,
  table: Expression<"i32">,
): void {
  for (let mask = 0; mask < 1 << lanes; mask++) {
    const positions: number[] = [];
    for (let lane = 0; lane < lanes; lane++) {
      if (!(mask >> lane & 1)) continue;
      for (let byte = 0; byte < bytes; byte++) positions.push(lane * bytes + byte);
    }
    while (positions.length < 16) positions.push(255); // past the end: a zero
    f.store(table, v128.const(positions), mask * 16);
  }
}

/** Lists a block whose rows lie one after another. */
export function emitCompressRows(
  f: FunctionBuilder,
  layout: ListLayout,
  { lists, ends, table, left, rows, steps }: CompressOperands,
  { leftRow, restSteps }: { readonly leftRow: number; readonly restSteps: number },
): void {
  const { vector } = layout;
  const source = f.local("i32"), offsets = f.local("v128"), row = f.local("i32");
  const start = f.let(left), list = f.let(lists), end = f.let(ends), at = f.local("i32");
  const stop = f.local("i32");
  f.for(row, { below: rows }, () => {
    f.set(source, start);
    f.set(at, list);
    f.set(offsets, firstOffsets(layout));
    f.set(stop, i32.add(start, i32.mul(i32.and(steps, -vector.lanes), vector.bytes)));
    f.while(i32.lessUnsigned(source, stop), () => {
      append(f, layout, table, at, f.let(v128.load(source)), offsets);
      f.set(offsets, nextOffsets(layout, offsets));
      f.increase(source, 16);
    });
    if (restSteps > 0) {
      f.if(i32.remainderUnsigned(steps, vector.lanes), () => {
        append(f, layout, table, at, f.let(loadLanes(vector, source, restSteps)), offsets);
      });
    }
    finishList(f, layout, list, at, end);
    f.increase(start, leftRow);
    f.increase(list, layout.list);
    f.increase(end, 4);
  });
}

/** How a block lies whose columns are side by side, and how much of it may be left over. */
export interface ColumnLayout {
  /** From one column of the left operand to the next, in bytes. */
  readonly leftStep: number;
  /** Rows and columns beyond a multiple of the vector's lanes, where there are any. */
  readonly restRows: number;
  readonly restSteps: number;
}

/** Lists a block whose columns lie one after another, as the left operand stored transposed has. */
export function emitCompressColumns(
  f: FunctionBuilder,
  layout: ListLayout,
  { lists, ends, table, left, rows, steps }: CompressOperands,
  { leftStep, restRows, restSteps }: ColumnLayout,
): void {
  const { vector } = layout;
  const source = f.local("i32"), offsets = f.local("v128"), stepsToGo = f.local("i32");
  const start = f.let(left), list = f.let(lists), end = f.let(ends), rowsToGo = f.let(rows);

  const group = (count: number): void => {
    const at = Array.from({ length: count }, (_, row) => f.let(i32.add(list, row * layout.list)));
    const round = (known: number): void => {
      appendSquare(f, layout, { table, at, source, offsets }, { leftStep, known });
      f.set(offsets, nextOffsets(layout, offsets));
      f.increase(source, vector.lanes * leftStep);
    };
    f.set(source, start);
    f.set(offsets, firstOffsets(layout));
    f.set(stepsToGo, steps);
    f.while(i32.greaterEqual(stepsToGo, vector.lanes), () => {
      round(vector.lanes);
      f.increase(stepsToGo, -vector.lanes);
    });
    if (restSteps > 0) f.if(stepsToGo, () => round(restSteps));
    for (const pointer of at) {
      finishList(f, layout, list, pointer, end);
      f.increase(list, layout.list);
      f.increase(end, 4);
    }
    f.increase(start, count * vector.bytes);
    f.increase(rowsToGo, -count);
  };
  f.while(i32.greaterEqual(rowsToGo, vector.lanes), () => group(vector.lanes));
  if (restRows > 0) f.if(rowsToGo, () => group(restRows));
}

/** Where the next numbers of a group of rows are, and the lists they go to. */
interface Group {
  readonly table: Local<"i32">;
  readonly at: readonly Local<"i32">[];
  readonly source: Local<"i32">;
  readonly offsets: Local<"v128">;
}

/** Lists a square of as many columns as rows, of which only the first few are `known`. */
function appendSquare(
  f: FunctionBuilder,
  layout: ListLayout,
  { table, at, source, offsets }: Group,
  { leftStep, known }: { readonly leftStep: number; readonly known: number },
): void {
  const { vector } = layout;
  const columns = Array.from({ length: vector.lanes }, (_, k) => {
    if (k >= known) return f.let(vector.splat(0));
    return f.let(loadLanes(vector, source, at.length, k * leftStep));
  });
  const any = columns.slice(1).reduce<Expression<"v128">>(v128.or, columns[0]!);
  f.if(v128.anyTrue(any), () => {
    const rows = transposed(f, vector, columns);
    at.forEach((pointer, row) => append(f, layout, table, pointer, rows[row]!, offsets));
  });
}

/** Adds the nonzero lanes of `values` to the list that ends at `at`. */
function append(
  f: FunctionBuilder,
  { vector, toOffset }: ListLayout,
  table: Local<"i32">,
  at: Local<"i32">,
  values: Local<"v128">,
  offsets: Local<"v128">,
): void {
  const mask = f.let(vector.bitmask(vector.notEqual(values, vector.splat(0))));
  const order = f.let(v128.load(i32.add(table, i32.shiftLeft(mask, 4))));
  const swizzle = vector.fused ? i8x16.relaxedSwizzle : i8x16.swizzle;
  f.store(at, swizzle(values, order));
  f.store(at, swizzle(offsets, order), toOffset);
  f.increase(at, i32.mul(i32.countOnes(mask), vector.bytes));
}

/** Fills the list up with zeros to a whole round, and notes where it ends. */
function finishList(
  f: FunctionBuilder,
  { vector, toOffset, unrolled }: ListLayout,
  list: Local<"i32">,
  at: Local<"i32">,
  end: Local<"i32">,
): void {
  for (let done = 0; done < unrolled; done += vector.lanes) {
    f.store(at, vector.splat(0), done * vector.bytes);
    f.store(at, vector.splat(0), toOffset + done * vector.bytes);
  }
  const round = unrolled * vector.bytes;
  const length = i32.and(i32.add(i32.sub(at, list), round - 1), -round);
  f.store(end, i32.add(list, length));
}

function firstOffsets({ vector, rightStep }: ListLayout): Expression<"v128"> {
  const offsets = new DataView(new ArrayBuffer(16));
  for (let lane = 0; lane < vector.lanes; lane++) {
    offsets.setInt32(lane * vector.bytes, lane * rightStep, true);
  }
  return v128.const([...new Uint8Array(offsets.buffer)]);
}

function nextOffsets(
  { vector, rightStep }: ListLayout,
  offsets: Expression<"v128">,
): Expression<"v128"> {
  const more = vector.lanes * rightStep;
  return vector.bytes === 4
    ? i32x4.add(offsets, i32x4.splat(more))
    : i64x2.add(offsets, i64x2.splat(i64.const(BigInt(more))));
}
