/**
 * Chapter 7: from neuron to network. More inputs, neurons in a chain, why a network needs activation
 * functions, and XOR learned.
 *
 *     deno run examples/lecture/07_neuron_to_network.ts
 */

import {
  formula,
  gradients,
  nn,
  noGrad,
  optim,
  Random,
  type Tensor,
  tensor,
  type Value,
  value,
} from "../../mod.ts";
import { computationGraph, decisionRegion, lineChart } from "../../plot/mod.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { present, type Presenter } from "./present.ts";

// More inputs

/** What a neuron adds up: its inputs, each times its weight, and its bias. */
export function weightedSum(
  inputs: readonly Value[],
  weights: readonly Value[],
  bias: Value,
): Value {
  return inputs
    .map((input, i) => input.mul(weights[i]!))
    .reduce((sum, product) => sum.add(product))
    .add(bias);
}

function tellInputs({ heading, say, print }: Presenter): void {
  heading("More inputs");
  const inputs = [1, 2, 3].map((number) => value(number, `x${number}`));
  const weights = [0.5, -1, 2].map((number, i) => value(number, `w${i + 1}`));
  const bias = value(-3, "b");
  const sum = weightedSum(inputs, weights, bias);
  const output = sum.sigmoid();
  output.backward();

  say(`A neuron takes as many inputs as the data has columns: the four lengths of an Iris flower,
    the 784 pixels of a digit. Each input has a weight of its own. With three inputs, this is the
    formula that the engine reads off its own computation:`);
  print(`  f = ${formula(sum)}\n  y = ${formula(output)}`);
  const [byWeight, byBias] = gradients(sum, [weights[1]!, bias]);
  say(`However many inputs there are, the derivatives stay simple. The sum changes with the weight
    w2 by the input that it is multiplied with, \`df/dw2 = ${formula(byWeight)}\`, and with the bias
    by \`df/db = ${formula(byBias)}\`.`);
  assertEquals(formula(sum), "x1w1 + x2w2 + x3w3 + b");
  assertEquals([formula(byWeight), formula(byBias)], ["x2", "1"]);

  say(`Several neurons that read the same inputs are a layer. Write the weights of each neuron as a
    row, and the layer is one product of a matrix and a vector, W x + b. For two neurons:`);
  const W = tensor([[0.5, -1, 2], [1, 0, -1]]);
  const b = tensor([-3, 1]);
  const layer = W.matmul(tensor([1, 2, 3])).add(b);
  print(`  W = ${rows(W)}   b = ${rows(b)}\n  x = [1, 2, 3]   W x + b = ${rows(layer)}`);
  say(`The first row is the neuron above: its sum f was ${sum.data}, too.`);
  assertEquals(layer.data[0], sum.data);
}

// Neurons in a chain

/** Two neurons in a chain, with each number on the way. */
export function chain(
  activation: (sum: Value) => Value,
): Record<"w1" | "n1" | "h" | "n2" | "y", Value> {
  const [w2, w1, x] = [value(-2, "w2"), value(1.5, "w1"), value(1, "x")];
  const [b1, b2] = [value(-1, "b1"), value(0.5, "b2")];
  const n1 = w1.mul(x).add(b1);
  const h = activation(n1);
  const n2 = w2.mul(h).add(b2);
  return { w1, n1, h, n2, y: activation(n2) };
}

function tellChain({ heading, say, print, table, show }: Presenter): void {
  heading("Neurons in a chain");
  const { w1, n1, h, n2, y } = chain((sum) => sum.sigmoid());
  y.backward();
  say(`The output of one neuron can be the input of the next. Then the formula of the first stands
    inside the formula of the second:`);
  print(`  y = ${formula(y)}`);
  assertEquals(formula(y), "sigmoid(w2 * sigmoid(w1x + b1) + b2)");
  show(computationGraph(y, { title: "Two neurons in a chain", gradients: true }));

  say(`How does y change with w1, which sits at the very beginning? Walk back from y to w1 and
    multiply what you meet: the chain rule. n1 and n2 are the two weighted sums, h is the output of
    the first neuron.`);
  const links = [
    ["dy / dn2", gradients(y, [n2])[0].data],
    ["dn2 / dh", gradients(n2, [h])[0].data],
    ["dh / dn1", gradients(h, [n1])[0].data],
    ["dn1 / dw1", gradients(n1, [w1])[0].data],
  ] as const;
  const product = links.reduce((product, [, link]) => product * link, 1);
  table(["on the way", "derivative"], [...links, ["their product: dy / dw1", product]]);
  assertAlmostEquals(product, w1.grad, 1e-12);
  say(`backward() of the engine gives the same number, ${w1.grad.toFixed(4)}. It is this walk, and
    nothing else, that trains networks of any depth.`);
}

// Linear layers in a chain

/** A linear layer: a matrix of weights and a bias for each row. */
export interface LinearLayer {
  readonly W: Tensor;
  readonly b: Tensor;
}

/** The outputs of linear layers, one after the other. */
export function throughLayers(layers: readonly LinearLayer[], x: Tensor): Tensor {
  return layers.reduce((x, { W, b }) => W.matmul(x).add(b), x);
}

/** The one layer that does what several do. */
export function mergeLayers(layers: readonly LinearLayer[]): LinearLayer {
  return layers.reduce((first, { W, b }) => ({
    W: W.matmul(first.W),
    b: W.matmul(first.b).add(b),
  }));
}

/** Linear layers with random weights. */
export function randomLayers(widths: readonly number[], random: Random): LinearLayer[] {
  return widths.slice(1).map((outputs, i) => ({
    W: random.normal([outputs, widths[i]!], { dtype: "float64" }),
    b: random.normal([outputs], { dtype: "float64" }),
  }));
}

function tellLinear({ heading, say, print, table }: Presenter): void {
  heading("A chain of linear layers is one linear layer");
  const [w2, w1, x] = [value(3, "w2"), value(2, "w1"), value(1, "x")];
  const [b1, b2] = [value(-1, "b1"), value(0.5, "b2")];
  const y = w2.mul(w1.mul(x).add(b1)).add(b2);
  const [slope] = gradients(y, [x]);
  say(`Leave the activation functions out, and see what two neurons in a chain compute:`);
  print(`  y = w2(w1x + b1) + b2 = ${formula(y)}\n  dy/dx = ${formula(slope)}`);
  say(`That is a straight line again: its slope is w2w1, wherever x is, and its height at 0 is
    w2b1 + b2. One neuron with that weight and that bias does the same.`);
  assertEquals([formula(y), formula(slope)], ["w2w1x + w2b1 + b2", "w2w1"]);
  assertEquals(formula(gradients(slope, [x])[0]), "0");

  const random = new Random(7);
  const layers = randomLayers([2, 8, 8, 1], random);
  const one = mergeLayers(layers);
  const count = (layers: readonly LinearLayer[]) =>
    layers.reduce((sum, { W, b }) => sum + W.size + b.size, 0);
  say(`The same holds for matrices: W2(W1x + b1) + b2 = (W2W1)x + (W2b1 + b2). Here are three layers
    of 2-8-8-1 neurons with random weights, ${count(layers)} numbers in all, and beside them the
    one neuron that their product is, with ${count([one])} numbers:`);
  const points = [[0, 0], [1, -2], [-3, 0.5]];
  const answers = points.map((point) =>
    [layers, [one]].map((network) =>
      throughLayers(network, tensor(point, { dtype: "float64" })).item()
    )
  );
  table(
    ["x1", "x2", "three layers", "one neuron"],
    points.map((point, i) => [...point, ...answers[i]!]),
  );
  for (const [three, single] of answers) assertAlmostEquals(three!, single!, 1e-12);
  say(`However deep, a linear network draws one straight line. That is no better than the single
    neuron of chapter 2, so it cannot learn XOR.`);
}

// With ReLU

/** Two neurons side by side and a third that weighs them: up by the first, down by the second. */
export function hat(s: Value, activation: (sum: Value) => Value): Value {
  return activation(s).sub(activation(s.sub(1)).mul(2));
}

const relu = (sum: Value) => sum.relu();
const linear = (sum: Value) => sum;

function tellRelu({ heading, say, print, table, show }: Presenter): void {
  heading("With ReLU it is not");
  const s = value(0, "s");
  say(`Now two neurons beside each other, which read the same s, and a third that takes the first
    and subtracts twice the second. Once without activation functions, once with ReLU:`);
  print(`  linear     y = ${formula(hat(s, linear))}\n  with ReLU  y = ${formula(hat(s, relu))}`);
  assertEquals(formula(hat(s, linear)), "-s + 2");
  assertEquals(formula(hat(s, relu)), "relu(s) - 2relu(s - 1)");

  const slopes = [-0.5, 0.5, 1.5].map((at) => {
    const s = value(at);
    return [at, ...[linear, relu].map((activation) => gradients(hat(s, activation), [s])[0].data)];
  });
  table(["at s =", "slope, linear", "slope, with ReLU"], slopes);
  assertEquals(slopes, [[-0.5, -1, 0], [0.5, -1, 1], [1.5, -1, -1]]);
  const places = Array.from({ length: 61 }, (_, i) => (i - 10) / 20);
  const series = (name: string, activation: (sum: Value) => Value) => ({
    name,
    points: places.map((at) => [at, hat(value(at), activation).data] as const),
  });
  show(
    lineChart({
      title: "The same three neurons",
      x: { label: "s" },
      y: { label: "y" },
      series: [series("linear", linear), series("with ReLU", relu)],
    }),
    "Each ReLU neuron adds a bend; a chain of linear ones stays straight.",
  );
  const heights = [0, 1, 2].map((at) => hat(value(at), relu).data);
  assertEquals(heights, [0, 1, 0]);
  say(`With ReLU the line goes up and comes back: at s = 0, 1 and 2 it stands at
    ${heights.join(", ")}. That is XOR! Let s = x1 + x2, the number of inputs that are 1: the answer
    is 1 if there is one, and 0 if there are none or both. We have chosen these weights by hand. Can
    a network find such weights by itself?`);
}

// XOR

/** The four corners. */
export const corners = [[0, 0], [0, 1], [1, 0], [1, 1]] as const;

/** XOR: 1 where the inputs differ. */
export const truths: readonly number[] = corners.map(([x1, x2]) => x1 ^ x2);

/** A network that was trained on XOR, and its loss after each epoch. */
export interface XorTraining {
  readonly model: nn.Sequential;
  readonly losses: readonly number[];
}

/** Trains a network of 2-`hidden`-1 neurons on XOR; a seed decides the weights it starts with. */
export async function trainXor(hidden: number, seed: number): Promise<XorTraining> {
  const widths = hidden === 0 ? [2, 1] : [2, hidden, 1];
  const model = nn.mlp(widths, { activation: "tanh", random: new Random(seed) });
  const xor = { inputs: tensor(corners), labels: tensor(truths.map((truth) => [truth])) };
  const history = await nn.fit(model, xor, {
    loss: nn.binaryCrossEntropyWithLogits,
    optimizer: optim.adam({ learningRate: 0.05 }),
    epochs: 400,
    batchSize: corners.length,
  });
  return { model, losses: history.map(({ loss }) => loss) };
}

/** How probable a network holds it that the answer is 1. */
export function probability(model: nn.Model, x1: number, x2: number): number {
  return noGrad(() => model.forward(tensor([[x1, x2]])).sigmoid()).item();
}

/** Whether a network answers all four corners right. */
export function solvesXor(model: nn.Model): boolean {
  return corners.every(([x1, x2], i) => Number(probability(model, x1, x2) > 0.5) === truths[i]);
}

async function tellXor({ heading, say, table, show }: Presenter): Promise<void> {
  heading("XOR, learned");
  const { model, losses } = await trainXor(4, 0);
  say(`A multi-layer perceptron with four hidden neurons, 2-4-1, starts from random weights and
    learns from the four corners. After ${losses.length} steps its loss has gone from
    ${losses[0]!.toFixed(3)} to ${losses.at(-1)!.toFixed(3)}:`);
  table(
    ["x1", "x2", "x1 xor x2", "the network says 1 with probability"],
    corners.map(([x1, x2], i) => [x1, x2, truths[i]!, probability(model, x1, x2).toFixed(3)]),
  );
  assert(solvesXor(model));
  assert(losses.at(-1)! < 0.01);
  show(
    decisionRegion({
      title: "Where a network of 2-4-1 says 1",
      x: { label: "x1", domain: [-0.5, 1.5] },
      y: { label: "x2", domain: [-0.5, 1.5] },
      classAt: (x1, x2) => probability(model, x1, x2),
      points: corners.map(([x, y], i) => ({ x, y, label: truths[i]! })),
      classes: ["0", "1"],
    }),
    "No straight line parts the two classes. Four neurons with a bend each do.",
  );

  say(`Was it luck? The same training from ten other random starts each, with fewer and with more
    hidden neurons:`);
  const rows: [string, string][] = [];
  const solved = new Map<number, number>();
  for (const hidden of [0, 1, 2, 4]) {
    let count = 0;
    for (let seed = 1; seed <= 10; seed++) {
      if (solvesXor((await trainXor(hidden, seed)).model)) count++;
    }
    solved.set(hidden, count);
    rows.push([hidden === 0 ? "none (chapter 2)" : String(hidden), `${count} of 10`]);
  }
  table(["hidden neurons", "starts that learn XOR"], rows);
  assertEquals([solved.get(0), solved.get(1)], [0, 0]); // nothing to learn it with
  assert(solved.get(2)! > 0 && solved.get(2)! < 10);
  assert(solved.get(4)! > solved.get(2)!);
  say(`Without a hidden layer, or with one neuron in it, XOR cannot be drawn at all. Two hidden
    neurons are enough to draw it, but gradient descent often ends in a valley where the network
    knows two corners and says one half at the other two. With more neurons than it takes, the way
    down is easier to find.`);
}

function rows(matrix: Tensor): string {
  return JSON.stringify(matrix.toArray()).replaceAll(",", ", ");
}

/** Tells the chapter. */
export async function tell(presenter: Presenter): Promise<void> {
  presenter.title("Chapter 7 · From neuron to network");
  tellInputs(presenter);
  tellChain(presenter);
  tellLinear(presenter);
  tellRelu(presenter);
  await tellXor(presenter);
}

if (import.meta.main) await present(tell);
