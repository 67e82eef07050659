/**
 * How values of every kind lie in vectors. A kernel works on four elements at a time, or on two as
 * soon as it meets a float64: float32 and int32 then fill the low half of a vector. Truth values
 * are masks as wide as the kernel's lanes: all bits for true, none for false.
 */

import type { DType } from "../../../ops/dtype.ts";
import type { FunctionBuilder } from "../assembler.ts";
import { i32x4, i64x2, Local, v128 } from "../assembler.ts";
import type { FloatCode, Vector } from "../math/float_code.ts";
import { floatCode } from "../math/float_code.ts";
import type { KernelContext } from "../math/kernel_context.ts";

/** How many elements a kernel works on at a time. */
export type LaneCount = 2 | 4;

/** Neighbouring elements of one value, in a vector. */
export interface LaneValue {
  readonly dtype: DType;
  readonly vector: Vector;
}

/** The function that elementwise code is written into, and how values lie in its vectors. */
export interface LaneCode {
  readonly f: FunctionBuilder;
  readonly context: KernelContext;
  readonly lanes: LaneCount;
  /** The instructions of a floating-point kind. */
  readonly float: (dtype: "float32" | "float64") => FloatCode;
}

/** Elementwise code written into `f`. */
export function laneCode(
  f: FunctionBuilder,
  context: KernelContext,
  lanes: LaneCount,
): LaneCode {
  let single: FloatCode | undefined, double: FloatCode | undefined;
  const float = (dtype: "float32" | "float64"): FloatCode =>
    dtype === "float32"
      ? single ??= floatCode(f, context, dtype)
      : double ??= floatCode(f, context, dtype);
  return { f, context, lanes, float };
}

/** How many elements a kernel that meets these kinds works on at a time. */
export function laneCount(dtypes: Iterable<DType>): LaneCount {
  for (const dtype of dtypes) if (dtype === "float64") return 2;
  return 4;
}

/** A variable with this value, so that it is computed once. */
export function hold({ f }: LaneCode, vector: Vector): Local<"v128"> {
  return vector instanceof Local ? vector : f.let(vector);
}

/** The mask that a comparison of a kind yields, as wide as the kernel's lanes. */
export function maskFrom({ lanes }: LaneCode, dtype: DType, mask: Vector): Vector {
  return lanes === 2 && isNarrow(dtype) ? i64x2.extendLowI32x4(mask) : mask;
}

/** A mask as a kind's lanes need it. */
export function maskFor(code: LaneCode, dtype: DType, mask: Vector): Vector {
  if (code.lanes === 4 || !isNarrow(dtype)) return mask;
  const held = hold(code, mask);
  return i32x4.shuffle(held, held, [0, 2, 0, 2]);
}

/** The same lanes in another order. */
export function permuteLanes(
  lanes: LaneCount,
  { dtype, vector }: LaneValue,
  order: readonly number[],
): Vector {
  if (lanes === 4) return i32x4.shuffle(vector, vector, order);
  if (isNarrow(dtype)) return i32x4.shuffle(vector, vector, [...order, ...order]);
  return i64x2.shuffle(vector, vector, order);
}

/** Integers that are known, one for each lane. */
export function laneIntegers(lanes: LaneCount, valueOf: (lane: number) => number): Vector {
  const numbers = Int32Array.from({ length: 4 }, (_, lane) => lane < lanes ? valueOf(lane) : 0);
  return v128.const([...new Uint8Array(numbers.buffer)]);
}

/** A mask that is known: true for the first `count` lanes. */
export function firstLanes(lanes: LaneCount, count: number): Vector {
  return v128.const(Array.from({ length: 16 }, (_, byte) => byte < count * 16 / lanes ? 255 : 0));
}

/** Whether a kind has 32 bits in every kernel, also where lanes have 64. */
function isNarrow(dtype: DType): boolean {
  return dtype === "float32" || dtype === "int32";
}
