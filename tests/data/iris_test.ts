import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../src/data/error.ts";
import { iris } from "../../src/data/iris.ts";

Deno.test("iris() keeps a fifth of each species for testing", () => {
  const { train, test, featureNames, classNames } = iris();
  assertEquals([train.inputs.shape, test.inputs.shape], [[120, 4], [30, 4]]);
  assertEquals([train.inputs.dtype, train.labels.dtype], ["float32", "int32"]);
  assertEquals([featureNames.length, classNames.length], [4, 3]);
  for (const species of [0, 1, 2]) {
    assertEquals(test.labels.data.filter((label) => label === species).length, 10);
    assertEquals(train.labels.data.filter((label) => label === species).length, 40);
  }
});

Deno.test("iris() holds the means that Fisher published for each species", () => {
  const expected = [
    [5.006, 3.428, 1.462, 0.246],
    [5.936, 2.77, 4.26, 1.326],
    [6.588, 2.974, 5.552, 2.026],
  ];
  const { train, test } = iris();
  const means = expected.map(() => [0, 0, 0, 0]);
  for (const { inputs, labels } of [train, test]) {
    for (const [row, label] of labels.data.entries()) {
      for (let k = 0; k < 4; k++) means[label]![k]! += inputs.data[4 * row + k]! / 50;
    }
  }
  for (const [species, row] of expected.entries()) {
    for (const [k, mean] of row.entries()) assertAlmostEquals(means[species]![k]!, mean, 1e-6);
  }
});

Deno.test("iris() splits by its seed", () => {
  assertEquals(iris({ seed: 4 }), iris({ seed: 4 }));
  assert(String(iris({ seed: 4 }).test.inputs.data) !== String(iris({ seed: 5 }).test.inputs.data));
  assertEquals(iris({ test: 0.5 }).test.labels.size, 75);
});

Deno.test("iris() throws DataError when the fraction leaves a side empty", () => {
  for (const test of [0, 1, -0.1, 2, NaN]) {
    assertThrows(() => iris({ test }), DataError, `Cannot keep ${test} of the iris flowers`);
  }
});
