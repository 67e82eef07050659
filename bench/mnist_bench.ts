/** Training steps and forward passes on the built-in digits, as `fit` and as one's own loop. */

import { assert, assertEquals } from "@std/assert";
import { batches, type Dataset, digits, nn, noGrad, optim, Random } from "../mod.ts";

const { train } = digits({ train: 1280, test: 1, seed: 0 });

const networks = [
  { widths: [784, 128, 10], batchSize: 64 },
  { widths: [784, 512, 512, 10], batchSize: 128 },
] as const;

const optimizers = {
  sgd: () => optim.sgd({ learningRate: 0.2 }),
  adam: () => optim.adam({ learningRate: 1e-3 }),
} as const;

/** One step as in PyTorch: forward, backward, update in place. */
function step(model: nn.Sequential, optimizer: optim.Optimizer, batch: Dataset): number {
  const loss = nn.crossEntropy(model.forward(batch.inputs), batch.labels);
  loss.backward();
  optimizer.step(model);
  model.zeroGrad();
  return loss.item();
}

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
    const learner = nn.mlp(widths, { random: new Random(0) });
    const optimizer = make();
    assertEquals(step(learner, optimizer, batch!), first);
    for (let i = 0; i < 10; i++) step(learner, optimizer, batch!);
    const last = nn.crossEntropy(learner.forward(batch!.inputs), batch!.labels).item();
    assert(last < 0.95 * first, `${group}: ${name} went from ${first} to ${last}`);
    Deno.bench(`${group}: step of ${name}`, { group }, () => {
      step(learner, optimizer, batch!);
    });
  }
}

const fitting = { loss: nn.crossEntropy, batchSize: 64 };
const fitted = nn.mlp([784, 128, 10], { random: new Random(0) });
const history = await nn.fit(fitted, train, { ...fitting, optimizer: optim.adam(), epochs: 3 });
assert(history[2]!.loss < history[0]!.loss);

Deno.bench("784-128-10: an epoch of fit, 20 batches of 64, adam", { group: "fit" }, async () => {
  await nn.fit(fitted, train, { ...fitting, optimizer: optim.adam() });
});
