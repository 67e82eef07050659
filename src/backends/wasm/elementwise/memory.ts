/** Elements on their way between memory and vectors, a whole vector of them or fewer. */

import { bytesPerElement, type DType } from "../../../ops/dtype.ts";
import type { Expression, Local, Operand } from "../assembler.ts";
import { i32, i32x4, i64x2, i8x16, v128 } from "../assembler.ts";
import type { Vector } from "../math/float_code.ts";
import type { LaneCode, LaneCount } from "./lane_code.ts";
import { hold } from "./lane_code.ts";

type Address = Expression<"i32">;

/** The `count` elements at an address, and nothing past them; other lanes are zero. */
export function loadElements(
  code: LaneCode,
  dtype: DType,
  address: Address,
  count: number = code.lanes,
  offset = 0,
): Vector {
  if (dtype === "bool") return maskOfBytes(code, loadBytes(address, count, offset));
  const bytes = count * bytesPerElement(dtype);
  if (bytes === 16) return v128.load(address, offset);
  if (bytes === 8) return v128.load64Zero(address, offset);
  if (bytes === 4) return v128.load32Zero(address, offset);
  return v128.load32Lane(address, v128.load64Zero(address, offset), 2, offset + 8);
}

/** The element at an address, in every lane. */
export function loadEverywhere(
  { lanes }: LaneCode,
  dtype: DType,
  address: Address,
  offset = 0,
): Vector {
  switch (dtype) {
    case "float64":
      return v128.load64Splat(address, offset);
    case "bool":
      return everywhere(lanes, i32.sub(0, i32.load8Unsigned(address, offset)));
    case "float32":
    case "int32":
      return v128.load32Splat(address, offset);
  }
}

/** Writes the first `count` elements of a vector, and nothing past them. */
export function storeElements(
  code: LaneCode,
  dtype: DType,
  address: Address,
  vector: Vector,
  count: number = code.lanes,
  offset = 0,
): void {
  const { f } = code;
  if (dtype === "bool") return storeBytes(code, address, bytesOfMask(code, vector), count, offset);
  const bytes = count * bytesPerElement(dtype);
  if (bytes === 16) return f.do(v128.store(address, vector, offset));
  const held = hold(code, vector);
  if (bytes >= 8) f.do(v128.store64Lane(address, held, 0, offset));
  if (bytes % 8 === 4) {
    f.do(v128.store32Lane(address, held, bytes === 12 ? 2 : 0, offset + bytes - 4));
  }
}

/** An integer in every lane. */
function everywhere(lanes: LaneCount, value: Operand<"i32">): Vector {
  const splat = i32x4.splat(value);
  return lanes === 4 ? splat : i64x2.extendLowI32x4(splat);
}

/** Up to four bytes of memory as one integer, the first one lowest. */
function loadBytes(address: Address, count: number, offset: number): Expression<"i32"> {
  if (count === 4) return i32.load(address, offset);
  if (count === 2) return i32.load16Unsigned(address, offset);
  const last = i32.load8Unsigned(address, offset + count - 1);
  if (count === 1) return last;
  return i32.or(i32.load16Unsigned(address, offset), i32.shiftLeft(last, 16));
}

/** Writes the low `count` bytes of an integer. */
function storeBytes(
  { f }: LaneCode,
  address: Address,
  value: Local<"i32">,
  count: number,
  offset: number,
): void {
  if (count === 4) return f.do(i32.store(address, value, offset));
  if (count >= 2) f.do(i32.store16(address, value, offset));
  if (count === 2) return;
  const last = count === 1 ? value : i32.shiftRightUnsigned(value, 16);
  f.do(i32.store8(address, last, offset + count - 1));
}

const none = 0x80; // a position that gives a zero byte

/** Bytes that are 0 or 1 as masks. */
function maskOfBytes({ lanes }: LaneCode, bytes: Expression<"i32">): Vector {
  const width = 16 / lanes;
  const spread = Array.from({ length: 16 }, (_, i) => i % width === 0 ? i / width : none);
  const ones = i8x16.swizzle(i32x4.splat(bytes), v128.const(spread));
  return lanes === 4 ? i32x4.neg(ones) : i64x2.sub(v128.const(Array(16).fill(0)), ones);
}

/** Masks as bytes that are 0 or 1, the first one lowest. */
function bytesOfMask(code: LaneCode, mask: Vector): Local<"i32"> {
  const { f, lanes } = code;
  const width = 16 / lanes;
  const gather = Array.from({ length: 16 }, (_, i) => i < lanes ? i * width : none);
  const bytes = i32x4.extract(i8x16.swizzle(mask, v128.const(gather)), 0);
  return f.let(i32.and(bytes, 0x01010101));
}
