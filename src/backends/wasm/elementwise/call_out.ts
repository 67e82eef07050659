/** Operations that have no vector form, computed lane by lane by their function on plain numbers. */

import type { DType } from "../../../ops/dtype.ts";
import type { Expression, ValueType } from "../assembler.ts";
import { call, f32x4, f64x2, i32, i32x4, i8x16, v128 } from "../assembler.ts";
import type { Vector } from "../math/float_code.ts";
import type { ScalarCall } from "../math/kernel_context.ts";
import type { LaneCode, LaneCount } from "./lane_code.ts";
import { hold } from "./lane_code.ts";

/** Calls an imported function for each lane. */
export function callOut(code: LaneCode, scalar: ScalarCall, inputs: readonly Vector[]): Vector {
  const { context, lanes } = code;
  const callee = context.scalar(scalar);
  const held = inputs.map((x) => hold(code, x));
  let result: Vector = hold(code, v128.const(Array(16).fill(0)));
  for (let lane = 0; lane < lanes; lane++) {
    const numbers = held.map((x, i) => extract(scalar.inputs[i]!, lanes, x, lane));
    result = hold(code, replace(scalar.result, lanes, result, lane, call(callee, ...numbers)));
  }
  return result;
}

/** One element of a vector. */
function extract(
  dtype: DType,
  lanes: LaneCount,
  vector: Vector,
  lane: number,
): Expression<ValueType> {
  switch (dtype) {
    case "float32":
      return f32x4.extract(vector, lane);
    case "float64":
      return f64x2.extract(vector, lane);
    case "int32":
      return i32x4.extract(vector, lane);
    case "bool":
      return i32.and(i32x4.extract(vector, lane * (4 / lanes)), 1);
  }
}

/** A vector with another element in one lane. */
function replace(
  dtype: DType,
  lanes: LaneCount,
  vector: Vector,
  lane: number,
  value: Expression,
): Vector {
  switch (dtype) {
    case "float32":
      return f32x4.replace(vector, lane, value as Expression<"f32">);
    case "float64":
      return f64x2.replace(vector, lane, value as Expression<"f64">);
    case "int32":
      return i32x4.replace(vector, lane, value as Expression<"i32">);
    case "bool": {
      const mask = i32x4.splat(i32.sub(0, i32.notEqual(value as Expression<"i32">, 0)));
      const bytes = 16 / lanes;
      const from = (byte: number) => Math.floor(byte / bytes) === lane ? 16 + byte : byte;
      return i8x16.shuffle(vector, mask, Array.from({ length: 16 }, (_, byte) => from(byte)));
    }
  }
}
