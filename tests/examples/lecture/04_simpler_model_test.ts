import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import {
  graphOf,
  lineChartOf,
  lineOf,
  meanSquaredError,
  points,
  predict,
  squaredErrors,
  start,
} from "../../../examples/lecture/04_simpler_model.ts";
import { printoutOf } from "./printout.ts";

Deno.test("04_simpler_model prints the predictions, the errors, MSE 2.5 and RMSE 1.58", async () => {
  const { text, table } = await printoutOf("04_simpler_model");
  assertEquals(table("x", "y", "prediction mx + b", "error", "squared error"), [
    ["1", "3", "4", "1", "1"],
    ["2", "5", "3", "-2", "4"],
  ]);
  assertStringIncludes(text, "MSE = (1 + 4) / 2 = 2.5");
  assertStringIncludes(text, "RMSE = √2.5 = 1.58");
  const shares = table("x", "error", "to m: 2 · error · x / 2", "to b: 2 · error / 2");
  assertEquals(shares, [["1", "1", "1", "1"], ["2", "-2", "-4", "-2"], ["sum", "-3", "-1"]]);
});

Deno.test("predict(), squaredErrors() and meanSquaredError() give the lecture's numbers", () => {
  const line = lineOf(start);
  assertEquals(points.map(([x]) => predict(line, x).data), [4, 3]);
  assertEquals(squaredErrors(line).map(({ data }) => data), [1, 4]);
  const mse = meanSquaredError(line);
  assertEquals(mse.data, 2.5);
  assertAlmostEquals(mse.sqrt().data, 1.5811, 1e-4);
  assertEquals(meanSquaredError(lineOf({ m: 2, b: 1 })).data, 0);
});

Deno.test("graphOf() has the MSE with gradient 1, and m and b with -3 and -1", () => {
  const { nodes } = graphOf(start);
  const gradients = nodes.flatMap(({ name, gradient }) => name ? [[name, gradient]] : []);
  assertEquals(gradients, [["m", -3], ["b", -1]]);
  assertEquals(nodes.filter(({ value, gradient }) => value === 2.5 && gradient === 1).length, 1);
});

Deno.test("lineChartOf() draws an error from each point to the line", () => {
  const dashes = lineChartOf(start).series.filter(({ mark }) => mark === "dashed");
  assertEquals(dashes.map(({ points }) => points), [[[1, 3], [1, 4]], [[2, 5], [2, 3]]]);
});
