import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { grad, gradients } from "../../src/autodiff/transforms.ts";
import { compile } from "../../src/compile/compile.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { tensor, zeros } from "../../src/values/creation.ts";
import { Random } from "../../src/values/random.ts";
import { Tensor } from "../../src/values/tensor.ts";
import { type Value, value } from "../../src/values/value.ts";
import { assertMistake } from "../mistake.ts";

const double = (numbers: number | number[]) => tensor(numbers, { dtype: "float64" });

/** The derivative of a scalar function at a number, by tensors; Values must agree. */
function slope(f: (x: Value) => Value, x: number): number {
  const ofTensor = grad((x: Tensor) => f(x as unknown as Value))(double(x)).item();
  assertEquals(grad(f)(value(x)).data, ofTensor);
  return ofTensor;
}

Deno.test("add() throws ShapeError where shapes do not broadcast, at the user's line", () => {
  assertMistake(
    import.meta.url,
    () => zeros([5, 4]).add(zeros([3])),
    ShapeError,
    "Cannot add [5, 4] and [3]: axis -1 has lengths 4 and 3",
  );
});

Deno.test("maximum() and minimum() give each side half of the derivative on a tie", () => {
  for (const name of ["maximum", "minimum"] as const) {
    const [a, b] = [value(2), value(2)];
    const [da, db] = gradients(a[name](b), [a, b]);
    assertEquals([da.data, db.data], [0.5, 0.5]);
  }
  assertEquals(slope((x) => x.maximum(x), 3), 1);
});

Deno.test("derivatives at a kink are those of PyTorch", () => {
  assertEquals(slope((x) => x.abs(), 0), 0);
  assertEquals(slope((x) => x.relu(), 0), 0);
  assertEquals(slope((x) => x.leakyRelu(0.2), 0), 0.2);
  assertEquals(slope((x) => x.elu(1.5), 0), 1.5);
  assertEquals(slope((x) => x.clamp(0, 1), 0), 1);
  assertEquals(slope((x) => x.clamp(0, 1), 1), 1);
  assertEquals(slope((x) => x.hardtanh(), 1), 0);
  assertEquals(slope((x) => x.relu6(), 6), 0);
});

Deno.test("pow() has derivative 0 by x in x^0, also at 0 and at infinity", () => {
  assertEquals(slope((x) => x.pow(0), 0), 0);
  assertEquals(slope((x) => x.pow(0), Infinity), 0);
  assertEquals(slope((x) => x.pow(1), 0), 1);
  assertEquals(slope((x) => x.pow(2), 0), 0);
  assertEquals(grad((x: Value) => grad((x: Value) => x.pow(2))(x))(value(0)).data, 2);
  assertEquals(slope((x) => x.pow(0.5), 0), Infinity);
});

Deno.test("pow() has derivative 0 by y in 0^y, and that of negative bases is NaN only by y", () => {
  for (const exponent of [0, 0.5, 1, 2]) {
    const y = value(exponent);
    assertEquals(gradients(value(0).pow(y), [y])[0].data, 0);
  }
  assertEquals(slope((x) => x.pow(3), -2), 12);
  const [x, y] = [value(-2), value(3)];
  const [byX, byY] = gradients(x.pow(y), [x, y]);
  assertEquals([byX.data, byY.data], [12, NaN]);
});

Deno.test("sqrt() of a square has no derivative at 0, where abs() has 0", () => {
  assertEquals(slope((x) => x.square().sqrt(), 0), NaN);
  assertEquals(slope((x) => x.sqrt(), 0), Infinity);
  assertEquals(slope((x) => x.abs(), 0), 0);
});

Deno.test("where() keeps NaN of the side not taken out of the value, not of the derivative", () => {
  // 0 * infinity is NaN: as in JAX and PyTorch, what is not taken must be made harmless before
  const careless = (x: Tensor) => x.log().where(x.greater(0), 0).sum();
  assertEquals(careless(double([0, 1])).item(), 0);
  assertEquals(grad(careless)(double([0, 1])).toArray(), [NaN, 1]);
  const careful = (x: Tensor) => {
    const isPositive = x.greater(0);
    return x.where(isPositive, 1).log().where(isPositive, 0).sum();
  };
  assertEquals(grad(careful)(double([0, 1])).toArray(), [0, 1]);
});

Deno.test("derivatives of activation functions stay finite at extremes", () => {
  const limits: [string, (x: Value) => Value, atMinus: number, atPlus: number][] = [
    ["tanh", (x) => x.tanh(), 0, 0],
    ["sigmoid", (x) => x.sigmoid(), 0, 0],
    ["logSigmoid", (x) => x.logSigmoid(), 1, 0],
    ["softplus", (x) => x.softplus(), 0, 1],
    ["softplus of 3x", (x) => x.softplus(3), 0, 1],
    ["softsign", (x) => x.softsign(), 1 / 1001 ** 2, 1 / 1001 ** 2],
    ["elu", (x) => x.elu(), 0, 1],
    ["selu", (x) => x.selu(), 0, 1.0507009873554805],
    ["gelu", (x) => x.gelu(), 0, 1],
    ["gelu by tanh", (x) => x.gelu("tanh"), 0, 1],
    ["silu", (x) => x.silu(), 0, 1],
    ["mish", (x) => x.mish(), 0, 1],
    ["erf", (x) => x.erf(), 0, 0],
    ["hardSwish", (x) => x.hardSwish(), 0, 1],
    ["hardSigmoid", (x) => x.hardSigmoid(), 0, 0],
    ["logaddexp", (x) => x.logaddexp(0), 0, 1],
  ];
  for (const [name, f, atMinus, atPlus] of limits) {
    for (const [x, expected] of [[-1000, atMinus], [1000, atPlus]] as const) {
      assertAlmostEquals(slope(f, x), expected, 1e-12, `${name} at ${x}`);
      const second = grad((x: Value) => grad(f)(x))(value(x)).data;
      assert(Math.abs(second) < 1e-8, `the second derivative of ${name} at ${x} is ${second}`);
    }
  }
});

Deno.test("activation functions are what their definitions say", () => {
  for (const number of [-2.5, -0.3, 0.4, 3.5]) {
    const x = value(number);
    const definitions: [Value, number][] = [
      [x.elu(), number > 0 ? number : Math.exp(number) - 1],
      [x.leakyRelu(), number > 0 ? number : number / 100],
      [x.softsign(), number / (1 + Math.abs(number))],
      [x.relu6(), Math.min(Math.max(number, 0), 6)],
      [x.silu(), number / (1 + Math.exp(-number))],
      [x.mish(), number * Math.tanh(Math.log(1 + Math.exp(number)))],
      [x.logSigmoid(), -Math.log(1 + Math.exp(-number))],
      [x.softplus(2), Math.log(1 + Math.exp(2 * number)) / 2],
      [x.hardSigmoid(), Math.min(Math.max(number / 6 + 0.5, 0), 1)],
      [x.hardSwish(), number * Math.min(Math.max(number + 3, 0), 6) / 6],
      [
        x.gelu("tanh"),
        number / 2 *
        (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (number + 0.044715 * number ** 3))),
      ],
      [x.lerp(10, 0.25), number + 0.25 * (10 - number)],
    ];
    for (const [actual, expected] of definitions) assertAlmostEquals(actual.data, expected, 1e-14);
  }
  assertAlmostEquals(value(1).gelu().data, 0.8413447460685429, 1e-15);
  assertAlmostEquals(value(-1).selu().data, -1.1113307378125625, 1e-15);
});

Deno.test("comparisons and logic make truth values of tensors, and 0 and 1 of Values", () => {
  assertEquals(tensor([1, 2, 3]).greaterEqual(2).toArray(), [false, true, true]);
  assertEquals(tensor([true, false]).logicalNot().toArray(), [false, true]);
  assertEquals(tensor([true, true]).logicalXor(tensor([true, false])).toArray(), [false, true]);
  assertEquals([value(1).less(2).data, value(1).equal(2).data], [1, 0]);
  assertEquals(value(5).where(value(1), 7).data, 5);
  assertEquals(value(5).where(value(0), 7).data, 7);
});

Deno.test("products of whole numbers wrap around in 32 bits, exactly, and the same everywhere", () => {
  const random = new Random(3);
  const draw = () => Int32Array.from({ length: 700 }, () => random.bits());
  const [a, b] = [tensor(draw()), tensor(draw())];
  const exact = (x: number, y: number) => Number(BigInt.asIntN(32, BigInt(x) * BigInt(y)));
  const products = Array.from(a.data, (x, i) => exact(x, b.data[i]!));
  const squares = Array.from(a.data, (x) => exact(x, x));
  const f = (a: Tensor, b: Tensor) => [a.mul(b), a.square()] as const;
  const few = [a.slice([{ stop: 9 }]), b.slice([{ stop: 9 }])] as const; // by plain code
  for (const run of [f, compile(f), compile(f, { backend: "reference" })]) {
    assertEquals(run(a, b).map((x) => x.toArray()), [products, squares]);
    assertEquals(run(...few).map((x) => x.toArray()), [products.slice(0, 9), squares.slice(0, 9)]);
  }
});

Deno.test("0 to a negative power has an infinite derivative by the power", () => {
  const exponent = tensor([-1], { dtype: "float64", requiresGrad: true });
  tensor([0], { dtype: "float64" }).pow(exponent).sum().backward();
  assertEquals(exponent.grad!.toArray(), [-Infinity]);
});

Deno.test("derivatives towards the ends of a domain lose nothing to cancellation", () => {
  const distance = 2 ** -40;
  const x = tensor([1 - distance], { dtype: "float64", requiresGrad: true });
  x.atanh().sum().backward();
  assertAlmostEquals(x.grad!.item() * distance * (2 - distance), 1, 1e-13);
});
