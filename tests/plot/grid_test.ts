import { assertAlmostEquals, assertEquals } from "@std/assert";
import { interpolated, nearest, sampled } from "../../plot/grid.ts";
import { levelsOf } from "../../plot/levels.ts";

const grid = [[0, 1], [10, 11]];

Deno.test("interpolated() goes straight from sample to sample", () => {
  assertEquals([interpolated(grid, 0, 0), interpolated(grid, 1, 1)], [0, 11]);
  assertEquals(interpolated(grid, 0.25, 0.5), 5.25);
  assertEquals(interpolated(grid, -3, 9), 10);
});

Deno.test("nearest() takes the sample that is nearest", () => {
  assertEquals([nearest(grid, 0.4, 0.6), nearest(grid, 0.6, 0.4)], [10, 1]);
});

Deno.test("sampled() takes even steps of an axis, in ratios on a log scale", () => {
  const axes = { x: { domain: [0, 8] }, y: { domain: [1, 16], scale: "log" } } as const;
  const samples = sampled((x, y) => x + 100 * y, axes);
  assertAlmostEquals(samples[40]![20]!, 2 + 400, 1e-9);
});

Deno.test("levelsOf() are round and different, whatever the heights are", () => {
  for (const scale of [1e-9, 1, 123456]) {
    const levels = levelsOf(sampled((x, y) => scale * (x * x + y ** 4), {
      x: { domain: [-1, 2] },
      y: { domain: [-2, 1] },
    }));
    assertEquals(new Set(levels).size, levels.length);
    assertEquals(levels, levels.toSorted((a, b) => a - b));
    for (const level of levels) assertEquals(Number(level.toPrecision(3)), level);
  }
});

Deno.test("levelsOf() has one level on a plain, and ignores what is no number", () => {
  assertEquals(levelsOf([[7, 7], [7, NaN]]), [7]);
});
