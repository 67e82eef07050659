import {
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { type Dataset, digits, IndexError, nn, Random, ShapeError } from "../../src/mod.ts";
import { DataError, type Tensor, tensor, zeros } from "../../src/mod.ts";
import { correctCount } from "../../src/nn/metrics.ts";
import { assertPointsInto } from "../first_frame.ts";

const int32 = { dtype: "int32" } as const;

/** Inputs as their own logits. */
const asTheyAre: nn.Model = { forward: (inputs: Tensor) => inputs };

/** Four examples of three logits, of which the first three are right. */
const dataset: Dataset = {
  inputs: tensor([[3, 1, 0], [0, 2, 1], [0, 1, 5], [4, 0, 0]]),
  labels: tensor([0, 1, 2, 1], int32),
};

Deno.test("correctCount() compares the largest output with a class index", () => {
  assertEquals(correctCount(dataset.inputs, dataset.labels), 3);
});

Deno.test("correctCount() compares with the largest of a row of probabilities", () => {
  assertEquals(correctCount(dataset.inputs, dataset.labels.oneHot(3)), 3);
  const soft = tensor([[0.6, 0.3, 0.1], [0.6, 0.3, 0.1], [0.2, 0.2, 0.6], [0.4, 0.3, 0.3]]);
  assertEquals(correctCount(dataset.inputs, soft), 3);
});

Deno.test("correctCount() is null where labels are no classes", () => {
  assertEquals(correctCount(zeros([4, 1]), tensor([0, 1, 0, 1], int32)), null);
  assertEquals(correctCount(zeros([4]), zeros([4])), null);
  assertEquals(correctCount(zeros([4, 2]), zeros([4, 1])), null);
  assertEquals(correctCount(zeros([2, 2]), tensor([[20.5, 3], [18, 2]])), null); // numbers
  assertEquals(correctCount(zeros([2, 2]), tensor([[2, -1], [0.5, 0.5]])), null);
});

Deno.test("evaluate() is the mean loss and the accuracy, whatever the batches", async () => {
  const whole = nn.crossEntropy(dataset.inputs, dataset.labels).item();
  for (const batchSize of [1, 3, 4, 1000]) {
    const { loss, accuracy } = await nn.evaluate(asTheyAre, dataset, { batchSize });
    assertAlmostEquals(loss, whole, 1e-6);
    assertEquals(accuracy, 0.75);
  }
  const regression = { inputs: tensor([[1], [2]]), labels: tensor([[1], [4]]) };
  assertEquals(await nn.evaluate(asTheyAre, regression, { loss: nn.meanSquaredError }), {
    loss: 2,
    accuracy: null,
  });
});

Deno.test("evaluate() leaves the model as it was and records nothing", async () => {
  const model = nn.mlp([3, 3], { random: new Random(0) });
  const before = model.parameters().map(({ data }) => [...data]);
  let outputs: Tensor | null = null;
  const spy = { forward: (inputs: Tensor) => outputs = model.forward(inputs) };
  await nn.evaluate(spy, dataset);
  assertEquals(outputs!.origin, null);
  assertEquals(model.parameters().map(({ data }) => [...data]), before);
  assertEquals(model.parameters().map(({ grad }) => grad), [null, null]);
});

Deno.test("evaluate() rejects an empty dataset, and labels out of range at the caller's line", async () => {
  const empty = { inputs: zeros([0, 3]), labels: zeros([0], int32) };
  await assertRejects(() => nn.evaluate(asTheyAre, empty), DataError, "the dataset is empty");
  try {
    await nn.evaluate(asTheyAre, { ...dataset, labels: tensor([0, 1, 2, 3], int32) });
    throw new Error("unreachable");
  } catch (error) {
    assertInstanceOf(error, IndexError);
    assertEquals(
      error.message,
      "Cannot crossEntropy label 3 at position 3: there are 3 classes, 0 to 2",
    );
    assertPointsInto(import.meta.url, error);
  }
});

Deno.test("predict() is the class of each example, over all batches", () => {
  for (const batchSize of [1, 3, 1000]) {
    const answers = nn.predict(asTheyAre, dataset, { batchSize });
    assertEquals([answers.dtype, answers.toArray()], ["int32", [0, 1, 2, 0]]);
  }
});

Deno.test("predict() answers for any number of examples at once", () => {
  const count = 200_000;
  const inputs = zeros([count, 2]);
  inputs.data[2 * count - 1] = 1;
  const answers = nn.predict(asTheyAre, { inputs, labels: zeros([count], int32) }, {
    batchSize: count,
  });
  assertEquals([answers.shape, answers.sum().item(), answers.data[count - 1]], [[count], 1, 1]);
});

Deno.test("predict() throws ShapeError when the outputs are no rows of classes", () => {
  const error = assertThrows(
    () => nn.predict({ forward: (inputs) => inputs.sum(1) }, dataset),
    ShapeError,
    "Cannot predict from outputs [4]: they are [examples, classes]",
  );
  assertPointsInto(import.meta.url, error);
});

Deno.test("confusionMatrix() counts each class (row) taken for each class (column)", () => {
  const labels = tensor([0, 0, 1, 2, 2, 2], int32);
  const answers = tensor([0, 1, 1, 2, 0, 2], int32);
  const matrix = nn.confusionMatrix(answers, labels, 4);
  assertEquals(matrix.dtype, "int32");
  assertEquals(matrix.toArray(), [[1, 1, 0, 0], [0, 1, 0, 0], [1, 0, 2, 0], [0, 0, 0, 0]]);
});

Deno.test("confusionMatrix() throws when shapes differ or a class is out of range", () => {
  const labels = tensor([0, 1], int32);
  assertThrows(
    () => nn.confusionMatrix(tensor([0], int32), labels, 2),
    ShapeError,
    "Cannot confusionMatrix [1] and [2]: there is one prediction for each label",
  );
  assertThrows(
    () => nn.confusionMatrix(labels, tensor([0, 2], int32), 2),
    IndexError,
    "Cannot confusionMatrix label 2 at position 1: there are 2 classes, 0 to 1",
  );
});

Deno.test("confusionMatrix() of predict() agrees with the accuracy of evaluate()", async () => {
  const { test } = digits({ train: 1, test: 100, seed: 3 });
  const model = nn.mlp([784, 10], { random: new Random(2) });
  const matrix = nn.confusionMatrix(nn.predict(model, test), test.labels, 10);
  const right = Array.from({ length: 10 }, (_, i) => matrix.data[11 * i]!);
  const { accuracy } = await nn.evaluate(model, test);
  assertAlmostEquals(right.reduce((a, b) => a + b) / 100, accuracy!, 1e-12);
});

Deno.test("evaluate() has no accuracy where some targets are no classes", async () => {
  const model = { forward: (x: Tensor) => x };
  const dataset = { inputs: tensor([[1, 0], [0, 1]]), labels: tensor([[0.5, 0.5], [2, 3]]) };
  const { accuracy } = await nn.evaluate(model, dataset, { loss: nn.meanSquaredError });
  assertEquals(accuracy, null);
});
