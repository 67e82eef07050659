import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { start } from "../../../examples/lecture/04_simpler_model.ts";
import { descend } from "../../../examples/lecture/05_gradient.ts";
import {
  descendInBatches,
  learningRates,
  lossCurves,
  manyPoints,
  stepsUntil,
  surface,
} from "../../../examples/lecture/06_loss_curve.ts";
import { printoutOf } from "./printout.ts";

Deno.test("06_loss_curve tells of the three learning rates", async () => {
  const { text, lines } = await printoutOf("06_loss_curve");
  for (const heading of ["λ = 0.1 arrives", "λ = 0.005 crawls", "λ = 0.6 diverges"]) {
    assert(lines.includes(heading), heading);
  }
  assertStringIncludes(text, "1 -0.700 5.100 1.8250");
  assertStringIncludes(text, "1 0.800 5.600 8.2000");
  assertStringIncludes(text, "above 0.2918, the bound of chapter 5");
});

Deno.test("06_loss_curve tells epoch, batch and step apart", async () => {
  const { table } = await printoutOf("06_loss_curve");
  const sizes = table("batch size", "steps per epoch", "steps", "m", "b", "MSE");
  assertEquals(sizes.map((row) => row.slice(0, 4)), [
    ["full batch", "12", "1", "12"],
    ["mini-batch", "4", "3", "36"],
    ["single example", "1", "12", "144"],
  ]);
  const rest = table("epochs", "full batch", "mini-batch", "single example").at(-1)!.map(Number);
  assert(rest[1]! < 1e-6 && rest[2]! > 1e-3 && rest[3]! > rest[2]!, String(rest));
});

Deno.test("stepsUntil() counts the steps, and gives up", () => {
  assertEquals(stepsUntil(3, { learningRate: 0.1 }), 0);
  assertEquals(stepsUntil(2, { learningRate: 0.1 }), 1);
  assertEquals(stepsUntil(0.001, { learningRate: learningRates.diverges, most: 100 }), null);
});

Deno.test("descendInBatches() with one batch is plain descent, in whatever order", () => {
  const plain = descend(start, { learningRate: 0.08, steps: 5, data: manyPoints });
  const batched = descendInBatches(start, { batchSize: 12, epochs: 5, learningRate: 0.08 });
  assertEquals(batched.length, 6);
  for (const [i, { m, b }] of batched.entries()) {
    assertAlmostEquals(m, plain[i]!.m, 1e-12);
    assertAlmostEquals(b, plain[i]!.b, 1e-12);
  }
});

Deno.test("descendInBatches() takes each example once in an epoch, in the seed's order", () => {
  const run = (seed: number) =>
    descendInBatches(start, { batchSize: 5, epochs: 2, learningRate: 0.01, seed });
  assertEquals(run(1).length, 1 + 2 * 3); // 5, 5 and 2 examples
  assertEquals(run(1), run(1));
  assert(String(run(1).map(({ m }) => m)) !== String(run(2).map(({ m }) => m)));
});

Deno.test("surface() and lossCurves() draw the losses that were computed", () => {
  const path = descend(start, { learningRate: 0.1, steps: 3 });
  assertEquals(surface("", [{ name: "path", path }]).paths[0]!.points[0], [-1, 5]);
  assertEquals(lossCurves(10).series.map(({ points }) => points[0]), [[0, 2.5], [0, 2.5], [
    0,
    2.5,
  ]]);
});
