/** Vectors with the same number in every lane, made where they are used or once before a loop. */

import type { Expression } from "../assembler.ts";
import { f32x4, f64x2, FunctionBuilder, i32x4, i64x2 } from "../assembler.ts";

/** The kinds of lanes that a constant can have; 64-bit integers are given as numbers. */
export type LaneKind = "f32" | "f64" | "i32" | "i64";

/** Where a kernel gets its constants from. */
export type Constants = (kind: LaneKind, value: number) => Expression<"v128">;

/** Makes a constant where it is used. */
export function inlineConstants(kind: LaneKind, value: number): Expression<"v128"> {
  switch (kind) {
    case "f32":
      return f32x4.splat(value);
    case "f64":
      return f64x2.splat(value);
    case "i32":
      return i32x4.splat(value);
    case "i64":
      return i64x2.splat(BigInt(value));
  }
}

/**
 * Writes code whose constants are made before it, once: the engine would make them in every round
 * of a loop. The code is written twice, the first time only to learn which constants it needs.
 */
export function withHoistedConstants(
  f: FunctionBuilder,
  write: (f: FunctionBuilder, constants: Constants) => void,
): void {
  const known = new Map<string, Expression<"v128">>();
  const keyOf = (kind: LaneKind, value: number) => `${kind} ${Object.is(value, -0) ? "-0" : value}`;
  write(new FunctionBuilder(0), (kind, value) => {
    const constant = inlineConstants(kind, value);
    known.set(keyOf(kind, value), constant);
    return constant;
  });
  for (const [key, constant] of known) known.set(key, f.let(constant));
  write(f, (kind, value) => known.get(keyOf(kind, value))!);
}
