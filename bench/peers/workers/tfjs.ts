/** The worker of TensorFlow.js, on its cpu or its wasm backend. */

import { createRequire } from "node:module";
import type { ArrayTask, ProductTask, StepTask, Task } from "../tasks.ts";
import { answer, checkedSteps, type Prepared, readJob, sumOfSizes } from "./measuring.ts";
import { batchesOf, firstLayers, operands, transposed, uniformArray } from "./starting_point.ts";

interface Tensor {
  add(other: Tensor | number): Tensor;
  mul(other: Tensor | number): Tensor;
  matMul(other: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  relu(): Tensor;
  softmax(): Tensor;
  toFloat(): Tensor;
  dataSync(): Float32Array;
  dispose(): void;
}

interface Optimizer {
  minimize(f: () => Tensor, returnCost: boolean): Tensor | null;
}

/** As much of the library as is used here. */
interface TensorFlow {
  readonly version_core: string;
  readonly train: {
    sgd(rate: number): Optimizer;
    adam(rate: number, beta1: number, beta2: number, epsilon: number): Optimizer;
  };
  readonly losses: { softmaxCrossEntropy(labels: Tensor, logits: Tensor): Tensor };
  env(): { set(flag: string, value: boolean): void };
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  getBackend(): string;
  tidy<T>(f: () => T): T;
  tensor(data: Float32Array | Int32Array, shape: readonly number[], dtype?: string): Tensor;
  variable(tensor: Tensor): Tensor;
  oneHot(labels: Tensor, classes: number): Tensor;
}

const job = readJob();
const require = createRequire(`${job.packages}/worker.js`);
const tf: TensorFlow = require("@tensorflow/tfjs");
if (job.mode === "wasm") {
  const wasm = require("@tensorflow/tfjs-backend-wasm");
  tf.env().set("WASM_HAS_SIMD_SUPPORT", true);
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false); // does not start in Deno, nor in Node
  wasm.setWasmPaths(`${job.packages}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
}
const isStarted = await tf.setBackend(job.mode);
await tf.ready();
if (!isStarted || tf.getBackend() !== job.mode) {
  throw new Error(`tfjs falls back to its ${tf.getBackend()} backend`);
}

function prepareStep(task: StepTask): Prepared {
  const { batchSize, widths, optimizer } = task;
  const batches = batchesOf(task, job.digits).map(({ inputs, labels }) => ({
    images: tf.tensor(inputs, [batchSize, widths[0]!]),
    targets: tf.oneHot(tf.tensor(labels, [batchSize], "int32"), widths.at(-1)!).toFloat(),
  }));
  const layers = firstLayers(widths).map((layer) => ({
    weight: tf.variable(tf.tensor(transposed(layer), [layer.inputs, layer.outputs])),
    bias: tf.variable(tf.tensor(layer.bias, [layer.outputs])),
  }));
  const rule = optimizer === "sgd" ? tf.train.sgd(0.1) : tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  let next = 0;
  const step = (isLossWanted: boolean) => {
    const { images, targets } = batches[next++ % batches.length]!;
    return rule.minimize(() => {
      const logits = layers.reduce((x, { weight, bias }, i) => {
        const sums = x.matMul(weight).add(bias);
        return i === layers.length - 1 ? sums : sums.relu();
      }, images);
      return tf.losses.softmaxCrossEntropy(targets, logits);
    }, isLossWanted);
  };
  return {
    run: (steps) => {
      for (let i = 0; i < steps; i++) step(false);
    },
    check: () => {
      for (let i = 1; i < checkedSteps; i++) step(false);
      return step(true)!.dataSync()[0]!;
    },
  };
}

function prepareCall(f: () => Tensor): Prepared {
  const call = () => tf.tidy(f);
  return {
    run: (steps) => {
      for (let i = 0; i < steps; i++) call().dispose();
    },
    check: () => sumOfSizes(call().dataSync()),
  };
}

function prepareProduct({ size, transposeA, transposeB, inARow }: ProductTask): Prepared {
  const [a, b] = operands(size).map((data) => tf.tensor(data, [size, size]));
  return prepareCall(() => {
    let product = a!;
    for (let i = 0; i < inARow; i++) product = product.matMul(b!, transposeA, transposeB);
    return product;
  });
}

function prepareArray({ shape, function: name }: ArrayTask): Prepared {
  const x = tf.tensor(uniformArray(6, shape.reduce((a, b) => a * b)), shape);
  return prepareCall(() => name === "relu" ? x.mul(1.5).add(0.5).relu() : x.softmax());
}

function prepare(task: Task): Prepared {
  if (task.kind === "mlp") return prepareStep(task);
  if (task.kind === "matmul") return prepareProduct(task);
  if (task.kind === "elementwise") return prepareArray(task);
  throw new Error("tfjs has no graphs of scalars");
}

await answer(job, { version: tf.version_core, prepare });
Deno.exit(0);
