/** How numbers get from one place in memory to another: as many bytes at once as can be. */

import type { DType } from "../../../ops/dtype.ts";
import type { Binary, Expression, FunctionBuilder, Load, Local } from "../assembler.ts";
import type { Operand, Store, ValueType } from "../assembler.ts";
import { f32, f32x4, f64, f64x2, i32, i32x4, i64, v128 } from "../assembler.ts";

/** Where something is: an address that is known when it runs, and a distance from there. */
export interface Spot {
  readonly at: Local<"i32">;
  readonly offset: number;
}

/** So many bytes, which a load and a store move. */
export interface Unit {
  readonly bytes: number;
  /** Copies the unit, or adds it to what is there. */
  readonly move: (to: Spot, from: Spot) => Expression<"void">;
}

const vectors: Unit = unit(16, v128.load, v128.store);
const halves: Unit = unit(8, i64.load, i64.store);
const words: Unit = unit(4, i32.load, i32.store);
const bytes: Unit = unit(1, i32.load8Unsigned, i32.store8);

const copies: { readonly [D in DType]: readonly Unit[] } = {
  float32: [vectors, halves, words],
  int32: [vectors, halves, words],
  float64: [vectors, halves],
  bool: [vectors, halves, words, bytes],
};

const sums: { readonly [D in Exclude<DType, "bool">]: readonly Unit[] } = {
  float32: [unit(16, v128.load, v128.store, f32x4.add), unit(4, f32.load, f32.store, f32.add)],
  int32: [unit(16, v128.load, v128.store, i32x4.add), unit(4, i32.load, i32.store, i32.add)],
  float64: [unit(16, v128.load, v128.store, f64x2.add), unit(8, f64.load, f64.store, f64.add)],
};

/** The units in which numbers of a kind are copied or added, the largest first. */
export function unitsOf(dtype: DType, adds: boolean): readonly Unit[] {
  return adds && dtype !== "bool" ? sums[dtype] : copies[dtype];
}

function unit<T extends ValueType>(
  bytes: number,
  load: Load<T>,
  store: Store<T>,
  add?: Binary<T>,
): Unit {
  const valueAt = ({ at, offset }: Spot) => load(at, offset) as Operand<T>;
  return {
    bytes,
    move: (to, from) => {
      const value = valueAt(from);
      const sum = add ? add(valueAt(to), value) as Operand<T> : value;
      return store(to.at, sum, to.offset);
    },
  };
}

/** Moves so many neighbouring bytes. */
export function moveRun(
  f: FunctionBuilder,
  units: readonly Unit[],
  to: Spot,
  from: Spot,
  length: number,
): void {
  let done = 0;
  for (const { bytes, move } of units) {
    for (; length - done >= bytes; done += bytes) {
      f.do(move({ ...to, offset: to.offset + done }, { ...from, offset: from.offset + done }));
    }
  }
}
