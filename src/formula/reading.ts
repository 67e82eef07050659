/** Reading a graph: the polynomial of each value from those of the values it was computed from. */

import type { Origin } from "../autodiff/traced.ts";
import type { Value } from "../values/value.ts";
import { Algebra } from "./algebra.ts";
import { type Coefficient, digits } from "./coefficient.ts";
import type { Sum } from "./expression.ts";
import { isGuard } from "./guards.ts";
import { atomOf, constantOf, type Polynomial } from "./polynomial.ts";

type Inputs = readonly [Polynomial, Polynomial, Polynomial];
type Rule = (algebra: Algebra, inputs: Inputs, attributes: unknown) => Polynomial;

/**
 * How operations read, by name; all others are functions of their name. An operation that only
 * guards another against overflow or cancellation reads as that other: `expm1` as `exp(x) - 1`.
 */
const readings: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["identity", (_, [x]) => x],
  ["stopGradient", (_, [x]) => x],
  ["add", (algebra, [a, b]) => algebra.add(a, b)],
  ["sub", (algebra, [a, b]) => algebra.add(a, algebra.neg(b))],
  ["neg", (algebra, [x]) => algebra.neg(x)],
  ["mul", (algebra, [a, b]) => algebra.mul(a, b)],
  ["square", (algebra, [x]) => algebra.pow(x, 2)],
  ["div", (algebra, [a, b]) => algebra.div(a, b)],
  ["reciprocal", (algebra, [x]) => algebra.div(algebra.number(1), x)],
  ["pow", (algebra, [a, b]) => powerOf(algebra, a, b)],
  ["rsqrt", (algebra, [x]) => algebra.pow(algebra.call("sqrt", x), -1)],
  ["hypot", (algebra, [a, b]) => {
    return algebra.call("sqrt", algebra.add(algebra.pow(a, 2), algebra.pow(b, 2)));
  }],
  ["exp2", (algebra, [x]) => powerOf(algebra, algebra.number(2), x)],
  ["expm1", (algebra, [x]) => algebra.add(algebra.call("exp", x), algebra.number(-1))],
  ["log1p", (algebra, [x]) => algebra.call("log", algebra.add(x, algebra.number(1)))],
  ["logaddexp", (algebra, [a, b]) => {
    return algebra.call("log", algebra.add(algebra.call("exp", a), algebra.call("exp", b)));
  }],
  ["maximum", (algebra, [a, b]) => algebra.call("max", a, b)],
  ["minimum", (algebra, [a, b]) => algebra.call("min", a, b)],
  ["clamp", clampOf],
  ["hardtanh", clampOf],
  ["where", whereOf],
  [
    "logicalOr",
    (algebra, inputs) => decided(algebra, inputs, 1) ?? algebra.call("logicalOr", ...inputs),
  ],
  [
    "logicalAnd",
    (algebra, inputs) => decided(algebra, inputs, 0) ?? algebra.call("logicalAnd", ...inputs),
  ],
]);

/** The truth value that one of two conditions decides alone, if it is known and has it. */
function decided(algebra: Algebra, inputs: Inputs, deciding: 0 | 1): Polynomial | null {
  const isDecided = inputs.some((input) => {
    const known = constantOf(input);
    return known !== null && known.value !== 0 === (deciding === 1);
  });
  return isDecided ? algebra.number(deciding) : null;
}

function powerOf(algebra: Algebra, base: Polynomial, exponent: Polynomial): Polynomial {
  const number = constantOf(exponent);
  const isNumber = number !== null && Number.isFinite(number.value);
  return isNumber ? algebra.pow(base, rounded(number)) : algebra.call("pow", base, exponent);
}

function rounded(number: Coefficient): number {
  return Math.sign(number.value) * Number(digits(number));
}

function clampOf(algebra: Algebra, [x]: Inputs, attributes: unknown): Polynomial {
  const { min, max } = attributes as { min: number; max: number };
  if (max === Infinity) return min === -Infinity ? x : algebra.call("max", x, algebra.number(min));
  if (min === -Infinity) return algebra.call("min", x, algebra.number(max));
  return algebra.call("clamp", x, algebra.number(min), algebra.number(max));
}

function whereOf(algebra: Algebra, [condition, a, b]: Inputs): Polynomial {
  const known = constantOf(condition);
  if (known !== null) return known.value ? a : b;
  if (algebra.printed(a) === algebra.printed(b)) return a;
  const atom = atomOf(condition);
  if (atom?.kind === "call" && atom.name === "logicalNot") {
    return algebra.call("where", atom.inputs[0]!.polynomial, b, a);
  }
  return algebra.call("where", condition, a, b);
}

/** The function `name`, with the numbers among the attributes after the inputs. */
function callOf(
  algebra: Algebra,
  { op, attributes }: Origin<Value>,
  inputs: readonly Polynomial[],
): Polynomial {
  const numbers = Object.values(attributes ?? {}).filter((value) => typeof value === "number");
  return algebra.call(op.name, ...inputs, ...numbers.map((value) => algebra.number(value)));
}

/** What an operation gives on numbers, or null where it has none to work on. */
function folded({ op, attributes }: Origin<Value>, inputs: readonly Polynomial[]): number | null {
  const numbers = inputs.map(constantOf);
  if (!("scalar" in op) || typeof op.scalar !== "function" || numbers.includes(null)) return null;
  return op.scalar(...numbers.map((number) => number!.value), attributes);
}

const arithmetic = new Set([
  "identity",
  "stopGradient",
  "add",
  "sub",
  "neg",
  "mul",
  "square",
  "div",
]);
const powers = new Set(["pow", "reciprocal"]); // of brackets, that may cancel others

function resultOf(
  algebra: Algebra,
  origin: Origin<Value>,
  given: readonly Polynomial[],
): Polynomial {
  const isFunction = !arithmetic.has(origin.op.name) && !powers.has(origin.op.name);
  const inputs = isFunction ? given.map((input) => algebra.settled(input)) : given;
  const number = folded(origin, inputs);
  // Finite arithmetic is left to the polynomials, which keep account of rounding
  if (number !== null && !(Number.isFinite(number) && arithmetic.has(origin.op.name))) {
    return algebra.number(number);
  }
  const reading = readings.get(origin.op.name);
  if (reading === undefined) return callOf(algebra, origin, inputs);
  return reading(algebra, inputs as unknown as Inputs, origin.attributes);
}

/** Whether a value stands for itself in a formula, by its name. */
function isVariable(value: Value): boolean {
  return value.origin === null && value.requiresGrad && nameOf(value) !== "";
}

/** The name of a value without what a terminal would obey. */
function nameOf({ name }: Value): string {
  return (name ?? "").replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, "");
}

/** The names of variables; where several are written alike, the later ones get a number. */
function distinctNames(
  variables: readonly Value[],
  written: (name: string) => string,
): readonly string[] {
  const taken = new Set(variables.map((variable) => written(nameOf(variable))));
  const uses = new Map<string, number>();
  return variables.map((variable) => {
    const name = nameOf(variable);
    const form = written(name);
    let count = (uses.get(form) ?? 0) + 1;
    while (count > 1 && taken.has(written(`${name}_${count}`))) count++;
    uses.set(form, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}

/** The values that `result` was computed from, and itself, in the order in which they were made. */
function lineage(result: Value): Value[] {
  const values = [result];
  const known = new Set([result.id]);
  for (const { origin } of values) { // grows while it is walked
    for (const input of origin?.inputs ?? []) {
      if (known.has(input.id)) continue;
      known.add(input.id);
      values.push(input);
    }
  }
  return values.sort((a, b) => a.id - b.id);
}

/** What a graph says. */
export interface Reading {
  /** Its normal form. */
  readonly sum: Sum;
  /** The names of its variables. */
  readonly names: readonly string[];
}

/**
 * The normal form of a value: one pass over its lineage, inputs before outputs. Variables whose
 * names are `written` alike are told apart.
 */
export function read(result: Value, written: (name: string) => string): Reading {
  const algebra = new Algebra();
  const values = lineage(result);
  const variables = values.filter(isVariable);
  const names = distinctNames(variables, written);
  const polynomials = new Map<number, Polynomial>();
  variables.forEach(({ id }, i) => polynomials.set(id, algebra.variable(names[i]!)));
  const guards = new Set<Value>();
  const polynomialOf = ({ id, data }: Value) => polynomials.get(id) ?? algebra.number(data);
  for (const { id, origin } of values) {
    if (origin === null) continue;
    const inputs = origin.inputs.map(polynomialOf);
    const isChoice = origin.op.name === "where", [condition] = origin.inputs;
    if (isChoice && isGuard(origin.inputs)) guards.add(condition!);
    const isGuarded = isChoice && guards.has(condition!); // or the derivative of what is
    polynomials.set(id, isGuarded ? inputs[1]! : resultOf(algebra, origin, inputs));
  }
  return { sum: algebra.printed(algebra.opened(polynomialOf(result))), names };
}
