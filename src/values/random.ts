/** Random numbers that a seed determines, the same on every machine. */

import { isTracing, presentTrace } from "../autodiff/recording.ts";
import { TracingError } from "../autodiff/traced.ts";
import { declareOwn, describe } from "../ops/describe.ts";
import { allocate, type DType, DTypeError, type TypedArray } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { checkNumber, optionsOf } from "../ops/options.ts";
import type { Shape } from "../ops/shape.ts";
import { type TensorOptions, tensorOptions, zeros } from "./creation.ts";
import type { Tensor } from "./tensor.ts";

/** A range of numbers, whether only whole ones are drawn, and the highest one, below its end. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly isWhole: boolean;
  readonly highest: number;
}

const unit: Range = { low: 0, high: 1, isWhole: false, highest: 1 };
const aroundZero: Range = { low: -1, high: 1, isWhole: false, highest: 1 };

/** The range of numbers of a kind, none of which is rounded up to its end. */
function rangeOf(low: number, high: number, dtype: DType): Range {
  if (!Number.isFinite(high - low)) {
    throw new UsageError(`Cannot draw numbers from ${low} to ${high}: the range is infinite`);
  }
  const isWhole = dtype === "int32";
  if (isWhole) [low, high] = [Math.ceil(low), Math.ceil(high)]; // the whole numbers in between
  const highest = high > low ? Math.max(low, below(high, dtype)) : Infinity;
  return { low, high, isWhole, highest };
}

/** The largest number of a kind below another. */
function below(limit: number, dtype: DType): number {
  if (dtype === "int32") return limit - 1;
  const one = allocate(dtype, 1).fill(limit);
  const bits = dtype === "float64" ? new BigInt64Array(one.buffer) : new Int32Array(one.buffer);
  if (one[0]! < limit) return limit;
  if (one[0] === 0) return dtype === "float64" ? -Number.MIN_VALUE : -(2 ** -149);
  if (bits instanceof BigInt64Array) bits[0]! += limit > 0 ? -1n : 1n;
  else bits[0]! += limit > 0 ? -1 : 1;
  return one[0]!;
}

/**
 * A generator of random numbers: the same seed gives the same numbers everywhere. It is xoshiro128**
 * by Blackman and Vigna ("Scrambled linear pseudorandom number generators", 2021), its state filled
 * from the seed by splitmix32. A compiled function would get the same numbers at each call, so to
 * draw them inside of it from a generator that was made outside is a `TracingError`: hand it a tensor
 * of them.
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
  static {
    declareOwn(this);
  }

  readonly #state = new Int32Array(4);
  readonly #one = new Float64Array(1);
  readonly #points = new Float64Array(256);
  readonly #trace = traceNow(); // in which it was made
  #spare: number | null = null;

  /** Starts the sequence that belongs to `seed`, any whole number. */
  constructor(seed = 0) {
    if (!Number.isInteger(seed)) {
      throw new UsageError(
        `Cannot start random numbers from the seed ${
          describe(seed)
        }: it is a whole number, as Math.floor gives`,
      );
    }
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
    this.#draw(this.#one, 1);
    return this.#one[0]!;
  }

  /** A number from 0 up to, but not including, 1, with 53 random bits. */
  next(): number {
    this.#draw(this.#one, 1, unit);
    return this.#one[0]!;
  }

  /** A whole number from 0 to `limit` - 1, each equally likely. */
  integer(limit: number): number {
    if (!(Number.isInteger(limit) && limit > 0)) {
      throw new UsageError(
        `Cannot draw a whole number below ${describe(limit)}: the limit is a whole number above 0`,
      );
    }
    return Math.floor(this.next() * limit);
  }

  /** A number from the standard normal distribution, by the polar method of Marsaglia. */
  standardNormal(): number {
    this.#drawNormal(this.#one, { mean: 0, std: 1 });
    return this.#one[0]!;
  }

  /** The whole numbers from 0 to `count` - 1 in random order (Fisher and Yates). */
  permutation(count: number): Int32Array {
    if (!(count >= 0)) throw new UsageError(`Cannot put ${count} numbers in a random order`);
    const order = new Int32Array(count);
    for (let i = 0; i < count; i++) order[i] = i;
    const steps = Math.max(0, count - 1);
    const places = new Float64Array(steps);
    this.#draw(places, steps, unit);
    for (let step = 0; step < steps; step++) {
      const i = steps - step, j = Math.floor(places[step]! * (i + 1));
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
    const { low = 0, high = 1, ...rest } = optionsOf("draw numbers", options, {
      low: "-1",
      high: "1",
      ...tensorOptions,
    });
    checkNumber("draw numbers", "low", low);
    checkNumber("draw numbers", "high", high);
    const result = zeros(shape, rest);
    checkDrawn(result);
    this.#draw(result.numbers.array, result.size, rangeOf(low, high, result.dtype));
    return result;
  }

  /**
   * A tensor of normally distributed numbers, drawn in row-major order; `float32` unless asked
   * otherwise.
   */
  normal(shape: Shape, options: TensorOptions & { mean?: number; std?: number } = {}): Tensor {
    const { mean = 0, std = 1, ...rest } = optionsOf("draw numbers", options, {
      mean: "1",
      std: "2",
      ...tensorOptions,
    });
    checkNumber("draw numbers", "mean", mean);
    checkNumber("draw numbers", "std", std);
    const result = zeros(shape, rest);
    checkDrawn(result);
    this.#drawNormal(result.numbers.array, { mean, std });
    return result;
  }

  #draw(into: TypedArray, count: number, range?: Range): void {
    if (count === 0) return;
    this.#checkTrace();
    draw(this.#state, into, count, range);
  }

  /** Throws where the numbers of one trace would stand for those of each call. */
  #checkTrace(): void {
    if (this.#trace !== traceNow() && isTracing()) {
      throw new TracingError(
        "Cannot draw random numbers while a function is being traced: its program would give the " +
          "same ones at each call, so draw them outside and hand them over",
      );
    }
  }

  /** Fills an array with pairs of numbers, one of each point of a square that lies in its circle. */
  #drawNormal(into: TypedArray, { mean, std }: { mean: number; std: number }): void {
    const points = this.#points;
    let filled = 0;
    if (into.length > 0) this.#checkTrace();
    if (this.#spare !== null && into.length > 0) {
      into[filled++] = mean + std * this.#spare;
      this.#spare = null;
    }
    while (filled < into.length) {
      const missing = into.length - filled; // a point gives two at most: none is drawn in vain
      const count = Math.min(points.length, missing + missing % 2);
      this.#draw(points, count, aroundZero);
      for (let i = 0; i < count; i += 2) {
        const u = points[i]!, v = points[i + 1]!;
        const s = u * u + v * v;
        if (s === 0 || s >= 1) continue;
        const scale = Math.sqrt(-2 * Math.log(s) / s);
        into[filled++] = mean + std * (u * scale);
        if (filled < into.length) into[filled++] = mean + std * (v * scale);
        else this.#spare = v * scale;
      }
    }
  }
}

/** The number of the trace that is under way, or 0. */
function traceNow(): number {
  return isTracing() ? presentTrace() : 0;
}

/** Throws where a generator is given that is none. */
export function checkRandom(name: string, random: Random | null | undefined): void {
  if (random === undefined || random === null || random instanceof Random) return;
  throw new UsageError(
    `Cannot ${name}: random is ${describe(random)}, not a generator, as new Random(0) is`,
  );
}

/** Throws where numbers are drawn for truth values. */
function checkDrawn({ dtype }: Tensor): void {
  if (dtype !== "bool") return;
  throw new DTypeError(
    "Cannot draw numbers of bool: compare them, as in random.uniform(shape).less(0.5)",
  );
}

/**
 * Fills an array with the next of the sequence: whole numbers of 32 bits, or numbers of 53 bits in a
 * range. All in one loop over variables, which a first large tensor has compiled while it is drawn.
 */
function draw(
  state: Int32Array,
  into: TypedArray,
  count: number,
  range?: Range,
): void {
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!;
  const low = range?.low ?? 0, width = range ? range.high - range.low : 0;
  const highest = range?.highest ?? 0, isWhole = range?.isWhole ?? false;
  const words = range ? 2 * count : count;
  let upper = 0;
  for (let i = 0; i < words; i++) {
    const product = Math.imul(b, 5);
    const word = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    if (!range) into[i] = word >>> 0;
    else if (i % 2 === 0) upper = word >>> 5;
    else {
      const number = low + width * ((upper * 67108864 + (word >>> 6)) / 9007199254740992);
      const drawn = number > highest ? highest : number;
      into[i >> 1] = isWhole ? Math.floor(drawn) : drawn;
    }
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}
