/** How much of the work of a program each of its threads does. */

import { type Expression, i32 } from "./assembler.ts";
import { whole } from "./share.ts";

const lineBytes = 64; // each thread notes in a cache line of its own how often it looked
const boundsBytes = 128; // where shares begin and end, for up to 31 threads

/** Milliseconds that a look at a barrier takes, about: it sets how fast shares follow, no more. */
const lookTime = 5e-7;

/** By how much of the work shares have to be off before they change: data moves with them. */
const slack = 0.008;

/** The bytes that the balance of so many threads takes in a program's memory. */
export function balanceBytes(threads: number): number {
  return boundsBytes + threads * lineBytes;
}

/** The address where a thread notes how often it has looked for the others. */
export function waitOf(balance: number, thread: Expression<"i32">): Expression<"i32"> {
  return i32.add(i32.mul(thread, lineBytes), balance + boundsBytes);
}

/**
 * Gives each thread the share that its core can do while the others do theirs. Cores differ, and
 * one that another program uses as well is slow for as long. Shares change little by little and
 * nobody takes the work of others, so that threads find their data in their own caches.
 */
export class Balance {
  readonly #bounds: Int32Array;
  readonly #waits: Int32Array;
  readonly #fair: number[]; // shares as they should be
  #shares: readonly number[];

  /** Equal shares, noted in a program's memory from an address on. */
  constructor(buffer: ArrayBufferLike, address: number, threads: number) {
    this.#bounds = new Int32Array(buffer, address, threads + 1);
    this.#waits = new Int32Array(buffer, address + boundsBytes, threads * lineBytes / 4);
    this.#fair = new Array(threads).fill(1 / threads);
    this.#shares = [...this.#fair];
    this.#write();
  }

  /** The shares of the threads, which add up to 1. */
  get shares(): readonly number[] {
    return this.#shares;
  }

  /** Moves the shares after a run of so many milliseconds towards what would have been even. */
  note(milliseconds: number): void {
    const fair = this.#fair;
    const speeds = this.#shares.map((share, thread) => {
      const waited = this.#waits[thread * lineBytes / 4]! * lookTime;
      return share / Math.max(milliseconds - waited, milliseconds / 4);
    });
    const sum = speeds.reduce((a, b) => a + b);
    const pace = Math.min(0.5, 0.05 + milliseconds / 50); // long runs are rare and tell more
    speeds.forEach((speed, thread) => fair[thread]! += pace * (speed / sum - fair[thread]!));
    if (fair.every((share, thread) => Math.abs(share - this.#shares[thread]!) < slack)) return;
    this.#shares = [...fair];
    this.#write();
  }

  #write(): void {
    let sum = 0;
    this.#shares.forEach((share, thread) => {
      sum += share;
      this.#bounds[thread + 1] = Math.round(sum * whole);
    });
    this.#bounds[this.#shares.length] = whole;
  }
}
