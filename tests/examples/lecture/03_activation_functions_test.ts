import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import {
  type ActivationName,
  activations,
  chartOf,
  curveOf,
  derivativeOfChain,
  slopeAt,
} from "../../../examples/lecture/03_activation_functions.ts";
import { printoutOf } from "./printout.ts";

Deno.test("03_activation_functions prints each function's derivative and the tables", async () => {
  const { text, lines } = await printoutOf("03_activation_functions");
  for (
    const formula of [
      "a'(f) = 1 ",
      "= max(f, 0)",
      "= 1 / (exp(-f) + 1)",
      "sigmoid(f) - sigmoid(f)^2",
      "1 - tanh(f)^2",
      "relu(f) > 0",
    ]
  ) {
    assertStringIncludes(text, formula);
  }
  const atTwo = lines.filter((line) => line.startsWith(" 2 ")).map((line) => line.trim());
  assertEquals(atTwo.map((line) => line.split(/ +/)), [
    ["2", "2.0000", "2.0000", "0.8808", "0.9640"],
    ["2", "1.0000", "1.0000", "0.1050", "0.0707"],
  ]);
  assertStringIncludes(
    text,
    "The sigmoid is nowhere steeper than 0.25, tanh nowhere steeper than 1",
  );
});

Deno.test("slopeAt() agrees with finite differences", () => {
  for (const [name, activation] of Object.entries(activations)) {
    for (const x of [-3, -0.7, 0.4, 2]) {
      const h = 1e-6;
      const nearby = (slopeAt(activation, x + h).y - slopeAt(activation, x - h).y) / (2 * h);
      assertAlmostEquals(slopeAt(activation, x).derivative, nearby, 1e-8, `${name} at ${x}`);
    }
  }
});

Deno.test("curveOf() has both ends, and chartOf() both curves", () => {
  const curve = curveOf(activations.tanh, { from: -2, to: 2, count: 5 });
  assertEquals(curve.map(({ x }) => x), [-2, -1, 0, 1, 2]);
  for (const name of Object.keys(activations) as ActivationName[]) {
    assertEquals(chartOf(name).series.map(({ points }) => points.length), [401, 401]);
  }
});

Deno.test("derivativeOfChain() is the product of the slopes on the way", () => {
  const first = slopeAt(activations.sigmoid, 0.5);
  const second = slopeAt(activations.sigmoid, first.y);
  assertAlmostEquals(derivativeOfChain("sigmoid", 2), first.derivative * second.derivative, 1e-15);
  assertEquals(derivativeOfChain("ReLU", 50), 1);
  assert(derivativeOfChain("sigmoid", 20) < derivativeOfChain("tanh", 20));
});
