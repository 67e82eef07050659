/** Trains Iris with both losses from the same start, beside the page. */

import { softmaxSquaredError, trainIris } from "../../examples/lecture/10_classification/iris.ts";
import { nn } from "../../mod.ts";
import { serveTask } from "../task_host.ts";

/** How large the first weights are, compared with the usual ones. */
export interface BothInput {
  readonly scale: number;
}

/** The shares of held-out flowers that are named right, after each epoch. */
export interface BothUpdate {
  readonly loss: "crossEntropy" | "mse";
  readonly shares: readonly number[];
}

async function* train({ scale }: BothInput): AsyncIterable<BothUpdate> {
  yield { loss: "crossEntropy", shares: await trainIris(nn.crossEntropy, scale) };
  yield { loss: "mse", shares: await trainIris(softmaxSquaredError, scale) };
}

serveTask<BothInput, BothUpdate>(train);
