/**
 * What formulas are made of: sums of products of atoms, an atom being a variable or a function of
 * sums. Equal atoms, and equal sums, are one object, so shared parts of a graph stay shared.
 */

import { digits } from "./coefficient.ts";
import { byDegree, type Factor, type Polynomial } from "./polynomial.ts";

/** What is larger counts as this, so that sums of sizes stay exact where shared parts double them. */
const hugest = 2 ** 40;

/** What a polynomial cannot see into. */
export type Atom = Variable | Call;

/** What all atoms have. */
interface Node {
  /** Where it stands among the atoms: variables first, then functions as they were first met. */
  readonly rank: number;
  /** How many symbols it takes to print, or very many. */
  readonly size: number;
  /** How deeply functions are nested in it. */
  readonly depth: number;
}

/** A named number. */
export interface Variable extends Node {
  readonly kind: "variable";
  /** What it prints as. */
  readonly name: string;
}

/** A function of sums. */
export interface Call extends Node {
  readonly kind: "call";
  /** The function; the empty name is that of a sum in brackets. */
  readonly name: string;
  /** What it is a function of. */
  readonly inputs: readonly Sum[];
}

/** A polynomial in its printed order. */
export interface Sum {
  /** The terms, graded lexicographic. */
  readonly terms: readonly Summand[];
  /** How many symbols it takes to print. */
  readonly size: number;
  /** How deeply functions are nested in it. */
  readonly depth: number;
  /** Equal sums have equal numbers. */
  readonly id: number;
  /** What it is the printed form of. */
  readonly polynomial: Polynomial;
}

/** A term as it prints. */
export interface Summand {
  /** Whether it is subtracted. */
  readonly isNegative: boolean;
  /** The digits of its coefficient, without the sign. */
  readonly digits: string;
  /** Atoms and their exponents, in the order of the atoms. */
  readonly factors: readonly Factor[];
  /** How many symbols it takes to print. */
  readonly size: number;
}

/** The atoms and sums of one formula, each of them once. */
export class Expressions {
  readonly #calls = new Map<string, Call>();
  readonly #sums = new Map<string, Sum>();
  #atoms = 0;

  /** A new variable. */
  variable(name: string): Variable {
    return { kind: "variable", rank: this.#atoms++, name, size: name.length, depth: 0 };
  }

  /** The function `name` of `inputs`, which is the same atom whenever it is asked for. */
  call(name: string, inputs: readonly Sum[]): Call {
    const key = [name, ...inputs.map((input) => input.id)].join();
    const known = this.#calls.get(key);
    if (known !== undefined) return known;
    const inputSize = inputs.reduce((size, input) => size + input.size, 0);
    const size = Math.min(name.length + 2 + inputSize, hugest);
    const depth = 1 + Math.max(0, ...inputs.map((input) => input.depth));
    const call: Call = { kind: "call", rank: this.#atoms++, name, inputs, size, depth };
    this.#calls.set(key, call);
    return call;
  }

  /** The printed form of a polynomial; polynomials that print alike have the same. */
  sum(polynomial: Polynomial): Sum {
    const keys: string[] = [];
    const terms: Summand[] = [];
    let [size, depth] = [0, 0];
    for (const { coefficient, factors, key } of [...polynomial.values()].sort(byDegree)) {
      const isNegative = coefficient.value < 0;
      const number = digits(coefficient);
      const termSize = factors.reduce((sum, factor) => sum + sizeOf(factor), number.length + 3);
      for (const { atom } of factors) depth = Math.max(depth, atom.depth);
      terms.push({ isNegative, digits: number, factors, size: termSize });
      keys.push(`${isNegative ? "-" : ""}${number}*${key}`);
      size += termSize;
    }
    const key = keys.join(" ");
    const sum = this.#sums.get(key) ?? { terms, size, depth, id: this.#sums.size, polynomial };
    this.#sums.set(key, sum);
    return sum;
  }
}

function sizeOf({ atom, exponent }: Factor): number {
  return atom.size + (exponent === 1 ? 0 : 2);
}
