/** Polynomials of any degree through noisy points, found by gradient descent. */

import { hessian, type Tensor, tensor, valueAndGrad } from "../../../mod.ts";

/** A point of a data set. */
export type Point = readonly [x: number, y: number];

/** A polynomial that was fitted to points. */
export interface Trendline {
  readonly degree: number;
  /** Its height at x. */
  at(x: number): number;
  /** The mean squared error after each epoch of the training. */
  readonly losses: readonly number[];
}

const double = { dtype: "float64" } as const;

/**
 * The polynomials of degree 0, 1, 2, .. that are orthogonal on some places: the mean of the product
 * of two of them is 0, and the mean of the square of each is 1. Each follows from the two before it
 * (G. E. Forsythe, "Generation and use of orthogonal polynomials for data-fitting", 1957).
 */
export function orthogonalPolynomials(
  places: readonly number[],
  degree: number,
): (x: number) => number[] {
  const terms: { shift: number; back: number; size: number }[] = [];
  const at = (x: number): number[] => {
    const values: number[] = [];
    let [before, current] = [0, 1];
    for (const { shift, back, size } of terms) {
      values.push(current / size);
      [before, current] = [current, (x - shift) * current - back * before];
    }
    return [...values, current];
  };
  let sizeBefore = 1;
  for (let k = 0; k <= degree; k++) {
    const values = places.map((x) => at(x)[k]!);
    const square = mean(values.map((value) => value * value));
    const shift = mean(values.map((value, i) => value * value * places[i]!)) / square;
    terms.push({ shift, back: k === 0 ? 0 : square / sizeBefore, size: Math.sqrt(square) });
    sizeBefore = square;
  }
  return (x) => at(x).slice(0, degree + 1);
}

/** Fits a polynomial by gradient descent on the mean squared error. */
export function fitTrendline(points: readonly Point[], degree: number): Trendline {
  const basis = orthogonalPolynomials(points.map(([x]) => x), degree);
  const columns = tensor(points.map(([x]) => basis(x)), double);
  const targets = tensor(points.map(([, y]) => y), double);
  const lossAndGradient = valueAndGrad((weights: Tensor) => error(columns, weights, targets));
  let weights = tensor(basis(0).map(() => 0), double);
  const losses: number[] = [];
  for (let epoch = 0; epoch < 100; epoch++) {
    const [, gradient] = lossAndGradient(weights);
    weights = weights.sub(gradient.mul(0.1));
    losses.push(error(columns, weights, targets).item());
  }
  const found = weights;
  return { degree, losses, at: (x) => tensor(basis(x), double).matmul(found).item() };
}

/** The mean squared error of a trendline on points. */
export function errorOn(points: readonly Point[], { at }: Trendline): number {
  return mean(points.map(([x, y]) => (at(x) - y) ** 2));
}

/**
 * How strongly the mean squared error bends along the weight of each function of a basis: the
 * diagonal of its Hessian.
 */
export function bends(points: readonly Point[], basis: (x: number) => number[]): number[] {
  const columns = tensor(points.map(([x]) => basis(x)), double);
  const targets = tensor(points.map(([, y]) => y), double);
  const second = hessian((weights: Tensor) => error(columns, weights, targets));
  const start = tensor(basis(0).map(() => 0), double);
  return [...(second(start) as Tensor).diagonal().data];
}

function error(columns: Tensor, weights: Tensor, targets: Tensor): Tensor {
  return columns.matmul(weights).sub(targets).square().mean();
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
