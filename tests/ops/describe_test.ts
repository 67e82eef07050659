import { assertEquals, assertThrows } from "@std/assert";
import { describe } from "../../src/ops/describe.ts";
import { UsageError } from "../../src/ops/error.ts";
import { tensor } from "../../src/values/creation.ts";
import { Random } from "../../src/values/random.ts";
import { value } from "../../src/values/value.ts";

Deno.test("describe() says in a few words what was given", () => {
  const things = [
    "3",
    [1, 2],
    null,
    undefined,
    7,
    true,
    new Map(),
    {},
    Object.create(null),
    tensor([1]),
  ];
  assertEquals(things.map(describe), [
    '"3"',
    "an array",
    "null",
    "undefined",
    "7",
    "true",
    "a Map",
    "an object",
    "an object",
    "a Tensor",
  ]);
});

Deno.test("describe() tells what another copy of the library made", async () => {
  const other: typeof import("../../mod.ts") = await import("../../dist/turunan.js");
  const { add, sub } = { add: tensor([1]), sub: value(1) };
  const tensorOf = other.tensor([1]) as unknown as typeof add;
  const valueOf = other.value(1) as unknown as typeof sub;
  const message = "of another copy of turunan";
  assertThrows(() => add.add(tensorOf), UsageError, `Cannot add [1] and a Tensor ${message}`);
  assertThrows(() => sub.add(valueOf), UsageError, `Cannot add a Value and a Value ${message}`);
  assertEquals(describe(new other.Random(0)), `a Random ${message}`);
  assertEquals([tensor([1]), value(1), new Random(0)].map(describe), [
    "a Tensor",
    "a Value",
    "a Random",
  ]);
});
