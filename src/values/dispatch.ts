/** Where operations on tensors are computed, and of which kind their results are. */

import type { Backend } from "../backends/backend.ts";
import { reference } from "../backends/reference.ts";
import { wasm } from "../backends/wasm/eager.ts";
import { detectFeatures } from "../backends/wasm/features.ts";
import { allocate, type DType, DTypeError, fitting } from "../ops/dtype.ts";
import type { Op } from "../ops/op.ts";
import { formatShape, type Shape, sizeOf } from "../ops/shape.ts";
import type { Tensor } from "./tensor.ts";
import { Numbers } from "./tensor_parts.ts";

let backend: Backend | undefined; // chosen when something is computed: asking takes a millisecond

/** The kind of an operation's result; the error about inputs that do not fit names their shapes. */
export function inferDType(op: Op, inputs: readonly Tensor[], attributes: unknown): DType {
  try {
    return op.dtype(inputs.map((input) => input.dtype), attributes);
  } catch (error) {
    if (!(error instanceof DTypeError) || inputs.length < 2) throw error;
    const shapes = inputs.map((input) => formatShape(input.shape)).join(" and ");
    throw new DTypeError(`${error.message} (shapes ${shapes})`);
  }
}

/** The numbers that an operation gives, all inputs being known. */
export function compute(
  op: Op,
  inputs: readonly Tensor[],
  attributes: unknown,
  shape: Shape,
  dtype: DType,
): Numbers {
  if (op.alias) return inputs[0]!.numbers;
  const data = allocate(dtype, sizeOf(shape));
  backend ??= detectFeatures().simd ? wasm : reference;
  const blocks = inputs.map(({ numbers, shape }) => ({ data: numbers.array, shape }));
  backend.run(op, { data, shape }, blocks, attributes);
  return new Numbers(data);
}

/** A plain number as an operand beside tensors of one kind. */
export function lifted(op: Op, number: number, dtype: DType): Numbers {
  fitting(op.name, number, dtype);
  return new Numbers(allocate(dtype, 1).fill(number));
}
