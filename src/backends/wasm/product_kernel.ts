/** Matrix products of a program, with what becomes of each element before it is stored. */

import type { Fusion, Program, Slot, Step } from "../../compile/program.ts";
import { bytesPerElement, type DType } from "../../ops/dtype.ts";
import type { Transposition } from "../../ops/linalg.ts";
import { sameShape, sizeOf } from "../../ops/shape.ts";
import { call, type Expression, f32x4, f64x2, i32 } from "./assembler.ts";
import { fusedValues, importScalars } from "./elementwise/fused_values.ts";
import { type LaneCode, laneCode, laneCount, type LaneValue } from "./elementwise/lane_code.ts";
import { loadElements, loadEverywhere, storeElements } from "./elementwise/memory.ts";
import type { Emitter, KernelPhase, KernelSite } from "./kernels.ts";
import { emitMatmul, type Epilogue, type Place } from "./matmul.ts";

/** Products of fewer multiplications than this are not divided among threads. */
const parallelProduct = 1 << 16;

/** A product of two matrices, and the fusion that its elements go through. */
interface Product {
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
  const { epilogue, dtype, sizes: { m, k, n } } = product;
  let callsOut = false;
  return {
    prepare(context) {
      if (epilogue === null) return;
      const before = Object.keys(context.imports).length;
      const others = step.inputs.slice(2).map((value) => program.slots[value]!.dtype);
      importScalars(context, epilogue, [dtype, ...others]);
      callsOut = Object.keys(context.imports).length > before;
    },
    emit(site) {
      const { context, offsets, scratch, reproducible } = site;
      const target = targetOf(program, product, site);
      const { kernel, merge, sumBytes, scratchBytes, plan } = emitMatmul(context.module, {
        ...product.sizes,
        ...product.transposition,
        dtype,
        reproducible,
        ...target,
      });
      const sums = merge === null && target.discard && plan.depth < k
        ? Math.ceil(m * n * bytesPerElement(dtype) / 64) * 64
        : sumBytes;
      const out = target.discard ? scratch : target.address;
      const [a, b] = step.inputs.map((value) => offsets[value]!) as [number, number];
      const multiply: KernelPhase = (f, { index, from, to }) => {
        const own = i32.add(scratch + sums, i32.mul(index, scratchBytes));
        f.do(call(kernel, from, to, merge === null ? out : scratch, a, b, own));
      };
      const add: KernelPhase | null = merge &&
        ((f, { from, to }) => f.do(call(merge, from, to, out, scratch)));
      return {
        phases: add ? [multiply, add] : [multiply],
        isCoarse: plan.split === "depth",
        isParallel: !callsOut && m * n * k >= parallelProduct,
        sharedScratch: sums,
        scratchBytes,
      };
    },
  };
}

function productOf({ slots }: Program, step: Step): Product | null {
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

/** Where the sums of a product go, and what becomes of them there. */
interface Target {
  readonly address: number;
  readonly discard: boolean;
  readonly epilogue?: Epilogue;
}

/**
 * A result that may hold sums while they are added up is their target: one of the product's kind
 * that lies where no other operand does. Without such a result the sums go to scratch memory.
 */
function targetOf(program: Program, product: Product, site: KernelSite): Target {
  const { step, dtype, epilogue } = product;
  const { offsets } = site;
  if (epilogue === null) return { address: offsets[step.outputs[0]!]!, discard: false };
  const taken = new Set(step.inputs.map((value) => offsets[value]!));
  const primary = step.outputs.findIndex((value) =>
    program.slots[value]!.dtype === dtype && !taken.has(offsets[value]!)
  );
  return {
    address: primary < 0 ? -1 : offsets[step.outputs[primary]!]!,
    discard: primary < 0,
    epilogue: epilogueOf(program, product, epilogue, site, primary),
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
