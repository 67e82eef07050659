import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { formula, gradients, Random, tensor, value } from "../../../mod.ts";
import {
  chain,
  corners,
  hat,
  mergeLayers,
  probability,
  randomLayers,
  solvesXor,
  throughLayers,
  trainXor,
  truths,
  weightedSum,
} from "../../../examples/lecture/07_neuron_to_network.ts";
import { printoutOf } from "./printout.ts";

Deno.test("07_neuron_to_network prints its formulas, the slopes and XOR", async () => {
  const { lines, text, table } = await printoutOf("07_neuron_to_network");
  for (
    const line of [
      "  f = x1w1 + x2w2 + x3w3 + b",
      "  y = sigmoid(w2 * sigmoid(w1x + b1) + b2)",
      "  y = w2(w1x + b1) + b2 = w2w1x + w2b1 + b2",
      "  linear     y = -s + 2",
      "  with ReLU  y = relu(s) - 2relu(s - 1)",
    ]
  ) {
    assert(lines.includes(line), line);
  }
  assertStringIncludes(text, "Where a network of 2-4-1 says 1");
  assertEquals(table("at s =", "slope, linear", "slope, with ReLU"), [
    ["-0.5", "-1", "0"],
    ["0.5", "-1", "1"],
    ["1.5", "-1", "-1"],
  ]);
  const answers = table("x1", "x2", "x1 xor x2", "the network says 1 with probability");
  assertEquals(answers.map(([x1, x2, truth]) => [x1, x2, truth].map(Number)), [
    [0, 0, 0],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
  ]);
  for (const [, , truth, said] of answers) assertAlmostEquals(Number(said), Number(truth), 0.02);
});

Deno.test("weightedSum() takes any number of inputs", () => {
  const values = (numbers: number[], letter: string) =>
    numbers.map((number, i) => value(number, `${letter}${i + 1}`));
  const sum = weightedSum(values([1, 2], "x"), values([3, -4], "w"), value(0.5, "b"));
  assertEquals([formula(sum), sum.data], ["x1w1 + x2w2 + b", -4.5]);
});

Deno.test("chain() is differentiated by multiplying along the way", () => {
  const { w1, n1, h, n2, y } = chain((sum) => sum.tanh());
  y.backward();
  const links = [[y, n2], [n2, h], [h, n1], [n1, w1]] as const;
  const product = links.reduce((product, [of, by]) => product * gradients(of, [by])[0].data, 1);
  assertAlmostEquals(product, w1.grad, 1e-14);
});

Deno.test("mergeLayers() is one layer that does what all of them do", () => {
  for (const widths of [[1, 1, 1], [3, 2, 5, 4], [2, 8, 8, 1]]) {
    const random = new Random(widths.length);
    const layers = randomLayers(widths, random);
    const one = mergeLayers(layers);
    assertEquals(one.W.shape, [widths.at(-1)!, widths[0]!]);
    const x = random.normal([widths[0]!], { dtype: "float64" });
    const [expected, actual] = [layers, [one]].map((each) => throughLayers(each, x).data);
    for (const [i, number] of expected!.entries()) assertAlmostEquals(actual![i]!, number, 1e-12);
  }
});

Deno.test("hat() with ReLU of the number of ones is XOR, and without it is not", () => {
  const at = (s: number, activation: "relu" | "none") =>
    hat(value(s), (sum) => activation === "relu" ? sum.relu() : sum).data;
  assertEquals(corners.map(([x1, x2]) => at(x1 + x2, "relu")), [...truths]);
  assertEquals(corners.map(([x1, x2]) => at(x1 + x2, "none")), [2, 1, 1, 0]);
});

Deno.test("trainXor() finds XOR from ten starts with four hidden neurons, without them never", async () => {
  for (let seed = 11; seed <= 20; seed++) { // others than the chapter's
    assertEquals(solvesXor((await trainXor(0, seed)).model), false);
  }
  let solved = 0;
  for (let seed = 11; seed <= 20; seed++) {
    const { model, losses } = await trainXor(4, seed);
    if (!solvesXor(model)) continue;
    solved++;
    assert(losses.at(-1)! < losses[0]!);
    assert(corners.every(([x1, x2], i) => Math.abs(probability(model, x1, x2) - truths[i]!) < 0.1));
  }
  assert(solved >= 8, `${solved} of 10`);
});

Deno.test("throughLayers() applies layers in order", () => {
  const layers = [
    { W: tensor([[2]]), b: tensor([1]) },
    { W: tensor([[3]]), b: tensor([-1]) },
  ];
  assertEquals(throughLayers(layers, tensor([5])).item(), 32);
});
