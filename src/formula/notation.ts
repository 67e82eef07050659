/** What a way of writing formulas decides: signs, brackets, and what may stand side by side. */

/** How tightly a piece holds together: one that does so less than is needed gets brackets. */
export const level = {
  or: 0,
  xor: 1,
  and: 2,
  comparison: 3,
  sum: 4,
  product: 5,
  power: 6,
  atom: 7,
} as const;

/** How tightly the parts of a piece hold together. */
export type Level = typeof level[keyof typeof level];

/** A part of a formula, written. */
export interface Piece {
  /** How it is written. */
  readonly text: string;
  /** How tightly its parts hold together. */
  readonly level: Level;
  /** What it is beside another factor: names of several letters are set apart, symbols are not. */
  readonly kind: "number" | "symbol" | "name" | "other";
}

/** A way of writing formulas. */
export interface Notation {
  /** What stands where something is left out. */
  readonly elision: Piece;
  /** The notation for a formula with variables of these names, whose signs mean nothing else then. */
  beside(names: readonly string[]): Notation;
  /** A number that is not negative. */
  number(digits: string): Piece;
  /** A variable. */
  variable(name: string): Piece;
  /** A function of pieces. */
  call(name: string, inputs: readonly Piece[]): Piece;
  /** A piece to a power. */
  power(base: Piece, exponent: Piece): Piece;
  /** Factors, a number being the first. */
  product(factors: readonly Piece[]): Piece;
  /** One over the other. */
  quotient(numerator: Piece, denominator: Piece): Piece;
  /** A piece in brackets where it holds together less tightly than `least`. */
  bracketed(piece: Piece, least: Level): Piece;
}

/** An operation that is written between its operands. */
export interface Infix {
  /** Its sign in text. */
  readonly text: string;
  /** Its sign in LaTeX. */
  readonly latex: string;
  /** How tightly it holds its operands together. */
  readonly level: Level;
  /** How tightly an operand must hold together: truth values in a row need no brackets. */
  readonly least: Level;
}

/** The operations that are written between their operands. */
export const infixes: ReadonlyMap<string, Infix> = new Map<string, Infix>([
  ["equal", { text: "==", latex: "=", level: level.comparison, least: level.sum }],
  ["notEqual", { text: "!=", latex: "\\neq", level: level.comparison, least: level.sum }],
  ["less", { text: "<", latex: "<", level: level.comparison, least: level.sum }],
  ["lessEqual", { text: "<=", latex: "\\le", level: level.comparison, least: level.sum }],
  ["greater", { text: ">", latex: ">", level: level.comparison, least: level.sum }],
  ["greaterEqual", { text: ">=", latex: "\\ge", level: level.comparison, least: level.sum }],
  ["logicalAnd", { text: "and", latex: "\\land", level: level.and, least: level.and }],
  ["logicalOr", { text: "or", latex: "\\lor", level: level.or, least: level.or }],
  ["logicalXor", { text: "xor", latex: "\\oplus", level: level.xor, least: level.xor }],
]);

/** A piece of the kind that is set apart from its neighbours. */
export function other(text: string, level: Level): Piece {
  return { text, level, kind: "other" };
}
