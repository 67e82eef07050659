/** The notebook's cells of chapter 6. */

// %% [markdown]
// # 6. The loss curve
//
// Every choice of $m$ and $b$ has an error: a landscape. Gradient descent is a walker in fog who feels
// the slope below the feet. In 200 steps with $\lambda = 0.1$ the walk arrives; with 0.005 it crawls:

// %%
import { start } from "../../lecture/04_simpler_model.ts";
import { descend, lossAt } from "../../lecture/05_gradient.ts";
import {
  batchSizes,
  descendInBatches,
  lossCurves,
  manyPoints,
  stepsUntil,
  surface,
  wide,
} from "../../lecture/06_loss_curve.ts";
import { table } from "../show.ts";

const walk = (learningRate: number, steps: number) => [{
  name: `λ = ${learningRate}`,
  path: descend(start, { learningRate, steps }),
}];
surface("λ = 0.1 arrives, λ = 0.005 crawls", [...walk(0.1, 200), ...walk(0.005, 200)]);

// %% [markdown]
// With $\lambda = 0.6$ each step lands higher on the other side of the valley:

// %%
surface("λ = 0.6 diverges", walk(0.6, 6), { area: wide });

// %% [markdown]
// The **loss curve**, the error after each step, tells the three apart at a glance, also where there are
// too many parameters for a map:

// %%
lossCurves();

// %%
table(
  ["λ", "steps until the MSE is below 0.001"],
  [0.1, 0.005].map((learningRate) => [learningRate, stepsUntil(0.001, { learningRate })!]),
);

// %% [markdown]
// With many examples, a **step** looks at a **batch** of them only; once through all of them is an
// **epoch**. Three walkers see the same twelve noisy points twelve times each:

// %%
const walks = Object.entries(batchSizes).map(([name, batchSize]) => ({
  name,
  batchSize,
  path: descendInBatches(start, { batchSize, epochs: 12, learningRate: 0.08 }),
}));
table(
  ["", "batch size", "steps", "MSE at the end"],
  walks.map(({ name, batchSize, path }) => [
    name,
    batchSize,
    path.length - 1,
    lossAt(path.at(-1)!, manyPoints),
  ]),
);

// %%
surface("Full batch and single examples", [walks[0]!, walks[2]!], { data: manyPoints });
