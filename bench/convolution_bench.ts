/**
 * Convolution and pooling over a batch of 64 images of the size of MNIST's: the operations, eager and
 * compiled, and a training step of a network of two convolutions.
 */

import { assertAlmostEquals } from "@std/assert";
import { compile, nn, optim, Random, type Tensor, tensor, valueAndGrad } from "../mod.ts";

const random = new Random(0);
const batch = 64;
const images = random.normal([batch, 8, 28, 28]);
const weight = random.normal([16, 8, 3, 3]);

/** One output of the convolution, by its definition: the pixel at (y, x) of a channel. */
function outputAt(channel: number, y: number, x: number): number {
  let sum = 0;
  for (let c = 0; c < 8; c++) {
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const [row, column] = [y + i - 1, x + j - 1];
        if (row < 0 || column < 0 || row > 27 || column > 27) continue;
        sum += weight.data[((channel * 8 + c) * 3 + i) * 3 + j]! *
          images.data[(c * 28 + row) * 28 + column]!;
      }
    }
  }
  return sum;
}

const convolve = (x: Tensor, w: Tensor) => x.conv2d(w, { padding: 1 });
const pool = (x: Tensor) => x.maxPool2d(2);
const compiled = {
  convolve: compile(convolve, { reuseResults: true }),
  pool: compile(pool, { reuseResults: true }),
};
for (const f of [convolve, compiled.convolve]) {
  const outputs = f(images, weight);
  for (const [channel, y, x] of [[0, 0, 0], [5, 13, 27], [15, 27, 1]] as const) {
    assertAlmostEquals(outputs.data[(channel * 28 + y) * 28 + x]!, outputAt(channel, y, x), 1e-4);
  }
}
for (const f of [pool, compiled.pool]) {
  const [a, b] = [images.data.subarray(0, 2), images.data.subarray(28, 30)];
  assertAlmostEquals(f(images).data[0]!, Math.max(...a, ...b), 0);
}

const options = { group: "conv2d of [64, 8, 28, 28] by [16, 8, 3, 3]" };
Deno.bench({ ...options, name: "conv2d, eager" }, () => void convolve(images, weight));
Deno.bench({ ...options, name: "conv2d, compiled" }, () => void compiled.convolve(images, weight));
const pools = { group: "maxPool2d of [64, 8, 28, 28] by 2" };
Deno.bench({ ...pools, name: "maxPool2d, eager" }, () => void pool(images));
Deno.bench({ ...pools, name: "maxPool2d, compiled" }, () => void compiled.pool(images));

const digits = random.uniform([batch, 1, 28, 28]);
const labels = tensor(Int32Array.from({ length: batch }, (_, i) => i % 10));
const optimizer = optim.adam({ learningRate: 1e-3 });

/** 1-8-16 channels, windows of 3 by 3, each halved by a pool, and a layer of 10 outputs. */
function network(): nn.Sequential {
  const random = new Random(1);
  return new nn.Sequential([
    ...[[1, 8], [8, 16]].flatMap(([inputs, outputs]) => [
      new nn.Conv2d(inputs!, outputs!, 3, { padding: 1, random }),
      new nn.Activation("relu"),
      new nn.MaxPool2d(2),
    ]),
    new nn.Flatten(),
    new nn.Linear(16 * 7 * 7, 10, { random }),
  ]);
}

/** A step of training after another; each call returns the loss before it. */
function training(threads?: number): () => number {
  const first = network();
  let current = { model: first, state: optimizer.init(first) };
  const step = compile(
    (model: nn.Sequential, state: typeof current.state, x: Tensor, y: Tensor) => {
      const lossOf = (m: nn.Sequential) => nn.crossEntropy(m.forward(x), y);
      const [loss, gradients] = valueAndGrad(lossOf)(model);
      return { loss, ...optimizer.update(model, gradients, state) };
    },
    threads === undefined ? {} : { threads },
  );
  return () => {
    const { loss, ...next } = step(current.model, current.state, digits, labels);
    current = next;
    return loss.item();
  };
}

const [alone, together] = [training(1), training()];
const firstLoss = nn.crossEntropy(network().forward(digits), labels).item();
assertAlmostEquals(alone(), firstLoss, 1e-4);
assertAlmostEquals(together(), firstLoss, 1e-4);
const steps = { group: "a step of Adam, 1-8-16 channels and 10 outputs, batch 64" };
Deno.bench({ ...steps, name: "training step, 1 thread" }, () => void alone());
Deno.bench({ ...steps, name: "training step, all threads" }, () => void together());
