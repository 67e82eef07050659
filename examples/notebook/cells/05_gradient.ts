/** The notebook's cells of chapter 5. */

// %% [markdown]
// # 5. The gradient
//
// Which way should $m$ and $b$ go? The derivatives of the error tell. The engine reads them off the
// graph:

// %%
import { tensor } from "../../../mod.ts";
import { start } from "../../lecture/04_simpler_model.ts";
import {
  boundChart,
  derive,
  hessianOf,
  largestLearningRate,
  lossAt,
  slidePoints,
  step,
} from "../../lecture/05_gradient.ts";
import { eigenvalues } from "../../lecture/two_unknowns.ts";
import { equations, table } from "../show.ts";

const { mse, gradient: [dm, db], hessian } = derive(start);
equations({
  MSE: mse,
  "\\partial MSE / \\partial m": dm,
  "\\partial MSE / \\partial b": db,
});

// %% [markdown]
// At the start, $m = -1$ and $b = 5$, the gradient is

// %%
[dm.data, db.data];

// %% [markdown]
// The gradient points uphill. One step of gradient descent goes the other way, times the learning rate
// $\lambda = 0.1$, and the error falls:

// %%
const next = step(start, 0.1);
table(
  ["", "m", "b", "MSE"],
  [
    ["start", start.m, start.b, lossAt(start)],
    ["after a step", next.m, next.b, lossAt(next)],
  ],
);

// %% [markdown]
// **A correction to the slides.** They go on with a gradient of -7 and -3 and a step to $m = -0.3$,
// $b = 4.7$. That does not follow from their own formulas; the right gradient and the right step are
// above. The slides' gradient would fit the points (1, 3) and (2, 7), and even then $b$ would grow, to
// 5.3:

// %%
const [slideM, slideB] = derive(start, slidePoints).gradient;
equations({ "\\partial MSE / \\partial m": slideM, "\\partial MSE / \\partial b": slideB });

// %%
const slideStep = step(start, 0.1, slidePoints);
table(
  ["", "by m", "by b"],
  [
    ["gradient", slideM.data, slideB.data],
    ["after a step", slideStep.m, slideStep.b],
  ],
);

// %% [markdown]
// The gradient can be derived again. The second derivatives, the **Hessian**, are the same everywhere:
// the error is a bowl. Its eigenvalues are how strongly it curves across and along.

// %%
tensor(hessian.map((row) => row.map(({ data }) => data)), { dtype: "float64" });

// %%
eigenvalues(hessianOf());

// %% [markdown]
// A step multiplies the distance to the bottom by $1 - \lambda \cdot$ curvature. So the learning rate
// must stay below 2 / the larger eigenvalue, or the steps grow without end:

// %%
largestLearningRate();

// %%
boundChart();
