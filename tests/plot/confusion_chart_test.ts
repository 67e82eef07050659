import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Tensor, tensor, UsageError } from "@turunan/turunan";
import { confusionChart, heatMap, toSvg, toText } from "@turunan/turunan/plot";
import { assertDrawn } from "./drawn.ts";

Deno.test("confusionChart() puts what was told right in brackets, and adds up", () => {
  const chart = confusionChart({ title: "Test", counts: [[5, 0], [1, 4]], classes: ["no", "yes"] });
  assertDrawn(
    chart,
    { width: 30 },
    `
    |Test
    |      predicted
    |true     no   yes    right
    |no       [5]    ·    100 %
    |yes       1    [4]    80 %
    |
    |9 of 10 right: 90 %
    `,
  );
});

Deno.test("confusionChart() draws shades where there is no room for counts", () => {
  const counts = Array.from(
    { length: 10 },
    (_, i) => Array.from({ length: 10 }, (_, j) => i === j ? 1000 : 0),
  );
  const lines = toText(confusionChart({ counts }), { width: 30 }).split("\n");
  assert(lines[0] === "0 ██" && lines[9] === `9 ${" ".repeat(18)}██`, lines.join("\n"));
});

Deno.test("confusionChart() never calls less than all 100 %", () => {
  const text = toText(confusionChart({ counts: [[99999, 1], [0, 0]] }));
  assert(!text.includes("100 %") && text.includes("99.9 %") && text.includes("–"), text);
});

Deno.test("confusionChart() writes classes, counts and accuracy in SVG", async () => {
  const svg = await toSvg(confusionChart({ counts: [[5, 0], [1, 4]], classes: ["no", "yes"] }));
  for (const text of ["no", "yes", "5", "4", "1", "predicted →", "9 of 10 right: 90 %"]) {
    assert(svg.includes(`>${text}<`), text);
  }
});

Deno.test("confusionChart() refuses what is no confusion matrix", () => {
  const refused: [Parameters<typeof confusionChart>[0], string][] = [
    [{ counts: [] }, "Cannot draw a confusion chart: there are no counts"],
    [
      { counts: [[1, 2], [3]] },
      "Cannot draw a confusion chart: row 1 has 1 counts for 2 classes",
    ],
    [
      { counts: [[1, 2], [NaN, 4]] },
      "Cannot draw a confusion chart: counts[1][0] is NaN, not a whole number from 0",
    ],
    [
      { counts: [[1]], classes: ["a", "b"] },
      "Cannot draw a confusion chart: there are 2 names for 1 classes",
    ],
  ];
  for (const [options, message] of refused) {
    assertThrows(() => confusionChart(options), UsageError, message);
  }
});

Deno.test("confusionChart() and heatMap() take a tensor", () => {
  const rows = [[5, 0], [1, 4]];
  assertEquals(confusionChart({ counts: tensor(rows, { dtype: "int32" }) }).counts, rows);
  assertEquals(heatMap({ values: tensor(rows) }), heatMap({ values: rows }));
  const wrong = [tensor([1, 2]), tensor(1), null, [1, 2]] as unknown as Tensor[];
  for (const matrix of wrong) {
    const message = "Cannot draw a confusion chart: its counts are no rows of numbers";
    assertThrows(() => confusionChart({ counts: matrix }), UsageError, message);
  }
});
