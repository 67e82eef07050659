/**
 * e^x and its relatives. The argument is split as n ln 2 + r with |r| at most ln 2 / 2 (Cody and
 * Waite's reduction), and e^r is a polynomial. Its coefficients are minimax: they make the largest
 * relative error as small as it can be, 3e-9 for single precision and 3e-19 for double, found by
 * Remez's exchange.
 */

import type { FloatCode, Vector } from "./float_code.ts";
import { polynomial } from "./float_code.ts";

/** What differs between the precisions. */
interface Precision {
  /** The bits of the fraction. */
  readonly fraction: number;
  /** What is added to the exponent where it is stored. */
  readonly bias: number;
  /** ln 2 in two parts; the first has so few bits that its multiples are exact. */
  readonly ln2: readonly [number, number];
  /** Past these powers of 2 every result is 0 or infinity. */
  readonly powers: readonly [number, number];
  /** Below this e^x - 1 is -1. */
  readonly minusOne: number;
  /** (e^r - 1 - r) / r^2, for the use in e^r. */
  readonly ofPower: readonly number[];
  /** The same, closer where r is small, for the use in e^r - 1. */
  readonly ofPowerLess1: readonly number[];
}

const single: Precision = {
  fraction: 23,
  bias: 127,
  ln2: [0.693359375, -0.00021219444005469057],
  powers: [-150.1, 128.1],
  minusOne: -18,
  ofPower: [0.001381458, 0.008368745, 0.04166839, 0.16666521, 0.49999994],
  ofPowerLess1: [1.984587e-4, 0.0013940668, 0.00833339, 0.04166636, 0.16666666, 0.5],
};

const doubleCoefficients = [
  2.087531936291113e-9,
  2.510902442311293e-8,
  2.755740280822275e-7,
  2.7557244254289118e-6,
  2.4801587172188985e-5,
  0.000198412698860734,
  0.0013888888888962628,
  0.008333333333321653,
  0.041666666666666505,
  0.16666666666666677,
  0.5,
];

const double: Precision = {
  fraction: 52,
  bias: 1023,
  ln2: [0.6931471803691238, 1.9082149292705877e-10],
  powers: [-1075.1, 1024.1],
  minusOne: -38,
  ofPower: doubleCoefficients,
  ofPowerLess1: doubleCoefficients,
};

const precisionOf = ({ dtype }: FloatCode): Precision => dtype === "float32" ? single : double;

/** A number as n and what is left; the low bits of `integer` are n plus a bias. */
interface Split {
  readonly n: Vector;
  readonly integer: Vector;
}

/** The nearest whole number to a product: adding 3 2^(fraction - 1) leaves no room for fractions. */
function round(code: FloatCode, [a, b]: readonly [Vector, Vector], bias: number): Split {
  const { hold, number, sub, multiplyAdd } = code;
  const rounder = 1.5 * 2 ** precisionOf(code).fraction + bias;
  const integer = hold(multiplyAdd(a, b, number(rounder)));
  return { integer, n: hold(sub(integer, number(rounder))) };
}

/** x - n ln 2, exactly but for its own rounding. */
function reduce(code: FloatCode, x: Vector, n: Vector): Vector {
  const { hold, number, negatedMultiplyAdd } = code;
  const [high, low] = precisionOf(code).ln2;
  return hold(negatedMultiplyAdd(n, number(low), negatedMultiplyAdd(n, number(high), x)));
}

/** e^r for |r| up to ln 2 / 2. */
function expNear0(code: FloatCode, r: Vector): Vector {
  return polynomial(code, r, [...precisionOf(code).ofPower, 1, 1]);
}

/** e^r - 1 for |r| up to ln 2 / 2. */
function expm1Near0(code: FloatCode, r: Vector): Vector {
  return code.multiplyAdd(code.mul(r, r), polynomial(code, r, precisionOf(code).ofPowerLess1), r);
}

/** x 2^n. The power of 2 is multiplied in two halves: a whole one may be too small or too large. */
function scale(code: FloatCode, x: Vector, integer: Vector): Vector {
  const { hold, mul, bits } = code;
  const { fraction } = precisionOf(code);
  const half = hold(bits.shiftRightUnsigned(integer, 1));
  const first = bits.shiftLeft(half, fraction);
  const second = bits.shiftLeft(bits.sub(integer, half), fraction);
  return mul(mul(x, first), second);
}

/** x between two ends; NaN stays. */
function between(
  { number, pmin, pmax, hold }: FloatCode,
  x: Vector,
  [min, max]: readonly [number, number],
): Vector {
  return hold(pmin(pmax(x, number(min)), number(max)));
}

/** e^x, within 1.25 units in the last place; denormal results and the ends of the range included. */
export function exp(code: FloatCode, x: Vector): Vector {
  const { powers: [min, max], bias } = precisionOf(code);
  const within = between(code, x, [min * Math.LN2, max * Math.LN2]);
  const { n, integer } = round(code, [within, code.number(Math.LOG2E)], 2 * bias);
  return scale(code, expNear0(code, reduce(code, within, n)), integer);
}

/** `factor` e^(x + rest), where x is exact and the rest is small; both within the range of e^x. */
export function timesExp(code: FloatCode, factor: Vector, x: Vector, rest: Vector): Vector {
  const { number, add, mul, hold } = code;
  const [coarse, fine] = [hold(x), hold(rest)];
  const { bias } = precisionOf(code);
  const { n, integer } = round(code, [add(coarse, fine), number(Math.LOG2E)], 2 * bias);
  const r = hold(add(reduce(code, coarse, n), fine));
  return scale(code, mul(expNear0(code, r), factor), integer);
}

/** e^x for x up to 0, within 1.25 units in the last place, but 0 where it would be denormal. */
export function expOfNegative(code: FloatCode, operand: Vector): Vector {
  const { number, mul, pmax, bits, hold } = code;
  const { bias, fraction } = precisionOf(code);
  const x = hold(pmax(operand, number(-bias * Math.LN2))); // there the bits of 2^n are all zero
  const { n, integer } = round(code, [x, number(Math.LOG2E)], bias);
  return mul(expNear0(code, reduce(code, x, n)), bits.shiftLeft(integer, fraction));
}

/** e^r by r up to ln 2 / 2, with a relative error of 8e-13. */
const coarse = [
  2.47271689752036e-5,
  0.000199154368081557,
  0.00138891788666032,
  0.00833326700539734,
  0.0416666642175046,
  0.166666668855793,
  0.500000000061906,
  0.999999999980608,
  0.999999999999762,
];

/**
 * e^x of doubles for a result in single precision, with a relative error of 1e-12. Past 200 either
 * way, where that is infinite or 0 anyhow, it is that of 200.
 */
export function expForSingles(code: FloatCode, operand: Vector): Vector {
  const { number, mul, negatedMultiplyAdd, bits, hold } = code;
  const { bias, fraction } = double;
  const x = between(code, operand, [-200, 200]);
  const { n, integer } = round(code, [x, number(Math.LOG2E)], bias);
  const r = hold(negatedMultiplyAdd(n, number(Math.LN2), x));
  return mul(polynomial(code, r, coarse), bits.shiftLeft(integer, fraction));
}

/** 2^x, within 1.25 units in the last place, and exact for whole numbers. */
export function exp2(code: FloatCode, x: Vector): Vector {
  const { number, sub, mul, hold } = code;
  const { powers, bias } = precisionOf(code);
  const within = between(code, x, powers);
  const { n, integer } = round(code, [within, number(1)], 2 * bias);
  return scale(code, expNear0(code, hold(mul(sub(within, n), number(Math.LN2)))), integer);
}

/** e^x - 1, within 2 units in the last place also where it is small. */
export function expm1(code: FloatCode, operand: Vector): Vector {
  const { number, add, sub, multiplyAdd, bits, hold, select, less, abs } = code;
  const { powers: [, max], bias, minusOne, fraction } = precisionOf(code);
  const x = hold(operand);
  const within = between(code, x, [minusOne, max * Math.LN2]);
  const { n, integer } = round(code, [within, number(Math.LOG2E)], bias - 1);
  const halfPower = hold(bits.shiftLeft(integer, fraction)); // 2^n itself may be too large
  const small = expm1Near0(code, reduce(code, within, n));
  const half = hold(multiplyAdd(small, halfPower, sub(halfPower, number(0.5))));
  return select(less(abs(x), number(1e-30)), x, add(half, half));
}

/** e^x - 1 for x from 0 up to where it can be stored. */
export function expm1OfPositive(code: FloatCode, operand: Vector): Vector {
  const { number, sub, multiplyAdd, bits, hold } = code;
  const { bias, fraction } = precisionOf(code);
  const x = hold(operand);
  const { n, integer } = round(code, [x, number(Math.LOG2E)], bias);
  const power = hold(bits.shiftLeft(integer, fraction));
  return multiplyAdd(expm1Near0(code, reduce(code, x, n)), power, sub(power, number(1)));
}
