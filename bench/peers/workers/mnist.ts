/** turunan's epochs of MNIST as `mnist.py` takes them: the seconds of each, and the accuracy. */

import { loadMnist, nn, optim, Random } from "../../../mod.ts";

const [directory, epochs] = Deno.args;
const { train, test } = await loadMnist(directory!);
const model = nn.mlp([784, 128, 10], { random: new Random(0) });
const history = await nn.fit(model, train, {
  loss: nn.crossEntropy,
  optimizer: optim.adam({ learningRate: 1e-3 }),
  epochs: Number(epochs),
  batchSize: 128,
  random: new Random(0),
});
for (const { seconds } of history) console.log(`epoch ${seconds.toFixed(4)}`);
const { accuracy } = await nn.evaluate(model, test);
console.log(`test accuracy: ${(100 * accuracy!).toFixed(2)}%`);
