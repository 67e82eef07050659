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
} from "../../../mod.ts";
import { leavesOf } from "../../../src/autodiff/tree.ts";
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
    native(a, b).data.forEach((number, i) => {
      worst = Math.max(worst, Math.abs(number - wanted[i]!) / (1 + Math.abs(wanted[i]!)));
    });
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
  assertStringIncludes(text, `= ${blas.name}.matmul(`);
  assertStringIncludes(text, `${blas.name}.matmul (blas)`);
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
