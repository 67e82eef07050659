/**
 * Trains the network that reads drawn digits on page 11, and stores it beside this file:
 * `deno run --allow-read --allow-write site/model/train.ts --data DIR`, where `DIR` holds the four
 * MNIST files. It takes some minutes.
 */

import { parseArgs } from "@std/cli";
import { type Dataset, digits, loadMnist, nn, optim, Random, Tensor } from "../../mod.ts";
import { restoreModel, storeModel } from "./stored_model.ts";
import { varyImage } from "./vary.ts";

const widths = [784, 256, 64, 10];
const drawnPerEpoch = 12_000;

/** One epoch's examples: each image of MNIST varied anew, and digits that turunan draws itself. */
function examplesOf(train: Dataset, epoch: number, random: Random): Dataset {
  const drawn = digits({ train: drawnPerEpoch, validation: 0, test: 0, seed: epoch }).train;
  const count = train.labels.size;
  const inputs = new Float32Array((count + drawnPerEpoch) * 784);
  const images = train.inputs.data as Float32Array;
  for (let i = 0; i < count; i++) varyImage(images, i * 784, inputs, i * 784, random);
  inputs.set(drawn.inputs.data as Float32Array, count * 784);
  const labels = Int32Array.from([...train.labels.data, ...drawn.labels.data]);
  return {
    inputs: new Tensor({ shape: [labels.length, 784], dtype: "float32", data: inputs }),
    labels: new Tensor({ shape: [labels.length], dtype: "int32", data: labels }),
  };
}

async function train(directory: string, epochs: number): Promise<void> {
  const data = await loadMnist(directory);
  const random = new Random(0);
  const model = nn.mlp(widths, { activation: "relu", random });
  let optimizer = optim.adam();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const share = (epoch - 1) / epochs; // the rate falls along half a wave, from 0.0015
    const learningRate = 0.00075 * (1 + Math.cos(Math.PI * share)) + 5e-6;
    const next = optim.adam({ learningRate });
    next.remember(model, optimizer.stateOf(model));
    optimizer = next;
    const [{ loss } = { loss: NaN }] = await nn.fit(model, examplesOf(data.train, epoch, random), {
      loss: nn.crossEntropy,
      optimizer,
      batchSize: 128,
      random,
    });
    const { accuracy } = await nn.evaluate(model, data.validation);
    console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}, validation ${percent(accuracy)}`);
  }
  const file = storeModel(model);
  await Deno.writeFile(new URL("digit_reader.bin", import.meta.url), file);
  const stored = restoreModel(file.buffer);
  console.log(
    `test ${percent((await nn.evaluate(model, data.test)).accuracy)}, as stored ` +
      `${percent((await nn.evaluate(stored, data.test)).accuracy)}; ${file.length} bytes`,
  );
}

function percent(share: number | null): string {
  return `${(100 * share!).toFixed(2)} %`;
}

if (import.meta.main) {
  const options = parseArgs(Deno.args, { string: ["data", "epochs"] });
  const data = options.data as string | undefined;
  if (!data) {
    console.error("Use: deno run --allow-read --allow-write site/model/train.ts --data DIR");
    Deno.exit(2);
  }
  await train(data, Number(options.epochs ?? 60));
}
