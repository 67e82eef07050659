/** A whole program as one WebAssembly module over one memory, run by one call. */

import type { MemoryPlan } from "../../compile/memory_plan.ts";
import type { Program, Step } from "../../compile/program.ts";
import { productSymbols } from "../blas/foreign.ts";
import { isNative } from "../blas/native_matmul.ts";
import { openProducts } from "../blas/products.ts";
import { type Executable, memoryError } from "../executable.ts";
import { ModuleBuilder } from "./assembler.ts";
import { balanceBytes } from "./balance.ts";
import { barrierBytes, emitBarrier } from "./barrier.ts";
import { Crew } from "./crew.ts";
import { detectFeatures } from "./features.ts";
import { emitterFor } from "./kernels.ts";
import { KernelContext } from "./math/kernel_context.ts";
import { nativeModule, nativeProducts } from "./native_kernel.ts";
import { emitRun, emitRunOne, type Stage } from "./schedule.ts";
import { availableThreads } from "./threads.ts";

/** How to emit a program. */
export interface EmitOptions {
  /** How many threads share a step: as many as there are cores unless told otherwise. */
  readonly threads?: number | undefined;
  /** Whether every machine and number of threads must get the same bits. */
  readonly reproducible?: boolean | undefined;
  /** The memory to use, not shared; one of its own unless given. It is grown as needed. */
  readonly memory?: WebAssembly.Memory | undefined;
  /** How much room there shall be for inputs that are moved, in bytes: none unless given. */
  readonly room?: number | undefined;
  /** Runs a step that has no emitter, on views of the program's memory. */
  readonly runStep: (step: Step, buffer: ArrayBufferLike) => void;
  /** What a step is called in a profile. */
  readonly nameOf: (step: Step) => string;
}

const pageBytes = 65536;
const mostPages = 65536;

/** The functions that a program's module exports. */
interface ProgramExports {
  /** Runs all steps as one of several threads. */
  run(thread: number, threads: number): void;
  /** Runs one step alone. */
  runOne(step: number): void;
}

/** Emits a program and makes it ready to run. */
export function emitProgram(
  program: Program,
  plan: MemoryPlan,
  { threads = availableThreads(), reproducible = false, memory: given, room = 0, runStep, nameOf }:
    EmitOptions,
): Executable {
  if (plan.bytes > mostPages * pageBytes) throw memoryError(plan.bytes);
  const features = detectFeatures();
  const steps = program.steps.filter(({ op }) => !op.alias);
  const available = Math.max(1, Math.min(threads, availableThreads()));
  const most = features.threads && given === undefined ? available : 1;
  const isShared = most > 1;
  const control = plan.bytes; // the barrier, and which call out has failed
  const failure = control + barrierBytes; // a word
  const balanceAt = failure + 64;
  const pointersAt = balanceAt + balanceBytes(most);

  const module = new ModuleBuilder();
  module.importMemory("env", "memory", { initial: 1, maximum: mostPages, shared: isShared });
  const context = new KernelContext(module, { fused: features.relaxedSimd && !reproducible });
  const stages = steps.map((step, i): Stage => {
    const emitter = emitterFor(program, step);
    emitter?.prepare(context);
    const callOut = emitter === null || emitter.mayRefuse
      ? module.importFunction("steps", `${i}`, { result: "i32" })
      : null;
    return { step, emitter, callOut };
  });
  const pointers = new Map(
    isShared ? movableInputs(program, stages).map((input, i) => [input, pointersAt + 4 * i]) : [],
  );
  const scratch = pointersAt + Math.ceil(4 * pointers.size / 64) * 64;
  const barrier = isShared ? emitBarrier(module, control) : null;
  let scratchBytes = 0;
  const kernels = stages.map(({ emitter }) => {
    if (emitter === null) return null;
    const { offsets } = plan;
    const kernel = emitter.emit({ context, offsets, pointers, scratch, reproducible });
    if ("attempt" in kernel) return kernel;
    const { sharedScratch = 0, scratchBytes: own = 0 } = kernel;
    scratchBytes = Math.max(scratchBytes, sharedScratch + own * most);
    return kernel;
  });
  emitRun(module, stages, kernels, {
    barrier,
    callerMaySleep: features.sleep,
    failure,
    balance: balanceAt,
    plan,
    program,
  });
  emitRunOne(module, stages, kernels);
  const roomAt = scratch + Math.ceil(scratchBytes / 64) * 64;
  const bytes = roomAt + room;
  if (bytes > mostPages * pageBytes) throw memoryError(bytes);
  const pages = Math.ceil(bytes / pageBytes);
  // Offsets below the size need one bounds check, not two. The size of a shared memory that could
  // grow would be read anew for each check, which makes products a seventh slower.
  module.requirePages(pages, given === undefined ? pages : mostPages);

  const arena = given ?? makeMemory(pages, isShared, bytes);
  if (given !== undefined) growTo(given, pages, bytes);
  let failed: unknown = null;
  const callOuts = stages.map(({ step }) => () => {
    try {
      runStep(step, arena.buffer);
      return 0;
    } catch (error) {
      failed = error;
      return 1;
    }
  });
  const native = nativeProducts(program, { offsets: plan.offsets, scratch });
  const products = native.length === 0 ? null : openProducts(arena, native, productSymbols);
  const compiled = module.compile();
  const instance = new WebAssembly.Instance(compiled, {
    env: { memory: arena },
    scalar: context.imports,
    [nativeModule]: { ...products?.functions },
    steps: Object.fromEntries(callOuts.map((f, i) => [`${i}`, f])),
  });
  const words = new Int32Array(arena.buffer);
  for (const [input, pointer] of pointers) words[pointer / 4] = plan.offsets[input]!;
  const exports = instance.exports as unknown as ProgramExports;
  const isWorthSharing = isShared && kernels.some((kernel) => kernel?.isParallel);
  const crew = !isWorthSharing ? null : new Crew({
    run: exports.run,
    shared: { module: compiled, memory: arena, native },
    balanceAt,
    most,
  });
  const check = () => {
    if (failed === null) return;
    const error = failed;
    failed = null;
    new Int32Array(arena.buffer, failure, 1)[0] = 0;
    throw error;
  };
  return {
    buffer: arena.buffer,
    movable: { pointers, room: roomAt },
    get threads() {
      return crew?.threads ?? 1;
    },
    run() {
      if (crew === null) exports.run(0, 1);
      else crew.run();
      check();
    },
    profile() {
      exports.runOne(-1); // the engine compiles it when it is called first
      return stages.map(({ step, emitter }, i) => {
        const started = performance.now();
        exports.runOne(i);
        const milliseconds = performance.now() - started;
        check();
        const how = isNative(step.op) ? "blas" : emitter === null ? "reference" : "wasm";
        return { name: `${nameOf(step)} (${how})`, milliseconds };
      });
    },
    dispose() {
      crew?.dispose();
      products?.close();
    },
  };
}

/**
 * The inputs that nothing but products read, as their operands. Only where several threads fetch
 * them from memory side by side is it quicker than to copy them first.
 */
function movableInputs({ inputs, steps, outputs }: Program, stages: readonly Stage[]): number[] {
  return inputs.filter((input) => {
    const readers = steps.filter((step) => step.inputs.includes(input));
    const follows = (step: Step) =>
      stages.find((stage) => stage.step === step)?.emitter?.follows?.includes(input);
    return readers.length > 0 && readers.every(follows) && !outputs.includes(input);
  });
}

/** A memory of so many pages; an error that says how many bytes it would have taken. */
function makeMemory(pages: number, shared: boolean, bytes: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (cause) {
    throw memoryError(bytes, cause);
  }
}

/** Grows a memory to at least so many pages. */
function growTo(memory: WebAssembly.Memory, pages: number, bytes: number): void {
  const missing = pages - memory.buffer.byteLength / pageBytes;
  try {
    if (missing > 0) memory.grow(missing);
  } catch (cause) {
    throw memoryError(bytes, cause);
  }
}
