/**
 * Matrix products by the emitted kernels, each beside a loop of nothing but multiply-adds with as
 * many operations: the baseline is the processor's 128-bit peak, which no kernel can beat except
 * by skipping zeros.
 */

import { assertAlmostEquals } from "@std/assert";
import { f32x4, f64x2, ModuleBuilder } from "../src/backends/wasm/assembler.ts";
import { emitMatmul } from "../src/backends/wasm/matmul.ts";
import { whole } from "../src/backends/wasm/share.ts";
import type { MatmulOptions } from "../src/backends/wasm/matmul.ts";

type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Numbers from -1 to 1 that are the same in every run; zeros come in runs, as in images. */
function fill(numbers: Numbers, seed: number, density = 1): void {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  let isZero = false;
  for (let i = 0; i < numbers.length; i++) {
    if (i % 7 === 0) isZero = next() >= density;
    numbers[i] = isZero ? 0 : next() * 2 - 1;
  }
}

/** A product on random operands, checked at some places, as a function to time. */
function product(options: MatmulOptions, density = 1): () => void {
  const { m, k, n, dtype, transposeA, transposeB } = options;
  const Numbers = dtype === "float32" ? Float32Array : Float64Array;
  const module = new ModuleBuilder();
  const pages = 512;
  module.importMemory("env", "memory", { initial: pages });
  const { scratchBytes } = emitMatmul(module, { ...options, export: "run" });
  const memory = new WebAssembly.Memory({ initial: pages });
  const { run } = new WebAssembly.Instance(module.compile(), { env: { memory } }).exports;
  const kernel = run as (...args: number[]) => void;
  let end = 64;
  const reserve = (bytes: number): number => {
    const start = end;
    end = Math.ceil((start + bytes) / 64) * 64;
    return start;
  };
  const view = (size: number): Numbers => {
    const address = reserve(size * Numbers.BYTES_PER_ELEMENT);
    return new Numbers(memory.buffer as ArrayBuffer, address, size);
  };
  const a = view(m * k), b = view(k * n), out = view(m * n), scratch = reserve(scratchBytes);
  fill(a, 1, density);
  fill(b, 2);
  const call = (): void => kernel(0, whole, out.byteOffset, a.byteOffset, b.byteOffset, scratch);
  call();
  for (let place = 0; place < m * n; place += 997) {
    const row = Math.floor(place / n), column = place % n;
    let sum = 0;
    for (let i = 0; i < k; i++) {
      sum += a[transposeA ? i * m + row : row * k + i]! *
        b[transposeB ? column * k + i : i * n + column]!;
    }
    assertAlmostEquals(out[place]!, sum, 1e-3);
  }
  return call;
}

/** As many multiply-adds as a product has, on registers alone. */
function peak({ m, k, n, dtype }: MatmulOptions): () => void {
  const lanes = dtype === "float32" ? f32x4 : f64x2;
  const perRound = 96 * (dtype === "float32" ? 4 : 2);
  const module = new ModuleBuilder();
  module.memory("memory", { initial: 1 });
  module.function({ export: "run", params: ["i32"] }, (f, rounds) => {
    const x = f.let(lanes.splat(0.5)), round = f.local("i32");
    const sums = Array.from({ length: 12 }, () => f.let(lanes.splat(0)));
    f.for(round, { below: rounds }, () => {
      for (let i = 0; i < 8; i++) for (const sum of sums) f.set(sum, lanes.relaxedMadd(x, x, sum));
    });
    sums.forEach((sum, i) => f.store(0, sum, i * 16));
  });
  const { run } = new WebAssembly.Instance(module.compile()).exports;
  const rounds = Math.max(1, Math.round(m * k * n / perRound));
  return () => (run as (rounds: number) => void)(rounds);
}

const plain = { dtype: "float32", transposeA: false, transposeB: false } as const;

for (const [m, k, n] of [[32, 32, 32], [64, 64, 64], [256, 256, 256], [512, 512, 512]] as const) {
  const group = `${m}x${k}x${n}`;
  const shape = { ...plain, m, k, n };
  Deno.bench({ name: `${group} peak`, group, baseline: true, fn: peak(shape) });
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const name = `${group}${transposeA ? " A transposed" : ""}${
        transposeB ? " B transposed" : ""
      }`;
      Deno.bench({ name, group, fn: product({ ...shape, transposeA, transposeB }) });
    }
  }
  Deno.bench({
    name: `${group} reproducible`,
    group,
    fn: product({ ...shape, reproducible: true }),
  });
}

for (const [m, k, n] of [[64, 64, 64], [256, 256, 256]] as const) {
  const group = `${m}x${k}x${n} float64`;
  const shape = { ...plain, dtype: "float64", m, k, n } as const;
  Deno.bench({ name: `${group} peak`, group, baseline: true, fn: peak(shape) });
  Deno.bench({ name: group, group, fn: product(shape) });
}

for (const transposeA of [false, true]) {
  const [m, k, n] = transposeA ? [784, 128, 512] as const : [128, 784, 512] as const;
  const group = `${m}x${k}x${n}${transposeA ? " A transposed" : ""}, zeros in A`;
  const shape = { ...plain, transposeA, m, k, n };
  Deno.bench({ name: `${group} peak`, group, baseline: true, fn: peak(shape) });
  for (const density of [1, 0.5, 0.19]) {
    Deno.bench({ name: `${group}, density ${density}`, group, fn: product(shape, density) });
  }
}
