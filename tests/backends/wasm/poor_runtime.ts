/** Computes in a runtime that lacks something, and prints what came out, for a test. */

import { compile, nn, optim, Random, type Tensor, tensor } from "../../../src/mod.ts";
import { type Value, value } from "../../../src/mod.ts";

// deno-lint-ignore no-explicit-any
const world = globalThis as any;
const refuse = class {
  constructor() {
    throw new Error("refused");
  }
};
const ways: Readonly<Record<string, () => void>> = {
  "as it is": () => {},
  "without WebAssembly": () => delete world.WebAssembly,
  "where modules may not be compiled": () => world.WebAssembly.Module = refuse,
  "without shared memory": () => delete world.SharedArrayBuffer,
  "without workers": () => {
    world.process.getBuiltinModule = undefined;
    delete world.Worker;
  },
  "where workers may not be started": () => {
    world.process.getBuiltinModule = () => ({ Worker: refuse });
  },
  "where workers fail": () => {
    const { Worker } = world.process.getBuiltinModule("node:worker_threads");
    const FailingWorker = class extends Worker {
      constructor(_source: string, options: object) {
        super("throw new Error('failed')", options);
      }
    };
    world.process.getBuiltinModule = () => ({ Worker: FailingWorker });
  },
};
ways[Deno.args[0]!]!();

const random = new Random(0);
const matrix = random.normal([128, 128]);
const train = {
  inputs: random.normal([256, 256]),
  labels: tensor(Int32Array.from({ length: 256 }, (_, i) => i % 10)),
};
const fitting = { loss: nn.crossEntropy, optimizer: optim.sgd({ learningRate: 0.1 }), epochs: 10 };
const history = await nn.fit(nn.mlp([256, 128, 10], { random }), train, fitting);
const large = random.normal([256, 256]);
const product = compile((a: Tensor) => a.matmul(a).tanh().matmul(a).square().mean());
let threads = 1;
const started = performance.now();
const patience = Deno.args[0] === "as it is" ? 20_000 : 500; // milliseconds, for helpers to be there
const canHelp = navigator.hardwareConcurrency > 1;
while (canHelp && threads === 1 && performance.now() - started < patience) {
  for (let i = 0; i < 20; i++) product(large).item();
  await new Promise((resolve) => setTimeout(resolve, 2));
  threads = Number(product.explain(large).match(/the last run was on (\d+) thread/)?.[1] ?? 1);
}
const numbers = [
  tensor([1, 2]).add(1).sum().item(),
  matrix.matmul(matrix).square().mean().item(),
  compile((x: Value) => x.sin())(value(1)).data,
  history.at(-1)!.loss,
  product(large).item(),
];
console.log(JSON.stringify({ threads, numbers }));
