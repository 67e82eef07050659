import { assert, assertEquals } from "@std/assert";
import { ModuleBuilder, v128 } from "../../../src/backends/wasm/assembler.ts";
import { emitMatmul } from "../../../src/backends/wasm/matmul.ts";
import type { MatmulOptions, MatmulPlan } from "../../../src/backends/wasm/matmul.ts";
import { whole } from "../../../src/backends/wasm/share.ts";
import { vectorType } from "../../../src/backends/wasm/vector.ts";

type Numbers = Float32Array | Float64Array;

/** A product, its operands and what runs it. */
interface Product {
  readonly a: Numbers;
  readonly b: Numbers;
  readonly out: Numbers;
  /** A matrix of the result's shape, a row and a column for epilogues to read. */
  readonly extra: { readonly address: number; readonly numbers: Numbers };
  readonly run: (parts?: number) => void;
  readonly plan: MatmulPlan;
}

/** Where parts begin, as many of them as there are parts: uneven ones. */
const bounds = [0, 0.3, 0.75, 0.42, 0.9];

/** How many numbers after each matrix are watched, so that nothing is written past its end. */
const guard = 16;

type Shape = Pick<MatmulOptions, "m" | "k" | "n">;
type Options = Shape & Partial<MatmulOptions>;

function product(options: Options): Product {
  const all = { dtype: "float32", transposeA: false, transposeB: false, ...options } as const;
  const { m, k, n } = all;
  const Numbers = all.dtype === "float32" ? Float32Array : Float64Array;
  const bytes = Numbers.BYTES_PER_ELEMENT;
  let end = 256;
  const reserve = (size: number): number => {
    const start = end;
    end = Math.ceil((start + size) / 16) * 16;
    return start;
  };
  const matrix = (size: number): number => reserve((size + guard) * bytes);
  const a = matrix(m * k), b = matrix(k * n), out = matrix(m * n), extra = matrix(m * n + m + n);
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", { initial: 1 });
  const { scratchBytes, sumBytes, plan } = emitMatmul(module, { ...all, export: "run" });
  const sums = reserve(sumBytes + guard * bytes);
  const scratch = bounds.map(() => reserve(scratchBytes + guard * bytes));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / 65536) });
  const { run, runMerge } = new WebAssembly.Instance(module.compile(), { env: { memory } }).exports;
  const kernel = run as (...args: number[]) => void;
  const merge = runMerge as typeof kernel | undefined;
  const buffer = memory.buffer as ArrayBuffer;
  const view = (address: number, size: number): Numbers => new Numbers(buffer, address, size);
  new Uint8Array(memory.buffer).fill(0xff, 256);
  return {
    a: view(a, m * k),
    b: view(b, k * n),
    out: view(out, m * n),
    plan,
    extra: { address: extra, numbers: view(extra, m * n + m + n) },
    run: (parts = 1) => {
      const target = merge ? sums : out;
      const begins = bounds.slice(0, parts).sort().map((bound) => Math.round(bound * whole));
      const each = (run: (from: number, to: number, part: number) => void): void =>
        begins.forEach((from, part) => run(from, begins[part + 1] ?? whole, part));
      each((from, to, part) => kernel(from, to, target, a, b, scratch[part]!));
      if (merge) each((from, to) => merge(from, to, out, sums));
      for (const [address, size] of [[a, m * k], [b, k * n], [out, m * n]] as const) {
        const after = new Uint8Array(memory.buffer, address + size * bytes, guard * bytes);
        assert(after.every((byte) => byte === 0xff), `written past the end: ${describe(all)}`);
      }
      const ends = [sums + sumBytes, ...scratch.map((address) => address + scratchBytes)];
      ends.forEach((address, i) => {
        const after = new Uint8Array(memory.buffer, address, guard * bytes);
        assert(after.every((byte) => byte === 0xff), `scratch ${i} overrun: ${describe(all)}`);
      });
    },
  };
}

function describe({ m, k, n, dtype, transposeA, transposeB, plan }: MatmulOptions): string {
  const side = (transposed: boolean): string => transposed ? "T" : "N";
  return `${m}x${k}x${n} ${dtype} ${side(transposeA)}${side(transposeB)} ${JSON.stringify(plan)}`;
}

/** Numbers from -1 to 1 that are the same in every run. */
function fill(numbers: Numbers, seed: number, density = 1): void {
  let state = seed * 2654435761 >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < numbers.length; i++) {
    const value = next() * 2 - 1;
    numbers[i] = next() < density ? value : 0;
  }
}

function expected({ m, k, n, transposeA, transposeB }: Options, a: Numbers, b: Numbers): number[] {
  return Array.from({ length: m * n }, (_, index) => {
    const row = Math.floor(index / n), column = index % n;
    let sum = 0;
    for (let i = 0; i < k; i++) {
      const left = a[transposeA ? i * m + row : row * k + i]!;
      sum += left * b[transposeB ? column * k + i : i * n + column]!;
    }
    return sum;
  });
}

function assertClose(actual: Numbers, wanted: number[], options: Options): void {
  const tolerance = options.dtype === "float64" ? 1e-13 : 1e-5;
  wanted.forEach((value, i) => {
    const got = actual[i]!;
    const isClose = Object.is(got, value) || Math.abs(got - value) <= tolerance * options.k;
    assert(isClose, `${got} is not ${value} at ${i}: ${describe(options as MatmulOptions)}`);
  });
}

function check(options: Options, parts = 1, density = 1): void {
  const { a, b, out, run } = product(options);
  fill(a, 1, density);
  fill(b, 2);
  run(parts);
  assertClose(out, expected(options, a, b), options);
}

const transpositions = [[false, false], [true, false], [false, true], [true, true]] as const;
const dtypes = ["float32", "float64"] as const;

Deno.test("emitMatmul() multiplies matrices of all small shapes", () => {
  for (let m = 1; m <= 20; m++) {
    for (let n = 1; n <= 20; n++) {
      const k = 1 + (m * 7 + n * 3) % 20;
      dtypes.forEach((dtype, i) => {
        const [transposeA, transposeB] = transpositions[(m + 3 * n + i) % 4]!;
        check({ m, k, n, dtype, transposeA, transposeB });
      });
    }
  }
});

Deno.test("emitMatmul() multiplies larger matrices, by one part or several", () => {
  const shapes = [[64, 64, 64], [37, 300, 41], [100, 33, 97], [128, 128, 10], [
    7,
    700,
    70,
  ]] as const;
  for (const dtype of dtypes) {
    for (const [transposeA, transposeB] of transpositions) {
      for (const [m, k, n] of shapes) {
        for (const parts of [1, 2, 3, 5]) check({ m, k, n, dtype, transposeA, transposeB }, parts);
      }
    }
  }
});

Deno.test("emitMatmul() multiplies few rows by rows, its vectors along the depth", () => {
  const shapes = [1, 2, 3, 4, 7].flatMap((m) => [1, 2, 3, 4, 5, 8, 13].map((n) => [m, n] as const));
  let count = 0;
  for (const dtype of dtypes) {
    for (const [m, n] of shapes) {
      for (const k of [16, 35, 66, 100]) {
        const depth = { split: "depth", stretch: 16, depth: 8 } as const;
        for (const plan of [{}, { split: "rows" }, { split: "columns" }, depth] as const) {
          const all = { m, k, n, dtype, transposeB: n > 1, transposeA: m === 1 };
          const options = { ...all, plan };
          const { a, b, out, run, plan: { dots } } = product(options);
          if (!dots) continue;
          count++;
          fill(a, 1);
          fill(b, 2);
          run();
          assertClose(out, expected(options, a, b), options);
          const wanted = out.slice();
          for (const parts of [2, 3]) {
            run(parts);
            assertEquals(out, wanted);
          }
        }
      }
    }
  }
  assert(count > 1000, `${count}`);
});

Deno.test("emitMatmul() gives the same numbers however the product is cut into blocks", () => {
  for (const dtype of dtypes) {
    for (const [transposeA, transposeB] of transpositions) {
      for (const split of ["rows", "columns", "depth"] as const) {
        for (const packed of [false, true]) {
          for (const [m, k, n] of [[13, 21, 37], [24, 16, 64], [18, 9, 33]] as const) {
            const packRight = packed || transposeB;
            const blocks = { depth: 8, blockRows: 24, packLeft: packed, packRight, split };
            const plan = { ...blocks, sparseBelow: 0 };
            for (const parts of [1, 2]) {
              check({ m, k, n, dtype, transposeA, transposeB, plan }, parts);
            }
          }
        }
      }
    }
  }
});

Deno.test("emitMatmul() skips zeros without changing the product", () => {
  for (const dtype of dtypes) {
    for (const [transposeA, transposeB] of transpositions) {
      for (const split of ["rows", "columns", "depth"] as const) {
        for (const [m, k, n] of [[13, 21, 37], [24, 16, 64], [31, 45, 100]] as const) {
          for (const [depth, packed] of [[8, true], [48, true], [8, false]] as const) {
            const packRight = packed || transposeB;
            const blocks = { depth, blockRows: 24, packLeft: false, packRight };
            for (const listRows of [1, 2] as const) {
              const panelColumns = (listRows === 2 ? 6 : 8) * (dtype === "float32" ? 4 : 2);
              const plan = { ...blocks, split, sparseBelow: 0.9, listRows, panelColumns };
              for (const parts of [1, 2]) {
                check({ m, k, n, dtype, transposeA, transposeB, plan }, parts, 0.2);
              }
            }
          }
        }
      }
    }
  }
});

Deno.test("emitMatmul() skips zeros of its own accord where there are enough", () => {
  for (const dtype of dtypes) {
    for (const [transposeA, transposeB] of transpositions) {
      for (const density of [0, 0.1, 0.5]) {
        check({ m: 200, k: 100, n: 70, dtype, transposeA, transposeB }, 2, density);
        check({ m: 131, k: 70, n: 310, dtype, transposeA, transposeB }, 2, density);
      }
    }
  }
});

Deno.test("emitMatmul() multiplies zeros by infinities and NaN as arithmetic says", () => {
  const shapes = [{ m: 200, k: 64, n: 64 }, { m: 71, k: 64, n: 280 }];
  for (const [dtype, shape] of dtypes.flatMap((d) => shapes.map((s) => [d, s] as const))) {
    for (const special of [Infinity, -Infinity, NaN]) {
      const { a, b, out, run } = product({ ...shape, dtype });
      fill(a, 1, 0.1);
      fill(b, 2);
      b[70] = special;
      run();
      const wanted = expected(shape, a, b);
      assert(wanted.some(Number.isNaN));
      assertClose(out, wanted, { ...shape, dtype });
      a.fill(0);
      a[5] = special;
      fill(b, 2);
      run();
      assertClose(out, expected(shape, a, b), { ...shape, dtype });
    }
  }
});

Deno.test("emitMatmul() finds what is not finite wherever it is", () => {
  for (const transposeB of [false, true]) {
    for (const dtype of dtypes) {
      const shape = { m: 128, k: 64, n: 70 };
      const { a, b, out, run } = product({ ...shape, dtype, transposeB });
      fill(a, 1, 0.1);
      fill(b, 2);
      for (let i = 0; i < b.length; i += i < 150 ? 1 : 97) {
        const before = b[i]!;
        b[i] = -Infinity;
        run();
        assertEquals(out.some(Number.isNaN), true, `${dtype} at ${i}`); // zero times infinity
        b[i] = before;
      }
    }
  }
});

Deno.test("emitMatmul() makes zeros of sums without terms", () => {
  const { out, run } = product({ m: 3, k: 0, n: 5 });
  run();
  assertEquals([...out], new Array(15).fill(0));
});

Deno.test("emitMatmul() gives the same bits in parts, in blocks and without zeros", () => {
  for (const reproducible of [false, true]) {
    const run = (plan: MatmulOptions["plan"], parts: number): number[] => {
      const it = product({ m: 50, k: 70, n: 64, reproducible, ...plan ? { plan } : {} });
      fill(it.a, 3, 0.3);
      fill(it.b, 4);
      it.run(parts);
      return [...it.out];
    };
    const wanted = run({ sparseBelow: 0 }, 1);
    assertEquals(run({ sparseBelow: 0.9, packRight: true }, 1), wanted);
    for (const depth of [16, 24]) { // blocks of sums are added up apart, unless to be reproducible
      const inBlocks = reproducible ? wanted : run({ sparseBelow: 0, depth }, 1);
      assertEquals(run({ sparseBelow: 0, depth }, 2), inBlocks);
      assertEquals(run({ sparseBelow: 0.9, packRight: true, depth, split: "rows" }, 2), inBlocks);
    }
    if (!reproducible) continue;
    const it = product({ m: 50, k: 70, n: 64 });
    fill(it.a, 3, 0.3);
    fill(it.b, 4);
    const rounded = Array.from({ length: 50 * 64 }, (_, index) => {
      let sum = 0;
      for (let k = 0; k < 70; k++) {
        const term = it.a[Math.floor(index / 64) * 70 + k]! * it.b[k * 64 + index % 64]!;
        sum = Math.fround(sum + Math.fround(term));
      }
      return sum;
    });
    assertEquals(wanted, rounded);
  }
});

Deno.test("emitMatmul() rounds long sums no more than short ones", () => {
  for (const [transposeA, k] of [[false, 500], [false, 8000], [true, 8000]] as const) {
    const shape = { m: 24, k, n: 32, transposeA };
    const { a, b, out, run } = product(shape);
    fill(a, 1);
    fill(b, 2);
    [a, b].forEach((numbers) => numbers.forEach((x, i) => numbers[i] = Math.abs(x)));
    run(2);
    const exact = expected(shape, a, b);
    const errors = Array.from(out, (x, i) => Math.abs(x / exact[i]! - 1));
    const worst = errors.reduce((most, error) => Math.max(most, error), 0);
    assert(worst < 20 * 2 ** -24, `${worst * 2 ** 24} units for sums of ${k}`);
  }
});

Deno.test("emitMatmul() gives the same bits in parts where zeros are skipped in some blocks", () => {
  const plans = [
    [false, { split: "rows" }],
    [true, { split: "rows" }],
    [false, { split: "columns" }],
    [false, { split: "depth" }],
    [true, { split: "depth" }],
    [true, { split: "depth", depth: 16 }], // three blocks of each stretch
  ] as const;
  for (const [transposeA, plan] of plans) {
    const run = (parts: number): number[] => {
      const it = product({ m: 331, k: 70, n: 300, transposeA, plan });
      fill(it.a, 3, 0.74); // about as many zeros as are worth skipping
      fill(it.b, 4);
      it.run(parts);
      return [...it.out];
    };
    const wanted = run(1);
    for (const parts of [2, 3, 5]) assertEquals(run(parts), wanted);
  }
});

Deno.test("emitMatmul() gives the same bits in parts where the right operand is infinite", () => {
  for (const [m, k, n] of [[80, 500, 300], [65, 70, 2000]] as const) {
    const run = (parts: number): number[] => {
      const it = product({ m, k, n });
      fill(it.a, 3, 0.3);
      fill(it.b, 4);
      it.b[n - 1] = Infinity; // zeros are not skipped where it could be multiplied by one
      it.run(parts);
      return [...it.out];
    };
    assertEquals(run(2), run(1));
  }
});

Deno.test("emitMatmul() lets an epilogue change finished sums, once each", () => {
  for (const dtype of dtypes) {
    for (
      const plan of [{}, { depth: 8 }, { depth: 8, split: "depth" }, {
        packRight: true,
        sparseBelow: 0.9,
        depth: 8,
      }] as const
    ) {
      for (
        const [m, k, n, transposeB] of [
          [13, 20, 35, false],
          [5, 9, 2, false],
          [20, 16, 33, false],
          [3, 70, 11, true],
        ] as const
      ) {
        if (transposeB && "packRight" in plan) continue; // nothing is copied along the depth
        const shape = { m, k, n, transposeB, dtype, plan };
        let extra = 0;
        const { add, mul, bytes } = vectorType(dtype, true);
        const emit = (): Product =>
          product({
            ...shape,
            epilogue: (f, value, place) => {
              const row = extra + m * n * bytes, column = row + n * bytes;
              f.set(value, add(value, place.loadRow(row)));
              f.set(value, mul(value, place.loadColumn(column)));
              f.set(value, add(value, place.load(extra)));
              place.store(extra, value);
            },
          });
        extra = emit().extra.address;
        const { a, b, out, extra: { numbers }, run } = emit();
        fill(a, 1, 0.5);
        fill(b, 2);
        fill(numbers, 3);
        const before = numbers.slice();
        run(2);
        const wanted = expected(shape, a, b).map((sum, i) => {
          const bias = before[m * n + i % n]!, scale = before[m * n + n + Math.floor(i / n)]!;
          return (sum + bias) * scale + before[i]!;
        });
        assertClose(out, wanted, shape);
        assertEquals(numbers.subarray(0, m * n), out);
        assertEquals(numbers.subarray(m * n), before.subarray(m * n));
      }
    }
  }
});

Deno.test("emitMatmul() discards the sums when the epilogue stores what is to be kept", () => {
  const shape = { m: 9, k: 5, n: 11 };
  let extra = 0;
  const emit = (): Product =>
    product({
      ...shape,
      discard: true,
      epilogue: (_f, value, place) => place.store(extra, v128.xor(value, v128.not(value))),
    });
  extra = emit().extra.address;
  const { a, b, out, run } = emit();
  fill(a, 1);
  fill(b, 2);
  out.fill(7);
  run();
  assertEquals([...out], new Array(99).fill(7));
});

Deno.test("emitMatmul() decides by whole blocks whether to skip zeros, whatever the parts are", () => {
  for (const density of [0.77, 0.79, 0.8, 0.81, 0.83]) {
    const run = (parts: number): number[] => {
      const it = product({ m: 331, k: 70, n: 300, plan: { split: "rows" } });
      fill(it.a, 3, density);
      fill(it.b, 4);
      it.run(parts);
      return [...it.out];
    };
    const wanted = run(1);
    for (const parts of [2, 3, 5]) assertEquals(run(parts), wanted, `${density} in ${parts} parts`);
  }
});

Deno.test("emitMatmul() adds up in order to be reproducible, whatever the shape", () => {
  const shapes = [
    { m: 4, k: 100, n: 3, transposeB: true }, // narrow: no vectors along the depth
    { m: 1, k: 64, n: 40, transposeB: true },
    { m: 24, k: 3000, n: 32 }, // long: the depth is not divided
    { m: 130, k: 40, n: 260, density: 0.3 }, // sparse: no pairs of rows
  ];
  for (const { density = 1, ...shape } of shapes) {
    const { m, k, n, transposeB = false } = shape;
    const { a, b, out, run } = product({ ...shape, reproducible: true });
    fill(a, 3, density);
    fill(b, 4);
    run(2);
    const rounded = Array.from({ length: m * n }, (_, index) => {
      const row = Math.floor(index / n), column = index % n;
      let sum = 0;
      for (let i = 0; i < k; i++) {
        const term = a[row * k + i]! * b[transposeB ? column * k + i : i * n + column]!;
        sum = Math.fround(sum + Math.fround(term));
      }
      return sum;
    });
    assertEquals(
      [...out],
      rounded,
      describe({ dtype: "float32", transposeA: false, transposeB, ...shape }),
    );
  }
});

Deno.test("emitMatmul() fills lists of float64 up to whole rounds where zeros are skipped", () => {
  const shape = { m: 300, k: 256, n: 64, dtype: "float64" } as const; // four numbers to a round
  const { a, b, out, plan, run } = product(shape);
  assert(plan.sparseBelow > 0 && plan.listRows === 1 && plan.depth === 256);
  for (const seed of [1, 2, 3]) {
    fill(a, seed, 0.3);
    fill(b, seed + 10);
    run();
    assertClose(out, expected({ ...shape, transposeA: false, transposeB: false }, a, b), shape);
  }
});
