import { assertEquals, assertThrows } from "@std/assert";
import {
  broadcast,
  checkShape,
  formatShape,
  resolveAxes,
  resolveAxis,
  sameShape,
  type Shape,
  ShapeError,
  sizeOf,
  stridesOf,
} from "../../src/ops/shape.ts";

Deno.test("sizeOf() multiplies the lengths", () => {
  assertEquals([sizeOf([]), sizeOf([2, 3]), sizeOf([4, 0, 5])], [1, 6, 0]);
});

Deno.test("stridesOf() counts how far apart neighbours lie in row-major order", () => {
  assertEquals(stridesOf([2, 3, 4]), [12, 4, 1]);
  assertEquals(stridesOf([]), []);
});

Deno.test("sameShape() compares lengths and ranks", () => {
  assertEquals(sameShape([2, 3], [2, 3]), true);
  assertEquals(sameShape([2, 3], [3, 2]), false);
  assertEquals(sameShape([2], [2, 1]), false);
});

Deno.test("formatShape() writes an array", () => {
  assertEquals([formatShape([]), formatShape([2, 3])], ["[]", "[2, 3]"]);
});

Deno.test("broadcast() aligns at the right and stretches lengths of 1", () => {
  const cases: [Shape, Shape, Shape][] = [
    [[], [], []],
    [[3], [], [3]],
    [[2, 1], [3], [2, 3]],
    [[5, 1, 4], [3, 1], [5, 3, 4]],
    [[0], [1], [0]],
    [[1], [0], [0]],
    [[2, 0], [2, 1], [2, 0]],
  ];
  for (const [a, b, expected] of cases) {
    assertEquals(broadcast("add", a, b), expected);
    assertEquals(broadcast("add", b, a), expected);
  }
});

Deno.test("broadcast() throws ShapeError, naming the operation, both shapes and the axis", () => {
  const message = (a: Shape, b: Shape) => assertThrows(() => broadcast("add", a, b)).message;
  assertEquals(message([5, 4], [3]), "Cannot add [5, 4] and [3]: axis -1 has lengths 4 and 3");
  assertEquals(
    message([2, 1], [3, 1]),
    "Cannot add [2, 1] and [3, 1]: axis -2 has lengths 2 and 3",
  );
  assertEquals(message([0], [2]), "Cannot add [0] and [2]: axis -1 has lengths 0 and 2");
});

Deno.test("resolveAxis() counts negative axes from the back, and throws beyond", () => {
  assertEquals([0, 1, -1, -2].map((axis) => resolveAxis("sum", axis, [2, 3])), [0, 1, 1, 0]);
  const message = (axis: number, shape: Shape) =>
    assertThrows(() => resolveAxis("sum", axis, shape), ShapeError).message;
  assertEquals(message(5, [2, 3]), "Cannot sum [2, 3] over axis 5: its axes are -2 to 1");
  assertEquals(message(-3, [2, 3]), "Cannot sum [2, 3] over axis -3: its axes are -2 to 1");
  assertEquals(message(0.5, [2, 3]), "Cannot sum [2, 3] over axis 0.5: its axes are -2 to 1");
  assertEquals(message(0, []), "Cannot sum [] over axis 0: it has no axes");
});

Deno.test("resolveAxes() sorts, takes all where none are given, and throws for one named twice", () => {
  assertEquals(resolveAxes("sum", [-1, 0], [2, 3, 4]), [0, 2]);
  assertEquals(resolveAxes("sum", null, [2, 3]), [0, 1]);
  assertEquals(resolveAxes("sum", undefined, []), []);
  assertEquals(resolveAxes("sum", [], [2, 3]), []);
  assertThrows(
    () => resolveAxes("sum", [1, -1], [2, 3]),
    ShapeError,
    "Cannot sum [2, 3] over axes [1, -1]: axis 1 is named twice",
  );
});

Deno.test("checkShape() throws for what is no array of lengths", () => {
  assertEquals(checkShape("make", [2, 0]), [2, 0]);
  assertThrows(
    () => checkShape("make", [2, -1]),
    ShapeError,
    "Cannot make [2, -1]: -1 is not a length (a whole number >= 0)",
  );
  assertThrows(() => checkShape("make", [1.5]), ShapeError, "1.5 is not a length");
  assertThrows(
    () => checkShape("make", 3 as unknown as Shape),
    ShapeError,
    "Cannot make: a shape is an array of lengths, not 3",
  );
});
