/** The arithmetic that scalars and tensors share: one method to implement, the rest is given. */

import * as ops from "../ops/elementwise.ts";
import type { Elementwise } from "../ops/elementwise_op.ts";
import { declareOwn, describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { checkNumber } from "../ops/options.ts";

/**
 * A number, or an array of numbers, that can be calculated with. The other operand of a method is
 * of the same kind or a plain number; tensors broadcast as in NumPy.
 */
export abstract class Arithmetic {
  static {
    declareOwn(this);
  }

  /** Applies an elementwise operation to this value and `others`. */
  protected abstract apply(
    op: Elementwise,
    others: readonly (this | number)[],
    attributes?: unknown,
  ): this;

  // Arithmetic

  /** The sum `this + other`. */
  add(other: this | number): this {
    return this.apply(ops.add, [other]);
  }

  /** The difference `this - other`. */
  sub(other: this | number): this {
    return this.apply(ops.sub, [other]);
  }

  /** The product `this * other`. */
  mul(other: this | number): this {
    return this.apply(ops.mul, [other]);
  }

  /** The quotient `this / other`. */
  div(other: this | number): this {
    return this.apply(ops.div, [other]);
  }

  /** The power `this ^ exponent`; the derivative of `x^0` is 0, also at `x = 0`. */
  pow(exponent: this | number): this {
    return this.apply(ops.pow, [exponent]);
  }

  /**
   * `this - other * floor(this / other)`: the remainder with the divisor's sign, as Python's `%`; a 0
   * has the sign of the dividend, as in PyTorch.
   */
  remainder(other: this | number): this {
    return this.apply(ops.remainder, [other]);
  }

  /** `this - other * trunc(this / other)`: the remainder with the dividend's sign, as JavaScript's `%`. */
  fmod(other: this | number): this {
    return this.apply(ops.fmod, [other]);
  }

  /** The larger of the two; on a tie each gets half of the derivative. */
  maximum(other: this | number): this {
    return this.apply(ops.maximum, [other]);
  }

  /** The smaller of the two; on a tie each gets half of the derivative. */
  minimum(other: this | number): this {
    return this.apply(ops.minimum, [other]);
  }

  /** `sqrt(this^2 + other^2)`, without overflow. */
  hypot(other: this | number): this {
    return this.apply(ops.hypot, [other]);
  }

  /** The angle of the point `(x, y)` in radians, `this` being `y` and `other` `x`. */
  atan2(other: this | number): this {
    return this.apply(ops.atan2, [other]);
  }

  /** `log(e^this + e^other)`, without overflow. */
  logaddexp(other: this | number): this {
    return this.apply(ops.logaddexp, [other]);
  }

  /** The negative `-this`. */
  neg(): this {
    return this.apply(ops.neg, []);
  }

  /** `1 / this`. */
  reciprocal(): this {
    return this.apply(ops.reciprocal, []);
  }

  /** The absolute value; its derivative at 0 is 0. */
  abs(): this {
    return this.apply(ops.abs, []);
  }

  /** -1, 0 or 1; the derivative is 0. */
  sign(): this {
    return this.apply(ops.sign, []);
  }

  /** `this * this`. */
  square(): this {
    return this.apply(ops.square, []);
  }

  /** The square root; its derivative at 0 is infinite. */
  sqrt(): this {
    return this.apply(ops.sqrt, []);
  }

  /** `1 / sqrt(this)`. */
  rsqrt(): this {
    return this.apply(ops.rsqrt, []);
  }

  /** The next whole number below; the derivative is 0. */
  floor(): this {
    return this.apply(ops.floor, []);
  }

  /** The next whole number above; the derivative is 0. */
  ceil(): this {
    return this.apply(ops.ceil, []);
  }

  /** The nearest whole number, halves to the even one; the derivative is 0. */
  round(): this {
    return this.apply(ops.round, []);
  }

  /** The whole number towards 0; the derivative is 0. */
  trunc(): this {
    return this.apply(ops.trunc, []);
  }

  /** This value held between `min` and `max`; on a bound the derivative is 1. */
  clamp(min: number | null = null, max: number | null = null): this {
    const bounds = { min: min ?? -Infinity, max: max ?? Infinity };
    checkNumber("clamp", "min", bounds.min);
    checkNumber("clamp", "max", bounds.max);
    return this.apply(ops.clamp, [], bounds);
  }

  /** The weighted mean `this + weight * (end - this)`. */
  lerp(end: this | number, weight: this | number): this {
    return this.add(this.neg().add(end).mul(weight));
  }

  // Comparisons and choices

  /** Whether the two are equal. */
  equal(other: this | number): this {
    return this.apply(ops.equal, [other]);
  }

  /** Whether the two differ. */
  notEqual(other: this | number): this {
    return this.apply(ops.notEqual, [other]);
  }

  /** Whether `this < other`. */
  less(other: this | number): this {
    return this.apply(ops.less, [other]);
  }

  /** Whether `this <= other`. */
  lessEqual(other: this | number): this {
    return this.apply(ops.lessEqual, [other]);
  }

  /** Whether `this > other`. */
  greater(other: this | number): this {
    return this.apply(ops.greater, [other]);
  }

  /** Whether `this >= other`. */
  greaterEqual(other: this | number): this {
    return this.apply(ops.greaterEqual, [other]);
  }

  /** Whether neither is zero. */
  logicalAnd(other: this | number): this {
    return this.apply(ops.logicalAnd, [other]);
  }

  /** Whether not both are zero. */
  logicalOr(other: this | number): this {
    return this.apply(ops.logicalOr, [other]);
  }

  /** Whether exactly one of the two is zero. */
  logicalXor(other: this | number): this {
    return this.apply(ops.logicalXor, [other]);
  }

  /** Whether this is zero. */
  logicalNot(): this {
    return this.apply(ops.logicalNot, []);
  }

  /** Whether this is not a number. */
  isNaN(): this {
    return this.apply(ops.isNaN, []);
  }

  /** Whether this is neither infinite nor NaN. */
  isFinite(): this {
    return this.apply(ops.isFinite, []);
  }

  /** This value where `condition` holds, `other` elsewhere. */
  where(condition: this, other: this | number): this {
    checkCondition("where", condition);
    return condition.apply(ops.where, [this, other]);
  }

  /** `number` where `mask` holds, this value elsewhere. */
  maskedFill(mask: this, number: number): this {
    checkCondition("maskedFill", mask);
    return mask.apply(ops.where, [number, this]);
  }

  /** The same value, through which no derivative flows. */
  stopGradient(): this {
    return this.apply(ops.stopGradient, []);
  }

  /**
   * What JavaScript's own operators get: the text, as in a template. As a number, as in `x * 2` or
   * `x < 1`, which would be NaN or false without a word, it throws a `UsageError`.
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint !== "number") return this.toString();
    throw new UsageError(
      `Cannot use a ${this.constructor.name} as a number: read it by .item(), or calculate by ` +
        "methods, as in x.mul(2)",
    );
  }
}

/** Throws unless something can be a condition. */
function checkCondition(name: string, condition: Arithmetic): void {
  if (condition instanceof Arithmetic) return;
  throw new UsageError(
    `Cannot ${name} ${describe(condition)}: the condition is bool, as in x.greater(0)`,
  );
}
