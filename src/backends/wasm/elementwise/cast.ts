/** The same numbers as another kind, vector by vector. */

import type { DType } from "../../../ops/dtype.ts";
import { f32x4, f64x2, i32x4, v128 } from "../assembler.ts";
import { constantOf } from "../math/constants.ts";
import type { Vector } from "../math/float_code.ts";
import { integersOf } from "./integer_ops.ts";
import type { LaneCode, LaneValue } from "./lane_code.ts";
import { hold, maskFor } from "./lane_code.ts";
import { truth } from "./truth_ops.ts";

/** A value as another kind; fractions are cut off for integers, and true is 1. */
export function castTo(code: LaneCode, value: LaneValue, dtype: DType): Vector {
  const { vector } = value;
  if (value.dtype === dtype) return vector;
  switch (dtype) {
    case "bool":
      return truth(code, value);
    case "int32":
      return toInteger(code, value);
    case "float32":
      return toSingle(code, value);
    case "float64":
      return toDouble(code, value);
  }
}

function toInteger(code: LaneCode, { dtype, vector }: LaneValue): Vector {
  if (dtype === "bool") {
    return v128.and(maskFor(code, "int32", vector), constantOf(code.f, "i32", 1));
  }
  if (dtype === "float64") return integersOf([hold(code, vector)]);
  const { f, lanes } = code;
  const held = hold(code, vector);
  const result = f.let(i32x4.truncateF32x4(held));
  const isSmall = f32x4.less(f32x4.abs(held), constantOf(f, "f32", 2 ** 31));
  f.if(v128.anyTrue(v128.not(isSmall)), () => { // large ones wrap around, NaN is 0
    const low = hold(code, f64x2.promoteLowF32x4(held));
    const high = hold(code, f64x2.promoteLowF32x4(i32x4.shuffle(held, held, [2, 3, 2, 3])));
    f.set(result, integersOf(lanes === 2 ? [low] : [low, high]));
  });
  return result;
}

function toSingle(code: LaneCode, { dtype, vector }: LaneValue): Vector {
  if (dtype === "int32") return f32x4.convertI32x4(vector);
  if (dtype === "float64") return f32x4.demoteF64x2Zero(vector);
  return v128.and(maskFor(code, "float32", vector), constantOf(code.f, "f32", 1));
}

function toDouble({ f }: LaneCode, { dtype, vector }: LaneValue): Vector {
  if (dtype === "int32") return f64x2.convertLowI32x4(vector);
  if (dtype === "float32") return f64x2.promoteLowF32x4(vector);
  return v128.and(vector, constantOf(f, "f64", 1));
}
