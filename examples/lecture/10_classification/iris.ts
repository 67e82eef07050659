/** Iris learned with one loss or another. */

import { type Dataset, iris, nn, optim, Random, type Tensor } from "../../../mod.ts";

/** How a network learns the species of Iris: its accuracy on the test part after each epoch. */
export async function trainIris(loss: nn.Loss, scale: number): Promise<number[]> {
  const { train, test } = iris({ seed: 1 });
  const [mean, deviation] = [train.inputs.mean(0), train.inputs.std(0)];
  const prepare = ({ inputs, labels }: Dataset): Dataset => ({
    inputs: inputs.sub(mean).div(deviation),
    labels: labels.oneHot(3),
  });
  const model = nn.mlp([4, 8, 3], { random: new Random(0) });
  for (const { data } of model.parameters()) data.set(data.map((weight) => scale * weight));
  const history = await nn.fit(model, prepare(train), {
    loss,
    optimizer: optim.sgd({ learningRate: 0.1 }),
    epochs: 40,
    batchSize: 10,
    validation: prepare(test),
  });
  return history.map(({ validationAccuracy }) => validationAccuracy!);
}

/** The mean squared error of a softmax. */
export function softmaxSquaredError(scores: Tensor, targets: Tensor): Tensor {
  return nn.meanSquaredError(scores.softmax(), targets);
}
