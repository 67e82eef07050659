/**
 * Coefficients: numbers with a bound on how far rounding may have moved them. So `0.1 + 0.2` prints
 * as `0.3`, `0.1 + 0.2 - 0.3` vanishes, and `1e13 + 1 - 1e13`, where nothing was rounded, is 1.
 */

/** A number and how far from it the exact result may lie. */
export interface Coefficient {
  /** The number in double precision. */
  readonly value: number;
  /** The largest distance of the exact result; 0 where nothing was rounded. */
  readonly error: number;
}

const rounding = 2 ** -53; // the relative error of one operation in double precision
const mostLost = 1e-10; // of what was added up; holds the bound down where it grows from sum to sum

function bounded(value: number, error: number): Coefficient {
  return { value, error: Number.isFinite(value) && Number.isFinite(error) ? error : 0 };
}

/**
 * A number as it was written: whole numbers are exact, others may stand for a nearby decimal. What
 * was calculated without a history, as the exponent `1.3 - 1` of a derivative, stands for a short
 * decimal that two roundings of numbers of its size, or of about 1, can have moved it from.
 */
export function written(value: number): Coefficient {
  const size = Math.abs(value);
  if (Number.isSafeInteger(value)) return { value, error: 0 };
  const moved = Math.abs(value - Number(value.toPrecision(10)));
  const isNoise = moved < 4 * rounding * Math.min(Math.max(1, size), 16 * size);
  return bounded(value, Math.max(errorOf(value), isNoise ? 2 * moved : 0));
}

/** The bound on the error of a result whose operands are exact. */
function errorOf(value: number): number {
  return Number.isSafeInteger(value) ? 0 : Math.abs(value) * rounding;
}

/** The sum of two coefficients. */
export function plus(a: Coefficient, b: Coefficient): Coefficient {
  const value = a.value + b.value;
  const added = value - a.value;
  const lost = a.value - (value - added) + (b.value - added); // exact: Knuth's TwoSum
  const most = mostLost * (Math.abs(a.value) + Math.abs(b.value));
  return bounded(value, Math.min(a.error + b.error + Math.abs(lost), most));
}

/** The product of two coefficients. */
export function times(a: Coefficient, b: Coefficient): Coefficient {
  const value = a.value * b.value;
  const moved = Math.abs(a.value) * b.error + Math.abs(b.value) * a.error;
  return bounded(value, moved === 0 ? errorOf(value) : moved + Math.abs(value) * rounding);
}

/** The quotient of two coefficients. */
export function over(a: Coefficient, b: Coefficient): Coefficient {
  const value = a.value / b.value;
  const moved = (a.error + Math.abs(value) * b.error) / Math.abs(b.value);
  return bounded(value, moved === 0 ? errorOf(value) : moved + Math.abs(value) * rounding);
}

/** A coefficient to the power of a whole number. */
export function power(a: Coefficient, exponent: number): Coefficient {
  const value = a.value ** exponent;
  const moved = Math.abs(exponent * value / a.value) * a.error;
  return bounded(value, moved === 0 ? errorOf(value) : moved + Math.abs(value) * rounding);
}

/** The negative of a coefficient. */
export function negative({ value, error }: Coefficient): Coefficient {
  return { value: -value, error };
}

/**
 * Whether a product, quotient or power of a and b is 0 or infinite only because the numbers of
 * double precision end somewhere.
 */
export function isOutOfRange(result: Coefficient, a: Coefficient, b: Coefficient): boolean {
  if (Number.isFinite(result.value) && result.value !== 0) return false;
  return isInRange(a) && isInRange(b);
}

function isInRange({ value }: Coefficient): boolean {
  return Number.isFinite(value) && value !== 0;
}

/** Whether a coefficient cannot be told from 0. */
export function isNegligible({ value, error }: Coefficient): boolean {
  return value === 0 || Math.abs(value) <= error;
}

/** Whether a coefficient prints as 1, and so not at all in front of an atom. */
export function isOne({ value, error }: Coefficient): boolean {
  return value === 1 || Math.abs(value - 1) < error;
}

/** The size of a coefficient in the fewest digits that rounding leaves certain. */
export function digits({ value, error }: Coefficient): string {
  const size = Math.abs(value);
  if (error === 0) return shortest(size);
  for (let count = 1; count < 17; count++) {
    const candidate = Number(size.toPrecision(count));
    if (Math.abs(candidate - size) < error) return shortest(candidate);
  }
  return shortest(size);
}

/** A number as JavaScript prints it, `1e21` without the plus sign. */
export function shortest(number: number): string {
  return String(number).replace("+", "");
}
