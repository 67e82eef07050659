/** Functions on vectors: single precision inline where it is short, the rest as called functions. */

import type { FloatFunction } from "./float_code.ts";
import { throughDoubles } from "./float_code.ts";
import * as errorFunction from "./error_function.ts";
import * as exponential from "./exponential.ts";
import * as hyperbolic from "./hyperbolic.ts";
import * as inverse from "./inverse_trigonometric.ts";
import * as logarithm from "./logarithm.ts";
import * as power from "./power.ts";
import * as remainders from "./remainder.ts";
import * as trigonometric from "./trigonometric.ts";

/** A function that is written where it is used in single precision, and in double only there. */
function inDoubles(body: FloatFunction): FloatFunction {
  const single = throughDoubles(body);
  return (code, ...inputs) => (code.dtype === "float32" ? single : body)(code, ...inputs);
}

export const exp: FloatFunction = exponential.exp;
export const expm1: FloatFunction = exponential.expm1;
export const sigmoid: FloatFunction = hyperbolic.sigmoid;
export const tanh: FloatFunction = hyperbolic.tanh;
export const log: FloatFunction = logarithm.log;
export const exp2: FloatFunction = exponential.exp2;
export const log1p: FloatFunction = logarithm.log1p;
export const log2: FloatFunction = logarithm.log2;
export const log10: FloatFunction = logarithm.log10;
export const softplus: FloatFunction = logarithm.softplus;
export const logaddexp: FloatFunction = inDoubles(logarithm.logaddexp);
export const sinh: FloatFunction = inDoubles(hyperbolic.sinh);
export const cosh: FloatFunction = inDoubles(hyperbolic.cosh);
export const asinh: FloatFunction = inDoubles(hyperbolic.asinh);
export const acosh: FloatFunction = inDoubles(hyperbolic.acosh);
export const atanh: FloatFunction = inDoubles(hyperbolic.atanh);
export const sin: FloatFunction = inDoubles(trigonometric.sin);
export const cos: FloatFunction = inDoubles(trigonometric.cos);
export const tan: FloatFunction = inDoubles(trigonometric.tan);
export const asin: FloatFunction = inDoubles(inverse.asin);
export const acos: FloatFunction = inDoubles(inverse.acos);
export const atan: FloatFunction = inDoubles(inverse.atan);
export const atan2: FloatFunction = inDoubles(inverse.atan2);
export const erf: FloatFunction = errorFunction.erf;
export const erfc: FloatFunction = errorFunction.erfc;
export const pow: FloatFunction = inDoubles(power.pow);
export const hypot: FloatFunction = inDoubles(power.hypot);
export const fmod: FloatFunction = inDoubles(remainders.fmod);
export const remainder: FloatFunction = inDoubles(remainders.remainder);
