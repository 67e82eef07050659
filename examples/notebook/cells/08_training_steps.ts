/** The notebook's cells of chapter 8. */

// %% [markdown]
// # 8. Training, step by step
//
// **Step 0: initialise the weights** with random numbers, here of a network of 2-2-1 neurons: two
// hidden ones, h1 and h2, and the output o1.

// %%
import { nn, Random } from "../../../mod.ts";
import { lineChart } from "../../../plot/mod.ts";
import { trainDigits, xor } from "../../lecture/08_training_steps.ts";
import { accuracy, trainIris } from "../../lecture/08_training_steps/iris.ts";
import {
  forward,
  halfSquaredError,
  infer,
  initialise,
  textbookDeltas,
  train,
  update,
} from "../../lecture/08_training_steps/network.ts";
import { table } from "../show.ts";

const network = initialise([2, 2, 1], new Random(0));
const weightTable = () =>
  table(
    ["neuron", "w1", "w2", "b"],
    network.flat().map(({ name, weights, bias }) => [
      name,
      ...[...weights, bias].map(({ data }) => data.toFixed(4)),
    ]),
  );
weightTable();

// %% [markdown]
// **Step 1: read the training data**, XOR once more. **Step 2: epochs.** An epoch does steps 3 to 6 with
// each example.

// %%
table(["x1", "x2", "target"], xor.map(({ inputs, targets }) => [...inputs, ...targets]));

// %% [markdown]
// **Step 3: forward.** Each neuron adds up its net input and puts it through the sigmoid, here for the
// second example.

// %%
const { inputs, targets } = xor[1]!;
const activities = forward(network, inputs);
const neurons = network.flatMap((layer, depth) =>
  layer.map(({ name }, i) => ({ name, ...activities[depth]![i]! }))
);
table(["neuron", "net input", "output"], neurons.map((n) => [n.name, n.net.data, n.output.data]));

// %% [markdown]
// **Steps 4 and 5: back-propagate the error**, at the output and at the hidden layer. The error of a
// neuron, its delta, is the derivative of the loss by its net input. The engine's `backward()` and the
// textbook's rule agree:

// %%
const loss = halfSquaredError(activities, targets);
loss.backward();
const rule = textbookDeltas(network, activities, targets).flat();
table(
  ["neuron", "delta by the engine", "delta by the rule"],
  neurons.map(({ name, net }, i) => [name, net.grad, rule[i]!]),
);

// %% [markdown]
// **Step 6: update the weights.** Each moves against its gradient, its neuron's delta times the input
// that it weighs. The loss of this example falls:

// %%
update(network, 2);
weightTable();

// %%
const lossNow = halfSquaredError(forward(network, inputs), targets);
table(["loss before the step", "after it"], [[loss.data, lossNow.data]]);

// %% [markdown]
// **Step 7: repeat**, until the loss is small enough or there are no more epochs.

// %%
const losses = train(network, xor, { learningRate: 2, stop: { loss: 0.005, epochs: 5000 } });
lineChart({
  title: "Learning XOR",
  x: { label: "epoch" },
  y: { label: "mean loss" },
  series: [{ name: "loss", points: losses.map((loss, i) => [i + 1, loss]) }],
});

// %% [markdown]
// **The result** is nothing but the weights. To use them, **inference**, is step 3 alone.

// %%
weightTable();

// %%
table(
  ["x1", "x2", "target", "answer"],
  xor.map((one) => [...one.inputs, ...one.targets, infer(network, one.inputs)[0]!]),
);

// %% [markdown]
// The same steps learn Iris with 4-8-3 neurons. A fifth of the flowers is held out; these are the shares
// that are named right, of the flowers learned from and of those never seen:

// %%
const iris = trainIris(1);
table(
  ["flowers", "named right"],
  [
    ["learned from", accuracy(iris.network, iris.data.train)],
    ["never seen", accuracy(iris.network, iris.data.test)],
  ],
);

// %% [markdown]
// For large networks the library has steps 2 to 7 in one call, `nn.fit`. A network of 784-32-10 neurons
// learns to read drawn digits:

// %%
const digits = await trainDigits();
digits.model;

// %% tags=["approximate"]
const { accuracy: right } = await nn.evaluate(digits.model, digits.test);
`${(100 * right!).toFixed(0)} % of ${digits.test.labels.size} digits never seen are read right`;
