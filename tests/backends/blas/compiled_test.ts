import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import {
  type Blas,
  compile,
  type CompileOptions,
  nn,
  openBlas,
  optim,
  Random,
  type Tensor,
  tensor,
  UsageError,
  valueAndGrad,
  zeros,
} from "../../../src/mod.ts";
import { leavesOf } from "../../../src/autodiff/tree.ts";
import type { TypedArray } from "../../../src/ops/dtype.ts";
import { exp } from "../../../src/ops/elementwise.ts";
import type { Op } from "../../../src/ops/op.ts";
import { applyOp } from "../../../src/values/tensor.ts";
import { assertMistake } from "../../mistake.ts";
import { CountingBlas, nativeTest } from "./native.ts";

type Float = "float32" | "float64";
type Step = (x: Tensor, y: Tensor) => { loss: number; model: Float64Array };

const deep = [60, 80, 72, 4];
const wide = [200, 96, 4]; // so much that its first weights lie turned
const batch = 64;

/** A step of training, and what it leaves behind. */
function trainingStep(
  dtype: Float,
  widths: readonly number[],
  options: CompileOptions,
): Step & Disposable {
  const layers = nn.mlp(widths, { random: new Random(1), dtype });
  const optimizer = optim.adam({ learningRate: 0.01 });
  let current = { model: layers, state: optimizer.init(layers) };
  const step = compile(
    (model: nn.Sequential, state: typeof current.state, x: Tensor, y: Tensor) => {
      const lossOf = (m: nn.Sequential) => nn.crossEntropy(m.forward(x), y);
      const [loss, gradients] = valueAndGrad(lossOf)(model);
      return { loss, ...optimizer.update(model, gradients, state) };
    },
    options,
  );
  const call = (x: Tensor, y: Tensor) => {
    const { loss, ...next } = step(current.model, current.state, x, y);
    current = next;
    const numbers = leavesOf(current.model).flatMap((leaf) => [...(leaf as Tensor).clone().data]);
    return { loss: loss.item(), model: Float64Array.from(numbers) };
  };
  return Object.assign(call, { [Symbol.dispose]: () => step.dispose() });
}

/** Batches to learn from, six of seven inputs zero: the largest of the first tells the class. */
function batchOf(seed: number, dtype: Float, inputs: number): [Tensor, Tensor] {
  const x = new Random(seed).normal([batch, inputs], { dtype }).sub(1).relu();
  return [x, x.slice([null, { stop: 4 }]).argmax(1)];
}

function assertSameTraining(dtype: Float, options: CompileOptions, steps = 4): void {
  const tolerance = dtype === "float64" ? 1e-11 : 1e-4;
  for (const widths of [deep, wide]) {
    using plain = trainingStep(dtype, widths, { threads: 1 });
    using native = trainingStep(dtype, widths, options);
    for (let i = 0; i < steps; i++) {
      const [x, y] = batchOf(i % 4, dtype, widths[0]!);
      const wanted = plain(x, y);
      const found = native(x, y);
      assert(Math.abs(found.loss - wanted.loss) <= tolerance, `loss ${found.loss}: ${wanted.loss}`);
      found.model.forEach((number, j) => {
        const difference = Math.abs(number - wanted.model[j]!);
        assert(difference <= tolerance, `step ${i}, parameter ${j}: ${number}, ${wanted.model[j]}`);
      });
    }
  }
}

Deno.test("compile() gives large products of two matrices to a BLAS, and nothing else", () => {
  const blas = new CountingBlas();
  using f = compile((a: Tensor, b: Tensor, small: Tensor, many: Tensor, whole: Tensor) => [
    a.matmul(b, { transposeB: true }).add(1).relu(),
    small.matmul(small),
    many.matmul(many),
    a.matmul(a, { transposeA: true }),
    whole.matmul(whole),
  ], { blas });
  const whole = zeros([64, 64], { dtype: "int32" });
  f(zeros([64, 64]), zeros([64, 64]), zeros([8, 8]), zeros([2, 64, 64]), whole);
  assertEquals(blas.products, ["64,64 by 64,64", "64,64 by 64,64"]);
});

for (const dtype of ["float32", "float64"] as const) {
  Deno.test(`a ${dtype} step compiled with a BLAS learns what it learns without`, () => {
    const blas = new CountingBlas();
    assertSameTraining(dtype, { blas });
    assert(blas.products.length > 0);
    assertSameTraining(dtype, { blas, backend: "reference" });
  });

  nativeTest(`a ${dtype} step compiled with the system's BLAS learns the same`, (blas) => {
    assertSameTraining(dtype, { blas, threads: 1 });
    assertSameTraining(dtype, { blas, backend: "reference" });
    using own = openBlas({ threads: 2 });
    assertSameTraining(dtype, { blas: own });
  });
}

/** The largest difference between numbers, as a part of those that are larger than one. */
function worstError(found: TypedArray, wanted: TypedArray): number {
  let worst = 0;
  wanted.forEach((number, i) => {
    worst = Math.max(worst, Math.abs(found[i]! - number) / Math.max(1, Math.abs(number)));
  });
  return worst;
}

/** The largest error of products in a row, until all threads of the program take part. */
function worstOfManyProducts(blas: Blas, threads: number): number {
  const a = new Random(0).normal([130, 200]);
  const b = new Random(1).normal([200, 75]);
  const multiply = (a: Tensor, b: Tensor) =>
    a.matmul(b).relu().matmul(b, { transposeB: true }).matmul(a, { transposeB: true });
  using plain = compile(multiply, { threads: 1 });
  using native = compile(multiply, { blas, threads });
  const wanted = plain(a, b).data;
  let worst = 0;
  const until = performance.now() + 400;
  while (performance.now() < until) {
    worst = Math.max(worst, worstError(native(a, b).data, wanted));
  }
  return worst;
}

nativeTest("products are divided among the threads of the program", (blas) => {
  const worst = worstOfManyProducts(blas, 2);
  assert(worst < 1e-3, `the error is ${worst}`);
});

/** Numbers of which one in `every` is not zero. */
function scattered(shape: [number, number], every: number, dtype: Float): Tensor {
  const random = new Random(every);
  const dense = random.normal(shape, { dtype });
  return dense.mul(random.uniform(shape, { dtype }).less(1 / every).cast(dtype));
}

const sides = [[false, false], [true, false], [false, true], [true, true]] as const;

for (const dtype of ["float32", "float64"] as const) {
  nativeTest(`${dtype} products are the same whether zeros are skipped or not`, (blas) => {
    for (const [transposeA, transposeB] of sides) {
      const sizes = (rows: number, columns: number, turn?: boolean): [number, number] =>
        turn ? [columns, rows] : [rows, columns];
      const b = new Random(7).normal(sizes(130, 75, transposeB), { dtype });
      const product = (a: Tensor, b: Tensor) => a.matmul(b, { transposeA, transposeB });
      for (const threads of [1, 2]) {
        using native = compile(product, { blas, threads });
        for (const every of [1, 3, 20]) { // one program for all
          const a = scattered(sizes(90, 130, transposeA), every, dtype);
          const wanted = product(a, b).data, found = native(a, b).data;
          const tolerance = dtype === "float32" ? 1e-4 : 1e-12;
          wanted.forEach((number, i) => assertAlmostEquals(found[i]!, number, tolerance));
        }
        const infinite = b.mul(0).add(Infinity);
        const nothing = scattered(sizes(90, 130, transposeA), 20, dtype).mul(0);
        assert(native(nothing, infinite).data.every(Number.isNaN)); // zero times infinity
      }
    }
  });
}

/** Functions of products, whose epilogues broadcast, keep several results, and call out. */
const epilogues: Record<string, (product: Tensor, row: Tensor, column: Tensor) => Tensor[]> = {
  "nothing": (product) => [product],
  "a row and a column": (product, row, column) => [product.mul(row).add(column).tanh()],
  "several results": (product, row) => [product.relu(), product, product.add(row).greater(0)],
  "a result of another kind": (product) => [product.mul(4).cast("int32")],
  "an operation that no kernel knows": (product) => [applyOp({ ...exp } as Op, [product], null)],
};

for (const [name, epilogue] of Object.entries(epilogues)) {
  nativeTest(`what follows a product by a BLAS is the same, zeros or not: ${name}`, (blas) => {
    const random = new Random(3);
    const b = random.normal([120, 77]).round().div(16); // no sum is rounded
    const [row, column] = [random.normal([77]), random.normal([90, 1])];
    const f = (a: Tensor, b: Tensor, row: Tensor, column: Tensor) =>
      epilogue(a.matmul(b), row, column);
    const cases = [1, 9].map((every) => {
      const a = scattered([90, 120], every, "float32").round();
      return { a, wanted: f(a, b, row, column) };
    });
    using native = compile(f, { blas, threads: 2 });
    const until = performance.now() + 200; // by then both threads take part
    while (performance.now() < until) {
      for (const { a, wanted } of cases) {
        native(a, b, row, column).forEach(({ data }, i) => {
          const error = worstError(data, wanted[i]!.data);
          assert(error < 1e-6, `the error of result ${i} is ${error}`);
        });
      }
    }
  });
}

nativeTest("a program goes on after its BLAS was disposed of", (blas) => {
  using f = compile((a: Tensor) => a.matmul(a), { blas });
  f(zeros([64, 64]));
  blas.dispose();
  const ones = zeros([64, 64]).add(1);
  assertEquals(f(ones).data[0], 64);
});

nativeTest("explain() names what computes the products", (blas) => {
  using f = compile((a: Tensor) => a.matmul(a).add(1), { blas });
  const text = f.explain(zeros([64, 64]));
  assertStringIncludes(text, `= ${blas.name}.fusedMatmul(`);
  assertStringIncludes(text, `${blas.name}.fusedMatmul (blas)`);
});

Deno.test("compile() with a BLAS and reproducible is a UsageError", () => {
  assertMistake(
    import.meta.url,
    () => compile((a: Tensor) => a, { blas: new CountingBlas(), reproducible: true }),
    UsageError,
    "Cannot compile reproducibly with Counting: its sums are its own",
  );
  assertEquals(compile((a: Tensor) => a.add(1), { reproducible: true })(tensor(1)).item(), 2);
});
