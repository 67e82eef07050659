/** A network that learns while someone watches: a few steps at a time, and then how it sees. */

import { batches, compile, type Compiled, type Dataset, Tensor, valueAndGrad } from "../../mod.ts";
import { nn, noGrad, optim, Random } from "../../mod.ts";
import { type LabelledPoint, tensorsOf } from "./point_sets.ts";
import { linearLayers } from "./stored_model.ts";

/** An activation function, or none. */
export type LiveActivation = "relu" | "tanh" | "sigmoid" | "linear";

/** What a network is made of, and how it learns. */
export interface LiveSettings {
  /** The widths of the hidden layers. */
  readonly hidden: readonly number[];
  readonly activation: LiveActivation;
  readonly optimizer: "sgd" | "adam";
  readonly learningRate: number;
  readonly batchSize: number;
  /** What the first weights and the order of the examples are drawn from. */
  readonly seed: number;
  /** From where to where the grid reaches, along both axes; from -1 to 1 unless given. */
  readonly domain?: readonly [low: number, high: number];
}

/** A network at one moment. */
export interface LiveView {
  readonly steps: number;
  readonly epochs: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Null where no points are held out. */
  readonly heldLoss: number | null;
  readonly heldAccuracy: number | null;
  /** Of each neuron, layer by layer, what it says at each place of the grid. */
  readonly fields: readonly Float32Array<ArrayBuffer>[];
  /** The weights and biases of each layer, as the engine keeps them. */
  readonly weights: readonly Float32Array<ArrayBuffer>[];
  readonly biases: readonly Float32Array<ArrayBuffer>[];
  /** Whether the numbers have grown beyond all bounds. */
  readonly isLost: boolean;
}

/** How many places the grid has on each side. */
export const gridSide = 44;

/** The middle of each cell of a grid over a square, row by row from the top. */
export function gridPlaces([low, high]: readonly [number, number] = [-1, 1]): Tensor {
  const at = (k: number) => low + (high - low) * (k + 0.5) / gridSide;
  const data = new Float32Array(2 * gridSide * gridSide);
  for (let k = 0; k < gridSide * gridSide; k++) {
    data[2 * k] = at(k % gridSide);
    data[2 * k + 1] = at(gridSide - 1 - Math.floor(k / gridSide));
  }
  return new Tensor({ shape: [gridSide * gridSide, 2], dtype: "float32", data });
}

type Network = nn.Sequential;
type State = optim.OptimizerState<Network>;
type Step = (model: Network, state: State, inputs: Tensor, labels: Tensor) => {
  readonly loss: Tensor;
  readonly model: Network;
  readonly state: State;
};

function networkOf({ hidden, activation, seed }: LiveSettings): Network {
  const widths = [2, ...hidden, 1];
  const random = new Random(seed);
  if (activation !== "linear") return nn.mlp(widths, { activation, random });
  return new nn.Sequential(
    widths.slice(1).map((width, i) => new nn.Linear(widths[i]!, width, { random })),
  );
}

/** The loss that all of these networks make small. */
function lossOf(model: Network, inputs: Tensor, labels: Tensor): Tensor {
  return nn.binaryCrossEntropyWithLogits(model.forward(inputs).reshape(labels.shape), labels);
}

/** What each layer says after its activation function; the last one says a probability. */
function layersOf(model: Network, inputs: Tensor): Tensor[] {
  const all: Tensor[] = [];
  let x = inputs;
  for (const layer of model.layers) {
    x = layer.forward(x);
    if (layer instanceof nn.Linear) all.push(x);
    else all[all.length - 1] = x;
  }
  all.push(all.pop()!.sigmoid());
  return all.map((x) => x.transpose());
}

/** A network of two inputs and one output on points of two classes. */
export class LiveNetwork {
  #model: Network;
  #state: State;
  #step: Compiled<Parameters<Step>, ReturnType<Step>>;
  readonly #look = compile(layersOf, { threads: 1 });
  readonly #places: Tensor;
  #settings: LiveSettings;
  #train: Dataset | null = null;
  #held: Dataset | null = null;
  readonly #random: Random;
  #batches: Iterator<Dataset, void> | null = null;
  #steps = 0;
  #epochs = 0;
  #isLost = false;

  /** Makes an untrained network. */
  constructor(settings: LiveSettings) {
    this.#settings = settings;
    this.#places = gridPlaces(settings.domain);
    this.#random = new Random(settings.seed + 1);
    this.#model = networkOf(settings);
    const optimizer = optimizerOf(settings);
    this.#state = optimizer.init(this.#model);
    this.#step = stepOf(optimizer);
  }

  /** Sets what to learn from, and what to judge by; the weights stay. */
  learnFrom(train: readonly LabelledPoint[], held: readonly LabelledPoint[]): void {
    this.#train = train.length === 0 ? null : tensorsOf(train);
    this.#held = held.length === 0 ? null : tensorsOf(held);
    this.#batches = null;
  }

  /** Goes on with another learning rate or batch size; the weights stay. */
  adjust(settings: Pick<LiveSettings, "learningRate" | "batchSize">): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#step.dispose();
    this.#step = stepOf(optimizerOf(this.#settings));
    this.#batches = null;
  }

  /** Takes steps until so many are done or so many milliseconds are over. */
  advance(steps: number, milliseconds = Infinity): void {
    if (this.#train === null || this.#isLost) return;
    const end = performance.now() + milliseconds;
    for (let i = 0; i < steps && (i === 0 || performance.now() < end); i++) {
      const { inputs, labels } = this.#nextBatch(this.#train);
      const { loss, model, state } = this.#step(this.#model, this.#state, inputs, labels);
      this.#steps++;
      this.#model = model;
      this.#state = state;
      if (!Number.isFinite(loss.item())) {
        this.#isLost = true;
        return;
      }
    }
  }

  #nextBatch(train: Dataset): Dataset {
    const next = this.#batches?.next();
    if (next?.value !== undefined) return next.value;
    if (this.#batches !== null) this.#epochs++;
    const batchSize = Math.min(this.#settings.batchSize, train.labels.size);
    this.#batches = batches(train, { batchSize, random: this.#random, dropLast: true });
    return this.#batches.next().value!;
  }

  /** How the network sees the plane now, and how well it does. */
  view(): LiveView {
    const layers = this.#look(this.#model, this.#places);
    const size = gridSide * gridSide;
    const fields = layers.flatMap((layer) =>
      Array.from(
        { length: layer.shape[0]! },
        (_, row) => (layer.data as Float32Array<ArrayBuffer>).slice(row * size, (row + 1) * size),
      )
    );
    const linear = linearLayers(this.#model);
    const { loss, accuracy } = this.#judge(this.#train);
    const held = this.#judge(this.#held);
    return {
      steps: this.#steps,
      epochs: this.#epochs,
      loss: loss ?? NaN,
      accuracy: accuracy ?? NaN,
      heldLoss: held.loss,
      heldAccuracy: held.accuracy,
      fields,
      weights: linear.map(({ weight }) => (weight.data as Float32Array<ArrayBuffer>).slice()),
      biases: linear.map(({ bias }) => (bias!.data as Float32Array<ArrayBuffer>).slice()),
      isLost: this.#isLost,
    };
  }

  #judge(dataset: Dataset | null): { loss: number | null; accuracy: number | null } {
    if (dataset === null) return { loss: null, accuracy: null };
    return noGrad(() => {
      const { inputs, labels } = dataset;
      const isRight = this.#model.forward(inputs).reshape(labels.shape).greater(0)
        .equal(labels.greater(0.5));
      return {
        loss: lossOf(this.#model, inputs, labels).item(),
        accuracy: isRight.cast("float32").mean().item(),
      };
    });
  }

  /** Frees the programs. */
  dispose(): void {
    this.#step.dispose();
    this.#look.dispose();
  }
}

function optimizerOf({ optimizer, learningRate }: LiveSettings): optim.Optimizer {
  return optimizer === "adam" ? optim.adam({ learningRate }) : optim.sgd({ learningRate });
}

/** One step as one program. */
function stepOf(optimizer: optim.Optimizer): Compiled<Parameters<Step>, ReturnType<Step>> {
  const step: Step = (model, state, inputs, labels) => {
    const [loss, gradients] = valueAndGrad((m: Network) => lossOf(m, inputs, labels))(model);
    return { loss, ...optimizer.update(model, gradients, state) };
  };
  return compile(step, { threads: 1 });
}
