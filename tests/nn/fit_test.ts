import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import {
  DataError,
  type Dataset,
  IndexError,
  nn,
  optim,
  Random,
  ShapeError,
} from "../../src/mod.ts";
import {
  batches,
  ones,
  type Tensor,
  tensor,
  UsageError,
  valueAndGrad,
  zeros,
} from "../../src/mod.ts";
import { assertPointsInto } from "../first_frame.ts";

const int32 = { dtype: "int32" } as const;

/** Points of the plane in three classes, by the angle at which they lie. */
function sectors(count: number, seed = 0): Dataset {
  const inputs = new Random(seed).normal([count, 2]);
  const labels = Int32Array.from({ length: count }, (_, i) => {
    const angle = Math.atan2(inputs.data[2 * i + 1]!, inputs.data[2 * i]!);
    return Math.floor((angle / Math.PI + 1) * 1.5) % 3;
  });
  return { inputs, labels: tensor(labels) };
}

function network(seed = 0): nn.Sequential {
  return nn.mlp([2, 8, 3], { activation: "tanh", random: new Random(seed) });
}

function weightsOf(model: unknown): number[][] {
  return (model as nn.Layer).parameters().map(({ data }) => [...data]);
}

const options = { loss: nn.crossEntropy, batchSize: 8 };

function sgd(learningRate = 0.1): optim.Optimizer {
  return optim.sgd({ learningRate, momentum: 0.9 });
}

/** The error that `f` rejects with. */
async function rejection(f: () => Promise<unknown>): Promise<Error> {
  try {
    await f();
  } catch (error) {
    assertInstanceOf(error, Error);
    return error;
  }
  throw new Error("it did not reject");
}

/** Asserts that training fails at the line of the caller and leaves the weights as they are. */
async function assertFails(
  { model, dataset, ...rest }: nn.FitOptions & { model: nn.Layer; dataset: Dataset },
  errorClass: new (message: string) => Error,
  message: string,
): Promise<void> {
  const before = weightsOf(model);
  const error = await rejection(async () => await nn.fit(model, dataset, rest));
  assertInstanceOf(error, errorClass);
  assertEquals(error.message, message);
  assertPointsInto(import.meta.url, error);
  assertEquals(weightsOf(model), before);
}

Deno.test("fit() returns a record of each epoch", async () => {
  const train = sectors(60);
  const validation = sectors(30, 1);
  const model = network();
  const history = await nn.fit(model, train, {
    ...options,
    optimizer: sgd(),
    epochs: 30,
    validation,
  });
  assertEquals(history.map(({ epoch }) => epoch), Array.from({ length: 30 }, (_, i) => i + 1));
  const [first, last] = [history[0]!, history[29]!];
  assert(last.loss < first.loss / 2 && last.accuracy! > 0.9, String(last.loss));
  assert(history.every(({ seconds }) => seconds >= 0));
  const judged = await nn.evaluate(model, validation);
  assertEquals([last.validationLoss, last.validationAccuracy], [judged.loss, judged.accuracy]);
});

Deno.test("fit() takes loss and accuracy of each batch before the step it takes part in", async () => {
  const train = sectors(20);
  const before = await nn.evaluate(network(), train);
  const [record] = await nn.fit(network(), train, { ...options, batchSize: 20, optimizer: sgd() });
  assertAlmostEquals(record!.loss, before.loss, 1e-6);
  assertEquals(record!.accuracy, before.accuracy);
  assertEquals([record!.validationLoss, record!.validationAccuracy], [null, null]);
  const frozen = await nn.fit(network(), train, { ...options, batchSize: 7, optimizer: sgd(0) });
  assertAlmostEquals(frozen[0]!.loss, before.loss, 1e-6); // the smaller last batch weighs less
  assertEquals(frozen[0]!.accuracy, before.accuracy);
});

Deno.test("fit() has no accuracy where labels are no classes", async () => {
  const inputs = tensor([[1], [2]]);
  for (const labels of [tensor([[3], [5]]), tensor([[20.5, 3], [18, 2]])]) {
    const validation = { inputs, labels };
    const [record] = await nn.fit(nn.mlp([1, labels.shape[1]!]), validation, {
      loss: nn.meanSquaredError,
      optimizer: sgd(0.01),
      validation,
    });
    assertEquals([record!.accuracy, record!.validationAccuracy], [null, null]);
  }
});

Deno.test("fit() goes through the data once, in batches of 32, unless told otherwise", async () => {
  const reports: nn.BatchReport[] = [];
  const history = await nn.fit(network(), sectors(70), {
    loss: nn.crossEntropy,
    optimizer: sgd(),
    progress: { onBatch: (report) => reports.push(report) },
  });
  assertEquals([history.length, reports.length], [1, 3]);
});

Deno.test("fit() shuffles by the seed: the same weights from the same, others from another", async () => {
  const train = async (seed: number | null, shuffle = true) => {
    const model = network();
    const random = seed === null ? {} : { random: new Random(seed) };
    await nn.fit(model, sectors(40), {
      ...options,
      optimizer: sgd(),
      epochs: 2,
      shuffle,
      ...random,
    });
    return weightsOf(model);
  };
  const seeded = await train(5);
  assertEquals(await train(5), seeded);
  assertNotEquals(await train(6), seeded);
  assertEquals(await train(null), await train(0)); // seed 0 unless told otherwise
  assertEquals(await train(1, false), await train(2, false));
  assertNotEquals(await train(1, false), await train(1));
});

Deno.test("fit() shows the examples in their order when it is not to shuffle", async () => {
  const seen: number[] = [];
  const model = nn.mlp([1, 1]);
  const inputs = tensor([[0], [1], [2], [3], [4]]);
  await nn.fit(
    {
      ...model,
      forward: (x) => {
        seen.push(...x.data);
        return model.forward(x);
      },
    },
    { inputs, labels: zeros([5, 1]) },
    { loss: nn.meanSquaredError, optimizer: sgd(0.01), epochs: 2, batchSize: 2, shuffle: false },
  );
  assertEquals(seen, [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
});

Deno.test("fit(), grad with update, and backward with step reach the same weights", async () => {
  const train = sectors(50);
  const optimizers = [
    () => optim.sgd({ learningRate: 0.1 }),
    () => optim.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
    () => optim.adam({ learningRate: 0.01 }),
    () => optim.adamW({ learningRate: 0.01, amsgrad: true }),
  ];
  for (const make of optimizers) {
    const inOneCall = network(3);
    await nn.fit(inOneCall, train, {
      ...options,
      optimizer: make(),
      epochs: 3,
      random: new Random(9),
    });

    const optimizer = make();
    const step = valueAndGrad((m: nn.Sequential, inputs: Tensor, labels: Tensor) =>
      nn.crossEntropy(m.forward(inputs), labels)
    );
    let byHand = { model: network(3), state: optimizer.init(network(3)) };
    let random = new Random(9);
    for (let epoch = 0; epoch < 3; epoch++) {
      for (const { inputs, labels } of batches(train, { batchSize: 8, random })) {
        const [, gradients] = step(byHand.model, inputs, labels);
        byHand = optimizer.update(byHand.model, gradients, byHand.state);
      }
    }

    const inPlace = network(3);
    const another = make();
    random = new Random(9);
    for (let epoch = 0; epoch < 3; epoch++) {
      for (const { inputs, labels } of batches(train, { batchSize: 8, random })) {
        nn.crossEntropy(inPlace.forward(inputs), labels).backward();
        another.step(inPlace);
        inPlace.zeroGrad();
      }
    }

    assertNotEquals(weightsOf(inOneCall), weightsOf(network(3)));
    assertEquals(weightsOf(byHand.model), weightsOf(inPlace));
    const [compiled, single] = [inOneCall, inPlace].map((model) => weightsOf(model).flat());
    compiled!.forEach((weight, i) => assertAlmostEquals(weight, single![i]!, 1e-5)); // its rounding
  }
});

Deno.test("fit() goes on where it stopped when it is called again", async () => {
  const train = sectors(40);
  const [once, twice] = [network(), network()];
  const base = { ...options, shuffle: false };
  await nn.fit(once, train, { ...base, optimizer: sgd(), epochs: 4 });
  const optimizer = sgd();
  await nn.fit(twice, train, { ...base, optimizer, epochs: 2 });
  await nn.fit(twice, train, { ...base, optimizer, epochs: 2 });
  assertEquals(weightsOf(twice), weightsOf(once));
});

/** A network that keeps what it computes in a map, and has a tensor there from the start. */
class RecordingNetwork extends nn.Layer {
  readonly layers = network();
  readonly seen = new Map<string, Tensor>([["nothing", zeros([1])]]);

  override forward(x: Tensor): Tensor {
    const outputs = this.layers.forward(x);
    this.seen.set("outputs", outputs);
    return outputs;
  }
}

Deno.test("fit() trains a model that keeps tensors in a map", async () => {
  const train = sectors(32);
  const [plain, recording] = [network(), new RecordingNetwork()];
  const base = { ...options, shuffle: false };
  await nn.fit(plain, train, { ...base, optimizer: sgd() });
  await nn.fit(recording, train, { ...base, optimizer: sgd() });
  assertEquals(recording.seen.get("outputs")!.isSymbolic, false);
  const expected = weightsOf(plain).flat();
  weightsOf(recording).flat().forEach((w, i) => assertAlmostEquals(w, expected[i]!, 1e-5));
});

/** A network that looks at its numbers, but at those of whole batches. */
class LookingNetwork extends nn.Layer {
  readonly layers = network();

  override forward(x: Tensor): Tensor {
    const outputs = this.layers.forward(x);
    if (x.shape[0] !== options.batchSize) outputs.toArray();
    return outputs;
  }
}

Deno.test("fit() keeps what compiled steps learned when a later batch cannot be compiled", async () => {
  const train = sectors(36); // the last batch is a smaller one
  const [plain, looking] = [network(), new LookingNetwork()];
  const base = { ...options, shuffle: false };
  await nn.fit(plain, train, { ...base, optimizer: sgd(), epochs: 2 });
  await nn.fit(looking, train, { ...base, optimizer: sgd(), epochs: 2 });
  const expected = weightsOf(plain).flat();
  weightsOf(looking).flat().forEach((w, i) => assertAlmostEquals(w, expected[i]!, 1e-5));
});

Deno.test("fit() learns by single operations where there is no memory for a program", async () => {
  const train = sectors(36);
  const [plain, poor] = [network(), network()];
  const base = { ...options, shuffle: false };
  await nn.fit(plain, train, { ...base, optimizer: sgd() });
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor() {
      super({ initial: 0 });
      throw new RangeError("could not allocate memory");
    }
  };
  try {
    await nn.fit(poor, train, { ...base, optimizer: sgd() });
  } finally {
    WebAssembly.Memory = Memory;
  }
  const expected = weightsOf(plain).flat();
  weightsOf(poor).flat().forEach((w, i) => assertAlmostEquals(w, expected[i]!, 1e-5));
});

Deno.test("fit() trains any object with forward, and leaves derivatives left behind out of it", async () => {
  const w = tensor([[0.5]], { requiresGrad: true, name: "w" });
  const model = { w, forward: (x: Tensor) => x.matmul(w) };
  w.sum().mul(1000).backward();
  const train = { inputs: tensor([[1], [2]]), labels: tensor([[3], [6]]) };
  const fitting = { loss: nn.meanSquaredError, epochs: 100, batchSize: 2 };
  await nn.fit(model, train, { ...fitting, optimizer: optim.sgd({ learningRate: 0.1 }) });
  assertAlmostEquals(w.item(), 3, 1e-5);
});

Deno.test("fit() tells a reporter each batch and each epoch", async () => {
  const events: string[] = [];
  await nn.fit(network(), sectors(20), {
    ...options,
    optimizer: sgd(),
    epochs: 2,
    progress: {
      onBatch({ epoch, epochs, batch, batches, loss }) {
        assert(loss > 0);
        events.push(`batch ${batch}/${batches} of ${epoch}/${epochs}`);
      },
      onEpoch: ({ epoch }, epochs) => events.push(`epoch ${epoch}/${epochs}`),
    },
  });
  assertEquals(events, [
    ...["batch 1/3 of 1/2", "batch 2/3 of 1/2", "batch 3/3 of 1/2", "epoch 1/2"],
    ...["batch 1/3 of 2/2", "batch 2/3 of 2/2", "batch 3/3 of 2/2", "epoch 2/2"],
  ]);
});

Deno.test("fit() prints a line for each epoch with progress, nothing without", async () => {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => lines.push(line);
  const { isTerminal } = Deno.stdout;
  Deno.stdout.isTerminal = () => false;
  try {
    for (const progress of [false, true]) {
      await nn.fit(network(), sectors(8), { ...options, optimizer: sgd(), epochs: 2, progress });
    }
  } finally {
    console.log = log;
    Deno.stdout.isTerminal = isTerminal;
  }
  assertEquals(lines.map((line) => line.split("  ")[0]), ["epoch 1/2", "epoch 2/2"]);
});

Deno.test("fit() lets timers have a turn", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await nn.fit(network(), sectors(10), {
    ...options,
    batchSize: 2,
    optimizer: sgd(),
    progress: { onBatch: () => busy(60) },
  });
  clearInterval(timer);
  assert(turns >= 2);
});

/** Does nothing else for some milliseconds. */
function busy(milliseconds: number): void {
  const start = performance.now();
  while (performance.now() - start < milliseconds);
}

Deno.test("fit() with 0 epochs changes nothing", async () => {
  const model = network();
  assertEquals(await nn.fit(model, sectors(5), { ...options, optimizer: sgd(), epochs: 0 }), []);
  assertEquals(weightsOf(model), weightsOf(network()));
});

Deno.test("fit() rejects with TrainingError that names batch, epoch and row of a NaN input", async () => {
  const dataset = sectors(20);
  dataset.inputs.data[2 * 17 + 1] = NaN; // example 17: the second of the third batch of 8
  let batch = 0;
  const model = network();
  const error = await rejection(async () =>
    await nn.fit(model, dataset, {
      ...options,
      optimizer: sgd(),
      shuffle: false,
      progress: { onBatch: () => batch++ },
    })
  );
  assertInstanceOf(error, nn.TrainingError);
  assertEquals(
    error.message,
    "Cannot fit: the loss is NaN in batch 3 of epoch 1, whose inputs hold NaN (row 1 of the batch)",
  );
  assertPointsInto(import.meta.url, error);
  assertEquals(batch, 2);
  const clean = network();
  const first = { inputs: dataset.inputs.slice([{ stop: 16 }]), labels: sectors(20).labels };
  const sixteen = { ...first, labels: first.labels.slice([{ stop: 16 }]) };
  await nn.fit(clean, sixteen, { ...options, optimizer: sgd(), shuffle: false });
  assertEquals(weightsOf(model), weightsOf(clean)); // as the second step left them
});

Deno.test("fit() names infinite inputs and NaN labels as well", async () => {
  const inputs = tensor([[1], [Infinity]]);
  const training = { loss: nn.meanSquaredError, optimizer: sgd(), shuffle: false };
  await assertFails(
    { model: nn.mlp([1, 1]), dataset: { inputs, labels: zeros([2, 1]) }, ...training },
    nn.TrainingError,
    "Cannot fit: the loss is Infinity in batch 1 of epoch 1, whose inputs hold Infinity (row 1 " +
      "of the batch)",
  );
  const labels = tensor([[NaN], [1]]);
  await assertFails(
    { model: nn.mlp([1, 1]), dataset: { inputs: zeros([2, 1]), labels }, ...training },
    nn.TrainingError,
    "Cannot fit: the loss is NaN in batch 1 of epoch 1, whose labels hold NaN (row 0 of the batch)",
  );
});

Deno.test("fit() rejects with TrainingError where the learning rate makes training diverge", async () => {
  const dataset = { inputs: tensor([[10], [20]]), labels: tensor([[1], [2]]) };
  const model = nn.mlp([1, 1], { random: new Random(0) });
  const error = await rejection(async () =>
    await nn.fit(model, dataset, {
      loss: nn.meanSquaredError,
      optimizer: optim.sgd({ learningRate: 10 }),
      epochs: 100,
    })
  );
  assertInstanceOf(error, nn.TrainingError);
  assert(
    /^Cannot fit: the loss is Infinity in batch 1 of epoch \d+, though its data is finite: a smaller learning rate may help$/
      .test(error.message),
    error.message,
  );
  assertPointsInto(import.meta.url, error);
  assert(weightsOf(model).flat().every(Number.isFinite)); // those before the failed step
});

Deno.test("fit() rejects with TrainingError before a gradient that is none spoils a parameter", async () => {
  const model = nn.mlp([1, 1], { random: new Random(0) });
  const dataset = { inputs: tensor([[1]]), labels: tensor([[0]]) };
  const kink: nn.Loss = (outputs, targets) => outputs.sub(outputs).add(targets).sqrt().sum();
  await assertFails(
    { model, dataset, loss: kink, optimizer: sgd() },
    nn.TrainingError,
    "Cannot fit: the gradient of layers[0].weight holds NaN in batch 1 of epoch 1, though its data " +
      "is finite: a smaller learning rate may help",
  );
});

Deno.test("fit() points at the caller's line also after it has let timers have a turn", async () => {
  const dataset = sectors(16);
  dataset.inputs.data[30] = NaN;
  const error = await rejection(async () =>
    await nn.fit(network(), dataset, {
      ...options,
      optimizer: sgd(),
      shuffle: false,
      progress: { onBatch: () => busy(110) },
    })
  );
  assertInstanceOf(error, nn.TrainingError);
  assert(error.message.includes("in batch 2 of epoch 1"));
  assertPointsInto(import.meta.url, error);
});

Deno.test("fit() rejects a label out of range at the caller's line and changes nothing", async () => {
  const dataset = { inputs: zeros([4, 2]), labels: tensor([0, 1, 12, 2], int32) };
  await assertFails(
    { model: network(), dataset, ...options, optimizer: sgd(), shuffle: false },
    IndexError,
    "Cannot crossEntropy label 12 at position 2: there are 3 classes, 0 to 2",
  );
});

Deno.test("fit() rejects inputs of the wrong width", async () => {
  const dataset = { inputs: zeros([4, 3]), labels: tensor([0, 1, 0, 1], int32) };
  await assertFails(
    { model: network(), dataset, ...options, optimizer: sgd() },
    ShapeError,
    "Cannot pass [4, 3] through a Linear of 2 inputs: axis -1 has length 3",
  );
});

Deno.test("fit() rejects an empty dataset, and one whose parts differ in number", async () => {
  const training = { model: network(), ...options, optimizer: sgd() };
  await assertFails(
    { dataset: { inputs: zeros([0, 2]), labels: zeros([0], int32) }, ...training },
    DataError,
    "Cannot make batches: the dataset is empty",
  );
  await assertFails(
    { dataset: { inputs: zeros([3, 2]), labels: zeros([2], int32) }, ...training },
    DataError,
    "Cannot use inputs [3, 2] with labels [2]: their first axes count the examples and must agree",
  );
});

Deno.test("fit() rejects epochs and batch sizes that are none", async () => {
  const training = { model: network(), dataset: sectors(4), ...options, optimizer: sgd() };
  for (const epochs of [-1, 1.5, NaN]) {
    await assertFails(
      { ...training, epochs },
      UsageError,
      `Cannot fit for ${epochs} epochs: it takes a whole number from 0 up`,
    );
  }
  await assertFails(
    { ...training, batchSize: 0 },
    DataError,
    "Cannot make batches of 0: batchSize is a whole number from 1 up",
  );
});

Deno.test("fit() rejects a loss that is not reduced", async () => {
  const loss: nn.Loss = (outputs, targets) =>
    nn.crossEntropy(outputs, targets, { reduction: "none" });
  await assertFails(
    { model: network(), dataset: sectors(4), loss, optimizer: sgd() },
    ShapeError,
    "Cannot fit a loss of shape [4]: reduce it to a scalar, as in .mean()",
  );
});

Deno.test("fit() rejects a model without parameters that require a gradient", async () => {
  const dataset = { inputs: zeros([4, 3]), labels: tensor([0, 1, 2, 0], int32) };
  await assertFails(
    { model: new nn.Activation("relu"), dataset, ...options, optimizer: sgd() },
    UsageError,
    "Cannot backward from []: it depends on no tensor that requires a gradient",
  );
});

Deno.test("fit() trains a model with private fields, and finds no parameters in them", async () => {
  class Doubling extends nn.Layer {
    readonly layers = network();
    readonly #factor = 2;
    override forward(x: Tensor): Tensor {
      return this.layers.forward(x).mul(this.#factor);
    }
  }
  class Doubled extends nn.Layer {
    readonly layers = network();
    override forward(x: Tensor): Tensor {
      return this.layers.forward(x).mul(2);
    }
  }
  const train = sectors(32);
  const [one, other] = [new Doubling(), new Doubled()];
  for (const model of [one, other]) {
    await nn.fit(model, train, { ...options, shuffle: false, optimizer: sgd() });
  }
  const expected = weightsOf(other).flat();
  weightsOf(one).flat().forEach((w, i) => assertAlmostEquals(w, expected[i]!, 1e-5));

  class Hidden extends nn.Layer {
    readonly #layers = network();
    override forward(x: Tensor): Tensor {
      return this.#layers.forward(x);
    }
  }
  await assertFails(
    { model: new Hidden(), dataset: train, ...options, optimizer: sgd() },
    UsageError,
    "Cannot step with sgd: there is no tensor in the fields of a Hidden",
  );
});

Deno.test("fit() keeps what was learned up to an error", async () => {
  const model = new nn.Linear(2, 1, { random: new Random(0) });
  const before = model.weight.toArray();
  const stopping = {
    onBatch() {
      throw new Error("enough");
    },
  };
  const training = { loss: nn.meanSquaredError, optimizer: sgd(), progress: stopping };
  await assertRejects(
    () => nn.fit(model, { inputs: ones([4, 2]), labels: zeros([4, 1]) }, training),
    Error,
    "enough",
  );
  assertNotEquals(model.weight.toArray(), before);
});

Deno.test("fit() stops at a loss that is infinite", async () => {
  const loss: nn.Loss = (outputs) => outputs.mean().add(Infinity);
  await assertRejects(
    () =>
      nn.fit(new nn.Linear(2, 1), { inputs: ones([4, 2]), labels: zeros([4, 1]) }, {
        loss,
        optimizer: sgd(),
      }),
    nn.TrainingError,
    "the loss is Infinity",
  );
});

Deno.test("fit() leaves a model as it was before a step whose loss is not finite", async () => {
  const inputs = new Random(0).normal([16, 2]);
  inputs.data.fill(Infinity, 16); // in the second batch
  const { labels } = sectors(16);
  const [model, expected] = [network(), network()];
  const train = { ...options, shuffle: false };
  await assertRejects(
    () => nn.fit(model, { inputs, labels }, { ...train, optimizer: sgd() }),
    nn.TrainingError,
  );
  const [first] = batches({ inputs, labels }, { batchSize: 8 });
  await nn.fit(expected, first!, { ...train, optimizer: sgd() });
  assertEquals(weightsOf(model), weightsOf(expected));
});
