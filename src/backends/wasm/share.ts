/** How work is divided among the threads that run the same kernel. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32, select } from "../assembler.ts";

/** Which share of the work a call does: part 0 of 1 is all of it. */
export interface Part {
  readonly part: Local<"i32">;
  readonly parts: Local<"i32">;
}

/** Work from one index up to another. */
export interface Share {
  readonly from: Local<"i32">;
  readonly to: Local<"i32">;
}

/** The share of `total` that a part does; shares begin at multiples of `unit`. */
export function shareOf(
  f: FunctionBuilder,
  total: number,
  { part, parts }: Part,
  unit = 1,
): Share {
  const units = Math.ceil(total / unit);
  const start = (index: Expression<"i32">): Local<"i32"> => {
    const begin = f.let(i32.mul(i32.divUnsigned(i32.mul(index, units), parts), unit));
    return units * unit === total ? begin : f.let(
      select(i32.lessUnsigned(begin, total), begin, i32.const(total)),
    );
  };
  return { from: start(part), to: start(i32.add(part, 1)) };
}
