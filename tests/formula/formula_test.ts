import { assert, assertEquals, assertThrows } from "@std/assert";
import { grad, gradients } from "../../src/autodiff/transforms.ts";
import { formula } from "../../src/formula/formula.ts";
import { UsageError } from "../../src/ops/error.ts";
import { tensor } from "../../src/values/creation.ts";
import { type Value, value } from "../../src/values/value.ts";

const x = value(0.5, "x");
const y = value(2, "y");
const z = value(-1.5, "z");
const rate = value(3, "rate");

function assertPrints(rows: readonly (readonly [Value, string])[]): void {
  for (const [value, expected] of rows) assertEquals(formula(value), expected);
}

function lecture() {
  const m = value(-1, "m");
  const b = value(5, "b");
  let sum = value(0);
  for (const [x, y] of [[1, 3], [2, 5]] as const) sum = sum.add(m.mul(x).add(b).sub(y).square());
  return { m, b, mse: sum.div(2) };
}

Deno.test("formula() prints the lecture's error and its derivatives", () => {
  const { m, b, mse } = lecture();
  const [dm, db] = gradients(mse, [m, b]);
  assertPrints([
    [mse, "2.5m^2 + 3mb + b^2 - 13m - 8b + 17"],
    [dm, "5m + 3b - 13"],
    [db, "3m + 2b - 8"],
    [gradients(dm, [b])[0], "3"],
  ]);
});

Deno.test("formula() prints a polynomial in graded lexicographic order", () => {
  const b = value(1, "b");
  const a = value(1, "a"); // made later, so it stands behind b
  assertPrints([
    [a.add(b).pow(3), "b^3 + 3b^2a + 3ba^2 + a^3"],
    [a.add(1).mul(b.add(2)), "ba + b + 2a + 2"],
    [a.pow(4).neg().add(b).add(3), "-a^4 + b + 3"],
    [a.add(b).square().mul(rate).sub(b.pow(5)), "-b^5 + rate * b^2 + 2 rate * ba + rate * a^2"],
  ]);
});

Deno.test("formula() treats every arithmetic operation of constants and variables as such", () => {
  assertPrints([
    [x.sub(y).neg(), "-x + y"],
    [x.add(1).square(), "x^2 + 2x + 1"],
    [x.add(1).div(4), "0.25x + 0.25"],
    [x.add(1).pow(2).sub(x.square()), "2x + 1"],
    [x.pow(0), "1"],
    [x.asVariable().stopGradient().mul(x), "x^2"],
    [x.mul(value(3)).add(value(2).square()), "3x + 4"],
    [x.mul(value(2).exp().log().sqrt().square()), "2x"],
    [x.add(rate.detach()), "x + 3"],
    [x, "x"],
    [value(7), "7"],
    [value(-7.5), "-7.5"],
  ]);
});

Deno.test("formula() prints 0 where everything cancels", () => {
  assertPrints([
    [value(0), "0"],
    [x.sub(x), "0"],
    [x.mul(0), "0"],
    [x.mul(0.1).add(x.mul(0.2)).sub(x.mul(0.3)), "0"],
    [x.tanh().sub(x.tanh()), "0"],
    [x.mul(2).sqrt().sub(x.mul(2).sqrt()).exp(), "1"],
  ]);
});

Deno.test("formula() prints numbers in the digits that rounding leaves certain", () => {
  const tenth = value(0.1);
  const sum = Array.from({ length: 10 }, () => tenth).reduce((sum, next) => sum.add(next));
  assertPrints([
    [x.mul(0.1).add(x.mul(0.2)), "0.3x"],
    [x.mul(sum), "x"],
    [x.div(3), "0.3333333333333333x"],
    [x.div(3).add(x.div(3)).add(x.div(3)), "x"],
    [x.mul(123456.78901234567), "123456.78901234567x"],
    [x.mul(1e13).add(x).sub(x.mul(1e13)), "x"],
    [x.mul(1e10).add(x.mul(0.1)).sub(x.mul(1e10)), "0.1x"],
    [x.mul(2 ** 53), "9007199254740992x"],
    [x.mul(1e-7), "1e-7 * x"],
    [x.pow(1e21), "x^(1e21)"],
    [x.mul(2.5e21).add(1e300), "2.5e21 * x + 1e300"],
    [x.tanh().mul(0.1).add(x.tanh().mul(0.2)).exp(), "exp(0.3tanh(x))"],
  ]);
});

Deno.test("formula() prints exponents and constants of derivatives without the noise of rounding", () => {
  const derivative = (f: Value, order: number): Value =>
    order === 0 ? f : derivative(gradients(f, [x])[0], order - 1);
  assertPrints([
    [derivative(x.pow(1.3), 1), "1.3x^0.3"],
    [derivative(x.pow(2.2), 1), "2.2x^1.2"],
    [derivative(x.pow(2.2), 2), "2.64x^0.2"],
    [derivative(x.pow(2.2), 3), "0.528 / x^0.8"],
    [derivative(x.pow(2.2), 4), "-0.4224 / x^1.8"],
    [derivative(x.pow(3.3), 3), "9.867x^0.3"],
    [derivative(x.pow(1 / 3), 1), "0.3333333333333333 / x^0.6666666666666667"],
    [derivative(x.atan2(0.1), 1), "0.1 / (x^2 + 0.01)"],
    [x.mul(0.1 + 0.2), "0.3x"],
    [x.mul(0.0040000000000002).add(1.000000000000001), "0.0040000000000002x + 1.000000000000001"],
    [x.mul(1.2345678901234567e-17), "1.2345678901234567e-17 * x"],
    [x.pow(1 / 7), "x^0.14285714285714285"],
  ]);
});

Deno.test("formula() prints what is no number readably", () => {
  assertPrints([
    [x.mul(NaN), "NaN * x"],
    [x.mul(Infinity).add(-Infinity), "Infinity * x - Infinity"],
    [value(1).div(0), "Infinity"],
    [value(0).mul(Infinity), "NaN"],
    [x.div(0), "x / 0"],
    [x.add(1).div(0), "(x + 1) / 0"],
  ]);
});

Deno.test("formula() leaves unexpanded what would have numbers beyond all doubles", () => {
  const tiny = x.mul(1e-200);
  let average = x;
  for (let i = 0; i < 2000; i++) average = average.mul(0.5).add(1);
  assertPrints([
    [average, "2"],
    [x.add(1e80).pow(4), "(x + 1e80)^4"],
    [x.sub(100).pow(200), "(x - 100)^200"],
    [tiny.mul(1e-200), "1e-200 * (1e-200 * x)"],
    [tiny.mul(1e-200).mul(1e200), "1e-200 * x"],
    [tiny.add(y).square(), "2e-200 * xy + y^2"],
    [tiny.add(y.mul(1e-170)).square(), "(1e-200 * x + 1e-170 * y)^2"],
    [tiny.mul(y.mul(1e-200)), "(1e-200 * x) * (1e-200 * y)"],
    [tiny.square(), "(1e-200 * x)^2"],
    [x.div(1e200).div(1e200), "1e-200 * (1e-200 * x)"],
    [x.div(1e-320), "x / (1e-320)"],
    [x.mul(1e308).add(x.mul(1e308)), "2(1e308 * x)"],
    [x.mul(1e308).add(x.mul(1e308)).div(2), "1e308 * x"],
    [value(1e-200).mul(1e-200).add(x), "x"],
    [x.mul(Infinity).mul(2), "Infinity * x"],
  ]);
});

Deno.test("formula() sets names of several letters apart", () => {
  const e1 = value(1, "e1");
  const [x1, w1] = [value(1, "x1"), value(1, "w1")];
  assertPrints([
    [rate.mul(2).mul(z), "2z * rate"],
    [rate.mul(2), "2 rate"],
    [rate.mul(2).mul(e1), "2 rate * e1"],
    [rate.square().mul(x1), "rate^2 * x1"],
    [rate.mul(x.pow(2)).mul(y).mul(-3), "-3x^2y * rate"],
    [x1.mul(w1).mul(2), "2x1w1"],
    [e1.mul(2), "2 * e1"],
    [x.square().mul(e1), "x^2 * e1"],
    [x.mul(e1.square()).mul(y), "xye1^2"],
    [value(1, "w_1").mul(2).mul(value(1, "w_2")), "2 w_1 * w_2"],
    [value(1, "Δ").mul(value(1, "θ2")).mul(2), "2Δθ2"],
  ]);
});

Deno.test("formula() puts names that are no words in brackets, without control characters", () => {
  const [sum, twice] = [value(1, "a + b"), value(1, "2x")];
  assertPrints([
    [sum.mul(2), "2(a + b)"],
    [sum.mul(x).add(sum), "x * (a + b) + (a + b)"],
    [sum.square(), "(a + b)^2"],
    [twice.mul(3).tanh(), "tanh(3(2x))"],
    [value(1, "learning rate").mul(x), "x * (learning rate)"],
    [value(1, "layer.0").mul(2), "2 layer.0"],
    [value(1, "\x1b[31mred\n\u2028").mul(x), "x * ([31mred)"],
    [value(7, "\x07").mul(x), "7x"],
    [value(1, "a").add(value(1, "a\r")), "a + a_2"],
  ]);
});

Deno.test("formula() tells different variables of the same name apart", () => {
  const [first, second, third] = [value(1, "a"), value(2, "a_2"), value(3, "a")];
  assertPrints([
    [first.add(second).add(third).add(third), "a + a_2 + 2 a_3"],
    [third.mul(2), "2a"],
    [value(1, "").add(x), "x + 1"],
  ]);
});

Deno.test("formula() prints a neuron", () => {
  const [x1, w1, x2, w2, b] = ["x1", "w1", "x2", "w2", "b"].map((name) => value(1, name));
  const neuron = x1!.mul(w1!).add(x2!.mul(w2!)).add(b!).tanh();
  assertPrints([[neuron, "tanh(x1w1 + x2w2 + b)"]]);
});

Deno.test("formula() prints functions with as few brackets as needed", () => {
  assertPrints([
    [x.exp(), "exp(x)"],
    [x.sqrt(), "sqrt(x)"],
    [x.sin().mul(x.cos()), "sin(x) * cos(x)"],
    [x.mul(2).mul(x.log()), "2x * log(x)"],
    [x.tanh().square().mul(2).sub(1), "2tanh(x)^2 - 1"],
    [x.abs().mul(2), "2|x|"],
    [x.abs().sub(1).abs(), "abs(|x| - 1)"],
    [x.maximum(y).add(x.minimum(1)), "max(x, y) + min(x, 1)"],
    [x.relu(), "relu(x)"],
    [x.leakyRelu(0.2), "leakyRelu(x, 0.2)"],
    [x.clamp(0, 1), "clamp(x, 0, 1)"],
    [x.clamp(0), "max(x, 0)"],
    [x.clamp(null, 1), "min(x, 1)"],
    [x.clamp(), "x"],
    [x.pow(y), "x^y"],
    [x.add(1).pow(y.add(1)), "(x + 1)^(y + 1)"],
    [x.pow(y).pow(z), "(x^y)^z"],
    [x.pow(y).square(), "(x^y)^2"],
    [x.exp().pow(y.neg()), "exp(x)^(-y)"],
    [x.pow(0.5).mul(y), "x^0.5 * y"],
    [x.pow(0.1).pow(3).mul(x.pow(0.1)).mul(x.pow(0.2)), "x^0.6"],
    [x.pow(2).pow(0.5), "(x^2)^0.5"],
    [x.mul(2).pow(0.5), "(2x)^0.5"],
    [x.exp2().mul(3), "3 * 2^x"],
    [x.atan2(y.neg()), "atan2(x, -y)"],
  ]);
});

Deno.test("formula() prints comparisons and choices", () => {
  const isPositive = x.greater(0);
  assertPrints([
    [isPositive, "x > 0"],
    [x.add(1).lessEqual(y), "x + 1 <= y"],
    [isPositive.mul(3), "3(x > 0)"],
    [isPositive.sub(y.less(1)), "(x > 0) - (y < 1)"],
    [isPositive.equal(y.greaterEqual(0)), "(x > 0) == (y >= 0)"],
    [isPositive.logicalAnd(y.notEqual(1)).logicalAnd(z.less(0)), "x > 0 and y != 1 and z < 0"],
    [isPositive.logicalOr(y.less(1)).logicalAnd(z.less(0)), "(x > 0 or y < 1) and z < 0"],
    [isPositive.logicalXor(z.less(0)).logicalNot(), "not(x > 0 xor z < 0)"],
    [x.where(isPositive, y.add(1)), "where(x > 0, x, y + 1)"],
    [x.where(isPositive.logicalNot(), y), "where(x > 0, y, x)"],
    [x.where(isPositive, x), "x"],
    [x.where(value(1), y), "x"],
    [x.where(value(0), y), "y"],
  ]);
});

Deno.test("formula() prints quotients with as few brackets as needed", () => {
  assertPrints([
    [x.reciprocal(), "1 / x"],
    [x.div(y.add(1)), "x / (y + 1)"],
    [x.add(1).div(y.add(2)), "(x + 1) / (y + 2)"],
    [x.add(1).neg().div(y.add(2)), "-(x + 1) / (y + 2)"],
    [x.sub(1).div(y), "(x - 1) / y"],
    [x.div(y.mul(z)), "x / (yz)"],
    [x.div(y.square()), "x / y^2"],
    [x.div(y).div(rate).mul(0.5), "0.5x / (y * rate)"],
    [x.div(y.tanh()), "x / tanh(y)"],
    [x.add(y).pow(-2), "1 / (x + y)^2"],
    [x.div(x), "1"],
    [x.add(1).div(x.add(1)), "1"],
    [x.square().add(1).div(x), "x + 1 / x"],
    [x.div(x.mul(3)).mul(3), "1"],
    [x.div(y).add(1).div(z), "x / (yz) + 1 / z"],
  ]);
});

Deno.test("formula() begins a sum with functions or quotients with a positive part", () => {
  assertPrints([
    [x.tanh().square().neg().add(1), "1 - tanh(x)^2"],
    [x.mul(y.tanh()).neg().add(x.exp()).sub(2), "exp(x) - x * tanh(y) - 2"],
    [x.tanh().square().add(1).neg(), "-tanh(x)^2 - 1"],
    [y.div(z).sub(x), "y / z - x"],
    [x.square().neg().add(1), "-x^2 + 1"],
  ]);
});

Deno.test("formula() collects like functions", () => {
  assertPrints([
    [x.tanh().add(x.tanh()), "2tanh(x)"],
    [x.add(y).tanh().sub(y.add(x).tanh().mul(3)), "-2tanh(x + y)"],
    [x.sqrt().mul(x.sqrt()).mul(x), "x * sqrt(x)^2"],
    [x.expm1().add(1).sub(x.exp()), "0"],
    [x.rsqrt().mul(x.sqrt()), "1"],
    [x.log1p().sub(x.add(1).log()), "0"],
    [x.hypot(y).sub(x.square().add(y.square()).sqrt()), "0"],
    [x.logaddexp(y), "log(exp(x) + exp(y))"],
    [x.div(49).mul(49).pow(0.5).add(x.pow(0.5)), "2x^0.5"],
  ]);
});

Deno.test("formula() collects like terms of a sum that was in brackets", () => {
  const again = x.add(1).reciprocal().reciprocal();
  assertPrints([
    [again.add(x).tanh(), "tanh(2x + 1)"],
    [x.square().pow(0.5).square().sub(x.square()).tanh(), "0"],
    [y.mul(again).sub(x.mul(y)), "y"],
    [again.pow(2).sub(x.square()), "2x + 1"],
    [x.add(1).pow(0.5).mul(x.add(1).pow(0.5)).sub(x).exp(), "2.718281828459045"],
    [x.div(x.add(y).reciprocal()).div(x.add(y)), "x"],
    [gradients(x.add(1).reciprocal().log(), [x])[0], "-1 / (x + 1)"],
    [x.add(y).pow(-1).pow(-2).sub(x.square()).tanh(), "tanh(2xy + y^2)"],
  ]);
});

Deno.test("formula() prints first and second derivatives of functions", () => {
  const derivatives = (f: Value): string[] => {
    const [first] = gradients(f, [x]);
    const [second] = gradients(first, [x]);
    return [formula(first), formula(second)];
  };
  assertEquals(derivatives(x.tanh()), ["1 - tanh(x)^2", "2tanh(x)^3 - 2tanh(x)"]);
  assertEquals(derivatives(x.sigmoid()), [
    "sigmoid(x) - sigmoid(x)^2",
    "2sigmoid(x)^3 - 3sigmoid(x)^2 + sigmoid(x)",
  ]);
  assertEquals(derivatives(x.exp()), ["exp(x)", "exp(x)"]);
  assertEquals(derivatives(y.div(x)), ["-y / x^2", "2y / x^3"]);
  assertEquals(derivatives(x.div(y)), ["1 / y", "0"]);
  assertEquals(derivatives(x.pow(3)), ["3x^2", "6x"]);
  assertEquals(derivatives(x.pow(-1.5)), ["-1.5 / x^2.5", "3.75 / x^3.5"]);
  assertEquals(derivatives(x.sqrt()), ["0.5 / sqrt(x)", "-0.25 / sqrt(x)^3"]);
  assertEquals(derivatives(x.log()), ["1 / x", "-1 / x^2"]);
  assertEquals(derivatives(x.mul(x.log())), ["log(x) + 1", "1 / x"]);
  assertEquals(derivatives(x.sin().mul(y)), ["y * cos(x)", "-y * sin(x)"]);
  assertEquals(derivatives(x.softplus()), ["sigmoid(x)", "sigmoid(x) - sigmoid(x)^2"]);
  assertEquals(derivatives(x.maximum(y)), ["where(x > y, 1, where(x == y, 0.5, 0))", "0"]);
});

Deno.test("formula() prints the derivatives of a power without what guards them against 0", () => {
  const by = (f: Value, ...variables: Value[]): Value =>
    variables.reduce((f, variable) => gradients(f, [variable])[0], f);
  const power = x.pow(y);
  assertPrints([
    [by(power, x), "y * x^(y - 1)"],
    [by(power, y), "x^y * log(x)"],
    [by(power, x, x), "y^2 * x^(y - 2) - y * x^(y - 2)"],
    [by(power, x, y), "y * x^(y - 1) * log(x) + x^(y - 1)"],
    [by(power, y, y), "x^y * log(x)^2"],
    [by(x.pow(x), x), "x * x^(x - 1) + x^x * log(x)"],
    [by(x.add(1).pow(y.mul(2)), x), "2y * (x + 1)^(2y - 1)"],
  ]);
});

Deno.test("formula() prints conditions that only look like those guards", () => {
  const isAway = x.square().greater(0).logicalOr(y.notEqual(0));
  assertPrints([
    [x.div(y).where(isAway, 0), "where(x^2 > 0 or y != 0, x / y, 0)"],
    [y.sub(2).where(isAway, 0), "where(x^2 > 0 or y != 0, y - 2, 0)"],
    [y.sub(1).where(isAway, x), "where(x^2 > 0 or y != 0, y - 1, x)"],
    [x.where(y.notEqual(0).logicalOr(z.less(0)), 1), "where(y != 0 or z < 0, x, 1)"],
  ]);
});

Deno.test("formula() prints a derivative taken inside of grad", () => {
  let printed = "";
  grad((m: Value) => {
    const [slope] = gradients(m.pow(3), [m]);
    printed = formula(slope);
    return slope;
  })(value(2, "m"));
  assertEquals(printed, "3m^2");
});

Deno.test("formula() throws UsageError for anything but a Value", () => {
  const cannot = (thing: unknown, message: string) =>
    assertThrows(() => formula(thing as Value), UsageError, message);
  cannot(tensor([1, 2]), "Cannot print the formula of a Tensor: formulas are made of Values");
  cannot(3, "Cannot print the formula of 3: formulas are made of Values");
  cannot(undefined, "Cannot print the formula of undefined: formulas are made of Values");
  cannot(null, "Cannot print the formula of null");
  cannot([x], "Cannot print the formula of an Array");
  cannot("x", 'Cannot print the formula of "x"');
  cannot(() => x, "Cannot print the formula of a function");
});

Deno.test("formula() throws UsageError for a style that it does not know", () => {
  assertThrows(
    () => formula(x, { style: "html" as "text" }),
    UsageError,
    'Cannot print a formula in style "html": the styles are "text" and "latex"',
  );
});

Deno.test("formula() prints brackets where they are needed to read it as it is meant", () => {
  const [x, y, z] = [value(2, "x"), value(3, "y"), value(4, "z")];
  assertEquals(formula(x.less(y).less(z)), "(x < y) < z");
  assertEquals(formula(x.pow(y.pow(z))), "x^(y^z)");
  assertEquals(formula(x.add(1).pow(0)), "1");
  assertEquals(formula(x.mul(0.1).add(x.mul(0.2)).square()), "0.09x^2");
});

Deno.test("formula() leaves out what guards a power, and no condition that others ask", () => {
  const [a, b] = [value(0, "a"), value(1, "b")];
  const condition = a.notEqual(0).logicalOr(b.less(0));
  const chosen = a.where(condition, 1);
  const printed = "5(a != 0 or b < 0)";
  assert(formula(chosen.add(condition.mul(5))).includes(printed));
  assert(formula(condition.mul(5).add(chosen)).includes(printed));
});

Deno.test("formula() sets off names with signs that are read as powers", () => {
  assertEquals(formula(value(2, "x²").square()), "(x²)^2");
  assertEquals(formula(value(2, "x₂").square()), "x₂^2");
  assertEquals(formula(value(2, "a\u202eb").mul(2)), "2 ab");
});

Deno.test("formula() takes no condition for a guard that differs from one in a single place", () => {
  const [x, y, z, w] = [value(0.5, "x"), value(2, "y"), value(-1.5, "z"), value(1, "w")];
  const isAway = x.square().greater(0).logicalOr(y.notEqual(0));
  const rows: readonly (readonly [Value, string])[] = [
    [
      y.sub(1).where(x.square().greater(1).logicalOr(y.notEqual(0)), 0),
      "where(x^2 > 1 or y != 0, y - 1, 0)",
    ],
    [
      y.sub(1).where(x.square().greater(0).logicalOr(y.notEqual(2)), 0),
      "where(x^2 > 0 or y != 2, y - 1, 0)",
    ],
    [
      y.sub(1).where(x.greater(0).logicalOr(y.notEqual(0)), 0),
      "where(x > 0 or y != 0, y - 1, 0)",
    ],
    [z.sub(1).where(isAway, 0), "where(x^2 > 0 or y != 0, z - 1, 0)"],
    [y.sub(w).where(isAway, 0), "where(x^2 > 0 or y != 0, y - w, 0)"],
    [x.where(x.notEqual(2).logicalOr(z.less(0)), 1), "where(x != 2 or z < 0, x, 1)"],
    [x.where(x.notEqual(0).logicalOr(z.less(3)), 1), "where(x != 0 or z < 3, x, 1)"],
    [x.where(x.notEqual(0).logicalOr(z.less(0)), 2), "where(x != 0 or z < 0, x, 2)"],
  ];
  for (const [value, expected] of rows) assertEquals(formula(value), expected);
});

Deno.test("formula() prints quotients, powers and small exponents without the noise of rounding", () => {
  const x = value(0.5, "x");
  assertEquals(formula(gradients(x.pow(1.1), [x])[0]), "1.1x^0.1");
  assertEquals(formula(x.div(0.3)), "3.333333333333333x");
  assertEquals(formula(x.mul(0.1).pow(10)), "1e-10 * x^10");
  assertEquals(formula(x.mul(1.1).pow(7)), "1.9487171x^7");
});

Deno.test("formula() keeps a number that long sums have made less certain", () => {
  const x = value(0.5, "x");
  let sum = x.mul(0.1);
  for (let i = 0; i < 45; i++) sum = sum.add(sum).sub(sum); // what may be lost grows threefold
  assertEquals(formula(sum), "0.1x");
});

Deno.test("formula() sets a number off from names that would read as its power of ten", () => {
  assertEquals(formula(value(1, "E1").mul(2)), "2 * E1");
  assertEquals(formula(value(1, "e1").mul(2)), "2 * e1");
});
