import { assert, assertEquals, assertThrows } from "@std/assert";
import { batches, type Dataset, exampleCount, splitDataset } from "../../src/data/dataset.ts";
import { DataError } from "../../src/data/error.ts";
import { packedDataset, packedInputs } from "../../src/data/packed.ts";
import { tensor, zeros } from "../../src/values/creation.ts";
import { Random } from "../../src/values/random.ts";

/** Row `i` is `[10i, 10i + 1]`, its label `i`. */
function numbered(count: number): Dataset {
  const inputs = Float32Array.from({ length: 2 * count }, (_, i) => 10 * (i >> 1) + i % 2);
  const labels = Int32Array.from({ length: count }, (_, i) => i);
  return { inputs: tensor(inputs, { shape: [count, 2] }), labels: tensor(labels) };
}

/** As `numbered`, in 255ths, kept as bytes. */
function packed(count: number): Dataset {
  const { inputs, labels } = numbered(count);
  return packedDataset({ bytes: Uint8Array.from(inputs.data), shape: [2] }, labels);
}

function labelsOf(parts: Iterable<Dataset>): number[][] {
  return Array.from(parts, ({ labels }) => [...labels.data]);
}

Deno.test("batches() goes through the examples in order; the last batch may be smaller", () => {
  const parts = [...batches(numbered(5), { batchSize: 2 })];
  assertEquals(parts.map(({ inputs }) => inputs.shape), [[2, 2], [2, 2], [1, 2]]);
  assertEquals(labelsOf(parts), [[0, 1], [2, 3], [4]]);
  assertEquals(parts[1]!.inputs.toArray(), [[20, 21], [30, 31]]);
  assertEquals([parts[0]!.inputs.dtype, parts[0]!.labels.dtype], ["float32", "int32"]);
});

Deno.test("batches() leaves out a smaller last batch when dropLast is set", () => {
  assertEquals(labelsOf(batches(numbered(5), { batchSize: 2, dropLast: true })), [[0, 1], [2, 3]]);
  assertEquals(labelsOf(batches(numbered(4), { batchSize: 2, dropLast: true })), [[0, 1], [2, 3]]);
  assertEquals(labelsOf(batches(numbered(4), { batchSize: 9, dropLast: true })), []);
});

Deno.test("batches() shuffles by the generator: every example once, input with label", () => {
  for (const dataset of [numbered(50), packed(25)]) {
    const random = new Random(3);
    const [first, second] = [1, 2].map(() => [...batches(dataset, { batchSize: 7, random })]);
    for (const { inputs, labels } of first!) {
      const scale = packedInputs(dataset) === undefined ? 1 : 255;
      for (const [row, label] of labels.data.entries()) {
        assertEquals(Math.round(inputs.data[2 * row + 1]! * scale), 10 * label + 1);
      }
    }
    const order = labelsOf(first!).flat();
    assertEquals(order.toSorted((a, b) => a - b), [...dataset.labels.data]);
    assert(String(order) !== String(labelsOf(second!).flat()));
    const again = batches(dataset, { batchSize: 7, random: new Random(3) });
    assertEquals(labelsOf(again).flat(), order);
  }
});

Deno.test("batches() copies: changing a batch leaves the dataset as it was", () => {
  const dataset = numbered(2);
  for (const { inputs } of batches(dataset, { batchSize: 2 })) inputs.data[0] = 99;
  assertEquals(dataset.inputs.data[0], 0);
});

Deno.test("batches() keeps the kind and the shape of labels that are numbers to predict", () => {
  const labels = tensor([[1, 2], [3, 4], [5, 6]], { dtype: "float64" });
  const [, last] = batches({ inputs: zeros([3, 1, 4]), labels }, { batchSize: 2 });
  assertEquals(last!.inputs.shape, [1, 1, 4]);
  assertEquals([last!.labels.dtype, last!.labels.toArray()], ["float64", [[5, 6]]]);
});

Deno.test("batches() throws DataError at the call when batchSize is no positive whole number", () => {
  for (const batchSize of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(
      () => batches(numbered(3), { batchSize }),
      DataError,
      `Cannot make batches of ${batchSize}: batchSize is a whole number from 1 up`,
    );
  }
});

Deno.test("batches() throws DataError when the dataset is empty or its lengths differ", () => {
  const empty = { inputs: zeros([0, 2]), labels: zeros([0], { dtype: "int32" }) };
  assertThrows(() => batches(empty, { batchSize: 1 }), DataError, "the dataset is empty");
  const uneven = { inputs: zeros([3, 2]), labels: zeros([2]) };
  assertThrows(
    () => batches(uneven, { batchSize: 1 }),
    DataError,
    "Cannot use inputs [3, 2] with labels [2]: their first axes count the examples",
  );
  assertThrows(() => exampleCount({ inputs: zeros([]), labels: zeros([]) }), DataError);
});

Deno.test("splitDataset() splits by a count and by a fraction, in order or at random", () => {
  const ends = (dataset: Dataset, first: number) => labelsOf(splitDataset(dataset, first));
  assertEquals(ends(numbered(5), 2), [[0, 1], [2, 3, 4]]);
  assertEquals(ends(numbered(5), 0.8), [[0, 1, 2, 3], [4]]);
  const random = new Random(1);
  const [some, rest] = splitDataset(numbered(20), 5, { random });
  assertEquals([some.labels.size, rest.labels.size], [5, 15]);
  const all = [...some.labels.data, ...rest.labels.data];
  assert(String(all) !== String(all.toSorted((a, b) => a - b)));
  assertEquals(new Set(all).size, 20);
  assertEquals(some.inputs.data[0], 10 * some.labels.data[0]!);
});

Deno.test("splitDataset() keeps packed inputs packed", () => {
  for (const random of [undefined, new Random(2)]) {
    const [some, rest] = splitDataset(packed(10), 0.3, { random });
    for (const part of [some, rest]) assert(packedInputs(part) !== undefined);
    const expected = Math.fround(10 * rest.labels.data[6]! / 255);
    assertEquals([some.inputs.shape, rest.inputs.shape], [[3, 2], [7, 2]]);
    assertEquals(rest.inputs.data[12], expected);
  }
});

Deno.test("splitDataset() throws DataError when a part would be empty", () => {
  for (const first of [0, 5, 6, -1, 1.5, 0.05, 0.99, NaN]) {
    assertThrows(() => splitDataset(numbered(5), first), DataError, `5 examples at ${first}:`);
  }
});

Deno.test("splitDataset() of packed images shuffles the labels with them", () => {
  const labels = tensor(Int32Array.from({ length: 20 }, (_, i) => i));
  const bytes = Uint8Array.from({ length: 20 }, (_, i) => i);
  const packed = packedDataset({ bytes, shape: [1] }, labels);
  for (const part of splitDataset(packed, 12, { random: new Random(1) })) {
    const numbers = part.inputs.mul(255).round().flatten();
    assertEquals(numbers.toArray(), part.labels.cast("float32").toArray());
  }
});
