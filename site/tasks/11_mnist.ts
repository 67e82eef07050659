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

type State = optim.OptimizerState<nn.Sequential>;

/** A network in training, and what there is to see of it. */
class Training {
  readonly #test: Dataset;
  readonly #validation: Dataset;
  readonly #examples: Tensor;
  readonly #step;
  readonly #random = new Random(0);
  readonly #train: Dataset;
  readonly #input: DigitsInput;
  #model: nn.Sequential;
  #state: State;
  #steps = 0;

  constructor(input: DigitsInput) {
    this.#input = input;
    const parts = digits({ train: 5000, validation: 500, test: 1000 });
    [this.#train, this.#validation, this.#test] = [parts.train, parts.validation, parts.test];
    this.#examples = this.#test.inputs.slice([{ start: 0, stop: shown }]);
    const random = new Random(0);
    this.#model = nn.mlp([784, input.hidden, 10], { activation: "relu", random });
    const optimizer = optim.adam({ learningRate: input.learningRate });
    this.#state = optimizer.init(this.#model);
    type Model = nn.Sequential;
    this.#step = compile((m: Model, s: State, x: Tensor, y: Tensor) => {
      const [loss, slopes] = valueAndGrad((m: Model) => nn.crossEntropy(m.forward(x), y))(m);
      return { loss, ...optimizer.update(m, slopes, s) };
    }, { threads: 1 });
  }

  /** The batches of an epoch. */
  batches(): Iterable<Dataset> {
    return batches(this.#train, { batchSize: this.#input.batchSize, random: this.#random });
  }

  /** One step; gives the loss before it. */
  learn({ inputs, labels }: Dataset): number {
    const after = this.#step(this.#model, this.#state, inputs, labels);
    [this.#model, this.#state] = [after.model, after.state];
    this.#steps++;
    return after.loss.item();
  }

  /** What there is to see now. */
  update(rest: Partial<DigitsUpdate>): DigitsUpdate {
    return {
      steps: this.#steps,
      epoch: 0,
      loss: null,
      accuracy: null,
      examples: null,
      labels: Array.from(this.#test.labels.data.subarray(0, shown)),
      answers: Array.from(noGrad(() => this.#model.forward(this.#examples)).argmax(1).data),
      layers: linearLayers(this.#model).map(({ weight, bias }) => ({
        weight: copyOf(weight),
        bias: copyOf(bias!),
      })),
      confusion: null,
      testAccuracy: null,
      ...rest,
    };
  }

  /** What there is to see at first: digits to guess at. */
  async firstUpdate(): Promise<DigitsUpdate> {
    return this.update({
      examples: copyOf(this.#examples),
      accuracy: await this.validationAccuracy(),
    });
  }

  /** What there is to see at the end: how it does on the test digits. */
  async lastUpdate(rest: Partial<DigitsUpdate>): Promise<DigitsUpdate> {
    const answers = nn.predict(this.#model, this.#test);
    return this.update({
      ...rest,
      accuracy: await this.validationAccuracy(),
      testAccuracy: (await nn.evaluate(this.#model, this.#test)).accuracy,
      confusion: nn.confusionMatrix(answers, this.#test.labels, 10).toArray() as number[][],
    });
  }

  /** The share of the validation digits that are read right. */
  async validationAccuracy(): Promise<number | null> {
    return (await nn.evaluate(this.#model, this.#validation)).accuracy;
  }
}

async function* train(
  input: DigitsInput,
  messages: () => readonly DigitsMessage[],
): AsyncIterable<DigitsUpdate> {
  const training = new Training(input);
  yield await training.firstUpdate();
  let isRunning = true;
  let loss = 0;
  for (let epoch = 1; epoch <= input.epochs; epoch++) {
    let end = performance.now() + budget;
    for (const batch of training.batches()) {
      loss = training.learn(batch);
      if (performance.now() < end && Number.isFinite(loss)) continue;
      yield training.update({ epoch, loss });
      if (!Number.isFinite(loss)) return;
      do {
        for (const message of messages()) isRunning = message.isRunning;
        if (!isRunning) await new Promise((resolve) => setTimeout(resolve, 30));
      } while (!isRunning);
      end = performance.now() + budget;
    }
    yield training.update({ epoch, loss, accuracy: await training.validationAccuracy() });
  }
  yield await training.lastUpdate({ epoch: input.epochs, loss });
}

serveTask<DigitsInput, DigitsUpdate, DigitsMessage>(train);
