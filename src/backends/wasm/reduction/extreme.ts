/** The largest and the smallest element of each lane, and where it stands. */

import { i32x4, v128 } from "../assembler.ts";
import { hold, type LaneValue, maskFor, maskFrom } from "../elementwise/lane_code.ts";
import type { Vector } from "../math/float_code.ts";
import { type Combine, everywhere, fold, gather, orElse, variables } from "./fold.ts";
import type { LaneGroup, State } from "./lane_group.ts";

/** Which extreme. */
export type Extreme = "max" | "min";

/** The extreme of each lane; NaN where there is one. */
export function extremeOf(group: LaneGroup, extreme: Extreme): Vector[] {
  const { code, dtype } = group.source;
  const start = startOf(group, extreme);
  if (dtype === "int32") {
    return fold(group, { dtype, start, combine: i32x4[extreme], term: (x) => x.value() });
  }
  const { notEqual, number } = code.float(dtype as "float32");
  const combine = extremeOfNumbers(group, extreme);
  const none = everywhere(group, dtype, 0);
  const unordered = variables(group, none);
  const best = fold(group, {
    dtype,
    start,
    combine,
    term: (element) => {
      const x = hold(code, element.value());
      const isNaN = orElse(group, element, { dtype, vector: notEqual(x, x) }, none);
      const seen = unordered[element.slot]!;
      code.f.set(seen, v128.or(seen, isNaN));
      return x;
    },
  });
  const isNaN = gather(group, dtype, unordered, v128.or);
  return best.map((value, slot) => v128.bitselect(number(NaN), value, isNaN[slot]!));
}

/** Combines floating-point numbers; a NaN among the second ones is passed over. */
export function extremeOfNumbers(
  { source: { code, dtype } }: LaneGroup,
  extreme: Extreme,
): Combine {
  return code.float(dtype as "float32")[extreme === "max" ? "pmax" : "pmin"];
}

/** The place of each lane's extreme, the first one on a tie; NaN counts as the extreme. */
export function placeOfExtreme(group: LaneGroup, extreme: Extreme): Vector[] {
  const { code, code: { f }, dtype } = group.source;
  const start = everywhere(group, dtype, startOf(group, extreme));
  const best = variables(group, start);
  const places = variables(group, everywhere(group, "int32", 0));
  const stateOf = (vector: Vector, place: Vector): State => [
    { dtype, vector: hold(code, vector) },
    { dtype: "int32", vector: hold(code, place) },
  ];
  const better = (a: State, b: State, replace: Vector): State => {
    const mask = hold(code, replace);
    return stateOf(
      v128.bitselect(b[0]!.vector, a[0]!.vector, maskFor(code, dtype, mask)),
      v128.bitselect(b[1]!.vector, a[1]!.vector, maskFor(code, "int32", mask)),
    );
  };
  group.each((element) => {
    const [x, place] = [best[element.slot]!, places[element.slot]!];
    const next = stateOf(
      orElse(group, element, { dtype, vector: element.value() }, start),
      element.index(),
    );
    const now = stateOf(x, place);
    const [extremest, index] = better(now, next, beats(group, extreme, next[0]!, now[0]!));
    f.set(x, extremest!.vector);
    f.set(place, index!.vector);
  });
  const states = best.map((vector, slot) => stateOf(vector, places[slot]!));
  const combined = group.gather(states, (a, b) => {
    const worse = hold(code, beats(group, extreme, a[0]!, b[0]!));
    const wins = beats(group, extreme, b[0]!, a[0]!);
    const earlier = maskFrom(code, "int32", i32x4.less(b[1]!.vector, a[1]!.vector));
    return better(a, b, v128.or(wins, v128.andNot(earlier, worse)));
  });
  return combined.map((state) => state[1]!.vector);
}

/** Whether `a` is more extreme than `b`; NaN is more so than any number. */
function beats(
  { source: { code, dtype } }: LaneGroup,
  extreme: Extreme,
  { vector: a }: LaneValue,
  { vector: b }: LaneValue,
): Vector {
  if (dtype === "int32") {
    const compare = extreme === "max" ? i32x4.greater : i32x4.less;
    return maskFrom(code, dtype, compare(a, b));
  }
  const { lessEqual, greaterEqual, equal } = code.float(dtype as "float32");
  const notBetter = extreme === "max" ? lessEqual(a, b) : greaterEqual(a, b);
  return maskFrom(code, dtype, v128.andNot(equal(b, b), notBetter));
}

/** What every element is at least as extreme as. */
function startOf({ source: { dtype } }: LaneGroup, extreme: Extreme): number {
  const largest = dtype === "int32" ? 2 ** 31 - 1 : Infinity;
  const smallest = dtype === "int32" ? -(2 ** 31) : -Infinity;
  return extreme === "max" ? smallest : largest;
}
