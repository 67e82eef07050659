/** Instructions on 128-bit vectors: four f32 or i32, or two f64 or i64. */

import type { Operand, ValueType } from "./expression.ts";
import { Expression, expression, load, store } from "./expression.ts";
import { unsigned } from "./encoding.ts";

type Vector = Expression<"v128">;
type Vector1 = (a: Vector) => Vector;
type Vector2 = (a: Vector, b: Vector) => Vector;
type Vector3 = (a: Vector, b: Vector, c: Vector) => Vector;

/** Vectors whatever their lanes mean. */
export const v128 = {
  /** Sixteen bytes. */
  const: (bytes: readonly number[]): Vector => {
    if (bytes.length !== 16) throw new RangeError(`Cannot make a v128 of ${bytes.length} bytes`);
    return new Expression("v128", simd(12).concat(bytes));
  },
  load: load("v128", 4, ...simd(0)),
  store: store("v128", 4, ...simd(11)),
  /** One 32-bit number in all four lanes. */
  load32Splat: load("v128", 2, ...simd(9)),
  /** One 64-bit number in both lanes. */
  load64Splat: load("v128", 3, ...simd(10)),
  /** One 32-bit number, then zeros. */
  load32Zero: load("v128", 2, ...simd(92)),
  /** One 64-bit number, then zeros. */
  load64Zero: load("v128", 3, ...simd(93)),
  /** Replaces one 32-bit lane by a number in memory. */
  load32Lane: loadLane(2, 86),
  /** Replaces one 64-bit lane by a number in memory. */
  load64Lane: loadLane(3, 87),
  /** Writes one 32-bit lane. */
  store32Lane: storeLane(2, 90),
  /** Writes one 64-bit lane. */
  store64Lane: storeLane(3, 91),
  not: vector1(77),
  and: vector2(78),
  /** `a` where `b` has no bit. */
  andNot: vector2(79),
  or: vector2(80),
  xor: vector2(81),
  /** Bits of `a` where `mask` has one, else of `b`. */
  bitselect: vector3(82),
  anyTrue: toI32(83),
};

/** Vectors of sixteen 8-bit integers. */
export const i8x16 = {
  /** Sixteen bytes chosen from `a` (0 to 15) and `b` (16 to 31). */
  shuffle: (a: Vector, b: Vector, bytes: readonly number[]): Vector => {
    if (bytes.length !== 16) throw new RangeError(`Cannot shuffle ${bytes.length} bytes`);
    return new Expression("v128", simd(13).concat(bytes), [a, b]);
  },
  /** Bytes of `a` at the positions in `b`; a position past the end gives 0. */
  swizzle: vector2(14),
  /** The same where every position is below 16 or at least 128; needs relaxed SIMD. */
  relaxedSwizzle: vector2(0x100),
  bitmask: toI32(100),
};

/** Vectors of four 32-bit integers. */
export const i32x4 = {
  splat: splat("i32", 17),
  extract: extract("i32", 27),
  replace: replace("i32", 28),
  /** Four lanes chosen from `a` (0 to 3) and `b` (4 to 7). */
  shuffle: shuffle(4),
  equal: vector2(55),
  notEqual: vector2(56),
  less: vector2(57),
  lessUnsigned: vector2(58),
  greater: vector2(59),
  abs: vector1(160),
  neg: vector1(161),
  allTrue: toI32(163),
  bitmask: toI32(164),
  shiftLeft: shift(171),
  shiftRight: shift(172),
  shiftRightUnsigned: shift(173),
  add: vector2(174),
  sub: vector2(177),
  mul: vector2(181),
  min: vector2(182),
  max: vector2(184),
  /** Rounds towards zero; NaN gives 0 and what is too large the nearest end. */
  truncateF32x4: vector1(248),
};

/** Vectors of two 64-bit integers. */
export const i64x2 = {
  splat: splat("i64", 18),
  extract: extract("i64", 29),
  replace: replace("i64", 30),
  /** Two lanes chosen from `a` (0 and 1) and `b` (2 and 3). */
  shuffle: shuffle(8),
  bitmask: toI32(196),
  /** The two low 32-bit integers, with their signs. */
  extendLowI32x4: vector1(199),
  shiftLeft: shift(203),
  shiftRight: shift(204),
  shiftRightUnsigned: shift(205),
  add: vector2(206),
  sub: vector2(209),
  equal: vector2(214),
  notEqual: vector2(215),
};

/** Vectors of four single-precision numbers. */
export const f32x4 = {
  splat: splat("f32", 19),
  extract: extract("f32", 31),
  replace: replace("f32", 32),
  /** Four lanes chosen from `a` (0 to 3) and `b` (4 to 7). */
  shuffle: shuffle(4),
  equal: vector2(65),
  notEqual: vector2(66),
  less: vector2(67),
  greater: vector2(68),
  lessEqual: vector2(69),
  greaterEqual: vector2(70),
  ceil: vector1(103),
  floor: vector1(104),
  truncate: vector1(105),
  nearest: vector1(106),
  abs: vector1(224),
  neg: vector1(225),
  sqrt: vector1(227),
  add: vector2(228),
  sub: vector2(229),
  mul: vector2(230),
  div: vector2(231),
  min: vector2(232),
  max: vector2(233),
  /** `b < a ? b : a`: one instruction on x64, and the second operand's way with NaN. */
  pmin: vector2(234),
  /** `a < b ? b : a`: one instruction on x64, and the second operand's way with NaN. */
  pmax: vector2(235),
  convertI32x4: vector1(250),
  /** Two doubles rounded into the low lanes; the high lanes are 0. */
  demoteF64x2Zero: vector1(94),
  /** `a * b + c`, rounded once or twice as the machine likes; needs relaxed SIMD. */
  relaxedMadd: vector3(0x105),
  /** `c - a * b`, rounded once or twice as the machine likes; needs relaxed SIMD. */
  relaxedNmadd: vector3(0x106),
};

/** Vectors of two double-precision numbers. */
export const f64x2 = {
  splat: splat("f64", 20),
  extract: extract("f64", 33),
  replace: replace("f64", 34),
  /** Two lanes chosen from `a` (0 and 1) and `b` (2 and 3). */
  shuffle: shuffle(8),
  equal: vector2(71),
  notEqual: vector2(72),
  less: vector2(73),
  greater: vector2(74),
  lessEqual: vector2(75),
  greaterEqual: vector2(76),
  ceil: vector1(116),
  floor: vector1(117),
  truncate: vector1(122),
  nearest: vector1(148),
  abs: vector1(236),
  neg: vector1(237),
  sqrt: vector1(239),
  add: vector2(240),
  sub: vector2(241),
  mul: vector2(242),
  div: vector2(243),
  min: vector2(244),
  max: vector2(245),
  /** `b < a ? b : a`: one instruction on x64, and the second operand's way with NaN. */
  pmin: vector2(246),
  /** `a < b ? b : a`: one instruction on x64, and the second operand's way with NaN. */
  pmax: vector2(247),
  /** The two low 32-bit integers as doubles. */
  convertLowI32x4: vector1(254),
  /** The two low single-precision numbers as doubles. */
  promoteLowF32x4: vector1(95),
  /** `a * b + c`, rounded once or twice as the machine likes; needs relaxed SIMD. */
  relaxedMadd: vector3(0x107),
  /** `c - a * b`, rounded once or twice as the machine likes; needs relaxed SIMD. */
  relaxedNmadd: vector3(0x108),
};

function simd(opcode: number): number[] {
  return [0xfd, ...unsigned(opcode)];
}

function vector1(opcode: number): Vector1 {
  const instruction = simd(opcode);
  return (a) => new Expression("v128", instruction, [a]);
}

function vector2(opcode: number): Vector2 {
  const instruction = simd(opcode);
  return (a, b) => new Expression("v128", instruction, [a, b]);
}

function vector3(opcode: number): Vector3 {
  const instruction = simd(opcode);
  return (a, b, c) => new Expression("v128", instruction, [a, b, c]);
}

function toI32(opcode: number): (a: Vector) => Expression<"i32"> {
  const instruction = simd(opcode);
  return (a) => new Expression("i32", instruction, [a]);
}

function shift(opcode: number): (a: Vector, by: Operand<"i32">) => Vector {
  const instruction = simd(opcode);
  return (a, by) => new Expression("v128", instruction, [a, expression("i32", by)]);
}

function splat<T extends ValueType>(type: T, opcode: number): (value: Operand<T>) => Vector {
  const instruction = simd(opcode);
  return (value) => new Expression("v128", instruction, [expression(type, value)]);
}

function extract<T extends ValueType>(
  type: T,
  opcode: number,
): (vector: Vector, lane: number) => Expression<T> {
  const instruction = simd(opcode);
  return (vector, lane) => new Expression(type, instruction, [vector], [lane]);
}

function replace<T extends ValueType>(
  type: T,
  opcode: number,
): (vector: Vector, lane: number, value: Operand<T>) => Vector {
  const instruction = simd(opcode);
  return (vector, lane, value) =>
    new Expression("v128", instruction, [vector, expression(type, value)], [lane]);
}

/** A byte shuffle that moves whole lanes of `width` bytes. */
function shuffle(width: number): (a: Vector, b: Vector, lanes: readonly number[]) => Vector {
  return (a, b, lanes) => {
    const bytes: number[] = [];
    for (const lane of lanes) {
      for (let byte = 0; byte < width; byte++) bytes.push(lane * width + byte);
    }
    return i8x16.shuffle(a, b, bytes);
  };
}

function loadLane(
  alignment: number,
  opcode: number,
): (address: Operand<"i32">, vector: Vector, lane: number, offset?: number) => Vector {
  const instruction = simd(opcode);
  return (address, vector, lane, offset = 0) =>
    new Expression(
      "v128",
      instruction,
      [expression("i32", address), vector],
      [alignment, offset, lane],
    );
}

function storeLane(
  alignment: number,
  opcode: number,
): (address: Operand<"i32">, vector: Vector, lane: number, offset?: number) => Expression<"void"> {
  const instruction = simd(opcode);
  return (address, vector, lane, offset = 0) =>
    new Expression(
      "void",
      instruction,
      [expression("i32", address), vector],
      [alignment, offset, lane],
    );
}
