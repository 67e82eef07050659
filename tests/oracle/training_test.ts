/** The oracle's training runs, step by step in float64: XOR, Iris and the first images of MNIST. */

import { nn, optim, type Tensor, tensor, valueAndGrad } from "../../src/mod.ts";
import { jsonFilesIn, type Listed, oracleFolder, readJson, toNumber, toTensor } from "./cases.ts";
import { expectNumber, expectNumbers, Mismatch, training } from "./compare.ts";

/** The parameters of a run at one time, each in full or by its sums and ends. */
interface Snapshot extends Listed {
  readonly name: string;
  readonly sum: number;
  readonly sum_of_squares: number;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

// deno-lint-ignore no-explicit-any -- a training file, as its README describes it
type Run = any;

/** A batch for each step. */
type Batches = (step: number) => { readonly x: Tensor; readonly y: Tensor };

const folder = new URL("training/", oracleFolder);
const data = new URL("../data/", oracleFolder);

const losses: Readonly<Record<string, nn.Loss>> = {
  mse: nn.meanSquaredError,
  cross_entropy: nn.crossEntropy,
};

function makeOptimizer({ kind, lr, betas, eps }: Run["optimizer"]): optim.Optimizer {
  return kind === "sgd"
    ? optim.sgd({ learningRate: lr })
    : optim.adam({ learningRate: lr, betas, epsilon: eps });
}

/** The model with the run's first parameters. */
function makeModel(run: Run): nn.Sequential {
  const { widths, hidden } = run.model;
  const model = nn.mlp(widths, { activation: hidden, dtype: "float64" });
  const draw = run.initial.generator === "lcg32" ? generator(run.initial) : null;
  model.parameters().forEach((parameter, i) => {
    const listed: Snapshot = run.initial.params[i];
    const fanIn = widths[Math.floor(i / 2)];
    parameter.data.set(
      draw === null
        ? listed.data.map(toNumber)
        : Array.from(parameter.data, () => (2 * draw() - 1) * (1 / Math.sqrt(fanIn))),
    );
    expectSnapshot("initial", parameter, listed);
  });
  return model;
}

/** The oracle's linear congruential generator of numbers from 0 to 1. */
function generator({ seed, first_numbers }: { seed: number; first_numbers: number[] }) {
  const start = () => {
    let state = seed;
    return () => (state = (Math.imul(1664525, state) + 1013904223) >>> 0) / 2 ** 32;
  };
  const check = start();
  expectNumbers("first numbers", first_numbers.map(check), first_numbers);
  return start();
}

function expectSnapshot(when: string, actual: Tensor, expected: Snapshot): void {
  const what = `${when} ${expected.name}`;
  const { data } = actual;
  if (expected.data !== undefined) {
    return expectNumbers(what, data, expected.data, training);
  }
  const { first, last } = expected;
  expectNumbers(`${what}, first`, data.slice(0, first.length), first, training);
  expectNumbers(`${what}, last`, data.slice(-last.length), last, training);
  expectNumber(`${what}, sum`, actual.sum().item(), expected.sum);
  expectNumber(
    `${what}, sum of squares`,
    actual.square().sum().item(),
    expected.sum_of_squares,
    training,
  );
}

function expectSnapshots(when: string, actual: readonly Tensor[], expected: Snapshot[]): void {
  expected.forEach((snapshot, i) => expectSnapshot(when, actual[i]!, snapshot));
}

function outputOf(run: Run, model: nn.Sequential, x: Tensor): Tensor {
  const y = model.forward(x);
  return run.model.output === "sigmoid" ? y.sigmoid() : y;
}

function lossOf(run: Run, { x, y }: ReturnType<Batches>): (model: nn.Sequential) => Tensor {
  return (model) => losses[run.loss.kind]!(outputOf(run, model, x), y);
}

/** What a run looks like at one step, before the update. */
type Watch = (step: number, loss: number, gradients: readonly Tensor[]) => void;

/** `steps` steps as in PyTorch: backward, then an update in place. */
function trainInPlace(run: Run, batches: Batches, steps: number, watch: Watch): nn.Sequential {
  const model = makeModel(run);
  const optimizer = makeOptimizer(run.optimizer);
  for (let step = 0; step < steps; step++) {
    model.zeroGrad();
    const loss = lossOf(run, batches(step))(model);
    loss.backward();
    watch(step, loss.item(), model.parameters().map((parameter) => parameter.grad!));
    optimizer.step(model);
  }
  return model;
}

/** `steps` steps by functions without effects. */
function trainPurely(run: Run, batches: Batches, steps: number, watch: Watch): nn.Sequential {
  let model = makeModel(run);
  const optimizer = makeOptimizer(run.optimizer);
  let state = optimizer.init(model);
  for (let step = 0; step < steps; step++) {
    const [loss, gradients] = valueAndGrad(lossOf(run, batches(step)))(model);
    watch(step, loss.item(), gradients.parameters());
    ({ model, state } = optimizer.update(model, gradients, state));
  }
  return model;
}

/** The share of right answers: of two classes by a threshold, of more by the largest. */
function accuracyOf(run: Run, model: nn.Sequential, { x, y }: ReturnType<Batches>): number {
  const output = outputOf(run, model, x);
  const isRight = y.dtype === "int32"
    ? output.argmax(-1).equal(y)
    : output.greater(0.5).equal(y.greater(0.5));
  return isRight.cast("float64").mean().item();
}

function checkRun(run: Run, batches: Batches, all: ReturnType<Batches>): void {
  const watch: Watch = (step, loss, gradients) => {
    const norm = Math.hypot(...gradients.map((gradient) => gradient.norm().item()));
    const later = run.later_losses?.[step];
    if (later !== undefined) expectNumber(`loss ${step}`, loss, later, training);
    if (step >= run.steps) return;
    expectNumber(`loss ${step}`, loss, run.losses[step], training);
    expectNumber(`gradient norm ${step}`, norm, run.gradient_norms[step], training);
    if (step === 0) expectSnapshots("first gradient of", gradients, run.first_gradients);
  };
  for (const train of [trainInPlace, trainPurely]) {
    const model = train(run, batches, run.steps, watch);
    expectSnapshots("final", model.parameters(), run.final_params);
    const accuracy = accuracyOf(run, model, all);
    if (accuracy !== run.final_accuracy) throw new Mismatch(`final accuracy is ${accuracy}`);
  }
  for (const [steps, expected] of Object.entries(run.later_accuracy ?? {})) {
    const accuracy = accuracyOf(run, trainInPlace(run, batches, Number(steps), watch), all);
    if (accuracy !== expected) throw new Mismatch(`accuracy after ${steps} is ${accuracy}`);
  }
}

const classes = (labels: ArrayLike<number>) => tensor(Int32Array.from(labels));
const float64 = { dtype: "float64" } as const;

/** What each run is trained on. */
const examples: Readonly<Record<string, (run: Run) => Promise<ReturnType<Batches>>>> = {
  xor_tanh_mse: (run) => Promise.resolve({ x: toTensor(run.data.x), y: toTensor(run.data.y) }),
  iris_adam: async (run) => {
    const names = ["setosa", "versicolor", "virginica"];
    const lines = (await Deno.readTextFile(new URL(run.data.source, data))).trim().split(/\r?\n/);
    const rows = lines.map((line) => line.split(","))
      .filter((cells) => cells.length === 5 && Number.isFinite(Number(cells[0])));
    return {
      x: tensor(rows.map((cells) => cells.slice(0, 4).map(Number)), float64),
      y: classes(rows.map((cells) => names.findIndex((name) => cells[4]!.includes(name)))),
    };
  },
  mnist256_sgd: async () => {
    const images = await unzip("mnist/train-images-idx3-ubyte.gz", 16 + 256 * 784);
    const labels = await unzip("mnist/train-labels-idx1-ubyte.gz", 8 + 256);
    return {
      x: tensor(Float64Array.from(images.subarray(16), (pixel) => pixel / 255), {
        shape: [256, 784],
      }),
      y: classes(labels.subarray(8)),
    };
  },
};

/** The first `count` bytes of a gzipped file. */
async function unzip(name: string, count: number): Promise<Uint8Array> {
  const file = await Deno.open(new URL(name, data));
  const bytes = new Uint8Array(count);
  let filled = 0;
  for await (const chunk of file.readable.pipeThrough(new DecompressionStream("gzip"))) {
    bytes.set(chunk.subarray(0, count - filled), filled);
    filled = Math.min(filled + chunk.length, count);
    if (filled === count) break;
  }
  return bytes;
}

const available = jsonFilesIn(folder);
if (available.length === 0) console.log(`No training runs in ${folder.pathname}: tests ignored`);

for (const [name, read] of Object.entries(examples)) {
  Deno.test({
    name: `the training run ${name} agrees in every step`,
    ignore: !available.includes(`${name}.json`),
    fn: async () => {
      const run = readJson(new URL(`${name}.json`, folder));
      const all = await read(run);
      const size = 64;
      const part = (step: number) => ({ start: size * (step % 4), stop: size * (step % 4 + 1) });
      const batches: Batches = all.x.shape[0] === 256
        ? (step) => ({ x: all.x.slice([part(step)]), y: all.y.slice([part(step)]) })
        : () => all;
      checkRun(run, batches, all);
    },
  });
}
