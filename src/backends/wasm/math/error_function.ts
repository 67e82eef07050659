/**
 * The error function, its complement, and the normal distribution function. Coefficients are minimax,
 * found by Remez's exchange; they leave a relative error of 1e-9 in single precision and 4e-17 in
 * double, unless it says otherwise.
 */

import { v128 } from "../assembler.ts";
import { exp, expForSingles, expOfNegative, timesExp } from "./exponential.ts";
import type { FloatCode, Vector } from "./float_code.ts";
import { polynomial, throughDoubles, withSignOf } from "./float_code.ts";

/** erf(x) / x - 1 by x^2, for x up to 1. */
const singleNear0 = [
  7.8538484e-5,
  -8.0101896e-4,
  0.0051883273,
  -0.026853811,
  0.112835854,
  -0.37612626,
  0.12837917,
];

/** -log(erfc(x)) for x from 1 to 4. */
const singleTail = [
  -1.8637803e-4,
  0.0029476478,
  -0.021838026,
  0.103106685,
  0.6381449,
  1.1270891,
  3.415318e-4,
];

/** erf(x) / x - 1 by x^2, for x up to 1/2. */
const doubleNear0 = [
  -1.4618441321282917e-7,
  1.6370955957084287e-6,
  -1.4922990295838226e-5,
  0.00012055285871013896,
  -0.0008548326505839159,
  0.005223977621974562,
  -0.026866170644997654,
  0.11283791670954864,
  -0.3761263890318375,
  0.12837916709551257,
];

/** erfc(x) e^(x^2) (1 + 2 x) by (x - 3) / (x + 3), for x from 1/2 to 28. */
const doubleTail = [
  7.186092960144148e-9,
  7.267079867951311e-8,
  -8.071488545173316e-8,
  -5.876240774696601e-7,
  2.9941187064394553e-7,
  3.456240463179041e-6,
  -6.991552219453452e-7,
  -2.0095120580826106e-5,
  4.938077465219139e-6,
  0.00012509822198714638,
  -0.00010515726148479329,
  -0.0007798321301823254,
  0.0018886900109331122,
  0.00252939180587165,
  -0.023770514890950806,
  0.06830802734435357,
  -0.11927366341643425,
  0.12964515870275492,
  -0.04756229435343295,
  -0.13562110612458114,
  1.2530080582697296,
];

/** erfc(x) e^(x^2) (1 + 0.3 x) by 1 / (1 + 0.3 x) - 0.6 for x from 0 to 10, within 2e-11. */
const coarseTail = [
  -0.0242473229632456,
  0.0110798479664669,
  0.0645614675394181,
  -0.00236011340331406,
  -0.151536901995387,
  -0.136390381842829,
  0.224270718208037,
  0.807747845722635,
  1.27789054403887,
  1.38500973160156,
  1.14167043576489,
  0.744552887432429,
  0.389283567997657,
];

/** (P(x) - 1/2) / x by x^2 for x up to 0.7, P being the normal distribution function. */
const singleNormalNear0 = [
  1.04465638e-4,
  -0.00118269594,
  0.00997274981,
  -0.0664903305,
  0.39894228,
];

/** P(-x) e^(x^2 / 2) (1 + x / 2) by 1 / (1 + x / 2) - 0.4375 for x from 0.66 to 14.3, within 3e-8. */
const singleNormalTail = [
  0.0741749979,
  -0.100355022,
  -0.0235511193,
  0.124718624,
  -0.0406788394,
  -0.141441647,
  0.0847724461,
  0.322496021,
  0.315751892,
];

/** The error function, within 2.75 units in the last place. */
export function erf(code: FloatCode, operand: Vector): Vector {
  const x = code.hold(operand);
  return code.dtype === "float32" ? erfOfSingles(code, x) : erfOfDoubles(code, x);
}

function erfOfSingles(code: FloatCode, x: Vector): Vector {
  const { number, sub, mul, multiplyAdd, neg, abs, pmin, less, hold, select } = code;
  const size = hold(abs(x));
  const within = hold(pmin(size, number(4))); // from there on the result is 1
  const tail = sub(number(1), expOfNegative(code, neg(polynomial(code, within, singleTail))));
  const near0 = multiplyAdd(x, polynomial(code, hold(mul(x, x)), singleNear0), x);
  return select(less(size, number(1)), near0, withSignOf(code, hold(tail), x));
}

function erfOfDoubles(code: FloatCode, x: Vector): Vector {
  const { number, sub, mul, multiplyAdd, abs, less, hold, select } = code;
  const size = hold(abs(x));
  const tail = withSignOf(code, sub(number(1), tailOfDoubles(code, size)), x);
  const near0 = multiplyAdd(x, polynomial(code, hold(mul(x, x)), doubleNear0), x);
  return select(less(size, number(0.5)), near0, tail);
}

/**
 * 1 - erf(x) also where that is small: within 0.501 units in the last place in single precision, 4.5
 * in double, denormal results apart.
 */
export function erfc(code: FloatCode, operand: Vector): Vector {
  return (code.dtype === "float32" ? erfcOfSingles : erfcOfDoubles)(code, operand);
}

const erfcOfSingles = throughDoubles((code, operand) => {
  const { number, sub, mul, div, multiplyAdd, neg, abs, pmin, less, hold, select } = code;
  const x = hold(operand);
  const size = hold(pmin(abs(x), number(11))); // from there on the result is 0
  const t = hold(div(number(1), multiplyAdd(size, number(0.3), number(1))));
  const scaled = mul(polynomial(code, hold(sub(t, number(0.6))), coarseTail), t);
  const tail = hold(mul(scaled, expForSingles(code, neg(mul(size, size)))));
  return select(less(x, number(0)), sub(number(2), tail), tail);
});

function erfcOfDoubles(code: FloatCode, operand: Vector): Vector {
  const { number, sub, mul, multiplyAdd, abs, less, hold, select } = code;
  const x = hold(operand);
  const size = hold(abs(x));
  const tail = hold(tailOfDoubles(code, size));
  const far = select(less(x, number(0)), sub(number(2), tail), tail);
  const ofX = multiplyAdd(x, polynomial(code, hold(mul(x, x)), doubleNear0), x);
  return select(less(size, number(0.5)), sub(number(1), ofX), far);
}

/** How likely a normal number is to be at most x: within 5.5 units in the last place. */
export function normalCdf(code: FloatCode, operand: Vector): Vector {
  return (code.dtype === "float32" ? normalCdfOfSingles : normalCdfOfDoubles)(code, operand);
}

function normalCdfOfSingles(code: FloatCode, operand: Vector): Vector {
  const { number, integer, add, sub, mul, div, multiplyAdd, abs, pmin, less, hold, select } = code;
  const x = hold(operand);
  const size = hold(pmin(abs(x), number(14.5))); // from there on it is 0 or 1
  const t = hold(div(number(1), multiplyAdd(size, number(0.5), number(1))));
  const scaled = mul(polynomial(code, hold(sub(t, number(0.4375))), singleNormalTail), t);
  const coarse = hold(v128.andNot(size, integer(2 ** 12 - 1))); // its square is exact
  const square = mul(mul(coarse, coarse), number(-0.5));
  const rest = mul(mul(sub(coarse, size), add(coarse, size)), number(0.5));
  const tail = hold(timesExp(code, scaled, square, rest));
  const far = select(less(x, number(0)), tail, sub(number(1), tail));
  const near0 = multiplyAdd(x, polynomial(code, hold(mul(x, x)), singleNormalNear0), number(0.5));
  return select(less(size, number(0.68)), near0, far);
}

function normalCdfOfDoubles(code: FloatCode, operand: Vector): Vector {
  const { number, sub, mul, multiplyAdd, abs, pmin, less, hold, select } = code;
  const x = hold(operand);
  const size = hold(pmin(abs(x), number(39))); // from there on it is 0 or 1
  const scaled = hold(mul(size, number(Math.SQRT1_2)));
  const half = mul(number(0.5), scaledTailOfDoubles(code, scaled));
  const tail = hold(mul(half, gaussian(code, size, 0.5)));
  const far = select(less(x, number(0)), tail, sub(number(1), tail));
  const z = hold(mul(x, number(Math.SQRT1_2)));
  const ofZ = multiplyAdd(z, polynomial(code, hold(mul(z, z)), doubleNear0), z);
  return select(less(scaled, number(0.5)), multiplyAdd(ofZ, number(0.5), number(0.5)), far);
}

/** erfc(x) for x from 1/2 up. */
function tailOfDoubles(code: FloatCode, size: Vector): Vector {
  const x = code.hold(code.pmin(size, code.number(28))); // from there on the result is 0
  return code.mul(scaledTailOfDoubles(code, x), gaussian(code, x));
}

/** erfc(x) e^(x^2) for x from 1/2 to 28. */
function scaledTailOfDoubles(code: FloatCode, x: Vector): Vector {
  const { number, add, sub, div, hold } = code;
  const t = hold(div(sub(x, number(3)), add(x, number(3))));
  return div(polynomial(code, t, doubleTail), add(number(1), add(x, x)));
}

/** e^(-factor x^2) without the rounding error of x^2: the square of its first 26 bits is exact. */
function gaussian(code: FloatCode, x: Vector, factor: 1 | 0.5 = 1): Vector {
  const { number, integer, add, sub, mul, hold } = code;
  const coarse = hold(v128.andNot(x, integer(2 ** 27 - 1)));
  const rest = hold(mul(mul(sub(coarse, x), add(coarse, x)), number(factor)));
  const correction = polynomial(code, rest, [1 / 6, 0.5, 1, 1]);
  return mul(exp(code, mul(mul(coarse, coarse), number(-factor))), correction);
}
