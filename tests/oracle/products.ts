/** The oracle's products of vectors and matrices. */

import { einsum } from "../../src/mod.ts";
import type { Adapters } from "./adapters.ts";

/** Products. */
export const products: Adapters = {
  matmul: ([a, b]) => a.matmul(b),
  dot: ([a, b]) => a.dot(b),
  outer: ([a, b]) => a.outer(b),
  einsum: (inputs, { equation }) => einsum(equation, ...inputs),
  linear: ([x, weight, bias]) => {
    const y = x.matmul(weight, { transposeB: true });
    return bias === undefined ? y : y.add(bias);
  },
};
