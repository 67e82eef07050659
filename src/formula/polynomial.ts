/** Polynomials in atoms: sums of terms, each a coefficient times powers of atoms. */

import {
  type Coefficient,
  isNegligible,
  isOne,
  isOutOfRange,
  negative,
  over,
  plus,
  power,
  times,
  written,
} from "./coefficient.ts";
import type { Atom } from "./expression.ts";

/** A power of an atom; the exponent is negative in a denominator, and need not be whole. */
export interface Factor {
  /** What is raised. */
  readonly atom: Atom;
  /** The power, never 0. */
  readonly exponent: number;
}

/** A coefficient times powers of atoms. */
export interface Term {
  /** The number in front. */
  readonly coefficient: Coefficient;
  /** The powers, in the order of the atoms. */
  readonly factors: readonly Factor[];
  /** Equal for terms that differ in the coefficient only. */
  readonly key: string;
}

/** A sum of terms by their keys; without terms it is 0. */
export type Polynomial = ReadonlyMap<string, Term>;

function term(coefficient: Coefficient, factors: readonly Factor[]): Term {
  const key = factors.map(({ atom, exponent }) => `${atom.rank}^${exponent}`).join();
  return { coefficient, factors, key };
}

/** The polynomial of one term, or none where the coefficient is negligible. */
export function polynomialOf(...[coefficient, factors]: Parameters<typeof term>): Polynomial {
  if (isNegligible(coefficient)) return new Map();
  const only = term(coefficient, factors);
  return new Map([[only.key, only]]);
}

/** A number as a polynomial. */
export function constant(coefficient: Coefficient): Polynomial {
  return polynomialOf(coefficient, []);
}

/** A power of an atom as a polynomial. */
export function atomPower(atom: Atom, exponent: number): Polynomial {
  return polynomialOf(written(1), [{ atom, exponent }]);
}

/** The only term of a polynomial, or null where it has more, or none. */
export function soleTerm(polynomial: Polynomial): Term | null {
  if (polynomial.size !== 1) return null;
  const [sole] = polynomial.values();
  return sole!;
}

/** The number that a polynomial is, or null where it depends on an atom. */
export function constantOf(polynomial: Polynomial): Coefficient | null {
  if (polynomial.size === 0) return written(0);
  const sole = soleTerm(polynomial);
  return sole !== null && sole.factors.length === 0 ? sole.coefficient : null;
}

/** The atom that a polynomial is, or null where it is more than one. */
export function atomOf(polynomial: Polynomial): Atom | null {
  const sole = soleTerm(polynomial);
  if (sole === null || sole.factors.length !== 1 || !isOne(sole.coefficient)) return null;
  const [{ atom, exponent }] = sole.factors as [Factor];
  return exponent === 1 ? atom : null;
}

/**
 * Adds a term to a sum under construction; one that vanishes is left out. False where a sum of
 * coefficients has become infinite.
 */
function accumulate(sum: Map<string, Term>, added: Term): boolean {
  const before = sum.get(added.key);
  if (before === undefined) {
    if (!isNegligible(added.coefficient)) sum.set(added.key, added);
    return true;
  }
  const coefficient = plus(before.coefficient, added.coefficient);
  if (isNegligible(coefficient)) sum.delete(added.key);
  else sum.set(added.key, { ...added, coefficient });
  return Number.isFinite(coefficient.value) || !Number.isFinite(before.coefficient.value) ||
    !Number.isFinite(added.coefficient.value);
}

/** The sum of two polynomials, or null where a coefficient would be out of range. */
export function sumOf(a: Polynomial, b: Polynomial): Polynomial | null {
  const [larger, smaller] = a.size < b.size ? [b, a] : [a, b];
  const sum = new Map(larger);
  for (const term of smaller.values()) if (!accumulate(sum, term)) return null;
  return sum;
}

/** The negative of a polynomial. */
export function negativeOf(polynomial: Polynomial): Polynomial {
  const negated = new Map<string, Term>();
  for (const [key, term] of polynomial) {
    negated.set(key, { ...term, coefficient: negative(term.coefficient) });
  }
  return negated;
}

/**
 * A polynomial times, or over, a number; null where a coefficient would be too large, or all of them
 * too small: beside others, what is smaller than every number is left out.
 */
export function scaled(
  polynomial: Polynomial,
  by: Coefficient,
  scale: typeof times | typeof over,
): Polynomial | null {
  const changed = new Map<string, Term>();
  let isLost = false;
  for (const [key, term] of polynomial) {
    const coefficient = scale(term.coefficient, by);
    if (isOutOfRange(coefficient, term.coefficient, by)) {
      if (coefficient.value !== 0) return null;
      isLost = true;
    }
    if (!isNegligible(coefficient)) changed.set(key, { ...term, coefficient });
  }
  return isLost && changed.size === 0 ? null : changed;
}

/**
 * A sum with those terms that are a number times one of `atoms` replaced by what the atoms stand
 * for. The atoms come in an order in which each stands only for what is made of later ones. One stays
 * where a coefficient would be out of range.
 */
export function substituted(
  polynomial: Polynomial,
  atoms: readonly Atom[],
  meaning: (atom: Atom) => Polynomial,
): Polynomial {
  const sum = new Map(polynomial);
  for (const atom of atoms) {
    const { key } = term(written(1), [{ atom, exponent: 1 }]);
    const replaced = sum.get(key);
    if (replaced === undefined) continue;
    const isUnchanged = replaced.coefficient.value === 1 && replaced.coefficient.error === 0;
    const parts = isUnchanged ? meaning(atom) : scaled(meaning(atom), replaced.coefficient, times);
    if (parts === null) continue;
    sum.delete(key);
    for (const part of parts.values()) accumulate(sum, part);
  }
  return sum;
}

/**
 * The product of two polynomials, or null where it has more than `most` terms, or coefficients out of
 * range, as in `scaled`.
 */
export function productOf(a: Polynomial, b: Polynomial, most: number): Polynomial | null {
  const product = new Map<string, Term>();
  let isLost = false;
  for (const left of a.values()) {
    for (const right of b.values()) {
      const coefficient = times(left.coefficient, right.coefficient);
      if (isOutOfRange(coefficient, left.coefficient, right.coefficient)) {
        if (coefficient.value !== 0) return null;
        isLost = true;
      }
      const added = term(coefficient, productOfFactors(left.factors, right.factors));
      if (!accumulate(product, added)) return null;
    }
    if (product.size > most) return null;
  }
  return isLost && product.size === 0 ? null : product;
}

/** One term to a whole power, or null where the coefficient would be out of range. */
export function termPower({ coefficient, factors }: Term, exponent: number): Polynomial | null {
  const number = power(coefficient, exponent);
  if (isOutOfRange(number, coefficient, coefficient)) return null;
  const powers = factors.map((factor) => {
    return { atom: factor.atom, exponent: tidy(factor.exponent * exponent) };
  });
  return polynomialOf(number, powers);
}

/** An exponent without the noise of rounding: 0.1 + 0.2 is 0.3. */
function tidy(exponent: number): number {
  return Number.isInteger(exponent) ? exponent : Number(exponent.toPrecision(15));
}

function productOfFactors(a: readonly Factor[], b: readonly Factor[]): readonly Factor[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const product: Factor[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const [left, right] = [a[i], b[j]];
    if (right === undefined || (left !== undefined && left.atom.rank < right.atom.rank)) {
      product.push(left!);
      i++;
    } else if (left === undefined || right.atom.rank < left.atom.rank) {
      product.push(right);
      j++;
    } else {
      const exponent = tidy(left.exponent + right.exponent);
      if (exponent !== 0) product.push({ atom: left.atom, exponent });
      i++;
      j++;
    }
  }
  return product;
}

/** Graded lexicographic order: by total degree, then by the power of the first atom, and so on. */
export function byDegree(a: Term, b: Term): number {
  return degree(b) - degree(a) || lexicographic(a.factors, b.factors);
}

function degree({ factors }: Term): number {
  return factors.reduce((sum, { exponent }) => sum + exponent, 0);
}

function lexicographic(a: readonly Factor[], b: readonly Factor[]): number {
  for (let i = 0; i < a.length || i < b.length; i++) {
    const [left, right] = [a[i], b[i]];
    if (right === undefined) return -left!.exponent;
    if (left === undefined) return right.exponent;
    if (left.atom.rank < right.atom.rank) return -left.exponent;
    if (right.atom.rank < left.atom.rank) return right.exponent;
    if (left.exponent !== right.exponent) return right.exponent - left.exponent;
  }
  return 0;
}
