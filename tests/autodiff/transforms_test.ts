import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { noGrad } from "../../src/autodiff/recording.ts";
import {
  grad,
  gradients,
  hessian,
  jacobian,
  jvp,
  valueAndGrad,
  vjp,
} from "../../src/autodiff/transforms.ts";
import { DTypeError } from "../../src/ops/dtype.ts";
import { UsageError } from "../../src/ops/error.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { tensor, zeros } from "../../src/values/creation.ts";
import { Random } from "../../src/values/random.ts";
import type { Tensor } from "../../src/values/tensor.ts";
import { type Value, value } from "../../src/values/value.ts";
import { assertMistake } from "../mistake.ts";

const here = import.meta.url;
const double = (numbers: number | number[] | number[][], requiresGrad = false) =>
  tensor(numbers, { dtype: "float64", requiresGrad });
const random = new Random(8);
const normal = (shape: number[]) => random.normal(shape, { dtype: "float64" });
const cube = (x: Tensor) => x.pow(3).sum();

/** Asserts that two tensors of float64 differ by rounding alone. */
function assertClose(actual: Tensor, expected: Tensor): void {
  assertEquals(actual.shape, expected.shape);
  actual.data.forEach((number, i) => assertAlmostEquals(number, expected.data[i]!, 1e-12));
}

Deno.test("grad() of grad() of grad() is the third derivative", () => {
  const first = grad((x: Tensor) => x.pow(4).sum());
  const second = grad((x: Tensor) => first(x).sum());
  const third = grad((x: Tensor) => second(x).sum());
  const fourth = grad((x: Tensor) => third(x).sum());
  const x = double([1, -2]);
  assertEquals(third(x).toArray(), [24, -48]);
  assertEquals(fourth(x).toArray(), [24, 24]);
  const ofValue = grad((x: Value) => grad((x: Value) => grad((x: Value) => x.pow(4))(x))(x));
  assertEquals(ofValue(value(-2)).data, -48);
});

Deno.test("grad() keeps nested variables apart", () => {
  // d/dx (x * d/dy (x + y)) = 1 and not 2: "perturbation confusion"
  const f = (x: Value) => x.mul(grad((y: Value) => x.add(y))(value(1)));
  assertEquals(grad(f)(value(5)).data, 1);
  // d/dx (x * d/dy (x y)) at y = x is 2x, whichever way y is given
  const g = (x: Tensor) => x.mul(grad((y: Tensor) => x.mul(y).sum())(x)).sum();
  assertEquals(grad(g)(double([3])).toArray(), [6]);
  const h = (x: Tensor) => x.mul(grad((y: Tensor) => x.mul(y).sum())(double([7]))).sum();
  assertEquals(grad(h)(double([3])).toArray(), [6]);
});

Deno.test("grad() takes and returns nested objects and passes on further arguments", () => {
  class Line {
    constructor(readonly m: Tensor, readonly b: Tensor, readonly name = "line") {}
    at(x: Tensor): Tensor {
      return x.mul(this.m).add(this.b);
    }
  }
  const loss = (line: Line, x: Tensor, scale: number) => line.at(x).sum().mul(scale);
  const gradient = grad(loss)(new Line(double(2), double(1)), double([1, 2]), 10);
  assert(gradient instanceof Line);
  assertEquals([gradient.m.item(), gradient.b.item(), gradient.name], [30, 20, "line"]);
});

Deno.test("grad() gives zeros where the result does not depend on an input", () => {
  const gradient = grad(({ a }: { a: Tensor; b: Tensor }) => a.sum())({
    a: double([1]),
    b: double([[1, 2]]),
  });
  assertEquals(gradient.b.toArray(), [[0, 0]]);
});

Deno.test("valueAndGrad() returns both, the value as it was", () => {
  const [loss, gradient] = valueAndGrad(cube)(double([1, 2]));
  assertEquals(loss.item(), 9);
  assertEquals(gradient.toArray(), [3, 12]);
});

Deno.test("derivatives of plain tensors remember nothing", () => {
  const x = double([1, 2]);
  const [loss, gradient] = valueAndGrad(cube)(x);
  const [y, dy] = jvp(cube, [x], [x]);
  const [z, pullback] = vjp(cube, x);
  const results = [
    loss,
    gradient,
    y,
    dy,
    z,
    pullback(double(1)),
    jacobian((x: Tensor) => x.square())(x),
    hessian(cube)(x),
  ];
  for (const result of results) {
    assertStrictEquals(result.origin, null);
    assertEquals(result.requiresGrad, false);
  }
});

Deno.test("no history is left by a loop of updates", () => {
  let x = double([1, 2]);
  let direction = double([1, 0]);
  for (let step = 0; step < 3; step++) {
    const [loss, gradient] = valueAndGrad(cube)(x);
    direction = jvp((x: Tensor) => x.sin(), [x], [direction])[1].add(loss);
    x = x.sub(gradient.mul(0.01));
  }
  assertStrictEquals(x.origin, null);
  assertStrictEquals(direction.origin, null);
});

Deno.test("derivatives remember where an outer derivative will ask", () => {
  grad((x: Tensor) => {
    assert(grad(cube)(x).origin !== null);
    assert(jvp(cube, [double([1])], [x])[1].origin !== null);
    assert(vjp((y: Tensor) => y.mul(2), double([1]))[1](x).origin !== null);
    return x.sum();
  })(double([1]));
});

Deno.test("grad() of a function with parameters of its own can be penalised", () => {
  const w = double([[2], [3]], true);
  const x = double([[1, -1], [0.5, 2]]);
  const critic = (x: Tensor) => x.matmul(w).square().sum();
  const penalty = grad(critic)(x).square().sum(); // sum (2 (x w) w)^2
  penalty.backward();
  const expected = grad((w: Tensor) => x.matmul(w).square().sum().mul(4).mul(w.square().sum()))(
    double([[2], [3]]),
  );
  assertClose(w.grad!, expected);
});

Deno.test("valueAndGrad() keeps the way back to parameters of the function's own", () => {
  const w = double([2, 3], true);
  const [loss] = valueAndGrad((x: Tensor) => x.mul(w).sum())(double([5, 7]));
  loss.backward();
  assertEquals(w.grad!.toArray(), [5, 7]);
});

Deno.test("grad() goes through an update that another grad() made", () => {
  // y = x - r f'(x) with f = x^3: d/dr y^2 = -2 y f'(x), d/dx y^2 = 2 y (1 - r 6 x)
  const after = ({ x, rate }: { x: Tensor; rate: Tensor }) =>
    x.sub(grad(cube)(x).mul(rate)).square().sum();
  const gradient = grad(after)({ x: double([2]), rate: double(0.1) });
  const y = 2 - 0.1 * 12;
  assertAlmostEquals(gradient.rate.item(), -2 * y * 12, 1e-12);
  assertAlmostEquals(gradient.x.item(), 2 * y * (1 - 0.1 * 12), 1e-12);
});

Deno.test("grad() works inside noGrad(), also by tensors that require a gradient", () => {
  const w = double([1, 2], true);
  const gradient = noGrad(() => grad(cube)(w));
  assertEquals(gradient.toArray(), [3, 12]);
  assertStrictEquals(gradient.origin, null);
  assertEquals(noGrad(() => grad((x: Value) => x.square())(value(3))).data, 6);
});

Deno.test("grad() and jvp() take Values without a history", () => {
  const plain = value(3).detach();
  assertEquals(grad((x: Value) => x.square())(plain).data, 6);
  assertEquals(jvp((x: Value) => x.square(), [plain], [value(2)])[1].data, 12);
});

Deno.test("gradients() differentiates by leaves and by what lies between, again and again", () => {
  const x = value(2);
  const y = x.square();
  const z = y.square();
  const [byY, byX, byOther] = gradients(z, [y, x, value(1)]);
  assertEquals([byY.data, byX.data, byOther.data], [8, 32, 0]);
  assertEquals(gradients(byX, [x])[0].data, 48);
  assertEquals(gradients(gradients(byX, [x])[0], [x])[0].data, 48);
});

Deno.test("vjp() pulls cotangents back, of several inputs and nested results", () => {
  const a = double([1, 2]);
  const b = double([3, 4]);
  const f = (a: Tensor, b: Tensor) => ({ product: a.mul(b), sum: [a.add(b).sum()] });
  const [result, pullback] = vjp(f, a, b);
  assertEquals(result.product.toArray(), [3, 8]);
  const [byA, byB] = pullback({ product: double([1, 10]), sum: [double(100)] });
  assertEquals(byA.toArray(), [103, 140]);
  assertEquals(byB.toArray(), [101, 120]);
});

Deno.test("vjp() can be differentiated by its cotangent", () => {
  const [, pullback] = vjp((x: Tensor) => x.square(), double([3, 4]));
  const byCotangent = grad((u: Tensor) => pullback(u).square().sum());
  assertEquals(byCotangent(double([1, 1])).toArray(), [2 * 36, 2 * 64]);
});

Deno.test("jvp() and vjp() are each other's transpose", () => {
  const f = (x: Tensor, w: Tensor) => x.matmul(w).tanh().softmax().mul(w.sum(0).exp());
  const [x, w] = [normal([3, 4]), normal([4, 2])];
  const [tx, tw] = [normal([3, 4]), normal([4, 2])];
  const u = normal([3, 2]);
  const forwards = jvp(f, [x, w], [tx, tw])[1].mul(u).sum().item();
  const [gx, gw] = vjp(f, x, w)[1](u);
  assertAlmostEquals(forwards, gx.mul(tx).sum().item() + gw.mul(tw).sum().item(), 1e-12);
});

Deno.test("jvp() can be differentiated by its inputs and its tangents", () => {
  const x = double([0.3, 0.7]);
  const t = double([2, -1]);
  const sine = (x: Tensor) => x.sin();
  const byInput = grad((x: Tensor) => jvp(sine, [x], [t])[1].sum())(x);
  assertClose(byInput, x.sin().mul(t).neg());
  const byTangent = grad((t: Tensor) => jvp(sine, [x], [t])[1].sum())(t);
  assertClose(byTangent, x.cos());
});

Deno.test("jvp() of grad() is the Hessian times a vector", () => {
  const f = (x: Tensor) => x.prod().add(x.sin().square().sum());
  const x = normal([4]);
  const v = normal([4]);
  assertClose(jvp(grad(f), [x], [v])[1], hessian(f)(x).matmul(v));
});

Deno.test("jvp() gives zeros where the result does not depend on the input", () => {
  const [, dy] = jvp((_: Tensor) => double([1, 2]), [double([1])], [double([1])]);
  assertEquals(dy.toArray(), [0, 0]);
});

Deno.test("jacobian() has the output's axes and then the input's", () => {
  const a = normal([2, 3]);
  const J = jacobian((x: Tensor) => a.matmul(x))(normal([3, 2]));
  assertEquals(J.shape, [2, 2, 3, 2]);
  for (const [i, j, k, l] of [[0, 0, 1, 0], [1, 0, 2, 0], [1, 1, 0, 0]] as const) {
    const expected = j === l ? a.slice([i, k]).item() : 0;
    assertEquals(J.slice([i, j, k, l]).item(), expected);
  }
  assertEquals(jacobian((x: Tensor) => x.mul(2))(double([])).shape, [0, 0]);
  assertEquals(jacobian((_: Tensor) => double([]))(double([1, 2])).shape, [0, 2]);
});

Deno.test("jacobian() nests the input's structure in the output's", () => {
  const f = ({ a, b }: { a: Tensor; b: Tensor }) => [a.mul(b), b.sum()];
  const [product, sum] = jacobian(f)({ a: double([1, 2]), b: double([3, 4]) });
  assertEquals(product.a.toArray(), [[3, 0], [0, 4]]);
  assertEquals(product.b.toArray(), [[1, 0], [0, 2]]);
  assertEquals(sum.a.toArray(), [0, 0]);
  assertEquals(sum.b.toArray(), [1, 1]);
});

Deno.test("hessian() is symmetric", () => {
  const f = (x: Tensor) => x.prod().mul(x.sum().sin()).add(x.cumsum(0).exp().sum());
  const H = hessian(f)(normal([4]));
  assertClose(H, H.transpose());
  assert(H.abs().min().item() > 0);
});

Deno.test("hessian() of the lecture's line is [[5, 3], [3, 2]]", () => {
  const x = double([1, 2]);
  const y = double([3, 5]);
  const mse = (line: Tensor) => x.mul(line.slice([0])).add(line.slice([1])).sub(y).square().mean();
  assertEquals(grad(mse)(double([-1, 5])).toArray(), [-3, -1]);
  assertEquals(hessian(mse)(double([-1, 5])).toArray(), [[5, 3], [3, 2]]);
});

Deno.test("grad() throws where there is no scalar, no float or no tensor", () => {
  assertMistake(
    here,
    () => grad((x: Tensor) => x.square())(tensor([1, 2])),
    ShapeError,
    "Cannot grad a function with a result of shape [2]: reduce it to a scalar, as in .sum(), " +
      "or use jacobian",
  );
  assertMistake(
    here,
    () => grad((x: Tensor) => x.sum().item())(tensor([1, 2])),
    UsageError,
    "Cannot grad: the function must return a scalar tensor or a Value",
  );
  assertMistake(
    here,
    () => grad(({ x }) => x.sum())({ x: tensor([1]), labels: tensor([1], { dtype: "int32" }) }),
    UsageError,
    'Cannot grad by integers or truth values at "labels": cast them, as in .cast("float32")',
  );
  assertMistake(
    here,
    () => grad(() => tensor(1))({ learningRate: 0.1 }),
    UsageError,
    "Cannot grad: there is no tensor to differentiate by",
  );
});

Deno.test("gradients() throws for a result that is no scalar", () => {
  const w = tensor([1, 2], { requiresGrad: true });
  assertMistake(
    here,
    () => gradients(w.square(), [w]),
    ShapeError,
    "Cannot differentiate a function with a result of shape [2]: reduce it to a scalar, as in " +
      ".sum(), or use jacobian",
  );
});

Deno.test("vjp() and jvp() throw where a cotangent or tangent does not fit", () => {
  const x = tensor([1, 2]);
  const square = (x: Tensor) => x.square();
  assertMistake(
    here,
    () => vjp(square, x)[1](tensor([1])),
    ShapeError,
    "Cannot vjp a cotangent of shape [1]: the result has shape [2]",
  );
  assertMistake(
    here,
    () => jvp(square, [x], [tensor([[1, 2]])]),
    ShapeError,
    "Cannot jvp along a tangent of shape [1, 2]: the input has shape [2]",
  );
  assertMistake(
    here,
    () => jvp((a: Tensor, b: Tensor) => a.add(b), [x, x], [x] as unknown as [Tensor, Tensor]),
    UsageError,
    'Cannot jvp: there is nothing at "[1]" to go with the other',
  );
});

Deno.test("jacobian() and hessian() throw for Values", () => {
  assertMistake(
    here,
    () => hessian((x: Value) => x.square())(value(1)),
    UsageError,
    "Cannot jacobian a function that returns a Value: use gradients",
  );
});

/** The derivatives of `f` by `a` and `b` in turn, at two numbers. */
function mixed(
  f: (a: Tensor, b: Tensor) => Tensor,
  order: string,
  [a, b]: [number, number],
): number {
  const nested = [...order].reduce<(x: Tensor, y: Tensor) => Tensor>(
    (inner, by) =>
      by === "a"
        ? (a, b) => grad((a: Tensor) => inner(a, b))(a)
        : (a, b) => grad((b: Tensor) => inner(a, b))(b),
    f,
  );
  return nested(double(a), double(b)).item();
}

Deno.test("pow() has right mixed derivatives at exponents where one of them vanishes", () => {
  const pow = (a: Tensor, b: Tensor) => a.pow(b);
  const at = [ // known in closed form, with l = log 2
    ["ab", 0, 0.5],
    ["ba", 0, 0.5],
    ["aab", 1, 0.5],
    ["aba", 1, 0.5],
    ["baa", 1, 0.5],
    ["aaab", 2, 1],
    ["bba", 0, Math.LN2],
    ["aabb", 0, 2 * (1 - Math.LN2) / 4],
  ] as const;
  for (const [order, exponent, expected] of at) {
    assertAlmostEquals(
      mixed(pow, order, [2, exponent]),
      expected,
      1e-14,
      `${order} at ${exponent}`,
    );
    const [a, b] = [value(2, "a"), value(exponent, "b")];
    const along = [...order].reduce<Value>(
      (derivative, by) => gradients(derivative, [by === "a" ? a : b])[0],
      a.pow(b),
    );
    assertAlmostEquals(along.data, expected, 1e-14, `Values, ${order} at ${exponent}`);
  }
  const bases = tensor([0, 1e-40, -1e-40, NaN, Infinity, 3]);
  assertEquals(grad((a: Tensor) => a.pow(zeros([6])).sum())(bases).toArray(), [0, 0, 0, 0, 0, 0]);
});

Deno.test("jvp() and vjp() take functions with results that have no derivative", () => {
  const x = double([1, 3, 2]);
  const largest = (x: Tensor) => x.topK(2);
  const [[values, places], [along, nowhere]] = jvp(largest, [x], [double([1, 10, 100])]);
  assertEquals([values!.toArray(), places!.toArray()], [[3, 2], [1, 2]]);
  assertEquals([along!.toArray(), nowhere!.toArray()], [[10, 100], [0, 0]]);
  assertEquals(nowhere!.dtype, "int32");
  const [, pullback] = vjp(largest, x);
  assertEquals(pullback([double([1, 2]), tensor([7, 7])] as const).toArray(), [0, 1, 2]);
});

Deno.test("jvp() and vjp() throw a DTypeError for another kind", () => {
  const f = (x: Tensor) => x.add(1);
  const whole = tensor([1], { dtype: "int32" });
  assertMistake(
    here,
    () => vjp(f, double([1]))[1](whole),
    DTypeError,
    "Cannot vjp a cotangent of kind int32: the result is float64",
  );
  assertMistake(
    here,
    () => jvp(f, [double([1])], [tensor([1])]),
    DTypeError,
    "Cannot jvp along a tangent of kind float32: the input is float64",
  );
});

Deno.test("gradients() throws for sources that nothing was recorded of", () => {
  const [w, x, other] = [double([1, 2], true), double([3, 4]), double([5, 6])];
  const result = w.mul(x).sum();
  assertEquals(gradients(result, [w, x])[1].toArray(), [1, 2]); // it was recorded with the other
  assertMistake(
    here,
    () => gradients(result, [w, other]),
    UsageError,
    "Cannot differentiate by source 1, of shape [2]: nobody has recorded what is computed from it, " +
      "make it with requiresGrad",
  );
  assertMistake(
    here,
    () => gradients(result, [3 as unknown as Tensor]),
    UsageError,
    "Cannot differentiate by 3: source 0 is no tensor or Value",
  );
  assertEquals(gradients(result, [w, double([5], true)])[1].toArray(), [0]);
});

Deno.test("a function that reads its argument by another way is a mistake, not a zero", () => {
  const message =
    "Cannot differentiate by a leaf of shape [2]: the function reads it from outside, " +
    "though it is among its arguments. A function that is kept in a field reads the object that it " +
    "was made in: write a method";
  class Arrow {
    w = double([1, 2], true);
    forward = () => this.w.square().sum();
  }
  const model = new Arrow();
  const forward = (model: Arrow) => model.forward();
  assertMistake(here, () => valueAndGrad(forward)(model), UsageError, message);
  assertMistake(here, () => jvp(forward, [model], [model]), UsageError, message);
});

Deno.test("what is constant to one transform may be the argument of another", () => {
  const x = double([1, 2], true);
  const self = (x: Tensor) => grad((_: Tensor) => x.square().sum())(x); // of a constant
  assertEquals(grad((x: Tensor) => x.mul(self(x).add(1)).sum())(x).toArray(), [1, 1]);
  assertEquals(grad((_: Tensor) => x.square().sum())(x).toArray(), [0, 0]);
  assertEquals(grad((y: Tensor) => x.mul(y.detach()).sum())(x).toArray(), [0, 0]);
  assertEquals(grad((y: Tensor) => y.mul(x).sum())(x).toArray(), [1, 2]);
  assertEquals(grad((y: Tensor) => y.argmax().cast("float64"))(x).toArray(), [0, 0]);
  const blocks = jacobian((y: Tensor) => ({ twice: y.mul(2), same: x }))(x);
  assertEquals(blocks.twice.toArray(), [[2, 0], [0, 2]]);
  assertEquals(blocks.same.toArray(), [[0, 0], [0, 0]]);
  const [a, b] = [value(2, "a"), value(3, "b")];
  assertEquals(grad((y: Value) => y.mul(grad((_: Value) => y)(y)).add(b))(a).data, 0);
});

Deno.test("vjp() and jvp() tell a Value from a tensor", () => {
  const f = (x: Tensor) => x.square().sum();
  const other = value(1) as unknown as Tensor;
  const message = "of kind a Value: the result is float64";
  assertThrows(() => vjp(f, double([1]))[1](other), DTypeError, message);
  assertThrows(() => jvp(f, [double(1)], [other]), DTypeError, "of kind a Value: the input is");
});

Deno.test("jacobian() and what jvp() returns can be differentiated further", () => {
  const cubes = (x: Tensor) => x.pow(3);
  const x = tensor([1, 2]);
  const ofJacobian = grad((x: Tensor) => jacobian(cubes)(x).square().sum()); // of 9 x^4
  assertEquals(ofJacobian(x).toArray(), [36, 288]);
  const ofResult = grad((x: Tensor) => jvp(cubes, [x], [x])[0].sum());
  assertEquals(ofResult(x).toArray(), [3, 12]);
  const ofTangent = grad((x: Tensor) => jvp(cubes, [x], [x])[1].sum()); // of 3 x^3
  assertEquals(ofTangent(x).toArray(), [9, 36]);
});

Deno.test("transforms say what they were given, and no place where there is none", () => {
  const f = (x: Tensor) => x.sum();
  const whole = tensor([1, 2], { dtype: "int32" });
  assertThrows(
    () => grad(f)(whole),
    UsageError,
    "Cannot grad by integers or truth values: cast them",
  );
  const x = tensor([1, 2]);
  assertThrows(
    () => jvp(f, [x], x as never),
    UsageError,
    "both are arrays, one entry for each input",
  );
});

Deno.test("jvp() gives each result its own tangent where the first has none", () => {
  const f = (x: Tensor) => [x.greater(0), x.mul(2)] as const;
  const [, [ofTruth, ofProduct]] = jvp(f, [tensor([1, -1])], [tensor([1, 10])]);
  assertEquals(ofTruth.data.length, 2);
  assertEquals([...ofTruth.data].map(Number), [0, 0]);
  assertEquals(ofProduct.toArray(), [2, 20]);
});
