/** The images that all networks learn from, as plain bytes that every language can read. */

import { digits, readIdx } from "../../mod.ts";
import { OptionError } from "./options.ts";
import type { DigitFiles } from "./tasks.ts";

/** Images as many batches of 1024 take. */
const most = 53 * 1024;

/** Where the images come from, in words. */
export interface DigitSource {
  readonly files: DigitFiles;
  readonly name: string;
}

/** Writes MNIST's training images, or digits that a program draws, to two files in `folder`. */
export async function writeDigits(source: string | null, folder: string): Promise<DigitSource> {
  const { images, labels, name } = source === null ? drawn() : await readMnist(source);
  const files = {
    images: `${folder}/images`,
    labels: `${folder}/labels`,
    count: Math.min(most, labels.length),
  };
  await Deno.writeFile(files.images, images.subarray(0, 784 * files.count));
  await Deno.writeFile(files.labels, labels.subarray(0, files.count));
  return { files, name };
}

async function readMnist(folder: string) {
  const read = async (name: string) => {
    const paths = [`${folder}/${name}.gz`, `${folder}/${name}`];
    const path = paths.find((path) => {
      try {
        return Deno.statSync(path).isFile;
      } catch {
        return false;
      }
    });
    if (path === undefined) {
      throw new OptionError(`There is no ${name} in ${folder}, with .gz or without`);
    }
    return (await readIdx(path)).data as Uint8Array;
  };
  return {
    images: await read("train-images-idx3-ubyte"),
    labels: await read("train-labels-idx1-ubyte"),
    name: "MNIST",
  };
}

function drawn() {
  const { train } = digits({ train: 8192, validation: 0, test: 0 });
  return {
    images: Uint8Array.from(train.inputs.data, (pixel) => Math.round(255 * pixel)),
    labels: Uint8Array.from(train.labels.data),
    name: "built-in digits",
  };
}
