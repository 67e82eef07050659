/** A program that is ready to run, over memory of its own. */

import { UsageError } from "../ops/error.ts";

/** How long one kernel of a program takes. */
export interface KernelTime {
  /** What the kernel computes. */
  readonly name: string;
  /** Its time, in milliseconds. */
  readonly milliseconds: number;
}

/** Inputs that may lie elsewhere than planned, and room for them. */
export interface Movable {
  /** For each such input, the address of the word that says where it lies: as planned at first. */
  readonly pointers: ReadonlyMap<number, number>;
  /** Where the room begins that was asked for. */
  readonly room: number;
}

/** A program that is ready to run. Inputs are written into its memory and results read there. */
export interface Executable {
  /** The memory in which the program's values lie. */
  readonly buffer: ArrayBufferLike;
  /** The inputs that may be moved, where there are any. */
  readonly movable?: Movable;
  /** How many threads shared the last run. */
  readonly threads: number;
  /** Runs all steps once. */
  run(): void;
  /** Runs all steps once, one by one, and tells how long each took. */
  profile(): KernelTime[];
  /** Frees the memory. */
  dispose(): void;
}

const memoryErrors = new WeakSet<UsageError>();

/** What is thrown where the memory of a program cannot be had. */
export function memoryError(bytes: number, cause?: unknown): UsageError {
  const size = bytes.toLocaleString("en-US");
  const message = `Cannot compile: the program needs ${size} bytes of memory`;
  const error = new UsageError(message, { cause });
  memoryErrors.add(error);
  return error;
}

/** Whether an error says that the memory of a program cannot be had. */
export function isMemoryError(error: unknown): boolean {
  return error instanceof UsageError && memoryErrors.has(error);
}
