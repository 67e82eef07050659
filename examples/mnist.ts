/**
 * Trains a network to read handwritten digits.
 *
 *     deno run examples/mnist.ts                          # digits that turunan draws itself
 *     deno run --allow-read examples/mnist.ts --data DIR  # the real ones
 *     deno run examples/mnist.ts --help
 */

import { type DatasetParts, digits, loadMnist, nn, optim, Random, UsageError } from "../mod.ts";
import {
  FlagError,
  type OptimizerName,
  type Options,
  readOptions,
  usage,
} from "./mnist/options.ts";
import { report } from "./mnist/report.ts";

async function main(options: Options): Promise<void> {
  const { data, epochs, batch, hidden, learningRate, seed, quiet } = options;
  const say = (text: string) => quiet || console.log(text);

  const { train, validation, test } = await load(data, seed);
  const sizes = [train, validation, test].map(({ labels }) => labels.size.toLocaleString("en-US"));
  const source = data === null ? "drawn by turunan" : `from ${data}`;
  say(`Digits ${source}: ${sizes[0]} to train, ${sizes[1]} to validate, ${sizes[2]} to test\n`);

  const model = nn.mlp([28 * 28, ...hidden, 10], { random: new Random(seed) });
  say(`${model}\n`);

  await nn.fit(model, train, {
    loss: nn.crossEntropy,
    optimizer: optimizer(options.optimizer, learningRate),
    epochs,
    batchSize: batch,
    validation,
    random: new Random(seed),
    progress: !quiet,
  });

  say(`\n${report(model, test)}\n`);
  const { accuracy } = await nn.evaluate(model, test);
  console.log(`test accuracy: ${(100 * accuracy!).toFixed(2)}%`);
}

async function load(directory: string | null, seed: number): Promise<DatasetParts> {
  if (directory === null) return digits({ train: 12_000, validation: 1000, test: 2000, seed });
  try {
    return await loadMnist(directory);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    throw new UsageError(
      `Cannot read ${directory} without permission: allow it with deno run ` +
        `--allow-read=${directory} examples/mnist.ts --data ${directory}`,
    );
  }
}

function optimizer(name: OptimizerName, learningRate: number): optim.Optimizer {
  switch (name) {
    case "adam":
      return optim.adam({ learningRate });
    case "adamw":
      return optim.adamW({ learningRate });
    case "sgd":
      return optim.sgd({ learningRate, momentum: 0.9 });
  }
}

try {
  const options = readOptions(Deno.args);
  if (options === null) console.log(usage);
  else await main(options);
} catch (error) {
  if (error instanceof FlagError) {
    console.error(`${error.message}\n\n${usage}`);
    Deno.exitCode = 2;
  } else if (error instanceof UsageError) {
    console.error(error.message);
    Deno.exitCode = 1;
  } else {
    throw error; // no mistake of the user's: with its stack
  }
}
