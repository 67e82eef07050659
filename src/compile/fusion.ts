/**
 * Groups of operations that run as one: elementwise chains, products with what follows them, and
 * reductions with what comes before.
 */

import type { Blas } from "../backends/blas/library.ts";
import { type ByBlas, isNative } from "../backends/blas/native_matmul.ts";
import { allocate, type DType, dtypeOf } from "../ops/dtype.ts";
import type { Elementwise } from "../ops/elementwise_op.ts";
import { matmul, type Transposition } from "../ops/linalg.ts";
import type { Block, Op } from "../ops/op.ts";
import { broadcast, type Shape, sizeOf } from "../ops/shape.ts";
import { cast } from "../ops/structural.ts";
import type { Fusion, Step } from "./program.ts";

/** A product whose every element goes through a fusion before it is stored. */
export interface FusedProduct extends Transposition {
  /** What becomes of each element: input 0 is the product, the others follow the two operands. */
  readonly epilogue: Fusion;
}

/** The group of elementwise operations as an operation; it may have several outputs. */
export const fused: Op<readonly never[], Fusion> = {
  name: "fused",
  shape: (shapes: readonly Shape[]) => shapes.reduce((a, b) => broadcast("fuse", a, b)),
  dtype: (_, { nodes, results }) => nodes[results[0]!]!.dtype,
  forward: (output, inputs, fusion) => runFusion([output], inputs, fusion),
  pullbacks: [], // fused programs are never differentiated: their functions are
};

/** A product and its epilogue as an operation; it may have several outputs. */
export const fusedMatmul: Op<readonly never[], FusedProduct> = {
  name: "fusedMatmul",
  shape: (shapes: readonly Shape[], product) => matmul.shape([shapes[0]!, shapes[1]!], product),
  dtype: (_, { epilogue: { nodes, results } }) => nodes[results[0]!]!.dtype,
  forward: (output, inputs, product) => runProduct([output], inputs, product),
  pullbacks: [],
};

/** What a product becomes with an epilogue: who computes it stays the same. */
export function withEpilogue(product: Op): Op {
  const op = fusedMatmul as Op;
  if (!isNative(product)) return op;
  const { blas } = product;
  const native: Op & ByBlas = { ...op, name: `${blas.name}.${op.name}`, blas };
  return native;
}

/** Whether a step is a product with an epilogue. */
export function isFusedProduct(step: Step): step is Step & { readonly attributes: FusedProduct } {
  const { attributes } = step;
  return typeof attributes === "object" && attributes !== null && "epilogue" in attributes;
}

/** An operation that reduces what elementwise operations compute, which is not stored. */
export interface FusedReduction extends Op {
  /** The operation that reduces. */
  readonly reduction: Op;
}

/** What the attributes of a reduction have beside them then. */
export interface Produced {
  /** What it reduces, by the inputs of the step. */
  readonly producer: Fusion;
}

/** What a reduction becomes with a producer. */
export function withProducer(reduction: Op): FusedReduction {
  const reduced = (shapes: readonly Shape[]) => shapes.reduce((a, b) => broadcast("fuse", a, b));
  const op: Op<readonly never[], Produced> & Pick<FusedReduction, "reduction"> = {
    name: `fused${reduction.name[0]!.toUpperCase()}${reduction.name.slice(1)}`,
    reduction,
    shape: (shapes: readonly Shape[], attributes) => reduction.shape([reduced(shapes)], attributes),
    dtype: (_, { producer: { nodes, results } }) =>
      reduction.dtype([nodes[results[0]!]!.dtype], null),
    forward(output, inputs: readonly Block[], attributes) {
      const { nodes, results } = attributes.producer;
      const shape = reduced(inputs.map((input) => input.shape));
      const produced = temporary(shape, nodes[results[0]!]!.dtype);
      runFusion([produced], inputs, attributes.producer);
      reduction.forward(output, [produced], attributes as never);
    },
    pullbacks: [],
  };
  return op as FusedReduction;
}

/** Whether an operation is elementwise. */
export function isElementwise(op: Op): op is Elementwise {
  return "scalar" in op;
}

/** Whether an operation does something with each element by itself: elementwise ones, and casts. */
export function isByElement(op: Op): boolean {
  return isElementwise(op) || op === cast as Op;
}

/** Runs one step of a program by the operations' own kernels. */
export function runStep(
  step: Step,
  outputs: readonly Block[],
  inputs: readonly Block[],
): void {
  const { op, attributes } = step;
  if (op === fused) runFusion(outputs, inputs, attributes as Fusion);
  else if (isFusedProduct(step)) {
    const multiply = isNative(op) ? op.blas.multiply.bind(op.blas) : matmul.forward;
    runProduct(outputs, inputs, step.attributes, multiply);
  } else op.forward(outputs[0]!, inputs, attributes);
}

function runFusion(
  outputs: readonly Block[],
  inputs: readonly Block[],
  { nodes, results }: Fusion,
): void {
  const values = [...inputs];
  for (const { op, inputs: operands, attributes, dtype } of nodes) {
    const blocks = operands.map((operand) => values[operand]!);
    const shape = op.shape(blocks.map((block) => block.shape), attributes);
    const output = temporary(shape, dtype);
    op.forward(output, blocks as never, attributes);
    values.push(output);
  }
  results.forEach((node, i) => {
    const value = values[inputs.length + node]!;
    const output = outputs[i]!;
    if (sizeOf(value.shape) === sizeOf(output.shape)) output.data.set(value.data);
    else output.data.fill(value.data[0]!);
  });
}

function runProduct(
  outputs: readonly Block[],
  [a, b, ...others]: readonly Block[],
  { epilogue, ...transposition }: FusedProduct,
  multiply: Blas["multiply"] = matmul.forward,
): void {
  const shape = matmul.shape([a!.shape, b!.shape], transposition);
  const product = temporary(shape, dtypeOf(a!.data));
  multiply(product, [a!, b!], transposition);
  runFusion(outputs, [product, ...others], epilogue);
}

function temporary(shape: Shape, dtype: DType): Block {
  return { shape, data: allocate(dtype, sizeOf(shape)) };
}
