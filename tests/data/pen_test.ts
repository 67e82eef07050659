import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { glyphsOf } from "../../src/data/glyphs.ts";
import { draw, type Pieces, trace } from "../../src/data/pen.ts";

Deno.test("glyphsOf() has ways to write each of ten digits, inside the box", () => {
  const glyphs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(glyphsOf);
  assert(glyphs.every((ways) => ways.length > 0));
  for (const { points, corners } of glyphs.flat(2)) {
    assertEquals(points.length, 2 * corners.length);
    assert(corners.length >= 2 && points.every((coordinate) => Math.abs(coordinate) <= 1));
  }
});

Deno.test("trace() goes through every point, in connected pieces", () => {
  const pieces: Pieces = [];
  trace({ points: [0, 0, 1, 1, 2, 0], corners: [false, false, false] }, pieces);
  assertEquals(pieces.slice(0, 2), [0, 0]);
  assertEquals(pieces.slice(-2), [2, 0]);
  for (let k = 4; k < pieces.length; k += 4) {
    assertEquals(pieces.slice(k, k + 2), pieces.slice(k - 2, k));
  }
  const ends = Array.from(
    { length: pieces.length / 4 },
    (_, i) => pieces.slice(4 * i + 2, 4 * i + 4),
  );
  assert(ends.some(([x, y]) => x === 1 && y === 1));
});

Deno.test("trace() turns sharply at a corner and smoothly elsewhere", () => {
  const heights = [false, true].map((isCorner) => {
    const pieces: Pieces = [];
    trace({ points: [0, 0, 1, 1, 2, 0], corners: [false, isCorner, false] }, pieces);
    // how far the path still rises in the last piece before the middle point
    const middle = pieces.length / 2;
    return pieces[middle - 1]! - pieces[middle - 3]!;
  });
  assert(heights[1]! > heights[0]!);
});

Deno.test("draw() inks a line fully and fades with the distance from it", () => {
  const image = new Float32Array(2 * 49);
  draw([1, 3, 5, 3], { radius: 1, softness: 1 }, image, 49, 7);
  assert(image.subarray(0, 49).every((ink) => ink === 0));
  const column = [0, 1, 2, 3, 4, 5, 6].map((y) => image[49 + 7 * y + 3]!);
  for (const [y, ink] of [0, 0, 0.5, 1, 0.5, 0, 0].entries()) assertAlmostEquals(column[y]!, ink);
});

Deno.test("draw() leaves out what lies beyond the raster", () => {
  const image = new Float32Array(49);
  draw([-5, -5, -3, 20, 30, 30, 40, 40], { radius: 2, softness: 1 }, image, 0, 7);
  assert(image.every((ink) => ink === 0));
});
