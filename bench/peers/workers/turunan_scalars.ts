/** turunan's worker for graphs of scalars, eager or compiled. */

import { compile, grad, type Value, value, valueAndGrad } from "../../../mod.ts";
import type { Task } from "../tasks.ts";
import { answer, type Prepared, readJob } from "./measuring.ts";
import { uniforms } from "./starting_point.ts";

const job = readJob();
const checkedSteps = 5;

interface Neuron {
  readonly bias: Value;
  readonly weights: readonly Value[];
}
type Layers = readonly (readonly Neuron[])[];

/** The 2-16-16-1 network of micrograd's demo on a hundred points of two moons. */
class Moons {
  static readonly nodes = 100 * (16 * 5 + 16 * 33 + 32 + 3) + 99 + 2 * 337 - 1 + 3;
  readonly layers: Layers;
  readonly #points: readonly (readonly number[])[];
  readonly #labels: readonly number[];

  constructor() {
    const next = uniforms(7);
    this.#labels = Array.from({ length: 100 }, (_, i) => i < 50 ? 1 : -1);
    this.#points = this.#labels.map((label, i) => {
      const angle = Math.PI * (i % 50) / 49;
      const [x, y] = [Math.cos(angle), Math.sin(angle)];
      return [
        (label === 1 ? x : 1 - x) + 0.1 * (next() - 0.5),
        (label === 1 ? y : 0.5 - y) + 0.1 * (next() - 0.5),
      ];
    });
    this.layers = [[2, 16], [16, 16], [16, 1]].map(([inputs, outputs]) =>
      Array.from({ length: outputs! }, () => ({
        bias: value(0),
        weights: Array.from({ length: inputs! }, () => value(2 * next() - 1)),
      }))
    );
  }

  loss(layers: Layers): Value {
    const losses = this.#points.map((point, i) =>
      score(layers, point).mul(-this.#labels[i]!).add(1).relu()
    );
    const squares = layers.flat().flatMap(parametersOf).map((p) => p.mul(p));
    return losses.reduce(sum).mul(0.01).add(squares.reduce(sum).mul(1e-4));
  }
}

const sum = (a: Value, b: Value): Value => a.add(b);
const parametersOf = ({ bias, weights }: Neuron): readonly Value[] => [bias, ...weights];

function score(layers: Layers, point: readonly number[]): Value {
  let signals: readonly (Value | number)[] = point;
  for (const [i, layer] of layers.entries()) {
    signals = layer.map(({ bias, weights }) => {
      let total = bias;
      for (const [k, weight] of weights.entries()) total = total.add(weight.mul(signals[k]!));
      return i === layers.length - 1 ? total : total.relu();
    });
  }
  return signals[0] as Value;
}

/** As micrograd's users write it: a new graph each step, parameters changed in place. */
function eagerMoons(): Prepared {
  const moons = new Moons();
  const parameters = moons.layers.flat().flatMap(parametersOf);
  const step = () => {
    const loss = moons.loss(moons.layers);
    for (const parameter of parameters) parameter.zeroGrad();
    loss.backward();
    for (const parameter of parameters) parameter.data -= 0.1 * parameter.grad;
    return loss.data;
  };
  return prepared(step, Moons.nodes);
}

/** The same step as one program. */
function compiledMoons(): Prepared {
  const moons = new Moons();
  const descend = (layers: Layers, gradients: Layers): Layers =>
    layers.map((layer, l) =>
      layer.map(({ bias, weights }, n) => {
        const g = gradients[l]![n]!;
        return {
          bias: bias.sub(g.bias.mul(0.1)),
          weights: weights.map((weight, i) => weight.sub(g.weights[i]!.mul(0.1))),
        };
      })
    );
  const step = compile((layers: Layers) => {
    const [loss, gradients] = valueAndGrad((l: Layers) => moons.loss(l))(layers);
    return { loss: loss as Value, layers: descend(layers, gradients) };
  });
  let layers = moons.layers;
  return prepared(() => {
    const result = step(layers);
    layers = result.layers;
    return result.loss.data;
  }, Moons.nodes);
}

/** Eight sums of products side by side, 100,000 nodes in all. */
function wideGraph(factors: readonly Value[], first: readonly Value[]): Value {
  const sums = [...first];
  for (let i = 0; i < 33307; i++) {
    sums[i % 8] = sums[i % 8]!.mul(factors[i % 64]!).add(factors[i * 7 % 64]!).relu();
  }
  return sums.reduce(sum);
}

function wide(): Prepared {
  const makeFactors = () => Array.from({ length: 64 }, (_, i) => value(0.5 + 0.001 * i));
  const makeFirst = () => Array.from({ length: 8 }, (_, i) => value(0.1 * i));
  if (job.mode === "eager") {
    return prepared(() => {
      const factors = makeFactors();
      const total = wideGraph(factors, makeFirst());
      total.backward();
      return total.data + factors[0]!.grad;
    }, 100_000);
  }
  const [factors, first] = [makeFactors(), makeFirst()];
  const both = compile((factors: readonly Value[], first: readonly Value[]) => {
    const [total, gradients] = valueAndGrad((f: readonly Value[]) => wideGraph(f, first))(factors);
    return (total as Value).add(gradients[0]!);
  });
  return prepared(() => both(factors, first).data, 100_000);
}

function prepared(step: () => number, nodes: number): Prepared {
  let last = 0;
  const run = (steps: number) => {
    for (let i = 0; i < steps; i++) last = step();
  };
  return {
    run,
    nodes,
    check: () => {
      run(checkedSteps);
      return last;
    },
  };
}

/** Throws where `compile` takes no scalars, instead of timing something that is not compiled. */
function checkCompiling(): void {
  if (job.mode === "eager") return;
  let traced = 0;
  const slope = compile((x: Value) => {
    traced++;
    return grad((x: Value) => x.mul(x))(x) as Value;
  });
  const x = value(3);
  for (let i = 0; i < 3; i++) if (slope(x).data !== 6) throw new Error("wrong result");
  if (traced !== 1) throw new Error(`the function ran ${traced} times`);
}

function prepare(task: Task): Prepared {
  if (task.kind !== "scalar") throw new Error("this worker does scalars alone");
  try {
    checkCompiling();
  } catch (error) {
    throw new Error(`compile does not take Values yet: ${(error as Error).message}`);
  }
  if (task.graph === "wide") return wide();
  return job.mode === "eager" ? eagerMoons() : compiledMoons();
}

await answer(job, { version: "this tree", prepare });
