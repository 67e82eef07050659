/**
 * Scalars: building a graph of `Value`s and going back through it, and the same compiled. The first
 * two have 1,000 operations, so that their microseconds an iteration are nanoseconds an operation;
 * the large one has 100,000, whose milliseconds are tens of nanoseconds.
 */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { compile, gradients, Random, type Value, value } from "../mod.ts";

const length = 1000;

/** x, times a number, plus a number, and so on: 1,000 operations one after the other. */
function chain(x: Value): Value {
  let y = x;
  for (let i = 0; i < length / 2; i++) y = y.mul(1.001).add(0.001);
  return y;
}

/** tanh of a sum of products, as in a neuron: 1,000 operations, two thirds of them side by side. */
function neuron(weights: readonly Value[], inputs: readonly number[]): Value {
  let sum = weights[0]!.mul(inputs[0]!);
  for (let i = 1; i < length / 2; i++) sum = sum.add(weights[i]!.mul(inputs[i]!));
  return sum.tanh();
}

/** Eight chains of x * a + b and ReLU, 100,000 operations, as the scripts for Python have them. */
class Chains {
  readonly leaves = Array.from({ length: 64 }, (_, i) => value(0.5 + 0.001 * i));
  readonly starts = Array.from({ length: 8 }, (_, i) => value(0.1 * i));

  /** The sum of the chains. */
  result(): Value {
    const { leaves } = this;
    const chains = [...this.starts];
    for (let i = 0; i < 33_331; i++) {
      const at = i % 8;
      chains[at] = chains[at]!.mul(leaves[i % 64]!).add(leaves[7 * i % 64]!).relu();
    }
    return chains.reduce((sum, chain) => sum.add(chain));
  }
}

const random = new Random(0);
const draw = () => 0.1 * random.standardNormal();
const weights = Array.from({ length: length / 2 }, () => value(draw()));
const numbers = Array.from({ length: length / 2 }, draw);

/** The lecturer's 2-16-16-1 network, and a margin loss with a penalty on large weights. */
class Moons {
  readonly layers: readonly (readonly Value[][])[];

  constructor(widths: readonly number[]) {
    this.layers = widths.slice(1).map((outputs, layer) =>
      Array.from(
        { length: outputs },
        () => Array.from({ length: widths[layer]! + 1 }, () => value(random.next() - 0.5)),
      )
    );
  }

  get parameters(): Value[] {
    return this.layers.flat(2);
  }

  score(point: readonly number[]): Value {
    let signals: readonly (Value | number)[] = point;
    for (const [i, layer] of this.layers.entries()) {
      signals = layer.map(([bias, ...weights]) => {
        let sum = bias!;
        for (const [k, weight] of weights.entries()) sum = sum.add(weight.mul(signals[k]!));
        return i === this.layers.length - 1 ? sum : sum.relu();
      });
    }
    return signals[0] as Value;
  }

  loss(points: readonly (readonly number[])[], labels: readonly number[]): Value {
    let total = value(0);
    for (const [i, point] of points.entries()) {
      total = total.add(this.score(point).mul(-labels[i]!).add(1).relu());
    }
    let squares = value(0);
    for (const parameter of this.parameters) squares = squares.add(parameter.square());
    return total.div(points.length).add(squares.mul(1e-4));
  }
}

const moons = new Moons([2, 16, 16, 1]);
const labels = Array.from({ length: 100 }, (_, i) => i % 2 === 0 ? 1 : -1);
const points = labels.map((label) => {
  const angle = Math.PI * random.next();
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  return label === 1 ? [x, y] : [1 - x, 0.5 - y];
});

/** The number of operations that led to `result`. */
function operationCount(result: Value): number {
  const seen = new Set([result]);
  for (const { origin } of seen) for (const input of origin?.inputs ?? []) seen.add(input);
  return [...seen].filter(({ origin }) => origin !== null).length;
}

function descend(rate: number): number {
  const loss = moons.loss(points, labels);
  for (const parameter of moons.parameters) parameter.zeroGrad();
  loss.backward();
  for (const parameter of moons.parameters) parameter.data -= rate * parameter.grad;
  return loss.data;
}

// Checked before they are timed

assertEquals([chain(value(1)), neuron(weights, numbers)].map(operationCount), [length, length]);

const x = value(1);
chain(x).backward();
assertAlmostEquals(x.grad, 1.001 ** (length / 2), 1e-9);

const output = neuron(weights, numbers);
output.backward();
assertAlmostEquals(weights[7]!.grad, (1 - output.data ** 2) * numbers[7]!, 1e-12);

const weight = moons.layers[1]![3]![5]!;
descend(0);
const [slope, step] = [weight.grad, 1e-6];
weight.data += step;
const above = moons.loss(points, labels).data;
weight.data -= 2 * step;
const below = moons.loss(points, labels).data;
weight.data += step;
assertAlmostEquals(slope, (above - below) / (2 * step), 1e-7);

const chains = new Chains();
assertEquals(operationCount(chains.result()), 100_000);
const compiledChains = compile(() => {
  const result = chains.result();
  return [result, ...gradients(result, chains.leaves)];
});
chains.result().backward();
assertEquals(compiledChains()[1]!.data, chains.leaves[0]!.grad);

const compiledLoss = compile(() => {
  const loss = moons.loss(points, labels);
  return [loss, ...gradients(loss, moons.parameters)];
});
for (const parameter of moons.parameters) parameter.zeroGrad();
moons.loss(points, labels).backward();
assertEquals(
  compiledLoss().slice(1).map(({ data }) => data),
  moons.parameters.map((parameter) => parameter.grad),
);

function descendCompiled(rate: number): void {
  const [, ...slopes] = compiledLoss();
  moons.parameters.forEach((parameter, i) => parameter.data -= rate * slopes[i]!.data);
}

Deno.bench("a chain of 1,000: build", { group: "chain" }, () => {
  chain(x);
});

Deno.bench("a chain of 1,000: build and go back", { group: "chain" }, () => {
  chain(x).backward();
});

Deno.bench("a neuron of 1,000: build", { group: "neuron" }, () => {
  neuron(weights, numbers);
});

Deno.bench("a neuron of 1,000: build and go back", { group: "neuron" }, () => {
  neuron(weights, numbers).backward();
});

const operations = operationCount(moons.loss(points, labels)).toLocaleString("en-US");

Deno.bench(`moons, a step of ${operations} operations`, { group: "moons" }, () => {
  descend(1e-3);
});

Deno.bench(`moons, a compiled step of ${operations} operations`, { group: "moons" }, () => {
  descendCompiled(1e-3);
});

Deno.bench("100,000 operations: build and go back", { group: "chains" }, () => {
  chains.result().backward();
});

Deno.bench("100,000 operations: compiled, with all derivatives", { group: "chains" }, () => {
  compiledChains();
});

Deno.bench("100,000 operations: compile and run once", { group: "chains", n: 5, warmup: 1 }, () => {
  compiledChains.dispose();
  compiledChains();
});

/** The median time of some runs, in nanoseconds for each of so many operations. */
function nanoseconds(count: number, runs: number, run: () => void): string {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return (times.sort((a, b) => a - b)[runs >> 1]! * 1e6 / count).toFixed(1);
}

const moonsCount = operationCount(moons.loss(points, labels));
console.error(
  [
    "nanoseconds an operation, forward and backward:",
    `  100,000 operations  eager ${nanoseconds(1e5, 30, () => chains.result().backward())}`,
    `                      compiled ${nanoseconds(1e5, 1000, () => compiledChains())}`,
    `  moons               eager ${nanoseconds(moonsCount, 30, () => descend(0))}`,
    `                      compiled ${nanoseconds(moonsCount, 3000, () => descendCompiled(0))}`,
  ].join("\n"),
);
