/** Random numbers that a seed determines, the same on every machine. */

import type { Shape } from "../ops/shape.ts";
import { type TensorOptions, zeros } from "./creation.ts";
import type { Tensor } from "./tensor.ts";

/**
 * A generator of random numbers: the same seed gives the same numbers everywhere. It is xoshiro128**
 * by Blackman and Vigna ("Scrambled linear pseudorandom number generators", 2021), its state filled
 * from the seed by splitmix32.
 *
 * @example The same seed, the same numbers
 * ```ts
 * import { Random } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new Random(42).normal([2, 3]).shape, [2, 3]);
 * assertEquals(new Random(7).next(), new Random(7).next());
 * ```
 */
export class Random {
  readonly #state = new Uint32Array(4);
  #spare: number | null = null;

  /** Starts the sequence that belongs to `seed`, any whole number. */
  constructor(seed = 0) {
    let z = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      z = (z + 0x9e3779b9) >>> 0;
      let mixed = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      this.#state[i] = mixed ^ (mixed >>> 15);
    }
  }

  /** A whole number from 0 to 2^32 - 1. */
  bits(): number {
    const s = this.#state;
    const s1 = s[1]!;
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    s[2]! ^= s[0]!;
    s[3]! ^= s1;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= s1 << 9;
    s[3] = (s[3]! << 11) | (s[3]! >>> 21);
    return result;
  }

  /** A number from 0 up to, but not including, 1, with 53 random bits. */
  next(): number {
    return ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
  }

  /** A whole number from 0 to `limit` - 1, each equally likely. */
  integer(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** A number from the standard normal distribution, by the polar method of Marsaglia. */
  standardNormal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    while (true) {
      const u = 2 * this.next() - 1;
      const v = 2 * this.next() - 1;
      const s = u * u + v * v;
      if (s === 0 || s >= 1) continue;
      const scale = Math.sqrt(-2 * Math.log(s) / s);
      this.#spare = v * scale;
      return u * scale;
    }
  }

  /** The whole numbers from 0 to `count` - 1 in random order (Fisher and Yates). */
  permutation(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    return order;
  }

  /**
   * A tensor of numbers spread evenly from `low` up to `high`, drawn in row-major order; `float32`
   * unless asked otherwise.
   */
  uniform(shape: Shape, options: TensorOptions & { low?: number; high?: number } = {}): Tensor {
    const { low = 0, high = 1, ...rest } = options;
    return this.#filled(shape, rest, () => low + (high - low) * this.next());
  }

  /**
   * A tensor of normally distributed numbers, drawn in row-major order; `float32` unless asked
   * otherwise.
   */
  normal(shape: Shape, options: TensorOptions & { mean?: number; std?: number } = {}): Tensor {
    const { mean = 0, std = 1, ...rest } = options;
    return this.#filled(shape, rest, () => mean + std * this.standardNormal());
  }

  #filled(shape: Shape, options: TensorOptions, draw: () => number): Tensor {
    const result = zeros(shape, options);
    const { data } = result;
    for (let i = 0; i < data.length; i++) data[i] = draw();
    return result;
  }
}
