/**
 * Chapter 4: the simplest model that can learn, the line y = mx + b, on two points. Its predictions,
 * its mean squared error, and the graph that computed it, with values and gradients.
 *
 *     deno run examples/lecture/04_simpler_model.ts
 */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type Value, value } from "../../mod.ts";
import {
  type ComputationGraph,
  computationGraph,
  type LineChart,
  lineChart,
} from "../../plot/mod.ts";
import { present, type Presenter } from "./present.ts";

/** An example: an input and its label. */
export type Point = readonly [x: number, y: number];

/** The two examples of the lecture. */
export const points: readonly Point[] = [[1, 3], [2, 5]];

/** The numbers of a line y = mx + b. */
export interface Numbers {
  readonly m: number;
  readonly b: number;
}

/** Where the lecture starts. */
export const start: Numbers = { m: -1, b: 5 };

/** The model: two parameters that remember what is computed from them. */
export interface Line {
  readonly m: Value;
  readonly b: Value;
}

/** A line whose parameters have names, so that formulas can tell them. */
export function lineOf({ m, b }: Numbers): Line {
  return { m: value(m, "m"), b: value(b, "b") };
}

/** What the line says about an input: mx + b. */
export function predict({ m, b }: Line, x: number): Value {
  return m.mul(x).add(b);
}

/** For each point (prediction - y)². */
export function squaredErrors(line: Line, data: readonly Point[] = points): Value[] {
  return data.map(([x, y]) => predict(line, x).sub(y).square());
}

/** The mean of the squared errors, MSE: the loss of this lecture. */
export function meanSquaredError(line: Line, data: readonly Point[] = points): Value {
  return squaredErrors(line, data).reduce((sum, error) => sum.add(error)).div(data.length);
}

/** The points, the line, and how far off it is at each. */
export function lineChartOf(numbers: Numbers, data: readonly Point[] = points): LineChart {
  const line = lineOf(numbers);
  const at = (x: number): Point => [x, predict(line, x).data];
  return lineChart({
    title: `y = mx + b with m = ${short(numbers.m)}, b = ${short(numbers.b)}`,
    x: { label: "x", domain: [0, 3] },
    y: { label: "y", domain: [0, 6] },
    series: [
      { name: "the line", points: [at(0), at(3)] },
      ...data.map(([x, y], i) => ({
        name: `error ${i + 1}`,
        points: [[x, y], at(x)] as const,
        mark: "dashed" as const,
      })),
      { name: "the points", points: data, mark: "points" },
    ],
  });
}

/** The graph that computed the loss, each node with its value and its gradient. */
export function graphOf(numbers: Numbers, data: readonly Point[] = points): ComputationGraph {
  const mse = meanSquaredError(lineOf(numbers), data);
  return computationGraph(mse, { title: "How the MSE was computed", gradients: true });
}

/** A number without the last digits of its rounding. */
export function short(number: number): string {
  return String(Number(number.toPrecision(6)));
}

/** Tells the chapter. */
export function tell(presenter: Presenter): void {
  presenter.title("Chapter 4 · A simpler model: the line");
  presenter.say(
    `To see how learning works, take the smallest model that can learn: a neuron with one
    input and no activation. It computes y = mx + b, the line from school. The weight is called m
    here, the bias b. It is to learn from two examples:`,
  );
  presenter.table(["x", "y"], points.map(([x, y]) => [x, y]));
  presenter.say(`You may see at once which line goes through both. The model does not; it starts
    somewhere, say at m = ${start.m} and b = ${start.b}.`);
  tellOfErrors(presenter);
  tellOfTheGraph(presenter);
}

function tellOfErrors(presenter: Presenter): void {
  const line = lineOf(start);
  const predictions = points.map(([x]) => predict(line, x));
  const errors = predictions.map((prediction, i) => prediction.sub(points[i]![1]));
  const squares = squaredErrors(line);
  const mse = meanSquaredError(line);
  const rmse = mse.sqrt();
  presenter.heading("How wrong is it?");
  presenter.say("For each example, compare what the model predicts with what it should say:");
  presenter.table(
    ["x", "y", "prediction mx + b", "error", "squared error"],
    points.map(([x, y], i) => [x, y, predictions[i]!.data, errors[i]!.data, squares[i]!.data]),
  );
  presenter.show(
    lineChartOf(start),
    "The dashes are the errors. The line runs down where the points run up.",
  );
  const sum = errors.map((error) => error.data).join(" and ");
  presenter.say(`One number should say how wrong the model is altogether. Adding up the errors would
    not do: ${sum} have opposite signs and would partly cancel. So each is squared, which also
    makes one large error worse than two small ones, and the squares are averaged. That is the mean
    squared error, MSE:`);
  presenter.print(
    `  MSE  = (${squares.map(({ data }) => data).join(" + ")}) / ${points.length} = ${mse.data}\n` +
      `  RMSE = √${mse.data} = ${rmse.data.toFixed(2)}`,
  );
  presenter.say(
    `Its root, RMSE, is in the same units as y: the line is off by about ${
      rmse.data.toFixed(2)
    }. A function like the MSE, which is small when the model is good, is called a loss. To learn is to make it
    small.`,
  );

  assertEquals(predictions.map(({ data }) => data), [4, 3]);
  assertEquals(squares.map(({ data }) => data), [1, 4]);
  assertEquals(mse.data, 2.5);
  assertEquals(rmse.data.toFixed(2), "1.58");
}

function tellOfTheGraph(presenter: Presenter): void {
  presenter.heading("The computation is a graph");
  presenter.say(`While it computed the MSE, turunan remembered every step: which numbers went in,
    what was done, what came out. That makes a graph, from m and b to the MSE:`);
  presenter.show(
    graphOf(start),
    "Each node has its value, computed forward, and its gradient, computed backward.",
  );
  presenter.say(`The gradient of a node answers: if this number grew by a little, by how many times
    that much would the MSE grow? At the MSE itself it is 1. From there the engine walks back,
    node by node, and multiplies by the slope of each step. That is the chain rule.`);

  const line = lineOf(start);
  const mse = meanSquaredError(line);
  mse.backward();
  presenter.say(
    "By hand it goes like this. The slope of the square is 2 · error, the slope of mx + b " +
      "is x for m and 1 for b, and the mean divides by 2:",
  );
  const shares = points.map(([x, y]) => {
    const own = lineOf(start);
    const error = predict(own, x).sub(y);
    error.square().div(points.length).backward(); // the share that this point has in the MSE
    return { x, error: error.data, m: own.m.grad, b: own.b.grad };
  });
  presenter.table(
    ["x", "error", "to m: 2 · error · x / 2", "to b: 2 · error / 2"],
    [
      ...shares.map(({ x, error, m, b }) => [x, error, m, b]),
      ["sum", "", line.m.grad, line.b.grad],
    ],
  );
  presenter.say(`So the gradient of the MSE is ${line.m.grad} for m and ${line.b.grad} for b: both
    are negative, so both numbers should grow, and m matters more. The next chapter goes on from
    here.`);

  assertEquals([line.m.grad, line.b.grad], [-3, -1]);
  assertEquals(shares.map(({ m, b }) => [m, b]), [[1, 1], [-4, -2]]);
  for (const { x, error, m, b } of shares) {
    assertAlmostEquals(m, 2 * error * x / 2, 1e-12);
    assertAlmostEquals(b, 2 * error / 2, 1e-12);
  }
}

if (import.meta.main) await present(tell);
