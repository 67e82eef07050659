/**
 * The demonstration of Karpathy's micrograd, on turunan's scalars: two moons of 50 points each, a
 * network of 2-16-16-1 neurons in which every weight is a number of its own, the hinge loss of
 * support vector machines with a little L2, and 100 steps of gradient descent.
 *
 *     deno run examples/moons.ts
 */

import { noGrad, Random, type Value, value } from "../mod.ts";
import { drawRegion } from "./terminal/region.ts";

interface Neuron {
  readonly weights: readonly Value[];
  readonly bias: Value;
}

interface Point {
  readonly at: readonly number[];
  readonly label: 1 | -1;
}

/** Two half circles, one around the end of the other, with normally distributed noise. */
function moons(count: number, noise: number, random: Random): Point[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = Math.PI * Math.floor(i / 2) / (count / 2 - 1);
    const [x, y] = i % 2 === 0
      ? [Math.cos(angle), Math.sin(angle)]
      : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    const at = [x, y].map((coordinate) => coordinate + noise * random.standardNormal());
    return { at, label: i % 2 === 0 ? -1 : 1 };
  });
}

function layer(inputs: number, outputs: number, random: Random): Neuron[] {
  const weight = () => value(2 * random.next() - 1);
  return Array.from({ length: outputs }, () => ({
    weights: Array.from({ length: inputs }, weight),
    bias: value(0),
  }));
}

/** The score of a point: every layer but the last is followed by a ReLU. */
function score(network: readonly Neuron[][], point: readonly number[]): Value {
  let outputs: readonly (Value | number)[] = point;
  for (const [depth, neurons] of network.entries()) {
    const inputs = outputs;
    outputs = neurons.map(({ weights, bias }) => {
      const sum = weights.reduce((sum, weight, i) => sum.add(weight.mul(inputs[i]!)), bias);
      return depth < network.length - 1 ? sum.relu() : sum;
    });
  }
  return outputs[0] as Value;
}

const add = (a: Value, b: Value) => a.add(b);

const random = new Random(1337);
const points = moons(100, 0.1, random);
const network = [layer(2, 16, random), layer(16, 16, random), layer(16, 1, random)];
const parameters = network.flat().flatMap(({ weights, bias }) => [...weights, bias]);
console.log(`A network of 2-16-16-1 neurons: ${parameters.length} parameters, each a Value\n`);

const steps = 100;
for (let k = 0; k <= steps; k++) {
  const scores = points.map(({ at }) => score(network, at));
  const hinges = scores.map((score, i) => score.mul(-points[i]!.label).add(1).relu());
  const size = parameters.map((parameter) => parameter.square()).reduce(add);
  const loss = hinges.reduce(add).div(points.length).add(size.mul(1e-4));

  if (k % 10 === 0) {
    const right = scores.filter((score, i) => (score.data > 0) === (points[i]!.label > 0)).length;
    const accuracy = (100 * right / points.length).toFixed(0);
    console.log(
      `step ${String(k).padStart(3)}  loss ${loss.data.toFixed(4)}  accuracy ${accuracy} %`,
    );
  }
  for (const parameter of parameters) parameter.zeroGrad();
  loss.backward();
  const learningRate = 1 - 0.9 * k / steps;
  for (const parameter of parameters) parameter.data -= learningRate * parameter.grad;
}

console.log("\nWhere it says o (·) and where x (▒):\n");
const shade = (x: number, y: number) => noGrad(() => score(network, [x, y])).data > 0 ? "▒" : "·";
const region = drawRegion(shade, {
  x: [-1.5, 2.5],
  y: [-1, 1.5],
  size: [76, 24],
  points: points.map(({ at, label }) => ({ at, mark: label > 0 ? "x" : "o" })),
});
console.log(region.join("\n"));
