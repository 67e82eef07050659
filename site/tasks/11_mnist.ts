/** Trains a network on digits that turunan draws, beside the page, and shows how it is doing. */

import { batches, digits, nn, noGrad, optim, Random } from "../../mod.ts";
import { compile, type Dataset, type Tensor, valueAndGrad } from "../../mod.ts";
import { linearLayers } from "../model/stored_model.ts";
import { serveTask } from "../task_host.ts";

/** What to train. */
export interface DigitsInput {
  /** How many hidden neurons. */
  readonly hidden: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
}

/** What a page may say meanwhile. */
export interface DigitsMessage {
  readonly isRunning: boolean;
}

/** A weight matrix and its biases. */
export interface LayerNumbers {
  readonly weight: Float32Array<ArrayBuffer>;
  readonly bias: Float32Array<ArrayBuffer>;
}

/** How a training is doing. */
export interface DigitsUpdate {
  readonly steps: number;
  readonly epoch: number;
  readonly loss: number | null;
  /** Of the validation digits; null where it has not been looked at anew. */
  readonly accuracy: number | null;
  /** Some test digits, once at the start. */
  readonly examples: Float32Array<ArrayBuffer> | null;
  /** What they are, and what the network takes them for. */
  readonly labels: readonly number[];
  readonly answers: readonly number[];
  readonly layers: readonly LayerNumbers[];
  /** How often each test digit was taken for which, at the end. */
  readonly confusion: readonly (readonly number[])[] | null;
  readonly testAccuracy: number | null;
}

/** How long the steps of one frame may take, in milliseconds. */
const budget = 11;
const shown = 20;

function copyOf({ data }: Tensor): Float32Array<ArrayBuffer> {
  return (data as Float32Array<ArrayBuffer>).slice();
}

async function* train(
  { hidden, learningRate, batchSize, epochs }: DigitsInput,
  messages: () => readonly DigitsMessage[],
): AsyncIterable<DigitsUpdate> {
  const { train, validation, test } = digits({ train: 5000, validation: 500, test: 1000 });
  const optimizer = optim.adam({ learningRate });
  const start = nn.mlp([784, hidden, 10], { activation: "relu", random: new Random(0) });
  let [model, state] = [start, optimizer.init(start)];
  const step = compile((m: typeof model, s: typeof state, x: Tensor, y: Tensor) => {
    const [loss, gradients] = valueAndGrad((m: typeof model) => nn.crossEntropy(m.forward(x), y))(
      m,
    );
    return { loss, ...optimizer.update(m, gradients, s) };
  }, { threads: 1 });
  const examples = test.inputs.slice([{ start: 0, stop: shown }]);
  const labels = Array.from(test.labels.data.subarray(0, shown));
  const update = (rest: Partial<DigitsUpdate>): DigitsUpdate => ({
    steps: 0,
    epoch: 0,
    loss: null,
    accuracy: null,
    examples: null,
    labels,
    answers: Array.from(noGrad(() => model.forward(examples)).argmax(1).data),
    layers: linearLayers(model).map(({ weight, bias }) => ({
      weight: copyOf(weight),
      bias: copyOf(bias!),
    })),
    confusion: null,
    testAccuracy: null,
    ...rest,
  });
  const judge = async (dataset: Dataset) => (await nn.evaluate(model, dataset)).accuracy;
  yield update({ examples: copyOf(examples), accuracy: await judge(validation) });

  const random = new Random(0);
  let steps = 0;
  let isRunning = true;
  let loss = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let end = performance.now() + budget;
    for (const { inputs, labels } of batches(train, { batchSize, random })) {
      const after = step(model, state, inputs, labels);
      ({ model, state } = after);
      loss = after.loss.item();
      steps++;
      if (performance.now() < end && Number.isFinite(loss)) continue;
      yield update({ steps, epoch, loss });
      if (!Number.isFinite(loss)) return;
      do {
        for (const message of messages()) isRunning = message.isRunning;
        if (!isRunning) await new Promise((resolve) => setTimeout(resolve, 30));
      } while (!isRunning);
      end = performance.now() + budget;
    }
    yield update({ steps, epoch, loss, accuracy: await judge(validation) });
  }
  const answers = nn.predict(model, test);
  yield update({
    steps,
    epoch: epochs,
    loss,
    accuracy: await judge(validation),
    testAccuracy: await judge(test),
    confusion: nn.confusionMatrix(answers, test.labels, 10).toArray() as number[][],
  });
}

serveTask<DigitsInput, DigitsUpdate, DigitsMessage>(train);
