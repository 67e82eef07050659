import { assert, assertEquals } from "@std/assert";
import { formatNumber } from "../../src/values/format.ts";
import { arange, tensor, zeros } from "../../src/values/creation.ts";
import { Tensor } from "../../src/values/tensor.ts";
import { value } from "../../src/values/value.ts";

Deno.test("formatNumber() writes six digits at most, in the shortest form", () => {
  const texts = [0.1, 1 / 3, 2, -0, 1e20, 123456789.5, 1e-7, NaN, -Infinity].map((x) =>
    formatNumber(x)
  );
  assertEquals(texts, [
    "0.1",
    "0.333333",
    "2",
    "-0",
    "100000000000000000000",
    "123457000",
    "1e-7",
    "NaN",
    "-Infinity",
  ]);
  assertEquals([formatNumber(Math.fround(0.1)), formatNumber(1, "bool")], ["0.1", "true"]);
});

Deno.test("a tensor prints its shape, its kind and its numbers in columns", () => {
  assertEquals(
    String(tensor([[1, 2.5], [-10, 4]])),
    "Tensor [2, 2] float32\n[[  1, 2.5],\n [-10,   4]]",
  );
  assertEquals(String(tensor(3)), "Tensor [] float32 3");
  assertEquals(String(tensor([true, false])), "Tensor [2] bool\n[ true, false]");
  assertEquals(String(zeros([0])), "Tensor [0] float32\n[]");
  assertEquals(String(zeros([2, 0])), "Tensor [2, 0] float32\n[[],\n []]");
});

Deno.test("a tensor prints its name and whether it requires a gradient", () => {
  const w = tensor([1], { dtype: "float64", name: "weight", requiresGrad: true });
  assertEquals(String(w), "Tensor weight [1] float64 requiresGrad\n[1]");
});

Deno.test("a tensor of rank 3 prints matrices apart, each axis indented", () => {
  assertEquals(
    String(arange(8, undefined, 1, { dtype: "int32" }).reshape([2, 2, 2])),
    "Tensor [2, 2, 2] int32\n[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]",
  );
});

Deno.test("long axes show three entries at each end", () => {
  assertEquals(
    String(arange(20).reshape([1, 20])),
    "Tensor [1, 20] float32\n[[ 0,  1,  2, …, 17, 18, 19]]",
  );
  assertEquals(String(arange(10)), "Tensor [10] float32\n[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]");
  assertEquals(
    String(arange(1_000_000).reshape([1000, 1000])).split("\n"),
    [
      "Tensor [1000, 1000] float32",
      "[[     0,      1,      2, …,    997,    998,    999],",
      " [  1000,   1001,   1002, …,   1997,   1998,   1999],",
      " [  2000,   2001,   2002, …,   2997,   2998,   2999],",
      " …,",
      " [997000, 997001, 997002, …, 997997, 997998, 997999],",
      " [998000, 998001, 998002, …, 998997, 998998, 998999],",
      " [999000, 999001, 999002, …, 999997, 999998, 999999]]",
    ],
  );
});

Deno.test("a traced tensor prints without numbers", () => {
  const traced = new Tensor({ shape: [2, 3], dtype: "float32", data: null, name: "x" });
  assertEquals(String(traced), "Tensor x [2, 3] float32 (traced)");
});

Deno.test("templates, Deno.inspect and console.log show what toString() does", () => {
  for (const printable of [tensor([1, 2]), value(3, "m")]) {
    assertEquals(`${printable}`, printable.toString());
    assertEquals(Deno.inspect(printable), printable.toString());
  }
});

Deno.test("a Value prints its name, its number and its derivative", () => {
  const m = value(-1, "m");
  m.square().backward();
  assertEquals(String(m), "Value m -1, grad -2");
  assertEquals(String(value(0.5)), "Value 0.5, grad 0");
});

Deno.test("a thousand numbers are printed whole", () => {
  assert(!zeros([10, 10, 10]).toString().includes("…"));
  assert(zeros([10, 10, 11]).toString().includes("…"));
});
