/** Remainders of divisions, exact for any two numbers. */

import type { FunctionBuilder, Local } from "../assembler.ts";
import { call, f64, f64x2, i32, v128 } from "../assembler.ts";
import type { FloatCode, Vector } from "./float_code.ts";

/** What is left of a after whole steps of b towards zero, with the sign of a. */
export function fmod(code: FloatCode, first: Vector, second: Vector): Vector {
  const { context, hold } = code;
  const [a, b] = [hold(first), hold(second)];
  const signature = { params: ["f64", "f64"], result: "f64" } as const;
  const callee = context.function("fmod", signature, writeRemainder);
  const left = (lane: number) => call(callee, f64x2.extract(a, lane), f64x2.extract(b, lane));
  return f64x2.replace(f64x2.splat(left(0)), 1, left(1));
}

/** What is left of a after whole steps of b downwards, with the sign of b. */
export function remainder(code: FloatCode, first: Vector, second: Vector): Vector {
  const { number, add, less, notEqual, hold, select } = code;
  const [a, b] = [hold(first), hold(second)];
  const left = hold(fmod(code, a, b));
  const signsDiffer = v128.xor(less(left, number(0)), less(b, number(0)));
  const isBelow = v128.and(notEqual(left, number(0)), signsDiffer);
  return select(hold(isBelow), add(left, b), left);
}

/** Takes away b times powers of 2, the largest first: each difference is exact. */
function writeRemainder(f: FunctionBuilder, a: Local<"f64">, b: Local<"f64">): void {
  const left = f.let(f64.abs(a));
  const least = f.let(f64.abs(b));
  const isDefined = i32.and(f64.less(left, Infinity), f64.greater(least, 0));
  f.if(i32.isZero(isDefined), () => f.return(f64.const(NaN)));
  f.if(f64.less(left, least), () => f.return(a));
  const step = f.let(least);
  f.while(f64.lessEqual(f64.add(step, step), left), () => f.set(step, f64.add(step, step)));
  f.while(f64.greaterEqual(step, least), () => {
    f.if(f64.greaterEqual(left, step), () => f.set(left, f64.sub(left, step)));
    f.set(step, f64.mul(step, 0.5));
  });
  f.return(f64.copySign(left, a));
}
