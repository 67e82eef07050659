/**
 * The inverse trigonometric functions in double precision, within 3.5 units in the last place, all
 * made of the arcus tangent. That is a polynomial up to the tangent of pi/8, and pi/4 more than the
 * arcus tangent of (t - 1) / (t + 1) from there to 1. Coefficients are minimax, found by Remez's
 * exchange; they leave a relative error of 5e-20.
 */

import { v128 } from "../assembler.ts";
import type { FloatCode, Vector } from "./float_code.ts";
import { polynomial, withSignOf } from "./float_code.ts";

/** (atan s - s) / s^3 by s^2. */
const coefficients = [
  0.015207916153921058,
  -0.03348700735592189,
  0.045040878478369725,
  -0.05218536646119918,
  0.058770423205311645,
  -0.06666228850842033,
  0.07692282900276358,
  -0.09090908150785074,
  0.11111111088351032,
  -0.14285714285390785,
  0.19999999999997692,
  -0.33333333333333326,
];

/** What is missing from the double nearest to pi/4. */
const restOfQuarterPi = 3.061616997868383e-17;

/** The arcus tangent of a ratio from 0 to 1. */
function atanOfRatio(code: FloatCode, ratio: Vector): Vector {
  const { number, add, sub, mul, div, greater, hold, select } = code;
  const t = hold(ratio);
  const isLarge = hold(greater(t, number(Math.SQRT2 - 1)));
  const s = hold(select(isLarge, div(sub(t, number(1)), add(t, number(1))), t));
  const square = hold(mul(s, s));
  const series = mul(mul(square, s), polynomial(code, square, coefficients));
  const moved = add(series, v128.and(isLarge, number(restOfQuarterPi)));
  return add(v128.and(isLarge, number(Math.PI / 4)), add(s, moved));
}

/** The angle of (x, y) for x and y from 0 up, from 0 to pi/2. */
function firstQuadrant(code: FloatCode, y: Vector, x: Vector): Vector {
  const { number, add, sub, div, pmin, pmax, greater, equal, hold, select } = code;
  const [least, most] = [hold(pmin(y, x)), hold(pmax(y, x))];
  const ratio = select(equal(most, number(0)), number(0), div(least, most));
  const isDiagonal = equal(least, number(Infinity));
  const angle = hold(atanOfRatio(code, select(isDiagonal, number(1), hold(ratio))));
  const whole = select(greater(y, x), sub(number(Math.PI / 2), angle), angle);
  const sum = hold(add(y, x));
  return select(equal(sum, sum), whole, sum); // pmin and pmax lose a NaN
}

/** The angle of the point (x, y), from -pi to pi. */
export function atan2(code: FloatCode, first: Vector, second: Vector): Vector {
  const { number, integer, sub, abs, bits, hold, select } = code;
  const [y, x] = [hold(first), hold(second)];
  const angle = hold(firstQuadrant(code, hold(abs(y)), hold(abs(x))));
  const isLeft = bits.sub(integer(0), bits.shiftRightUnsigned(x, 63));
  return withSignOf(code, select(isLeft, sub(number(Math.PI), angle), angle), y);
}

/** The angle whose tangent is x. */
export function atan(code: FloatCode, operand: Vector): Vector {
  const { number, abs, hold } = code;
  const x = hold(operand);
  return withSignOf(code, firstQuadrant(code, hold(abs(x)), hold(number(1))), x);
}

/** The angle whose sine is x; NaN past 1. */
export function asin(code: FloatCode, operand: Vector): Vector {
  const { number, add, sub, mul, sqrt, abs, hold } = code;
  const x = hold(operand);
  const size = hold(abs(x));
  const other = sqrt(mul(sub(number(1), size), add(number(1), size)));
  return withSignOf(code, firstQuadrant(code, size, hold(other)), x);
}

/** The angle whose cosine is x; NaN past 1. */
export function acos(code: FloatCode, operand: Vector): Vector {
  const { number, add, sub, sqrt, hold } = code;
  const x = hold(operand);
  const half = firstQuadrant(code, hold(sqrt(sub(number(1), x))), hold(sqrt(add(number(1), x))));
  const angle = hold(half);
  return add(angle, angle);
}
