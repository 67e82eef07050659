import { assertAlmostEquals, assertEquals } from "@std/assert";
import { isInside, lonePoints, placed } from "../../plot/clip.ts";
import { visiblePieces, visiblePoints } from "../../plot/clip.ts";
import type { Point } from "../../plot/axis.ts";

const axes = { x: { domain: [0, 10] }, y: { domain: [0, 1] } } as const;

Deno.test("placed() gives shares of the axes, or null", () => {
  assertEquals(placed([5, 0.25], axes), [0.5, 0.25]);
  assertEquals(placed([5, NaN], axes), null);
  assertEquals(placed([-Infinity, 0], axes), null);
});

Deno.test("visiblePoints() keeps what lies between the ends, the ends among them", () => {
  const points: Point[] = [[0, 0], [10, 1], [11, 0.5], [5, -0.1], [NaN, 0.5]];
  assertEquals(visiblePoints(points, axes), [[0, 0], [1, 1]]);
});

Deno.test("visiblePieces() cuts a line where it leaves and enters", () => {
  const points: Point[] = [[-10, 0], [10, 1], [30, 0]];
  assertEquals(visiblePieces({ points }, axes), [[[0, 0.5], [1, 1]]]);
  assertEquals(visiblePieces({ points: [[5, -1], [5, 3]] }, axes), [[[0.5, 0], [0.5, 1]]]);
  assertEquals(visiblePieces({ points: [[20, 0], [20, 1]] }, axes), []);
});

Deno.test("visiblePieces() has a gap where a point is left out, and where a line was outside", () => {
  const points: Point[] = [[0, 0], [1, 0], [NaN, 0], [2, 0], [3, 0], [3, -1], [4, -1], [4, 0]];
  const pieces = visiblePieces({ points }, axes);
  assertEquals(pieces.map((piece) => piece.length), [2, 2]);
  pieces.flat().forEach((place) => assertEquals(isInside(place), true));
});

Deno.test("visiblePieces() leaves out steps of a path between points outside", () => {
  const points: Point[] = [[5, 0.5], [5, 5], [5, -5], [5, 0.5]];
  assertEquals(visiblePieces({ points, mark: "line" }, axes).flat().length, 4);
  const path = visiblePieces({ points, mark: "path" }, axes);
  assertEquals(path, [[[0.5, 0.5], [0.5, 1]], [[0.5, 0], [0.5, 0.5]]]);
});

Deno.test("visiblePieces() keeps the inner end of a line that goes very far", () => {
  const [[from, to]] = visiblePieces({ points: [[5, 0.5], [1e200, 1e199]] }, axes) as [
    [Point, Point],
  ];
  assertEquals(from, [0.5, 0.5]);
  assertAlmostEquals(to[1], 1, 1e-9);
  assertAlmostEquals(to[0], 1, 0.51);
});

Deno.test("lonePoints() are those of which a line shows nothing", () => {
  const points: Point[] = [[0, 0.5], [1, NaN], [2, 0.5], [3, 0.5], [4, Infinity], [5, 2], [6, NaN]];
  assertEquals(lonePoints({ points }, axes), [[0, 0.5]]);
  assertEquals(lonePoints({ points: [[5, 0.25]] }, axes), [[0.5, 0.25]]);
  assertEquals(visiblePieces({ points: [[5, 0.25]] }, axes), []);
});
