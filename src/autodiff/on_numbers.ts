/**
 * Operations and their pullbacks on plain numbers, each as a function of its own. There is one
 * table of derivatives: a rule is applied to symbols once, and what it did with them becomes code.
 */

import type { Elementwise } from "../ops/elementwise_op.ts";
import type { AnyPullback } from "../ops/op.ts";
import type { Value } from "../values/value.ts";
import { history } from "./backward.ts";

/**
 * Where the numbers of a call are: the cotangent g of its output, the output y and the inputs a, b
 * and c, as far as there are so many. Passed one by one, numbers would be boxed.
 */
const places = { g: 0, y: 1, inputs: [2, 3, 4] } as const;

/** Writes the output y of a call among its `numbers`. */
export type NumberForward = (numbers: Float64Array, attributes: unknown) => void;

/** Adds to `sums[at]` what becomes of the cotangent of a call's output for one of its inputs. */
export type NumberPullback = (
  numbers: Float64Array,
  attributes: unknown,
  sums: Float64Array,
  at: number,
) => void;

/** A number as a Value, or a Value whose number is not known. */
export type MakeValue = (number: number | null) => Value;

/** An operation of so many inputs on plain numbers. */
export function forwardOnNumbers(op: Elementwise, inputCount: number): NumberForward {
  const { scalar } = op;
  const { y, inputs } = places;
  const read = inputs.slice(0, inputCount).map((at) => `numbers[${at}], `).join("");
  const code = `(numbers, attributes) => { numbers[${y}] = k0(${read}attributes); }`;
  op.onNumbers = generated<NumberForward>(code, [scalar]) ?? ((numbers, attributes) => {
    numbers[y] = scalar(...numbers.subarray(inputs[0], inputs[0] + inputCount), attributes);
  });
  return op.onNumbers;
}

/**
 * A pullback of an elementwise operation on plain numbers. It serves every call, whatever the
 * attributes are, as long as they have the names of those given here.
 */
export function pullbackOnNumbers(
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
  const [g, y, ...inputs] = [places.g, places.y, ...places.inputs].map((at) =>
    parameter(`numbers[${at}]`)
  );
  const named = Object.keys(attributes ?? {}).map((name) =>
    [name, parameter(`attributes.${name}`)] as const
  );
  const result: Value = pullback(g, inputs, y, Object.fromEntries(named));
  pullback.onNumbers = written(result, codes) ?? interpreted(pullback, make);
  return pullback.onNumbers;
}

/** The function that computes `result` from the parameters, or null where code may not be made. */
function written(result: Value, codes: Map<Value, string>): NumberPullback | null {
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
  return generated(`(numbers, attributes, sums, at) => { ${lines.join(" ")} }`, constants);
}

let generatedCount = 0;

/**
 * The function of this code, in which the constants are called k0, k1 and so on; or null where a
 * content security policy forbids to make one. Each gets a text that no other has: V8 gathers types
 * and callees for each text, and would inline nothing where several functions share one.
 */
function generated<F>(code: string, constants: readonly unknown[]): F | null {
  const body = `return ${code}; // ${generatedCount++}`;
  try {
    return new Function(...constants.map((_, i) => `k${i}`), body)(...constants);
  } catch {
    return null;
  }
}

/** The pullback applied to Values that hold the numbers. */
function interpreted(pullback: AnyPullback, make: MakeValue): NumberPullback {
  return (numbers, attributes, sums, at) => {
    const [g, y, ...inputs] = Array.from(numbers, make);
    sums[at]! += pullback(g, inputs, y, attributes).data;
  };
}
