/** The elementwise operations that yield truth values: comparisons, logic and predicates. */

import type { DType } from "../../../ops/dtype.ts";
import { i32x4, v128 } from "../assembler.ts";
import type { Vector } from "../math/float_code.ts";
import type { ElementwiseName } from "./float_ops.ts";
import type { LaneCode, LaneValue } from "./lane_code.ts";
import { maskFrom } from "./lane_code.ts";

/** Writes an operation on vectors of any kind whose result is a mask. */
type TruthOp = (code: LaneCode, inputs: readonly LaneValue[]) => Vector;

type Comparison = "equal" | "notEqual" | "less" | "lessEqual" | "greater" | "greaterEqual";

/** The operations whose result is a truth value. */
export const truthOps: { readonly [name in ElementwiseName]?: TruthOp } = {
  equal: comparison("equal"),
  notEqual: comparison("notEqual"),
  less: comparison("less"),
  lessEqual: comparison("lessEqual"),
  greater: comparison("greater"),
  greaterEqual: comparison("greaterEqual"),
  logicalAnd: (code, [a, b]) => v128.and(truth(code, a!), truth(code, b!)),
  logicalOr: (code, [a, b]) => v128.or(truth(code, a!), truth(code, b!)),
  logicalXor: (code, [a, b]) => v128.xor(truth(code, a!), truth(code, b!)),
  logicalNot: (code, [x]) => v128.not(truth(code, x!)),
  isNaN: predicate(false, (code, { dtype, vector }) => {
    const { notEqual } = code.float(dtype);
    return notEqual(vector, vector);
  }),
  isFinite: predicate(true, (code, { dtype, vector }) => {
    const { less, abs, number } = code.float(dtype);
    return less(abs(vector), number(Infinity));
  }),
};

/** Whether the elements of a value are not zero. */
export function truth(code: LaneCode, { dtype, vector }: LaneValue): Vector {
  if (dtype === "bool") return vector;
  return maskFrom(
    code,
    dtype,
    compare(code, "notEqual", dtype, vector, v128.const(Array(16).fill(0))),
  );
}

function comparison(name: Comparison): TruthOp {
  return (code, [a, b]) =>
    maskFrom(code, a!.dtype, compare(code, name, a!.dtype, a!.vector, b!.vector));
}

function compare(code: LaneCode, name: Comparison, dtype: DType, a: Vector, b: Vector): Vector {
  if (dtype === "bool") return compareMasks[name](a, b);
  if (dtype === "int32") return compareIntegers[name](a, b);
  return code.float(dtype)[name](a, b);
}

const compareIntegers: { readonly [name in Comparison]: (a: Vector, b: Vector) => Vector } = {
  equal: i32x4.equal,
  notEqual: i32x4.notEqual,
  less: i32x4.less,
  greater: i32x4.greater,
  lessEqual: (a, b) => v128.not(i32x4.greater(a, b)),
  greaterEqual: (a, b) => v128.not(i32x4.less(a, b)),
};

/** False comes before true. */
const compareMasks: { readonly [name in Comparison]: (a: Vector, b: Vector) => Vector } = {
  equal: (a, b) => v128.not(v128.xor(a, b)),
  notEqual: v128.xor,
  less: (a, b) => v128.andNot(b, a),
  greater: v128.andNot,
  lessEqual: (a, b) => v128.not(v128.andNot(a, b)),
  greaterEqual: (a, b) => v128.not(v128.andNot(b, a)),
};

type FloatValue = LaneValue & { readonly dtype: "float32" | "float64" };

/** A question about floating-point numbers; for other kinds the answer is known. */
function predicate(otherwise: boolean, ask: (code: LaneCode, x: FloatValue) => Vector): TruthOp {
  return (code, [x]) => {
    const { dtype } = x!;
    if (dtype !== "float32" && dtype !== "float64") {
      return v128.const(Array(16).fill(otherwise ? 255 : 0));
    }
    return maskFrom(code, dtype, ask(code, { ...x!, dtype }));
  };
}
