import { assert, assertEquals, assertThrows } from "@std/assert";
import { digits } from "../../src/data/digits.ts";
import { DataError } from "../../src/data/error.ts";

Deno.test("digits() draws as many as asked for, 5000, 500 and 1000 unless told", () => {
  const { train, validation, test } = digits();
  const shapes = [train, validation, test].map(({ inputs }) => inputs.shape);
  assertEquals(shapes, [[5000, 784], [500, 784], [1000, 784]]);
  assertEquals([train.inputs.dtype, train.labels.dtype], ["float32", "int32"]);
  assertEquals(digits({ train: 3, validation: 0, test: 0 }).test.inputs.shape, [0, 784]);
});

Deno.test("digits() draws equally many of each digit, in random order", () => {
  const labels = [...digits({ train: 200, test: 0, validation: 0 }).train.labels.data];
  for (let digit = 0; digit < 10; digit++) {
    assertEquals(labels.filter((label) => label === digit).length, 20);
  }
  assert(String(labels.slice(0, 10)) !== "0,1,2,3,4,5,6,7,8,9");
});

Deno.test("digits() draws the same for the same seed, whatever the other sizes are", () => {
  const a = digits({ train: 20, test: 30, seed: 5 });
  const b = digits({ train: 40, test: 30, seed: 5 });
  assertEquals(a.test, b.test);
  const c = digits({ train: 20, test: 30, seed: 6 });
  assert(String(a.test.labels.data) !== String(c.test.labels.data));
});

Deno.test("digits() draws parts that differ", () => {
  const { train, test } = digits({ train: 30, test: 30 });
  assert(String(train.labels.data) !== String(test.labels.data));
});

Deno.test("digits() draws on every machine what it drew on ours", () => {
  const { inputs } = digits({ train: 100, validation: 0, test: 0, seed: 1 }).train;
  let hash = 0;
  for (const pixel of inputs.data) hash = (Math.imul(hash, 31) + Math.round(255 * pixel)) >>> 0;
  assertEquals(hash, 1_025_442_090);
});

Deno.test("digits() draws images like those of MNIST: ink in 0..1 near the middle", () => {
  const { inputs } = digits({ train: 500, validation: 0, test: 0 }).train;
  let total = 0;
  for (let image = 0; image < 500; image++) {
    let [ink, x, y] = [0, 0, 0];
    for (let pixel = 0; pixel < 784; pixel++) {
      const value = inputs.data[image * 784 + pixel]!;
      assert(value >= 0 && value <= 1);
      ink += value;
      x += value * (pixel % 28);
      y += value * Math.floor(pixel / 28);
    }
    assert(ink > 20, `image ${image} is nearly empty`);
    assert(Math.abs(x / ink - 13.5) < 3.5 && Math.abs(y / ink - 13.5) < 3.5, `image ${image}`);
    total += ink;
  }
  const mean = total / (500 * 784);
  assert(mean > 0.11 && mean < 0.16, `mean ${mean}, MNIST has 0.131`);
});

Deno.test("digits() throws DataError when a number of examples is not a whole number", () => {
  for (const count of [-1, 2.5, NaN]) {
    assertThrows(
      () => digits({ test: count }),
      DataError,
      `Cannot draw ${count} digits for test: expected a whole number from 0 up`,
    );
  }
});
