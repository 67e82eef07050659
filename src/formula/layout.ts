/** Laying a formula out: what stands where, and what is left out of one that is too long. */

import { shortest } from "./coefficient.ts";
import type { Atom, Summand } from "./expression.ts";
import { level, type Notation, other, type Piece } from "./notation.ts";
import type { Factor } from "./polynomial.ts";

const leastRoom = 3; // symbols: what has less is left out
const leastPart = 40; // symbols for each part of a sum that is shown

/** Numerators over one denominator: a part of a sum. */
interface Part {
  readonly numerators: readonly Summand[];
  readonly denominator: readonly Factor[];
  readonly isNegative: boolean;
  readonly size: number;
}

/** Writes sums in a notation. */
export class Layout {
  readonly #notation: Notation;

  /** Makes a layout in a notation. */
  constructor(notation: Notation) {
    this.#notation = notation;
  }

  /** A sum in about `room` symbols: where it takes more, the middle is left out. */
  sum(terms: readonly Summand[], room: number): Piece {
    const size = sizeOf(terms);
    if (room < size && room < leastRoom) return this.#notation.elision;
    if (terms.length === 0) return this.#notation.number("0");
    const parts = positiveFirst(partsOf(terms), terms);
    const shown = room < size ? abridged(parts, room) : parts;
    const rooms = shares(shown.map((part) => part?.size ?? 0), room);
    const pieces = shown.map((part, i) => part && this.#part(part, rooms[i]!));
    if (pieces.length === 1 && !parts[0]!.isNegative) return pieces[0]!;
    const signed = pieces.map((piece, i) => {
      if (piece === null) return ` + ${this.#notation.elision.text}`;
      const { isNegative } = shown[i]!;
      const sign = isNegative ? "-" : "+";
      const before = i > 0 ? ` ${sign} ` : isNegative ? "-" : "";
      return before + this.#notation.bracketed(piece, isNegative ? level.product : level.sum).text;
    });
    return other(signed.join(""), level.sum);
  }

  #part({ numerators, denominator }: Part, room: number): Piece {
    const sizes = [sizeOf(numerators), denominator.reduce((sum, { atom }) => sum + atom.size, 0)];
    const [above, below] = shares(sizes, room) as [number, number];
    const numerator = numerators.length === 1
      ? this.#product(numerators[0]!.digits, numerators[0]!.factors, above)
      : this.sum(numerators, above);
    if (denominator.length === 0) return numerator;
    return this.#notation.quotient(numerator, this.#product("1", denominator, below));
  }

  #product(digits: string, factors: readonly Factor[], room: number): Piece {
    const rooms = shares(factors.map(({ atom }) => atom.size), room);
    const all = factors.map(({ atom, exponent }, i) => {
      const piece = this.#atom(atom, rooms[i]!);
      if (exponent === 1 || piece === this.#notation.elision) return piece;
      return this.#notation.power(piece, this.#notation.number(shortest(exponent)));
    });
    const pieces = all.filter((piece, i) =>
      piece !== this.#notation.elision || piece !== all[i - 1]
    );
    if (digits !== "1" || pieces.length === 0) pieces.unshift(this.#notation.number(digits));
    return this.#notation.product(pieces);
  }

  #atom(atom: Atom, room: number): Piece {
    if (atom.kind === "variable") return this.#notation.variable(atom.name);
    const inside = room - atom.name.length - 2;
    if (room < atom.size && inside < leastRoom) return this.#notation.elision;
    const rooms = shares(atom.inputs.map((input) => input.size), inside);
    const inputs = atom.inputs.map((input, i) => this.sum(input.terms, rooms[i]!));
    return atom.name === "" ? inputs[0]! : this.#notation.call(atom.name, inputs);
  }
}

/** The terms by their denominators, in the order of the first term of each. */
function partsOf(terms: readonly Summand[]): Part[] {
  const groups: Summand[][] = [];
  const byDenominator = new Map<string, Summand[]>();
  for (const term of terms) {
    const denominator = term.factors.filter(({ exponent }) => exponent < 0);
    const key = denominator.map(({ atom, exponent }) => `${atom.rank}^${exponent}`).join();
    const group = key === "" ? undefined : byDenominator.get(key);
    if (group !== undefined) {
      group.push(term);
      continue;
    }
    groups.push([term]);
    byDenominator.set(key, groups.at(-1)!);
  }
  return groups.map(partOf);
}

function partOf(terms: readonly Summand[]): Part {
  const isNegative = terms.every((term) => term.isNegative);
  const denominator = terms[0]!.factors.filter(({ exponent }) => exponent < 0)
    .map(({ atom, exponent }) => ({ atom, exponent: -exponent }));
  const below = denominator.reduce((sum, { atom }) => sum + atom.size, 0);
  const numerators = terms.map((term) => ({
    ...term,
    isNegative: term.isNegative !== isNegative,
    factors: term.factors.filter(({ exponent }) => exponent > 0),
    size: term.size - below,
  }));
  return { numerators, denominator, isNegative, size: sizeOf(numerators) + below };
}

function sizeOf(terms: readonly Summand[]): number {
  return terms.reduce((sum, term) => sum + term.size, 0);
}

/**
 * A sum with functions or quotients begins with its first positive part, as in `1 - tanh(x)^2`; the
 * order of a polynomial is left as it is.
 */
function positiveFirst(parts: readonly Part[], terms: readonly Summand[]): readonly Part[] {
  const isPolynomial = terms.every(({ factors }) =>
    factors.every(({ atom, exponent }) => atom.kind === "variable" && exponent > 0)
  );
  const first = parts.findIndex((part) => !part.isNegative);
  if (isPolynomial || first <= 0) return parts;
  return [parts[first]!, ...parts.slice(0, first), ...parts.slice(first + 1)];
}

/** As many parts from both ends as `room` allows, and null where others are left out. */
function abridged(parts: readonly Part[], room: number): readonly (Part | null)[] {
  const count = Math.max(1, Math.floor(room / leastPart));
  if (parts.length <= count) return parts;
  const front = Math.ceil(count / 2);
  return [...parts.slice(0, front), null, ...parts.slice(parts.length - (count - front))];
}

/** Room for each of several pieces: all where all fit, else a fair share of what others leave. */
function shares(sizes: readonly number[], room: number): number[] {
  if (sizes.reduce((sum, size) => sum + size, 0) <= room) return sizes.map(() => room);
  const rooms = [...sizes];
  const bySize = sizes.map((_, i) => i).sort((a, b) => sizes[a]! - sizes[b]!);
  let left = room;
  bySize.forEach((index, taken) => {
    rooms[index] = Math.min(sizes[index]!, left / (sizes.length - taken));
    left -= rooms[index]!;
  });
  return rooms;
}
