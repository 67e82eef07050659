/** Compiled equals eager for every layer, loss and optimizer, and for the networks of the examples. */

import { assert, assertEquals } from "@std/assert";
import {
  compile,
  type CompileOptions,
  digits,
  nn,
  optim,
  Random,
  type Tensor,
} from "../../src/mod.ts";
import { tensor, valueAndGrad } from "../../src/mod.ts";
import { entriesOf, mapTree } from "../../src/autodiff/tree.ts";
import { areClasses } from "../../src/nn/metrics.ts";
import { assertAgree, bitsOf } from "./agreement.ts";

type Precision = "float32" | "float64";

const ways: Readonly<Record<string, CompileOptions>> = {
  wasm: { threads: 1 },
  reproducible: { threads: 1, reproducible: true },
  reference: { backend: "reference" },
};

function normal(shape: readonly number[], dtype: Precision, seed = 5): Tensor {
  return new Random(seed).normal(shape, { dtype });
}

const classes = (...labels: number[]) => tensor(labels, { dtype: "int32" });

/** The activations, from what the layer says that there are. */
const activations = ["relu", "leakyRelu", "elu", "selu", "gelu", "silu", "mish", "sigmoid", "tanh"]
  .concat("softplus", "softsign") as nn.ActivationName[];

/** Layers, each with the shape of its inputs. */
const layers: Readonly<Record<string, (dtype: Precision) => [nn.Layer, number[]]>> = {
  "Linear": (dtype) => [new nn.Linear(3, 4, { random: new Random(1), dtype }), [5, 3]],
  "Linear without bias": (dtype) => [
    new nn.Linear(3, 4, { random: new Random(1), dtype, bias: false }),
    [5, 3],
  ],
  "Linear of one sample": (dtype) => [new nn.Linear(3, 4, { random: new Random(1), dtype }), [3]],
  "Linear of sequences": (dtype) => [
    new nn.Linear(3, 4, { random: new Random(1), dtype }),
    [2, 5, 3],
  ],
  "Flatten": () => [new nn.Flatten(), [2, 3, 4]],
  "Sequential": (dtype) => [nn.mlp([3, 5, 2], { random: new Random(1), dtype }), [4, 3]],
  ...Object.fromEntries(
    activations.map((name) => [name, () => [new nn.Activation(name), [4, 33]]]),
  ),
};

for (const [name, make] of Object.entries(layers)) {
  Deno.test(`compile() of a layer and its gradient gives what it gives without: ${name}`, () => {
    for (const dtype of ["float64", "float32"] as const) {
      const [layer, shape] = make(dtype);
      const f = (layer: nn.Layer, x: Tensor) => {
        const [value, slopes] = valueAndGrad((both: { layer: nn.Layer; x: Tensor }) =>
          both.layer.forward(both.x).square().mean()
        )({ layer, x });
        return { outputs: layer.forward(x), value, slopes };
      };
      const wanted = f(layer, normal(shape, dtype));
      for (const [way, options] of Object.entries(ways)) {
        using compiled = compile(f, options);
        assertAgree(compiled(layer, normal(shape, dtype)), wanted, `${way} ${dtype}`);
      }
    }
  });
}

const float = (x: Tensor, like: Tensor) => x.cast(like.dtype);

/** Losses with every option, each a function of logits [6, 3]. */
const losses: Readonly<Record<string, (logits: Tensor) => Tensor>> = {
  "meanSquaredError": (x) => nn.meanSquaredError(x, x.fillLike(0.5)),
  "rootMeanSquaredError": (x) => nn.rootMeanSquaredError(x, x.fillLike(0.5)),
  "meanAbsoluteError": (x) => nn.meanAbsoluteError(x, x.fillLike(0.5)),
  "crossEntropy of classes": (x) => nn.crossEntropy(x, classes(0, 1, 2, 2, 1, 0)),
  "crossEntropy of probabilities": (x) => nn.crossEntropy(x, x.fillLike(1 / 3)),
  "crossEntropy, weights": (x) =>
    nn.crossEntropy(x, classes(0, 1, 2, 2, 1, 0), { weights: float(tensor([1, 2, 3]), x) }),
  "crossEntropy, ignored": (x) =>
    nn.crossEntropy(x, classes(0, 9, 2, 2, 9, 0), { ignoreIndex: 9, labelSmoothing: 0.1 }),
  "crossEntropy, sum": (x) => nn.crossEntropy(x, classes(0, 1, 2, 2, 1, 0), { reduction: "sum" }),
  "crossEntropy, none": (x) => nn.crossEntropy(x, classes(0, 1, 2, 2, 1, 0), { reduction: "none" }),
  "binaryCrossEntropyWithLogits": (x) => nn.binaryCrossEntropyWithLogits(x, x.fillLike(1)),
  "binaryCrossEntropyWithLogits, weight": (x) =>
    nn.binaryCrossEntropyWithLogits(x, x.fillLike(0.3), { positiveWeight: 2 }),
  "hinge": (x) => nn.hinge(x, x.fillLike(1)),
};

Deno.test("the losses that are compiled are all there are", () => {
  const own = new Set(Object.keys(losses).map((name) => name.split(/[ ,]/)[0]));
  const all = Object.keys(nn).filter((name) => /Error$|Entropy|hinge/.test(name));
  for (const name of all) assert(own.has(name) || name === "TrainingError", name);
});

for (const [name, loss] of Object.entries(losses)) {
  Deno.test(`compile() of a loss and its gradient gives what it gives without: ${name}`, () => {
    for (const dtype of ["float64", "float32"] as const) {
      const f = (x: Tensor) => ({
        each: loss(x),
        both: valueAndGrad((x: Tensor) => loss(x).sum())(x),
      });
      const wanted = f(normal([6, 3], dtype));
      for (const [way, options] of Object.entries(ways)) {
        using compiled = compile(f, options);
        assertAgree(compiled(normal([6, 3], dtype)), wanted, `${way} ${dtype}`);
      }
    }
  });
}

/** A step of training. */
function stepOf(loss: nn.Loss, optimizer: optim.Optimizer) {
  return (
    model: nn.Model,
    state: optim.OptimizerState<nn.Model>,
    { inputs, labels }: { inputs: Tensor; labels: Tensor },
  ) => {
    const [error, gradients] = valueAndGrad((m: nn.Model) => loss(m.forward(inputs), labels))(
      model,
    );
    return { error: error as Tensor, ...optimizer.update(model, gradients, state) };
  };
}

/** Takes steps with what the last one gave, and returns the losses and what is there at the end. */
function train(
  step: ReturnType<typeof stepOf>,
  model: nn.Model,
  optimizer: optim.Optimizer,
  batches: readonly { inputs: Tensor; labels: Tensor }[],
) {
  let current = { model, state: optimizer.init(model) };
  const errors = batches.map((batch) => {
    const { error, ...next } = step(current.model, current.state, batch);
    current = next;
    return error;
  });
  return { errors, ...current };
}

/** Every optimizer with every option that changes what it does. */
const optimizers: Readonly<Record<string, () => optim.Optimizer>> = {
  "sgd": () => optim.sgd({ learningRate: 0.1 }),
  "sgd, weight decay": () => optim.sgd({ learningRate: 0.1, weightDecay: 0.1 }),
  "sgd, momentum": () => optim.sgd({ learningRate: 0.1, momentum: 0.9 }),
  "sgd, dampening": () => optim.sgd({ learningRate: 0.1, momentum: 0.9, dampening: 0.5 }),
  "sgd, nesterov": () => optim.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
  "adam": () => optim.adam({ learningRate: 0.1 }),
  "adam, weight decay": () => optim.adam({ learningRate: 0.1, weightDecay: 0.1 }),
  "adam, amsgrad": () => optim.adam({ learningRate: 0.1, amsgrad: true }),
  "adamW": () => optim.adamW({ learningRate: 0.1, weightDecay: 0.1 }),
};

for (const [name, make] of Object.entries(optimizers)) {
  Deno.test(`compile() trains as without, all memory of the optimizer included: ${name}`, () => {
    for (const dtype of ["float64", "float32"] as const) {
      const model = nn.mlp([3, 4, 2], { activation: "tanh", random: new Random(1), dtype });
      const batches = [1, 2, 3, 4, 5].map((seed) => ({
        inputs: normal([6, 3], dtype, seed),
        labels: normal([6, 2], dtype, seed + 10),
      }));
      const optimizer = make();
      const step = stepOf(nn.meanSquaredError, optimizer);
      const wanted = train(step, model, optimizer, batches);
      for (const [way, options] of Object.entries(ways)) {
        using compiled = compile(step, options);
        const found = train(compiled, model, optimizer, batches);
        assertAgree(found, wanted, `${way} ${dtype}`, dtype === "float32" ? 50 : 10);
        using again = compile(step, options);
        assertEquals(bitsOf(train(again, model, optimizer, batches)), bitsOf(found));
      }
    }
  });
}

/** A network with its loss, its optimizer and its batches. */
interface Example {
  readonly model: nn.Model;
  readonly loss: nn.Loss;
  readonly optimizer: optim.Optimizer;
  readonly batches: readonly { inputs: Tensor; labels: Tensor }[];
}

const digitBatches = (dtype: Precision) => {
  const { inputs, labels } = digits({ train: 192, test: 10 }).train;
  return [0, 1, 2].map((i) => ({
    inputs: inputs.slice([{ start: i * 64, stop: i * 64 + 64 }]).cast(dtype),
    labels: labels.slice([{ start: i * 64, stop: i * 64 + 64 }]),
  }));
};
const corners = (dtype: Precision) => ({
  inputs: tensor([[0, 0], [0, 1], [1, 0], [1, 1]], { dtype }),
  labels: tensor([[0], [1], [1], [0]], { dtype }),
});
const options = (dtype: Precision) => ({ random: new Random(0), dtype });

/** The networks of the examples and of the measurements. */
const examples: Readonly<Record<string, (dtype: Precision) => Example>> = {
  "a perceptron, 2-1": (dtype) => ({
    model: nn.mlp([2, 1], options(dtype)),
    loss: nn.binaryCrossEntropyWithLogits,
    optimizer: optim.adam({ learningRate: 0.05 }),
    batches: Array(20).fill(corners(dtype)),
  }),
  "exclusive or, 2-8-1": (dtype) => ({
    model: nn.mlp([2, 8, 1], { activation: "tanh", ...options(dtype) }),
    loss: nn.binaryCrossEntropyWithLogits,
    optimizer: optim.adam({ learningRate: 0.05 }),
    batches: Array(20).fill(corners(dtype)),
  }),
  "a curve, 1-16-1": (dtype) => ({
    model: nn.mlp([1, 16, 1], { activation: "tanh", ...options(dtype) }),
    loss: nn.meanSquaredError,
    optimizer: optim.adam({ learningRate: 0.02 }),
    batches: [1, 2, 3].map((seed) => ({
      inputs: normal([32, 1], dtype, seed),
      labels: normal([32, 1], dtype, seed),
    })),
  }),
  "digits, 784-128-10 by adam": (dtype) => ({
    model: nn.mlp([784, 128, 10], options(dtype)),
    loss: nn.crossEntropy,
    optimizer: optim.adam(),
    batches: digitBatches(dtype),
  }),
  "digits, 784-128-10 by sgd": (dtype) => ({
    model: nn.mlp([784, 128, 10], options(dtype)),
    loss: nn.crossEntropy,
    optimizer: optim.sgd({ learningRate: 0.1, momentum: 0.9 }),
    batches: digitBatches(dtype),
  }),
  "digits, 784-96-96-10 by adamW": (dtype) => ({
    model: nn.mlp([784, 96, 96, 10], options(dtype)),
    loss: nn.crossEntropy,
    optimizer: optim.adamW(),
    batches: digitBatches(dtype),
  }),
};

for (const [name, make] of Object.entries(examples)) {
  Deno.test(`compile() trains an example's network as without: ${name}`, () => {
    for (const dtype of ["float64", "float32"] as const) {
      const { model, loss, optimizer, batches } = make(dtype);
      const step = stepOf(loss, optimizer);
      const wanted = train(step, model, optimizer, batches);
      for (const [way, options] of Object.entries(ways)) {
        if (way === "reference" && name.startsWith("digits, 784-96")) continue; // it is slow
        using compiled = compile(step, options);
        const found = train(compiled, model, optimizer, batches);
        assertAgree(found, wanted, `${way} ${dtype}`, dtype === "float32" ? 100 : 100);
      }
    }
  });
}

Deno.test("fit() ends where steps by single operations end", async () => {
  const { model, loss, optimizer, batches } = examples["digits, 784-128-10 by adam"]!("float64");
  const copy = mapTree(model, (leaf) => (leaf as Tensor).clone());
  const [{ inputs, labels }] = batches as [{ inputs: Tensor; labels: Tensor }];
  assert(areClasses(labels));
  const history = await nn.fit(model, { inputs, labels }, {
    loss,
    optimizer,
    epochs: 2,
    batchSize: 24, // the last batch is smaller
    shuffle: false,
  });
  const own = optim.adam();
  let state = own.init(copy);
  let current = copy;
  for (let epoch = 0; epoch < 2; epoch++) {
    for (const [start, stop] of [[0, 24], [24, 48], [48, 64]] as const) {
      const batch = {
        inputs: inputs.slice([{ start, stop }]),
        labels: labels.slice([{ start, stop }]),
      };
      ({ model: current, state } = stepOf(loss, own)(current, state, batch));
    }
  }
  assertEquals(history.length, 2);
  assertAgree(model, current, "", 100);
  assertEquals(entriesOf(model).length, 4);
});
