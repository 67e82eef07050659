/** Computes in a runtime that lacks something, and prints what came out, for a test. */

import { compile, nn, optim, Random, tensor, type Value, value } from "../../../src/mod.ts";

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
const results = [
  tensor([1, 2]).add(1).sum().item(),
  matrix.matmul(matrix).square().mean().item(),
  compile((x: Value) => x.sin())(value(1)).data,
  history.at(-1)!.loss,
];
console.log(results.map((number) => number.toFixed(3)).join(" "));
