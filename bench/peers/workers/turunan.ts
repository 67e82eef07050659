/** turunan's own worker: training steps, products and functions of arrays. */

import { compile, type CompileOptions, nn, openBlas, optim } from "../../../mod.ts";
import { type Tensor, tensor, valueAndGrad } from "../../../mod.ts";
import type { ArrayTask, DigitFiles, ProductTask, StepTask, Task } from "../tasks.ts";
import { answer, checkedSteps, type Prepared, readJob, sumOfSizes } from "./measuring.ts";
import { batchesOf, firstLayers, operands, uniformArray } from "./starting_point.ts";

const job = readJob();
const options: CompileOptions = {
  ...(job.threads === 0 ? {} : { threads: job.threads }),
  ...(job.mode === "blas" ? { blas: openBlas() } : {}),
};

function float32(shape: readonly number[], data: Float32Array): Tensor {
  return tensor(data, { shape });
}

function prepareStep(task: StepTask, digits: DigitFiles): Prepared {
  const batches = batchesOf(task, digits).map(({ inputs, labels }) => ({
    inputs: float32([task.batchSize, task.widths[0]!], inputs),
    labels: tensor(labels),
  }));
  const first = nn.mlp(task.widths);
  const values = firstLayers(task.widths).flatMap(({ weight, bias }) => [weight, bias]);
  for (const [i, parameter] of first.parameters().entries()) parameter.data.set(values[i]!);
  const optimizer = task.optimizer === "sgd"
    ? optim.sgd({ learningRate: 0.1 })
    : optim.adam({ learningRate: 1e-3 });
  type State = optim.OptimizerState<nn.Sequential>;
  const step = compile((model: nn.Sequential, state: State, images: Tensor, labels: Tensor) => {
    const [loss, gradients] = valueAndGrad(
      (m: nn.Sequential) => nn.crossEntropy(m.forward(images), labels),
    )(model);
    return { loss: loss as Tensor, ...optimizer.update(model, gradients, state) };
  }, options);
  let model = first;
  let state = optimizer.init(model);
  let loss!: Tensor;
  let next = 0;
  const run = (steps: number) => {
    for (let i = 0; i < steps; i++) {
      const { inputs, labels } = batches[next++ % batches.length]!;
      ({ loss, model, state } = step(model, state, inputs, labels));
    }
  };
  return {
    run,
    check: () => {
      run(checkedSteps);
      return loss.item();
    },
  };
}

/** A function of arrays, eager or compiled. */
function prepareCall(f: (...inputs: Tensor[]) => Tensor, inputs: Tensor[]): Prepared {
  const call = job.mode === "eager" ? f : compile(f, { ...options, reuseResults: true });
  return {
    run: (steps) => {
      for (let i = 0; i < steps; i++) call(...inputs);
    },
    check: () => sumOfSizes(call(...inputs).data),
  };
}

function prepareProduct({ size, inARow, ...transposition }: ProductTask): Prepared {
  const { transposeA, transposeB } = transposition;
  const inputs = operands(size).map((data) => float32([size, size], data));
  return prepareCall((a, b) => {
    let product = a!;
    for (let i = 0; i < inARow; i++) product = product.matmul(b!, { transposeA, transposeB });
    return product;
  }, inputs);
}

function prepareArray({ shape, function: name }: ArrayTask): Prepared {
  const x = float32(shape, uniformArray(6, shape.reduce((a, b) => a * b)));
  const f = name === "relu"
    ? (x: Tensor) => x.mul(1.5).add(0.5).relu()
    : (x: Tensor) => x.softmax(-1);
  return prepareCall(f as (...inputs: Tensor[]) => Tensor, [x]);
}

function prepare(task: Task): Prepared {
  switch (task.kind) {
    case "mlp":
      return prepareStep(task, job.digits);
    case "matmul":
      return prepareProduct(task);
    case "elementwise":
      return prepareArray(task);
    case "scalar":
      throw new Error("scalars have a worker of their own");
    default:
      task satisfies never;
      throw new Error("no such task");
  }
}

await answer(job, { version: "this tree", prepare });
