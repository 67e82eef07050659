/** Matrix products of a program that its threads call a BLAS for. */

import type { Program, Step } from "../../compile/program.ts";
import { bytesPerElement } from "../../ops/dtype.ts";
import { productSizes, type Transposition } from "../../ops/linalg.ts";
import { isNativeMatmul } from "../blas/native_matmul.ts";
import type { NativeProduct } from "../blas/products.ts";
import { call, type Callee } from "./assembler.ts";
import type { Emitter } from "./kernels.ts";

/** The module from which programs import such products. */
export const nativeModule = "blas";

/**
 * The emitter of such a product, or null where JavaScript has to call what multiplies. It is
 * divided among the threads of the program unless the library brings threads of its own.
 */
export function nativeEmitter(step: Step): Emitter | null {
  const { op } = step;
  if (!isNativeMatmul(op) || op.blas.path === null) return null;
  const name = `${step.outputs[0]}`;
  let callee: Callee<readonly ["i32", "i32"], "void">;
  return {
    prepare({ module }) {
      callee = module.importFunction(nativeModule, name, { params: ["i32", "i32"] as const });
    },
    emit: () => ({
      phases: [(f, { index, count }) => f.do(call(callee, index, count))],
      isParallel: op.blas.threads === 1,
      isCoarse: true, // the library's parts are equal, whatever the shares
    }),
  };
}

/** What the threads of a program need to know of the products that they call a BLAS for. */
export function nativeProducts(
  { slots, steps }: Program,
  offsets: readonly number[],
): NativeProduct[] {
  return steps.flatMap(({ op, inputs, outputs, attributes }): NativeProduct[] => {
    if (!isNativeMatmul(op) || op.blas.path === null) return [];
    const [a, b] = inputs as [number, number];
    const [c] = outputs as [number];
    const transposition = attributes as Transposition;
    const { rows, inner, columns } = productSizes(slots[a]!.shape, slots[b]!.shape, transposition);
    return [{
      name: `${c}`,
      path: op.blas.path,
      isDouble: bytesPerElement(slots[c]!.dtype) === 8,
      sizes: [rows, columns, inner],
      transposed: [transposition.transposeA, transposition.transposeB],
      offsets: [offsets[a]!, offsets[b]!, offsets[c]!],
    }];
  });
}
