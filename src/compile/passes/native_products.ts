/** Large matrix products become the business of a BLAS. */

import type { Blas } from "../../backends/blas/library.ts";
import { nativeMatmul } from "../../backends/blas/native_matmul.ts";
import { isFloat } from "../../ops/dtype.ts";
import { matmul, productSizes, type Transposition } from "../../ops/linalg.ts";
import type { Op } from "../../ops/op.ts";
import type { Program, Step } from "../program.ts";

/** Products of fewer multiplications than this are done sooner without a BLAS. */
const worthCalling = 1 << 18;

/** The pass that leaves large products of two matrices to `blas`. */
export function nativeProducts(blas: Blas): (program: Program) => Program {
  const op = nativeMatmul(blas) as Op;
  return (program) => ({
    ...program,
    steps: program.steps.map((step) => isLargeProduct(program, step) ? { ...step, op } : step),
  });
}

function isLargeProduct({ slots }: Program, { op, inputs, attributes }: Step): boolean {
  if (op !== matmul) return false;
  const [a, b] = inputs.map((value) => slots[value]!);
  if (a!.shape.length !== 2 || b!.shape.length !== 2 || !isFloat(a!.dtype)) return false;
  const { rows, inner, columns } = productSizes(a!.shape, b!.shape, attributes as Transposition);
  return rows * inner * columns >= worthCalling;
}
