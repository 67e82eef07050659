import { assert, assertEquals } from "@std/assert";
import { ownAttributes } from "../../src/ops/op.ts";

Deno.test("ownAttributes() copies arrays to any depth, and nothing else", () => {
  const attributes = { widths: [[1, 0]], value: 3 }, plain = { value: 3 };
  const own = ownAttributes(attributes);
  attributes.widths[0]![0] = 7;
  assertEquals(own, { widths: [[1, 0]], value: 3 });
  assert(ownAttributes(plain) === plain);
});
