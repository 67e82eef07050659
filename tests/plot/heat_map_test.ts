import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "@turunan/turunan";
import { heatMap, toSvg, toText } from "@turunan/turunan/plot";
import { assertDrawn } from "./drawn.ts";

Deno.test("heatMap() writes numbers beside their shades, where there is room", () => {
  const map = heatMap({
    values: [[1, -0.5], [0.25, 0]],
    rows: ["a", "b"],
    columns: ["up", "down"],
    domain: [-1, 1],
  });
  assertDrawn(
    map,
    { width: 30 },
    `
    |  up        down
    |a ██  1.00  ░░ -0.50
    |b ▓▓  0.25  ▒▒  0.00
    |  -1   ░░▒▒▓▓██ 1
    `,
  );
});

Deno.test("heatMap() draws shades alone, where there is no room for numbers", () => {
  const map = heatMap({ values: [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]] });
  assertDrawn(
    map,
    { width: 30 },
    `
    |    ░░░░░░▒▒▒▒▓▓▓▓▓▓████
    |0   ░░▒▒▓▓██ 11
    `,
  );
});

Deno.test("heatMap() has colours from the smallest to the largest number by default", () => {
  assertEquals(heatMap({ values: [[3, NaN], [-2, Infinity]] }).domain, [-2, 3]);
  assertEquals(heatMap({ values: [[5, 5]] }).domain, [0, 5]);
  assertEquals(heatMap({ values: [[0]] }).domain, [0, 1]);
  assertEquals(heatMap({ values: [[NaN]] }).domain, [0, 1]);
});

Deno.test("heatMap() leaves NaN blank", async () => {
  const map = heatMap({ values: [[1, NaN]], domain: [0, 1] });
  assertEquals(toText(map).split("\n")[0], "██ 1");
  assertEquals((await toSvg(map)).match(/<rect[^>]*fill="#0f3763"/g)?.length, 2); // cell and scale
});

Deno.test("heatMap() joins cells where there are more than columns", () => {
  const values = [Array.from({ length: 200 }, (_, i) => i < 100 ? 0 : 1)];
  assertEquals(
    toText(heatMap({ values }), { width: 40 }).split("\n")[0],
    `${" ".repeat(20)}${"█".repeat(20)}`,
  );
});

Deno.test("heatMap() writes names and numbers in SVG", async () => {
  const svg = await toSvg(heatMap({ values: [[1, -0.5]], rows: ["row"], columns: ["up", "down"] }));
  for (const text of ["row", "up", "down", "1.0", "−0.5"]) assert(svg.includes(`>${text}<`), text);
});

Deno.test("heatMap() refuses what is no matrix", () => {
  const refused: [Parameters<typeof heatMap>[0], string][] = [
    [{ values: [] }, "Cannot draw a heat map: there are no values"],
    [{ values: [[]] }, "Cannot draw a heat map: there are no values"],
    [{ values: [[1, 2, 3], [1, 2]] }, "Cannot draw a heat map: row 1 has 2 values and row 0 has 3"],
    [{ values: [[1]], rows: [] }, "Cannot draw a heat map: there are 0 row names for 1 rows"],
    [
      { values: [[1]], columns: ["a", "b"] },
      "Cannot draw a heat map: there are 2 column names for 1 columns",
    ],
    [
      { values: [[1]], domain: [NaN, 1] },
      "Cannot draw a heat map: its domain is [NaN, 1], " +
      "which is not two finite numbers, the smaller one first",
    ],
    [
      { values: [[-1e308, 1e308]] },
      "Cannot draw a heat map: its domain is [-1e+308, 1e+308], " +
      "which is not two finite numbers, the smaller one first",
    ],
    [
      { values: [[1, undefined as unknown as number]] },
      "Cannot draw a heat map: the value at row 0, column 1 is undefined, no number",
    ],
  ];
  for (const [options, message] of refused) {
    assertThrows(() => heatMap(options), UsageError, message);
  }
});

Deno.test("heatMap() takes rows that are typed arrays", () => {
  const rows = [Float32Array.of(1, 2), Float32Array.of(3, 4)] as unknown as number[][];
  assertEquals(heatMap({ values: rows }).values, [[1, 2], [3, 4]]);
});

Deno.test("a wide heat map as SVG names only so many columns as stand apart", async () => {
  const columns = Array.from({ length: 120 }, (_, i) => `c${i};`);
  const svg = await toSvg(heatMap({ values: [columns.map((_, i) => i)], columns }));
  const named = columns.filter((name) => svg.includes(`>${name}<`));
  assert(named.length > 10 && named.length < 60, `${named.length} names`);
});

Deno.test("a heat map as text names no columns that it has put together", () => {
  const columns = Array.from({ length: 200 }, (_, i) => `c${i}`);
  const text = toText(heatMap({ values: [columns.map((_, i) => i)], columns }));
  assert(!/c\d/.test(text), text);
});
