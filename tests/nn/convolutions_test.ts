import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Dataset, digits, nn, optim, Random, UsageError, zeros } from "../../src/mod.ts";
import { assertMistake } from "../mistake.ts";
import { ones } from "../../src/mod.ts";

Deno.test("Conv2d and Conv1d have weights for each group, biases, and the window of their options", () => {
  const layer = new nn.Conv2d(4, 6, [3, 2], { groups: 2, stride: 2, dtype: "float64" });
  assertEquals(layer.parameters().map(({ name, shape, dtype }) => [name, shape, dtype]), [
    ["weight", [6, 2, 3, 2], "float64"],
    ["bias", [6], "float64"],
  ]);
  assert(layer.parameters().every(({ data }) => data.every((x) => Math.abs(x) <= 12 ** -0.5)));
  const images = zeros([2, 4, 7, 6], { dtype: "float64" });
  assertEquals(layer.forward(images).shape, [2, 6, 3, 3]);
  assertEquals(layer.forward(images).data[0], layer.bias!.data[0]);
  const plain = new nn.Conv1d(2, 3, 3, { padding: 2, dilation: 2, bias: false });
  assertEquals([plain.bias, plain.forward(zeros([1, 2, 9])).shape], [null, [1, 3, 9]]);
});

Deno.test("pools are layers without parameters", () => {
  const images = new Random(1).normal([2, 3, 8, 6]);
  for (const layer of [new nn.MaxPool2d(2), new nn.AvgPool2d([2, 2], { stride: 2 })]) {
    assertEquals([layer.forward(images).shape, layer.parameters()], [[2, 3, 4, 3], []]);
  }
});

Deno.test("a convolutional network learns digits, by compiled steps", async () => {
  const { train, test } = digits({ seed: 1, train: 600, validation: 0, test: 200 });
  const asImages = ({ inputs, labels }: Dataset) => ({
    inputs: inputs.reshape([-1, 1, 28, 28]),
    labels,
  });
  const random = new Random(2);
  const model = new nn.Sequential([
    new nn.Conv2d(1, 6, 5, { stride: 2, random }),
    new nn.Activation("relu"),
    new nn.MaxPool2d(2),
    new nn.Flatten(),
    new nn.Linear(6 * 6 * 6, 10, { random }),
  ]);
  await nn.fit(model, asImages(train), {
    loss: nn.crossEntropy,
    optimizer: optim.adam({ learningRate: 0.01 }),
    epochs: 6,
    batchSize: 50,
    random,
  });
  const { accuracy } = await nn.evaluate(model, asImages(test));
  assert(accuracy! > 0.8, `${accuracy}`);
});

Deno.test("convolutional layers tell what they cannot be made of", () => {
  const mistakes: [() => unknown, string][] = [
    [() => new nn.Conv2d(0, 2, 3), "Cannot make a Conv2d of 0 inputs and 2 outputs, in groups: 1"],
    [
      () => new nn.Conv1d(4, 3, 3, { groups: 2 }),
      "Cannot make a Conv1d of 4 inputs and 3 outputs, in groups: 2",
    ],
    [
      () => new nn.Conv2d(1, 2, [3]),
      "Cannot make a Conv2d with a size of [3]: it is a whole number >= 1, or one for each of 2 axes",
    ],
    [
      () => new nn.MaxPool2d(2, { stride: -1 }),
      "Cannot make a MaxPool2d with a stride of -1: it is a whole number >= 1, or one for each of 2 axes",
    ],
  ];
  for (const [make, message] of mistakes) assertMistake(import.meta.url, make, UsageError, message);
});

Deno.test("pooling layers pass their options on", () => {
  const image = ones([1, 1, 3, 3]);
  assertEquals(new nn.AvgPool2d(2, { stride: 1 }).forward(image).shape, [1, 1, 2, 2]);
  assertEquals(new nn.MaxPool2d(2, { stride: 1 }).forward(image).shape, [1, 1, 2, 2]);
});

Deno.test("a convolution checks its options when it is made", () => {
  assertThrows(() => new nn.Conv2d(1, 1, 3, { stride: 0 }), UsageError);
});
