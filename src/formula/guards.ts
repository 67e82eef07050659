/** Conditions that keep a derivative away from 0, and go without saying in a formula. */

import type { Value } from "../values/value.ts";

/**
 * Whether a choice between two values is one that the derivatives of `a^b` make, as `pow` of
 * `ops/elementwise.ts` writes them: of `b - 1` where `a^2 > 0` or `b != 0`, else 0, for the exponent
 * of the derivative by a; or of `a` where `a != 0` or `b < 0`, else 1, for the logarithm in that by b.
 */
export function isGuard([condition, chosen, other]: readonly Value[]): boolean {
  const [left, right] = inputsOf(condition, "logicalOr");
  return isOfExponent(left, right, chosen, other) || isOfLogarithm(left, right, chosen, other);
}

type Input = Value | undefined;

function isOfExponent(left: Input, right: Input, chosen: Input, other: Input): boolean {
  const [square, bound] = inputsOf(left, "greater");
  const [exponent, zero] = inputsOf(right, "notEqual");
  const [reduced, one] = inputsOf(chosen, "sub");
  return inputsOf(square, "square").length === 1 && exponent === reduced &&
    isNumber(bound, 0) && isNumber(zero, 0) && isNumber(one, 1) && isNumber(other, 0);
}

function isOfLogarithm(left: Input, right: Input, chosen: Input, other: Input): boolean {
  const [base, zero] = inputsOf(left, "notEqual");
  const [, bound] = inputsOf(right, "less");
  return base === chosen && isNumber(zero, 0) && isNumber(bound, 0) && isNumber(other, 1);
}

/** What an operation was applied to, if it is what made the value. */
function inputsOf(value: Input, op: string): readonly Value[] {
  const origin = value?.origin ?? null;
  return origin?.op.name === op ? origin.inputs : [];
}

function isNumber(value: Input, number: number): boolean {
  return value !== undefined && value.origin === null && !value.requiresGrad &&
    value.data === number;
}
