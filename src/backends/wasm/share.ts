/** How work is divided among the threads that run the same kernel. */

import type { Callee, Expression, FunctionBuilder, Local } from "./assembler.ts";
import { call, i32, i64, least } from "./assembler.ts";
import type { KernelPhase } from "./kernels.ts";

/** All of any work, in the parts that shares are counted in. */
export const whole = 1 << 16;

/** Where the share of a thread begins and ends in any work, in parts of `whole`. */
export interface Share {
  readonly from: Expression<"i32">;
  readonly to: Expression<"i32">;
}

/** A function that does one share of its work: `(from, to)`, in parts of `whole`. */
export type Kernel = Callee<readonly ["i32", "i32"], "void">;

/** The phase in which a kernel does its share. */
export function phaseOf(kernel: Kernel): KernelPhase {
  return (f, { from, to }) => f.do(call(kernel, from, to));
}

/** Work from one index up to another. */
export interface Stretch {
  readonly from: Local<"i32">;
  readonly to: Local<"i32">;
}

/** The share of `total` that a thread does; shares begin at multiples of `unit`. */
export function stretchOf(
  f: FunctionBuilder,
  total: number,
  share: Share,
  unit = 1,
): Stretch {
  const units = Math.ceil(total / unit);
  const start = (at: Expression<"i32">): Local<"i32"> => {
    const begin = f.let(i32.mul(unitsBefore(units, at), unit));
    return units * unit === total ? begin : f.let(least(begin, total));
  };
  return { from: start(share.from), to: start(share.to) };
}

/** How many of so many units come before a point, in parts of `whole`; to the nearest. */
function unitsBefore(units: number, at: Expression<"i32">): Expression<"i32"> {
  const bits = Math.log2(whole), half = whole / 2;
  if (units < whole) {
    return i32.shiftRightUnsigned(i32.add(i32.mul(at, units), half), bits);
  }
  const product = i64.add(i64.mul(i64.extendI32Unsigned(at), BigInt(units)), BigInt(half));
  return i32.wrapI64(i64.shiftRightUnsigned(product, BigInt(bits)));
}
