/** Hyperbolic functions and the sigmoid, made of exponentials and logarithms. */

import { exp, expm1OfPositive } from "./exponential.ts";
import type { FloatCode, Vector } from "./float_code.ts";
import { withSignOf } from "./float_code.ts";
import { log, log1p } from "./logarithm.ts";

/** 1 / (1 + e^-x), within 2.5 units in the last place, denormal results included. */
export function sigmoid(code: FloatCode, operand: Vector): Vector {
  const { number, add, div, abs, neg, greaterEqual, hold, select } = code;
  const x = hold(operand);
  const e = hold(exp(code, neg(abs(x))));
  return div(select(greaterEqual(x, number(0)), number(1), e), add(number(1), e));
}

/** The hyperbolic tangent, within 2.75 units in the last place. */
export function tanh(code: FloatCode, operand: Vector): Vector {
  const { number, add, div, abs, pmin, hold } = code;
  const x = hold(operand);
  const size = hold(pmin(abs(x), number(22))); // from there on the result is 1
  const e = hold(expm1OfPositive(code, add(size, size)));
  return withSignOf(code, div(e, add(e, number(2))), x);
}

/** e^|x| / 2 without overflow before its time. */
function halfExp(code: FloatCode, size: Vector): Vector {
  const { number, mul, hold } = code;
  const root = hold(exp(code, mul(size, number(0.5))));
  return mul(mul(root, number(0.5)), root);
}

/** The hyperbolic sine, within 3.25 units in the last place. */
export function sinh(code: FloatCode, operand: Vector): Vector {
  const { number, add, mul, div, abs, less, pmin, hold, select } = code;
  const x = hold(operand);
  const size = hold(abs(x));
  const e = hold(expm1OfPositive(code, pmin(size, number(22))));
  const small = mul(number(0.5), add(e, div(e, add(e, number(1)))));
  return withSignOf(code, select(less(size, number(22)), small, halfExp(code, size)), x);
}

/** The hyperbolic cosine, within 3.5 units in the last place. */
export function cosh(code: FloatCode, operand: Vector): Vector {
  const { number, add, div, abs, hold } = code;
  const half = hold(halfExp(code, hold(abs(operand))));
  return add(half, div(number(0.25), half));
}

/** The inverse of sinh. */
export function asinh(code: FloatCode, operand: Vector): Vector {
  const { number, add, mul, div, sqrt, abs, less, hold, select } = code;
  const x = hold(operand);
  const size = hold(abs(x));
  const square = hold(mul(size, size));
  const root = sqrt(add(square, number(1)));
  const near = log1p(code, add(size, div(square, add(number(1), root))));
  const far = add(log(code, size), number(Math.LN2));
  return withSignOf(code, select(less(size, number(1e9)), near, far), x);
}

/** The inverse of cosh; NaN below 1. */
export function acosh(code: FloatCode, operand: Vector): Vector {
  const { number, add, sub, mul, sqrt, less, hold, select } = code;
  const x = hold(operand);
  const above = hold(sub(x, number(1)));
  const roots = mul(sqrt(above), sqrt(add(above, number(2))));
  const near = log1p(code, add(above, roots));
  const far = add(log(code, x), number(Math.LN2));
  return select(less(x, number(1e9)), near, far);
}

/** The inverse of tanh; NaN past 1. */
export function atanh(code: FloatCode, operand: Vector): Vector {
  const { number, add, sub, mul, div, abs, hold } = code;
  const x = hold(operand);
  const size = hold(abs(x));
  const ratio = div(add(size, size), sub(number(1), size));
  return withSignOf(code, mul(number(0.5), log1p(code, ratio)), x);
}
