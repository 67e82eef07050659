/** Bounds of memory accesses, known ahead of loops. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32 } from "../assembler.ts";

/**
 * Reads something for nothing, from near address 0. Where memory has no guard pages V8 compares
 * every address with a bound for its offset and width, and works the bound out where it first needs
 * it, also in each round of a loop. What was read before a loop, from whatever address, has its
 * bound known there. The address comes from a number, any one, since one that is known to be 0 would
 * not be compared at all.
 */
export function emitBounds(
  f: FunctionBuilder,
  number: Local<"i32">,
  reads: (zero: Local<"i32">) => readonly Expression<"v128" | "i32">[],
): void {
  const zero = f.let(i32.shiftRightUnsigned(number, 31)); // 1 if it is an address beyond 2 GiB
  for (const read of reads(zero)) f.drop(read);
}
