/** The matrix product as an operation that a BLAS computes. */

import { matmul, type Transposition } from "../../ops/linalg.ts";
import type { Op } from "../../ops/op.ts";
import type { Tensor } from "../../values/tensor.ts";
import type { Blas } from "./library.ts";

/** What an operation has that leaves its product to a BLAS. */
export interface ByBlas {
  /** What computes the product. */
  readonly blas: Blas;
}

/** A product that a BLAS computes. */
export type NativeMatmul = Op<readonly [Tensor, Tensor], Transposition> & ByBlas;

/** The product by `blas`. */
export function nativeMatmul(blas: Blas): NativeMatmul {
  return {
    ...matmul,
    name: `${blas.name}.matmul`,
    forward: (output, inputs, transposition) => blas.multiply(output, inputs, transposition),
    blas,
  };
}

/** Whether an operation leaves its product to a BLAS. */
export function isNative<T extends object>(op: T): op is T & ByBlas {
  return "blas" in op;
}
