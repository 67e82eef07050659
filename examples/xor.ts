/**
 * Exclusive or: four points that no straight line separates. A perceptron, which draws one, learns
 * to be undecided about all of them; a network with a hidden layer, trained in the same way, learns
 * them.
 *
 *     deno run examples/xor.ts
 */

import { nn, noGrad, optim, Random, tensor } from "../mod.ts";
import { beside } from "./terminal/images.ts";
import { drawRegion } from "./terminal/region.ts";

const corners = [[0, 0], [0, 1], [1, 0], [1, 1]] as const;
const truths = corners.map(([a, b]) => a ^ b);
const xor = { inputs: tensor(corners), labels: tensor(truths.map((truth) => [truth])) };

/** Trains a model and prints its loss on the way. */
async function train(model: nn.Model): Promise<void> {
  const history = await nn.fit(model, xor, {
    loss: nn.binaryCrossEntropyWithLogits,
    optimizer: optim.adam({ learningRate: 0.05 }),
    epochs: 500,
    batchSize: 4,
  });
  const shown = history.filter(({ epoch }) => [1, 50, 100, 200, 500].includes(epoch));
  const losses = shown.map(({ epoch, loss }) => `${epoch}: ${loss.toFixed(4)}`);
  console.log(`  epoch ${losses.join(", ")}`);
}

/** The probability that a model gives a 1. */
function probability(model: nn.Model, a: number, b: number): number {
  return noGrad(() => model.forward(tensor([[a, b]])).sigmoid()).item();
}

/** What a model says: 1, 0, or that it does not know. */
function answer(model: nn.Model, a: number, b: number): "0" | "1" | "?" {
  const p = probability(model, a, b);
  return p > 0.6 ? "1" : p < 0.4 ? "0" : "?";
}

console.log("A perceptron, 2-1, and its loss:");
const perceptron = nn.mlp([2, 1], { random: new Random(0) });
await train(perceptron);
console.log("A network with a hidden layer, 2-8-1, and its loss:");
const network = nn.mlp([2, 8, 1], { activation: "tanh", random: new Random(0) });
await train(network);

const models = [perceptron, network];
console.log("\n a  b   a xor b   perceptron     network");
for (const [i, [a, b]] of corners.entries()) {
  const said = models.map((model) =>
    `${answer(model, a, b)} (${probability(model, a, b).toFixed(3)})`
  );
  console.log(` ${a}  ${b}      ${truths[i]}      ${said.join("   ")}`);
}
const [worse, better] = models.map((model) =>
  25 * corners.filter(([a, b], i) => answer(model, a, b) === String(truths[i])).length
);

console.log("\nWhere they say 1 (▓), 0 (·) and that they do not know (░):\n");
const regions = models.map((model) =>
  drawRegion((x, y) => ({ "0": "·", "1": "▓", "?": "░" })[answer(model, x, y)], {
    x: [-0.5, 1.5],
    y: [-0.5, 1.5],
    size: [31, 15],
    points: corners.map((at, i) => ({ at, mark: String(truths[i]) })),
  })
);
console.log(beside(regions, "     ").join("\n"));

const random = new Random(0);
let best = 0;
for (let line = 0; line < 10_000; line++) {
  const [u, v, w] = [random.standardNormal(), random.standardNormal(), random.standardNormal()];
  const right = corners.filter(([a, b], i) => Number(u * a + v * b + w > 0) === truths[i]).length;
  best = Math.max(best, 25 * right);
}
console.log(`\nOf 10,000 random lines the best gets ${best} % right.`);
console.log(
  `The perceptron is sure and right at ${worse} % of the points, the network at ${better} %.`,
);
