/** The memory of a compiled program, and the tensors that still lie in it. */

import { type TypedArray, viewOf } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { sizeOf } from "../ops/shape.ts";
import type { Residence } from "../values/tensor.ts";
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

/**
 * A result that lies in the place of the input it replaces. Handed back as that input it is used
 * up, and nothing is copied; read, or in the way of another input, it is taken out first.
 */
export class Resident implements Residence {
  #view: TypedArray | null;
  #taken: TypedArray | null = null;

  /** Marks the numbers of a view as somebody's. */
  constructor(view: TypedArray) {
    this.#view = view;
  }

  /** Whether the numbers still lie in the arena, and only there. */
  get isCurrent(): boolean {
    return this.#view !== null;
  }

  /** Gives the numbers up to the program, which is going to overwrite them. */
  useUp(): void {
    this.#view = null;
  }

  /** The numbers, out of the arena. */
  takeOut(): TypedArray {
    if (this.#taken === null) {
      if (this.#view === null) {
        throw new UsageError(
          "Cannot read a tensor that was handed back to the compiled function it came from, which " +
            "has replaced it: keep a .clone() of it",
        );
      }
      this.#taken = this.#view.slice();
      this.#view = null;
    }
    return this.#taken;
  }
}
