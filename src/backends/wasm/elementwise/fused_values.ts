/** Elementwise operations on values that are already in vectors, in whatever kernel has them. */

import type { FusedNode, Fusion } from "../../../compile/program.ts";
import type { DType } from "../../../ops/dtype.ts";
import * as elementwise from "../../../ops/elementwise.ts";
import { v128 } from "../assembler.ts";
import type { Vector } from "../math/float_code.ts";
import type { KernelContext, ScalarCall } from "../math/kernel_context.ts";
import { callOut } from "./call_out.ts";
import { castTo } from "./cast.ts";
import type { ElementwiseName } from "./float_ops.ts";
import { floatOps } from "./float_ops.ts";
import { integerOps } from "./integer_ops.ts";
import type { LaneCode, LaneValue } from "./lane_code.ts";
import { hold, maskFor } from "./lane_code.ts";
import { truthOps } from "./truth_ops.ts";

/** Writes the operations of a fusion on one vector of each input, and gives the results. */
export function fusedValues(
  code: LaneCode,
  fusion: Fusion,
  inputs: readonly LaneValue[],
): LaneValue[] {
  const values = [...inputs];
  for (const node of fusion.nodes) {
    values.push(nodeValue(code, node, node.inputs.map((input) => values[input]!)));
  }
  return fusion.results.map((result) => values[inputs.length + result]!);
}

/** Writes one operation of a fusion. */
export function nodeValue(
  code: LaneCode,
  { op, attributes, dtype }: FusedNode,
  inputs: readonly LaneValue[],
): LaneValue {
  const vectors = inputs.map(({ vector }) => vector);
  const vector = write();
  return { dtype, vector: hold(code, vector) };

  function write(): Vector {
    const name = vectorName(op, dtype);
    if (name === null) {
      const call = { op, attributes, inputs: inputs.map((x) => x.dtype), result: dtype };
      return callOut(code, call, vectors);
    }
    if (name === "identity" || name === "stopGradient") return vectors[0]!;
    if (name === "cast") return castTo(code, inputs[0]!, dtype);
    if (name === "where") {
      return v128.bitselect(vectors[1]!, vectors[2]!, maskFor(code, dtype, vectors[0]!));
    }
    if (dtype === "bool") return truthOps[name]!(code, inputs);
    if (dtype === "int32") return integerOps[name]!(code, vectors, attributes);
    return floatOps[name]!(code.float(dtype), vectors, attributes);
  }
}

/**
 * Imports the functions of those operations of a fusion that have no vector form. Whether there are
 * any: a kernel that calls out is not for several threads, as only one of them has the functions.
 */
export function importScalars(
  context: KernelContext,
  fusion: Fusion,
  inputs: readonly DType[],
): boolean {
  const dtypes = [...inputs];
  let callsOut = false;
  for (const { op, attributes, inputs, dtype } of fusion.nodes) {
    const call: ScalarCall = {
      op,
      attributes,
      inputs: inputs.map((input) => dtypes[input]!),
      result: dtype,
    };
    if (vectorName(op, dtype) === null) {
      context.importScalar(call);
      callsOut = true;
    }
    dtypes.push(dtype);
  }
  return callsOut;
}

/** The name by which an operation's vector form is known, or null where it has none. */
function vectorName(op: FusedNode["op"], dtype: DType): ElementwiseName | "cast" | null {
  if (op.name === "cast") return "cast";
  const name = op.name as ElementwiseName;
  if (elementwise[name] as unknown !== op) return null;
  if (name === "identity" || name === "stopGradient" || name === "where") return name;
  const known = dtype === "bool" ? truthOps : dtype === "int32" ? integerOps : floatOps;
  return known[name] === undefined ? null : name;
}
