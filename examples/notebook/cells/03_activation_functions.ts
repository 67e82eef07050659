/** The notebook's cells of chapter 3. */

// %% [markdown]
// # 3. Activation functions
//
// The threshold has a step and no slope, so nobody can tell in which direction a weight should go.
// Smoother functions can. Here is each one with its derivative, which the engine finds.

// %%
import { gradients, value } from "../../../mod.ts";
import {
  type ActivationName,
  activations,
  chartOf,
  derivativeOfChain,
} from "../../lecture/03_activation_functions.ts";
import { equations, table } from "../show.ts";

const f = value(0.5, "f");
equations({
  "sigmoid'": gradients(f.sigmoid(), [f])[0],
  "tanh'": gradients(f.tanh(), [f])[0],
  "relu'": gradients(f.relu(), [f])[0],
});

// %%
const names = Object.keys(activations) as ActivationName[];
table(
  ["f", ...names.flatMap((name) => [name, `${name}'`])],
  [-5, -1, 0.5, 1, 5].map((at) => [
    at,
    ...names.flatMap((name) => {
      const x = value(at);
      const y = activations[name](x);
      return [y.data, gradients(y, [x])[0].data];
    }),
  ]),
);

// %%
chartOf("ReLU");

// %%
chartOf("sigmoid");

// %%
chartOf("tanh");

// %% [markdown]
// In a chain of neurons the derivatives are multiplied. Those of the sigmoid are at most ¼, so after ten
// neurons next to nothing is left: the signal vanishes. ReLU passes it on undiminished.

// %%
table(
  ["neurons in a chain", ...names],
  [1, 2, 5, 10].map((length) => [
    length,
    ...names.map((name) => derivativeOfChain(name, length).toPrecision(3)),
  ]),
);
