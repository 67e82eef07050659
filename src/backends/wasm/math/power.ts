/**
 * Powers, in double precision. The logarithm of the base is kept in two doubles, so that its
 * product with the exponent is exact enough: an error there is one relative to the power.
 */

import { v128 } from "../assembler.ts";
import { exp } from "./exponential.ts";
import type { FloatCode, Vector } from "./float_code.ts";
import { logInTwoParts } from "./logarithm.ts";
import { lostInProduct } from "./two_parts.ts";

/** a^b, within 2 units in the last place, or 8 where it is close to the ends of the range. */
export function pow(code: FloatCode, base: Vector, exponent: Vector): Vector {
  const { number, mul, abs, truncate, less, equal, notEqual, hold, select } = code;
  const [a, b] = [hold(base), hold(exponent)];
  const size = hold(abs(a));
  const isInteger = hold(equal(b, truncate(b)));
  const half = hold(mul(b, number(0.5)));
  const isOdd = v128.and(isInteger, notEqual(half, truncate(half)));
  const signed = v128.xor(powerOfSize(code, size, b), v128.and(isOdd, v128.and(a, number(-0))));
  const isFiniteNegative = v128.and(less(a, number(0)), less(size, number(Infinity)));
  const isImaginary = v128.andNot(isFiniteNegative, isInteger);
  const isNaN = v128.or(notEqual(a, a), notEqual(b, b));
  const result = select(v128.or(isImaginary, isNaN), number(NaN), signed);
  return select(v128.or(equal(b, number(0)), equal(a, number(1))), number(1), result);
}

/** A power of a number from 0 up. */
function powerOfSize(code: FloatCode, size: Vector, exponent: Vector): Vector {
  const { number, add, mul, abs, pmin, pmax, greater, less, equal, hold, select } = code;
  const huge = 2 ** 900; // a power is 0, 1 or infinity long before
  const b = hold(pmin(pmax(exponent, number(-huge)), number(huge)));
  const log = logInTwoParts(code, size);
  const high = hold(mul(b, log.high));
  const lost = add(lostInProduct(code, b, log.high, high), mul(b, log.low));
  const matters = less(abs(high), number(1000));
  const ofOrdinary = mul(exp(code, high), add(number(1), v128.and(matters, lost)));
  const isExtreme = v128.or(equal(size, number(0)), equal(size, number(Infinity)));
  const isLarge = v128.xor(greater(size, number(1)), less(b, number(0)));
  return select(hold(isExtreme), v128.and(isLarge, number(Infinity)), ofOrdinary);
}

/** The length of the diagonal of a rectangle; infinite if a side is. */
export function hypot(code: FloatCode, first: Vector, second: Vector): Vector {
  const { number, add, mul, div, sqrt, abs, pmin, pmax, equal, hold, select } = code;
  const [a, b] = [hold(abs(first)), hold(abs(second))];
  const most = hold(pmax(a, b));
  const ratio = hold(div(pmin(a, b), most));
  const length = mul(most, sqrt(add(number(1), mul(ratio, ratio))));
  const sum = hold(add(a, b)); // NaN where a side is
  const orZero = select(equal(sum, number(0)), number(0), select(equal(sum, sum), length, sum));
  const infinite = number(Infinity);
  return select(v128.or(equal(a, infinite), equal(b, infinite)), infinite, hold(orZero));
}
