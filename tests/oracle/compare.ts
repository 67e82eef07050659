/** When a result agrees with the oracle. */

import type { Tensor } from "../../src/mod.ts";
import { type Listed, toDType, toNumber } from "./cases.ts";

/** A result that is not the oracle's. */
export class Mismatch extends Error {}

/** Something that the library does not have yet. */
export class Missing extends Error {}

/** What a table has under a name that the oracle uses; throws `Missing` where it has nothing. */
export function lookUp<T>(table: Readonly<Record<string, T>>, name: string, what = ""): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw new Missing(`${what} ${name}`.trim());
  return found;
}

/** How far a number may lie from the oracle's. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** What fits float64. */
export const usual: Tolerance = { absolute: 1e-10, relative: 1e-9 };
/** What fits outputs whose every digit counts. */
export const accurate: Tolerance = { absolute: 0, relative: 1e-12 };
/** What fits outputs that depend on the order of adding. */
export const loose: Tolerance = { absolute: 3, relative: 0 };
/** What fits the steps of a training run. */
export const training: Tolerance = { absolute: 1e-12, relative: 1e-9 };

/** Whether a number agrees; NaN agrees with NaN, an infinity with itself. */
export function agrees(actual: number, expected: number, tolerance: Tolerance): boolean {
  if (Object.is(actual, expected)) return true;
  return Math.abs(actual - expected) <=
    tolerance.absolute + tolerance.relative * Math.abs(expected);
}

/** Throws unless a number agrees with the oracle's. */
export function expectNumber(
  what: string,
  actual: number,
  expected: number | string,
  tolerance: Tolerance = usual,
): void {
  if (agrees(actual, toNumber(expected), tolerance)) return;
  throw new Mismatch(`${what} is ${actual}, not ${expected}`);
}

/** Throws unless numbers agree with the oracle's one by one. */
export function expectNumbers(
  what: string,
  actual: ArrayLike<number>,
  expected: readonly (number | string)[],
  tolerance: Tolerance = usual,
): void {
  if (actual.length !== expected.length) {
    throw new Mismatch(`${what} has ${actual.length} numbers, not ${expected.length}`);
  }
  expected.forEach((number, i) => expectNumber(`${what} [${i}]`, actual[i]!, number, tolerance));
}

/** Throws unless a tensor has the shape, the kind and the numbers of the oracle's. */
export function expectTensor(
  what: string,
  actual: Tensor,
  expected: Listed,
  tolerance: Tolerance = usual,
): void {
  const kind = (shape: readonly number[], dtype: string) => `${dtype} [${shape.join(", ")}]`;
  const found = kind(actual.shape, actual.dtype);
  const wanted = kind(expected.shape, toDType(expected.dtype));
  if (found !== wanted) throw new Mismatch(`${what} is ${found}, not ${wanted}`);
  expectNumbers(what, actual.data, expected.data, tolerance);
}
