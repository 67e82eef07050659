import { assert, assertEquals } from "@std/assert";
import { splitReduction } from "../../../src/backends/wasm/reduction/split.ts";
import type { Fusion } from "../../../src/compile/program.ts";
import type { Operand } from "../../../src/backends/wasm/elementwise/walk.ts";
import type { NormalizationName } from "../../../src/backends/wasm/reduction/reduction.ts";
import type { ReductionName } from "../../../src/backends/wasm/reduction/reduction.ts";
import {
  emitNormalization,
  emitReduction,
} from "../../../src/backends/wasm/reduction/reduction.ts";
import { allocate, type DType } from "../../../src/ops/dtype.ts";
import { greater, mul, sub } from "../../../src/ops/elementwise.ts";
import type { Op } from "../../../src/ops/op.ts";
import * as reduction from "../../../src/ops/reduction.ts";
import { type Shape, sizeOf } from "../../../src/ops/shape.ts";
import { type Run, sum, withoutRun } from "../../../src/ops/structural.ts";
import {
  Arena,
  assertSame,
  numbersAt,
  randomNumbers,
  referenceFusion,
  type Sample,
  sample,
} from "./elementwise_arena.ts";
import { compile, full, Random, type Tensor, tensor } from "../../../src/mod.ts";

const ops: { readonly [name in ReductionName | NormalizationName]: Op } = {
  ...reduction as unknown as { readonly [name in ReductionName | NormalizationName]: Op },
  sum: sum as unknown as Op,
};

const shapes: readonly { shape: Shape; run: Run }[] = [
  ...[1, 2, 3, 4, 5, 10, 16, 17, 33, 40, 700].map((length) => ({
    shape: [3, length],
    run: { first: 1, last: 1 },
  })),
  ...[1, 2, 3, 5, 16, 19, 37].map((inner) => ({ shape: [7, inner], run: { first: 0, last: 0 } })),
  { shape: [], run: { first: 0, last: -1 } },
  { shape: [1], run: { first: 0, last: 0 } },
  { shape: [40, 9], run: { first: 1, last: 1 } },
  { shape: [2, 5, 7], run: { first: 1, last: 1 } },
  { shape: [40, 3, 6], run: { first: 1, last: 1 } },
  { shape: [5, 3, 4], run: { first: 0, last: 1 } },
  { shape: [5, 3, 4], run: { first: 0, last: 2 } },
  { shape: [300, 5], run: { first: 0, last: 0 } },
];
const emptyShapes: typeof shapes = [
  { shape: [3, 0], run: { first: 1, last: 1 } },
  { shape: [0, 5], run: { first: 0, last: 0 } },
  { shape: [0, 5], run: { first: 1, last: 1 } },
];

function runKernel(
  emit: (arena: Arena, operands: Operand[], address: number) => Parameters<Arena["run"]>[0],
  inputs: readonly Sample[],
  output: { dtype: DType; shape: Shape },
  options: { parts?: number; fused?: boolean },
): Sample {
  const arena = new Arena();
  const operands = inputs.map((input) => arena.place(input));
  const address = arena.reserve(output.dtype, sizeOf(output.shape));
  const buffer = arena.run(emit(arena, operands, address), options);
  return { ...output, data: numbersAt(buffer, output.dtype, address, sizeOf(output.shape)) };
}

const reductions: readonly ReductionName[] = ["sum", "max", "min", "argmax", "argmin", "logsumexp"];
const normalizations: readonly NormalizationName[] = ["softmax", "logSoftmax"];

for (const name of reductions) {
  Deno.test(`emitReduction() computes ${name} as its reference kernel does`, () => {
    const random = randomNumbers(2);
    for (const dtype of ["float32", "float64", "int32", "bool"] as const) {
      let kind: DType;
      try {
        kind = ops[name].dtype([dtype] as never, undefined);
      } catch {
        continue;
      }
      const takesNone = name === "sum" || name === "logsumexp";
      for (const { shape, run } of takesNone ? [...shapes, ...emptyShapes] : shapes) {
        for (const special of [0, 0.03]) {
          const x = sample(dtype, shape, random, special);
          const expected = allocate(kind, sizeOf(withoutRun(shape, run)));
          const output = { data: expected, shape: withoutRun(shape, run), dtype: kind };
          ops[name].forward(output, [x] as never, run);
          for (const parts of [1, 2, 3]) {
            const actual = runKernel(
              (_, inputs, address) => (context) => [
                emitReduction(context, name, {
                  shape,
                  run,
                  inputs,
                  output: { address, dtype: kind },
                }),
              ],
              [x],
              { dtype: kind, shape: output.shape },
              { parts },
            );
            const what = `${name} of ${dtype} [${shape}] ${JSON.stringify(run)} [${x.data}]`;
            const tolerance = dtype === "float64"
              ? { ulps: 8, absolute: 1e-13 }
              : { ulps: 8, absolute: 1e-4 };
            const exact = { ulps: 0, absolute: 0 };
            assertSame(
              withoutMinusZero(actual.data),
              withoutMinusZero(expected),
              what,
              name === "sum" || name === "logsumexp" ? tolerance : exact,
            );
          }
        }
      }
    }
  });
}

function withoutMinusZero<T extends Sample["data"]>(data: T): T {
  for (let i = 0; i < data.length; i++) if (data[i] === 0) data[i] = 0;
  return data;
}

for (const name of normalizations) {
  Deno.test(`emitNormalization() computes ${name} as its reference kernel does`, () => {
    const random = randomNumbers(3);
    for (const dtype of ["float32", "float64"] as const) {
      for (const { shape, run } of shapes) {
        if (run.first !== run.last) continue;
        const x = sample(dtype, shape, random, 0.01);
        const expected = allocate(dtype, sizeOf(shape));
        ops[name].forward({ data: expected, shape }, [x] as never, { axis: run.first });
        for (const parts of [1, 3]) {
          for (const inPlace of [false, true]) {
            const arena = new Arena();
            const input = arena.place(x);
            const address = inPlace ? input.address : arena.reserve(dtype, sizeOf(shape));
            const buffer = arena.run((context) => [
              emitNormalization(context, name, {
                shape,
                axis: run.first,
                inputs: [input],
                output: { address, dtype },
              }),
            ], { parts });
            const actual = numbersAt(buffer, dtype, address, sizeOf(shape));
            const what = `${name} of ${dtype} [${shape}] along ${run.first} [${x.data}]`;
            assertSame(actual, expected, what, {
              ulps: 12,
              absolute: dtype === "float64" ? 1e-14 : 1e-6,
            });
          }
        }
      }
    }
  });
}

Deno.test("emitReduction() sums what a producer computes, inputs broadcast", () => {
  const random = randomNumbers(4);
  const squares: Fusion = {
    nodes: [
      { op: sub, inputs: [0, 1], attributes: undefined, dtype: "float32" },
      { op: mul, inputs: [2, 2], attributes: undefined, dtype: "float32" },
    ],
    results: [1],
  };
  const shape = [4, 5, 6];
  for (const other of [[], [6], [5, 1], [4, 1, 6], [4, 5, 6], [1, 5, 6]]) {
    for (const run of [[0, 0], [1, 1], [2, 2], [0, 1], [1, 2], [0, 2]]) {
      const [first, last] = run as [number, number];
      const inputs = [sample("float32", shape, random, 0), sample("float32", other, random, 0)];
      const produced = referenceFusion(squares, inputs, shape)[0]!;
      const output = { dtype: "float32" as const, shape: withoutRun(shape, { first, last }) };
      const expected = allocate("float32", sizeOf(output.shape));
      sum.forward({ data: expected, shape: output.shape }, [produced] as never, { first, last });
      const actual = runKernel(
        (_, operands, address) => (context) => [
          emitReduction(context, "sum", {
            shape,
            run: { first, last },
            inputs: operands,
            producer: squares,
            output: { address, dtype: "float32" },
          }),
        ],
        inputs,
        output,
        { parts: 2 },
      );
      assertSame(actual.data, expected, `sum over ${run} with [${other}]`, { ulps: 16 });
    }
  }
});

Deno.test("emitReduction() counts where a comparison of doubles is true", () => {
  const random = randomNumbers(6);
  const comparison: Fusion = {
    nodes: [{ op: greater, inputs: [0, 1], attributes: undefined, dtype: "bool" }],
    results: [0],
  };
  for (const length of [1, 2, 5, 7, 33]) {
    const shape = [3, length], run = { first: 1, last: 1 };
    const inputs = [sample("float64", shape, random, 0), sample("float64", [3, 1], random, 0)];
    const truths = referenceFusion(comparison, inputs, shape)[0]!;
    const expected = allocate("int32", 3);
    sum.forward({ data: expected, shape: [3] }, [truths] as never, run);
    const { data } = runKernel(
      (_, operands, address) => (context) => [
        emitReduction(context, "sum", {
          shape,
          run,
          inputs: operands,
          producer: comparison,
          output: { address, dtype: "int32" },
        }),
      ],
      inputs,
      { dtype: "int32", shape: [3] },
      {},
    );
    assertEquals(data, expected);
  }
});

Deno.test("emitReduction() gives the same bits in any number of parts", () => {
  const random = randomNumbers(5);
  for (const { shape, run } of [...shapes, { shape: [2100], run: { first: 0, last: 0 } }]) {
    const x = sample("float32", shape, random, 0);
    const output = { dtype: "float32" as const, shape: withoutRun(shape, run) };
    const totals = [1, 2, 3, 5].map((parts) =>
      runKernel(
        (_, inputs, address) => (context) => [
          emitReduction(context, "sum", {
            shape,
            run,
            inputs,
            output: { address, dtype: "float32" },
          }),
        ],
        [x],
        output,
        { parts, fused: false },
      )
    );
    for (const { data } of totals) assertSame(data, totals[0]!.data, `sum of [${shape}]`);
  }
});

Deno.test("emitReduction() sums a million numbers of single precision to a relative 1e-6", () => {
  const random = randomNumbers(6);
  for (const [shape, run] of [[[1e6], [0, 0]], [[250000, 4], [0, 0]]] as const) {
    const data = Float32Array.from({ length: 1e6 }, () => random());
    const output = { dtype: "float32" as const, shape: withoutRun(shape, { first: 0, last: 0 }) };
    const expected = allocate("float64", sizeOf(output.shape));
    data.forEach((x, i) => expected[i % expected.length]! += x);
    const actual = runKernel(
      (_, inputs, address) => (context) => [
        emitReduction(context, "sum", {
          shape,
          run: { first: run[0], last: run[1] },
          inputs,
          output: { address, dtype: "float32" },
        }),
      ],
      [{ data, shape, dtype: "float32" }],
      output,
      {},
    );
    actual.data.forEach((total, i) => {
      const error = Math.abs(total / expected[i]! - 1);
      if (error > 2e-7) throw new Error(`off by a relative ${error}`);
    });
  }
});

Deno.test("splitReduction() divides what threads could not share, at the same places for all", () => {
  const input = (shape: readonly number[]) => ({ address: 64, dtype: "float32" as const, shape });
  const split = (shape: readonly number[], first: number, last: number, ...others: number[][]) =>
    splitReduction("sum", { shape, run: { first, last }, inputs: [shape, ...others].map(input) });
  const halves = split([4, 1000, 100], 1, 2, [100], [1000, 1], [4, 1, 1])!;
  assertEquals(halves.first.shape, [4, 50, 20, 100]);
  assertEquals(halves.first.run, { first: 2, last: 3 });
  assertEquals(halves.first.inputs.map(({ shape }) => shape), [
    [4, 50, 20, 100],
    [1, 1, 1, 100],
    [1, 50, 20, 1],
    [4, 1, 1, 1],
  ]);
  assertEquals(halves.second, { shape: [4, 50], run: { first: 1, last: 1 } });
  assertEquals(split([65536, 8], 0, 0)?.second, { shape: [64, 8], run: { first: 0, last: 0 } });
  assertEquals(split([100, 100], 0, 1), null); // few elements
  assertEquals(split([64, 1024], 1, 1), null); // many results
  assertEquals(split([65537], 0, 0), null); // a prime
  const all = { shape: [65536], run: { first: 0, last: 0 }, inputs: [input([65536])] };
  assertEquals(splitReduction("argmax", all), null); // a place in a piece is not one in all
});

Deno.test("compile() adds up what is computed of many rows and one of them", () => {
  const random = new Random(6);
  const [x, row] = [random.normal([120, 100]), random.normal([100])];
  const f = (x: Tensor, row: Tensor) => [x.mul(row).sum(), x.sub(row).square().sum()];
  const compiled = compile(f)(x, row);
  f(x, row).forEach((wanted, i) => {
    const error = compiled[i]!.item() / wanted.item() - 1;
    assert(Math.abs(error) < 1e-5, `${compiled[i]!.item()} is not ${wanted.item()}`);
  });
});

Deno.test("emitReduction() finds extremes among nothing but infinities", () => {
  for (const [name, number] of [["max", -Infinity], ["min", Infinity]] as const) {
    for (const length of [3, 8, 70]) {
      const x = tensor(new Float32Array(4 * length).fill(number)).reshape([4, length]);
      const reduced = compile((x: Tensor) => [x[name](0), x[name](1), x[name]()]);
      for (const result of reduced(x)) {
        assertEquals(new Set(result.data), new Set([number]), `${name} of ${length}`);
      }
    }
  }
});

Deno.test("emitReduction() adds long lanes up without losing more than short ones do", () => {
  const total = compile((x: Tensor) => [x.sum(), x.reshape([-1, 4]).sum(0).sum()]);
  for (const length of [20_000, 100_000]) {
    for (const sum of total(full([length], 0.1))) {
      const error = sum.item() / (length * Math.fround(0.1)) - 1;
      assert(Math.abs(error) < 2e-6, `${error} for ${length} numbers`);
    }
  }
});
