/** Bounds of memory accesses, known ahead of loops. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32 } from "../assembler.ts";

/**
 * Reads something for nothing. Where memory has no guard pages V8 compares every address with a
 * bound for its offset and width, which it works out where it first needs it, also in each round of
 * a loop; those of what was read before are known in it, from whatever address that was.
 */
export function emitBounds(
  f: FunctionBuilder,
  size: Local<"i32">,
  reads: (zero: Local<"i32">) => readonly Expression<"v128" | "i32">[],
): void {
  const zero = f.let(i32.shiftRightUnsigned(size, 31)); // no constant, whose bounds need no looking
  for (const read of reads(zero)) f.drop(read);
}
