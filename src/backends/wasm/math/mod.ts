/** Functions on vectors: single precision inline where it is short, the rest as called functions. */

import type { FloatFunction } from "./float_code.ts";
import { outOfLine, throughDoubles } from "./float_code.ts";
import * as exponential from "./exponential.ts";
import * as hyperbolic from "./hyperbolic.ts";
import * as logarithm from "./logarithm.ts";

/** A function that is short in single precision and called in double. */
function inline(name: string, body: FloatFunction): FloatFunction {
  const called = outOfLine(name, body.length - 1, body);
  return (code, ...inputs) => (code.dtype === "float32" ? body : called)(code, ...inputs);
}

/** A function that is called in both precisions. */
function called(name: string, body: FloatFunction): FloatFunction {
  return outOfLine(name, body.length - 1, body);
}

/** A function that has one form, that of double precision. */
function inDoubles(name: string, body: FloatFunction): FloatFunction {
  const double = called(name, body);
  const single = throughDoubles(double);
  return (code, ...inputs) => (code.dtype === "float32" ? single : double)(code, ...inputs);
}

export const exp: FloatFunction = inline("exp", exponential.exp);
export const expm1: FloatFunction = inline("expm1", exponential.expm1);
export const sigmoid: FloatFunction = inline("sigmoid", hyperbolic.sigmoid);
export const tanh: FloatFunction = inline("tanh", hyperbolic.tanh);
export const log: FloatFunction = inline("log", logarithm.log);
export const exp2: FloatFunction = called("exp2", exponential.exp2);
export const log1p: FloatFunction = called("log1p", logarithm.log1p);
export const log2: FloatFunction = called("log2", logarithm.log2);
export const log10: FloatFunction = called("log10", logarithm.log10);
export const softplus: FloatFunction = called("softplus", logarithm.softplus);
export const logaddexp: FloatFunction = inDoubles("logaddexp", logarithm.logaddexp);
export const sinh: FloatFunction = inDoubles("sinh", hyperbolic.sinh);
export const cosh: FloatFunction = inDoubles("cosh", hyperbolic.cosh);
export const asinh: FloatFunction = inDoubles("asinh", hyperbolic.asinh);
export const acosh: FloatFunction = inDoubles("acosh", hyperbolic.acosh);
export const atanh: FloatFunction = inDoubles("atanh", hyperbolic.atanh);
