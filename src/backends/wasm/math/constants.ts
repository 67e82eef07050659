/** Vectors with the same number in every lane. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { f32x4, f64x2, i32x4, i64x2 } from "../assembler.ts";

/** The kinds of lanes that a constant can have. */
export type LaneKind = "f32" | "f64" | "i32" | "i64";

const known = new WeakMap<FunctionBuilder, Map<string, Local<"v128">>>();

/** A number in every lane, made once when a function begins: loops would make it in every round. */
export function constantOf(f: FunctionBuilder, kind: LaneKind, value: number): Local<"v128"> {
  const constants = known.get(f) ?? new Map<string, Local<"v128">>();
  known.set(f, constants);
  const key = `${kind} ${Object.is(value, -0) ? "-0" : value}`;
  const constant = constants.get(key) ?? f.atStart(splat(kind, value));
  constants.set(key, constant);
  return constant;
}

function splat(kind: LaneKind, value: number): Expression<"v128"> {
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
