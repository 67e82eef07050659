/** A block of a product whose left operand is mostly zeros, which are left out. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32, v128 } from "../assembler.ts";
import type { VectorType } from "../vector.ts";
import type { ListLayout } from "./compress.ts";
import type { Result, TilePlace } from "./result.ts";
import { emitAddress, emitFinish, emitStart } from "./result.ts";

/** How many columns a panel has when whole, as vectors, and how many numbers may be left over. */
export interface PanelLayout {
  readonly panelVectors: number;
  readonly restColumns: number;
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
const vectorsPerAddress = 4;

/** Multiplies the lists of a block by one panel of the right operand. */
export function emitSparse(
  f: FunctionBuilder,
  result: Result,
  layout: ListLayout,
  { panelVectors, restColumns }: PanelLayout,
  block: SparseOperands,
): void {
  const { vector } = result;
  const { lists, ends, right, rowEnd, columnEnd } = block;
  const row = f.let(block.row), list = f.let(lists), end = f.let(ends);
  const at = f.local("i32"), stop = f.local("i32");
  const a = f.local("v128");

  const rows = (vectors: number, lastLanes: number): void => {
    const sums = { rows: [Array.from({ length: vectors }, () => f.local("v128"))], lastLanes };
    const place = { ...block, row };
    const groups = Math.ceil(vectors / vectorsPerAddress);
    const [first, ...others] = Array.from({ length: groups }, () => f.local("i32"));
    const addresses = [first!, ...others];
    const load = (v: number) =>
      v128.load(addresses[Math.floor(v / vectorsPerAddress)]!, v % vectorsPerAddress * 16);
    f.while(i32.less(row, rowEnd), () => {
      const address = emitAddress(f, result, place);
      emitStart(f, result, sums, place, address);
      f.set(at, list);
      f.set(stop, i32.load(end));
      sums.rows[0]!.slice(0, vectorsPerAddress).forEach((_, v) => f.drop(v128.load(right, v * 16)));
      f.while(i32.lessUnsigned(at, stop), () => {
        for (let i = 0; i < layout.unrolled; i++) {
          f.set(first!, i32.add(right, i32.load(at, layout.toOffset)));
          others.forEach((other, i) =>
            f.set(other, i32.add(first!, (i + 1) * vectorsPerAddress * 16))
          );
          f.set(a, vector.loadSplat(at));
          f.increase(at, vector.bytes);
          sums.rows[0]!.forEach((sum, v) => f.set(sum, vector.multiplyAdd(a, load(v), sum)));
        }
      });
      emitFinish(f, result, sums, place, address);
      f.increase(row, 1);
      f.increase(list, layout.list);
      f.increase(end, 4);
    });
  };

  const whole = (): void => rows(panelVectors, vector.lanes);
  if (restColumns === 0) return whole();
  const vectors = Math.ceil(restColumns / vector.lanes);
  const width = i32.sub(columnEnd, block.column);
  f.if(
    i32.equal(width, panelVectors * vector.lanes),
    whole,
    () => rows(vectors, restColumns - (vectors - 1) * vector.lanes),
  );
}

/** A matrix to sample: `outer` rows, `stride` bytes apart, of `inner` numbers side by side. */
export interface Sampled {
  readonly from: Local<"i32">;
  readonly outer: Local<"i32">;
  readonly inner: Local<"i32">;
  readonly stride: number;
}

/** Whether less than `density` of a matrix is nonzero, judged by a vector in each 64 bytes. */
export function emitIsSparse(
  f: FunctionBuilder,
  vector: VectorType,
  { from, outer, inner, stride }: Sampled,
  density: number,
): Expression<"i32"> {
  const apart = 64 / vector.bytes;
  const row = f.let(from), at = f.local("i32"), i = f.local("i32"), j = f.local("i32");
  const nonzeros = f.local("i32"), seen = f.local("i32");
  const below = f.let(i32.sub(inner, vector.lanes - 1));
  f.for(i, { below: outer }, () => {
    f.set(at, row);
    f.for(j, { below, step: apart }, () => {
      const isNonzero = vector.notEqual(v128.load(at), vector.splat(0));
      f.increase(nonzeros, i32.countOnes(vector.bitmask(isNonzero)));
      f.increase(seen, vector.lanes);
      f.increase(at, apart * vector.bytes);
    });
    f.increase(row, stride);
  });
  return i32.less(i32.mul(nonzeros, 256), i32.mul(seen, Math.round(256 * density)));
}
