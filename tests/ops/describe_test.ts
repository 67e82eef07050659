import { assertEquals } from "@std/assert";
import { describe } from "../../src/ops/describe.ts";
import { tensor } from "../../src/values/creation.ts";

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
