/** The passes in their order: each takes a program that runs to one that runs. */

import { fuse } from "./passes/fuse.ts";
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
];

/** The program after all passes. */
export function optimize(program: Program): Program {
  return passes.reduce((optimized, pass) => pass(optimized), program);
}
