/** From a program and its plan to something that runs. */

import { type Executable, memoryError } from "../backends/executable.ts";
import { detectFeatures } from "../backends/wasm/features.ts";
import { emitProgram } from "../backends/wasm/program.ts";
import type { Block } from "../ops/op.ts";
import { viewOf } from "../ops/dtype.ts";
import { sizeOf } from "../ops/shape.ts";
import { viewsOf } from "./arena.ts";
import type { CompileOptions } from "./compilation.ts";
import { runStep } from "./fusion.ts";
import type { MemoryPlan } from "./memory_plan.ts";
import type { Program, Step } from "./program.ts";

/**
 * Makes a program runnable by the backend that was asked for, or the best there is, with so many
 * bytes of room for inputs that come again.
 */
export function makeExecutable(
  program: Program,
  plan: MemoryPlan,
  { threads, reproducible, backend = "wasm", blas }: CompileOptions,
  room = 0,
): Executable {
  if (backend === "reference" || !detectFeatures().simd) return referenceExecutable(program, plan);
  const callsAlone = blas !== undefined && blas.threads !== 1; // helpers would be in its way
  return emitProgram(program, plan, {
    threads: threads ?? (callsAlone ? 1 : undefined),
    reproducible,
    room,
    nameOf,
    runStep: callOuts(program, plan),
  });
}

/** Runs steps by their operations' own kernels, on views of an arena that are made once. */
function callOuts({ slots }: Program, { offsets }: MemoryPlan) {
  const blocks = new Map<Step, { outputs: Block[]; inputs: Block[] }>();
  return (step: Step, buffer: ArrayBufferLike): void => {
    let own = blocks.get(step);
    if (own === undefined) {
      const block = (value: number): Block => {
        const { shape, dtype } = slots[value]!;
        return { shape, data: viewOf(buffer, offsets[value]!, sizeOf(shape), dtype) };
      };
      own = { outputs: step.outputs.map(block), inputs: step.inputs.map(block) };
      blocks.set(step, own);
    }
    runStep(step, own.outputs, own.inputs);
  };
}

/** Runs each step by its operation's own kernel. */
export function referenceExecutable(program: Program, plan: MemoryPlan): Executable {
  const buffer = makeBuffer(plan.bytes);
  const views = viewsOf(program, plan, buffer);
  const block = (value: number): Block => ({
    data: views[value]!,
    shape: program.slots[value]!.shape,
  });
  const computed = program.steps.filter(({ op }) => !op.alias);
  const calls = computed.map((step) => ({
    step,
    inputs: step.inputs.map(block),
    outputs: step.outputs.map(block),
  }));
  const finish = () => {
    for (const { from, to } of plan.copies) views[to]!.set(views[from]!);
  };
  return {
    buffer,
    threads: 1,
    run() {
      for (const { step, inputs, outputs } of calls) runStep(step, outputs, inputs);
      finish();
    },
    profile() {
      const times = calls.map(({ step, inputs, outputs }) => {
        const started = performance.now();
        runStep(step, outputs, inputs);
        return { name: nameOf(step), milliseconds: performance.now() - started };
      });
      finish();
      return times;
    },
    dispose() {},
  };
}

function makeBuffer(bytes: number): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes);
  } catch (cause) {
    throw memoryError(bytes, cause);
  }
}

/** What a step is called in a profile. */
export function nameOf({ op, outputs }: Step): string {
  return `${outputs.map((value) => `%${value}`).join(", ")} = ${op.name}`;
}
