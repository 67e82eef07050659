/** How a program of numbers is laid out: in parts, each a function, and with places in memory. */

import type { Program } from "../../../compile/program.ts";

/** Where the values of a program of numbers are kept. */
export interface ScalarLayout {
  /** The first step of each part, and the number of steps at the end. */
  readonly starts: readonly number[];
  /** For each value its place among the numbers in memory, or -1 where it needs none. */
  readonly places: Int32Array;
  /** For each value how often the part that computes it reads it. */
  readonly reads: Int32Array;
  /** How many numbers the memory holds. */
  readonly size: number;
}

/**
 * How many steps make a part: an engine compiles long functions badly, and what crosses from one
 * part to another has to be stored.
 */
const partLength = 1000;

/** Divides a program into parts, and gives a place in memory to all that lives longer than one. */
export function layOut(program: Program): ScalarLayout {
  const { slots, steps, outputs } = program;
  const makers = new Int32Array(slots.length).fill(-1); // the part that computes a value
  const lastReaders = new Int32Array(slots.length).fill(-1);
  const reads = new Int32Array(slots.length);
  const starts: number[] = [];
  steps.forEach((step, at) => {
    if (at % partLength === 0) starts.push(at);
    const part = starts.length - 1;
    makers[step.outputs[0]!] = part;
    for (const value of step.inputs) {
      lastReaders[value] = part;
      if (makers[value] === part) reads[value]!++;
    }
  });
  for (const value of outputs) lastReaders[value] = starts.length; // read after the last part
  return { starts: [...starts, steps.length], reads, ...place(program, makers, lastReaders) };
}

/**
 * Gives places to inputs, constants and what is read by a part that did not compute it. A place is
 * free again after the last part that reads it.
 */
function place(
  { slots, inputs, constants, steps }: Program,
  makers: Int32Array,
  lastReaders: Int32Array,
): Pick<ScalarLayout, "places" | "size"> {
  const places = new Int32Array(slots.length).fill(-1);
  let size = 0;
  for (const value of [...inputs, ...constants.keys()]) places[value] = size++;
  const endings: number[][] = []; // the places that each part reads last
  const free: number[] = [];
  let part = -1;
  for (const { outputs: [value] } of steps) {
    if (makers[value!]! > part) free.push(...endings[part++] ?? []);
    const last = lastReaders[value!]!;
    if (last <= part) continue;
    places[value!] = free.pop() ?? size++;
    (endings[last] ??= []).push(places[value!]!);
  }
  return { places, size };
}
