/** Formulas as plain text: `2.5m^2 + 3mb`, `x / (y + 1)`, `2 rate * tanh(x)`. */

import { infixes, type Level, level, type Notation, other, type Piece } from "./notation.ts";

const functionNames: ReadonlyMap<string, string> = new Map([["logicalNot", "not"]]);

/** Whether a name is a letter, perhaps numbered: x, x1, x'. */
function isSymbol(name: string): boolean {
  return /^\p{L}\p{M}*\d*'*$/u.test(name); // not a constant: the alphabets take 0.3 ms to look up
}

/** Whether a name is a word that nothing else is read into: not so a + b, 2x or max(a, b). */
function isWord(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{M}\p{Nd}₀-₉_.']*$/u.test(name);
}

function bracketed(piece: Piece, least: Level): Piece {
  return piece.level < least ? other(`(${piece.text})`, level.atom) : piece;
}

/** Whether a piece would read as the power of ten of a number before it, as in x^2e1. */
function isScale({ text }: Piece): boolean {
  return /^e\d/i.test(text);
}

/** What stands between two factors. */
function between(left: Piece, right: Piece): string {
  if (left.kind !== "number") {
    const areSymbols = left.kind === "symbol" && right.kind === "symbol";
    const runsOn = left.text.includes(".") || (left.level === level.power && isScale(right));
    return areSymbols && !runsOn ? "" : " * ";
  }
  const runsOn = !/^[\d.]+$/.test(left.text) || isScale(right) || /^[\d…]/.test(right.text);
  return runsOn ? " * " : right.kind === "name" ? " " : "";
}

/** The notation of plain text. */
export const text: Notation = {
  elision: other("…", level.atom),

  beside() {
    return text;
  },

  number(digits) {
    return {
      text: digits,
      level: digits.includes("e") ? level.product : level.atom,
      kind: "number",
    };
  },

  variable(name) {
    if (!isWord(name)) return other(`(${name})`, level.atom);
    return { text: name, level: level.atom, kind: isSymbol(name) ? "symbol" : "name" };
  },

  call(name, inputs) {
    const infix = infixes.get(name);
    if (infix !== undefined) {
      const operands = inputs.map((input) => bracketed(input, infix.least).text);
      return other(operands.join(` ${infix.text} `), infix.level);
    }
    if (name === "pow") return other(text.power(inputs[0]!, inputs[1]!).text, level.power);
    const list = inputs.map((input) => input.text).join(", ");
    const isBarred = name === "abs" && !list.includes("|"); // bars in bars cannot be told apart
    if (isBarred) return other(`|${list}|`, level.atom);
    return other(`${functionNames.get(name) ?? name}(${list})`, level.atom);
  },

  power(base, exponent) {
    const [low, high] = [bracketed(base, level.atom), bracketed(exponent, level.atom)];
    const kind = exponent.kind === "number" ? low.kind : "other";
    return { text: `${low.text}^${high.text}`, level: level.power, kind };
  },

  product(factors) {
    const pieces = factors.map((factor) => {
      return factor.kind === "number" ? factor : bracketed(factor, level.power);
    });
    if (pieces.length === 1) return factors[0]!;
    const joined = pieces.map((piece, i) => {
      return i === 0 ? piece.text : between(pieces[i - 1]!, piece) + piece.text;
    });
    return other(joined.join(""), level.product);
  },

  quotient(numerator, denominator) {
    const over = bracketed(numerator, level.product).text;
    return other(`${over} / ${bracketed(denominator, level.power).text}`, level.product);
  },

  bracketed,
};
