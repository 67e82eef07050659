/** Vectors of one floating-point kind: what a kernel needs in order not to care which. */

import type { Expression, Operand } from "./assembler.ts";
import { f32x4, f64x2, i32x4, i64x2, v128 } from "./assembler.ts";

type Vector = Expression<"v128">;

/** The kinds of numbers that vector kernels compute with. */
export type VectorDType = "float32" | "float64";

/** How many numbers fit in a vector, and the instructions on them. */
export interface VectorType {
  readonly dtype: VectorDType;
  /** Bytes of one number. */
  readonly bytes: 4 | 8;
  /** Numbers in one vector. */
  readonly lanes: 4 | 2;
  /** Whether products are added in one instruction, whose rounding the machine chooses. */
  readonly fused: boolean;
  readonly splat: (value: number) => Vector;
  /** One number from memory in every lane. */
  readonly loadSplat: (address: Operand<"i32">, offset?: number) => Vector;
  readonly add: (a: Vector, b: Vector) => Vector;
  readonly mul: (a: Vector, b: Vector) => Vector;
  /** All bits where the lanes are equal, none elsewhere; NaN equals nothing. */
  readonly equal: (a: Vector, b: Vector) => Vector;
  readonly notEqual: (a: Vector, b: Vector) => Vector;
  /** One bit for each lane whose highest bit is set. */
  readonly bitmask: (a: Vector) => Expression<"i32">;
  /** `a * b + c`. */
  readonly multiplyAdd: (a: Vector, b: Vector, c: Vector) => Vector;
  /** Lanes chosen from `a`, and after them from `b`. */
  readonly shuffle: (a: Vector, b: Vector, lanes: readonly number[]) => Vector;
}

/** The vectors of a kind, with fused multiply-add or without. */
export function vectorType(dtype: VectorDType, fused: boolean): VectorType {
  const lanes = dtype === "float32" ? f32x4 : f64x2;
  return {
    dtype,
    bytes: dtype === "float32" ? 4 : 8,
    lanes: dtype === "float32" ? 4 : 2,
    fused,
    splat: lanes.splat,
    loadSplat: dtype === "float32" ? v128.load32Splat : v128.load64Splat,
    add: lanes.add,
    mul: lanes.mul,
    equal: lanes.equal,
    notEqual: lanes.notEqual,
    bitmask: dtype === "float32" ? i32x4.bitmask : i64x2.bitmask,
    multiplyAdd: fused ? lanes.relaxedMadd : (a, b, c) => lanes.add(c, lanes.mul(a, b)),
    shuffle: lanes.shuffle,
  };
}

/** The first `count` numbers at an address, then zeros; reads nothing past them. */
export function loadLanes(
  { bytes, lanes }: VectorType,
  address: Expression<"i32">,
  count: number,
  offset = 0,
): Vector {
  if (count === lanes) return v128.load(address, offset);
  if (bytes === 8 || count === 2) return v128.load64Zero(address, offset);
  if (count === 1) return v128.load32Zero(address, offset);
  return v128.load32Lane(address, v128.load64Zero(address, offset), 2, offset + 8);
}

/** Writes the first `count` numbers of a vector, and nothing past them. */
export function storeLanes(
  { bytes, lanes }: VectorType,
  address: Expression<"i32">,
  value: Vector,
  count: number,
  offset = 0,
): Expression<"void">[] {
  if (count === lanes) return [v128.store(address, value, offset)];
  if (bytes === 8) return [v128.store64Lane(address, value, 0, offset)];
  if (count === 1) return [v128.store32Lane(address, value, 0, offset)];
  const two = v128.store64Lane(address, value, 0, offset);
  return count === 2 ? [two] : [two, v128.store32Lane(address, value, 2, offset + 8)];
}
