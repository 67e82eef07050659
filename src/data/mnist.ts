/** MNIST: 70,000 handwritten digits, read from the four files in which they are published. */

import { describe } from "../ops/describe.ts";
import { optionsOf } from "../ops/options.ts";
import { formatShape, sizeOf } from "../ops/shape.ts";
import { fromData } from "../values/creation.ts";
import type { DatasetParts } from "./dataset.ts";
import { DataError } from "./error.ts";
import { stat } from "./files.ts";
import { readIdx } from "./idx.ts";
import { packedDataset } from "./packed.ts";

/** How `loadMnist` shapes the images. */
export interface MnistOptions {
  /** Whether an image is a row of 784 numbers (the default) or a plane, `[1, 28, 28]`. */
  readonly flatten?: boolean | undefined;
}

/**
 * Loads MNIST (LeCun, Cortes and Burges) from a directory with its four files under their original
 * names, gzipped or not: 55,000 examples to train with, 5,000 for validation (the last of the
 * training file) and 10,000 to test with. Needs the permission to read that directory
 * (`--allow-read`) and no other. Data in the same format, such as Fashion-MNIST, load as well; the
 * validation part is always the last twelfth of the training file.
 *
 * `inputs` are float32 from 0 (paper) to 1 (ink), `[n, 784]`, or `[n, 1, 28, 28]` with
 * `flatten: false`; `labels` are int32 `[n]`, 0 to 9. The images are kept as bytes, 55 MB in all,
 * and `batches` makes floats of the rows it hands out; reading `inputs` as a whole makes floats of
 * all of them, once, which takes 172 MB for `train`.
 *
 * Throws a `DataError` that names the directory or file and what was expected when one is missing
 * or damaged, when images and labels differ in number, when an image is not 28 x 28 or when a label
 * is above 9.
 *
 * @example Load the three parts
 * ```ts ignore
 * import { loadMnist } from "@turunan/turunan";
 *
 * const { train, validation, test } = await loadMnist("path/to/the/four/files");
 * console.log(train.labels.size, validation.labels.size, test.labels.size); // 55000 5000 10000
 * ```
 */
export async function loadMnist(
  directory: string | URL,
  options: MnistOptions = {},
): Promise<DatasetParts> {
  const { flatten } = optionsOf("load MNIST", options, { flatten: "false" });
  await checkDirectory(directory);
  const shape = flatten === false ? [1, 28, 28] : [784];
  // one after the other, so that only one file's compressed bytes are held at a time
  const all = await readExamples(directory, "train");
  const test = await readExamples(directory, "t10k");
  const count = all.labels.length;
  const split = count - Math.floor(count / 12);
  const part = ({ pixels, labels }: Examples, start: number, stop: number) => {
    const bytes = pixels.subarray(start * 784, stop * 784);
    const data = Int32Array.from(labels.subarray(start, stop));
    return packedDataset({ bytes, shape }, fromData(data, [stop - start], "int32"));
  };
  return {
    train: part(all, 0, split),
    validation: part(all, split, count),
    test: part(test, 0, test.labels.length),
  };
}

interface Examples {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

async function checkDirectory(directory: string | URL): Promise<void> {
  if (directory === "" || typeof directory !== "string" && !(directory instanceof URL)) {
    throw new DataError(`Cannot load MNIST from ${describe(directory)}: it takes a directory`);
  }
  const info = await stat(directory);
  if (info?.isDirectory) return;
  const state = info === null ? "there is no such directory" : "it is not a directory";
  throw new DataError(`Cannot load MNIST from ${directory}: ${state}`);
}

async function readExamples(directory: string | URL, prefix: string): Promise<Examples> {
  const labels = await readBytes(await find(directory, prefix, "labels", 1), "labels, [n]", []);
  const pixels = await readBytes(
    await find(directory, prefix, "images", 3),
    "images, [n, 28, 28]",
    [28, 28],
  );
  if (pixels.length !== labels.length * 784) {
    throw new DataError(
      `Cannot load MNIST from ${directory}: ${prefix} has ${pixels.length / 784} images and ` +
        `${labels.length} labels`,
    );
  }
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new DataError(
      `Cannot load MNIST from ${directory}: label ${wrong} of ${prefix} is ${labels[wrong]}, ` +
        "expected 0 to 9",
    );
  }
  return { pixels, labels };
}

/** The file that holds one kind of content, under any of its usual names. */
async function find(
  directory: string | URL,
  prefix: string,
  content: string,
  rank: number,
): Promise<string | URL> {
  const name = `${prefix}-${content}-idx${rank}-ubyte`;
  const variant = `${prefix}-${content}.idx${rank}-ubyte`;
  for (const candidate of [`${name}.gz`, name, `${variant}.gz`, variant]) {
    const path = inside(directory, candidate);
    if ((await stat(path))?.isFile) return path;
  }
  throw new DataError(
    `Cannot load MNIST from ${directory}: ${name} is missing, expected train-images-idx3-ubyte, ` +
      "train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, " +
      "each as it is or with .gz",
  );
}

/** The bytes of an IDX file whose shape is a count and then `shape`. */
async function readBytes(
  path: string | URL,
  expected: string,
  shape: readonly number[],
): Promise<Uint8Array> {
  const found = await readIdx(path);
  const isExpected = found.data instanceof Uint8Array && found.shape.length === 1 + shape.length &&
    shape.every((length, axis) => found.shape[axis + 1] === length) && sizeOf(found.shape) > 0;
  if (isExpected) return found.data;
  throw new DataError(
    `Cannot read ${path}: expected bytes of ${expected}, found ${formatShape(found.shape)}` +
      (found.data instanceof Uint8Array ? "" : ` of ${found.data.constructor.name}`),
  );
}

function inside(directory: string | URL, file: string): string | URL {
  if (typeof directory === "string") return `${directory.replace(/[/\\]+$/, "")}/${file}`;
  const url = new URL(directory);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${file}`;
  return url;
}
