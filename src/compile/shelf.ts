/** Numbers that are given to a program in turn, each copied into its memory once. */

import { viewOf } from "../ops/dtype.ts";
import { sizeOf } from "../ops/shape.ts";
import type { Numbers } from "../values/tensor_parts.ts";
import { bringIn, type Place } from "./arena.ts";
import { bytesOf } from "./memory_plan.ts";
import type { Slot } from "./program.ts";

/** How often numbers have to come again before there is room made for them. */
const enough = 2;
/** Fewer bytes than this are as quickly copied as found. */
const leastBytes = 1 << 14;
/** No more bytes than this are kept for one input: they lie in the tensors as well. */
const mostBytes = 1 << 27;

/** Room in a program's memory for the numbers of an input. */
export interface Room {
  /** The memory. */
  readonly buffer: ArrayBufferLike;
  /** The address of the room. */
  readonly start: number;
  /** The address of the input's own place. */
  readonly home: number;
  /** The address of the word from which the program reads where the input lies. */
  readonly pointer: number;
}

/** Where numbers are kept, and how often they had been overwritten when they were copied there. */
interface Kept {
  readonly address: number;
  readonly place: Place;
  version: number;
}

/**
 * The numbers of one input that come again, as batches in turn do. It wants as much room as all that
 * it has seen; a program that has the room then reads each of them where it lies.
 */
export class Shelf {
  /** How many bytes of room it wants: none as long as nothing has come again. */
  wanted = 0;
  readonly #slot: Slot;
  readonly #turned: Place["turned"];
  readonly #seen = new WeakSet<Numbers>();
  #count = 0;
  #again = 0;
  #kept = new WeakMap<Numbers, Kept>();
  #used = 0; // bytes of the room
  #room: Room | null = null;
  #pointer: Int32Array = new Int32Array(1);

  /** A shelf for an input of which this is known; `turned` as in its place. */
  constructor(slot: Slot, turned: Place["turned"]) {
    this.#slot = slot;
    this.#turned = turned;
  }

  /** Whether it wants room and has none. */
  get lacksRoom(): boolean {
    return this.wanted > 0 && this.#room === null;
  }

  /** Wants no room any more, since there is none to be had, unless it has some. */
  giveUp(): void {
    if (this.#room === null) this.wanted = 0;
  }

  /** Uses this room from now on, of as many bytes as are wanted: for that it copies all again. */
  moveTo(room: Room): void {
    this.#room = room;
    this.#pointer = new Int32Array(room.buffer, room.pointer, 1);
    this.#kept = new WeakMap();
    this.#used = 0;
  }

  /** Lets the program read these numbers from the shelf, or if it has not got them, from home: false. */
  pointTo(numbers: Numbers): boolean {
    const kept = this.#hasComeAgain(numbers) ? this.#keep(numbers) : null;
    if (this.#room !== null) this.#pointer[0] = kept?.address ?? this.#room.home;
    if (kept === null) return false;
    if (kept.version !== numbers.version) bringIn(kept.place, numbers.array);
    kept.version = numbers.version;
    return true;
  }

  /** Whether numbers have come before, and nobody can have changed them unnoticed. */
  #hasComeAgain(numbers: Numbers): boolean {
    if (numbers.isExposed) return false;
    if (!this.#seen.has(numbers)) {
      this.#seen.add(numbers);
      this.#count++;
      return false;
    }
    const bytes = bytesOf(this.#slot), all = this.#count * bytes;
    const isWorthIt = bytes >= leastBytes && all <= mostBytes;
    if (++this.#again === enough && isWorthIt) this.wanted = all;
    return true;
  }

  #keep(numbers: Numbers): Kept | null {
    const known = this.#kept.get(numbers);
    if (known !== undefined) return known;
    if (this.#room === null || this.#used >= this.wanted) return null;
    const { shape, dtype } = this.#slot;
    const address = this.#room.start + this.#used;
    const view = viewOf(this.#room.buffer, address, sizeOf(shape), dtype);
    const kept = { address, place: { view, turned: this.#turned }, version: -1 };
    this.#used += bytesOf(this.#slot);
    this.#kept.set(numbers, kept);
    return kept;
  }
}
