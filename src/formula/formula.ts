/** formula: how a graph reads. */

import { UsageError } from "../ops/error.ts";
import { optionsOf } from "../ops/options.ts";
import { Value } from "../values/value.ts";
import { latex } from "./latex.ts";
import { Layout } from "./layout.ts";
import type { Notation } from "./notation.ts";
import { read } from "./reading.ts";
import { text } from "./text.ts";

/** How a formula is written. */
export interface FormulaOptions {
  /** Plain text, unless asked otherwise, or LaTeX for its mathematical mode. */
  readonly style?: "text" | "latex";
}

const notations: ReadonlyMap<unknown, Notation> = new Map([["text", text], ["latex", latex]]);

const longest = 10_000; // symbols that are printed in full
const deepest = 200; // functions of functions that are printed in full
const shortened = 500; // about how many symbols are printed of what is longer or deeper

/**
 * The formula of a value, read off the graph that it was computed by. Values made with a name are
 * its variables, all others are numbers.
 *
 * Polynomials come in normal form: expanded, like terms collected, in graded lexicographic order
 * with the variables in the order in which they were made. Functions and quotients are treated as
 * further variables and print with as few brackets as needed; a sum with such parts begins with a
 * positive one, as in `1 - tanh(x)^2`, and `x / x` is 1. Numbers have as many digits as rounding
 * leaves certain, so `0.1 + 0.2` is `0.3`. Different variables of the same name are told apart as
 * `x`, `x_2`, ...; the derivative of a formula is the formula of the derivative.
 *
 * A polynomial of more than 1000 terms stays unexpanded, and of what takes more than some 10,000
 * characters the middle is left out, so that every graph prints in reasonable time.
 *
 * Throws a `UsageError` where it is given something else than a `Value`.
 *
 * @example The derivative of a square error, in text and in LaTeX
 * ```ts
 * import { formula, gradients, value } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const [m, b] = [value(-1, "m"), value(5, "b")];
 * const error = m.mul(2).add(b).sub(3).square();
 * assertEquals(formula(gradients(error, [m])[0]), "8m + 4b - 12");
 * assertEquals(formula(m.div(b).tanh(), { style: "latex" }), "\\tanh\\left(\\frac{m}{b}\\right)");
 * ```
 */
export function formula(value: Value, options: FormulaOptions = {}): string {
  const { style = "text" } = optionsOf("print a formula", options, { style: '"latex"' });
  if (!(value instanceof Value)) {
    throw new UsageError(
      `Cannot print the formula of ${described(value)}: formulas are made of Values`,
    );
  }
  const notation = notations.get(style);
  if (notation === undefined) {
    throw new UsageError(
      `Cannot print a formula in style ${described(style)}: the styles are "text" and "latex"`,
    );
  }
  const { sum, names } = read(value, (name) => notation.variable(name).text);
  const isWhole = sum.size <= longest && sum.depth <= deepest;
  return new Layout(notation.beside(names)).sum(sum.terms, isWhole ? Infinity : shortened).text;
}

function described(thing: unknown): string {
  if (typeof thing === "string") return JSON.stringify(thing);
  if (typeof thing === "function") return "a function";
  if (typeof thing !== "object" || thing === null) return String(thing);
  const name = thing.constructor?.name || "object";
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
}
