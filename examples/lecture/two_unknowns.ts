/** Matrices and equations of two unknowns, small enough to solve in closed form. */

import { gradients, type Value } from "../../mod.ts";

/** A 2 x 2 matrix, row by row. */
export type Matrix = readonly [readonly [number, number], readonly [number, number]];

/** The eigenvalues of a symmetric matrix, the larger one first. */
export function eigenvalues([[a, b], [, d]]: Matrix): [number, number] {
  const middle = (a + d) / 2;
  const distance = Math.hypot((a - d) / 2, b);
  return [middle + distance, middle - distance];
}

/**
 * Where two expressions that are linear in two unknowns are both 0, by Cramer's rule. Their
 * coefficients are their derivatives.
 */
export function solve(
  [f, g]: readonly [Value, Value],
  [p, q]: readonly [Value, Value],
): [number, number] {
  const [[fp, fq], [gp, gq]] = [gradients(f, [p, q]), gradients(g, [p, q])];
  const determinant = fp.data * gq.data - fq.data * gp.data;
  return [
    p.data - (f.data * gq.data - g.data * fq.data) / determinant,
    q.data - (g.data * fp.data - f.data * gp.data) / determinant,
  ];
}
