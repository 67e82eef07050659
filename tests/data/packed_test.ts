import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { batches, exampleCount } from "../../src/data/dataset.ts";
import { packedDataset, packedInputs, unpack } from "../../src/data/packed.ts";
import { tensor } from "../../src/values/creation.ts";

const inputs = { bytes: new Uint8Array([0, 51, 102, 153, 204, 255]), shape: [2] };

function example() {
  return packedDataset(inputs, tensor([7, 8, 9], { dtype: "int32" }));
}

Deno.test("unpack() makes float32 in 0..1 of the rows of an order", () => {
  const rows = unpack(inputs, new Int32Array([2, 0, 1]), 0, 2);
  assertEquals(rows.shape, [2, 2]);
  assertEquals(rows.data, new Float32Array([0.8, 1, 0, 0.2]));
});

Deno.test("packedDataset() makes one float32 tensor of its inputs when they are read", () => {
  const dataset = example();
  assertEquals(dataset.inputs.data, new Float32Array([0, 0.2, 0.4, 0.6, 0.8, 1]));
  assertStrictEquals(dataset.inputs, dataset.inputs);
});

Deno.test("packedDataset() stays packed while batches are made", () => {
  const dataset = example();
  assertEquals(exampleCount(dataset), 3);
  assertEquals([...batches(dataset, { batchSize: 2 })].length, 2);
  assert(packedInputs(dataset) !== undefined);
});

Deno.test("packedDataset() gives batches what was written to its inputs", () => {
  const dataset = example();
  dataset.inputs.data[0] = 42;
  const [batch] = batches(dataset, { batchSize: 1 });
  assertEquals(batch!.inputs.data[0], 42);
});

Deno.test("packedDataset() can be copied by spreading", () => {
  const copy = { ...example(), labels: tensor([1, 2, 3]) };
  const [batch] = batches(copy, { batchSize: 3 });
  assertEquals(batch!.labels.dtype, "float32");
  assertEquals(batch!.inputs.data[5], 1);
});

Deno.test("packedDataset() shows what it holds without making floats of it", () => {
  const dataset = example();
  assertEquals(
    Deno.inspect(dataset),
    "{ inputs: float32 [3, 2], kept as bytes, labels: int32 [3] }",
  );
  assert(packedInputs(dataset) !== undefined);
  assertEquals(dataset.inputs.shape, [3, 2]);
  assertEquals(Deno.inspect(dataset), "{ inputs: float32 [3, 2], labels: int32 [3] }");
});
