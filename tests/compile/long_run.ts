/** Trains for long in one way, and prints how far memory went up, in MB, for a test. */

import { compile, nn, optim, Random, type Tensor, tensor, valueAndGrad } from "../../src/mod.ts";

const [way, total] = [Deno.args[0], Number(Deno.args[1])];
const warm = total / 3;
const random = new Random(0);
const optimizer = optim.adam();
const batches = [32, 17].map((size) => ({
  inputs: random.uniform([size, 100]),
  labels: tensor(Int32Array.from({ length: size }, (_, i) => i % 10)),
}));
type State = optim.OptimizerState<nn.Sequential>;
const step = (model: nn.Sequential, state: State, x: Tensor, y: Tensor) => {
  const f = valueAndGrad((m: nn.Sequential) => nn.crossEntropy(m.forward(x), y));
  const [loss, gradients] = f(model);
  return { loss: loss as Tensor, ...optimizer.update(model, gradients, state) };
};

let model = nn.mlp([100, 128, 10], { random });
let state = optimizer.init(model);
const compiled = compile(step);
const kept: Tensor[] = [];
// what waits for the collector comes and goes: the most of the first third, the least of the last
let before = 0, after = Infinity;
const { gc } = globalThis as unknown as { gc: () => void };
/** What is in use when all garbage is gone. */
const live = async () => {
  for (let round = 0; round < 3; round++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 30)); // it frees arrays on a thread
  }
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
};
let liveBefore = 0;
for (let i = 0; i < total; i++) {
  if (i % 8 === 0 && i < warm) before = Math.max(before, Deno.memoryUsage().rss);
  if (i === warm) liveBefore = await live();
  if (i % 8 === 0 && i >= total - warm) after = Math.min(after, Deno.memoryUsage().rss);
  const { inputs, labels } = batches[i % 50 === 0 ? 1 : 0]!; // now and then a smaller batch
  const run = way === "eager" ? step : way === "compiling" ? compile(step) : compiled;
  const result = run(model, state, inputs, labels);
  ({ model, state } = result);
  if (way === "compiling") {
    result.loss.item();
    if (i % 2 === 0) (run as typeof compiled).dispose(); // others are left to the collector
  }
  if (i % 100 === 0) kept.splice(0, 1, model.parameters()[1]!); // what is not handed back stays
  if (way === "eager" && i % 32 === 0) gc(); // its garbage waits for long, or would count as kept
  if (i % 64 === 0) await new Promise((resolve) => setTimeout(resolve)); // workers are told
}
if (!Number.isFinite(model.parameters()[0]!.data[0]!)) throw new Error("it has diverged");
const megabytes = (bytes: number) => Math.round(bytes / 2 ** 18) / 4;
const growth = { resident: megabytes(after - before), live: megabytes(await live() - liveBefore) };
console.log(JSON.stringify(growth));
