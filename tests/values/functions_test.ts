import { assertAlmostEquals, assertEquals } from "@std/assert";
import { checkGradients } from "../../src/autodiff/check_gradients.ts";
import { grad } from "../../src/autodiff/transforms.ts";
import { compile } from "../../src/compile/compile.ts";
import { DTypeError } from "../../src/ops/dtype.ts";
import { UsageError } from "../../src/ops/error.ts";
import { tensor } from "../../src/values/creation.ts";
import type { Tensor } from "../../src/values/tensor.ts";
import { value } from "../../src/values/value.ts";
import { assertMistake } from "../mistake.ts";

const here = import.meta.url;

Deno.test("functions throw for parameters that are no numbers", () => {
  for (const x of [tensor([-1, 2]), value(2)]) {
    // deno-lint-ignore no-explicit-any
    const loose = x as any;
    const calls: Record<string, () => unknown> = {
      'Cannot gelu by "exact": it is "none" or "tanh"': () => loose.gelu("exact"),
      'Cannot gelu by an object: it is "none" or "tanh"': () => loose.gelu({ approximate: "none" }),
      "Cannot leakyRelu: slope is an object, not a number": () => loose.leakyRelu({ slope: 0.2 }),
      'Cannot elu: alpha is "a", not a number': () => loose.elu("a"),
      "Cannot softplus: beta is null, not a number": () => loose.softplus(null),
      "Cannot hardtanh: min is an object, not a number": () => loose.hardtanh({ min: 0 }),
      "Cannot hardtanh: max is true, not a number": () => loose.hardtanh(0, true),
      "Cannot clamp: min is an object, not a number": () => loose.clamp({ min: 0 }),
      'Cannot clamp: max is "1", not a number': () => loose.clamp(0, "1"),
    };
    for (const [message, call] of Object.entries(calls)) {
      assertMistake(here, call, UsageError, message);
    }
  }
});

Deno.test("softplus() of another slope overflows nowhere, and is smooth where it becomes x", () => {
  for (const dtype of ["float32", "float64"] as const) {
    const large = dtype === "float32" ? 1.2e38 : 6.1e307;
    const x = tensor([large, 20, 13.4, 13.3, 0, -1, -large], { dtype });
    const [y, slope] = [x.softplus(3), grad((x: Tensor) => x.softplus(3).sum())(x)];
    Array.from(x.data).forEach((number, i) => {
      const exact = Math.max(number, 0) + Math.log1p(Math.exp(-3 * Math.abs(number))) / 3;
      const near = dtype === "float32" ? 1e-6 : 1e-14;
      assertAlmostEquals(y.data[i]! / (exact || 1), exact === 0 ? 0 : 1, near);
      assertAlmostEquals(slope.data[i]!, 1 / (1 + Math.exp(-3 * number)), near);
    });
  }
});

Deno.test("clamp() holds whole numbers between whole numbers", () => {
  const x = tensor([-5, 1, 5], { dtype: "int32" });
  assertEquals(x.clamp(0, 2).toArray(), [0, 1, 2]);
  assertEquals(x.clamp(null, 2).toArray(), [-5, 1, 2]);
  assertEquals(x.clamp(0, 1e10).toArray(), [0, 1, 5]);
  assertEquals(compile((x: Tensor) => x.clamp(0, 1e10))(x).toArray(), [0, 1, 5]);
  assertEquals(x.clamp(-1e10, Infinity).toArray(), [-5, 1, 5]);
  const isFar = "Cannot clamp int32 and 10000000000: it is no int32";
  assertMistake(here, () => x.clamp(1e10), DTypeError, isFar);
  const isNone = "Cannot clamp int32 and NaN: it is no int32";
  assertMistake(here, () => x.clamp(NaN, 2), DTypeError, isNone);
  const message = "Cannot clamp int32 and 0.5: it is no int32";
  assertMistake(here, () => x.clamp(0.5, 2), DTypeError, message);
});

Deno.test("remainder() and fmod() have the derivative of the quotient that they took", () => {
  const [a, b] = [tensor([1], { dtype: "float64" }), tensor([0.1], { dtype: "float64" })];
  for (const name of ["remainder", "fmod"] as const) {
    const [x, y] = [value(1), value(0.1)]; // 1 / 0.1 rounds to 10, but 0.1 is above a tenth
    x[name](y).backward();
    assertEquals([x.grad, y.grad], [1, -9]);
    checkGradients((a, b) => a[name](b), [a.add(0.05), b], { order: 2 });
    const [some, infinite] = [value(-5), value(Infinity)];
    some[name](infinite).backward();
    assertEquals([some.grad, Math.abs(infinite.grad)], [1, 0]);
  }
});

Deno.test("clamp() of integers takes bounds that are none of them", () => {
  assertEquals(tensor([1, 2], { dtype: "int32" }).clamp(0, 2 ** 31).toArray(), [1, 2]);
});
