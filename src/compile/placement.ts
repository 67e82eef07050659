/** Where the values of a program lie, with the results that take the place of inputs. */

import { entriesOf, leavesOf } from "../autodiff/tree.ts";
import type { Executable } from "../backends/executable.ts";
import { sameShape } from "../ops/shape.ts";
import { Tensor } from "../values/tensor.ts";
import type { TensorParts } from "../values/tensor_parts.ts";
import { type Place, Present, viewsOf } from "./arena.ts";
import type { CompileOptions } from "./compilation.ts";
import { makeExecutable } from "./executable.ts";
import { aliasRoots, type MemoryPlan, planMemory } from "./memory_plan.ts";
import type { Program } from "./program.ts";
import { Shelf } from "./shelf.ts";

/** A result: what it is made of, where it lies, and which input's place that is, or -1. */
export interface Output {
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

/** A program in its memory. */
export interface Placement {
  readonly executable: Executable;
  /** The size of the memory. */
  readonly bytes: number;
  readonly inputs: readonly Place[];
  readonly outputs: readonly Output[];
  /** For each input, what its place holds. */
  readonly present: readonly Present[];
  /** For each input, what keeps its numbers that come again, if it can lie elsewhere. */
  readonly shelves: readonly (Shelf | null)[];
  /** For each input, whether a result takes its place. */
  readonly isReplaced: readonly boolean[];
}

/** A call that was traced. */
interface TracedCall {
  readonly args: readonly unknown[];
  readonly result: unknown;
}

/** How values shall lie. */
export interface Wish {
  /** Whether results lie in the place of inputs where they can, or each in one of its own. */
  readonly mayReplace: boolean;
  /** The shelves of an earlier placement, each of which gets the room that it wants. */
  readonly shelves?: Placement["shelves"];
}

/** Plans and emits a program in memory of its own. */
export function placing(
  program: Program,
  { args, result }: TracedCall,
  options: CompileOptions,
): (wish: Wish) => Placement {
  const names = (leavesOf(args) as Tensor[]).map(({ name }) => name);
  const leaves = (leavesOf(result) as Tensor[]).map(({ shape, dtype, requiresGrad, name }) => {
    return { shape, dtype, requiresGrad, name };
  });
  const likely = replacements(program, args, result);
  const isSingle = result instanceof Tensor;
  const { slots, inputs, outputs, turned } = program;
  return ({ mayReplace, shelves: before = [] }) => {
    const { plan, replaces } = planFor(program, mayReplace ? likely : none, isSingle);
    const room = before.reduce((sum, shelf) => sum + (shelf?.wanted ?? 0), 0);
    const executable = makeExecutable(program, plan, options, room);
    const views = viewsOf(program, plan, executable.buffer);
    for (const [value, data] of program.constants) views[value]!.set(data);
    const placeOf = (value: number): Place => ({
      view: views[value]!,
      turned: turned?.has(value) ? slots[value]!.shape : null,
    });
    const placed = leaves.map((leaf, i): Output => {
      const value = outputs[i]!;
      const input = outputs.indexOf(value) === i ? replaces.get(value) : undefined;
      const slot = input === undefined ? -1 : inputs.indexOf(input);
      return {
        parts: { ...leaf, data: null },
        place: placeOf(input ?? value),
        slot,
        isRenamed: slot < 0 || leaf.name === null || names[slot] !== leaf.name,
      };
    });
    const isReplaced = inputs.map((_, slot) => placed.some((output) => output.slot === slot));
    const shelves = inputs.map((input, slot) => {
      const isMovable = !isReplaced[slot] && executable.movable?.pointers.has(input);
      return before[slot] ?? (isMovable ? new Shelf(slots[input]!, placeOf(input).turned) : null);
    });
    furnish(shelves, program, plan, executable);
    return {
      executable,
      bytes: plan.bytes,
      inputs: inputs.map(placeOf),
      outputs: placed,
      present: inputs.map(() => new Present()),
      shelves,
      isReplaced,
    };
  };
}

/** Gives each shelf the room that it wants. */
function furnish(
  shelves: Placement["shelves"],
  { inputs }: Program,
  { offsets }: MemoryPlan,
  { buffer, movable }: Executable,
): void {
  let start = movable?.room ?? 0;
  shelves.forEach((shelf, slot) => {
    const input = inputs[slot]!, pointer = movable?.pointers.get(input);
    if (shelf === null || pointer === undefined || shelf.wanted === 0) return;
    shelf.moveTo({ buffer, start, home: offsets[input]!, pointer });
    start += shelf.wanted;
  });
}

type Replacements = ReadonlyMap<number, number>;

const none: Replacements = new Map();

/** The plan, and which results take the place of inputs in it. */
function planFor(
  program: Program,
  replaces: Replacements,
  isSingle: boolean,
): { readonly plan: MemoryPlan; readonly replaces: Replacements } {
  const plan = planMemory(program, replaces);
  // A single tensor is less likely to be handed back than a model: it is worth no copy.
  if (!isSingle || plan.copies.length === 0) return { plan, replaces };
  return { plan: planMemory(program), replaces: none };
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
