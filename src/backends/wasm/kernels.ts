/** Which steps of a program have a WebAssembly kernel, and how it is emitted. */

import type { FusedReduction, Produced } from "../../compile/fusion.ts";
import type { Fusion, Program, Step } from "../../compile/program.ts";
import { bytesPerElement } from "../../ops/dtype.ts";
import { broadcast, sizeOf } from "../../ops/shape.ts";
import type { Run } from "../../ops/structural.ts";
import type { Expression, FunctionBuilder } from "./assembler.ts";
import { emitFusion, singleFusion } from "./elementwise/fusion.ts";
import { importScalars } from "./elementwise/fused_values.ts";
import type { KernelContext } from "./math/kernel_context.ts";
import { movesEmitter } from "./moves_kernel.ts";
import { nativeEmitter } from "./native_kernel.ts";
import { oneHotEmitter } from "./one_hot_kernel.ts";
import { productEmitter } from "./product_kernel.ts";
import { emitNormalization, emitReduction } from "./reduction/reduction.ts";
import { type ReductionName, reductionNames } from "./reduction/reduction.ts";
import { splitReduction } from "./reduction/split.ts";
import { type Kernel, phaseOf, type Share } from "./share.ts";
import { stackEmitter } from "./stack_kernel.ts";

/** Where a kernel is emitted to, and where its values lie. */
export interface KernelSite {
  /** The module and the functions its kernels share. */
  readonly context: KernelContext;
  /** For each value of the program, its address. */
  readonly offsets: readonly number[];
  /** For each input that may be moved, the address of the word that says where it lies. */
  readonly pointers: ReadonlyMap<number, number>;
  /** Where the scratch memory of the kernels begins. */
  readonly scratch: number;
  /** Whether every machine and number of threads must get the same bits. */
  readonly reproducible: boolean;
}

/** A kernel in a module: it either computes in parts, or all at once and may refuse. */
export type Emitted = PartedKernel | RefusingKernel;

/** A kernel that looks at its inputs, and leaves those it refuses to the reference kernel. */
export interface RefusingKernel {
  /** The call that computes everything; its value is not zero where it refuses. */
  attempt(): Expression<"i32">;
  /** It is never divided among threads. */
  readonly isParallel: false;
}

/** Which of several threads it is, and its share of any work. */
export interface Thread extends Share {
  readonly index: Expression<"i32">;
  readonly count: Expression<"i32">;
}

/** Writes the call that does the share of one thread in a phase of a kernel. */
export type KernelPhase = (f: FunctionBuilder, thread: Thread) => void;

/** A kernel that several threads can divide among themselves. */
export interface PartedKernel {
  /** What it does, one after another; all threads are through with a phase before the next. */
  readonly phases: readonly KernelPhase[];
  /** Whether it is worth dividing among threads. */
  readonly isParallel: boolean;
  /** Whether it has so few units of work that shares hardly change what a thread does. */
  readonly isCoarse?: boolean;
  /** The scratch memory that all threads share, in bytes. */
  readonly sharedScratch?: number;
  /** The scratch memory that each thread needs for itself, after what they share. */
  readonly scratchBytes?: number;
}

/** How a step becomes a kernel. */
export interface Emitter {
  /** Whether the kernel may refuse its inputs. */
  readonly mayRefuse?: boolean;
  /** The inputs that it can read wherever they are moved to. */
  readonly follows?: readonly number[];
  /** Imports what the kernel calls from outside, before the module has its first function. */
  prepare(context: KernelContext): void;
  /** Writes the kernel. */
  emit(site: KernelSite): Emitted;
}

/** Work on fewer elements than this is not divided among threads. */
const parallelElements = 1 << 14;

/** The emitter for a step of a program, or null where its reference kernel has to serve. */
export function emitterFor(program: Program, step: Step): Emitter | null {
  const { name } = step.op;
  if (name === "fusedMatmul") return productEmitter(program, step);
  if (name === "matmul") return productEmitter(program, step) ?? stackEmitter(program, step);
  if (name === "fused") return fusionEmitter(program, step, step.attributes as Fusion);
  if ("scalar" in step.op || name === "cast") {
    return fusionEmitter(program, step, singleFusion(program, step));
  }
  if (name === "oneHot") return oneHotEmitter(program, step);
  if ("reduction" in step.op) {
    const { reduction } = step.op as FusedReduction;
    return reductionEmitter(program, step, reduction.name, (step.attributes as Produced).producer);
  }
  if (isReduction(name)) return reductionEmitter(program, step, name);
  if (name === "softmax" || name === "logSoftmax") {
    return normalizationEmitter(program, step, name);
  }
  return movesEmitter(program, step) ?? nativeEmitter(program, step);
}

/** A kernel of one phase, which needs nothing but the share. */
function plainKernel(kernel: Kernel, isParallel: boolean): PartedKernel {
  return { phases: [phaseOf(kernel)], isParallel };
}

function fusionEmitter({ slots }: Program, step: Step, fusion: Fusion): Emitter | null {
  const { shape } = slots[step.outputs[0]!]!;
  if (sizeOf(shape) === 0) return null;
  let callsOut = false;
  return {
    prepare(context) {
      callsOut = importScalars(context, fusion, step.inputs.map((value) => slots[value]!.dtype));
    },
    emit({ context, offsets }) {
      const operand = (value: number) => ({ address: offsets[value]!, ...slots[value]! });
      const kernel = emitFusion(context, fusion, {
        shape,
        inputs: step.inputs.map(operand),
        outputs: step.outputs.map(operand),
      });
      return plainKernel(kernel, !callsOut && sizeOf(shape) >= parallelElements);
    },
  };
}

function isReduction(name: string): name is ReductionName {
  return (reductionNames as readonly string[]).includes(name);
}

function reductionEmitter(
  { slots }: Program,
  step: Step,
  name: string,
  producer?: Fusion,
): Emitter | null {
  const { inputs, outputs: [output], attributes } = step;
  const shape = inputs.map((value) => slots[value]!.shape).reduce((a, b) => broadcast(name, a, b));
  if (!isReduction(name) || sizeOf(shape) === 0) return null;
  let callsOut = false;
  return {
    prepare(context) {
      if (producer === undefined) return;
      callsOut = importScalars(context, producer, inputs.map((value) => slots[value]!.dtype));
    },
    emit({ context, offsets, scratch }) {
      const operand = (value: number) => ({ address: offsets[value]!, ...slots[value]! });
      const reduced = { shape, run: attributes as Run, inputs: inputs.map(operand) };
      const [result, made] = [operand(output!), producer && { producer }];
      const split = callsOut ? null : splitReduction(name, reduced);
      if (split === null) {
        const kernel = emitReduction(context, name, { ...reduced, ...made, output: result });
        return plainKernel(kernel, !callsOut && sizeOf(shape) >= parallelElements);
      }
      const pieces = { address: scratch, dtype: result.dtype, shape: split.second.shape };
      const kernels = [
        emitReduction(context, name, { ...split.first, ...made, output: pieces }),
        emitReduction(context, name, { ...split.second, inputs: [pieces], output: result }),
      ];
      const sharedScratch = sizeOf(pieces.shape) * bytesPerElement(pieces.dtype);
      return { phases: kernels.map(phaseOf), isParallel: true, sharedScratch };
    },
  };
}

function normalizationEmitter(
  { slots }: Program,
  step: Step,
  name: "softmax" | "logSoftmax",
): Emitter | null {
  const [input, output] = [step.inputs[0]!, step.outputs[0]!];
  const { shape } = slots[input]!;
  if (sizeOf(shape) === 0) return null;
  return {
    prepare() {},
    emit({ context, offsets }) {
      const kernel = emitNormalization(context, name, {
        shape,
        axis: (step.attributes as { axis: number }).axis,
        inputs: [{ address: offsets[input]!, ...slots[input]! }],
        output: { address: offsets[output]!, ...slots[output]! },
      });
      return plainKernel(kernel, sizeOf(shape) >= parallelElements / 4);
    },
  };
}
