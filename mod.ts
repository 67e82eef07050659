/**
 * turunan: automatic differentiation for Deno. Scalars (`value`) and tensors (`tensor`) remember
 * how they were computed, derivatives of every order follow from it, and `nn`, `optim` and the data
 * sets build and train networks on top.
 *
 * @example The lecture's line: the derivative of its mean squared error, from the graph
 * ```ts
 * import { formula, gradients, value } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const m = value(-1, "m");
 * const b = value(5, "b");
 * const data = [[1, 3], [2, 5]] as const;
 * const errors = data.map(([x, y]) => m.mul(x).add(b).sub(y).square());
 * const mse = errors.reduce((sum, error) => sum.add(error)).div(2);
 * assertEquals(formula(gradients(mse, [m])[0]), "5m + 3b - 13");
 * ```
 *
 * @module
 */

// All of src/ as one file, which loads four times as fast: `deno task build` writes it.
// @ts-types="./src/mod.ts"
export * from "./dist/turunan.js";
