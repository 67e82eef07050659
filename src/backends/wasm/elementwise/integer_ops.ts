/** The elementwise operations on vectors of 32-bit integers, by name. */

import { f64, f64x2, i32, i32x4, i64, v128 } from "../assembler.ts";
import { constantOf } from "../math/constants.ts";
import type { Vector } from "../math/float_code.ts";
import { type ElementwiseName, floatOps } from "./float_ops.ts";
import type { LaneCode } from "./lane_code.ts";
import { hold } from "./lane_code.ts";

// deno-lint-ignore no-explicit-any
type IntegerOp = (code: LaneCode, inputs: any, attributes: unknown) => Vector;
type One = readonly [Vector];
type Two = readonly [Vector, Vector];

/** The operations whose result has the kind of their inputs; what overflows wraps around. */
export const integerOps: { readonly [name in ElementwiseName]?: IntegerOp } = {
  add: (_, [a, b]: Two) => i32x4.add(a, b),
  sub: (_, [a, b]: Two) => i32x4.sub(a, b),
  neg: (_, [x]: One) => i32x4.neg(x),
  abs: (_, [x]: One) => i32x4.abs(x),
  sign: ({ f }, [x]: One) =>
    i32x4.sub(i32x4.less(x, constantOf(f, "i32", 0)), i32x4.greater(x, constantOf(f, "i32", 0))),
  relu: ({ f }, [x]: One) => i32x4.max(x, constantOf(f, "i32", 0)),
  maximum: (_, [a, b]: Two) => i32x4.max(a, b),
  minimum: (_, [a, b]: Two) => i32x4.min(a, b),
  mul: (_, [a, b]: Two) => i32x4.mul(a, b),
  square: (code, [x]: One) => {
    const held = hold(code, x);
    return i32x4.mul(held, held);
  },
  clamp: asDoubles("clamp"),
  hardtanh: asDoubles("hardtanh"),
  fmod: asDoubles("fmod"),
  remainder: asDoubles("remainder"),
};

/** An operation as JavaScript has it: in double precision, and cut back to 32 bits. */
function asDoubles(name: ElementwiseName): IntegerOp {
  return (code, inputs: readonly Vector[], attributes) => {
    const double = code.float("float64");
    const held = inputs.map((x) => hold(code, x));
    const half = (part: (x: Vector) => Vector): Vector =>
      hold(
        code,
        floatOps[name]!(
          double,
          held.map((x) => hold(code, f64x2.convertLowI32x4(part(x)))),
          attributes,
        ),
      );
    const low = half((x) => x);
    if (code.lanes === 2) return integersOf([low]);
    return integersOf([low, half((x) => i32x4.shuffle(x, x, [2, 3, 2, 3]))]);
  };
}

/** Doubles cut back to 32-bit integers, as JavaScript's `x | 0` does. */
export function integersOf(doubles: readonly Vector[]): Vector {
  const zeros: Vector = v128.const(Array(16).fill(0));
  return doubles.flatMap((pair) => [f64x2.extract(pair, 0), f64x2.extract(pair, 1)]).reduce(
    (vector, x, lane) => {
      const high = f64.mul(f64.truncate(f64.mul(x, 2 ** -32)), 2 ** 32);
      return i32x4.replace(vector, lane, i32.wrapI64(i64.truncateF64(f64.sub(x, high))));
    },
    zeros,
  );
}
