/** Instructions on single numbers and on memory, named as in the specification. */

import type { Load, Operand, ValueType } from "./expression.ts";
import { binary, constant, Expression, expression, load, store, unary } from "./expression.ts";

/** 32-bit integers, which are also addresses and truth values. */
export const i32 = {
  const: (value: number): Expression<"i32"> => constant("i32", value),
  load: load("i32", 2, 0x28),
  load8Signed: load("i32", 0, 0x2c),
  load8Unsigned: load("i32", 0, 0x2d),
  load16Unsigned: load("i32", 1, 0x2f),
  store: store("i32", 2, 0x36),
  store8: store("i32", 0, 0x3a),
  store16: store("i32", 1, 0x3b),
  isZero: unary("i32", "i32", 0x45),
  equal: binary("i32", "i32", 0x46),
  notEqual: binary("i32", "i32", 0x47),
  less: binary("i32", "i32", 0x48),
  lessUnsigned: binary("i32", "i32", 0x49),
  greater: binary("i32", "i32", 0x4a),
  lessEqual: binary("i32", "i32", 0x4c),
  lessEqualUnsigned: binary("i32", "i32", 0x4d),
  greaterEqual: binary("i32", "i32", 0x4e),
  greaterEqualUnsigned: binary("i32", "i32", 0x4f),
  countOnes: unary("i32", "i32", 0x69),
  add: binary("i32", "i32", 0x6a),
  sub: binary("i32", "i32", 0x6b),
  mul: binary("i32", "i32", 0x6c),
  div: binary("i32", "i32", 0x6d),
  divUnsigned: binary("i32", "i32", 0x6e),
  remainder: binary("i32", "i32", 0x6f),
  remainderUnsigned: binary("i32", "i32", 0x70),
  and: binary("i32", "i32", 0x71),
  or: binary("i32", "i32", 0x72),
  xor: binary("i32", "i32", 0x73),
  shiftLeft: binary("i32", "i32", 0x74),
  shiftRight: binary("i32", "i32", 0x75),
  shiftRightUnsigned: binary("i32", "i32", 0x76),
  wrapI64: unary("i64", "i32", 0xa7),
  reinterpretF32: unary("f32", "i32", 0xbc),
  /** Rounds towards zero; NaN gives 0 and what is too large the nearest end. */
  truncateF32: unary("f32", "i32", 0xfc, 0),
  /** Rounds towards zero; NaN gives 0 and what is too large the nearest end. */
  truncateF64: unary("f64", "i32", 0xfc, 2),
};

/** 64-bit integers. */
export const i64 = {
  const: (value: bigint): Expression<"i64"> => constant("i64", value),
  load: load("i64", 3, 0x29),
  store: store("i64", 3, 0x37),
  isZero: unary("i64", "i32", 0x50),
  equal: binary("i64", "i32", 0x51),
  notEqual: binary("i64", "i32", 0x52),
  less: binary("i64", "i32", 0x53),
  lessUnsigned: binary("i64", "i32", 0x54),
  greater: binary("i64", "i32", 0x55),
  countOnes: unary("i64", "i64", 0x7b),
  add: binary("i64", "i64", 0x7c),
  sub: binary("i64", "i64", 0x7d),
  mul: binary("i64", "i64", 0x7e),
  and: binary("i64", "i64", 0x83),
  or: binary("i64", "i64", 0x84),
  xor: binary("i64", "i64", 0x85),
  shiftLeft: binary("i64", "i64", 0x86),
  shiftRightUnsigned: binary("i64", "i64", 0x88),
  extendI32: unary("i32", "i64", 0xac),
  extendI32Unsigned: unary("i32", "i64", 0xad),
  /** Rounds towards zero; NaN gives 0 and what is too large the nearest end. */
  truncateF64: unary("f64", "i64", 0xfc, 6),
  reinterpretF64: unary("f64", "i64", 0xbd),
};

/** Single-precision numbers. */
export const f32 = {
  const: (value: number): Expression<"f32"> => constant("f32", value),
  load: load("f32", 2, 0x2a),
  store: store("f32", 2, 0x38),
  equal: binary("f32", "i32", 0x5b),
  notEqual: binary("f32", "i32", 0x5c),
  less: binary("f32", "i32", 0x5d),
  greater: binary("f32", "i32", 0x5e),
  lessEqual: binary("f32", "i32", 0x5f),
  greaterEqual: binary("f32", "i32", 0x60),
  abs: unary("f32", "f32", 0x8b),
  neg: unary("f32", "f32", 0x8c),
  ceil: unary("f32", "f32", 0x8d),
  floor: unary("f32", "f32", 0x8e),
  truncate: unary("f32", "f32", 0x8f),
  /** To the nearest whole number, halves to the even one. */
  nearest: unary("f32", "f32", 0x90),
  sqrt: unary("f32", "f32", 0x91),
  add: binary("f32", "f32", 0x92),
  sub: binary("f32", "f32", 0x93),
  mul: binary("f32", "f32", 0x94),
  div: binary("f32", "f32", 0x95),
  min: binary("f32", "f32", 0x96),
  max: binary("f32", "f32", 0x97),
  copySign: binary("f32", "f32", 0x98),
  demoteF64: unary("f64", "f32", 0xb6),
};

/** Double-precision numbers. */
export const f64 = {
  const: (value: number): Expression<"f64"> => constant("f64", value),
  load: load("f64", 3, 0x2b),
  store: store("f64", 3, 0x39),
  equal: binary("f64", "i32", 0x61),
  notEqual: binary("f64", "i32", 0x62),
  less: binary("f64", "i32", 0x63),
  greater: binary("f64", "i32", 0x64),
  lessEqual: binary("f64", "i32", 0x65),
  greaterEqual: binary("f64", "i32", 0x66),
  abs: unary("f64", "f64", 0x99),
  neg: unary("f64", "f64", 0x9a),
  ceil: unary("f64", "f64", 0x9b),
  floor: unary("f64", "f64", 0x9c),
  truncate: unary("f64", "f64", 0x9d),
  /** To the nearest whole number, halves to the even one. */
  nearest: unary("f64", "f64", 0x9e),
  sqrt: unary("f64", "f64", 0x9f),
  add: binary("f64", "f64", 0xa0),
  sub: binary("f64", "f64", 0xa1),
  mul: binary("f64", "f64", 0xa2),
  div: binary("f64", "f64", 0xa3),
  min: binary("f64", "f64", 0xa4),
  max: binary("f64", "f64", 0xa5),
  copySign: binary("f64", "f64", 0xa6),
  convertI32Unsigned: unary("i32", "f64", 0xb8),
  convertI64: unary("i64", "f64", 0xb9),
  promoteF32: unary("f32", "f64", 0xbb),
  reinterpretI64: unary("i64", "f64", 0xbf),
};

const selectNumber = [0x1b], selectVector = [0x1c, 1, 0x7b];

/** The first value where `condition` is not zero, else the second; both are computed. */
export function select<T extends ValueType>(
  condition: Operand<"i32">,
  yes: Expression<T>,
  no: Expression<T>,
): Expression<T> {
  const instruction = yes.type === "v128" ? selectVector : selectNumber;
  return new Expression(yes.type, instruction, [yes, no, expression("i32", condition)]);
}

/** The smaller of two numbers of elements or bytes. */
export function least(a: Operand<"i32">, b: Operand<"i32">): Expression<"i32"> {
  return select(i32.lessUnsigned(a, b), expression("i32", a), expression("i32", b));
}

/** Memory as a whole. */
export const memory = {
  /** The number of 64 KiB pages. */
  size: (): Expression<"i32"> => new Expression("i32", [0x3f, 0]),
  /** Sets `length` bytes to `value`. */
  fill: (
    address: Operand<"i32">,
    value: Operand<"i32">,
    length: Operand<"i32">,
  ): Expression<"void"> =>
    new Expression("void", [0xfc, 11, 0], i32Operands(address, value, length)),
  /** Copies `length` bytes; the two ranges may overlap. */
  copy: (to: Operand<"i32">, from: Operand<"i32">, length: Operand<"i32">): Expression<"void"> =>
    new Expression("void", [0xfc, 10, 0, 0], i32Operands(to, from, length)),
};

/** Operations that other threads see whole; they need a shared memory and aligned addresses. */
export const atomic = {
  load: load("i32", 2, 0xfe, 0x10) as Load<"i32">,
  store: store("i32", 2, 0xfe, 0x17),
  /** Adds to memory and yields what was there before. */
  add: (address: Operand<"i32">, value: Operand<"i32">, offset = 0): Expression<"i32"> =>
    new Expression("i32", [0xfe, 0x1e], i32Operands(address, value), [2, offset]),
  /** Replaces what is in memory and yields what was there before. */
  exchange: (address: Operand<"i32">, value: Operand<"i32">, offset = 0): Expression<"i32"> =>
    new Expression("i32", [0xfe, 0x41], i32Operands(address, value), [2, offset]),
  /** Replaces `expected` alone, and yields what was there before. */
  compareExchange: (
    address: Operand<"i32">,
    expected: Operand<"i32">,
    replacement: Operand<"i32">,
    offset = 0,
  ): Expression<"i32"> =>
    new Expression(
      "i32",
      [0xfe, 0x48],
      i32Operands(address, expected, replacement),
      [2, offset],
    ),
  /** Sleeps while memory holds `expected`: 0 woken, 1 it held another value, 2 timed out. */
  wait: (
    address: Operand<"i32">,
    expected: Operand<"i32">,
    nanoseconds: Operand<"i64"> = -1n,
  ): Expression<"i32"> =>
    new Expression("i32", [0xfe, 0x01, 2, 0], [
      ...i32Operands(address, expected),
      expression("i64", nanoseconds),
    ]),
  /** Wakes up to `count` threads that sleep on the address, and yields how many. */
  notify: (address: Operand<"i32">, count: Operand<"i32">): Expression<"i32"> =>
    new Expression("i32", [0xfe, 0x00, 2, 0], i32Operands(address, count)),
  /** Orders all that came before against all that comes after. */
  fence: (): Expression<"void"> => new Expression("void", [0xfe, 0x03, 0]),
};

function i32Operands(...operands: Operand<"i32">[]): Expression<"i32">[] {
  return operands.map((operand) => expression("i32", operand));
}
