/**
 * Pullbacks on plain numbers. There is one table of derivatives: a rule is applied to symbols once,
 * and what it did with them becomes a function of numbers.
 */

import type { Elementwise } from "../ops/elementwise.ts";
import type { AnyPullback } from "../ops/op.ts";
import type { Value } from "../values/value.ts";
import { history } from "./backward.ts";

/**
 * Adds to `sums[at]` what becomes of a cotangent for one input of a call. `numbers` holds the
 * cotangent g of the output, the output y and the inputs a, b and c, as far as there are so many:
 * passed one by one, numbers would be boxed.
 */
export type NumberPullback = (
  numbers: Float64Array,
  attributes: unknown,
  sums: Float64Array,
  at: number,
) => void;

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
  const [g, y, ...inputs] = [0, 1, 2, 3, 4].map((i) => parameter(`numbers[${i}]`));
  const named = Object.keys(attributes ?? {}).map((name) =>
    [name, parameter(`attributes.${name}`)] as const
  );
  const result: Value = pullback(g, inputs, y, Object.fromEntries(named));
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
  lines.push(`sums[at] += ${codes.get(result)};`);
  const body = `return (numbers, attributes, sums, at) => { ${lines.join(" ")} };`;
  try {
    return new Function(...constants.map((_, i) => `k${i}`), body)(...constants);
  } catch {
    return null; // a content security policy without "unsafe-eval"
  }
}

/** The pullback applied to Values that hold the numbers. */
function interpreted(pullback: AnyPullback, make: MakeValue): NumberPullback {
  return (numbers, attributes, sums, at) => {
    const [g, y, ...inputs] = Array.from(numbers, make);
    sums[at]! += pullback(g, inputs, y, attributes).data;
  };
}
