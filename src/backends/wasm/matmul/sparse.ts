/** A block of a product whose left operand is mostly zeros, which are left out. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32, v128 } from "../assembler.ts";
import { emitBounds } from "./bounds.ts";
import type { VectorType } from "../vector.ts";
import type { ListLayout } from "./compress.ts";
import type { Result, TilePlace } from "./result.ts";
import { emitAddress, emitFinish, emitStart } from "./result.ts";
import { times } from "./times.ts";

/** How many columns a panel has when whole, as vectors, and how many numbers may be left over. */
export interface PanelLayout {
  readonly panelVectors: number;
  readonly restColumns: number;
  /** How many rows of the whole result may be left over from whole groups. */
  readonly restRows: number;
}

/** Where the lists and the result begin and end. */
export interface SparseOperands extends TilePlace {
  readonly lists: Local<"i32">;
  readonly ends: Local<"i32">;
  readonly right: Local<"i32">;
  readonly rowEnd: Local<"i32">;
  readonly columnEnd: Local<"i32">;
}

/**
 * How many vectors are read from one address. Where memory has no guard pages V8 compares every
 * address with a bound for its offset, and bounds that find no register cost a load each.
 */
const vectorsPerAddress = { 1: 4, 2: 3 } as const;

/** Multiplies the lists of a block by one panel of the right operand. */
export function emitSparse(
  f: FunctionBuilder,
  result: Result,
  layout: ListLayout,
  { panelVectors, restColumns, restRows }: PanelLayout,
  block: SparseOperands,
): void {
  const { vector } = result;
  const { rowEnd, columnEnd, column } = block;
  const rows = (vectors: number, lastLanes: number): void => {
    const next = { row: f.let(block.row), list: f.let(block.lists), end: f.let(block.ends) };
    const groups = (height: number): void => {
      f.while(i32.lessEqual(i32.add(next.row, height), rowEnd), () => {
        emitGroup(f, result, layout, { ...block, ...next }, { height, vectors, lastLanes });
        f.increase(next.row, height);
        f.increase(next.list, layout.group);
        f.increase(next.end, layout.lists.length * 4);
      });
    };
    groups(layout.rows);
    if (restRows > 0) groups(restRows);
  };

  const whole = (): void => rows(panelVectors, vector.lanes);
  if (restColumns === 0) return whole();
  const vectors = Math.ceil(restColumns / vector.lanes);
  f.if(
    i32.equal(i32.sub(columnEnd, column), panelVectors * vector.lanes),
    whole,
    () => rows(vectors, restColumns - (vectors - 1) * vector.lanes),
  );
}

/** Multiplies the lists of a group of rows, of which the last may have fewer than the others. */
function emitGroup(
  f: FunctionBuilder,
  result: Result,
  { lists, rows, array, unrolled }: ListLayout,
  { list, end, right, ...place }: SparseOperands & Readonly<Record<"list" | "end", Local<"i32">>>,
  { height, vectors, lastLanes }: Readonly<Record<"height" | "vectors" | "lastLanes", number>>,
): void {
  const { vector } = result;
  const sums = { rows: times(height, () => times(vectors, () => f.local("v128"))), lastLanes };
  const near = vectorsPerAddress[rows];
  const addresses = times(Math.ceil(vectors / near), () => f.local("i32"));
  const at = f.local("i32"), stop = f.local("i32"), b = f.local("v128");
  const a = times(height, () => f.local("v128"));
  const start = emitAddress(f, result, place);
  emitStart(f, result, sums, place, start);
  emitBounds(f, list, (zero) => [
    ...times(Math.min(vectors, near), (v) => v128.load(zero, v * 16)),
    ...times(height, (row) => vector.loadSplat(zero, row * array)),
    ...times(height, (row) => i32.load(zero, (row + 1) * array)),
  ]);

  const multiply = (those: readonly number[]): void => {
    const offset = i32.load(at, those.length * array);
    addresses.forEach((address, i) =>
      f.set(address, i === 0 ? i32.add(right, offset) : i32.add(addresses[0]!, i * near * 16))
    );
    those.forEach((row, j) => f.set(a[row]!, vector.loadSplat(at, j * array)));
    f.increase(at, vector.bytes);
    for (let v = 0; v < vectors; v++) {
      f.set(b, v128.load(addresses[Math.floor(v / near)]!, v % near * 16));
      for (const row of those) {
        const sum = sums.rows[row]![v]!;
        f.set(sum, vector.multiplyAdd(a[row]!, b, sum));
      }
    }
  };
  lists.forEach((those, i) => {
    if (those.rows.some((row) => row >= height)) return;
    f.set(at, i32.add(list, those.start));
    f.set(stop, i32.load(end, i * 4));
    f.while(i32.lessUnsigned(at, stop), () => {
      for (let count = 0; count < unrolled; count++) multiply(those.rows);
    });
  });
  emitFinish(f, result, sums, place, start);
}

/** A matrix to sample: `outer` rows, `stride` bytes apart, of `inner` numbers side by side. */
export interface Sampled {
  readonly from: Local<"i32">;
  readonly outer: Local<"i32">;
  readonly inner: Local<"i32">;
  readonly stride: number;
}

/** Whether less than `density` of a matrix is nonzero: a vector in each 64 bytes of some rows tells. */
export function emitIsSparse(
  f: FunctionBuilder,
  vector: VectorType,
  { from, outer, inner, stride }: Sampled,
  density: number,
): Expression<"i32"> {
  const apart = 64 / vector.bytes, rowsApart = 4;
  const row = f.let(from), at = f.local("i32"), i = f.local("i32"), j = f.local("i32");
  const nonzeros = f.local("i32"), seen = f.local("i32");
  const below = f.let(i32.sub(inner, vector.lanes - 1));
  f.for(i, { below: outer, step: rowsApart }, () => {
    f.set(at, row);
    f.for(j, { below, step: apart }, () => {
      const isNonzero = vector.notEqual(v128.load(at), vector.splat(0));
      f.increase(nonzeros, i32.countOnes(vector.bitmask(isNonzero)));
      f.increase(seen, vector.lanes);
      f.increase(at, apart * vector.bytes);
    });
    f.increase(row, rowsApart * stride);
  });
  return i32.less(i32.mul(nonzeros, 256), i32.mul(seen, Math.round(256 * density)));
}
