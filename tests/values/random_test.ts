import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/ops/error.ts";
import { Random } from "../../src/values/random.ts";

/** xoshiro128** and splitmix32 as their authors write them, in whole numbers of any size. */
function* reference(seed: number): Generator<number> {
  const mask = 0xffffffffn;
  const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
  let z = BigInt(seed) & mask;
  const s = Array.from({ length: 4 }, () => {
    z = (z + 0x9e3779b9n) & mask;
    let mixed = ((z ^ (z >> 16n)) * 0x21f0aaadn) & mask;
    mixed = ((mixed ^ (mixed >> 15n)) * 0x735a2d97n) & mask;
    return mixed ^ (mixed >> 15n);
  }) as [bigint, bigint, bigint, bigint];
  while (true) {
    yield Number((rotate((s[1] * 5n) & mask, 7n) * 9n) & mask);
    const t = (s[1] << 9n) & mask;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11n);
  }
}

Deno.test("Random is xoshiro128**, seeded by splitmix32", () => {
  for (const seed of [0, 1, 42, 2 ** 32 - 1, -7]) {
    const random = new Random(seed);
    const expected = reference(seed);
    for (let i = 0; i < 50; i++) assertEquals(random.bits(), expected.next().value);
  }
});

Deno.test("Random gives the same numbers for the same seed, and others for another", () => {
  const draw = (seed: number) => {
    const random = new Random(seed);
    return [random.next(), random.standardNormal(), random.integer(1000), random.bits()];
  };
  assertEquals(draw(5), draw(5));
  assertNotEquals(draw(5), draw(6));
  assertEquals(new Random().bits(), new Random(0).bits());
});

Deno.test("Random fills a tensor with the numbers that it would give one by one", () => {
  const [whole, single] = [new Random(3), new Random(3)];
  for (const size of [1, 5, 1000, 0, 2]) {
    const one = (draw: () => number) => Float64Array.from({ length: size }, draw);
    const options = { dtype: "float64" } as const;
    assertEquals(whole.uniform([size], options).data, one(() => single.next()));
    assertEquals(whole.normal([size], options).data, one(() => single.standardNormal()));
    assertEquals(
      whole.uniform([size], { ...options, low: -2, high: 4 }).data,
      one(() => -2 + 6 * single.next()),
    );
  }
  assertEquals(whole.bits(), single.bits());
});

/** The mean and variance of many draws. */
function moments(draw: () => number, count = 100_000): { mean: number; variance: number } {
  const numbers = Float64Array.from({ length: count }, draw);
  const mean = numbers.reduce((sum, x) => sum + x, 0) / count;
  return { mean, variance: numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count };
}

const isNear = (actual: number, expected: number, tolerance: number) =>
  assert(Math.abs(actual - expected) < tolerance, `${actual} is not near ${expected}`);

Deno.test("next() is uniform from 0 up to 1", () => {
  const random = new Random(1);
  const { mean, variance } = moments(() => random.next());
  isNear(mean, 1 / 2, 0.005);
  isNear(variance, 1 / 12, 0.001);
  const bins = new Int32Array(16);
  for (let i = 0; i < 160_000; i++) bins[Math.floor(random.next() * 16)]!++;
  const chiSquare = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assert(chiSquare < 37.7, `chi-square of 15 degrees of freedom: ${chiSquare}`); // 0.1%
});

Deno.test("uniform() reaches its upper end in no kind of numbers", () => {
  const ends = [[1000, 1001], [-1, 0], [-2, -1], [0, 1e-45], [0, 0.1], [0, 1]] as const;
  for (const dtype of ["float32", "float64"] as const) {
    for (const [low, high] of ends) {
      const drawn = new Random(1).uniform([20_000], { low, high, dtype });
      assert(drawn.data.every((x) => x >= low && x < high), `${dtype} ${low} to ${high}`);
    }
  }
  for (const [low, high] of [[1, 7], [-3, 3], [-6, -1]] as const) {
    const dice = new Random(1).uniform([6000], { low, high, dtype: "int32" });
    const counts = Array.from(
      { length: high - low },
      (_, i) => dice.equal(low + i).cast("int32").sum().item(),
    );
    assertEquals(counts.reduce((a, b) => a + b), 6000);
    const even = 6000 / (high - low); // give or take five standard deviations
    assert(counts.every((n) => Math.abs(n - even) < 5 * Math.sqrt(even)), `${low}: ${counts}`);
  }
  const between = new Random(1).uniform([100], { low: 0.5, high: 2.5, dtype: "int32" });
  assertEquals([between.min().item(), between.max().item()], [1, 2]);
  assertEquals(new Random(1).uniform([2], { low: 5, high: 5 }).toArray(), [5, 5]);
  const max = new Random(1).uniform([100_000], { low: 1000, high: 1001 }).max().item();
  assertEquals(max, 1001 - 2 ** -14); // the last single before it
});

Deno.test("Random throws for seeds, limits and kinds of number that it cannot draw by", () => {
  const random = new Random(0);
  const calls: Record<string, () => unknown> = {
    "Cannot start random numbers from the seed 0.5: it is a whole number, as Math.floor gives":
      () => new Random(0.5),
    'Cannot start random numbers from the seed "abc": it is a whole number, as Math.floor gives':
      () => new Random("abc" as never),
    "Cannot draw a whole number below 0: the limit is a whole number above 0": () =>
      random.integer(0),
    "Cannot draw a whole number below undefined: the limit is a whole number above 0": () =>
      random.integer(undefined as never),
    "Cannot draw numbers from 0 to Infinity: the range is infinite": () =>
      random.uniform([2], { high: Infinity }),
    "Cannot draw numbers from -1e+308 to 1e+308: the range is infinite": () =>
      random.uniform([2], { low: -1e308, high: 1e308, dtype: "float64" }),
    'Cannot draw numbers: low is "0", not a number': () =>
      random.uniform([2], { low: "0" as never }),
    "Cannot draw numbers of bool: compare them, as in random.uniform(shape).less(0.5)": () =>
      random.normal([2], { dtype: "bool" }),
  };
  for (const [message, call] of Object.entries(calls)) {
    assertThrows(call, UsageError, message);
  }
});

Deno.test("standardNormal() has the moments and tails of the normal distribution", () => {
  const random = new Random(2);
  const { mean, variance } = moments(() => random.standardNormal());
  isNear(mean, 0, 0.015);
  isNear(variance, 1, 0.02);
  isNear(moments(() => random.standardNormal() ** 3).mean, 0, 0.06);
  isNear(moments(() => random.standardNormal() ** 4).mean, 3, 0.15);
  const beyond = moments(() => Number(Math.abs(random.standardNormal()) > 1.959964)).mean;
  isNear(beyond, 0.05, 0.003);
});

Deno.test("integer() draws each whole number below its limit", () => {
  const random = new Random(3);
  const counts = new Int32Array(5);
  for (let i = 0; i < 10_000; i++) counts[random.integer(5)]!++;
  for (const count of counts) isNear(count, 2000, 200);
});

Deno.test("permutation() is one, and every one as likely", () => {
  const random = new Random(4);
  const order = random.permutation(1000);
  assertEquals([...order].toSorted((a, b) => a - b), Array.from({ length: 1000 }, (_, i) => i));
  assertNotEquals([...order].slice(0, 5), [0, 1, 2, 3, 4]);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const key = random.permutation(3).join("");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  assertEquals(counts.size, 6);
  for (const count of counts.values()) isNear(count, 1000, 150);
  assertEquals([random.permutation(0).length, [...random.permutation(1)]], [0, [0]]);
  assertThrows(() => random.permutation(-1), UsageError, "Cannot put -1 numbers in a random order");
});

Deno.test("uniform() and normal() fill tensors in row-major order", () => {
  const x = new Random(6).uniform([2, 2], { low: -3, high: -1, dtype: "float64" });
  const random = new Random(6);
  assertEquals([...x.data], Array.from({ length: 4 }, () => -3 + 2 * random.next()));
  assert(x.data.every((number) => number >= -3 && number < -1));
  const y = new Random(7).normal([1000], { mean: 5, std: 0.1, requiresGrad: true, name: "w" });
  assertEquals([y.dtype, y.requiresGrad, y.name], ["float32", true, "w"]);
  isNear(y.mean().item(), 5, 0.02);
  isNear(y.std().item(), 0.1, 0.01);
});

Deno.test("a tensor of no numbers draws none", () => {
  const [a, b] = [new Random(0), new Random(0)];
  for (const random of [a, b]) random.standardNormal();
  b.normal([0]);
  assertEquals(b.standardNormal(), a.standardNormal());
});
