/** Calculating with polynomials, and what is done where the result would be none, or too long. */

import { type Coefficient, over, times, written } from "./coefficient.ts";
import { type Atom, type Call, Expressions, type Sum } from "./expression.ts";
import {
  atomOf,
  atomPower,
  constant,
  constantOf,
  type Factor,
  negativeOf,
  type Polynomial,
  polynomialOf,
  productOf,
  scaled,
  soleTerm,
  substituted,
  sumOf,
  termPower,
} from "./polynomial.ts";

const mostTerms = 1000; // a longer polynomial stays unexpanded
const mostTermsWhenTired = 8; // the same, once a formula has taken too much work
const tiring = 4_000_000; // terms and factors calculated

/**
 * Arithmetic on the polynomials of one formula. What does not stay a polynomial of reasonable
 * length becomes an atom: a function, or a sum in brackets.
 */
export class Algebra {
  readonly #expressions = new Expressions();
  readonly #sums = new WeakMap<Polynomial, Sum>();
  /** The brackets around what is left unexpanded: others are not printed in a numerator. */
  readonly #kept = new Set<Atom>();
  #work = 0;

  /** A number. */
  number(value: number): Polynomial {
    return constant(written(value));
  }

  /** A new variable. */
  variable(name: string): Polynomial {
    return atomPower(this.#expressions.variable(name), 1);
  }

  /** A function of polynomials. */
  call(name: string, ...inputs: readonly Polynomial[]): Polynomial {
    return atomPower(this.#expressions.call(name, inputs.map((input) => this.printed(input))), 1);
  }

  /** A polynomial in its printed order. */
  printed(polynomial: Polynomial): Sum {
    this.#work += polynomial.size;
    const known = this.#sums.get(polynomial);
    if (known !== undefined) return known;
    const sum = this.#expressions.sum(this.settled(polynomial));
    this.#sums.set(polynomial, sum);
    return sum;
  }

  /** The sum `a + b`. */
  add(a: Polynomial, b: Polynomial): Polynomial {
    const [left, right] = [this.#short(a), this.#short(b)];
    this.#work += left.size + right.size;
    const sum = sumOf(left, right) ?? sumOf(this.#bracketed(left), this.#bracketed(right))!;
    if (sum.size <= this.#mostTerms()) return sum;
    const [larger, smaller] = left.size < right.size ? [right, left] : [left, right];
    const shorter = sumOf(this.#whole(larger), smaller)!;
    if (shorter.size <= this.#mostTerms()) return shorter;
    return sumOf(this.#whole(larger), this.#whole(smaller))!;
  }

  /** The negative `-a`. */
  neg(a: Polynomial): Polynomial {
    const short = this.#short(a);
    this.#work += short.size;
    return negativeOf(short);
  }

  /** The product `ab`. */
  mul(a: Polynomial, b: Polynomial): Polynomial {
    const [left, right] = [constantOf(a), constantOf(b)];
    if (left !== null && right !== null) return constant(times(left, right));
    if (right !== null) {
      return this.#scaled(a, right, times) ?? productOf(this.#bracketed(a), b, 1)!;
    }
    if (left !== null) return this.#scaled(b, left, times) ?? productOf(this.#bracketed(b), a, 1)!;
    return this.#expanded(a, b) ?? productOf(this.#whole(a), this.#whole(b), 1) ??
      productOf(this.#bracketed(a), this.#bracketed(b), 1)!;
  }

  /** The quotient `a / b`: by one term, its exponents are subtracted, so `x / x` is 1. */
  div(a: Polynomial, b: Polynomial): Polynomial {
    const divisor = constantOf(b);
    if (divisor !== null && divisor.value !== 0) {
      const quotient = this.#scaled(a, divisor, over);
      if (quotient !== null) return quotient;
    }
    if (soleTerm(b) !== null) return this.mul(a, this.pow(b, -1));
    if (b.size > 0 && this.printed(a) === this.printed(b)) return this.number(1);
    return this.mul(a, atomPower(this.#atom(b), -1));
  }

  /** The power of a polynomial to a finite number. */
  pow(a: Polynomial, exponent: number): Polynomial {
    if (exponent === 0) return this.number(1);
    const sole = soleTerm(a);
    if (!Number.isInteger(exponent)) return atomPower(this.#atom(a), exponent);
    if (sole !== null) return termPower(sole, exponent) ?? atomPower(this.#bracket(a), exponent);
    if (exponent < 0) return atomPower(this.#atom(a), exponent);
    let power = exponent < this.#mostTerms() ? a : null;
    for (let i = 1; i < exponent && power !== null; i++) power = this.#expanded(power, a);
    return power ?? atomPower(this.#bracket(a), exponent);
  }

  /**
   * A polynomial without the brackets that have come into its numerators: those of a denominator of
   * a denominator, or of a square root squared. Until it is printed, or a function is applied to it,
   * they stay, since a later quotient may cancel them.
   */
  settled(polynomial: Polynomial): Polynomial {
    const isReopened = ({ atom, exponent }: Factor) =>
      isBracket(atom) && !this.#kept.has(atom) && Number.isInteger(exponent) && exponent > 0;
    const closed = [...polynomial.values()].filter(({ factors }) => factors.some(isReopened));
    if (closed.length === 0) return polynomial;
    const rest = new Map(polynomial);
    for (const { key } of closed) rest.delete(key);
    const opened = closed.map(({ coefficient, factors }) => {
      const others = factors.filter((factor) => !isReopened(factor));
      return factors.filter(isReopened).reduce(
        (part, { atom, exponent }) => this.mul(part, this.pow(contentOf(atom as Call), exponent)),
        polynomialOf(coefficient, others),
      );
    });
    return this.settled(opened.reduce((sum, part) => this.add(sum, part), rest as Polynomial));
  }

  /** The sum without brackets around a part of it, however long it gets. */
  opened(sum: Polynomial): Polynomial {
    const brackets = new Set<Call>();
    const parts = [sum];
    for (const part of parts) { // grows while it is walked
      for (const { factors: [first, ...more] } of part.values()) {
        if (!first || !isBracket(first.atom) || first.exponent !== 1 || more.length > 0) continue;
        if (!brackets.has(first.atom)) parts.push(contentOf(first.atom));
        brackets.add(first.atom);
      }
    }
    const outsideIn = [...brackets].sort((a, b) => b.rank - a.rank);
    return substituted(sum, outsideIn, (atom) => contentOf(atom as Call));
  }

  #mostTerms(): number {
    return this.#work < tiring ? mostTerms : mostTermsWhenTired;
  }

  #scaled(a: Polynomial, by: Coefficient, scale: typeof times | typeof over): Polynomial | null {
    const short = this.#short(a);
    this.#work += short.size;
    return scaled(short, by, scale);
  }

  /** The product in full, or null where it would be too long, or a coefficient out of range. */
  #expanded(a: Polynomial, b: Polynomial): Polynomial | null {
    const most = this.#mostTerms();
    const product = a.size + b.size - 1 <= most ? productOf(a, b, most) : null;
    const count = product === null ? most : a.size * b.size;
    this.#work += count * (1 + factorsPerTerm(a) + factorsPerTerm(b));
    return product;
  }

  /** A polynomial as one term: in brackets, or as it is. */
  #whole(a: Polynomial): Polynomial {
    return a.size <= 1 ? a : this.#bracketed(a);
  }

  #bracketed(a: Polynomial): Polynomial {
    return atomPower(this.#bracket(a), 1);
  }

  #short(a: Polynomial): Polynomial {
    return a.size <= this.#mostTerms() ? a : this.#whole(a);
  }

  /** A polynomial as an atom that stays one. */
  #bracket(a: Polynomial): Atom {
    const atom = this.#atom(a);
    this.#kept.add(atom);
    return atom;
  }

  #atom(a: Polynomial): Atom {
    return atomOf(a) ?? this.#expressions.call("", [this.printed(a)]);
  }
}

/** How long the terms are on average: a hundred factors are a hundred times the work of one. */
function factorsPerTerm(polynomial: Polynomial): number {
  let sum = 0;
  for (const { factors } of polynomial.values()) sum += factors.length;
  return sum / Math.max(1, polynomial.size);
}

function isBracket(atom: Atom): atom is Call {
  return atom.kind === "call" && atom.name === "";
}

/** The polynomial in a pair of brackets. */
function contentOf({ inputs: [content] }: Call): Polynomial {
  return content!.polynomial;
}
