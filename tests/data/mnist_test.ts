import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../src/data/error.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import { packedInputs } from "../../src/data/packed.ts";
import { gzip, idxBytes } from "./idx_bytes.ts";

const trainImages = "train-images-idx3-ubyte";
const trainLabels = "train-labels-idx1-ubyte";
const testImages = "t10k-images-idx3-ubyte";
const testLabels = "t10k-labels-idx1-ubyte";

type Files = { [name: string]: Uint8Array<ArrayBuffer> };

/** `count` images, each filled with its number. */
function images(count: number): Uint8Array<ArrayBuffer> {
  const pixels = Uint8Array.from({ length: count * 784 }, (_, i) => Math.floor(i / 784));
  return idxBytes(0x08, [count, 28, 28], pixels);
}

function labels(count: number): Uint8Array<ArrayBuffer> {
  return idxBytes(0x08, [count], Uint8Array.from({ length: count }, (_, i) => i % 10));
}

function files(): Files {
  return {
    [trainImages]: images(24),
    [trainLabels]: labels(24),
    [testImages]: images(3),
    [testLabels]: labels(3),
  };
}

async function inDirectory(files: Files, use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    for (const [name, bytes] of Object.entries(files)) {
      await Deno.writeFile(`${directory}/${name}`, bytes);
    }
    await use(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** What `loadMnist` says of the given files, without the directory's name. */
async function complaint(files: Files): Promise<string> {
  let text = "";
  await inDirectory(files, async (directory) => {
    const error = await assertRejects(() => loadMnist(directory), DataError);
    text = error.message.replaceAll(directory, "DIR");
  });
  return text;
}

Deno.test("loadMnist() keeps the last twelfth of the training file for validation", async () => {
  await inDirectory(files(), async (directory) => {
    const { train, validation, test } = await loadMnist(directory);
    assertEquals(train.inputs.shape, [22, 784]);
    assertEquals(validation.inputs.shape, [2, 784]);
    assertEquals(test.inputs.shape, [3, 784]);
    assertEquals(train.inputs.dtype, "float32");
    assertEquals(validation.inputs.data[784], Math.fround(23 / 255));
    assertEquals(validation.labels.data, new Int32Array([2, 3]));
    assertEquals(validation.labels.dtype, "int32");
  });
});

Deno.test("loadMnist() makes planes when flatten is false", async () => {
  await inDirectory(files(), async (directory) => {
    const { test } = await loadMnist(directory, { flatten: false });
    assertEquals(test.inputs.shape, [3, 1, 28, 28]);
  });
});

Deno.test("loadMnist() takes gzipped files, the dotted names, a URL and a final slash", async () => {
  const mixed = {
    [`${trainImages}.gz`]: await gzip(images(24)),
    "train-labels.idx1-ubyte": labels(24),
    "t10k-images.idx3-ubyte.gz": await gzip(images(3)),
    [testLabels]: labels(3),
  };
  await inDirectory(mixed, async (directory) => {
    for (const path of [directory, `${directory}/`, new URL(`file://${directory}`)]) {
      assertEquals((await loadMnist(path)).train.labels.size, 22);
    }
  });
});

Deno.test("loadMnist() throws DataError when the directory is missing or a file", async () => {
  await inDirectory(files(), async (directory) => {
    const states: [string, string][] = [
      [`${directory}/nowhere`, "there is no such directory"],
      [`${directory}/${testLabels}`, "it is not a directory"],
    ];
    for (const [path, state] of states) {
      const error = await assertRejects(() => loadMnist(path), DataError);
      assertEquals(error.message, `Cannot load MNIST from ${path}: ${state}`);
    }
    for (const [nowhere, text] of [["", '""'], [undefined, "undefined"]] as const) {
      const message = `Cannot load MNIST from ${text}: it takes a directory`;
      await assertRejects(() => loadMnist(nowhere as string), DataError, message);
    }
  });
});

Deno.test("loadMnist() throws DataError when a file is missing", async () => {
  for (const name of Object.keys(files())) {
    const { [name]: _, ...rest } = files();
    assertStringIncludes(
      await complaint(rest),
      `Cannot load MNIST from DIR: ${name} is missing, expected train-images-idx3-ubyte, `,
    );
  }
});

Deno.test("loadMnist() throws DataError when images and labels differ in number", async () => {
  assertEquals(
    await complaint({ ...files(), [trainLabels]: labels(23) }),
    "Cannot load MNIST from DIR: train has 24 images and 23 labels",
  );
});

Deno.test("loadMnist() throws DataError when a label is above 9", async () => {
  assertEquals(
    await complaint({ ...files(), [testLabels]: idxBytes(0x08, [3], [0, 10, 2]) }),
    "Cannot load MNIST from DIR: label 1 of t10k is 10, expected 0 to 9",
  );
});

Deno.test("loadMnist() throws DataError when a file holds something else", async () => {
  assertEquals(
    await complaint({ ...files(), [trainImages]: labels(24) }),
    `Cannot read DIR/${trainImages}: expected bytes of images, [n, 28, 28], found [24]`,
  );
  assertEquals(
    await complaint({ ...files(), [trainLabels]: images(24) }),
    `Cannot read DIR/${trainLabels}: expected bytes of labels, [n], found [24, 28, 28]`,
  );
  assertStringIncludes(
    await complaint({ ...files(), [testImages]: idxBytes(0x08, [1, 2, 2], [1, 2, 3, 4]) }),
    "expected bytes of images, [n, 28, 28], found [1, 2, 2]",
  );
  assertStringIncludes(
    await complaint({ ...files(), [testLabels]: idxBytes(0x0b, [1], [0, 1]) }),
    "expected bytes of labels, [n], found [1] of Int16Array",
  );
});

Deno.test("loadMnist() throws DataError when a file is cut short", async () => {
  assertEquals(
    await complaint({ ...files(), [trainImages]: images(24).slice(0, 1250) }),
    `Cannot read DIR/${trainImages}: expected 18816 bytes for [24, 28, 28], found 1234`,
  );
});

Deno.test({
  name: "loadMnist() lets the error of a missing permission through",
  permissions: { read: false },
  async fn() {
    await assertRejects(() => loadMnist("anywhere"), Deno.errors.NotCapable, "--allow-read");
  },
});

const directory = Deno.env.get("MNIST_DIR") ??
  new URL("../../../shared/data/mnist", import.meta.url).pathname;
const isThere = await Deno.stat(directory).then((info) => info.isDirectory, () => false);

Deno.test({
  name: "loadMnist() loads the published files, as bytes, every pixel of them",
  ignore: !isThere,
  async fn() {
    const { train, validation, test } = await loadMnist(directory);
    const sizes = [train, validation, test].map(({ labels }) => labels.size);
    assertEquals(sizes, [55_000, 5_000, 10_000]);
    const first = [train, test].map(({ labels }) => [...labels.data.subarray(0, 10)]);
    assertEquals(first, [[5, 0, 4, 1, 9, 2, 1, 3, 1, 4], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]]);
    const [a, b, c] = [train, validation, test].map((dataset) => {
      const { bytes } = packedInputs(dataset)!;
      return bytes.reduce((sum, byte) => sum + byte, 0);
    });
    assertEquals([a! + b!, c], [1_567_298_545, 264_923_200]);
    const counts = new Array(10).fill(0);
    for (const label of [...train.labels.data, ...validation.labels.data]) counts[label]++;
    assertEquals(counts, [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    let sum = 0;
    for (const pixel of test.inputs.data) sum += pixel;
    assert(Math.abs(sum - 264_923_200 / 255) < 0.1);
  },
});
