/**
 * The table of scalar functions and their derivatives. A row is the name, the function on numbers
 * and, for each input, the derivative as a textbook writes it: `g` is the cotangent of the output,
 * `x`, `a` and `b` are inputs, `y` is the output. Rows serve scalars, tensors, every order of
 * derivative and the compiler alike.
 */

import type { Functions as Term } from "../values/functions.ts";
import { type DType, DTypeError, fitting, floatDType } from "./dtype.ts";
import { numericDType, sameDType } from "./dtype.ts";
import type { Binary, Elementwise, Unary } from "./elementwise_op.ts";
import { binary, comparison, onIntegers, predicate, unary } from "./elementwise_op.ts";
import { choose } from "./loops.ts";
import { broadcast, type Shape } from "./shape.ts";
import { erf as erfOf, erfc as erfcOf, logAddExp, normalCdf as normalCdfOf } from "./special.ts";
import { power as powerOf, remainder as remainderOf, roundHalfEven } from "./special.ts";
import { sigmoid as sigmoidOf, softplus as softplusOf } from "./special.ts";

// Arithmetic
export const add = binary("add", (a, b) => a + b, (g) => g, (g) => g);
export const sub = binary("sub", (a, b) => a - b, (g) => g, (g) => g.neg());
export const mul = onIntegers(
  binary("mul", (a, b) => a * b, (g, _a, b) => g.mul(b), (g, a) => g.mul(a)),
  Math.imul, // a product has more bits than a double
);
export const div = binary(
  "div",
  (a, b) => a / b,
  (g, _a, b) => g.div(b),
  (g, _a, b, y) => g.mul(y).div(b).neg(),
  floatDType,
);
export const neg = unary("neg", (x) => -x, (g) => g.neg(), numericDType);
export const reciprocal = unary(
  "reciprocal",
  (x) => 1 / x,
  (g, _x, y) => g.mul(y).mul(y).neg(),
);
export const abs = unary("abs", Math.abs, (g, x) => g.mul(x.sign()), numericDType);
export const sign = unary("sign", (x) => +(x > 0) - +(x < 0), null, numericDType);
export const remainder = binary(
  "remainder",
  remainderOf,
  (g) => g,
  (g, a, b, y) => g.mul(wholeQuotient(a, b, y).where(b.isFinite(), a.div(b).floor())).neg(),
);
export const fmod = binary(
  "fmod",
  (a, b) => a % b,
  (g) => g,
  (g, a, b, y) => g.mul(wholeQuotient(a, b, y).where(b.isFinite(), 0)).neg(),
);

/** How often b was taken from a to leave y; a / b rounds up to the next whole number now and then. */
const wholeQuotient = (a: Term, b: Term, y: Term): Term => a.sub(y).div(b).round();

// Rounding: constant between the steps
export const floor = unary("floor", Math.floor, null);
export const ceil = unary("ceil", Math.ceil, null);
export const round = unary("round", roundHalfEven, null);
export const trunc = unary("trunc", Math.trunc, null);

/** Whether 1 / x is a number; an x whose square is 0 counts as 0. */
const hasReciprocal = (x: Term): Term => x.square().greater(0);

/** An exponent that is known, and that of the derivative. */
interface Exponent {
  readonly exponent: number;
  readonly lower: number;
}

// Powers: x^0 has derivative 0 by x, also at 0; 0^y has derivative 0 by y
export const square = onIntegers(
  unary("square", (x) => x * x, (g, x) => g.mul(x).mul(2), numericDType),
  (x) => Math.imul(x!, x!),
);
export const sqrt = unary("sqrt", Math.sqrt, (g, _x, y) => g.mul(0.5).div(y));
export const rsqrt = unary(
  "rsqrt",
  (x) => 1 / Math.sqrt(x),
  (g, x, y) => g.mul(y).div(x).mul(-0.5),
);
export const power = unary<Exponent>(
  "power",
  (x, { exponent }) => powerOf(x, exponent),
  (g, x, _y, { exponent, lower }) => g.mul(exponent).mul(x.pow(lower)),
  (_, dtypes) => floatDType("pow", dtypes),
);
export const pow: Binary = {
  ...binary(
    "pow",
    powerOf,
    (g, a, b) => g.mul(b).mul(a.pow(b.sub(1).where(hasReciprocal(a).logicalOr(b.notEqual(0)), 0))),
    (g, a, b, y) => g.mul(y).mul(a.where(a.notEqual(0).logicalOr(b.less(0)), 1).log()),
    floatDType,
  ),
  byNumber: (exponent) => ({
    op: power,
    attributes: { exponent, lower: exponent === 0 ? 0 : exponent - 1 },
  }),
};
export const hypot = binary(
  "hypot",
  (a, b) => Math.hypot(a, b),
  (g, a, _b, y) => g.mul(a.div(y)),
  (g, _a, b, y) => g.mul(b.div(y)),
  floatDType,
);

// Exponentials and logarithms
export const exp = unary("exp", Math.exp, (g, _x, y) => g.mul(y));
export const exp2 = unary("exp2", (x) => 2 ** x, (g, _x, y) => g.mul(y).mul(Math.LN2));
export const expm1 = unary("expm1", Math.expm1, (g, _x, y) => g.mul(y.add(1)));
export const log = unary("log", Math.log, (g, x) => g.div(x));
export const log2 = unary("log2", Math.log2, (g, x) => g.div(x).mul(Math.LOG2E));
export const log10 = unary("log10", Math.log10, (g, x) => g.div(x).mul(Math.LOG10E));
export const log1p = unary("log1p", Math.log1p, (g, x) => g.div(x.add(1)));
export const logaddexp = binary(
  "logaddexp",
  logAddExp,
  (g, a, b) => g.mul(a.sub(b).sigmoid()),
  (g, a, b) => g.mul(b.sub(a).sigmoid()),
  floatDType,
);

// Trigonometric and hyperbolic functions
export const sin = unary("sin", Math.sin, (g, x) => g.mul(x.cos()));
export const cos = unary("cos", Math.cos, (g, x) => g.mul(x.sin()).neg());
export const tan = unary("tan", Math.tan, (g, _x, y) => g.mul(y.square().add(1)));
export const asin = unary("asin", Math.asin, (g, x) => g.div(complement(x).sqrt()));
export const acos = unary("acos", Math.acos, (g, x) => g.div(complement(x).sqrt()).neg());
export const atan = unary("atan", Math.atan, (g, x) => g.div(x.square().add(1)));
export const atan2 = binary(
  "atan2",
  Math.atan2,
  (g, y, x) => g.mul(x.div(y.square().add(x.square()))),
  (g, y, x) => g.mul(y.div(y.square().add(x.square()))).neg(),
  floatDType,
);
export const sinh = unary("sinh", Math.sinh, (g, x) => g.mul(x.cosh()));
export const cosh = unary("cosh", Math.cosh, (g, x) => g.mul(x.sinh()));
export const tanh = unary("tanh", Math.tanh, (g, _x, y) => g.sub(g.mul(y).mul(y)));
export const asinh = unary("asinh", Math.asinh, (g, x) => g.div(x.hypot(1)));
export const acosh = unary(
  "acosh",
  Math.acosh,
  (g, x) => g.div(x.sub(1).sqrt()).div(x.add(1).sqrt()),
);
export const atanh = unary("atanh", Math.atanh, (g, x) => g.div(complement(x)));

/** 1 - x^2 without cancellation at the ends. */
const complement = (x: Term): Term => x.neg().add(1).mul(x.add(1));

// Functions of neural networks and of probability
export const sigmoid = unary(
  "sigmoid",
  sigmoidOf,
  (g, _x, y) => g.mul(y).mul(y.neg().add(1)),
);
export const softplus = unary("softplus", softplusOf, (g, x) => g.mul(x.sigmoid()));
export const relu = unary(
  "relu",
  (x) => x <= 0 ? 0 : x,
  (g, _x, y) => g.where(y.greater(0), 0),
  numericDType,
);
export const leakyRelu = unary<{ slope: number }>(
  "leakyRelu",
  (x, { slope }) => x > 0 ? x : slope * x,
  (g, x, _y, { slope }) => g.where(x.greater(0), g.mul(slope)),
);
export const elu = unary<{ alpha: number }>(
  "elu",
  (x, { alpha }) => x > 0 ? x : alpha * Math.expm1(x),
  (g, x, _y, { alpha }) => {
    const below = x.where(x.lessEqual(0), 0); // keeps e^x finite where it is not used
    return g.where(x.greater(0), g.mul(below.exp()).mul(alpha));
  },
);
export const erf = unary("erf", erfOf, (g, x) => g.mul(bell(x)));
export const erfc = unary("erfc", erfcOf, (g, x) => g.mul(bell(x)).neg());

export const normalCdf = unary("normalCdf", normalCdfOf, (g, x) => g.mul(normalDensity(x)));

/** The derivative of erf: 2/sqrt(pi) e^(-x^2). */
const bell = (x: Term): Term => x.square().neg().exp().mul(2 / Math.sqrt(Math.PI));

/** The derivative of the normal distribution function: e^(-x^2 / 2) / sqrt(2 pi). */
const normalDensity = (x: Term): Term => x.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));

// Larger and smaller: on a tie each side gets half; within bounds, bounds included, all of it
export const maximum = binary(
  "maximum",
  (a, b) => Math.max(a, b),
  (g, a, b) => g.where(a.greater(b), g.mul(0.5).where(a.equal(b), 0)),
  (g, a, b) => g.where(b.greater(a), g.mul(0.5).where(a.equal(b), 0)),
);
export const minimum = binary(
  "minimum",
  (a, b) => Math.min(a, b),
  (g, a, b) => g.where(a.less(b), g.mul(0.5).where(a.equal(b), 0)),
  (g, a, b) => g.where(b.less(a), g.mul(0.5).where(a.equal(b), 0)),
);

/** The two ends of a range; an end that is left out is infinite. */
export interface Bounds {
  /** The lower end. */
  readonly min: number;
  /** The upper end. */
  readonly max: number;
}

/** The kind of numbers in a range; that of whole numbers has whole or infinite ends. */
function boundedDType(name: string, dtypes: readonly DType[], { min, max }: Bounds): DType {
  const dtype = numericDType(name, dtypes);
  for (const bound of [min, max]) {
    const isFar = Math.abs(bound) >= 2 ** 31 && (bound === min) === bound < 0; // beyond all that there are
    if (!isFar) fitting(name, bound, dtype);
  }
  return dtype;
}

export const clamp = unary<Bounds>(
  "clamp",
  (x, { min, max }) => Math.min(Math.max(x, min), max),
  (g, x, _y, { min, max }) => g.where(x.greaterEqual(min).logicalAnd(x.lessEqual(max)), 0),
  boundedDType,
);
export const hardtanh = unary<Bounds>(
  "hardtanh",
  (x, { min, max }) => Math.min(Math.max(x, min), max),
  (g, x, _y, { min, max }) => g.where(x.greater(min).logicalAnd(x.less(max)), 0),
  boundedDType,
);

// Comparisons and logic: constant almost everywhere
export const equal = comparison("equal", (a, b) => a === b);
export const notEqual = comparison("notEqual", (a, b) => a !== b);
export const less = comparison("less", (a, b) => a < b);
export const lessEqual = comparison("lessEqual", (a, b) => a <= b);
export const greater = comparison("greater", (a, b) => a > b);
export const greaterEqual = comparison("greaterEqual", (a, b) => a >= b);
export const logicalAnd = comparison("logicalAnd", (a, b) => a !== 0 && b !== 0);
export const logicalOr = comparison("logicalOr", (a, b) => a !== 0 || b !== 0);
export const logicalXor = comparison("logicalXor", (a, b) => (a !== 0) !== (b !== 0));
export const logicalNot = predicate("logicalNot", (x) => x === 0);
export const isNaN = predicate("isNaN", Number.isNaN);
export const isFinite = predicate("isFinite", Number.isFinite);

/** `a` where the condition holds, `b` elsewhere. */
export const where: Elementwise<readonly [Term, Term, Term], void> = {
  name: "where",
  scalar: (condition: number, a: number, b: number) => condition ? a : b,
  shape: ([condition, a, b]): Shape => broadcast("where", condition, broadcast("where", a, b)),
  dtype: ([condition, a, b]) => {
    if (condition !== "bool") {
      throw new DTypeError(`Cannot where ${condition}: the condition is bool, as in x.greater(0)`);
    }
    return sameDType("where", [a, b]);
  },
  forward: (output, [condition, a, b]) => choose(output, condition, a, b),
  pullbacks: [
    null,
    (g: Term, [condition]: readonly [Term]) => g.where(condition, 0),
    (g: Term, [condition]: readonly [Term]) => g.where(condition.logicalNot(), 0),
  ],
};

/** The value itself: how a transform's variable stays connected to what it stands for. */
export const identity: Unary = {
  ...unary("identity", (x) => x, (g) => g, (_, dtypes) => dtypes[0]!),
  alias: true,
};

/** Lets values through and holds derivatives back. */
export const stopGradient: Unary = {
  ...unary("stopGradient", (x) => x, null, (_, dtypes) => dtypes[0]!),
  alias: true,
};
