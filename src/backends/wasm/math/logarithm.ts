/**
 * Logarithms. A number is taken apart as 2^k (1 + f) with 1 + f between the roots of 1/2 and 2.
 * In single precision log(1 + f) = f - f^2 / 2 + f^3 p(f); in double precision it is 2 atanh(s) with
 * s = f / (2 + f), which needs fewer terms. Coefficients are minimax, found by Remez's exchange;
 * they leave a relative error of 8e-10 and 3e-19.
 */

import { type Local, v128 } from "../assembler.ts";
import { exp } from "./exponential.ts";
import type { FloatCode, Vector } from "./float_code.ts";
import { polynomial } from "./float_code.ts";
import { lostInProduct, sumInTwoParts, type TwoParts } from "./two_parts.ts";

/** What differs between the precisions. */
interface Precision {
  /** The bits of the fraction. */
  readonly fraction: number;
  /** What is added to the exponent where it is stored. */
  readonly bias: number;
  /** ln 2 in two parts; the first has so few bits that its multiples are exact. */
  readonly ln2: readonly [number, number];
  /** The bits of the root of 1/2, rounded. */
  readonly rootOfHalf: number;
  /** The least number whose exponent is stored as such. */
  readonly leastNormal: number;
  readonly coefficients: readonly number[];
}

const single: Precision = {
  fraction: 23,
  bias: 127,
  ln2: [0.693359375, -0.00021219444005469057],
  rootOfHalf: 0x3f3504f3,
  leastNormal: 2 ** -126,
  coefficients: [
    0.06746638,
    -0.116756506,
    0.11888163,
    -0.1240559,
    0.14219552,
    -0.16667996,
    0.20002119,
    -0.2500001,
    0.33333313,
  ],
};

const double: Precision = {
  fraction: 52,
  bias: 1023,
  ln2: [0.6931471803691238, 1.9082149292705877e-10],
  rootOfHalf: 0x3fe6a09e * 2 ** 32,
  leastNormal: 2 ** -1022,
  coefficients: [
    0.13251319912287723,
    0.13250119072859887,
    0.1538709071966058,
    0.18181775666270608,
    0.2222222264678884,
    0.2857142856908592,
    0.4000000000000625,
    0.6666666666666666,
  ],
};

const precisionOf = ({ dtype }: FloatCode): Precision => dtype === "float32" ? single : double;

/** A positive number as 2^k (1 + f). */
interface Parts {
  readonly k: Vector;
  readonly f: Vector;
  /** k as an integer, with the bias of exponents. */
  readonly exponent: Vector;
}

/** Takes a normal number apart. */
function takeApart(code: FloatCode, x: Vector): Parts {
  const { number, integer, sub, bits, hold } = code;
  const { fraction, bias, rootOfHalf } = precisionOf(code);
  const one = bias * 2 ** fraction;
  const moved = hold(bits.add(x, integer(one - rootOfHalf)));
  const exponent = hold(bits.shiftRightUnsigned(moved, fraction));
  const asNumber = v128.or(exponent, number(2 ** fraction)); // plus 2^fraction
  const remaining = v128.and(moved, integer(2 ** fraction - 1));
  return {
    exponent,
    k: hold(sub(asNumber, number(2 ** fraction + bias))),
    f: hold(sub(bits.add(remaining, integer(rootOfHalf)), number(1))),
  };
}

/** log(1 + f) + k ln 2. */
function putTogether(code: FloatCode, { k, f }: Omit<Parts, "exponent">): Vector {
  const { number, add, sub, mul, div, multiplyAdd, hold } = code;
  const { ln2: [high, low], coefficients } = precisionOf(code);
  const halfSquare = hold(mul(mul(f, f), number(0.5)));
  const lowPart = mul(k, number(low));
  const correction = (): Vector => {
    if (code.dtype === "float32") {
      const cube = mul(mul(f, f), f);
      return multiplyAdd(cube, polynomial(code, f, coefficients), lowPart);
    }
    const s = hold(div(f, add(number(2), f)));
    const z = hold(mul(s, s));
    const series = multiplyAdd(z, polynomial(code, z, coefficients), halfSquare);
    return multiplyAdd(s, series, lowPart);
  };
  return multiplyAdd(k, number(high), sub(f, sub(halfSquare, correction())));
}

/** A logarithm that is right for positive numbers made so for all others. */
function orSpecial(code: FloatCode, x: Vector, result: Vector): Vector {
  const { number, select, greater, less, equal } = code;
  const isOrdinary = v128.and(greater(x, number(0)), less(x, number(Infinity)));
  const ofNegative = select(less(x, number(0)), number(NaN), x);
  return select(isOrdinary, result, select(equal(x, number(0)), number(-Infinity), ofNegative));
}

/** A logarithm of any number from one of normal positive numbers; the unusual ones are rare. */
function ofAny(
  code: FloatCode,
  x: Local<"v128">,
  ofNormal: (x: Vector, scaled: Vector) => Vector,
): Vector {
  const { f, number, mul, less, greaterEqual, hold, select } = code;
  const { fraction, leastNormal } = precisionOf(code);
  const result = f.let(ofNormal(x, number(0)));
  const isNormal = v128.and(greaterEqual(x, number(leastNormal)), less(x, number(Infinity)));
  f.if(v128.anyTrue(v128.not(isNormal)), () => {
    const tiny = hold(less(x, number(leastNormal)));
    const scaled = hold(select(tiny, mul(x, number(2 ** fraction)), x));
    f.set(result, orSpecial(code, x, ofNormal(scaled, v128.and(tiny, number(fraction)))));
  });
  return result;
}

/** log x, within 1 unit in the last place; -Infinity at 0 and NaN below. */
export function log(code: FloatCode, operand: Vector): Vector {
  return ofAny(code, code.hold(operand), (x, scaled) => {
    const { k, f } = takeApart(code, x);
    return putTogether(code, { k: code.hold(code.sub(k, scaled)), f });
  });
}

/** log(1 + x), within 2 units in the last place also where x is small. */
export function log1p(code: FloatCode, operand: Vector): Vector {
  const { f, number, add, sub, abs, less, greaterEqual, hold, select } = code;
  const x = hold(operand);
  const u = hold(add(number(1), x));
  const rounded = hold(sub(u, number(1)));
  const lost = add(sub(number(1), sub(u, rounded)), sub(x, rounded));
  const result = f.let(logOfSum(code, u, lost));
  const isNormal = v128.and(greaterEqual(u, number(2 ** -60)), less(u, number(Infinity)));
  const isTiny = less(abs(x), number(1e-30));
  f.if(v128.anyTrue(v128.or(isTiny, v128.not(isNormal))), () => {
    f.set(result, select(isTiny, x, orSpecial(code, u, result)));
  });
  return result;
}

/** log(1 + x) for x from 0 to 1. */
export function log1pOfUnit(code: FloatCode, operand: Vector): Vector {
  const { number, add, sub, hold } = code;
  const x = hold(operand);
  const u = hold(add(number(1), x));
  return logOfSum(code, u, sub(x, sub(u, number(1))));
}

/** log(u + lost) for a normal number and what its rounding lost. */
function logOfSum(code: FloatCode, u: Vector, lost: Vector): Vector {
  const { number, integer, add, mul, bits, hold } = code;
  const { fraction, bias } = precisionOf(code);
  const { k, f, exponent } = takeApart(code, u);
  const inversePower = bits.shiftLeft(bits.sub(integer(2 * bias + 1), exponent), fraction); // 2^(1-k)
  const correction = mul(mul(lost, number(0.5)), inversePower);
  return putTogether(code, { k, f: hold(add(f, correction)) });
}

/** log2 x, within 2 units in the last place, and exact for powers of 2. */
export function log2(code: FloatCode, operand: Vector): Vector {
  const { number, sub, multiplyAdd } = code;
  return ofAny(code, code.hold(operand), (x, scaled) => {
    const { k, f } = takeApart(code, x);
    const fractional = putTogether(code, { k: number(0), f });
    return multiplyAdd(fractional, number(Math.LOG2E), sub(k, scaled));
  });
}

/** log10 x, within 2.25 units in the last place. */
export function log10(code: FloatCode, operand: Vector): Vector {
  return code.mul(log(code, operand), code.number(Math.LOG10E));
}

/** log(1 + e^x), within 2 units in the last place, without overflow. */
export function softplus(code: FloatCode, operand: Vector): Vector {
  const { number, add, abs, neg, lessEqual, hold } = code;
  const x = hold(operand);
  const positive = v128.andNot(x, lessEqual(x, number(0)));
  return add(positive, log1pOfUnit(code, exp(code, neg(abs(x)))));
}

/** log(e^a + e^b), without overflow. */
export function logaddexp(code: FloatCode, first: Vector, second: Vector): Vector {
  const { number, add, sub, max, abs, neg, equal, hold, select } = code;
  const [a, b] = [hold(first), hold(second)];
  const distance = neg(abs(sub(a, b)));
  const result = add(max(a, b), log1pOfUnit(code, exp(code, distance)));
  return select(equal(a, b), add(a, number(Math.LN2)), result);
}

/** log x of a double from 0 up, finite and not 0, to about 57 bits. */
export function logInTwoParts(code: FloatCode, x: Vector): TwoParts {
  const { number, add, sub, mul, div, less, hold, select } = code;
  const { fraction, leastNormal, ln2, coefficients } = precisionOf(code);
  const tiny = hold(less(x, number(leastNormal)));
  const parts = takeApart(code, select(tiny, mul(x, number(2 ** fraction)), x));
  const k = hold(sub(parts.k, v128.and(tiny, number(fraction))));
  const { f } = parts;
  // s = f / (2 + f) and what its rounding leaves out
  const divisor = sumInTwoParts(code, number(2), f);
  const s = hold(div(f, divisor.high));
  const product = hold(mul(s, divisor.high));
  const lost = add(lostInProduct(code, s, divisor.high, product), mul(s, divisor.low));
  const rest = div(sub(sub(f, product), lost), divisor.high);
  // 2 atanh(s) = 2 s + s^3 p(s^2)
  const square = hold(mul(s, s));
  const series = mul(mul(square, s), polynomial(code, square, coefficients));
  const first = sumInTwoParts(code, hold(mul(k, number(ln2[0]))), hold(add(s, s)));
  const small = add(mul(k, number(ln2[1])), add(add(rest, rest), series));
  return sumInTwoParts(code, first.high, hold(add(first.low, small)));
}
