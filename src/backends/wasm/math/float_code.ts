/** Arithmetic on vectors of one floating-point kind, as it is written into a function. */

import type { Expression, FunctionBuilder } from "../assembler.ts";
import { f32x4, f64x2, i32x4, i64x2, Local, v128 } from "../assembler.ts";
import type { VectorDType } from "../vector.ts";
import { constantOf } from "./constants.ts";
import type { KernelContext } from "./kernel_context.ts";

/** Sixteen bytes: four lanes of 32 bits or two of 64. */
export type Vector = Expression<"v128">;

type Shared<A, B> = { readonly [K in keyof A & keyof B]: A[K] & B[K] };
type FloatInstructions = Omit<Shared<typeof f32x4, typeof f64x2>, "splat" | "extract" | "replace">;

/** The integers in the same lanes: bits to take apart and to put together. */
export interface BitInstructions {
  readonly add: (a: Vector, b: Vector) => Vector;
  readonly sub: (a: Vector, b: Vector) => Vector;
  readonly shiftLeft: (a: Vector, by: number) => Vector;
  readonly shiftRight: (a: Vector, by: number) => Vector;
  readonly shiftRightUnsigned: (a: Vector, by: number) => Vector;
}

/** The instructions on one kind of lanes, with the function that they are written into. */
export interface FloatCode extends FloatInstructions {
  readonly f: FunctionBuilder;
  readonly context: KernelContext;
  readonly dtype: VectorDType;
  /** Whether results are rounded to single precision, so that a last bit more or less is nothing. */
  readonly forSingles: boolean;
  readonly bits: BitInstructions;
  /** A variable with this value, so that it is computed once. */
  readonly hold: (value: Vector) => Local<"v128">;
  /** The same number in every lane. */
  readonly number: (value: number) => Vector;
  /** The same whole number in every lane, as bits. */
  readonly integer: (value: number) => Vector;
  /** `a * b + c`. */
  readonly multiplyAdd: (a: Vector, b: Vector, c: Vector) => Vector;
  /** `c - a * b`. */
  readonly negatedMultiplyAdd: (a: Vector, b: Vector, c: Vector) => Vector;
  /** `yes` in the lanes where every bit of the condition is set, `no` where none is. */
  readonly select: (condition: Vector, yes: Vector, no: Vector) => Vector;
}

/** Arithmetic of a kind, written into `f`. */
export function floatCode(
  f: FunctionBuilder,
  context: KernelContext,
  dtype: VectorDType,
): FloatCode {
  const single = dtype === "float32";
  const numbers: FloatInstructions = single ? f32x4 : f64x2;
  const { add, sub, mul, relaxedMadd, relaxedNmadd } = numbers;
  return {
    ...numbers,
    f,
    context,
    dtype,
    forSingles: false,
    bits: single ? i32x4 : i64x2,
    hold: (value) => value instanceof Local ? value : f.let(value),
    number: (value) => constantOf(f, single ? "f32" : "f64", value),
    integer: (value) => constantOf(f, single ? "i32" : "i64", value),
    multiplyAdd: context.fused ? relaxedMadd : (a, b, c) => add(mul(a, b), c),
    negatedMultiplyAdd: context.fused ? relaxedNmadd : (a, b, c) => sub(c, mul(a, b)),
    select: (condition, yes, no) => v128.bitselect(yes, no, condition),
  };
}

/** A function of vectors, as code. */
export type FloatFunction = (code: FloatCode, ...inputs: Vector[]) => Vector;

/**
 * A polynomial; the coefficient of the highest power comes first. By Horner's scheme, or where a
 * last bit is nothing by Estrin's: neighbours are added up in pairs, and these in pairs again, which
 * takes no more multiplications but a few squares, and a processor can do more of them at once.
 */
export function polynomial(code: FloatCode, x: Vector, coefficients: readonly number[]): Vector {
  if (code.forSingles) return estrin(code, x, coefficients);
  const [first, ...others] = coefficients;
  return others.reduce(
    (sum: Vector, coefficient) => code.multiplyAdd(sum, x, code.number(coefficient)),
    code.number(first!),
  );
}

function estrin(
  { number, mul, multiplyAdd, hold }: FloatCode,
  x: Vector,
  coefficients: readonly number[],
): Vector {
  let terms: Vector[] = coefficients.toReversed().map(number);
  let power = hold(x);
  while (terms.length > 2) {
    const pairs = terms.flatMap((low, i) => {
      if (i % 2 === 1) return [];
      const high = terms[i + 1];
      return [high === undefined ? low : hold(multiplyAdd(high, power, low))];
    });
    power = hold(mul(power, power));
    terms = pairs;
  }
  const [low, high] = terms;
  return high === undefined ? low! : multiplyAdd(high, power, low!);
}

/** The size of `x` with the sign of `sign`. */
export function withSignOf({ number }: FloatCode, x: Vector, sign: Vector): Vector {
  return v128.or(x, v128.and(sign, number(-0)));
}

/** A single-precision function computed in double precision, half of the lanes at a time. */
export function throughDoubles(double: FloatFunction): FloatFunction {
  return (code, ...inputs) => {
    const { f, context } = code;
    const wide = { ...floatCode(f, context, "float64"), forSingles: true };
    const held = inputs.map(code.hold);
    const half = (part: (x: Vector) => Vector) =>
      f32x4.demoteF64x2Zero(
        double(wide, ...held.map((x) => wide.hold(f64x2.promoteLowF32x4(part(x))))),
      );
    const low = code.hold(half((x) => x));
    return f32x4.shuffle(low, half((x) => f32x4.shuffle(x, x, [2, 3, 2, 3])), [0, 1, 4, 5]);
  };
}
