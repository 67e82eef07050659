/** Where the sums of a tile start from, and what becomes of them. */

import type { Expression, FunctionBuilder, Local, Operand } from "../assembler.ts";
import { i32 } from "../assembler.ts";
import type { VectorType } from "../vector.ts";
import { loadLanes, storeLanes } from "../vector.ts";

/** The place of one vector in the result of a product. */
export interface Place {
  /** How many of the vector's numbers are in the result: all but at the right edge. */
  readonly lanes: number;
  /** The row of the vector. */
  readonly row: Expression<"i32">;
  /** The column of its first number. */
  readonly column: Expression<"i32">;
  /** The numbers at the same place of another matrix of the result's shape. */
  readonly load: (matrix: Operand<"i32">) => Expression<"v128">;
  /** Writes the same place of another matrix of the result's shape. */
  readonly store: (matrix: Operand<"i32">, value: Expression<"v128">) => void;
  /** The numbers of a row that belong to the vector's columns, as for a bias. */
  readonly loadRow: (row: Operand<"i32">) => Expression<"v128">;
  /** The number of a column that belongs to the vector's row, in every lane. */
  readonly loadColumn: (column: Operand<"i32">) => Expression<"v128">;
}

/** Changes finished sums before they are stored: a bias, an activation, a mask, an update. */
export type Epilogue = (f: FunctionBuilder, value: Local<"v128">, place: Place) => void;

/** What is known of the result when its code is written. */
export interface Result {
  readonly vector: VectorType;
  /** The columns of the whole result. */
  readonly columns: number;
  /**
   * Whether each sum is added up in the order of its products. Else parts of it are added up apart:
   * what rounding adds then grows with the length of a part, and not with that of the sum.
   */
  readonly inOrder: boolean;
  /** Whether the epilogue stores what is to be kept, and the sums themselves are not. */
  readonly discard: boolean;
  readonly epilogue: Epilogue | undefined;
}

/** Where a tile begins, and which part of its sums is added up now. */
export interface TilePlace {
  /** The address of the whole result. */
  readonly out: Local<"i32">;
  readonly row: Local<"i32">;
  readonly column: Local<"i32">;
  /** Zero if the sums have a part that was added up before. */
  readonly first: Operand<"i32">;
  /** Zero if the sums have a part that is added up later. */
  readonly last: Operand<"i32">;
}

/** Sums in registers, row by row, and how many numbers the last vector of each row has. */
export interface Sums {
  readonly rows: readonly (readonly Local<"v128">[])[];
  readonly lastLanes: number;
}

/** The address of the first sum. */
export function emitAddress(
  f: FunctionBuilder,
  { vector, columns }: Result,
  { out, row, column }: TilePlace,
): Local<"i32"> {
  const start = i32.add(i32.mul(row, columns), column);
  return f.let(i32.add(out, i32.mul(start, vector.bytes)));
}

/** Gives the sums the values they start from. */
export function emitStart(
  f: FunctionBuilder,
  result: Result,
  sums: Sums,
  place: TilePlace,
  address: Local<"i32">,
): void {
  const zero = (): void => each(result, sums, (sum) => f.set(sum, result.vector.splat(0)));
  const resume = (): void =>
    each(
      result,
      sums,
      (sum, lanes, offset) => f.set(sum, loadLanes(result.vector, address, lanes, offset)),
    );
  if (result.inOrder) either(f, place.first, zero, resume);
  else zero();
}

/** Stores the sums, changed by the epilogue if they are complete. */
export function emitFinish(
  f: FunctionBuilder,
  result: Result,
  sums: Sums,
  place: TilePlace,
  address: Local<"i32">,
): void {
  const { vector, epilogue, discard } = result;
  const store = (sum: Local<"v128">, lanes: number, offset: number): void => {
    for (const part of storeLanes(vector, address, sum, lanes, offset)) f.do(part);
  };
  const addBefore = (): void =>
    each(
      result,
      sums,
      (sum, lanes, offset) =>
        f.set(sum, vector.add(sum, loadLanes(vector, address, lanes, offset))),
    );
  if (!result.inOrder) either(f, place.first, () => {}, addBefore);
  if (!epilogue) return each(result, sums, store);
  const finish = (): void => {
    const start = f.let(i32.sub(address, place.out));
    each(result, sums, (sum, lanes, offset, row, v) => {
      epilogue(f, sum, placeOf(f, result, place, { start, lanes, offset, row, v }));
      if (!discard) store(sum, lanes, offset);
    });
  };
  either(f, place.last, finish, () => each(result, sums, store));
}

/** One of two branches, chosen at once where the condition is known. */
function either(
  f: FunctionBuilder,
  condition: Operand<"i32">,
  yes: () => void,
  no: () => void,
): void {
  if (typeof condition !== "number") f.if(condition, yes, no);
  else if (condition) yes();
  else no();
}

function each(
  { vector, columns }: Result,
  sums: Sums,
  visit: (sum: Local<"v128">, lanes: number, offset: number, row: number, v: number) => void,
): void {
  sums.rows.forEach((row, i) =>
    row.forEach((sum, v) => {
      const lanes = v === row.length - 1 ? sums.lastLanes : vector.lanes;
      visit(sum, lanes, i * columns * vector.bytes + v * 16, i, v);
    })
  );
}

function placeOf(
  f: FunctionBuilder,
  { vector }: Result,
  tile: TilePlace,
  at: {
    readonly start: Local<"i32">;
    readonly lanes: number;
    readonly offset: number;
    readonly row: number;
    readonly v: number;
  },
): Place {
  const { start, lanes, offset } = at;
  const row = i32.add(tile.row, at.row);
  const column = i32.add(tile.column, at.v * vector.lanes);
  /** An address and an offset; a constant address becomes part of the offset. */
  const within = (base: Operand<"i32">, index: Expression<"i32">, more: number) =>
    typeof base === "number"
      ? { address: index, more: base + more }
      : { address: i32.add(base, index), more };
  return {
    lanes,
    row,
    column,
    load: (matrix) => {
      const { address, more } = within(matrix, start, offset);
      return loadLanes(vector, address, lanes, more);
    },
    store: (matrix, value) => {
      const { address, more } = within(matrix, start, offset);
      for (const part of storeLanes(vector, address, value, lanes, more)) f.do(part);
    },
    loadRow: (vectorOfColumns) => {
      const index = i32.mul(tile.column, vector.bytes);
      const { address, more } = within(vectorOfColumns, index, at.v * 16);
      return loadLanes(vector, address, lanes, more);
    },
    loadColumn: (vectorOfRows) => {
      const index = i32.mul(tile.row, vector.bytes);
      const { address, more } = within(vectorOfRows, index, at.row * vector.bytes);
      return vector.loadSplat(address, more);
    },
  };
}
