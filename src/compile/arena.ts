/** The memory of a compiled program, and the tensors that still lie in it. */

import { allocate, type DType, type TypedArray, viewOf } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { type Shape, sizeOf } from "../ops/shape.ts";
import type { Numbers, Residence } from "../values/tensor_parts.ts";
import type { MemoryPlan } from "./memory_plan.ts";
import type { Program } from "./program.ts";

/** For each stored value of a program, a view of its bytes. */
export function viewsOf(
  { slots }: Program,
  { offsets }: MemoryPlan,
  buffer: ArrayBufferLike,
): (TypedArray | null)[] {
  return slots.map(({ shape, dtype }, value) =>
    offsets[value]! < 0 ? null : viewOf(buffer, offsets[value]!, sizeOf(shape), dtype)
  );
}

/** Where a value lies: its numbers, and their rows and columns where it lies turned over. */
export interface Place {
  /** The numbers in the arena. */
  readonly view: TypedArray;
  /** The shape in the arena of a matrix whose rows lie as columns, else null. */
  readonly turned: Shape | null;
}

/** Puts numbers into their place. */
export function bringIn({ view, turned }: Place, data: TypedArray): void {
  if (turned !== null) copyTurned(view, data, turned[0]!, turned[1]!);
  else if (data.length > 16) view.set(data);
  else for (let i = 0; i < data.length; i++) view[i] = data[i]!; // `set` takes longer to begin
}

/** Which numbers were put into an input's place, as long as it is sure that they are the same still. */
export class Present {
  #numbers: Numbers | null = null;
  #version = 0;

  /** Whether the place holds these numbers. */
  is(numbers: Numbers): boolean {
    return numbers === this.#numbers && numbers.version === this.#version && !numbers.isExposed;
  }

  /** Remembers that these have been put there. */
  note(numbers: Numbers): void {
    this.#numbers = numbers.isExposed ? null : numbers;
    this.#version = numbers.version;
  }
}

/** A copy of the numbers at a place. */
export function takeOut({ view, turned }: Place): TypedArray {
  const copy = view.slice();
  if (turned !== null) copyTurned(copy, view, turned[1]!, turned[0]!);
  return copy;
}

/** Fills a matrix of `rows` by `columns` with another one turned over. */
function copyTurned(to: TypedArray, from: TypedArray, rows: number, columns: number): void {
  const size = rows * columns;
  for (let row = 0, at = 0; row < rows; row++) {
    for (let i = row; i < size; i += rows) to[at++] = from[i]!;
  }
}

/** A single number, which needs an array only when somebody asks for one. */
export class KeptNumber implements Residence {
  readonly #number: number;
  readonly #dtype: DType;

  /** Keeps a number of some kind. */
  constructor(number: number, dtype: DType) {
    this.#number = number;
    this.#dtype = dtype;
  }

  /** The number in an array of its kind. */
  takeOut(): TypedArray {
    return allocate(this.#dtype, 1).fill(this.#number);
  }
}

/** Why the numbers of a result can be gone. */
export type Loss = "handed back" | "overwritten";

/**
 * A result that lies in the arena. In the place of the input it replaces, it is used up when it is
 * handed back as that input, and nothing is copied; read, or in the way of another input, it is
 * taken out first. A lent one is overwritten by the next call, wherever it lies.
 */
export class Resident implements Residence {
  #view: Place | null;
  #loss: Loss = "handed back";
  #taken: TypedArray | null = null;

  /** Marks the numbers at a place as somebody's. */
  constructor(place: Place) {
    this.#view = place;
  }

  /** Whether the numbers still lie in the arena, and only there. */
  get isCurrent(): boolean {
    return this.#view !== null;
  }

  /** Gives the numbers up to the program, which is going to overwrite them. */
  useUp(loss: Loss): void {
    this.#view = null;
    this.#loss = loss;
  }

  /** The numbers, out of the arena. */
  takeOut(): TypedArray {
    if (this.#taken === null) {
      if (this.#view === null) throw new UsageError(explanations[this.#loss]);
      this.#taken = takeOut(this.#view);
      this.#view = null;
    }
    return this.#taken;
  }
}

const explanations: { readonly [L in Loss]: string } = {
  "handed back":
    "Cannot read a tensor that was handed back to the compiled function it came from, which has " +
    "replaced it: keep a .clone() of it",
  overwritten: "Cannot read a result of a function compiled with reuseResults after another call " +
    "of it, which has overwritten it: keep a .clone() of it",
};
