/** The passes in their order: each takes a program that runs to one that runs. */

import type { Blas } from "../backends/blas/library.ts";
import { fuse } from "./passes/fuse.ts";
import { fuseReductions } from "./passes/fuse_reductions.ts";
import { turnParameters } from "./passes/layout.ts";
import { nativeProducts } from "./passes/native_products.ts";
import { refuseFirst } from "./passes/refuse_first.ts";
import {
  foldTransposes,
  readUnbroadcast,
  removeDeadSteps,
  removeIdentities,
  shareCommonSteps,
} from "./passes/simplify.ts";
import type { Program } from "./program.ts";

/** The passes that make programs smaller and faster, in order. */
export const passes: readonly ((program: Program) => Program)[] = [
  removeIdentities,
  foldTransposes,
  readUnbroadcast,
  shareCommonSteps,
  removeDeadSteps,
  fuse,
  fuseReductions,
  turnParameters,
  refuseFirst,
];

/** The program after all passes, its large matrix products computed by `blas` if there is one. */
export function optimize(program: Program, blas?: Blas): Program {
  const all = blas === undefined
    ? passes
    : passes.toSpliced(passes.indexOf(fuse), 0, nativeProducts(blas));
  return all.reduce((optimized, pass) => pass(optimized), program);
}
