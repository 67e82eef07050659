/** A program that trains on two threads and ends, for a test that runs it without permissions. */

import { compile, nn, optim, Random, type Tensor, tensor, valueAndGrad } from "../../../src/mod.ts";

const optimizer = optim.sgd({ learningRate: 0.01 });
type State = optim.OptimizerState<nn.Sequential>;
const step = compile((model: nn.Sequential, state: State, x: Tensor, y: Tensor) => {
  const f = valueAndGrad((m: nn.Sequential) => nn.crossEntropy(m.forward(x), y));
  return optimizer.update(model, f(model)[1], state);
}, { threads: 2 });

const random = new Random(0);
const inputs = random.uniform([128, 256]);
const labels = tensor(Int32Array.from({ length: 128 }, (_, i) => i % 10));
let model = nn.mlp([256, 256, 10], { random });
let state = optimizer.init(model);
let threads = 1;
const started = performance.now();
while (threads === 1 && performance.now() - started < 10_000) {
  for (let i = 0; i < 6; i++) ({ model, state } = step(model, state, inputs, labels));
  await new Promise((resolve) => setTimeout(resolve, 2)); // helpers are told between two steps
  const text = step.explain(model, state, inputs, labels);
  threads = Number(text.match(/the last run was on (\d+) thread/)![1]);
  if (navigator.hardwareConcurrency === 1) break;
}
console.log(`trained on ${threads} threads`);
