/** The notebook's cells of chapter 7. */

// %% [markdown]
// # 7. From neuron to network
//
// The output of one neuron can be the input of the next. Then the formula of the first stands inside
// that of the second, and the derivative by the first weight comes by the chain rule:

// %%
import { gradients, Random, value } from "../../../mod.ts";
import { computationGraph, decisionRegion, lineChart } from "../../../plot/mod.ts";
import {
  chain,
  corners,
  hat,
  mergeLayers,
  probability,
  randomLayers,
  solvesXor,
  trainXor,
  truths,
} from "../../lecture/07_neuron_to_network.ts";
import { equations, table } from "../show.ts";

const { w1, y } = chain((sum) => sum.sigmoid());
equations({ y });

// %%
y.backward();
computationGraph(y, { title: "Two neurons in a chain", gradients: true });

// %%
w1;

// %% [markdown]
// Without activation functions, a chain of linear neurons is one linear neuron. Its slope is the same
// everywhere:

// %%
const linear = chain((sum) => sum);
equations({ y: linear.y, "\\partial y / \\partial w1": gradients(linear.y, [linear.w1])[0] });

// %% [markdown]
// The same holds for whole layers. These three, of 8, 8 and 1 neurons, are one neuron with two weights:

// %% tags=["approximate"]
mergeLayers(randomLayers([2, 8, 8, 1], new Random(7))).W;

// %% [markdown]
// With ReLU a network bends. Two neurons side by side, and a third that weighs them:

// %%
equations({ y: hat(value(0, "s"), (sum) => sum.relu()) });

// %%
const places = Array.from({ length: 61 }, (_, i) => (i - 10) / 20);
lineChart({
  title: "Two ReLU neurons, weighed by a third",
  x: { label: "s = x1 + x2" },
  y: { label: "y" },
  series: [{ name: "y", points: places.map((s) => [s, hat(value(s), (x) => x.relu()).data]) }],
});

// %% [markdown]
// At $s = 0, 1, 2$ it stands at 0, 1, 0. That is XOR, with weights chosen by hand. A network of 2-4-1
// neurons finds such weights by itself:

// %%
const { model, losses } = await trainXor(4, 0);
model;

// %% tags=["approximate"]
table(
  ["x1", "x2", "x1 xor x2", "probability of a 1"],
  corners.map(([x1, x2], i) => [x1, x2, truths[i]!, probability(model, x1, x2).toFixed(2)]),
);

// %%
({ solved: solvesXor(model), epochs: losses.length });

// %% tags=["approximate"]
decisionRegion({
  title: "Where a network of 2-4-1 says 1",
  x: { label: "x1", domain: [-0.5, 1.5] },
  y: { label: "x2", domain: [-0.5, 1.5] },
  classAt: (x1, x2) => probability(model, x1, x2),
  points: corners.map(([x, y], i) => ({ x, y, label: truths[i]! })),
  classes: ["0", "1"],
});
