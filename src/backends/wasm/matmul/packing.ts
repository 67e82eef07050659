/** Copies of blocks of the operands, laid out in the order in which tiles read them. */

import type { FunctionBuilder, Local } from "../assembler.ts";
import { i32, v128 } from "../assembler.ts";
import { emitBounds } from "./bounds.ts";
import { times } from "./times.ts";
import type { VectorType } from "../vector.ts";
import { loadLanes } from "../vector.ts";

/** A block to copy and where to. */
export interface Packing {
  readonly to: Local<"i32">;
  readonly from: Local<"i32">;
  /** How many rows of `from`. */
  readonly rows: Local<"i32">;
  /** How many numbers of each row. */
  readonly columns: Local<"i32">;
}

/** How far apart the rows lie, in bytes, before and after, and how many numbers may be left over. */
export interface PackingLayout {
  readonly fromRow: number;
  readonly toRow: number;
  /** The pieces of a row: so many vectors each, and as many bytes apart afterwards. */
  readonly piece: { readonly vectors: number; readonly apart: number };
  /** Columns beyond a multiple of the vector's lanes, where there are any. */
  readonly restColumns: number;
}

/**
 * Copies rows as they are or piece by piece, filling the last vector of each with zeros; visits each
 * vector. A row is read from end to end, whatever becomes of its pieces: so it is fetched ahead.
 */
export function emitCopyRows(
  f: FunctionBuilder,
  vector: VectorType,
  { to, from, rows, columns }: Packing,
  { fromRow, toRow, piece, restColumns }: PackingLayout,
  visit: (value: Local<"v128">) => void = () => {},
): void {
  const start = f.let(from), end = f.let(to), row = f.local("i32");
  const source = f.local("i32"), target = f.local("i32"), toGo = f.local("i32");
  const value = f.local("v128");
  const move = (count: number, position: number): void => {
    f.set(value, loadLanes(vector, source, count, position * 16));
    f.store(target, value, position * 16);
    visit(value);
  };
  emitBounds(f, rows, (zero) => times(piece.vectors, (position) => v128.load(zero, position * 16)));
  f.for(row, { below: rows }, () => {
    f.set(source, start);
    f.set(target, end);
    f.set(toGo, columns);
    for (const { vectors, apart } of [piece, { vectors: 1, apart: 16 }]) {
      const numbers = vectors * vector.lanes;
      f.while(i32.greaterEqual(toGo, numbers), () => {
        for (let position = 0; position < vectors; position++) move(vector.lanes, position);
        f.increase(source, vectors * 16);
        f.increase(target, apart);
        f.increase(toGo, -numbers);
      });
    }
    if (restColumns > 0) f.if(toGo, () => move(restColumns, 0));
    f.increase(start, fromRow);
    f.increase(end, toRow);
  });
}

/** Copies a block so that its columns become rows; each row's last vector is filled with zeros. */
export function emitTranspose(
  f: FunctionBuilder,
  vector: VectorType,
  { to, from, rows, columns }: Packing,
  { fromRow, toRow, restRows }: Pick<PackingLayout, "fromRow" | "toRow"> & {
    readonly restRows: number;
  },
  visit: (value: Local<"v128">) => void = () => {},
): void {
  const { lanes, bytes } = vector;
  const source = f.local("i32"), target = f.local("i32"), columnsToGo = f.local("i32");
  const rowsToGo = f.let(rows);
  const start = f.let(from), end = f.let(to);

  /** Moves `count` columns of `height` rows; both are at most a vector's lanes. */
  const move = (height: number, count: number): void => {
    const loaded = Array.from(
      { length: lanes },
      (_, row) =>
        row < height
          ? f.let(loadLanes(vector, source, count, row * fromRow))
          : f.let(vector.splat(0)),
    );
    transposed(f, vector, loaded).slice(0, count).forEach((value, column) => {
      f.store(target, value, column * toRow);
      visit(value);
    });
    f.increase(source, count * bytes);
    f.increase(target, count * toRow);
    f.increase(columnsToGo, -count);
  };
  const strip = (height: number): void => {
    f.set(source, start);
    f.set(target, end);
    f.set(columnsToGo, columns);
    f.while(i32.greaterEqual(columnsToGo, lanes), () => move(height, lanes));
    f.while(columnsToGo, () => move(height, 1));
    f.increase(start, lanes * fromRow);
    f.increase(end, 16);
  };
  f.while(i32.greaterEqual(rowsToGo, lanes), () => {
    strip(lanes);
    f.increase(rowsToGo, -lanes);
  });
  if (restRows > 0) f.if(rowsToGo, () => strip(restRows));
}

/** The columns of a square block of vectors. */
export function transposed(
  f: FunctionBuilder,
  vector: VectorType,
  rows: readonly Local<"v128">[],
): Local<"v128">[] {
  const [a, b, c, d] = rows as [Local<"v128">, Local<"v128">, Local<"v128">, Local<"v128">];
  const { shuffle } = vector;
  if (vector.lanes === 2) return [f.let(shuffle(a, b, [0, 2])), f.let(shuffle(a, b, [1, 3]))];
  const ab = f.let(shuffle(a, b, [0, 4, 1, 5])), AB = f.let(shuffle(a, b, [2, 6, 3, 7]));
  const cd = f.let(shuffle(c, d, [0, 4, 1, 5])), CD = f.let(shuffle(c, d, [2, 6, 3, 7]));
  return [
    f.let(shuffle(ab, cd, [0, 1, 4, 5])),
    f.let(shuffle(ab, cd, [2, 3, 6, 7])),
    f.let(shuffle(AB, CD, [0, 1, 4, 5])),
    f.let(shuffle(AB, CD, [2, 3, 6, 7])),
  ];
}

/** How many columns a group has, how far apart groups lie, and how many columns may be left over. */
export interface TileLayout {
  readonly fromRow: number;
  readonly group: number;
  readonly groupBytes: number;
  readonly rest: number;
}

/** Copies columns in groups as tall as a tile: for each row, the group's numbers side by side. */
export function emitPackTiles(
  f: FunctionBuilder,
  vector: VectorType,
  { to, from, rows, columns }: Packing,
  { fromRow, group, groupBytes, rest }: TileLayout,
): void {
  const toGo = f.let(columns), row = f.local("i32");
  const start = f.let(from), end = f.let(to);
  const source = f.local("i32"), target = f.local("i32");
  const vectors = Math.ceil(group / vector.lanes);
  const copy = (numbers: number): void => {
    f.set(source, start);
    f.set(target, end);
    f.for(row, { below: rows }, () => {
      for (let v = 0; v < vectors && v * vector.lanes < numbers; v++) {
        const count = Math.min(vector.lanes, numbers - v * vector.lanes);
        f.store(target, loadLanes(vector, source, count, v * 16), v * 16);
      }
      f.increase(source, fromRow);
      f.increase(target, group * vector.bytes);
    });
    f.increase(start, group * vector.bytes);
    f.increase(end, groupBytes);
  };
  f.while(i32.greaterEqual(toGo, group), () => {
    copy(group);
    f.increase(toGo, -group);
  });
  if (rest > 0) f.if(toGo, () => copy(rest));
}
