/** The worker of jax-js, on its wasm device, which uses all cores. */

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { ArrayTask, ProductTask, StepTask, Task } from "../tasks.ts";
import { answer, checkedSteps, type Prepared, readJob, sumOfSizes } from "./measuring.ts";
import { batchesOf, firstLayers, operands, transposed, uniformArray } from "./starting_point.ts";

/** An array; every use but `ref` uses it up. */
interface Array {
  readonly ref: Array;
  add(other: Array | number): Array;
  sub(other: Array | number): Array;
  mul(other: Array | number): Array;
  div(other: Array | number): Array;
  sum(): Array;
  reshape(shape: readonly number[]): Array;
  data(): Promise<Float32Array>;
  dispose(): void;
}

type Parameters = readonly Array[];
type Step = (...args: (Array | Parameters)[]) => readonly [Array, ...Parameters[]];

/** As much of the library as is used here. */
interface Jax {
  init(device: string): Promise<unknown>;
  defaultDevice(device?: string): string;
  jit<F>(f: F): F;
  valueAndGrad(
    f: (parameters: Parameters, x: Array, y: Array) => Array,
  ): (parameters: Parameters, x: Array, y: Array) => [Array, Parameters];
  blockUntilReady<T>(tree: T): Promise<T>;
  readonly nn: {
    relu(x: Array): Array;
    softmax(x: Array, axis: number): Array;
    logSoftmax(x: Array, axis: number): Array;
    oneHot(labels: Array, classes: number): Array;
  };
  readonly numpy: {
    array(data: Float32Array | Int32Array | number): Array;
    zeros(shape: readonly number[]): Array;
    matmul(a: Array, b: Array): Array;
    matrixTranspose(a: Array): Array;
    sqrt(x: Array): Array;
    square(x: Array): Array;
    power(x: number, y: Array): Array;
    subtract(x: number, y: Array): Array;
  };
}

const job = readJob();
const require = createRequire(`${job.packages}/worker.js`);
const jax: Jax = await import(pathToFileURL(require.resolve("@jax-js/jax")).href);
const { numpy: np, nn, jit } = jax;
await jax.init("wasm");
jax.defaultDevice("wasm");
if (jax.defaultDevice() !== "wasm") throw new Error(`jax-js falls back to ${jax.defaultDevice()}`);

/** The mean loss of a batch of some size, from parameters, inputs and one-hot targets. */
const lossOf = (batchSize: number) => (parameters: Parameters, x: Array, y: Array): Array => {
  let h = x;
  for (let i = 0; i < parameters.length; i += 2) {
    h = np.matmul(h, parameters[i]!).add(parameters[i + 1]!);
    if (i < parameters.length - 2) h = nn.relu(h);
  }
  return nn.logSoftmax(h, -1).mul(y).sum().mul(-1 / batchSize);
};

/** A jitted step: parameters and what the optimizer remembers, in and out. */
function makeStep({ batchSize, optimizer }: StepTask): Step {
  const lossAndGradients = (p: Parameters, x: Array, y: Array) =>
    jax.valueAndGrad(lossOf(batchSize))(p.map((q) => q.ref), x, y);
  const sgd = (p: Parameters, x: Array, y: Array) => {
    const [l, g] = lossAndGradients(p, x, y);
    return [l, p.map((q, i) => q.sub(g[i]!.mul(0.1)))];
  };
  const adam = (p: Parameters, m: Parameters, v: Parameters, t: Array, x: Array, y: Array) => {
    const [l, g] = lossAndGradients(p, x, y);
    const means = m.map((q, i) => q.mul(0.9).add(g[i]!.ref.mul(0.1)));
    const squares = v.map((q, i) => q.mul(0.999).add(np.square(g[i]!).mul(0.001)));
    const first = np.subtract(1, np.power(0.9, t.ref));
    const second = np.subtract(1, np.power(0.999, t));
    const updated = p.map((q, i) => {
      const divisor = np.sqrt(squares[i]!.ref.div(second.ref)).add(1e-8);
      return q.sub(means[i]!.ref.div(first.ref).mul(1e-3).div(divisor));
    });
    first.dispose();
    second.dispose();
    return [l, updated, means, squares];
  };
  return jit(optimizer === "sgd" ? sgd : adam) as unknown as Step;
}

function prepareStep(task: StepTask): Prepared {
  const { batchSize, widths, optimizer } = task;
  const batches = batchesOf(task, job.digits).map(({ inputs, labels }) => ({
    x: np.array(inputs).reshape([batchSize, widths[0]!]),
    y: nn.oneHot(np.array(labels), widths.at(-1)!),
  }));
  const layers = firstLayers(widths);
  const first = layers.flatMap((layer) => [
    np.array(transposed(layer)).reshape([layer.inputs, layer.outputs]),
    np.array(layer.bias),
  ]);
  const zeros = () =>
    layers.flatMap(({ inputs, outputs }) => [np.zeros([inputs, outputs]), np.zeros([outputs])]);
  const step = makeStep(task);
  let trees: readonly Parameters[] = optimizer === "sgd" ? [first] : [first, zeros(), zeros()];
  let last: Array | null = null;
  let taken = 0;
  const run = async (steps: number) => {
    for (let i = 0; i < steps; i++) {
      const { x, y } = batches[taken++ % batches.length]!;
      const count = optimizer === "sgd" ? [] : [np.array(taken)];
      last?.dispose();
      [last, ...trees] = step(...trees, ...count, x.ref, y.ref);
      await jax.blockUntilReady(trees);
    }
  };
  return {
    run,
    check: async () => {
      await run(checkedSteps);
      return (await last!.ref.data())[0]!;
    },
  };
}

function prepareCall(f: (...inputs: Array[]) => Array, inputs: Array[]): Prepared {
  const call = jit(f);
  return {
    run: async (steps) => {
      for (let i = 0; i < steps; i++) {
        const result = call(...inputs.map((input) => input.ref));
        await jax.blockUntilReady(result);
        result.dispose();
      }
    },
    check: async () => sumOfSizes(await call(...inputs.map((input) => input.ref)).data()),
  };
}

function prepareProduct({ size, transposeA, transposeB, inARow }: ProductTask): Prepared {
  const turned = (x: Array, isTurned: boolean) => isTurned ? np.matrixTranspose(x) : x;
  const inputs = operands(size).map((data) => np.array(data).reshape([size, size]));
  return prepareCall((a, b) => {
    let product = a!;
    for (let left = inARow; left > 0; left--) {
      const right = left > 1 ? b!.ref : b!;
      product = np.matmul(turned(product, transposeA), turned(right, transposeB));
    }
    return product;
  }, inputs);
}

function prepareArray({ shape, function: name }: ArrayTask): Prepared {
  const x = np.array(uniformArray(6, shape.reduce((a, b) => a * b))).reshape(shape);
  const relu = (x: Array) => nn.relu(x.mul(1.5).add(0.5));
  const f = name === "relu" ? relu : (x: Array) => nn.softmax(x, -1);
  return prepareCall(f as (...inputs: Array[]) => Array, [x]);
}

function prepare(task: Task): Prepared {
  if (task.kind === "mlp") return prepareStep(task);
  if (task.kind === "matmul") return prepareProduct(task);
  if (task.kind === "elementwise") return prepareArray(task);
  throw new Error("jax-js has no graphs of scalars");
}

const { version } = require("./node_modules/@jax-js/jax/package.json");
await answer(job, { version, prepare });
Deno.exit(0); // its workers would keep the process alive
