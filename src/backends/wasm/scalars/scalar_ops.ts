/** The elementwise operations on single numbers, by name, to the same bits as in JavaScript. */

import { type Expression, f64, i32, select } from "../assembler.ts";
import type { ElementwiseName } from "../elementwise/float_ops.ts";

/** A number, or the answer to a question, which counts as 0 or 1. */
export type Term = Expression<"f64"> | Expression<"i32">;

/** Writes an operation; what is read twice may be asked for as something that is computed once. */
// deno-lint-ignore no-explicit-any
type ScalarOp = (inputs: readonly Term[], attributes: any, once: Once) => Term;

/** What can be read again without being computed again. */
export type Once = (term: Term) => Expression<"f64">;

const nought = f64.const(0);

type Number = Expression<"f64">;
type Bounds = { readonly min: number; readonly max: number };

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
    f64.sub(f64.convertI32(f64.greater(x, nought)), f64.convertI32(f64.less(x, nought)))
  ),
  relu: again((x) => select(f64.lessEqual(x, nought), nought, x)),
  leakyRelu: again((x, { slope }: { slope: number }) =>
    select(f64.greater(x, nought), x, f64.mul(f64.const(slope), x))
  ),
  equal: two(f64.equal),
  notEqual: two(f64.notEqual),
  less: two(f64.less),
  lessEqual: two(f64.lessEqual),
  greater: two(f64.greater),
  greaterEqual: two(f64.greaterEqual),
  logicalAnd: ([a, b]) => i32.and(isNotZero(a!), isNotZero(b!)),
  logicalOr: ([a, b]) => i32.or(isNotZero(a!), isNotZero(b!)),
  logicalXor: ([a, b]) => i32.xor(isNotZero(a!), isNotZero(b!)),
  logicalNot: ([x]) => i32.isZero(isNotZero(x!)),
  isNaN: again((x) => f64.notEqual(x, x)),
  isFinite: one((x) => f64.less(f64.abs(x), Infinity)),
  where: ([condition, a, b]) => select(holds(condition!), asNumber(a!), asNumber(b!)),
};

/** A term as a number. */
export function asNumber(term: Term): Number {
  return term.type === "i32" ? f64.convertI32(term as Expression<"i32">) : term as Number;
}

/** Whether a condition counts as true; NaN does not. */
function holds(term: Term): Expression<"i32"> {
  return term.type === "i32"
    ? term as Expression<"i32">
    : f64.greater(f64.abs(term as Number), nought);
}

/** Whether a term is not zero; so is NaN. */
function isNotZero(term: Term): Expression<"i32"> {
  return term.type === "i32" ? term as Expression<"i32"> : f64.notEqual(term as Number, nought);
}

// deno-lint-ignore no-explicit-any
function one(write: (x: Number, attributes: any) => Term): ScalarOp {
  return ([x], attributes) => write(asNumber(x!), attributes);
}

function two(write: (a: Number, b: Number) => Term): ScalarOp {
  return ([a, b]) => write(asNumber(a!), asNumber(b!));
}

/** An operation that reads its input more than once. */
// deno-lint-ignore no-explicit-any
function again(write: (x: Number, attributes: any) => Term): ScalarOp {
  return ([x], attributes, once) => write(once(x!), attributes);
}

function within(x: Number, { min, max }: Bounds): Number {
  return f64.min(f64.max(x, f64.const(min)), f64.const(max));
}
