/** One compiled program: a traced function with its memory, ready to run. */

import { entriesOf, leavesOf } from "../autodiff/tree.ts";
import type { Blas } from "../backends/blas/library.ts";
import type { Executable } from "../backends/executable.ts";
import type { DType } from "../ops/dtype.ts";
import { sameShape } from "../ops/shape.ts";
import { Tensor } from "../values/tensor.ts";
import { Numbers, type Residence, type TensorParts } from "../values/tensor_parts.ts";
import { bringIn, KeptNumber, type Place, Present, Resident, takeOut, viewsOf } from "./arena.ts";
import { makeExecutable } from "./executable.ts";
import { aliasRoots, planMemory } from "./memory_plan.ts";
import { optimize } from "./optimize.ts";
import { formatProgram, type Program } from "./program.ts";
import { rebuilder, type Structure } from "./structure.ts";
import type { Trace } from "./trace.ts";

/** How to compile. */
export interface CompileOptions {
  /** How many threads share a step: as many as there are cores unless told otherwise. */
  readonly threads?: number;
  /** Whether to give the same bits on every run, thread count and machine, which is slower. */
  readonly reproducible?: boolean;
  /** What runs the steps: WebAssembly unless told otherwise. */
  readonly backend?: "wasm" | "reference";
  /**
   * Whether results stay in the program's memory, where its next call overwrites them. That saves an
   * allocation and a copy of each, which for a million numbers take longer than to compute them.
   * Reading one before the next call copies it; after that it is an error.
   */
  readonly reuseResults?: boolean;
  /** The library that computes large matrix products, from `openBlas`; none unless given. */
  readonly blas?: Blas;
}

/** A call that a program is made for. */
interface Call {
  /** The arguments. */
  readonly args: readonly unknown[];
  /** Their structure, as it was before the function saw them. */
  readonly structure: Structure;
}

/** A result: what it is made of, where it lies, and which input's place that is, or -1. */
interface Output {
  /** The parts of the tensor; its numbers, and its name if it has none of its own, change. */
  readonly parts: Omit<TensorParts, "data" | "name"> & {
    data: TensorParts["data"];
    name: string | null;
  };
  readonly place: Place;
  readonly slot: number;
  /** Whether it has a name of its own, not that of the input it replaces. */
  readonly isRenamed: boolean;
}

/** A program for one structure of arguments, its arena, and the results that still lie in it. */
export class Compilation {
  /** The structure of the arguments it was made for. */
  readonly structure: Structure;
  /** The parameters that it reads besides its arguments. */
  readonly captured: readonly Tensor[];
  readonly #rebuild: (results: readonly Tensor[]) => unknown;
  readonly #program: Program;
  readonly #executable: Executable;
  readonly #inputs: readonly Place[];
  readonly #outputs: readonly Output[];
  readonly #bytes: number;
  readonly #residents: (Resident | null)[];
  readonly #incoming: (Numbers | null)[];
  readonly #present: readonly (Present | null)[]; // null where a result takes the input's place
  readonly #reuseResults: boolean;
  #lent: Resident[] = [];

  /** Optimises, plans and emits a trace of a function. */
  constructor(
    { program, result, captured }: Trace<Tensor>,
    { structure, args, ...options }: CompileOptions & Call,
  ) {
    this.structure = structure;
    this.#reuseResults = options.reuseResults ?? false;
    this.captured = captured;
    this.#rebuild = rebuilder(result);
    this.#program = optimize(program, options.blas);
    const { plan, replaces } = planFor(this.#program, args, result);
    this.#bytes = plan.bytes;
    this.#executable = makeExecutable(this.#program, plan, options);
    const views = viewsOf(this.#program, plan, this.#executable.buffer);
    for (const [value, data] of this.#program.constants) views[value]!.set(data);
    const { slots, inputs, outputs, turned } = this.#program;
    const placeOf = (value: number): Place => ({
      view: views[value]!,
      turned: turned?.has(value) ? slots[value]!.shape : null,
    });
    this.#inputs = inputs.map(placeOf);
    this.#residents = inputs.map(() => null);
    this.#incoming = inputs.map(() => null);
    const leaves = leavesOf(args) as Tensor[];
    this.#outputs = (leavesOf(result) as Tensor[]).map((leaf, i) => {
      const value = outputs[i]!;
      const input = outputs.indexOf(value) === i ? replaces.get(value) : undefined;
      const slot = input === undefined ? -1 : inputs.indexOf(input);
      const { shape, dtype, requiresGrad, name } = leaf;
      return {
        parts: { shape, dtype, requiresGrad, name, data: null },
        place: placeOf(input ?? value),
        slot,
        isRenamed: slot < 0 || name === null || leaves[slot]!.name !== name,
      };
    });
    const replaced = new Set(this.#outputs.map(({ slot }) => slot));
    this.#present = inputs.map((_, slot) => replaced.has(slot) ? null : new Present());
  }

  /** What the function returns for arguments with these tensors, in their order. */
  run(leaves: readonly Tensor[]): unknown {
    this.#bringIn(this.captured.length === 0 ? leaves : [...leaves, ...this.captured]);
    this.#executable.run();
    const residents = this.#residents;
    for (let slot = 0; slot < residents.length; slot++) {
      residents[slot]?.useUp("handed back");
      residents[slot] = null;
    }
    const outputs = this.#outputs;
    const results = new Array<Tensor>(outputs.length);
    for (let i = 0; i < outputs.length; i++) {
      const { parts, place, slot, isRenamed } = outputs[i]!;
      if (slot < 0) parts.data = this.#handOut(place, parts.dtype);
      else parts.data = residents[slot] = new Resident(place);
      if (!isRenamed) parts.name = leaves[slot]!.name;
      results[i] = new Tensor(parts as TensorParts);
      parts.data = null; // or it would keep the numbers alive
    }
    return this.#rebuild(results);
  }

  /** A result that replaces no input. */
  #handOut(place: Place, dtype: DType): Numbers | Residence {
    if (this.#reuseResults) {
      const resident = new Resident(place);
      this.#lent.push(resident);
      return resident;
    }
    const { view } = place;
    return view.length === 1 ? new KeptNumber(view[0]!, dtype) : new Numbers(takeOut(place));
  }

  /** Puts the inputs in their places; what is left in `#residents` lies where it is an input. */
  #bringIn(inputs: readonly Tensor[]): void {
    const residents = this.#residents, incoming = this.#incoming;
    for (let slot = 0; slot < incoming.length; slot++) {
      const input = inputs[slot]!, resident = residents[slot]!;
      const isThere = resident !== null && input.residence === resident && resident.isCurrent;
      incoming[slot] = isThere ? null : input.numbers;
    }
    for (let slot = 0; slot < residents.length; slot++) {
      if (incoming[slot] === null) continue;
      if (this.#present[slot]?.is(incoming[slot]!)) incoming[slot] = null;
      if (residents[slot]?.isCurrent) this.#clear(residents[slot]!);
      residents[slot] = null;
    }
    for (const resident of this.#lent) if (resident.isCurrent) this.#clear(resident);
    if (this.#lent.length > 0) this.#lent = [];
    for (let slot = 0; slot < incoming.length; slot++) {
      const numbers = incoming[slot]!;
      if (numbers === null) continue;
      bringIn(this.#inputs[slot]!, numbers.array);
      this.#present[slot]?.note(numbers);
      incoming[slot] = null;
    }
  }

  /** Makes room where a result lies. */
  #clear(resident: Resident): void {
    if (this.#reuseResults) resident.useUp("overwritten");
    else resident.takeOut();
  }

  /** The program, its memory and kernels, and how long each step takes on these tensors. */
  explain(leaves: readonly Tensor[]): string {
    this.run(leaves.map((leaf) => leaf.clone()));
    const { threads } = this.#executable;
    const kernels = this.#executable.profile();
    const total = kernels.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const size = this.#bytes.toLocaleString("en-US");
    return [
      formatProgram(this.#program),
      "",
      `${size} bytes of memory; the last run was on ${threads} thread${threads === 1 ? "" : "s"}`,
      `${kernels.length} kernels, ${total.toFixed(3)} ms one by one:`,
      ...kernels.map(({ name, milliseconds }) =>
        `${milliseconds.toFixed(4).padStart(9)} ms  ${name}`
      ),
    ].join("\n");
  }

  /** Frees the memory; results that still lie in it are taken out. */
  dispose(): void {
    for (const resident of [...this.#residents, ...this.#lent]) {
      if (resident?.isCurrent) resident.takeOut();
    }
    this.#executable.dispose();
  }
}

/** Where all values lie, and which inputs results take the place of. */
function planFor(program: Program, args: readonly unknown[], result: unknown) {
  const replaces = replacements(program, args, result);
  const plan = planMemory(program, replaces);
  // A single tensor is less likely to be handed back than a model: it is worth no copy.
  if (!(result instanceof Tensor) || plan.copies.length === 0) return { plan, replaces };
  return { plan: planMemory(program), replaces: new Map<number, number>() };
}

/**
 * Which input each result is likely to replace at the next call: the one at the same path, of the
 * same shape and kind; results may stand one level deeper, as in `{ loss, model }`. A wrong guess
 * costs a copy and nothing else. An input that is itself a result has to stay.
 */
function replacements(
  program: Program,
  args: readonly unknown[],
  result: unknown,
): Map<number, number> {
  const { slots, inputs, outputs, steps, turned } = program;
  const roots = aliasRoots(program);
  const computed = new Set(steps.filter(({ op }) => !op.alias).flatMap((step) => step.outputs));
  const staying = new Set(outputs.map((value) => roots[value]!));
  const withoutHead = (path: string) => path.replace(/^(\[\d+\]|[^.[]+)\.?/, "");
  const waiting = entriesOf(args).map(([path], i) => ({ path: withoutHead(path), at: inputs[i]! }))
    .filter(({ at }) => !staying.has(at));
  const pairs = new Map<number, number>();
  entriesOf(result).forEach(([path], i) => {
    const value = outputs[i]!;
    if (pairs.has(value) || !computed.has(roots[value]!)) return;
    const fits = waiting.findIndex((input) =>
      (input.path === path || input.path === withoutHead(path)) &&
      slots[input.at]!.dtype === slots[value]!.dtype &&
      sameShape(slots[input.at]!.shape, slots[value]!.shape) &&
      turned?.has(input.at) === turned?.has(value)
    );
    if (fits < 0) return;
    pairs.set(value, waiting[fits]!.at);
    waiting.splice(fits, 1);
  });
  return pairs;
}
