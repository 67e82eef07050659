/**
 * The elementwise operations on single numbers, by name, to the same bits as in JavaScript. Choices
 * are made by masks in vectors: the branches they would be otherwise, each taken once a run, are
 * what a processor cannot predict.
 */

import { type Expression, f64, f64x2, v128 } from "../assembler.ts";
import type { ElementwiseName } from "../elementwise/float_ops.ts";

type Number = Expression<"f64">;
/** The answer to a question: all bits are one, or all are zero. */
type Mask = Expression<"v128">;
type Vector = Expression<"v128">;

/** A number, or the answer to a question, which counts as 0 or 1. */
export type Term = Number | Mask;

/** What can be read again without being computed again. */
export type Once = (term: Term) => Number;

/** Writes an operation, for a call with these attributes. */
// deno-lint-ignore no-explicit-any
type ScalarOp = (inputs: readonly Term[], attributes: any, once: Once) => Term;
type Bounds = { readonly min: number; readonly max: number };

/** Zero, which needs no load; choosing between it and a number is cheaper than between others. */
export const nought: Number = f64.const(0);
const zeros = f64x2.splat(nought);
const ones = f64x2.splat(f64.const(1));

/** The operations that WebAssembly has instructions for. */
export const scalarOps: { readonly [name in ElementwiseName]?: ScalarOp } = {
  add: two(f64.add),
  sub: two(f64.sub),
  mul: two(f64.mul),
  div: two(f64.div),
  maximum: two(f64.max),
  minimum: two(f64.min),
  neg: one(f64.neg),
  abs: one(f64.abs),
  sqrt: one(f64.sqrt),
  floor: one(f64.floor),
  ceil: one(f64.ceil),
  trunc: one(f64.truncate),
  round: one(f64.nearest),
  reciprocal: one((x) => f64.div(1, x)),
  rsqrt: one((x) => f64.div(1, f64.sqrt(x))),
  clamp: one(within),
  hardtanh: one(within),
  square: again((x) => f64.mul(x, x)),
  sign: again((x) =>
    f64.sub(asNumber(f64x2.greater(both(x), zeros)), asNumber(f64x2.less(both(x), zeros)))
  ),
  relu: again((x) => first(v128.andNot(both(x), f64x2.lessEqual(both(x), zeros)))),
  leakyRelu: again((x, { slope }: { slope: number }) =>
    choose(f64x2.greater(both(x), zeros), x, f64.mul(f64.const(slope), x))
  ),
  equal: compare(f64x2.equal),
  notEqual: compare(f64x2.notEqual),
  less: compare(f64x2.less),
  lessEqual: compare(f64x2.lessEqual),
  greater: compare(f64x2.greater),
  greaterEqual: compare(f64x2.greaterEqual),
  logicalAnd: ([a, b]) => v128.and(isNotZero(a!), isNotZero(b!)),
  logicalOr: ([a, b]) => v128.or(isNotZero(a!), isNotZero(b!)),
  logicalXor: ([a, b]) => v128.xor(isNotZero(a!), isNotZero(b!)),
  logicalNot: ([x]) => v128.not(isNotZero(x!)),
  isNaN: again((x) => f64x2.notEqual(both(x), both(x))),
  isFinite: one((x) => f64x2.less(f64x2.abs(both(x)), both(f64.const(Infinity)))),
  where: ([condition, a, b]) => choose(holds(condition!), asNumber(a!), asNumber(b!)),
};

/** A term as a number. */
export function asNumber(term: Term): Number {
  return isMask(term) ? first(v128.and(term, ones)) : term;
}

function isMask(term: Term): term is Mask {
  return term.type === "v128";
}

/** Whether a condition counts as true; NaN does not. */
function holds(term: Term): Mask {
  return isMask(term) ? term : f64x2.greater(f64x2.abs(both(term)), zeros);
}

/** Whether a term is not zero; NaN is not. */
function isNotZero(term: Term): Mask {
  return isMask(term) ? term : f64x2.notEqual(both(term), zeros);
}

/** `a` where the mask holds, else `b`. */
function choose(mask: Mask, a: Number, b: Number): Number {
  if (b === nought) return first(v128.and(both(a), mask));
  if (a === nought) return first(v128.andNot(both(b), mask));
  return first(v128.bitselect(both(a), both(b), mask));
}

/** A number in both lanes of a vector. */
function both(x: Number): Vector {
  return x === nought ? zeros : f64x2.splat(x);
}

/** The number in the first lane of a vector. */
function first(vector: Vector): Number {
  return f64x2.extract(vector, 0);
}

// deno-lint-ignore no-explicit-any
function one(write: (x: Number, attributes: any) => Term): ScalarOp {
  return ([x], attributes) => write(asNumber(x!), attributes);
}

function two(write: (a: Number, b: Number) => Term): ScalarOp {
  return ([a, b]) => write(asNumber(a!), asNumber(b!));
}

function compare(write: (a: Vector, b: Vector) => Mask): ScalarOp {
  return two((a, b) => write(both(a), both(b)));
}

/** An operation that reads its input more than once. */
// deno-lint-ignore no-explicit-any
function again(write: (x: Number, attributes: any) => Term): ScalarOp {
  return ([x], attributes, once) => write(once(x!), attributes);
}

function within(x: Number, { min, max }: Bounds): Number {
  return f64.min(f64.max(x, f64.const(min)), f64.const(max));
}
