import { assert, assertEquals } from "@std/assert";
import { linesOf } from "./run_example.ts";

Deno.test("examples/line.ts derives the lecture's formulas and finds m = 2, b = 1", async () => {
  const lines = await linesOf("line.ts");
  const formulas = lines.filter((line) => line.includes(" = ") && line.startsWith("d"));
  assertEquals(formulas.map((line) => line.split(/ += /)), [
    ["dMSE/dm", "5m + 3b - 13", "-3"],
    ["dMSE/db", "3m + 2b - 8", "-1"],
    ["d2MSE/dm2", "5", "5"],
    ["d2MSE/dmdb", "3", "3"],
  ]);
  assert(lines.some((line) => line.includes("2.5m^2 + 3mb + b^2 - 13m - 8b + 17")));
  assert(lines.some((line) => line.includes("2.5m^{2} + 3mb + b^{2} - 13m - 8b + 17")));
  assert(lines.includes("   1   -0.7000    5.1000  1.8250000000"), "the first step by hand");
  assertEquals(lines.at(-1), "m = 2.000, b = 1.000");
});
