/** The functions on vectors by the names of their operations, for both floating-point kinds. */

import type { FloatFunction } from "./float_code.ts";
import { throughDoubles } from "./float_code.ts";
import * as hyperbolic from "./hyperbolic.ts";
import * as inverse from "./inverse_trigonometric.ts";
import * as logarithm from "./logarithm.ts";
import * as power from "./power.ts";
import * as remainders from "./remainder.ts";
import * as trigonometric from "./trigonometric.ts";

export { erf, erfc, normalCdf } from "./error_function.ts";
export { exp, exp2, expm1 } from "./exponential.ts";
export { sigmoid, tanh } from "./hyperbolic.ts";
export { log, log10, log1p, log2, softplus } from "./logarithm.ts";

// Functions that only double precision has, which single precision goes through
export const acos: FloatFunction = inDoubles(inverse.acos);
export const acosh: FloatFunction = inDoubles(hyperbolic.acosh);
export const asin: FloatFunction = inDoubles(inverse.asin);
export const asinh: FloatFunction = inDoubles(hyperbolic.asinh);
export const atan: FloatFunction = inDoubles(inverse.atan);
export const atan2: FloatFunction = inDoubles(inverse.atan2);
export const atanh: FloatFunction = inDoubles(hyperbolic.atanh);
export const cos: FloatFunction = inDoubles(trigonometric.cos);
export const cosh: FloatFunction = inDoubles(hyperbolic.cosh);
export const fmod: FloatFunction = inDoubles(remainders.fmod);
export const hypot: FloatFunction = inDoubles(power.hypot);
export const logaddexp: FloatFunction = inDoubles(logarithm.logaddexp);
export const pow: FloatFunction = inDoubles(power.pow, power.powForSingles);
export const remainder: FloatFunction = inDoubles(remainders.remainder);
export const sin: FloatFunction = inDoubles(trigonometric.sin);
export const sinh: FloatFunction = inDoubles(hyperbolic.sinh);
export const tan: FloatFunction = inDoubles(trigonometric.tan);

function inDoubles(body: FloatFunction, forSingles = body): FloatFunction {
  const single = throughDoubles(forSingles);
  return (code, ...inputs) => (code.dtype === "float32" ? single : body)(code, ...inputs);
}
