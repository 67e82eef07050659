import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { gradients } from "../../src/autodiff/transforms.ts";
import { UsageError } from "../../src/ops/error.ts";
import { tensor } from "../../src/values/creation.ts";
import { type Value, value } from "../../src/values/value.ts";
import { assertMistake } from "../mistake.ts";

const here = import.meta.url;

Deno.test("value() makes a named number that derivatives are wanted by", () => {
  const m = value(-1, "m");
  assertEquals([m.data, m.grad, m.name, m.requiresGrad, m.origin], [-1, 0, "m", true, null]);
  assertEquals([m.item(), m.shape, value(2).name], [-1, [], null]);
});

Deno.test("operations of a Value take Values and numbers, and remember both", () => {
  const m = value(3);
  const y = m.mul(2).add(m).sub(1);
  assertEquals(y.data, 8);
  assertEquals(y.origin!.op.name, "sub");
  assertEquals(y.origin!.inputs.map((input) => (input as Value).data), [9, 1]);
});

Deno.test("Values learn the lecture's line by gradient descent", () => {
  const m = value(-1, "m");
  const b = value(5, "b");
  const data = [[1, 3], [2, 5]] as const;
  const loss = () =>
    data.map(([x, y]) => m.mul(x).add(b).sub(y).square()).reduce((sum, error) => sum.add(error))
      .div(2);
  loss().backward();
  assertEquals([loss().data, m.grad, b.grad], [2.5, -3, -1]);
  for (let step = 0; step < 1000; step++) {
    for (const parameter of [m, b]) parameter.zeroGrad();
    loss().backward();
    for (const parameter of [m, b]) parameter.data -= 0.1 * parameter.grad;
  }
  assertAlmostEquals(m.data, 2, 1e-5);
  assertAlmostEquals(b.data, 1, 1e-5);
});

Deno.test("backward() reads the numbers as they are when it is called", () => {
  const x = value(2);
  const y = x.mul(x);
  x.data = 5;
  y.backward();
  assertEquals([y.data, x.grad], [4, 10]);
});

Deno.test("backward() leaves derivatives in everything between, and none in plain numbers", () => {
  const x = value(2);
  const constant = value(10).detach();
  const between = x.square().add(constant);
  const mask = between.greater(3);
  const y = x.where(mask, between).mul(3); // where between > 3: 3 x
  y.backward();
  assertEquals([y.grad, between.grad, x.grad, constant.grad, mask.grad], [1, 0, 3, 0, 0]);
});

Deno.test("backward() may be called again, on graphs that share values, and on their parts", () => {
  const x = value(3);
  const shared = x.square();
  const [left, right] = [shared.mul(2), shared.add(x)];
  left.backward();
  right.backward();
  assertEquals([x.grad, shared.grad, left.grad, right.grad], [19, 3, 1, 1]);
  shared.backward();
  assertEquals([x.grad, shared.grad], [25, 4]);
  x.backward();
  assertEquals(x.grad, 26);
});

Deno.test("gradients() between two calls of backward() disturbs neither", () => {
  const x = value(0.5);
  const y = x.sin().mul(x).exp();
  y.backward();
  const once = x.grad;
  const [slope] = gradients(y, [x]);
  assertEquals(slope.data, once);
  y.backward();
  assertEquals(x.grad, 2 * once);
});

Deno.test("origin of a Value tells operation, inputs and attributes", () => {
  const [x, y] = [value(1), value(2)];
  const chosen = x.where(y.greater(0), 5);
  assertEquals(chosen.origin!.op.name, "where");
  assertEquals(chosen.origin!.inputs.map(({ data }) => data), [1, 1, 5]);
  assertEquals(chosen.origin!.inputs[1], x);
  assertEquals(x.leakyRelu(0.2).origin!.attributes, { slope: 0.2 });
  assertEquals(x.add(y).origin!.attributes, undefined);
});

Deno.test("backward() of a constant throws", () => {
  assertMistake(
    here,
    () => value(2).detach().square().backward(),
    UsageError,
    "Cannot backward from a Value that depends on none made by value()",
  );
});

Deno.test("detach() keeps number and name and loses the history", () => {
  const x = value(2, "x");
  const plain = x.detach();
  assertEquals([plain.data, plain.name, plain.requiresGrad], [2, "x", false]);
  const [slope] = gradients(x.mul(x.square().detach()), [x]);
  assertEquals(slope.data, 4);
  assert(x.square().detach().origin === null);
});

Deno.test("value() throws for a name that is no text", () => {
  const cannot = (name: unknown, called: string) =>
    assertMistake(
      here,
      () => value(2, name as string),
      UsageError,
      `Cannot make a Value named ${called}: a name is a text, as in value(2, "x")`,
    );
  cannot(0, "0"); // the index that map passes
  cannot({ name: "x" }, "an object");
  cannot(true, "true");
  assertThrows(() => [2, 3].map(value as (data: number) => Value), UsageError);
  assertEquals([value(2, null as unknown as string).name, value(2, "").name], [null, ""]);
});

Deno.test("value() and its operations throw for what is no number", () => {
  assertMistake(
    here,
    () => value("3" as unknown as number),
    UsageError,
    'Cannot make a Value of "3": it is no number',
  );
  assertMistake(
    here,
    () => value(1).add("2" as unknown as number),
    UsageError,
    'Cannot add a Value and "2": use a number',
  );
  const nothing = null as unknown as number;
  const uses: [string, () => Value][] = [
    ["mul", () => value(2).mul(nothing)],
    ["where", () => value(2).where(value(1), nothing)],
  ];
  for (const [name, use] of uses) {
    assertMistake(here, use, UsageError, `Cannot ${name} a Value and null: use a number`);
  }
  assertEquals([value(2).mul(3).data, value(2).where(value(0), 3).data], [6, 3]);
  assertMistake(
    here,
    () => value(1).add(tensor([1]) as unknown as Value),
    UsageError,
    "Cannot add a Value and a Tensor: use a number",
  );
});
