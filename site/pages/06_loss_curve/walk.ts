/** The path of gradient descent on the two numbers of a line, place by place. */

import type { Numbers, Point } from "../../../examples/lecture/04_simpler_model.ts";
import { lossAt, step } from "../../../examples/lecture/05_gradient.ts";
import { Random } from "../../../mod.ts";

/** Which descent to compute. */
export interface Descent {
  /** Tells it from the ones before. */
  readonly run: number;
  readonly from: Numbers;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly data: readonly Point[];
}

/** Where it comes by, and the error there. */
export interface Place extends Numbers {
  readonly loss: number;
}

const lost = 1e12; // an error after which nobody needs to know how it goes on

/** The places of a descent, the batches drawn as `descendInBatches` of chapter 6 draws them. */
export function* walk({ from, learningRate, batchSize, epochs, data }: Descent): Iterable<Place> {
  const random = new Random(0);
  let at = from;
  yield { ...at, loss: lossAt(at, data) };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const shuffled = Array.from(random.permutation(data.length), (i) => data[i]!);
    for (let i = 0; i < shuffled.length; i += batchSize) {
      at = step(at, learningRate, shuffled.slice(i, i + batchSize));
      const loss = lossAt(at, data);
      yield { ...at, loss };
      if (!(loss < lost)) return;
    }
  }
}
