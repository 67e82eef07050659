import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { checkGradients, GradientError } from "../../src/autodiff/check_gradients.ts";
import { grad } from "../../src/autodiff/transforms.ts";
import { DTypeError } from "../../src/ops/dtype.ts";
import { exp } from "../../src/ops/elementwise.ts";
import { UsageError } from "../../src/ops/error.ts";
import type { AnyPullback, Op } from "../../src/ops/op.ts";
import { tensor } from "../../src/values/creation.ts";
import { applyOp, type Tensor } from "../../src/values/tensor.ts";
import { assertMistake } from "../mistake.ts";

const here = import.meta.url;
const double = (numbers: number | number[] | number[][]) => tensor(numbers, { dtype: "float64" });

/** The exponential with a rule of its own. */
const withRule = (rule: AnyPullback) => (x: Tensor) =>
  applyOp({ ...(exp as unknown as Op), pullbacks: [rule] }, [x], undefined);

Deno.test("checkGradients() passes right derivatives of every order", () => {
  checkGradients((x) => x.pow(3).sum(), [double([1, 2, 3])], { order: 2 });
  checkGradients((x) => x.sin().mul(x.exp()), [double([[0.1, -0.4]])], { order: 4 });
  checkGradients((a, b) => a.matmul(b), [double([[1, 2]]), double([[3], [-1]])], { order: 3 });
  checkGradients((x) => grad((y: Tensor) => y.pow(3).mul(x).sum())(x), [double([2, 3])]);
  checkGradients((x) => x.sum(), [double([])], { order: 2 });
});

Deno.test("checkGradients() names the input, the element and both derivatives", () => {
  const f = (a: Tensor, b: Tensor) => a.mul(b.where(b.less(4), b.detach())).sum();
  const error = assertThrows(
    () => checkGradients(f, [double([[1, 1], [2, 3]]), double([[1, 2], [3, 4]])]),
    GradientError,
  );
  assertMatch(
    error.message,
    /^Cannot confirm the first derivative by input 1 at element \[1, 1\]: it is 0, central differences say 3\.0000/,
  );
});

Deno.test("checkGradients() notices a rule that is right to first order only", () => {
  const f = withRule((g, [x]) => g.mul(x.detach().exp()));
  const x = double([0.5]);
  checkGradients(f, [x]);
  assertThrows(
    () => checkGradients(f, [x], { order: 2 }),
    GradientError,
    "Cannot confirm the second derivative by input 0 at element [0]: it is 0",
  );
});

Deno.test("checkGradients() notices a rule that loses the way through its cotangent", () => {
  const f = withRule((g, [x]) => g.detach().mul(x.exp()));
  assertThrows(
    () => checkGradients(f, [double([0.5])]),
    GradientError,
    "Cannot confirm the first derivative along a direction: forwards it is 0, backwards",
  );
});

Deno.test("checkGradients() fails where a derivative is NaN", () => {
  assertThrows(() => checkGradients((x) => x.sqrt().square(), [double([0])]), GradientError, "NaN");
});

Deno.test("checkGradients() leaves its inputs as they were, also where f returns them", () => {
  const x = double([1, 2]);
  checkGradients((x) => x, [x], { order: 2 });
  checkGradients((x) => x.reshape([2, 1]), [x], { order: 2 });
  assertEquals([x.toArray(), x.grad], [[1, 2], null]);
});

Deno.test("checkGradients() takes its tolerance, its step and its directions from the options", () => {
  const f = withRule((g, [x]) => g.mul(x.exp()).mul(1.001));
  const x = double([0.5]);
  assertThrows(() => checkGradients(f, [x]), GradientError);
  checkGradients(f, [x], { tolerance: 0.01 });
  const curved = (x: Tensor) => x.pow(3).sum();
  assertThrows(() => checkGradients(curved, [x], { epsilon: 0.1 }), GradientError);
  let draws = 0;
  checkGradients(curved, [x], { random: { next: () => (draws++, 0.25) } });
  assertEquals(draws, 1);
});

Deno.test("checkGradients() throws for what is not float64, and for what is no tensor", () => {
  assertMistake(
    here,
    () => checkGradients((x) => x.sum(), [tensor([1])]),
    DTypeError,
    "Cannot check gradients by input 0 of kind float32: rounding would hide mistakes, cast it, " +
      'as in .cast("float64")',
  );
  assertMistake(
    here,
    () => checkGradients((x) => x.cast("float32"), [double([1])]),
    DTypeError,
    "Cannot check gradients of a result of kind float32: rounding would hide mistakes, cast it, " +
      'as in .cast("float64")',
  );
  assertMistake(
    here,
    () => checkGradients((x) => [x] as unknown as Tensor, [double([1])]),
    UsageError,
    "Cannot check gradients: the function must return one tensor",
  );
});

Deno.test("checkGradients() throws for numbers with which it would check nothing", () => {
  const wrong = (x: Tensor) => x.mul(x.detach()).sum();
  const check = (options: object) => () => checkGradients(wrong, [double([1, 2])], options);
  for (const order of [0, -1, 1.5, NaN, Infinity]) {
    const message = `Cannot check gradients: order is ${order}, not a whole number above 0`;
    assertMistake(here, check({ order }), UsageError, message);
  }
  for (const number of [-1, NaN, Infinity]) {
    const epsilon = `Cannot check gradients: epsilon is ${number}, not a number above 0`;
    assertMistake(here, check({ epsilon: number }), UsageError, epsilon);
    const tolerance = `Cannot check gradients: tolerance is ${number}, not a number from 0 up`;
    assertMistake(here, check({ tolerance: number }), UsageError, tolerance);
  }
  assertThrows(check({ epsilon: 0 }), UsageError, "epsilon is 0, not a number above 0");
  checkGradients((x) => x.sum(), [double([0])], { tolerance: 0 });
});
