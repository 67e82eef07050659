/** Training that is watched with validation data, and can stop early. */

import {
  compile,
  type Dataset,
  nn,
  noGrad,
  optim,
  type Tensor,
  valueAndGrad,
} from "../../../mod.ts";

/** The mean squared errors after an epoch. */
export interface EpochLosses {
  readonly epoch: number;
  readonly training: number;
  readonly validation: number;
}

/** What became of a training. */
export interface WatchedTraining {
  /** The losses after each epoch. */
  readonly history: readonly EpochLosses[];
  /** The network after the last epoch. */
  readonly last: nn.Sequential;
  /** The network after the epoch with the smallest validation loss, and that epoch's losses. */
  readonly best: { readonly model: nn.Sequential; readonly losses: EpochLosses };
}

/** How to train. */
export interface WatchedOptions {
  readonly validation: Dataset;
  readonly epochs: number;
  /** Stops after so many epochs without a smaller validation loss; never, unless given. */
  readonly patience?: number;
}

/** Trains with Adam on all examples at once, and looks at the validation data after each epoch. */
export function trainWatched(
  start: nn.Sequential,
  { inputs, labels }: Dataset,
  { validation, epochs, patience = Infinity }: WatchedOptions,
): WatchedTraining {
  const optimizer = optim.adam({ learningRate: 0.003 });
  const lossAndGradient = valueAndGrad((model: nn.Sequential, x: Tensor, y: Tensor) =>
    nn.meanSquaredError(model.forward(x), y)
  );
  let [model, state] = [start, optimizer.init(start)];
  const step = compile((m: typeof model, s: typeof state, x: Tensor, y: Tensor) =>
    optimizer.update(m, lossAndGradient(m, x, y)[1], s)
  );
  const history: EpochLosses[] = [];
  let best: WatchedTraining["best"] | null = null;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    ({ model, state } = step(model, state, inputs, labels));
    const training = lossOn(model, { inputs, labels });
    const losses = { epoch, training, validation: lossOn(model, validation) };
    history.push(losses);
    if (best === null || losses.validation < best.losses.validation) best = { model, losses };
    if (epoch - best.losses.epoch >= patience) break;
  }
  step.dispose();
  return { history, last: model, best: best! };
}

/** The mean squared error of a network on a dataset. */
export function lossOn(model: nn.Model, { inputs, labels }: Dataset): number {
  return noGrad(() => nn.meanSquaredError(model.forward(inputs), labels)).item();
}
