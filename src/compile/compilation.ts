/** One compiled program: a traced function with its memory, ready to run. */

import type { Blas } from "../backends/blas/library.ts";
import type { DType } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { Tensor } from "../values/tensor.ts";
import { Numbers, type Residence, type TensorParts } from "../values/tensor_parts.ts";
import { bringIn, KeptNumber, type Place, Resident, takeOut } from "./arena.ts";
import { optimize } from "./optimize.ts";
import { type Placement, placing, type Wish } from "./placement.ts";
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

/** A program for one structure of arguments, its arena, and the results that still lie in it. */
export class Compilation {
  /** The structure of the arguments it was made for. */
  readonly structure: Structure;
  /** The parameters that it reads besides its arguments. */
  readonly captured: readonly Tensor[];
  /** Whether derivatives may flow back to what it reads besides its arguments. */
  readonly usesTracked: boolean;
  readonly #rebuild: (results: readonly Tensor[]) => unknown;
  readonly #program: Program;
  readonly #place: (wish: Wish) => Placement;
  readonly #residents: (Resident | null)[];
  readonly #incoming: (Numbers | null)[];
  readonly #reuseResults: boolean;
  #placement: Placement;
  #lent: Resident[] = [];
  #vain = 0; // how often an input had to be copied again, for a result that was not handed back
  #isSettled: boolean; // whether results stay where they are
  #mayReplace = true; // whether they may lie in the place of inputs
  #lacksRoom = false; // for inputs that come again

  /** Optimises, plans and emits a trace of a function. */
  constructor(
    { program, result, captured, usesTracked }: Trace<Tensor>,
    { structure, args, ...options }: CompileOptions & Call,
  ) {
    this.structure = structure;
    this.#reuseResults = options.reuseResults ?? false;
    this.captured = captured;
    this.usesTracked = usesTracked;
    this.#rebuild = rebuilder(result);
    this.#program = optimize(program, options.blas);
    this.#place = placing(this.#program, { args, result }, options);
    this.#placement = this.#place({ mayReplace: true });
    this.#isSettled = !this.#placement.isReplaced.includes(true);
    this.#residents = this.#program.inputs.map(() => null);
    this.#incoming = this.#program.inputs.map(() => null);
  }

  /** What the function returns for arguments with these tensors, in their order. */
  run(leaves: readonly Tensor[]): unknown {
    const inputs = this.captured.length === 0 ? leaves : [...leaves, ...this.captured];
    const isVain = !this.#isSettled && this.#isVain(inputs);
    if (isVain || this.#lacksRoom) this.#placeAnew(isVain ? false : this.#mayReplace);
    this.#bringIn(inputs);
    const { executable, outputs } = this.#placement;
    executable.run();
    const residents = this.#residents;
    for (let slot = 0; slot < residents.length; slot++) {
      residents[slot]?.useUp("handed back");
      residents[slot] = null;
    }
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

  /** Whether results take the place of inputs that are given again and again instead of them. */
  #isVain(inputs: readonly Tensor[]): boolean {
    const { present, isReplaced } = this.#placement;
    for (let slot = 0; slot < inputs.length; slot++) {
      const resident = this.#residents[slot]!;
      if (!isReplaced[slot] || resident === null) continue;
      const { residence } = inputs[slot]!;
      if (residence === resident) this.#isSettled = true;
      else if (residence === null && present[slot]!.is(inputs[slot]!.numbers)) this.#vain++;
    }
    return !this.#isSettled && this.#vain > 1;
  }

  /** Plans and emits once more, with room for what comes again, if there is memory for that. */
  #placeAnew(mayReplace: boolean): void {
    const { shelves } = this.#placement;
    this.#isSettled ||= !mayReplace;
    this.#lacksRoom = false;
    try {
      const placement = this.#place({ mayReplace, shelves });
      this.dispose();
      this.#residents.fill(null);
      this.#lent = [];
      this.#placement = placement;
      this.#mayReplace = mayReplace;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      for (const shelf of shelves) shelf?.giveUp();
    }
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
    const { inputs: places, present, shelves, isReplaced } = this.#placement;
    for (let slot = 0; slot < incoming.length; slot++) {
      const input = inputs[slot]!, resident = residents[slot]!;
      const isThere = resident !== null && input.residence === resident && resident.isCurrent;
      incoming[slot] = isThere ? null : input.numbers;
    }
    for (let slot = 0; slot < residents.length; slot++) {
      if (incoming[slot] === null) continue;
      if (!isReplaced[slot] && present[slot]!.is(incoming[slot]!)) incoming[slot] = null;
      if (residents[slot]?.isCurrent) this.#clear(residents[slot]!);
      residents[slot] = null;
    }
    for (const resident of this.#lent) if (resident.isCurrent) this.#clear(resident);
    if (this.#lent.length > 0) this.#lent = [];
    for (let slot = 0; slot < incoming.length; slot++) {
      const numbers = incoming[slot]!;
      if (numbers === null) continue;
      const shelf = shelves[slot]!;
      if (shelf === null) bringIn(places[slot]!, numbers.array);
      else {
        if (!shelf.pointTo(numbers)) bringIn(places[slot]!, numbers.array);
        this.#lacksRoom ||= shelf.lacksRoom;
      }
      present[slot]!.note(numbers);
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
    const { executable, bytes } = this.#placement;
    const { threads } = executable;
    const kernels = executable.profile();
    const total = kernels.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const size = bytes.toLocaleString("en-US");
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
    this.#placement.executable.dispose();
  }
}
