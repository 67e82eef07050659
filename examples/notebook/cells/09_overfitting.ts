/** The notebook's cells of chapter 9. */

// %% [markdown]
// # 9. Overfitting
//
// Which trendline is better? Ten noisy points, a straight line with two weights, and a polynomial of
// degree 9 with ten, both trained by gradient descent until nothing changed any more.

// %% tags=["approximate"]
import { lineChart } from "../../../plot/mod.ts";
import {
  fitChart,
  largeNetwork,
  noisyLine,
  noisySine,
  trendlineChart,
} from "../../lecture/09_overfitting.ts";
import { errorOn, fitTrendline } from "../../lecture/09_overfitting/trendline.ts";
import { trainWatched } from "../../lecture/09_overfitting/watched_training.ts";
import { table } from "../show.ts";

const { known, fresh } = noisyLine(1);
const lines = [0, 1, 2, 3, 5, 7, 9].map((degree) => fitTrendline(known, degree));
trendlineChart(known, [lines[1]!, lines.at(-1)!], "Two trendlines through ten points");

// %% [markdown]
// Every weight more lowers the loss on the ten points. On new points from the same source the straight
// line is best; the curve has learned the noise by heart. The **gap** between the two losses tells.

// %% tags=["approximate"]
table(
  ["degree", "loss on the ten points", "loss on new points", "gap"],
  lines.map((line) => {
    const [old, other] = [errorOn(known, line), errorOn(fresh, line)];
    return [line.degree, ...[old, other, other - old].map((loss) => loss.toFixed(3))];
  }),
);

// %% [markdown]
// A large network does the same. This one is far too large for twenty points around a sine curve:

// %%
const network = largeNetwork(2);
network;

// %% [markdown]
// While it trains, a second loss is watched, on points that it does not learn from: the **validation**
// loss. First both fall. Then only the training loss does.

// %% tags=["approximate"]
const { train, validation } = noisySine(2);
const { history, best, last } = trainWatched(network, train, { validation, epochs: 2000 });
const shown = history.filter(({ epoch }) => epoch <= 100 || epoch % 25 === 0);
lineChart({
  title: "Training and validation loss",
  x: { label: "epoch", scale: "log" },
  y: { label: "loss", domain: [0, 0.5] },
  series: (["training", "validation"] as const).map((name) => ({
    name,
    points: shown.map((losses) => [losses.epoch, losses[name]] as const),
  })),
});

// %% [markdown]
// **Early stopping** keeps the weights of the epoch with the smallest validation loss:

// %% tags=["approximate"]
fitChart(train, [["stopped early", best.model], ["to the end", last]]);
