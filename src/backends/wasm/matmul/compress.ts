/** Lists of the nonzero numbers of the left operand, and where each meets the right. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32, i32x4, i64, i64x2, i8x16, v128 } from "../assembler.ts";
import { emitBounds } from "./bounds.ts";
import { transposed } from "./packing.ts";
import { times } from "./times.ts";
import type { VectorType } from "../vector.ts";
import { loadLanes } from "../vector.ts";

/**
 * How the lists lie in memory. One or two rows are listed together, as a group. In a pair, steps at
 * which both rows have a number are apart from those at which one has: what is read of the right
 * operand then serves both. A list is an array of numbers for each of its rows, and one of offsets.
 */
export interface ListLayout {
  readonly vector: VectorType;
  /** How many rows a group has. */
  readonly rows: 1 | 2;
  /** The lists of a group. */
  readonly lists: readonly ListPlace[];
  /** From one group of rows to the next, in bytes. */
  readonly group: number;
  /** From one array of a list to the next, in bytes. */
  readonly array: number;
  /** From one row of the right operand to the next, in bytes: what offsets count in. */
  readonly rightStep: number;
  /** How many numbers are multiplied in one round; lists are filled up with zeros to that. */
  readonly unrolled: number;
}

/** A list: the rows of its group that have a number at its steps, and where it begins, in bytes. */
export interface ListPlace {
  readonly rows: readonly number[];
  readonly start: number;
}

/** Lays out the lists of a block of so many steps, whose rows are listed one by one or in pairs. */
export function layoutLists(
  vector: VectorType,
  rows: 1 | 2,
  { depth, rightStep }: { readonly depth: number; readonly rightStep: number },
): ListLayout {
  const array = (depth + 2 * vector.lanes) * vector.bytes;
  const unrolled = depth < 256 || rows === 2 ? 2 : 4; // the lists of pairs are shorter
  const lists: ListPlace[] = [];
  let group = 0;
  for (const those of rows === 1 ? [[0]] : [[0, 1], [0], [1]]) {
    lists.push({ rows: those, start: group });
    group += (those.length + 1) * array;
  }
  return { vector, rows, lists, group, array, rightStep, unrolled };
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

/** How a block lies whose rows are one after another, and how much of it may be left over. */
export interface RowLayout {
  /** From one row of the left operand to the next, in bytes. */
  readonly leftRow: number;
  /** Rows beyond a multiple of a group's, and columns beyond one of the vector's lanes. */
  readonly restRows: number;
  readonly restSteps: number;
}

/** Lists a block whose rows lie one after another. */
export function emitCompressRows(
  f: FunctionBuilder,
  layout: ListLayout,
  { lists, ends, table, left, rows, steps }: CompressOperands,
  { leftRow, restRows, restSteps }: RowLayout,
): void {
  const { vector } = layout;
  const source = f.local("i32"), offsets = f.local("v128"), rowsToGo = f.let(rows);
  const start = f.let(left), list = f.let(lists), end = f.let(ends), stop = f.local("i32");
  const constants = emitConstants(f, layout);
  emitBounds(f, rows, (zero) => [
    ...times(layout.rows, (row) => v128.load(zero, row * leftRow)),
    ...times(layout.rows + 1, (j) => v128.load(zero, j * layout.array)),
  ]);

  const group = (count: number): void => {
    const at = beginLists(f, layout, list);
    const round = (known: number): void => {
      const values = times(count, (row) => f.let(loadLanes(vector, source, known, row * leftRow)));
      append(f, layout, { ...constants, table, at, offsets }, values);
      f.set(offsets, nextOffsets(layout, offsets, constants));
    };
    f.set(source, start);
    f.set(offsets, firstOffsets(layout));
    f.set(stop, i32.add(start, i32.mul(i32.and(steps, -vector.lanes), vector.bytes)));
    f.while(i32.lessUnsigned(source, stop), () => {
      round(vector.lanes);
      f.increase(source, 16);
    });
    if (restSteps > 0) {
      f.if(i32.remainderUnsigned(steps, vector.lanes), () => round(restSteps));
    }
    finishLists(f, layout, { list, at, end });
    f.increase(start, count * leftRow);
    f.increase(rowsToGo, -count);
  };
  f.while(i32.greaterEqual(rowsToGo, layout.rows), () => group(layout.rows));
  if (restRows > 0) f.if(rowsToGo, () => group(restRows));
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
  const constants = emitConstants(f, layout);

  const square = (count: number): void => {
    const groups = Math.ceil(count / layout.rows);
    const at = times(groups, (g) => beginLists(f, layout, list, g * layout.group));
    const round = (known: number): void => {
      appendSquare(f, layout, { ...constants, table, at, source, offsets }, {
        leftStep,
        count,
        known,
      });
      f.set(offsets, nextOffsets(layout, offsets, constants));
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
    for (const pointers of at) finishLists(f, layout, { list, at: pointers, end });
    f.increase(start, count * vector.bytes);
    f.increase(rowsToGo, -count);
  };
  f.while(i32.greaterEqual(rowsToGo, vector.lanes), () => square(vector.lanes));
  if (restRows > 0) f.if(rowsToGo, () => square(restRows));
}

/** Where the next numbers of a block's rows are, and the lists of its groups they go to. */
interface Square extends Constants {
  readonly table: Local<"i32">;
  readonly at: readonly (readonly Local<"i32">[])[];
  readonly source: Local<"i32">;
  readonly offsets: Local<"v128">;
}

/** Lists a square of as many columns as rows, of which only the first few are there, or known. */
function appendSquare(
  f: FunctionBuilder,
  layout: ListLayout,
  { at, source, ...others }: Square,
  { leftStep, count, known }: {
    readonly leftStep: number;
    readonly count: number;
    readonly known: number;
  },
): void {
  const { vector } = layout;
  const columns = times(vector.lanes, (k) => {
    if (k >= known) return f.let(vector.splat(0));
    return f.let(loadLanes(vector, source, count, k * leftStep));
  });
  const any = columns.slice(1).reduce<Expression<"v128">>(v128.or, columns[0]!);
  f.if(v128.anyTrue(any), () => {
    const rows = transposed(f, vector, columns).slice(0, count);
    at.forEach((pointers, g) => {
      const values = rows.slice(g * layout.rows, (g + 1) * layout.rows);
      append(f, layout, { ...others, at: pointers }, values);
    });
  });
}

/** The lists of a group, each with the address at which it goes on. */
interface Lists extends Constants {
  readonly table: Local<"i32">;
  readonly at: readonly Local<"i32">[];
  readonly offsets: Local<"v128">;
}

/** The addresses at which the lists of a group begin. */
function beginLists(
  f: FunctionBuilder,
  { lists }: ListLayout,
  group: Local<"i32">,
  more = 0,
): Local<"i32">[] {
  return lists.map(({ start }) => f.let(i32.add(group, start + more)));
}

/** Adds the nonzero lanes of the rows of a group to its lists. */
function append(
  f: FunctionBuilder,
  { vector, lists, array }: ListLayout,
  { table, at, offsets, zeros }: Lists,
  rows: readonly Local<"v128">[],
): void {
  const swizzle = vector.fused ? i8x16.relaxedSwizzle : i8x16.swizzle;
  const masks = rows.map((row) => f.let(vector.bitmask(vector.notEqual(row, zeros))));
  lists.forEach((list, i) => {
    if (list.rows.some((row) => row >= rows.length)) return; // the last group may lack a row
    const where = masks.map((mask, row) =>
      list.rows.includes(row) ? mask : i32.xor(mask, (1 << vector.lanes) - 1)
    );
    const mask = f.let(where.slice(1).reduce<Expression<"i32">>(i32.and, where[0]!));
    const order = f.let(v128.load(i32.add(table, i32.shiftLeft(mask, 4))));
    const arrays = [...list.rows.map((row) => rows[row]!), offsets];
    arrays.forEach((lanes, j) => f.store(at[i]!, swizzle(lanes, order), j * array));
    f.increase(at[i]!, i32.mul(i32.countOnes(mask), vector.bytes));
  });
}

/** Fills the lists of a group up with zeros to whole rounds, and notes where each ends. */
function finishLists(
  f: FunctionBuilder,
  { vector, lists, group, array, unrolled }: ListLayout,
  { list, at, end }: {
    readonly list: Local<"i32">;
    readonly at: readonly Local<"i32">[];
    readonly end: Local<"i32">;
  },
): void {
  const round = unrolled * vector.bytes;
  lists.forEach(({ rows, start }, i) => {
    for (let j = 0; j <= rows.length; j++) {
      for (let done = 0; done < unrolled; done += vector.lanes) {
        f.store(at[i]!, vector.splat(0), j * array + done * vector.bytes);
      }
    }
    const from = i32.add(list, start);
    const length = i32.and(i32.add(i32.sub(at[i]!, from), round - 1), -round);
    f.store(end, i32.add(from, length), i * 4);
  });
  f.increase(list, group);
  f.increase(end, lists.length * 4);
}

function firstOffsets({ vector, rightStep }: ListLayout): Expression<"v128"> {
  const offsets = new DataView(new ArrayBuffer(16));
  for (let lane = 0; lane < vector.lanes; lane++) {
    offsets.setInt32(lane * vector.bytes, lane * rightStep, true);
  }
  return v128.const([...new Uint8Array(offsets.buffer)]);
}

function nextOffsets(
  { vector }: ListLayout,
  offsets: Expression<"v128">,
  { more }: Constants,
): Expression<"v128"> {
  return vector.bytes === 4 ? i32x4.add(offsets, more) : i64x2.add(offsets, more);
}

/** What every round needs. */
interface Constants {
  readonly zeros: Local<"v128">;
  /** By how much the offsets of one vector's numbers are beyond those of the one before. */
  readonly more: Local<"v128">;
}

function emitConstants(f: FunctionBuilder, { vector, rightStep }: ListLayout): Constants {
  const more = vector.lanes * rightStep;
  return {
    zeros: f.let(vector.splat(0)),
    more: f.let(vector.bytes === 4 ? i32x4.splat(more) : i64x2.splat(i64.const(BigInt(more)))),
  };
}
