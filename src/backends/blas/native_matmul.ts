/** The matrix product as an operation that a BLAS computes. */

import { matmul, type Transposition } from "../../ops/linalg.ts";
import type { Op } from "../../ops/op.ts";
import type { Tensor } from "../../values/tensor.ts";
import type { Blas } from "./library.ts";

/** A product that a BLAS computes. */
export interface NativeMatmul extends Op<readonly [Tensor, Tensor], Transposition> {
  /** What computes it. */
  readonly blas: Blas;
}

/** The product by `blas`. */
export function nativeMatmul(blas: Blas): NativeMatmul {
  return {
    ...matmul,
    name: `${blas.name}.matmul`,
    forward: (output, inputs, transposition) => blas.multiply(output, inputs, transposition),
    blas,
  };
}

/** Whether an operation is a product by a BLAS. */
export function isNativeMatmul(op: object): op is NativeMatmul {
  return "blas" in op;
}
