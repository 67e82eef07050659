/** What scores mean: probabilities, two losses and their gradients. */

import {
  crossEntropy,
  scoresOf,
  softmax,
  squaredError,
} from "../../../examples/lecture/10_classification/losses.ts";
import { gradients } from "../../../mod.ts";

/** What scores mean: their probabilities, and both losses with their gradients. */
export interface SoftmaxState {
  readonly probabilities: readonly number[];
  readonly entropy: number;
  readonly squared: number;
  readonly entropyGradient: readonly number[];
  readonly squaredGradient: readonly number[];
}

/** Computes it all by the engine; `target` is the right class. */
export function softmaxState(numbers: readonly number[], target: number): SoftmaxState {
  const targets = numbers.map((_, i) => Number(i === target));
  const scores = scoresOf(numbers);
  const probabilities = softmax(scores);
  const [entropy, squared] = [crossEntropy, squaredError].map((loss) =>
    loss(probabilities, targets)
  ) as [ReturnType<typeof crossEntropy>, ReturnType<typeof squaredError>];
  const data = (loss: typeof entropy) => gradients(loss, scores).map(({ data }) => data);
  return {
    probabilities: probabilities.map(({ data }) => data),
    entropy: entropy.data,
    squared: squared.data,
    entropyGradient: data(entropy),
    squaredGradient: data(squared),
  };
}
