import { assertEquals } from "@std/assert";
import { TracingError } from "../../src/autodiff/traced.ts";
import { Value, value } from "../../src/values/value.ts";
import { assertMistake } from "../mistake.ts";

Deno.test("thousands of values keep their own numbers and derivatives", () => {
  const values = Array.from({ length: 3000 }, (_, i) => value(i));
  values.forEach((x, i) => x.grad = -i);
  for (const x of values) x.data *= 2;
  assertEquals(values.map(({ data }) => data), values.map((_, i) => 2 * i));
  assertEquals(values.map(({ grad }) => grad), values.map((_, i) => 0 - i));
  values[1000]!.zeroGrad();
  assertEquals([values[999]!.grad, values[1000]!.grad, values[1001]!.grad], [-999, 0, -1001]);
});

Deno.test("values are numbered in the order in which they are made", () => {
  const [x, y] = [value(1), value(2)];
  assertEquals([y.id - x.id, x.add(y).id - y.id], [1, 1]);
});

Deno.test("a value may hold any number, and be given another", () => {
  for (const number of [0, -0, NaN, Infinity, -Infinity, 5e-324, 2 ** 53]) {
    const x = value(number);
    assertEquals([x.data, x.item()], [number, number]);
    x.data = 1;
    x.data = number;
    assertEquals(x.data, number);
  }
});

Deno.test("a value without a number has no derivative, and refuses to be read or changed", () => {
  const x = new Value(null);
  assertEquals([x.isSymbolic, x.grad, value(1).isSymbolic], [true, 0, false]);
  const here = import.meta.url;
  const message = (action: string) =>
    `Cannot ${action} the number of a Value while it is being traced`;
  assertMistake(here, () => x.data, TracingError, message("read"));
  assertMistake(here, () => x.item(), TracingError, message("read"));
  assertMistake(here, () => x.data = 1, TracingError, message("change"));
  assertMistake(here, () => x.zeroGrad(), TracingError, message("change"));
});
