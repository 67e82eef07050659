import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { history } from "../../src/autodiff/backward.ts";
import { matmul } from "../../src/ops/linalg.ts";
import type { AnyPullback, Op } from "../../src/ops/op.ts";
import { tensor } from "../../src/values/creation.ts";
import { applyOp, type Tensor } from "../../src/values/tensor.ts";
import { type Value, value } from "../../src/values/value.ts";

const parameter = (numbers: number[] | number[][]) =>
  tensor(numbers, { dtype: "float64", requiresGrad: true });

Deno.test("backward() goes through 200,000 operations on Values", () => {
  const x = value(1);
  let y: Value = x;
  for (let i = 0; i < 200_000; i++) y = y.add(x);
  y.backward();
  assertEquals(x.grad, 200_001);
});

Deno.test("backward() goes through 200,000 operations on tensors", () => {
  const x = parameter([1, 2]);
  let y: Tensor = x;
  for (let i = 0; i < 200_000; i++) y = y.add(1);
  y.sum().backward();
  assertEquals(x.grad!.toArray(), [1, 1]);
});

Deno.test("backward() visits each value once, however many paths lead to it", () => {
  const x = value(1);
  const t = parameter([1]);
  let y: Value = x;
  let u: Tensor = t;
  for (let i = 0; i < 60; i++) { // 2^60 paths
    y = y.add(y);
    u = u.add(u);
  }
  y.backward();
  u.backward();
  assertEquals(x.grad, 2 ** 60);
  assertEquals(t.grad!.item(), 2 ** 60);
});

Deno.test("backward() adds up both sides of a diamond", () => {
  const x = value(3);
  const shared = x.square();
  shared.mul(2).mul(shared.sin()).backward(); // 2s sin(s), s = x^2
  assertAlmostEquals(x.grad, (2 * Math.sin(9) + 18 * Math.cos(9)) * 6, 1e-12);
});

Deno.test("backward() adds up the derivatives of a value used a hundred times", () => {
  const x = value(2);
  const w = parameter([2, -3]);
  const values = Array.from({ length: 100 }, (_, i) => x.mul(i));
  values.reduce((sum, term) => sum.add(term)).backward();
  const tensors = Array.from({ length: 100 }, (_, i) => w.mul(i));
  tensors[0]!.concat(tensors.slice(1)).sum().backward();
  assertEquals(x.grad, 4950);
  assertEquals(w.grad!.toArray(), [4950, 4950]);
});

Deno.test("backward() takes x.mul(x) for a square", () => {
  const x = value(3);
  const w = parameter([3, -4]);
  x.mul(x).backward();
  w.mul(w).sum().backward();
  assertEquals(x.grad, 6);
  assertEquals(w.grad!.toArray(), [6, -8]);
});

Deno.test("backward() twice adds up, for leaves and for what lies between", () => {
  const x = value(3);
  const between = x.square();
  const y = between.mul(2);
  y.backward();
  assertEquals([x.grad, between.grad, y.grad], [12, 2, 1]);
  y.backward();
  assertEquals([x.grad, between.grad, y.grad], [24, 4, 2]);

  const w = parameter([1, 2]);
  const loss = w.square().sum();
  loss.backward();
  loss.backward();
  assertEquals(w.grad!.toArray(), [4, 8]);
  w.zeroGrad();
  assertEquals(w.grad, null);
});

Deno.test("backward() gives the numbers of micrograd's README", () => {
  const a = value(-4);
  const b = value(2);
  let c = a.add(b);
  let d = a.mul(b).add(b.pow(3));
  c = c.add(c.add(1));
  c = c.add(value(1).add(c).add(a.neg()));
  d = d.add(d.mul(2).add(b.add(a).relu()));
  d = d.add(d.mul(3).add(b.sub(a).relu()));
  const e = c.sub(d);
  const f = e.pow(2);
  let g = f.div(2);
  g = g.add(value(10).div(f));
  g.backward();
  assertAlmostEquals(g.data, 24.7041, 1e-4);
  assertAlmostEquals(a.grad, 138.8338, 1e-4);
  assertAlmostEquals(b.grad, 645.5773, 1e-4);
});

Deno.test("backward() adds up over the axes along which an input was broadcast", () => {
  const scalar = tensor(2, { dtype: "float64", requiresGrad: true });
  const row = parameter([1, 2, 3]);
  const column = parameter([[1], [2]]);
  const x = tensor([[1, 2, 3], [4, 5, 6]], { dtype: "float64" });
  x.mul(row).mul(column).mul(scalar).sum().backward();
  assertEquals(scalar.grad!.toArray(), 1 + 4 + 9 + 2 * (4 + 10 + 18));
  assertEquals(row.grad!.toArray(), [2 * 1 + 4 * 4, 2 * 2 + 4 * 5, 2 * 3 + 4 * 6]);
  assertEquals(column.grad!.toArray(), [[28], [64]]);
});

Deno.test("backward() asks no rule for the derivative by what needs none", () => {
  const data = tensor([[1, 2]], { dtype: "float64" });
  const weight = parameter([[3], [4]]);
  const [, byWeight] = matmul.pullbacks as readonly AnyPullback[];
  const guarded: Op = {
    ...(matmul as Op),
    pullbacks: [() => assert(false, "the data's derivative was computed"), byWeight!],
  };
  const attributes = { transposeA: false, transposeB: false };
  applyOp(guarded, [data, weight], attributes).sum().backward();
  assertEquals(weight.grad!.toArray(), [[1], [2]]);
});

Deno.test("backward() lets no derivative through integers and truth values", () => {
  const x = parameter([1.5, -2.5]);
  x.cast("int32").cast("float64").mul(x).sum().backward();
  assertEquals(x.grad!.toArray(), [1, -2]);
  x.zeroGrad();
  x.greater(0).cast("float64").mul(x).sum().backward();
  assertEquals(x.grad!.toArray(), [1, 0]);
});

Deno.test("history() lists inputs before outputs, each once", () => {
  const x = value(1);
  const y = x.add(x);
  const z = y.mul(x).add(y);
  const order = history([z, y]);
  assertEquals(order.length, new Set(order).size);
  for (const [at, { origin }] of order.entries()) {
    for (const input of origin?.inputs ?? []) assert(order.indexOf(input) < at);
  }
  assert([x, y, z].every((own) => order.includes(own)));
});
