// MNIST in an epoch: deno run --allow-read examples/first_hour.ts FOLDER_OF_THE_FOUR_FILES
import { loadMnist, nn, optim, Random } from "../mod.ts";

const { train, test } = await loadMnist(Deno.args[0]!);
const model = nn.mlp([784, 128, 10], { random: new Random(0) });
await nn.fit(model, train, {
  loss: nn.crossEntropy,
  optimizer: optim.adam({ learningRate: 1e-3 }),
  batchSize: 128,
  progress: true,
});
const { accuracy } = await nn.evaluate(model, test);
console.log(`test accuracy: ${(100 * accuracy!).toFixed(2)}%`);
