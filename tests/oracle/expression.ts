/** Formulas of one variable as the oracle writes them: `x*(1+erf(x/sqrt2))/2`. */

import type { Tensor, Value } from "../../src/mod.ts";
import { Missing } from "./compare.ts";

/** A function of one number, for whichever kind of number it is given. */
export type Expression<T extends Tensor | Value> = (x: T) => T;

type Node = (x: Value) => Value | number;

const constants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  sqrt2: Math.SQRT2,
};

const operations = { "+": "add", "-": "sub", "*": "mul", "/": "div", "^": "pow" } as const;

/** The function that a formula writes out; throws where it uses what the library does not have. */
export function parse(formula: string): Expression<Value> & Expression<Tensor> {
  const tokens = formula.match(/[a-z_][a-z_0-9]*|[\d.]+|\S/gi) ?? [];
  const evaluate = parseSum(tokens);
  if (tokens.length > 0) throw new Missing(`the formula ${formula}`);
  const f = (x: Value) => {
    const y = evaluate(x);
    return typeof y === "number" ? x.fillLike(y) : y;
  };
  return f as unknown as Expression<Value> & Expression<Tensor>;
}

function combine(sign: keyof typeof operations, left: Node, right: Node): Node {
  return (x) => {
    const [a, b] = [left(x), right(x)];
    return (typeof a === "number" ? x.fillLike(a) : a)[operations[sign]](b);
  };
}

function parseChain(
  tokens: string[],
  signs: readonly (keyof typeof operations)[],
  parseOperand: (tokens: string[]) => Node,
): Node {
  let left = parseOperand(tokens);
  for (
    let sign = signs.find((s) => s === tokens[0]);
    sign;
    sign = signs.find((s) => s === tokens[0])
  ) {
    tokens.shift();
    left = combine(sign, left, parseOperand(tokens));
  }
  return left;
}

function parseSum(tokens: string[]): Node {
  return parseChain(tokens, ["+", "-"], parseProduct);
}

function parseProduct(tokens: string[]): Node {
  return parseChain(tokens, ["*", "/"], parsePower);
}

function parsePower(tokens: string[]): Node {
  if (tokens[0] === "-") {
    tokens.shift();
    return combine("-", () => 0, parsePower(tokens));
  }
  const base = parseAtom(tokens);
  if (tokens[0] !== "^") return base;
  tokens.shift();
  return combine("^", base, parsePower(tokens));
}

function parseAtom(tokens: string[]): Node {
  const token = tokens.shift()!;
  if (token === "(") {
    const inside = parseSum(tokens);
    if (tokens.shift() !== ")") throw new Missing("a closing bracket");
    return inside;
  }
  if (token === "x") return (x) => x;
  if (/^[\d.]/.test(token)) return () => Number(token);
  if (tokens[0] !== "(" && token in constants) return () => constants[token]!;
  return parseCall(token, tokens);
}

function parseCall(name: string, tokens: string[]): Node {
  const argument = parseAtom(tokens);
  return (x) => {
    const inner = argument(x);
    const operand = typeof inner === "number" ? x.fillLike(inner) : inner;
    const method = operand[name as "exp"];
    if (typeof method !== "function") throw new Missing(`${name} of a scalar`);
    return method.call(operand);
  };
}
