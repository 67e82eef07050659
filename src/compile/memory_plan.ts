/** Which values share which bytes: those that are never alive together, and updates in place. */

import { bytesPerElement } from "../ops/dtype.ts";
import { sameShape, sizeOf } from "../ops/shape.ts";
import { isElementwise, isFusedProduct } from "./fusion.ts";
import type { Program, Slot } from "./program.ts";

/** Where each value of a program lies in its arena. */
export interface MemoryPlan {
  /** For each value, the byte at which it begins; -1 where it is never stored. */
  readonly offsets: readonly number[];
  /** The size of the arena. */
  readonly bytes: number;
  /** Results that could not be written over the input they replace, and are copied there last. */
  readonly copies: readonly { readonly from: number; readonly to: number }[];
}

const alignment = 64; // a cache line

/** The bytes that a value takes, rounded up to whole cache lines. */
export function bytesOf({ shape, dtype }: Slot): number {
  return Math.ceil(Math.max(sizeOf(shape) * bytesPerElement(dtype), 1) / alignment) * alignment;
}

/**
 * Plans the arena of a program. `replaces` names, for results that take the place of an input at
 * the next call (updated parameters), that input; it must not be a result itself.
 */
export function planMemory(
  program: Program,
  replaces: ReadonlyMap<number, number> = new Map(),
): MemoryPlan {
  const { slots, inputs, constants, steps, outputs } = program;
  const roots = aliasRoots(program);
  const lastRead = lastReads(program, roots);
  const offsets = new Array<number>(slots.length).fill(-1);
  const free = new FreeList();
  for (const value of [...inputs, ...constants.keys()]) {
    offsets[value] = free.take(bytesOf(slots[value]!));
  }
  const copies: { from: number; to: number }[] = [];
  const inPlace = new Map<number, number>();
  for (const [result, input] of replaces) {
    const isSafe = roots[result] === result &&
      canOverwrite(program, roots, lastRead, result, input);
    if (isSafe) inPlace.set(result, input);
    else copies.push({ from: result, to: input });
  }
  const kept = new Set(outputs.map((value) => roots[value]!));
  const fixed = new Set([...inputs, ...constants.keys(), ...inPlace.keys()]);
  steps.forEach((step, at) => {
    for (const value of step.outputs) {
      if (roots[value] !== value) continue;
      const over = inPlace.get(value);
      offsets[value] = over !== undefined ? offsets[over]! : free.take(bytesOf(slots[value]!));
    }
    for (const value of new Set([...step.inputs, ...step.outputs].map((value) => roots[value]!))) {
      if (lastRead[value]! > at || kept.has(value) || fixed.has(value)) continue;
      free.give(offsets[value]!, bytesOf(slots[value]!));
    }
  });
  slots.forEach((_, value) => offsets[value] = offsets[roots[value]!]!);
  return { offsets, bytes: free.bytes, copies };
}

/** For each value, the value whose bytes it is: itself, or what it is another shape of. */
export function aliasRoots({ slots, steps }: Program): number[] {
  const roots = slots.map((_, value) => value);
  for (const { op, inputs, outputs } of steps) {
    if (op.alias) roots[outputs[0]!] = roots[inputs[0]!]!;
  }
  return roots;
}

/** For each value, the last step that reads it or another shape of it. */
function lastReads({ slots, steps }: Program, roots: readonly number[]): number[] {
  const last = slots.map(() => -1);
  steps.forEach((step, at) => {
    for (const value of step.inputs) last[roots[value]!] = at;
  });
  return last;
}

/** Whether a result can be written over an input: nobody reads the input later or out of step. */
function canOverwrite(
  { slots, steps }: Program,
  roots: readonly number[],
  lastRead: readonly number[],
  result: number,
  input: number,
): boolean {
  const at = steps.findIndex((step) => step.outputs.includes(result));
  if (at < 0 || lastRead[input]! > at) return false;
  if (steps.slice(at).some(({ op }) => op.mayRefuse)) return false; // then nothing may be changed
  const { op, inputs } = steps[at]!;
  const isProduct = isFusedProduct(steps[at]!);
  const inStep = isProduct || isElementwise(op) || op.mayOverwrite || op.name === "fused";
  if (!inStep) return !inputs.some((value) => roots[value] === input);
  const first = isProduct ? 2 : 0; // the operands of the product are read whole
  return inputs.every((value, i) =>
    roots[value] !== input ||
    (i >= first && sameShape(slots[value]!.shape, slots[result]!.shape))
  );
}

/** Bytes in an arena that grows at its end; what is given back is used again. */
class FreeList {
  /** The size of the arena so far. */
  bytes = 0;
  #holes: { offset: number; bytes: number }[] = [];

  /** Bytes in the smallest hole that has room, or at the end. */
  take(bytes: number): number {
    let best = -1;
    this.#holes.forEach((hole, i) => {
      const fits = hole.bytes >= bytes;
      if (fits && (best < 0 || hole.bytes < this.#holes[best]!.bytes)) best = i;
    });
    if (best < 0) {
      this.bytes += bytes;
      return this.bytes - bytes;
    }
    const hole = this.#holes[best]!;
    if (hole.bytes === bytes) this.#holes.splice(best, 1);
    else this.#holes[best] = { offset: hole.offset + bytes, bytes: hole.bytes - bytes };
    return hole.offset;
  }

  /** Makes bytes a hole, one with its neighbours. */
  give(offset: number, bytes: number): void {
    let hole = { offset, bytes };
    this.#holes = this.#holes.filter((other) => {
      const before = other.offset + other.bytes === hole.offset;
      const after = hole.offset + hole.bytes === other.offset;
      if (before || after) {
        hole = { offset: Math.min(other.offset, hole.offset), bytes: other.bytes + hole.bytes };
      }
      return !(before || after);
    });
    this.#holes.push(hole);
  }
}
