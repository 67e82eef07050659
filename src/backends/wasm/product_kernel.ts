/** Matrix products of a program, with what becomes of each element before it is stored. */

import type { Fusion, Program, Slot, Step } from "../../compile/program.ts";
import { bytesPerElement, type DType } from "../../ops/dtype.ts";
import type { Transposition } from "../../ops/linalg.ts";
import { sameShape, sizeOf } from "../../ops/shape.ts";
import { call, type Expression, f32x4, f64x2, i32 } from "./assembler.ts";
import { fusedValues, importScalars } from "./elementwise/fused_values.ts";
import { type LaneCode, laneCode, laneCount, type LaneValue } from "./elementwise/lane_code.ts";
import { loadElements, loadEverywhere, storeElements } from "./elementwise/memory.ts";
import type { Emitter, KernelPhase, KernelSite, PartedKernel } from "./kernels.ts";
import type { KernelContext } from "./math/kernel_context.ts";
import { emitMatmul, type Epilogue, type Place } from "./matmul.ts";

/** Products of fewer multiplications than this are not divided among threads. */
const parallelProduct = 1 << 16;

/** A product of two matrices, and the fusion that its elements go through. */
export interface Product {
  readonly step: Step;
  readonly sizes: { readonly m: number; readonly k: number; readonly n: number };
  readonly dtype: "float32" | "float64";
  readonly transposition: Transposition;
  readonly epilogue: Fusion | null;
}

/** The emitter of a product, or null where its reference kernel has to serve. */
export function productEmitter(program: Program, step: Step): Emitter | null {
  const product = productOf(program, step);
  if (product === null) return null;
  const operands = step.inputs.slice(0, 2), others = step.inputs.slice(2);
  let callsOut = false;
  return {
    follows: operands.filter((value) => !others.includes(value)),
    prepare(context) {
      callsOut = importEpilogue(context, program, product);
    },
    emit(site) {
      const kernel = emitProduct(program, product, site);
      return callsOut ? { ...kernel, isParallel: false } : kernel;
    },
  };
}

/** Imports what the epilogue of a product calls from outside; whether it calls anything. */
export function importEpilogue(
  context: KernelContext,
  { slots }: Program,
  { step, dtype, epilogue }: Product,
): boolean {
  if (epilogue === null) return false;
  const others = step.inputs.slice(2).map((value) => slots[value]!.dtype);
  return importScalars(context, epilogue, [dtype, ...others]);
}

/** The kernel of a product, its epilogue written into it. */
export function emitProduct(program: Program, product: Product, site: KernelSite): PartedKernel {
  const { context, offsets, pointers, scratch, reproducible } = site;
  const { step, dtype, sizes: { m, k, n } } = product;
  const target = targetOf(program, product, site);
  const { kernel, merge, sumBytes, scratchBytes, plan } = emitMatmul(context.module, {
    ...product.sizes,
    ...product.transposition,
    dtype,
    reproducible,
    ...target,
  });
  const isKept = merge === null && target.discard && plan.depth < k;
  const sums = isKept ? bytesOfSums(product) : sumBytes;
  const [a, b] = step.inputs.slice(0, 2).map((value) => {
    const pointer = pointers.get(value);
    return pointer === undefined ? i32.const(offsets[value]!) : i32.load(i32.const(pointer));
  }) as [Expression<"i32">, Expression<"i32">];
  const multiply: KernelPhase = (f, { index, from, to }) => {
    const own = i32.add(scratch + sums, i32.mul(index, scratchBytes));
    f.do(call(kernel, from, to, merge === null ? target.address : scratch, a, b, own));
  };
  const add: KernelPhase | null = merge &&
    ((f, { from, to }) => f.do(call(merge, from, to, target.address, scratch)));
  return {
    phases: add ? [multiply, add] : [multiply],
    isCoarse: plan.split === "depth",
    isParallel: m * n * k >= parallelProduct,
    sharedScratch: sums,
    scratchBytes,
  };
}

/** The product that a step is, or null where only its reference kernel knows it. */
export function productOf({ slots }: Program, step: Step): Product | null {
  const [a, b] = step.inputs.map((value) => slots[value]!) as [Slot, Slot];
  const { dtype } = a;
  if (a.shape.length !== 2 || b.shape.length !== 2) return null;
  if (dtype !== "float32" && dtype !== "float64") return null;
  const { transposeA, transposeB, epilogue = null } = step.attributes as Transposition & {
    epilogue?: Fusion;
  };
  const [m, n] = slots[step.outputs[0]!]!.shape as [number, number];
  const k = a.shape[transposeA ? 0 : 1]!;
  if (m * n * k === 0) return null;
  return {
    step,
    sizes: { m, k, n },
    dtype,
    transposition: { transposeA, transposeB },
    epilogue,
  };
}

/** Where the sums of a product go. */
export interface SumsPlace {
  /** Their address. */
  readonly address: number;
  /** Which of the step's results they are, or -1 where they are in scratch memory. */
  readonly primary: number;
}

/**
 * A result that may hold sums while they are added up is their place: one of the product's kind
 * that lies where no other operand does. Without such a result the sums go to scratch memory.
 */
export function placeOfSums(
  { slots }: Program,
  { step, dtype }: Product,
  { offsets, scratch }: Pick<KernelSite, "offsets" | "scratch">,
): SumsPlace {
  const taken = new Set(step.inputs.map((value) => offsets[value]!));
  const primary = step.outputs.findIndex((value) =>
    slots[value]!.dtype === dtype && !taken.has(offsets[value]!)
  );
  return { address: primary < 0 ? scratch : offsets[step.outputs[primary]!]!, primary };
}

/** How much memory the sums of a product take, in bytes: a multiple of 64. */
export function bytesOfSums({ sizes: { m, n }, dtype }: Product): number {
  return Math.ceil(m * n * bytesPerElement(dtype) / 64) * 64;
}

/** Where the sums of a product go, and what becomes of them there. */
interface Target {
  readonly address: number;
  readonly discard: boolean;
  readonly epilogue?: Epilogue;
}

function targetOf(program: Program, product: Product, site: KernelSite): Target {
  const { epilogue } = product;
  const { address, primary } = placeOfSums(program, product, site);
  return {
    address,
    discard: primary < 0,
    ...epilogue && { epilogue: epilogueOf(program, product, epilogue, site, primary) },
  };
}

/** Writes the fusion on each vector of sums, and stores all results but the primary one. */
function epilogueOf(
  program: Program,
  { step, dtype, sizes: { m, n } }: Product,
  fusion: Fusion,
  { context, offsets }: KernelSite,
  primary: number,
): Epilogue {
  const { slots, constants } = program;
  const others = step.inputs.slice(2);
  const kinds: DType[] = [
    ...others.map((value) => slots[value]!.dtype),
    ...fusion.nodes.map((node) => node.dtype),
  ];
  const lanes = laneCount([dtype, ...kinds]);
  let last: LaneCode | undefined; // one for all vectors of a function
  return (f, value, place) => {
    const code = last?.f === f ? last : last = laneCode(f, context, lanes);
    const at = (address: number, kind: DType): Expression<"i32"> =>
      i32.add(
        i32.mul(i32.add(i32.mul(place.row, n), place.column), bytesPerElement(kind)),
        address,
      );
    const inputs = others.map((other): LaneValue => {
      const { shape, dtype: kind } = slots[other]!;
      const constant = constants.get(other);
      const address = offsets[other]!;
      const vector = constant?.length === 1 && kind === dtype
        ? splat(kind, constant[0]!)
        : sizeOf(shape) === 1
        ? loadEverywhere(code, kind, i32.const(address))
        : sameShape(shape, [m, n])
        ? kind === dtype
          ? place.load(address)
          : loadElements(code, kind, at(address, kind), place.lanes)
        : alongOneAxis(code, place, { address, kind, isRow: shape.at(-1) === n && n > 1 });
      return { dtype: kind, vector };
    });
    const results = fusedValues(code, fusion, [{ dtype, vector: value }, ...inputs]);
    results.forEach(({ dtype: kind, vector }, i) => {
      const address = offsets[step.outputs[i]!]!;
      if (i === primary) return;
      if (kind === dtype) place.store(address, vector);
      else storeElements(code, kind, at(address, kind), vector, place.lanes);
    });
    if (primary >= 0) f.set(value, results[primary]!.vector); // last: others may be the sum itself
  };
}

function splat(dtype: DType, number: number): Expression<"v128"> {
  return dtype === "float64" ? f64x2.splat(number) : f32x4.splat(number);
}

/** The numbers of a row that belong to a vector's columns, or of a column to its row. */
function alongOneAxis(
  code: LaneCode,
  { row, column, lanes }: Place,
  { address, kind, isRow }: { address: number; kind: DType; isRow: boolean },
): Expression<"v128"> {
  const offset = i32.add(i32.mul(isRow ? column : row, bytesPerElement(kind)), address);
  return isRow ? loadElements(code, kind, offset, lanes) : loadEverywhere(code, kind, offset);
}
