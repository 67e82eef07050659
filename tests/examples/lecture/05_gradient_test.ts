import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { formula } from "../../../mod.ts";
import { type Point, start } from "../../../examples/lecture/04_simpler_model.ts";
import {
  bestLine,
  boundChart,
  derive,
  descend,
  hessianOf,
  largestLearningRate,
  lossAt,
  nearTheBound,
  onSlides,
  slidePoints,
  step,
  targetsFor,
} from "../../../examples/lecture/05_gradient.ts";
import { eigenvalues } from "../../../examples/lecture/two_unknowns.ts";
import { printoutOf } from "./printout.ts";

Deno.test("05_gradient prints the formulas, the step, the Hessian and the bound", async () => {
  const { lines, text, table } = await printoutOf("05_gradient");
  for (
    const line of [
      "  MSE     = 2.5m^2 + 3mb + b^2 - 13m - 8b + 17",
      "  dMSE/dm = 5m + 3b - 13",
      "  dMSE/db = 3m + 2b - 8",
      "  dMSE/dm = 5·(-1) + 3·5 - 13 = -3",
      "  dMSE/db = 3·(-1) + 2·5 - 8  = -1",
      "  m = -1 - 0.1·(-3) = -0.7",
      "  b =  5 - 0.1·(-1) =  5.1",
      "  d²MSE/dm²  = 5     d²MSE/dmdb = 3",
      "  d²MSE/dbdm = 3     d²MSE/db²  = 2",
    ]
  ) {
    assert(lines.includes(line), line);
  }
  assertStringIncludes(text, "6.854 and 0.146");
  assertStringIncludes(text, "2 / 6.854 = 0.2918");
  const fates = table("λ", "across: 1 - 6.854λ", "along: 1 - 0.146λ", "descent");
  assertEquals(fates.map(([rate, , , fate]) => [rate, fate]), [
    ["0.005", "arrives"],
    ["0.1", "arrives"],
    ["0.291", "arrives"],
    ["0.2925", "diverges"],
    ["0.6", "diverges"],
  ]);
});

Deno.test("05_gradient says what is wrong on the slides, and which data would fit", async () => {
  const { text, table } = await printoutOf("05_gradient");
  assertStringIncludes(
    text,
    "goes on with a gradient of -7 and -3, and with one step from there to m = -0.3 and b = 4.7. " +
      "These numbers do not follow from the slides' own formulas",
  );
  assertStringIncludes(text, "only for y1 = 3 and y2 = 7");
  assertStringIncludes(text, "5 + 3·0.1 = 5.3");
  assertEquals(table("points", "dMSE/dm", "dMSE/db", "at the start", "m, b after a step"), [
    ["(1, 3), (2, 5)", "5m + 3b - 13", "3m + 2b - 8", "-3, -1", "-0.7, 5.1"],
    ["(1, 3), (2, 7)", "5m + 3b - 17", "3m + 2b - 10", "-7, -3", "-0.3, 5.3"],
  ]);
});

Deno.test("derive() gives the formulas of both data sets", () => {
  assertEquals(derive(start).gradient.map((d) => formula(d)), ["5m + 3b - 13", "3m + 2b - 8"]);
  const slides = derive(start, slidePoints).gradient;
  assertEquals(slides.map((d) => formula(d)), ["5m + 3b - 17", "3m + 2b - 10"]);
  assertEquals(slides.map(({ data }) => data), [...onSlides.gradient]);
  assertEquals(hessianOf(), [[5, 3], [3, 2]]);
});

Deno.test("targetsFor() finds the labels that lead to a gradient", () => {
  assertEquals(targetsFor(start, -3, -1).targets.map(Math.round), [3, 5]);
  const [y1, y2] = targetsFor({ m: 0.5, b: -2 }, 1.25, -0.5).targets;
  const data: Point[] = [[1, y1], [2, y2]];
  const [dm, db] = derive({ m: 0.5, b: -2 }, data).gradient;
  assertAlmostEquals(dm.data, 1.25, 1e-12);
  assertAlmostEquals(db.data, -0.5, 1e-12);
});

Deno.test("eigenvalues() have the matrix's trace and determinant", () => {
  for (const matrix of [hessianOf(), [[1, 0], [0, 9]], [[-2, 3], [3, -2]]] as const) {
    const [[a, b], [, d]] = matrix;
    const [large, small] = eigenvalues(matrix);
    assert(large >= small);
    assertAlmostEquals(large + small, a + d, 1e-12);
    assertAlmostEquals(large * small, a * d - b * b, 1e-12);
  }
});

Deno.test("descend() arrives just below the bound and diverges just above it", () => {
  const bound = largestLearningRate();
  assertAlmostEquals(bound, 0.2918, 5e-5);
  assert(nearTheBound.below < bound && bound < nearTheBound.above);
  const lossAfter = (learningRate: number) =>
    lossAt(descend(start, { learningRate, steps: 20_000 }).at(-1)!);
  assert(lossAfter(bound * 0.9999) < 0.02);
  assert(lossAfter(bound * 1.0001) > 1);
});

Deno.test("step() follows the derivatives of its own data, and bestLine() is where they are 0", () => {
  assertEquals(step({ m: 0, b: 0 }, 1, [[1, 1]]), { m: 2, b: 2 });
  const data: Point[] = [[0, 1], [1, -1], [3, 4]];
  for (const derivative of derive(bestLine(data), data).gradient) {
    assertAlmostEquals(derivative.data, 0, 1e-12);
  }
});

Deno.test("boundChart() draws both losses from the same start", () => {
  const { series } = boundChart(10);
  assertEquals(series.map(({ points }) => [points.length, points[0]]), [
    [11, [0, 2.5]],
    [11, [0, 2.5]],
  ]);
});
