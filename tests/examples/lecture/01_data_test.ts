import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { iris } from "../../../mod.ts";
import {
  allFlowers,
  asArray,
  firstFlowers,
  meansBySpecies,
  petalChart,
  someDigits,
} from "../../../examples/lecture/01_data.ts";
import { printoutOf } from "./printout.ts";

Deno.test("01_data prints the first 11 rows of Fisher's table and the means of the species", async () => {
  const { table } = await printoutOf("01_data");
  const names = ["sepal length", "sepal width", "petal length", "petal width"];
  const rows = table(...names, "species");
  assertEquals(rows.length, 11);
  assertEquals(rows[0], ["1", "5.1", "3.5", "1.4", "0.2", "setosa"]);
  assertEquals(rows[10], ["11", "5.4", "3.7", "1.5", "0.2", "setosa"]);
  assertEquals(table("mean of 50", ...names), [
    ["setosa", "5.01", "3.43", "1.46", "0.25"],
    ["versicolor", "5.94", "2.77", "4.26", "1.33"],
    ["virginica", "6.59", "2.97", "5.55", "2.03"],
  ]);
});

Deno.test("01_data prints a digit as its 28 x 28 numbers", async () => {
  const { lines, text } = await printoutOf("01_data");
  const rows = lines.filter((line) => /^[\d ]+$/.test(line) && line.trim().includes(" "))
    .map((line) => line.trim().split(/ +/).map(Number))
    .filter((row) => row.length === 28);
  assertEquals(rows.length, 28);
  const five = someDigits(200).find((digit) => String(asArray(digit, 255)) === String(rows));
  assertEquals(five?.label, 5);
  assertStringIncludes(text, "116, 117, 114, 117, 110, 97, 110");
});

Deno.test("firstFlowers are flowers of the data set, and all of them setosa", () => {
  const { train, test } = iris();
  const flowers = [train, test].flatMap(({ inputs, labels }) =>
    (inputs.toArray() as number[][]).map((row, i) =>
      `${row.map((x) => x.toFixed(1))}:${labels.data[i]}`
    )
  );
  for (const row of firstFlowers) {
    assert(flowers.includes(`${row.map((x) => x.toFixed(1))}:0`), String(row));
  }
});

Deno.test("meansBySpecies() and petalChart() are of all 150 flowers", () => {
  const flowers = allFlowers();
  assertEquals(flowers.inputs.shape, [150, 4]);
  const means = meansBySpecies(flowers).toArray() as number[][];
  assertEquals([means.length, means[0]!.length], [3, 4]);
  assertAlmostEquals(means[0]![2]!, 1.462, 1e-5);
  assertAlmostEquals(means[2]![3]!, 2.026, 1e-5);
  const { series } = petalChart(flowers);
  assertEquals(series.map(({ name, points }) => [name, points.length]), [
    ["setosa", 50],
    ["versicolor", 50],
    ["virginica", 50],
  ]);
});
