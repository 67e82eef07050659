/** A number and its derivative, as cheap to hold as an engine of objects allows. */

import { TracingError } from "../autodiff/traced.ts";
import { Functions } from "./functions.ts";

/**
 * Cells share blocks of numbers: those of a block first, then their derivatives. A number boxed
 * with every object would cost the garbage collector more than all the rest of a graph.
 */
const blockLength = 256;
let block = new Float64Array(2 * blockLength);
const last = blockLength - 1; // a mask: the length is a power of two
let made = 0;

/** A number and its derivative; the number may not be known yet, while a function is traced. */
export abstract class NumberCell extends Functions {
  /** How many values were made before it: a formula names variables in this order. */
  readonly id: number;
  readonly #block: Float64Array | null; // null while it is being traced

  /** Holds a number, or null to trace a function. */
  constructor(number: number | null) {
    super();
    this.id = made++;
    const at = this.id & last;
    if (at === 0) block = new Float64Array(2 * blockLength);
    this.#block = number === null ? null : block;
    if (number !== null) block[at] = number;
  }

  /** The number; it may be changed, as gradient descent does. */
  get data(): number {
    if (this.#block === null) throw untimely("read");
    return this.#block[this.id & last]!;
  }

  set data(number: number) {
    if (this.#block === null) throw untimely("change");
    this.#block[this.id & last] = number;
  }

  /** What `backward()` has added up so far. */
  get grad(): number {
    return this.#block === null ? 0 : this.#block[blockLength + (this.id & last)]!;
  }

  set grad(number: number) {
    if (this.#block === null) throw untimely("change");
    this.#block[blockLength + (this.id & last)] = number;
  }

  /** Forgets the derivative in `grad`. */
  zeroGrad(): void {
    this.grad = 0;
  }

  /** Whether the number is not known yet, since a function is being traced. */
  get isSymbolic(): boolean {
    return this.#block === null;
  }

  /** The number. */
  item(): number {
    return this.data;
  }

  /** What becomes of it in JSON: the number alone, `null` for NaN and infinities. */
  toJSON(): number {
    return this.data;
  }
}

/** The error of using a number that is not known yet. */
function untimely(action: "read" | "change"): TracingError {
  return new TracingError(`Cannot ${action} the number of a Value while it is being traced`);
}
