/** One compiled program: a traced function with its memory, ready to run. */

import { entriesOf } from "../autodiff/tree.ts";
import type { Blas } from "../backends/blas/library.ts";
import type { Executable } from "../backends/executable.ts";
import type { TypedArray } from "../ops/dtype.ts";
import { Tensor } from "../values/tensor.ts";
import { bringIn, type Place, Resident, takeOut, viewsOf } from "./arena.ts";
import { makeExecutable } from "./executable.ts";
import { planMemory } from "./memory_plan.ts";
import { optimize } from "./optimize.ts";
import { formatProgram, type Program } from "./program.ts";
import { rebuilder, Structure } from "./structure.ts";
import { trace } from "./trace.ts";

/** How to compile. */
export interface CompileOptions {
  /** How many threads share a step: as many as there are cores unless told otherwise. */
  readonly threads?: number;
  /** Whether to give the same bits on every run, thread count and machine, which is slower. */
  readonly reproducible?: boolean;
  /** What runs the steps: WebAssembly unless told otherwise. */
  readonly backend?: "wasm" | "reference";
  /** The library that computes large matrix products, from `openBlas`; none unless given. */
  readonly blas?: Blas;
}

/** A program for one signature, its arena, and the results that still lie in it. */
export class Compilation {
  /** The structure of the arguments it was made for. */
  readonly structure: Structure;
  /** Puts the results of `run` together to what the function returns. */
  readonly rebuild: (results: readonly Tensor[]) => unknown;
  readonly #program: Program;
  readonly #captured: readonly Tensor[];
  readonly #executable: Executable;
  readonly #inputs: readonly Place[];
  readonly #outputs: readonly { tensor: Tensor; place: Place; replaces: number }[];
  readonly #bytes: number;
  readonly #residents: (Resident | null)[];

  /** Traces, optimises, plans and emits `f` for arguments such as these. */
  constructor(
    f: (...args: never[]) => unknown,
    args: readonly unknown[],
    options: CompileOptions = {},
  ) {
    const traced = trace(f, args);
    this.structure = new Structure(args);
    this.rebuild = rebuilder(traced.result);
    this.#captured = traced.captured;
    this.#program = optimize(traced.program, options.blas);
    const replaces = replacements(this.#program, args, traced.result);
    const plan = planMemory(this.#program, replaces);
    this.#bytes = plan.bytes;
    this.#executable = makeExecutable(this.#program, plan, options);
    const views = viewsOf(this.#program, plan, this.#executable.buffer);
    for (const [value, data] of this.#program.constants) views[value]!.set(data);
    const placeOf = (value: number): Place => ({
      view: views[value]!,
      turned: this.#program.turned?.has(value) ? this.#program.slots[value]!.shape : null,
    });
    this.#inputs = this.#program.inputs.map(placeOf);
    this.#residents = this.#program.inputs.map(() => null);
    this.#outputs = entriesOf(traced.result).map(([, leaf], i) => {
      const value = this.#program.outputs[i]!;
      const input = replaces.get(value);
      const isFirst = this.#program.outputs.indexOf(value) === i;
      const replaced = isFirst && input !== undefined ? this.#program.inputs.indexOf(input) : -1;
      return {
        tensor: leaf as Tensor,
        place: placeOf(replaced < 0 ? value : input!),
        replaces: replaced,
      };
    });
  }

  /** Runs the program on the tensors among the arguments, in their order. */
  run(leaves: readonly Tensor[]): Tensor[] {
    const used = this.#bringIn([...leaves, ...this.#captured]);
    try {
      this.#executable.run();
    } catch (error) {
      for (const [slot, resident] of used) this.#residents[slot] = resident;
      throw error;
    }
    for (const resident of used.values()) resident.useUp();
    return this.#outputs.map(({ tensor, place, replaces }) => {
      const { shape, dtype, requiresGrad, name } = tensor;
      if (replaces < 0) {
        return new Tensor({ shape, dtype, requiresGrad, name, data: takeOut(place) });
      }
      const resident = new Resident(place);
      this.#residents[replaces] = resident;
      return new Tensor({ shape, dtype, requiresGrad, name, data: resident });
    });
  }

  /** Puts the inputs in their places; those that lie there already are returned by place. */
  #bringIn(inputs: readonly Tensor[]): Map<number, Resident> {
    const used = new Map<number, Resident>();
    const incoming: [number, TypedArray][] = [];
    inputs.forEach((input, slot) => {
      const resident = this.#residents[slot] ?? null;
      if (resident !== null && input.residence === resident && resident.isCurrent) {
        used.set(slot, resident);
      } else incoming.push([slot, input.data]);
    });
    this.#residents.forEach((resident, slot) => {
      if (resident?.isCurrent && !used.has(slot)) resident.takeOut();
      this.#residents[slot] = null;
    });
    for (const [slot, data] of incoming) bringIn(this.#inputs[slot]!, data);
    return used;
  }

  /** The program, its memory and kernels, and how long each step takes on these tensors. */
  explain(leaves: readonly Tensor[]): string {
    this.run(leaves.map((leaf) => leaf.clone()));
    const kernels = this.#executable.profile();
    const total = kernels.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    return [
      formatProgram(this.#program),
      "",
      `${this.#bytes.toLocaleString("en-US")} bytes of memory, ${kernels.length} kernels, ` +
      `${total.toFixed(3)} ms`,
      ...kernels.map(({ name, milliseconds }) => `${milliseconds.toFixed(4)} ms  ${name}`),
    ].join("\n");
  }

  /** Frees the memory; results that still lie in it are taken out. */
  dispose(): void {
    for (const resident of this.#residents) if (resident?.isCurrent) resident.takeOut();
    this.#executable.dispose();
  }
}

/**
 * Which input each result is likely to replace at the next call: the one at the same path, of the
 * same shape and kind. A wrong guess costs a copy and nothing else.
 */
function replacements(
  program: Program,
  args: readonly unknown[],
  result: unknown,
): Map<number, number> {
  const withoutHead = (path: string) => path.replace(/^(\[\d+\]|[^.[]+)\.?/, "");
  const waiting = entriesOf(args).map(([path], i) => ({ path: withoutHead(path), i }));
  const made = new Set(program.steps.flatMap((step) => step.outputs));
  const pairs = new Map<number, number>();
  entriesOf(result).forEach(([path], i) => {
    const value = program.outputs[i]!;
    if (pairs.has(value) || !made.has(value)) return;
    const fits = waiting.findIndex((input) => {
      const slot = program.slots[program.inputs[input.i]!]!;
      const { shape, dtype } = program.slots[value]!;
      return input.path === withoutHead(path) && slot.dtype === dtype &&
        slot.shape.join() === shape.join();
    });
    if (fits < 0) return;
    pairs.set(value, program.inputs[waiting[fits]!.i]!);
    waiting.splice(fits, 1);
  });
  return pairs;
}
