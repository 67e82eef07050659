/** Exponentials, trigonometry and the activation functions of networks, for scalars and tensors. */

import { describe } from "../ops/describe.ts";
import * as ops from "../ops/elementwise.ts";
import { UsageError } from "../ops/error.ts";
import { checkNumber } from "../ops/options.ts";
import { Arithmetic } from "./arithmetic.ts";

const selu = { scale: 1.0507009873554805, alpha: 1.6732632423543772 } as const;

/** A number, or an array of numbers, and the functions of it. */
export abstract class Functions extends Arithmetic {
  // Exponentials and logarithms

  /** `e^this`. */
  exp(): this {
    return this.apply(ops.exp, []);
  }

  /** `2^this`. */
  exp2(): this {
    return this.apply(ops.exp2, []);
  }

  /** `e^this - 1`, exact near 0. */
  expm1(): this {
    return this.apply(ops.expm1, []);
  }

  /** The natural logarithm. */
  log(): this {
    return this.apply(ops.log, []);
  }

  /** The logarithm to base 2. */
  log2(): this {
    return this.apply(ops.log2, []);
  }

  /** The logarithm to base 10. */
  log10(): this {
    return this.apply(ops.log10, []);
  }

  /** `log(1 + this)`, exact near 0. */
  log1p(): this {
    return this.apply(ops.log1p, []);
  }

  // Trigonometric and hyperbolic functions, angles in radians

  /** The sine. */
  sin(): this {
    return this.apply(ops.sin, []);
  }

  /** The cosine. */
  cos(): this {
    return this.apply(ops.cos, []);
  }

  /** The tangent. */
  tan(): this {
    return this.apply(ops.tan, []);
  }

  /** The arcsine. */
  asin(): this {
    return this.apply(ops.asin, []);
  }

  /** The arccosine. */
  acos(): this {
    return this.apply(ops.acos, []);
  }

  /** The arctangent. */
  atan(): this {
    return this.apply(ops.atan, []);
  }

  /** The hyperbolic sine. */
  sinh(): this {
    return this.apply(ops.sinh, []);
  }

  /** The hyperbolic cosine. */
  cosh(): this {
    return this.apply(ops.cosh, []);
  }

  /** The hyperbolic tangent. */
  tanh(): this {
    return this.apply(ops.tanh, []);
  }

  /** The inverse hyperbolic sine. */
  asinh(): this {
    return this.apply(ops.asinh, []);
  }

  /** The inverse hyperbolic cosine. */
  acosh(): this {
    return this.apply(ops.acosh, []);
  }

  /** The inverse hyperbolic tangent. */
  atanh(): this {
    return this.apply(ops.atanh, []);
  }

  // Functions of probability and activation functions

  /** The error function, `2/sqrt(pi)` times the integral of `e^(-t^2)` from 0. */
  erf(): this {
    return this.apply(ops.erf, []);
  }

  /** `1 - erf(this)`, exact where it is tiny. */
  erfc(): this {
    return this.apply(ops.erfc, []);
  }

  /**
   * How likely a standard normal number is to be at most this (`ndtr` in SciPy and PyTorch):
   * `erfc(-this / sqrt(2)) / 2`, exact where it is tiny.
   */
  normalCdf(): this {
    return this.apply(ops.normalCdf, []);
  }

  /** The logistic function `1 / (1 + e^-x)`. */
  sigmoid(): this {
    return this.apply(ops.sigmoid, []);
  }

  /** `log(sigmoid(x))`, without overflow. */
  logSigmoid(): this {
    return this.neg().softplus().neg();
  }

  /** `log(1 + e^(beta x)) / beta`, exact at every size. */
  softplus(beta = 1): this {
    checkNumber("softplus", "beta", beta);
    if (beta === 1) return this.apply(ops.softplus, []);
    const scaled = this.mul(beta); // which may overflow where the result does not
    return this.where(scaled.greater(40), scaled.apply(ops.softplus, []).div(beta));
  }

  /** `x / (1 + |x|)`. */
  softsign(): this {
    return this.div(this.abs().add(1));
  }

  /** `max(x, 0)`; its derivative at 0 is 0. */
  relu(): this {
    return this.apply(ops.relu, []);
  }

  /** `min(max(x, 0), 6)`; its derivative at 0 and 6 is 0. */
  relu6(): this {
    return this.apply(ops.hardtanh, [], { min: 0, max: 6 });
  }

  /** `x` above 0, `slope * x` below; its derivative at 0 is the slope. */
  leakyRelu(slope = 0.01): this {
    checkNumber("leakyRelu", "slope", slope);
    return this.apply(ops.leakyRelu, [], { slope });
  }

  /** `x` above 0, `alpha * (e^x - 1)` below; its derivative at 0 is `alpha`. */
  elu(alpha = 1): this {
    checkNumber("elu", "alpha", alpha);
    return this.apply(ops.elu, [], { alpha });
  }

  /** The self-normalising ELU of Klambauer et al. (2017), with their two constants. */
  selu(): this {
    return this.elu(selu.alpha).mul(selu.scale);
  }

  /**
   * `x * Phi(x)`, `Phi` being the distribution function of the standard normal distribution
   * (Hendrycks and Gimpel, 2016); `"tanh"` is their approximation of it.
   */
  gelu(approximate: "none" | "tanh" = "none"): this {
    if (approximate === "none") return this.mul(this.normalCdf());
    if (approximate !== "tanh") {
      throw new UsageError(`Cannot gelu by ${describe(approximate)}: it is "none" or "tanh"`);
    }
    const inner = this.pow(3).mul(0.044715).add(this).mul(Math.sqrt(2 / Math.PI));
    return this.mul(inner.tanh().add(1)).mul(0.5);
  }

  /** `x * sigmoid(x)`, also called swish. */
  silu(): this {
    return this.mul(this.sigmoid());
  }

  /** `x * tanh(softplus(x))`. */
  mish(): this {
    return this.mul(this.softplus().tanh());
  }

  /** `x` held between `min` and `max`; on a bound the derivative is 0. */
  hardtanh(min = -1, max = 1): this {
    checkNumber("hardtanh", "min", min);
    checkNumber("hardtanh", "max", max);
    return this.apply(ops.hardtanh, [], { min, max });
  }

  /** `x / 6 + 1/2` held between 0 and 1. */
  hardSigmoid(): this {
    return this.div(6).add(0.5).hardtanh(0, 1);
  }

  /** `x * min(max(x + 3, 0), 6) / 6`. */
  hardSwish(): this {
    return this.mul(this.add(3).clamp(0, 6)).div(6);
  }
}
