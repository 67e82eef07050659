/** A program that is ready to run, over memory of its own. */

import { UsageError } from "../ops/error.ts";

/** How long one kernel of a program takes. */
export interface KernelTime {
  /** What the kernel computes. */
  readonly name: string;
  /** Its time, in milliseconds. */
  readonly milliseconds: number;
}

/** A program that is ready to run. Inputs are written into its memory and results read there. */
export interface Executable {
  /** The memory in which the program's values lie. */
  readonly buffer: ArrayBufferLike;
  /** How many threads shared the last run. */
  readonly threads: number;
  /** Runs all steps once. */
  run(): void;
  /** Runs all steps once, one by one, and tells how long each took. */
  profile(): KernelTime[];
  /** Frees the memory. */
  dispose(): void;
}

/** What is thrown where the memory of a program cannot be had. */
export function memoryError(bytes: number, cause?: unknown): UsageError {
  const size = bytes.toLocaleString("en-US");
  return new UsageError(`Cannot compile: the program needs ${size} bytes of memory`, { cause });
}
