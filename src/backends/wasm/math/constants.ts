/** Vectors with the same number in every lane. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { f32x4, f64x2, i32x4, i64x2 } from "../assembler.ts";

/** The kinds of lanes that a constant can have. */
export type LaneKind = "f32" | "f64" | "i32" | "i64";

/** The constants of one kind by their numbers; a map does not tell -0 from 0. */
type Constants = Map<number | "-0", Local<"v128">>;

const known = new WeakMap<FunctionBuilder, Map<LaneKind, Constants>>();

/** A number in every lane, made once when a function begins: loops would make it in every round. */
export function constantOf(f: FunctionBuilder, kind: LaneKind, value: number): Local<"v128"> {
  const kinds = entry(known, f, () => new Map<LaneKind, Constants>());
  const constants = entry(kinds, kind, (): Constants => new Map());
  return entry(constants, Object.is(value, -0) ? "-0" : value, () => f.atStart(splat(kind, value)));
}

/** What a map holds for a key, made when it is first asked for. */
function entry<K, V>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, value = make());
  return value;
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
