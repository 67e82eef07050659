/** Folding the elements of lanes into one number each. */

import type { DType } from "../../../ops/dtype.ts";
import type { Local } from "../assembler.ts";
import { f32x4, f64x2, i32x4, i64x2, v128 } from "../assembler.ts";
import {
  firstLanes,
  hold,
  type LaneCode,
  type LaneValue,
  maskFor,
} from "../elementwise/lane_code.ts";
import { constantOf } from "../math/constants.ts";
import type { Vector } from "../math/float_code.ts";
import type { Element, LaneGroup, State } from "./lane_group.ts";
import { blockLength } from "./lane_group.ts";

/** What an element contributes. */
export type Term = (element: Element) => Vector;

/** Combines two vectors into one, lane by lane. */
export type Combine = (a: Vector, b: Vector) => Vector;

/** How terms become one number. */
export interface Fold {
  readonly dtype: DType;
  /** What to begin with: combined with a number it is that number. */
  readonly start: number;
  readonly combine: Combine;
  readonly term: Term;
}

/** Folds each lane into one number; a vector of them for each slot. */
export function fold(group: LaneGroup, { dtype, start, combine, term }: Fold): Vector[] {
  const { f } = group.source.code;
  const first = everywhere(group, dtype, start);
  const folded = variables(group, first);
  group.each((element) => {
    const variable = folded[element.slot]!;
    f.set(
      variable,
      combine(variable, orElse(group, element, { dtype, vector: term(element) }, first)),
    );
  });
  return gather(group, dtype, folded, combine);
}

/** Adds up each lane; long sums of single precision go to double precision block by block. */
export function sum(group: LaneGroup, dtype: DType, term: Term): Vector[] {
  if (dtype === "float32" && isLong(group)) return longSum(group, term);
  const combine = dtype === "int32" ? i32x4.add : group.source.code.float(dtype as "float32").add;
  return fold(group, { dtype, start: 0, combine, term });
}

function longSum(group: LaneGroup, term: Term): Vector[] {
  const { code, code: { f, lanes }, walk: { sideBySide } } = group.source;
  const zero = everywhere(group, "float32", 0);
  const near = variables(group, zero);
  const low = variables(group, zero);
  const high = lanes === 4 ? variables(group, zero) : [];
  const addTo = (far: Local<"v128">, numbers: Vector): void =>
    f.set(far, f64x2.add(far, f64x2.promoteLowF32x4(numbers)));
  group.each((element) => {
    const sum = near[element.slot]!;
    const value: LaneValue = { dtype: "float32", vector: term(element) };
    f.set(sum, f32x4.add(sum, orElse(group, element, value, zero)));
  }, () =>
    near.forEach((sum, slot) => {
      addTo(low[slot]!, sum);
      if (lanes === 4) addTo(high[slot]!, f32x4.shuffle(sum, sum, [2, 3, 2, 3]));
      f.set(sum, zero);
    }));
  const singles = (pair: Vector): Local<"v128"> => hold(code, f32x4.demoteF64x2Zero(pair));
  if (!sideBySide) {
    const total = singles(addedHalves(code, [...low, ...high]));
    const everywhere = hold(code, f32x4.shuffle(total, total, [0, 0, 0, 0]));
    return near.map(() => everywhere);
  }
  return low.map((sums, slot) => {
    const first = singles(sums);
    const second = lanes === 4 ? singles(high[slot]!) : first;
    return hold(code, f32x4.shuffle(first, second, [0, 1, 4, 5]));
  });
}

/** The sum of both halves of pairs of doubles, in both halves. */
function addedHalves(code: LaneCode, pairs: readonly Vector[]): Vector {
  const total = hold(code, pairs.reduce((a, b) => f64x2.add(a, b)));
  return f64x2.add(total, i64x2.shuffle(total, total, [1, 0]));
}

function isLong({ source: { code, walk }, slots }: LaneGroup): boolean {
  const { sideBySide, depth, length } = walk;
  return (sideBySide ? depth : depth * length / (slots * code.lanes)) > blockLength;
}

/** Combines vectors that belong to the same lane. */
export function gather(
  group: LaneGroup,
  dtype: DType,
  vectors: readonly Vector[],
  combine: Combine,
): Vector[] {
  const states = vectors.map((vector): State => [{ dtype, vector }]);
  return group
    .gather(states, ([a], [b]) => [{ dtype, vector: combine(a!.vector, b!.vector) }])
    .map(([value]) => value!.vector);
}

/** For each slot, a variable that begins with a value. */
export function variables({ slots, source: { code } }: LaneGroup, start: Vector): Local<"v128">[] {
  return Array.from({ length: slots }, () => code.f.let(start));
}

/** A number of a kind in every lane. */
export function everywhere({ source: { code } }: LaneGroup, dtype: DType, value: number): Vector {
  return constantOf(
    code.f,
    dtype === "float32" ? "f32" : dtype === "float64" ? "f64" : "i32",
    value,
  );
}

/** A value where there are elements, and another in the lanes past the last. */
export function orElse(
  { source: { code } }: LaneGroup,
  { count }: Element,
  { dtype, vector }: LaneValue,
  otherwise: Vector,
): Vector {
  if (count === code.lanes) return vector;
  const mask = maskFor(code, dtype, firstLanes(code.lanes, count));
  return v128.bitselect(vector, otherwise, mask);
}
