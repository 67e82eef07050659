/** Matrix products of a program that its threads call a BLAS for. */

import type { Program, Slot, Step } from "../../compile/program.ts";
import { bytesPerElement } from "../../ops/dtype.ts";
import { productSizes, type Transposition } from "../../ops/linalg.ts";
import { isNativeMatmul } from "../blas/native_matmul.ts";
import type { NativeProduct } from "../blas/products.ts";
import { call, type Callee, i32 } from "./assembler.ts";
import type { Emitted, Emitter, KernelPhase, KernelSite } from "./kernels.ts";
import { emitIsSparse, emitMatmul, type MatmulShape, maySkipZeros } from "./matmul.ts";
import { vectorType } from "./vector.ts";

/** The module from which programs import such products. */
export const nativeModule = "blas";

/** A left operand with fewer nonzeros than this is multiplied sooner without them, here. */
const sparseBelow = 0.25;

/**
 * The emitter of such a product, or null where JavaScript has to call what multiplies. It is
 * divided among the threads of the program unless the library brings threads of its own, and done
 * without the library where most of the left operand is zeros, which no BLAS skips.
 */
export function nativeEmitter({ slots }: Program, step: Step): Emitter | null {
  const { op } = step;
  if (!isNativeMatmul(op) || op.blas.path === null) return null;
  const shape = shapeOf(slots, step);
  let callee: Callee<readonly ["i32", "i32"], "void">;
  return {
    prepare({ module }) {
      callee = module.importFunction(nativeModule, nameOf(step), {
        params: ["i32", "i32"] as const,
      });
    },
    emit(site) {
      const callOut: KernelPhase = (f, { index, count }) => f.do(call(callee, index, count));
      if (op.blas.threads !== 1) return { phases: [callOut], isParallel: false };
      if (maySkipZeros(shape)) return emitEither(site, step, shape, callOut);
      return { phases: [callOut], isParallel: true, isCoarse: true }; // in equal parts
    },
  };
}

/** The product by the library, or without the zeros of its left operand: each call looks first. */
function emitEither(
  { context, offsets, scratch }: KernelSite,
  { inputs, outputs }: Step,
  shape: MatmulShape,
  callOut: KernelPhase,
): Emitted {
  const { m, k, dtype, transposeA } = shape;
  const { kernel, scratchBytes } = emitMatmul(context.module, { ...shape, inOrder: true });
  const [a, b, out] = [...inputs, ...outputs].map((value) => offsets[value]!) as Three<number>;
  const [rows, columns] = transposeA ? [k, m] : [m, k];
  const stride = columns * bytesPerElement(dtype);
  const params = ["i32", "i32", "i32"] as const;
  const isSparse = context.module.function(
    { params, result: "i32" },
    (f, from, outer, inner) => {
      const left = { from, outer, inner, stride };
      f.return(emitIsSparse(f, vectorType(dtype, false), left, sparseBelow));
    },
  );
  const either: KernelPhase = (f, thread) => {
    const { index, from, to } = thread;
    const own = i32.add(scratch, i32.mul(index, scratchBytes));
    f.if(
      call(isSparse, a, rows, columns),
      () => f.do(call(kernel, from, to, out, a, b, own)),
      () => callOut(f, thread),
    );
  };
  return { phases: [either], isParallel: true, isCoarse: true, scratchBytes };
}

type Three<T> = [T, T, T];

/** The product that a step is. */
function shapeOf(slots: readonly Slot[], { inputs, outputs, attributes }: Step): MatmulShape {
  const [a, b] = inputs.map((value) => slots[value]!.shape);
  const transposition = attributes as Transposition;
  const { rows: m, inner: k, columns: n } = productSizes(a!, b!, transposition);
  return { m, k, n, dtype: slots[outputs[0]!]!.dtype as MatmulShape["dtype"], ...transposition };
}

/** What the threads of a program need to know of the products that they call a BLAS for. */
export function nativeProducts(
  { slots, steps }: Program,
  offsets: readonly number[],
): NativeProduct[] {
  return steps.flatMap((step): NativeProduct[] => {
    const { op, inputs, outputs } = step;
    if (!isNativeMatmul(op) || op.blas.path === null) return [];
    const places = [...inputs, ...outputs].map((value) => offsets[value]!) as Three<number>;
    const { m, n, k, dtype, transposeA, transposeB } = shapeOf(slots, step);
    return [{
      name: nameOf(step),
      path: op.blas.path,
      isDouble: dtype === "float64",
      sizes: [m, n, k],
      transposed: [transposeA, transposeB],
      offsets: places,
    }];
  });
}

/** What a module calls such a product. */
function nameOf({ outputs }: Step): string {
  return `${outputs[0]}`;
}
