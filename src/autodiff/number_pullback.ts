/**
 * Pullbacks on plain numbers. There is one table of derivatives: a rule is applied to symbols once,
 * and what it did with them becomes a function of numbers.
 */

import type { Elementwise } from "../ops/elementwise.ts";
import type { AnyPullback } from "../ops/op.ts";
import type { Value } from "../values/value.ts";
import { history } from "./backward.ts";

/** Takes the cotangent of an output to that of one input, all of them plain numbers. */
export type NumberPullback = (
  g: number,
  y: number,
  attributes: unknown,
  a: number,
  b: number,
  c: number,
) => number;

/** A number as a Value, or a Value whose number is not known. */
export type MakeValue = (number: number | null) => Value;

/**
 * A pullback of an elementwise operation on plain numbers. It serves every call, whatever the
 * attributes are, as long as they have the names of those given here.
 */
export function onNumbers(
  pullback: AnyPullback,
  attributes: unknown,
  make: MakeValue,
): NumberPullback {
  const codes = new Map<Value, string>();
  const parameter = (code: string): Value => {
    const symbol = make(null);
    codes.set(symbol, code);
    return symbol;
  };
  const named = Object.keys(attributes ?? {}).map((name) =>
    [name, parameter(`attributes.${name}`)] as const
  );
  const result: Value = pullback(
    parameter("g"),
    ["a", "b", "c"].map(parameter),
    parameter("y"),
    Object.fromEntries(named),
  );
  pullback.onNumbers = generated(result, codes) ?? interpreted(pullback, make);
  return pullback.onNumbers;
}

/** The function that computes `result` from the parameters, or null where code may not be made. */
function generated(result: Value, codes: Map<Value, string>): NumberPullback | null {
  const constants: unknown[] = [];
  const constant = (thing: unknown) => `k${constants.push(thing) - 1}`;
  const lines: string[] = [];
  for (const value of history([result])) {
    if (codes.has(value)) continue;
    if (value.origin === null) {
      codes.set(value, constant(value.data));
      continue;
    }
    const { op, inputs, attributes } = value.origin;
    const operands = inputs.map((input) => codes.get(input)!);
    if (attributes !== undefined) operands.push(constant(attributes));
    codes.set(value, `t${lines.length}`);
    const { scalar } = op as Elementwise;
    lines.push(`const t${lines.length} = ${constant(scalar)}(${operands.join(", ")});`);
  }
  const body = `return (g, y, attributes, a, b, c) => { ${lines.join(" ")} return ${
    codes.get(result)
  }; };`;
  try {
    return new Function(...constants.map((_, i) => `k${i}`), body)(...constants);
  } catch {
    return null; // a content security policy without "unsafe-eval"
  }
}

/** The pullback applied to Values that hold the numbers. */
function interpreted(pullback: AnyPullback, make: MakeValue): NumberPullback {
  return (g, y, attributes, ...inputs) =>
    pullback(make(g), inputs.map(make), make(y), attributes).data;
}
