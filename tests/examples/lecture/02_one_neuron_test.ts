import { assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import {
  answersOf,
  bestOnGrid,
  corners,
  gates,
  learn,
  neuronOf,
  regionOf,
  rightAnswers,
  separatingLine,
  threshold,
  weightedSum,
  type Weights,
} from "../../../examples/lecture/02_one_neuron.ts";
import { value } from "../../../mod.ts";
import { printoutOf } from "./printout.ts";

Deno.test("02_one_neuron tells of OR and AND learned, and of XOR at 3 of 4", async () => {
  const { text, table } = await printoutOf("02_one_neuron");
  assertStringIncludes(text, "f = w1x1 + w2x2 + b");
  assertStringIncludes(text, "df/dw1 = x1, df/dw2 = x2, df/db = 1");
  assertStringIncludes(text, "f(0,1) + f(1,0) = w1 + w2 + 2b f(0,0) + f(1,1) = w1 + w2 + 2b");
  assertStringIncludes(text, "the best gets 3 of 4 right");
  const rows = table("pass", "w1", "w2", "b", "answers at 00 01 10 11", "right"); // of OR
  assertEquals(rows.at(-1)!.at(-1), "4 of 4");
});

Deno.test("threshold() of weightedSum() is 1 above 0 alone", () => {
  const neuron = neuronOf([1, -1, 0.5]);
  assertEquals(weightedSum(neuron, [2, 3]).data, -0.5);
  assertEquals([-1, 0, 1e-9, 2].map((f) => threshold(value(f)).data), [0, 0, 1, 1]);
});

Deno.test("learn() reaches OR and AND from many starts, and XOR from none", () => {
  const starts: Weights[] = [[0, 0, 0], [2, -1, 0.5], [-0.75, -0.5, -2], [0.25, 1.5, 3]];
  for (const start of starts) {
    for (const gate of ["OR", "AND"] as const) {
      const learned = learn(gate, { start, passes: 40 }).at(-1)!;
      assertEquals(answersOf(learned), [...gates[gate]], `${gate} from ${start}`);
    }
    for (const weights of learn("XOR", { start, passes: 40 })) {
      assertLess(rightAnswers(weights, "XOR"), 4);
    }
  }
});

Deno.test("learn() follows the perceptron rule by hand for one pass", () => {
  // AND from (-0.5, 0.25, 0.75): f = 0.75, 0.25 (b is 0 after the first), ..
  let [w1, w2, b] = [-0.5, 0.25, 0.75];
  for (const [i, [x1, x2]] of corners.entries()) {
    const error = gates.AND[i]! - Number(w1 * x1 + w2 * x2 + b > 0);
    [w1, w2, b] = [w1 + error * x1, w2 + error * x2, b + error];
  }
  assertEquals(learn("AND")[1], [w1, w2, b]);
});

Deno.test("bestOnGrid() finds all of OR and AND, and three corners of XOR", () => {
  assertEquals([bestOnGrid("OR").right, bestOnGrid("AND").right], [4, 4]);
  const { weights, right, tried } = bestOnGrid("XOR");
  assertEquals([right, rightAnswers(weights, "XOR"), tried], [3, 3, 17 ** 3]);
});

Deno.test("separatingLine() ends on the edge of the square, where f is 0", () => {
  const lines: Weights[] = [[1, 1, -0.5], [0, 1, -0.25], [1, 0, -0.25], [1, -1, 0], [-2, 0.5, 0.3]];
  for (const weights of lines) {
    const { points } = separatingLine(weights);
    assertEquals(points.length, 2, String(weights));
    for (const [x1, x2] of points) {
      assertLess(Math.abs(weights[0] * x1 + weights[1] * x2 + weights[2]), 1e-12);
      assertEquals([x1, x2].some((at) => at === -0.5 || at === 1.5), true);
    }
    assertLess(0.1, Math.hypot(points[0]![0] - points[1]![0], points[0]![1] - points[1]![1]));
  }
  assertEquals(separatingLine([1, 1, 9]).points, []);
});

Deno.test("regionOf() draws the corners with their labels and one line", () => {
  const region = regionOf(learn("OR").at(-1)!, "OR");
  assertEquals(region.points.map(({ label }) => label), [0, 1, 1, 1]);
  assertEquals(region.lines.length, 1);
});
