/** Training steps, eager and compiled, forward passes and an epoch of `fit` on the built-in digits. */

import { assert, assertAlmostEquals } from "@std/assert";
import { batches, compile, type Dataset, digits, nn, noGrad, optim, Random } from "../mod.ts";
import { type Tensor, valueAndGrad } from "../mod.ts";

const { train } = digits({ train: 1280, test: 1, seed: 0 });

const networks = [
  { widths: [784, 128, 10], batchSize: 64 },
  { widths: [784, 512, 512, 10], batchSize: 128 },
] as const;

const optimizers = {
  sgd: () => optim.sgd({ learningRate: 0.2 }),
  adam: () => optim.adam({ learningRate: 1e-3 }),
} as const;

/** A step after another on one batch; each call returns the loss before it. */
type Steps = (model: nn.Sequential, optimizer: optim.Optimizer, batch: Dataset) => () => number;

/** As in PyTorch: forward, backward, update in place. */
const eagerSteps: Steps = (model, optimizer, { inputs, labels }) => () => {
  const loss = nn.crossEntropy(model.forward(inputs), labels);
  loss.backward();
  optimizer.step(model);
  model.zeroGrad();
  return loss.item();
};

/** As one program, from models to models. */
const compiledSteps: Steps = (model, optimizer, { inputs, labels }) => {
  let current = { model, state: optimizer.init(model) };
  const step = compile(
    (model: nn.Sequential, state: typeof current.state, inputs: Tensor, labels: Tensor) => {
      const lossOf = (m: nn.Sequential) => nn.crossEntropy(m.forward(inputs), labels);
      const [loss, gradients] = valueAndGrad(lossOf)(model);
      return { loss, ...optimizer.update(model, gradients, state) };
    },
  );
  return () => {
    const { loss, ...next } = step(current.model, current.state, inputs, labels);
    current = next;
    return loss.item();
  };
};

const ways = { "eager": eagerSteps, "compiled": compiledSteps } as const;

for (const { widths, batchSize } of networks) {
  const group = `${widths.join("-")}, batch ${batchSize}`;
  const [batch] = batches(train, { batchSize });
  const model = nn.mlp(widths, { random: new Random(0) });

  // checked before it is timed: chance at first, and less after some steps
  const first = nn.crossEntropy(model.forward(batch!.inputs), batch!.labels).item();
  assert(Math.abs(first - Math.log(10)) < 0.2, `${group}: the first loss is ${first}`);

  Deno.bench(`${group}: forward`, { group }, () => {
    noGrad(() => model.forward(batch!.inputs));
  });

  for (const [name, make] of Object.entries(optimizers)) {
    for (const [way, stepsOf] of Object.entries(ways)) {
      const step = stepsOf(nn.mlp(widths, { random: new Random(0) }), make(), batch!);
      assertAlmostEquals(step(), first, 1e-5);
      for (let i = 0; i < 10; i++) step();
      const last = step();
      assert(last < 0.95 * first, `${group}: ${name}, ${way}, went from ${first} to ${last}`);
      Deno.bench(`${group}: step of ${name}, ${way}`, { group }, () => {
        step();
      });
    }
  }
}

const fitting = { loss: nn.crossEntropy, batchSize: 64 };
const fitted = nn.mlp([784, 128, 10], { random: new Random(0) });
const history = await nn.fit(fitted, train, { ...fitting, optimizer: optim.adam(), epochs: 3 });
assert(history[2]!.loss < history[0]!.loss);

Deno.bench("784-128-10: an epoch of fit, 20 batches of 64, adam", { group: "fit" }, async () => {
  await nn.fit(fitted, train, { ...fitting, optimizer: optim.adam() });
});
