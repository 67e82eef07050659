/** The notebook's cells of chapter 4. */

// %% [markdown]
// # 4. A simpler model: the line
//
// The smallest model that can learn is $y = mx + b$. It is to learn from two points, (1, 3) and (2, 5),
// and starts at $m = -1$, $b = 5$.

// %%
import { value } from "../../../mod.ts";
import { computationGraph } from "../../../plot/mod.ts";
import { lineChartOf, points, predict, squaredErrors } from "../../lecture/04_simpler_model.ts";
import { equations, table } from "../show.ts";

const m = value(-1, "m");
const b = value(5, "b");
const errors = squaredErrors({ m, b });
table(
  ["x", "y", "prediction", "squared error"],
  points.map(([x, y], i) => [x, y, predict({ m, b }, x).data, errors[i]!.data]),
);

// %%
lineChartOf({ m: -1, b: 5 });

// %% [markdown]
// One number says how wrong the line is altogether, the mean of the squared errors:

// %%
const mse = errors[0]!.add(errors[1]!).div(2);
mse;

// %%
equations({ MSE: mse });

// %% [markdown]
// Its root, RMSE, is in the units of $y$:

// %%
mse.sqrt();

// %% [markdown]
// The computation is a graph. `backward()` walks it back from the MSE and leaves at each node how much
// the MSE would change with it:

// %%
mse.backward();
computationGraph(mse, { title: "How the MSE was computed", gradients: true });

// %%
m;

// %%
b;
