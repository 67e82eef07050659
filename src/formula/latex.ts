/** Formulas as LaTeX: `2.5m^{2} + 3mb`, `\frac{x}{y + 1}`. */

import { infixes, type Level, level, type Notation, other, type Piece } from "./notation.ts";

const greek = new Set(
  ("alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi " +
    "pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma " +
    "Upsilon Phi Psi Omega").split(" "),
);

const commands: ReadonlyMap<string, string> = new Map([
  ...["sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "log", "max", "min"].map((name) => {
    return [name, `\\${name}`] as const;
  }),
  ["asin", "\\arcsin"],
  ["acos", "\\arccos"],
  ["atan", "\\arctan"],
  ["log2", "\\log_{2}"],
  ["log10", "\\log_{10}"],
  ["logicalNot", "\\lnot"],
]);

const around: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["abs", ["\\left|", "\\right|"]],
  ["floor", ["\\left\\lfloor ", "\\right\\rfloor"]],
  ["ceil", ["\\left\\lceil ", "\\right\\rceil"]],
  ["sqrt", ["\\sqrt{", "}"]],
]);

const marks: Readonly<Record<string, string>> = {
  "\\": "\\backslash{}",
  "^": "\\hat{}",
  "~": "\\sim{}",
  " ": "\\ ",
};

function escaped(name: string): string {
  return name.replace(/[\\^~ ]|[#$%&_{}]/g, (mark) => marks[mark] ?? `\\${mark}`);
}

/** A word as LaTeX sets it: a letter or number as it is, Greek as the letter, else upright. */
function word(name: string): string {
  if (/^(\p{L}\p{M}*|\d+)$/u.test(name)) return name;
  return greek.has(name) ? `\\${name}` : `\\mathrm{${escaped(name)}}`;
}

function bracketed(piece: Piece, least: Level): Piece {
  return piece.level < least ? other(`\\left(${piece.text}\\right)`, level.atom) : piece;
}

/** What stands between two factors. */
function between(left: Piece, right: Piece): string {
  if (left.kind === "number" && right.kind === "name") return "\\,";
  const isSpecial = left.kind === "number" && !/^\d/.test(left.text); // infinity, NaN
  const isApart = isSpecial || left.kind === "name" || right.kind === "name";
  if (isApart || /^\d/.test(right.text)) return " \\cdot ";
  const runsOn = /\\[a-zA-Z]+$/.test(left.text) && /^\p{L}/u.test(right.text);
  const areClose = left.kind === "number" || (left.kind === "symbol" && right.kind === "symbol");
  return areClose && !runsOn ? "" : " ";
}

function listed(inputs: readonly Piece[]): string {
  return inputs.map((input) => input.text).join(", ");
}

function functionOf(name: string, inputs: readonly Piece[]): Piece {
  const command = commands.get(name) ?? `\\operatorname{${escaped(name)}}`;
  return other(`${command}\\left(${listed(inputs)}\\right)`, level.atom);
}

/** The notation of LaTeX, for its mathematical mode. */
export const latex: Notation = {
  elision: other("\\dots", level.atom),

  beside(names) {
    return names.includes("e") ? besideE : latex;
  },

  number(digits) {
    const [mantissa, exponent] = digits.split("e");
    const scale = `10^{${exponent}}`;
    const scaled = mantissa === "1" ? scale : `${mantissa} \\cdot ${scale}`;
    if (exponent !== undefined) return { text: scaled, level: level.product, kind: "number" };
    const special = digits === "Infinity" ? "\\infty" : digits === "NaN" ? "\\mathrm{NaN}" : digits;
    return { text: special, level: level.atom, kind: "number" };
  },

  variable(name) {
    const isWord = /^[\p{L}\p{M}\p{Nd}₀-₉_.']*$/u.test(name); // not so a + b, which may need brackets
    const tightness = isWord ? level.atom : level.or;
    const [, base, digits, rest] = /^([^_]*?)(\d*)((?:_[^_]+)*)$/.exec(name) ?? [];
    if (!base || /\d/.test(base)) {
      return { text: `\\mathrm{${escaped(name)}}`, level: tightness, kind: "name" };
    }
    const lower = [digits!, ...rest!.split("_")].filter((part) => part !== "").map(word);
    const text = word(base) + (lower.length === 0 ? "" : `_{${lower.join(",")}}`);
    return { text, level: tightness, kind: text.startsWith("\\mathrm") ? "name" : "symbol" };
  },

  call(name, inputs) {
    const infix = infixes.get(name);
    if (infix !== undefined) {
      const operands = inputs.map((input) => bracketed(input, infix.least).text);
      return other(operands.join(` ${infix.latex} `), infix.level);
    }
    const [first, second, third] = inputs.map((input) => input.text);
    if (name === "exp") return other(`e^{${first}}`, level.power);
    if (name === "pow") return other(latex.power(inputs[0]!, inputs[1]!).text, level.power);
    if (name === "where") {
      const cases = `${second} & \\text{if } ${first} \\\\ ${third} & \\text{otherwise}`;
      return other(`\\begin{cases} ${cases} \\end{cases}`, level.atom);
    }
    const [open, close] = around.get(name) ?? [];
    if (open !== undefined) return other(open + listed(inputs) + close, level.atom);
    return functionOf(name, inputs);
  },

  power(base, exponent) {
    const low = bracketed(base, level.atom);
    const kind = exponent.kind === "number" ? low.kind : "other";
    return { text: `${low.text}^{${exponent.text}}`, level: level.power, kind };
  },

  product(factors) {
    if (factors.length === 1) return factors[0]!;
    const pieces = factors.map((factor) => {
      return factor.kind === "number" ? factor : bracketed(factor, level.power);
    });
    const joined = pieces.map((piece, i) => {
      return i === 0 ? piece.text : between(pieces[i - 1]!, piece) + piece.text;
    });
    return other(joined.join(""), level.product);
  },

  quotient(numerator, denominator) {
    return other(`\\frac{${numerator.text}}{${denominator.text}}`, level.product);
  },

  bracketed,
};

/** The same where e is a variable, and not the base of exp. */
const besideE: Notation = {
  ...latex,
  call: (name, inputs) => name === "exp" ? functionOf(name, inputs) : latex.call(name, inputs),
};
