import { assert, assertEquals } from "@std/assert";
import { ownAttributes, sameAttributes } from "../../src/ops/op.ts";

Deno.test("sameAttributes() compares field by field, and tells -0 from 0", () => {
  const same = [
    [undefined, undefined],
    [NaN, NaN],
    [{ axes: [1, 0], value: -0 }, { value: -0, axes: [1, 0] }],
    [{ widths: [[1, 0], [2, 3]] }, { widths: [[1, 0], [2, 3]] }],
  ];
  for (const [a, b] of same) assert(sameAttributes(a, b));
  const different = [
    [undefined, null],
    [{}, undefined],
    [{ value: -0 }, { value: 0 }],
    [{ axes: [1, 0] }, { axes: [0, 1] }],
    [{ axes: [1, 0] }, { axes: [1, 0, 2] }],
    [{ axes: [1] }, { axes: { 0: 1 } }],
    [{ a: undefined }, {}],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { a: "1" }],
  ];
  for (const [a, b] of different) assert(!sameAttributes(a, b) && !sameAttributes(b, a));
});

Deno.test("ownAttributes() copies arrays to any depth, and nothing else", () => {
  const attributes = { widths: [[1, 0]], value: 3 }, plain = { value: 3 };
  const own = ownAttributes(attributes);
  attributes.widths[0]![0] = 7;
  assertEquals(own, { widths: [[1, 0]], value: 3 });
  assert(ownAttributes(plain) === plain);
});
