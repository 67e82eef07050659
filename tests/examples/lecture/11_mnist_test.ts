import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { digits, nn, Random } from "../../../mod.ts";
import { loadDigits, untrained, worstConfusion } from "../../../examples/lecture/11_mnist.ts";
import {
  cropped,
  digitImage,
  firstWeights,
} from "../../../examples/lecture/11_mnist/digit_image.ts";
import { gzip, idxBytes } from "../../data/idx_bytes.ts";
import { pathOf, runProgram } from "../run_example.ts";
import { printoutOf } from "./printout.ts";

const chapter = pathOf("examples/lecture/11_mnist.ts");

Deno.test("11_mnist prints the split, both networks and the confusion matrix", async () => {
  const { text, table } = await printoutOf("11_mnist");
  assertEquals(table("part", "digits", "what for").map(([part, size]) => [part, size]), [
    ["training", "5,000"],
    ["validation", "500"],
    ["test", "1,000"],
  ]);
  const [, before] = text.match(/test digits it reads ([\d.]+) % right/)!;
  const [, after] = text.match(/test part: ([\d.]+) % of 1,000 digits/)!;
  assert(Number(before) < 25 && Number(after) > 93, `${before} and ${after}`);
  const shares = table("epoch", "training loss", "validation loss", "validation: right");
  assertEquals(shares.length, 10);
  assertStringIncludes(text, "Which digit was taken for which");
  assertStringIncludes(text, "What six neurons have learned");
});

Deno.test("11_mnist --data takes the files of a folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { train, test } = digits({ train: 3000, test: 600, seed: 5 });
    for (const [prefix, { inputs, labels }] of [["train", train], ["t10k", test]] as const) {
      const pixels = Uint8Array.from(inputs.data, (ink) => Math.round(255 * ink));
      const images = idxBytes(0x08, [labels.size, 28, 28], pixels);
      await Deno.writeFile(`${folder}/${prefix}-images-idx3-ubyte.gz`, await gzip(images));
      const bytes = idxBytes(0x08, [labels.size], Uint8Array.from(labels.data));
      await Deno.writeFile(`${folder}/${prefix}-labels-idx1-ubyte.gz`, await gzip(bytes));
    }
    const { train: own } = await loadDigits(folder);
    assertEquals(own.labels.size, 2750); // a twelfth is for validation
    const run = await runProgram(chapter, {
      args: ["--data", folder],
      flags: [`--allow-read=${folder}`],
    });
    assertEquals([run.code, run.complaint], [0, ""]);
    assertMatch(run.output, /^training +2,750 /m);
    assertMatch(run.output, /^test +600 /m);
    assertStringIncludes(run.output, "MNIST: digits written by");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("11_mnist says in one line what is wrong with --data", async () => {
  const complaint = async (flags: string[]) => {
    const run = await runProgram(chapter, { args: ["--data", "/no/such/folder"], flags });
    assertEquals([run.code, run.output], [2, ""]);
    return run.complaint;
  };
  assertEquals(
    await complaint(["--no-prompt"]),
    "Reading /no/such/folder needs a permission: deno run --allow-read=/no/such/folder " +
      "examples/lecture/11_mnist.ts --data /no/such/folder",
  );
  assertEquals(
    await complaint(["--allow-read"]),
    "Cannot load MNIST from /no/such/folder: there is no such directory",
  );
});

Deno.test("worstConfusion() is the largest number off the diagonal", () => {
  assertEquals(worstConfusion([[90, 1, 0], [2, 80, 7], [3, 6, 70]]), [1, 2]);
  assertEquals(worstConfusion([[1, 0], [5, 1]]), [1, 0]);
});

Deno.test("cropped() cuts two pixels from each side", () => {
  const pixels = Float32Array.from({ length: 784 }, (_, i) => i);
  const image = cropped(pixels, "numbers");
  assertEquals([image.width, image.height, image.pixels.length], [24, 24, 576]);
  assertEquals([image.pixels[0], image.pixels[575]], [2 * 28 + 2, 25 * 28 + 25]);
});

Deno.test("digitImage() shows the digit of a rank with nearly all of its ink", () => {
  const { test } = digits({ train: 0, validation: 0, test: 10 });
  for (let i = 0; i < 10; i++) {
    const own = test.inputs.data.subarray(784 * i, 784 * (i + 1));
    const sum = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);
    assert(sum(digitImage(test, i, "").pixels) > 0.95 * sum(own));
  }
});

Deno.test("firstWeights() are copies of the rows of the first weight matrix", () => {
  const model = nn.mlp([784, 3, 2], { random: new Random(0) });
  const rows = firstWeights(model);
  const { weight } = model.layers[0] as nn.Linear;
  assertEquals(rows.length, 3);
  assertEquals([...rows[2]!], [...weight.data.slice(2 * 784, 3 * 784)]);
  rows[0]![0] = 99;
  assert(weight.data[0] !== 99);
  assertEquals(untrained().parameters().map(({ shape }) => shape), [[64, 784], [64], [10, 64], [
    10,
  ]]);
});
