/** Matrix products of a program that its threads call a BLAS for. */

import type { Program, Step } from "../../compile/program.ts";
import { bytesPerElement } from "../../ops/dtype.ts";
import { isNative } from "../blas/native_matmul.ts";
import type { NativeProduct } from "../blas/products.ts";
import { call, type Callee, i32, type Local } from "./assembler.ts";
import { emitFusion } from "./elementwise/fusion.ts";
import type { Emitter, KernelPhase, KernelSite, PartedKernel } from "./kernels.ts";
import { emitIsSparse, maySkipZeros } from "./matmul.ts";
import {
  bytesOfSums,
  emitProduct,
  importEpilogue,
  placeOfSums,
  type Product,
  productOf,
} from "./product_kernel.ts";
import { type Kernel, phaseOf, whole } from "./share.ts";
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
export function nativeEmitter(program: Program, step: Step): Emitter | null {
  const { op } = step;
  if (!isNative(op) || op.blas.path === null) return null;
  const isParallel = op.blas.threads === 1;
  const product = productOf(program, step)!;
  let callee: Callee<readonly ["i32", "i32"], "void">;
  let callsOut = false;
  return {
    prepare(context) {
      const params = ["i32", "i32"] as const;
      callee = context.module.importFunction(nativeModule, nameOf(step), { params });
      callsOut = importEpilogue(context, program, product);
    },
    emit(site) {
      const multiply: KernelPhase = (f, { index, count }) => f.do(call(callee, index, count));
      const { address, primary } = placeOfSums(program, product, site);
      const after = epilogueAfter(program, product, site, address);
      const native: PartedKernel = {
        phases: [
          multiply,
          ...after.map((kernel) => callsOut ? phaseAlone(kernel) : phaseOf(kernel)),
        ],
        isParallel,
        isCoarse: true, // in equal parts
        sharedScratch: primary < 0 ? bytesOfSums(product) : 0,
      };
      const { sizes, dtype, transposition } = product;
      const mayChoose = isParallel && !callsOut &&
        maySkipZeros({ ...sizes, ...transposition, dtype });
      return mayChoose
        ? eitherOf(emitProduct(program, product, site), native, product, site)
        : native;
    },
  };
}

/** What becomes of the sums that the library has left at an address. */
function epilogueAfter(
  program: Program,
  { step, dtype, epilogue, sizes: { m, n } }: Product,
  site: KernelSite,
  address: number,
): Kernel[] {
  if (epilogue === null) return [];
  const shape = [m, n];
  const operand = (value: number) => ({ address: site.offsets[value]!, ...program.slots[value]! });
  const sums = { address, shape, dtype };
  const kernel = emitFusion(site.context, epilogue, {
    shape,
    inputs: [sums, ...step.inputs.slice(2).map(operand)],
    outputs: step.outputs.map(operand),
  });
  return [kernel];
}

/** The phase in which the first thread does all of a kernel: others lack what it calls. */
function phaseAlone(kernel: Kernel): KernelPhase {
  return (f, { index }) => f.if(i32.isZero(index), () => f.do(call(kernel, 0, whole)));
}

/** One of two kernels of a product: each call looks at the left operand first. */
function eitherOf(
  withoutZeros: PartedKernel,
  native: PartedKernel,
  { step, dtype, sizes: { m, k }, transposition: { transposeA } }: Product,
  { context, offsets }: KernelSite,
): PartedKernel {
  const [rows, columns] = transposeA ? [k, m] : [m, k];
  const stride = columns * bytesPerElement(dtype);
  const params = ["i32", "i32", "i32"] as const;
  const look = context.module.function({ params, result: "i32" }, (f, from, outer, inner) => {
    const left = { from, outer, inner, stride };
    f.return(emitIsSparse(f, vectorType(dtype, false), left, sparseBelow));
  });
  let isSparse: Local<"i32">; // of the function that phases are being written to, in their order
  const phases = Math.max(withoutZeros.phases.length, native.phases.length);
  return {
    ...withoutZeros,
    phases: Array.from({ length: phases }, (_, i): KernelPhase => (f, thread) => {
      if (i === 0) isSparse = f.let(call(look, offsets[step.inputs[0]!]!, rows, columns));
      const phaseOf = (kernel: PartedKernel) => () => kernel.phases[i]?.(f, thread);
      f.if(isSparse, phaseOf(withoutZeros), phaseOf(native));
    }),
    isCoarse: true,
    sharedScratch: Math.max(withoutZeros.sharedScratch!, native.sharedScratch!),
  };
}

/** What the threads of a program need to know of the products that they call a BLAS for. */
export function nativeProducts(
  program: Program,
  site: Pick<KernelSite, "offsets" | "scratch">,
): NativeProduct[] {
  return program.steps.flatMap((step): NativeProduct[] => {
    const { op, inputs } = step;
    if (!isNative(op) || op.blas.path === null) return [];
    const product = productOf(program, step)!;
    const { dtype, sizes: { m, n, k }, transposition: { transposeA, transposeB } } = product;
    const [a, b] = inputs.map((value) => site.offsets[value]!) as [number, number];
    return [{
      name: nameOf(step),
      path: op.blas.path,
      isDouble: dtype === "float64",
      sizes: [m, n, k],
      transposed: [transposeA, transposeB],
      offsets: [a, b, placeOfSums(program, product, site).address],
    }];
  });
}

/** What a module calls such a product. */
function nameOf({ outputs }: Step): string {
  return `${outputs[0]}`;
}
