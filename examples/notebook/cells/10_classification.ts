/** The notebook's cells of chapter 10. */

// %% [markdown]
// # 10. From regression to classification
//
// A class is not a quantity: versicolor is not the mean of setosa and virginica. So the network gets an
// output for each class, and the target has a 1 at the right one, **one-hot**:

// %%
import { gradients, nn, tensor, value } from "../../../mod.ts";
import { lineChart } from "../../../plot/mod.ts";
import { softmaxSquaredError, trainIris } from "../../lecture/10_classification/iris.ts";
import {
  crossEntropy,
  descend,
  losses,
  scoresOf,
  slopeAt,
  softmax,
} from "../../lecture/10_classification/losses.ts";
import { equations, table } from "../show.ts";

tensor([0, 1, 2], { dtype: "int32" }).oneHot(3);

// %% [markdown]
// **Softmax** makes probabilities of any scores $z$: the exponential of each over the sum of all.

// %%
const scores = scoresOf([2, 1, -1]);
const probabilities = softmax(scores);
equations({ p1: probabilities[0]! });

// %%
table(
  ["class", "score", "probability"],
  scores.map((z, i) => [i + 1, z.data, probabilities[i]!.data]),
);

// %% [markdown]
// **Cross-entropy** is the negative logarithm of the probability that the right class was given. Derived
// by the scores, with class 1 the right one, only $p - y$ is left, the answer less the target:

// %%
const loss = crossEntropy(probabilities, [1, 0, 0]);
const slopes = gradients(loss, scores);
equations(
  Object.fromEntries(slopes.map((slope, i) => [`\\partial loss / \\partial z${i + 1}`, slope])),
);

// %%
table(
  ["class", "p - y", "gradient by the engine"],
  slopes.map(({ data }, i) => [i + 1, probabilities[i]!.data - Number(i === 0), data]),
);

// %% [markdown]
// Why not the mean squared error? A sigmoid neuron should say 1. Where it is most wrong, at the left,
// the squared error hardly corrects it: the neuron is saturated.

// %%
const z = value(0, "z");
equations({
  "squared error'": gradients(losses.mse(z.sigmoid()), [z])[0],
  "cross-entropy'": gradients(losses.crossEntropy(z.sigmoid()), [z])[0],
});

// %%
const places = Array.from({ length: 97 }, (_, i) => (i - 64) / 8);
lineChart({
  title: "The gradient of a neuron that should say 1",
  x: { label: "net input z" },
  y: { label: "dloss/dz" },
  series: [
    { name: "squared error", points: places.map((at) => [at, slopeAt(at, losses.mse)]) },
    { name: "cross-entropy", points: places.map((at) => [at, slopeAt(at, losses.crossEntropy)]) },
  ],
});

// %%
const until = (path: readonly number[]) => path.findIndex((p) => p > 0.5) + 1;
table(
  ["loss", "steps until the neuron is right"],
  [
    ["squared error", until(descend(-6, losses.mse, 1000))],
    ["cross-entropy", until(descend(-6, losses.crossEntropy, 1000))],
  ],
);

// %% [markdown]
// The same on Iris, from a start that is sure and wrong. These are the shares of held-out flowers that
// are named right after 40 epochs:

// %% tags=["approximate"]
const shares = [await trainIris(softmaxSquaredError, 8), await trainIris(nn.crossEntropy, 8)];
table(
  ["loss", "named right"],
  ["squared error", "cross-entropy"].map((name, i) => [name, shares[i]!.at(-1)!.toFixed(2)]),
);
