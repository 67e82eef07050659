/** Matrix products, each written as WebAssembly for its own shape. */

import type { Callee, ModuleBuilder } from "./assembler.ts";
import { detectFeatures } from "./features.ts";
import { emitKernel } from "./matmul/kernel.ts";
import { layoutMatmul } from "./matmul/layout.ts";
import { emitMerge, type MergeParams } from "./matmul/merge.ts";
import { emitParts } from "./matmul/parts.ts";
import type { MatmulPlan, MatmulShape } from "./matmul/plan.ts";
import { planMatmul } from "./matmul/plan.ts";
import type { Epilogue, Result } from "./matmul/result.ts";
import { vectorType } from "./vector.ts";

export type { Epilogue, Place } from "./matmul/result.ts";
export { maySkipZeros } from "./matmul/plan.ts";
export type { MatmulPlan, MatmulShape } from "./matmul/plan.ts";
export { emitIsSparse } from "./matmul/sparse.ts";

/** A product and what happens to it. */
export interface MatmulOptions extends MatmulShape {
  /** The name to export the kernel by; the merge, if there is one, has it with `Merge` after it. */
  readonly export?: string;
  /** Changes finished sums before they are stored. */
  readonly epilogue?: Epilogue;
  /** Whether the epilogue stores what is to be kept; the result is then no more than scratch. */
  readonly discard?: boolean;
  /** Whether every machine must get the same bits: products are rounded before they are added. */
  readonly reproducible?: boolean;
  /** Whether each sum is added up by one thread, so that there is nothing to merge. */
  readonly undivided?: boolean;
  /** Decisions to take in place of the usual ones. */
  readonly plan?: Partial<MatmulPlan>;
}

/** The parameters of a kernel: where a share begins and ends, and the addresses of matrices. */
export type MatmulParams = readonly ["i32", "i32", "i32", "i32", "i32", "i32"];

/** A product as a function of its module. */
export interface Matmul {
  /**
   * Computes a share of the product: `(from, to, out, a, b, scratch)`, the last four in bytes.
   * Shares write disjoint regions of the result, need no order among themselves, and each needs
   * scratch memory of its own.
   */
  readonly kernel: Callee<MatmulParams, "void">;
  /**
   * What finishes the product where its plan divides the depth, in shares again, when all shares of
   * the kernel are done: `(from, to, out, sums)`. The kernel's `out` is then where the sums are.
   */
  readonly merge: Callee<MergeParams, "void"> | null;
  /** How much memory the sums need that the kernel leaves to the merge, in bytes. */
  readonly sumBytes: number;
  /** How much scratch memory a share needs, in bytes; its address is a multiple of 16. */
  readonly scratchBytes: number;
  /** How the product is computed. */
  readonly plan: MatmulPlan;
}

/** Adds a product to a module, as a function made for its shape alone. */
export function emitMatmul(module: ModuleBuilder, options: MatmulOptions): Matmul {
  const { discard = false, reproducible = false, undivided = false } = options;
  const fused = !reproducible && detectFeatures().relaxedSimd;
  const vector = vectorType(options.dtype, fused);
  const plan = {
    ...planMatmul(options, { fused, inOrder: reproducible, undivided }),
    ...options.plan,
  };
  const layout = layoutMatmul(options, plan, vector);
  const result: Result = {
    vector,
    columns: options.n,
    inOrder: reproducible,
    discard,
    epilogue: options.epilogue,
  };
  const isApart = plan.split === "depth";
  const context = {
    module,
    shape: options,
    plan,
    layout,
    result: isApart ? plain(result) : result,
  };
  const parts = emitParts(context);
  const params = ["i32", "i32", "i32", "i32", "i32", "i32"] as const;
  const exported = exportAs(options.export);
  const kernel = module.function({ ...exported, params }, (f, from, to, out, a, b, scratch) => {
    emitKernel(f, context, parts, { from, to, out, a, b, scratch });
  });
  const merge = isApart ? emitMerge(context, result, exportAs(options.export, "Merge")) : null;
  const sumBytes = layout.sums * layout.stretches;
  return { kernel, merge, sumBytes, scratchBytes: layout.scratch.bytes, plan };
}

function exportAs(name: string | undefined, ending = ""): { readonly export?: string } {
  return name === undefined ? {} : { export: name + ending };
}

/** Sums that are stored as they are. */
function plain(result: Result): Result {
  return { ...result, discard: false, epilogue: undefined };
}
