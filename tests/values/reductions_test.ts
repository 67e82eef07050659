import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkGradients } from "../../src/autodiff/check_gradients.ts";
import { grad, hessian } from "../../src/autodiff/transforms.ts";
import { compile } from "../../src/compile/compile.ts";
import { DTypeError } from "../../src/ops/dtype.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { arange, full, ones, tensor, zeros } from "../../src/values/creation.ts";
import { Random } from "../../src/values/random.ts";
import type { Axes } from "../../src/values/reductions.ts";
import type { Tensor } from "../../src/values/tensor.ts";
import { assertMistake } from "../mistake.ts";

const here = import.meta.url;
const double = (numbers: number[] | number[][]) => tensor(numbers, { dtype: "float64" });
const x = double([[1, 5, 3], [4, 2, 6]]);
const inf = Infinity;

/** The derivative of the sum of what `f` returns. */
const slopes = (f: (x: Tensor) => Tensor, numbers: number[] | number[][]) =>
  grad((x: Tensor) => f(x).sum())(double(numbers)).toArray();

Deno.test("sum() and its kin work over one axis, several or all, and keep them where asked", () => {
  assertEquals(x.sum().item(), 21);
  assertEquals(x.sum(0).toArray(), [5, 7, 9]);
  assertEquals(x.sum(-1, { keepDims: true }).toArray(), [[9], [12]]);
  assertEquals(x.mean([0, 1]).item(), 3.5);
  assertEquals(x.max(0).toArray(), [4, 5, 6]);
  assertEquals(x.min(1).toArray(), [1, 2]);
  assertEquals(x.sum([]).toArray(), x.toArray());
  assertEquals(x.sum(null, { keepDims: true }).shape, [1, 1]);
  const y = arange(24).reshape([2, 3, 4]);
  assertEquals(y.sum([0, 2]).toArray(), [60, 92, 124]); // axes that are no neighbours
  assertEquals(y.sum([2, 0], { keepDims: true }).shape, [1, 3, 1]);
  assertEquals(tensor(3).sum().item(), 3);
});

Deno.test("sum() adds up in double precision", () => {
  const total = tensor(new Float32Array(100_000).fill(0.1)).sum().item();
  assertEquals(total, Math.fround(100_000 * Math.fround(0.1)));
});

Deno.test("reductions of axes that are no neighbours have right derivatives", () => {
  const y = new Random(3).normal([2, 3, 2], { dtype: "float64" });
  const axes: Axes = [0, 2];
  for (const name of ["sum", "mean", "max", "min", "prod", "var", "std", "logsumexp"] as const) {
    checkGradients((y) => y![name](axes), [y], { order: 2 });
  }
});

Deno.test("max() and min() share the derivative evenly among ties", () => {
  assertEquals(slopes((x) => x.max(1), [[3, 1, 3], [2, 2, 2]]), [[0.5, 0, 0.5], [
    1 / 3,
    1 / 3,
    1 / 3,
  ]]);
  assertEquals(slopes((x) => x.min(), [1, 1, 2]), [0.5, 0.5, 0]);
  assertEquals(slopes((x) => x.norm(null, { p: inf }), [-2, 2, 1]), [-0.5, 0.5, 0]);
});

Deno.test("argmax() and argmin() take the first of ties, by axis or flattened", () => {
  const ties = tensor([[1, 7, 7], [7, 0, 0]]);
  assertEquals(ties.argmax(1).toArray(), [1, 0]);
  assertEquals(ties.argmax().item(), 1);
  assertEquals(ties.argmin(1, { keepDims: true }).toArray(), [[0], [1]]);
  assertEquals(ties.argmax(null, { keepDims: true }).shape, [1, 1]);
  assertEquals(tensor(5).argmax().item(), 0);
});

Deno.test("prod() and cumprod() have right derivatives with zeros", () => {
  assertEquals(slopes((x) => x.prod(), [2, 0, 3]), [0, 6, 0]);
  assertEquals(slopes((x) => x.prod(), [0, 2, 0]), [0, 0, 0]);
  assertEquals(double([2, 3, 4, 5, 6]).prod().item(), 720);
  assertEquals(x.prod(0).toArray(), [4, 10, 18]);
  assertEquals([zeros([0]).prod().item(), zeros([2, 0]).prod(1).toArray()], [1, [1, 1]]);
  assertEquals(double([2, 3, 0, 5, 6]).cumprod(0).toArray(), [2, 6, 0, 0, 0]);
  for (const numbers of [[2, 0, 3, 0.5], [0, 0, 1, 2], [1, -2, 3, 4]]) {
    checkGradients((x) => x!.prod(), [double(numbers)], { order: 2 });
    checkGradients((x) => x!.cumprod(0), [double(numbers)], { order: 2 });
  }
});

Deno.test("cumsum() runs from either end", () => {
  assertEquals(x.cumsum(1).toArray(), [[1, 6, 9], [4, 6, 12]]);
  assertEquals(x.cumsum(-1, { reverse: true }).toArray(), [[9, 8, 3], [12, 8, 6]]);
});

Deno.test("var() and std() divide by the count less ddof, and have derivative 0 where they are 0", () => {
  assertEquals(double([1, 2, 3, 4]).var().item(), 1.25);
  assertAlmostEquals(double([1, 2, 3, 4]).std(0, { ddof: 1 }).item(), Math.sqrt(5 / 3), 1e-15);
  assertEquals([2, 3].map((ddof) => double([1, 2]).var(0, { ddof }).item()), [inf, inf]);
  assertEquals(double([1]).var(0, { ddof: 1 }).item(), NaN);
  const far = tensor(Float32Array.from({ length: 1000 }, (_, i) => 1e6 + i % 4)); // a rounded mean
  const wide = far.reshape([100, 10]).broadcastTo([2, 100, 10]);
  for (const run of [(x: Tensor) => x.var([1, 2]), compile((x: Tensor) => x.var([1, 2]))]) {
    for (const variance of run(wide).data) assertAlmostEquals(variance, 1.25, 1e-6);
  }
  assertEquals(slopes((x) => x.std(), [2, 2, 2]), [0, 0, 0]);
});

Deno.test("norm() is that of p, and has derivative 0 at the zero vector", () => {
  const y = double([3, -4]);
  const norms = [1, 2, inf].map((p) => y.norm(null, { p }).item());
  assertEquals(norms, [7, 5, 4]);
  assertEquals([x.norm(1).shape, x.norm(1, { keepDims: true }).shape], [[2], [2, 1]]);
  assertAlmostEquals(y.norm(null, { p: 3 }).item(), Math.cbrt(27 + 64), 1e-14);
  assertEquals(slopes((x) => x.norm(), [0, 0]), [0, 0]);
  assertEquals(slopes((x) => x.norm(1), [[0, 0], [0, -5]]), [[0, 0], [0, -1]]);
  const z = double([3, 0, -4]);
  assertEquals([0, -inf].map((p) => z.norm(null, { p }).item()), [2, 0]);
  assertAlmostEquals(z.norm(null, { p: 0.5 }).item(), (Math.sqrt(3) + 2) ** 2, 1e-13);
  const [a, b, c] = slopes((x) => x.norm(null, { p: 0.5 }), [3, 0, -4]) as number[];
  assertAlmostEquals(a!, (Math.sqrt(3) + 2) / Math.sqrt(3), 1e-13);
  assertAlmostEquals(c!, -(Math.sqrt(3) + 2) / 2, 1e-13);
  assertEquals(b, 0);
  assertEquals(slopes((x) => x.norm(null, { p: -1 }), [0, 1]), [0, 0]);
  assertEquals(tensor([3, 0, -4], { dtype: "int32" }).norm(null, { p: 0 }).item(), 2);
  const counted = tensor([3, 0], { requiresGrad: true });
  counted.norm(null, { p: 0 }).backward();
  assertEquals(counted.grad!.toArray(), [0, 0]);
});

Deno.test("norm() has right derivatives of higher order beside elements that are 0", () => {
  const H = hessian((x: Tensor) => x.norm(null, { p: 1.5 }))(double([0, 1, 2])).toArray();
  assertEquals([H[0], H[1][0], H[2][0]], [[0, 0, 0], 0, 0]);
  assert(H[1][1] > 0 && H[2][1] < 0);
  let f = (x: Tensor) => x.norm(null, { p: 4 }).pow(4); // the sum of x^4
  for (const expected of [[0, 4], [0, 12], [0, 24], [24, 24]]) {
    const derivative = grad(f);
    derivative(double([0, 1])).data.forEach((d, i) => assertAlmostEquals(d, expected[i]!, 1e-12));
    f = (x) => derivative(x).sum();
  }
});

Deno.test("any() and all() count what is not zero", () => {
  const y = tensor([[0, 2], [3, 4], [0, 0]]);
  assertEquals(y.any(1).toArray(), [true, true, false]);
  assertEquals(y.all(1).toArray(), [false, true, false]);
  assertEquals(tensor([true, false]).any().item(), 1);
  assertEquals([zeros([0]).any().item(), zeros([0]).all().item()], [0, 1]);
});

Deno.test("softmax(), logSoftmax() and logsumexp() hold at +-1000 and for infinities", () => {
  const big = double([[1000, 0, -1000], [-1000, -1000, -1000]]);
  assertEquals(big.softmax().toArray()[0], [1, 0, 0]);
  big.softmax().slice([1]).data.forEach((p) => assertAlmostEquals(p, 1 / 3, 1e-15));
  assertEquals(big.logSoftmax().toArray()[0], [0, -1000, -2000]);
  const logs = big.logsumexp(1);
  assertEquals(logs.data[0], 1000);
  assertAlmostEquals(logs.data[1]!, -1000 + Math.log(3), 1e-12);
  assertEquals(double([-inf, 0]).softmax().toArray(), [0, 1]);
  assertEquals(double([-inf, 0]).logSoftmax().toArray(), [-inf, 0]);
  assertEquals(double([-inf, -inf]).logsumexp().item(), -inf);
  assertEquals(double([inf, 0]).logsumexp().item(), inf);
});

Deno.test("softmax(), logSoftmax() and logsumexp() have finite derivatives at +-1000", () => {
  const weights = double([1, 10, 100]);
  const big = [1000, 0, -1000];
  assertEquals(slopes((x) => x.softmax().mul(weights), big), [0, 0, 0]);
  assertEquals(slopes((x) => x.logSoftmax().mul(weights), big), [1 - 111, 10, 100]);
  assertEquals(slopes((x) => x.logsumexp(), big), [1, 0, 0]);
  assertEquals(slopes((x) => x.logsumexp(), [-inf, 2]), [0, 1]);
});

Deno.test("softmax() adds up to 1 along its axis", () => {
  const y = new Random(5).normal([3, 4, 5], { dtype: "float64" });
  for (const axis of [0, 1, -1]) {
    for (const total of y.softmax(axis).sum(axis).data) assertAlmostEquals(total, 1, 1e-14);
  }
});

Deno.test("argsort() orders every kind the same: equal ones, both zeros and NaN keep their order", () => {
  const numbers = [3, NaN, -0, 1e-45, 0, -Infinity, -2.5, NaN, Infinity, 3, -1e-45, -0];
  for (const dtype of ["float32", "float64"] as const) {
    const x = tensor(numbers, { dtype });
    assertEquals(x.argsort().toArray(), [5, 6, 10, 2, 4, 11, 3, 0, 9, 8, 1, 7]);
    const falling = x.argsort(0, { descending: true }).toArray();
    assertEquals(falling, [1, 7, 8, 0, 9, 3, 2, 4, 11, 10, 6, 5]);
  }
  const whole = tensor([2 ** 31 - 1, -(2 ** 31), 0, -1, 0], { dtype: "int32" });
  assertEquals(whole.argsort().toArray(), [1, 3, 2, 4, 0]);
  assertEquals(whole.argsort(0, { descending: true }).toArray(), [0, 2, 4, 3, 1]);
});

Deno.test("sort(), argsort() and topK() order along an axis", () => {
  assertEquals(x.argsort().toArray(), [[0, 2, 1], [1, 0, 2]]);
  assertEquals(x.sort(1, { descending: true }).toArray(), [[5, 3, 1], [6, 4, 2]]);
  assertEquals(double([2, 1, 2, 1]).argsort().toArray(), [1, 3, 0, 2]);
  assertEquals(double([2, 1, 2, 1]).argsort(0, { descending: true }).toArray(), [0, 2, 1, 3]);
  assertEquals(double([1, NaN, inf]).sort().toArray(), [1, inf, NaN]);
  assertEquals(slopes((x) => x.sort().mul(double([1, 10, 100])), [3, 1, 2]), [100, 1, 10]);
  const [values, indices] = x.topK(2);
  assertEquals([values.toArray(), indices.toArray()], [[[5, 3], [6, 4]], [[1, 2], [2, 0]]]);
  for (const k of [-1, 4, 1.5]) {
    assertMistake(
      here,
      () => x.topK(k),
      ShapeError,
      `Cannot topK [2, 3] for ${k} elements: axis 1 has length 3`,
    );
  }
});

Deno.test("mean() of nothing is NaN, and of integers an error", () => {
  assert(Number.isNaN(zeros([0]).mean().item()));
  assertMistake(
    here,
    () => tensor([1, 2], { dtype: "int32" }).mean(),
    DTypeError,
    'Cannot mean int32: it takes floating-point numbers, as in .cast("float32")',
  );
});

Deno.test("reductions throw a ShapeError for an axis that is not there, by their own name", () => {
  const y = zeros([2, 3]);
  for (const name of ["sum", "mean", "max", "prod", "var", "std", "norm", "any", "all"] as const) {
    assertMistake(
      here,
      () => y[name](5),
      ShapeError,
      `Cannot ${name} [2, 3] over axis 5: its axes are -2 to 1`,
    );
  }
  for (const name of ["softmax", "logSoftmax", "cumsum", "argsort", "argmax"] as const) {
    assertMistake(
      here,
      () => y[name](2),
      ShapeError,
      `Cannot ${name} [2, 3] over axis 2: its axes are -2 to 1`,
    );
  }
});

Deno.test("max() and argmax() throw a ShapeError where there is nothing to choose from", () => {
  const empty = zeros([2, 0]);
  assertMistake(here, () => empty.max(1), ShapeError, "Cannot max [2, 0]: axis 1 is empty");
  assertMistake(here, () => empty.argmin(1), ShapeError, "Cannot argmin [2, 0]: axis 1 is empty");
  assertEquals(zeros([0, 2]).max(1).shape, [0]);
});

Deno.test("sums over an inner axis of wide rows begin anew with each block", () => {
  assertEquals(ones([2, 3, 64]).sum(1).toArray(), full([2, 64], 3).toArray());
});

Deno.test("NaN sorts last, whatever its sign", () => {
  const negative = tensor(new Float32Array(Uint32Array.of(0xffc00000, 0x3f800000).buffer));
  assertEquals(negative.argsort().toArray(), [1, 0]);
  assertEquals(zeros([1000]).div(arange(0, 1000)).argsort().data[999], 0); // of 0 / 0
});

Deno.test("max() over axes that are no neighbours shares among all of its ties", () => {
  const ties = tensor([[[1, 0]], [[1, 1]]], { dtype: "float64", requiresGrad: true });
  ties.max([0, 2]).sum().backward();
  assertEquals(ties.grad!.toArray(), [[[1 / 3, 0]], [[1 / 3, 1 / 3]]]);
});

Deno.test("argsort() takes numbers", () => {
  assertThrows(() => tensor([true, false]).argsort(), DTypeError, "Cannot argsort bool");
});
