/**
 * Powers, in double precision. The logarithm of the base is kept in two doubles, so that its
 * product with the exponent is exact enough: an error there is one relative to the power.
 */

import { v128 } from "../assembler.ts";
import { exp, expForSingles } from "./exponential.ts";
import { type FloatCode, throughDoubles, type Vector } from "./float_code.ts";
import { log, logInTwoParts } from "./logarithm.ts";
import { lostInProduct } from "./two_parts.ts";

/** A power of a number from 0 up. */
type PowerOfSize = (code: FloatCode, size: Vector, exponent: Vector) => Vector;

/**
 * a^b. An error of the logarithm grows with that of the result: it is within 3 units in the last place
 * from 2^-100 to 2^100, 8 from 2^-300 to 2^300, and 36 towards the ends of the range.
 */
export function pow(code: FloatCode, base: Vector, exponent: Vector): Vector {
  return powerOf(code, [base, exponent], preciseOfSize);
}

/** a^b of doubles for a result in single precision: the logarithm needs no second part. */
export function powForSingles(code: FloatCode, base: Vector, exponent: Vector): Vector {
  return powerOf(
    code,
    [base, exponent],
    (code, size, b) => expForSingles(code, code.mul(bounded(code, b), log(code, size))),
  );
}

function powerOf(
  code: FloatCode,
  [base, exponent]: readonly [Vector, Vector],
  ofSize: PowerOfSize,
): Vector {
  const { number, mul, abs, truncate, less, equal, notEqual, hold, select } = code;
  const [a, b] = [hold(base), hold(exponent)];
  const size = hold(abs(a));
  const isInteger = hold(equal(b, truncate(b)));
  const half = hold(mul(b, number(0.5)));
  const isOdd = v128.and(isInteger, notEqual(half, truncate(half)));
  const signed = v128.xor(ofSize(code, size, b), v128.and(isOdd, v128.and(a, number(-0))));
  const isFiniteNegative = v128.and(less(a, number(0)), less(size, number(Infinity)));
  const isImaginary = v128.andNot(isFiniteNegative, isInteger);
  const isNaN = v128.or(notEqual(a, a), notEqual(b, b));
  const result = select(v128.or(isImaginary, isNaN), number(NaN), signed);
  return select(v128.or(equal(b, number(0)), equal(a, number(1))), number(1), result);
}

/** An exponent that is not infinite: a power is 0, 1 or infinity long before. */
function bounded({ number, pmin, pmax, hold }: FloatCode, exponent: Vector): Vector {
  const huge = 2 ** 900;
  return hold(pmin(pmax(exponent, number(-huge)), number(huge)));
}

function preciseOfSize(code: FloatCode, size: Vector, exponent: Vector): Vector {
  const { number, add, mul, abs, greater, less, equal, hold, select } = code;
  const b = bounded(code, exponent);
  const log = logInTwoParts(code, size);
  const high = hold(mul(b, log.high));
  const lost = add(lostInProduct(code, b, log.high, high), mul(b, log.low));
  const matters = less(abs(high), number(1000));
  const ofOrdinary = mul(exp(code, high), add(number(1), v128.and(matters, lost)));
  const isExtreme = v128.or(equal(size, number(0)), equal(size, number(Infinity)));
  const isLarge = v128.xor(greater(size, number(1)), less(b, number(0)));
  return select(hold(isExtreme), v128.and(isLarge, number(Infinity)), ofOrdinary);
}

/**
 * x to a power that is known: by multiplications where there are few, within 2 units in the last
 * place, by roots where it is half, else as `pow`.
 */
export function power(code: FloatCode, operand: Vector, exponent: number): Vector {
  const { number, add, div, sqrt, equal, hold, select } = code;
  const x = hold(operand);
  const root = (): Vector => { // that of -0 is 0, and that of -Infinity infinite
    const infinite = number(Infinity);
    return select(equal(x, number(-Infinity)), infinite, sqrt(add(x, number(0))));
  };
  if (exponent === 0) return number(1);
  if (exponent === -1) return div(number(1), x);
  if (exponent === 0.5) return root();
  if (exponent === -0.5) return div(number(1), hold(root()));
  if ([1, 2, 3, 4].includes(exponent)) return wholePower(code, x, exponent);
  const isWhole = Number.isInteger(exponent) && Math.abs(exponent) <= 16;
  const inDoubles = (wide: FloatCode, x: Vector): Vector => {
    if (code.dtype === "float64") return pow(wide, x, number(exponent));
    if (!isWhole) return powForSingles(wide, x, wide.number(exponent));
    const positive = wholePower(wide, hold(x), Math.abs(exponent));
    return exponent < 0 ? wide.div(wide.number(1), hold(positive)) : positive;
  };
  return (code.dtype === "float32" ? throughDoubles(inDoubles) : inDoubles)(code, x);
}

/** x to a whole power from 1 up, by squares of squares. */
function wholePower({ mul, hold }: FloatCode, x: Vector, exponent: number): Vector {
  let product: Vector | null = null;
  let square = x;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) product = product === null ? square : hold(mul(product, square));
    if (rest > 1) square = hold(mul(square, square));
  }
  return product!;
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
