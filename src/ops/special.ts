/**
 * Functions that `Math` lacks. The error function is W. J. Cody's rational Chebyshev approximation
 * (Mathematics of Computation 23, 1969, pages 631 to 637), right to five units in the last
 * place of double precision, and its complement to eight.
 */

const small = {
  numerator: [
    3.16112374387056560e00,
    1.13864154151050156e02,
    3.77485237685302021e02,
    3.20937758913846947e03,
    1.85777706184603153e-1,
  ],
  denominator: [
    2.36012909523441209e01,
    2.44024637934444173e02,
    1.28261652607737228e03,
    2.84423683343917062e03,
  ],
} as const;

const middle = {
  numerator: [
    5.64188496988670089e-1,
    8.88314979438837594e00,
    6.61191906371416295e01,
    2.98635138197400131e02,
    8.81952221241769090e02,
    1.71204761263407058e03,
    2.05107837782607147e03,
    1.23033935479799725e03,
    2.15311535474403846e-8,
  ],
  denominator: [
    1.57449261107098347e01,
    1.17693950891312499e02,
    5.37181101862009858e02,
    1.62138957456669019e03,
    3.29079923573345963e03,
    4.36261909014324716e03,
    3.43936767414372164e03,
    1.23033935480374942e03,
  ],
} as const;

const large = {
  numerator: [
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4,
    1.63153871373020978e-2,
  ],
  denominator: [
    2.56852019228982242e00,
    1.87295284992346725e00,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3,
  ],
} as const;

/** A quotient of polynomials as Cody lays out its coefficients: the leading one stands last. */
function quotient(
  { numerator, denominator }: { numerator: readonly number[]; denominator: readonly number[] },
  x: number,
): number {
  const last = numerator.length - 1;
  let above = numerator[last]! * x;
  let below = x;
  for (let i = 0; i < last - 1; i++) {
    above = (above + numerator[i]!) * x;
    below = (below + denominator[i]!) * x;
  }
  return (above + numerator[last - 1]!) / (below + denominator[last - 1]!);
}

/** exp(-factor x^2) without the rounding error of x^2: the square is split at a sixteenth. */
function gaussian(x: number, factor: 1 | 0.5 = 1): number {
  const coarse = Math.trunc(x * 16) / 16;
  return Math.exp(-factor * coarse * coarse) * Math.exp(-factor * (x - coarse) * (x + coarse));
}

/** erfc(x) e^(x^2) for x above 0.46875. */
function scaledTail(x: number): number {
  if (x <= 4) return quotient(middle, x);
  const inverse = 1 / (x * x);
  return (1 / Math.sqrt(Math.PI) - inverse * quotient(large, inverse)) / x;
}

/** erfc for x above 0.46875. */
function tail(x: number): number {
  return x > 27.3 ? 0 : gaussian(x) * scaledTail(x);
}

/** The error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return x * quotient(small, x * x);
  if (Number.isNaN(x)) return x;
  return x > 0 ? 1 - tail(size) : tail(size) - 1;
}

/** 1 - erf(x), right to a relative 1e-15 even where it is tiny. */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return 1 - x * quotient(small, x * x);
  if (Number.isNaN(x)) return x;
  return x > 0 ? tail(size) : 2 - tail(size);
}

/** How likely a standard normal number is to be at most x, right also where that is tiny. */
export function normalCdf(x: number): number {
  const size = Math.abs(x), scaled = size * Math.SQRT1_2;
  if (scaled <= 0.46875) return 0.5 + x * Math.SQRT1_2 * quotient(small, scaled * scaled) / 2;
  if (Number.isNaN(x)) return x;
  const rest = size > 39 ? 0 : gaussian(size, 0.5) * scaledTail(scaled) / 2;
  return x > 0 ? 1 - rest : rest;
}

/** 1 / (1 + e^-x), without overflow on either side. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** log(1 + e^x), without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** log(e^a + e^b), without overflow. */
export function logAddExp(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}

/** What is left of a after whole steps of b, with the sign of b; exact, as a - b floor(a / b) is not. */
export function remainder(a: number, b: number): number {
  const left = a % b;
  return left !== 0 && left < 0 !== b < 0 ? left + b : left;
}

/** The nearest whole number, halves to the even one, as IEEE 754 rounds. */
export function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x - Math.trunc(x)) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** The power a^b as IEEE 754 has it: 1 to any power is 1, also where `Math.pow` says NaN. */
export function power(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : Math.pow(a, b);
}
