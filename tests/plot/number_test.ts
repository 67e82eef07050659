import { assertEquals } from "@std/assert";
import { alignedNumbers, shortNumber, tickLabels } from "../../plot/number.ts";

Deno.test("shortNumber() has four digits, and exponents only where they are shorter", () => {
  const short = [0, 2.5, -1, 1 / 3, 123456, 0.00012, 1234567, 0.0000123, 1e300, NaN, -Infinity];
  assertEquals(short.map((x) => shortNumber(x)), [
    "0",
    "2.5",
    "-1",
    "0.3333",
    "123500",
    "0.00012",
    "1.235e6",
    "1.23e-5",
    "1e300",
    "NaN",
    "-Infinity",
  ]);
});

Deno.test("tickLabels() tell neighbours apart", () => {
  assertEquals(tickLabels([0, 0.1, 0.2, 0.30000000000000004]), ["0", "0.1", "0.2", "0.3"]);
  assertEquals(tickLabels([1000000, 1000001, 1000002]), ["1e6", "1.000001e6", "1.000002e6"]);
  assertEquals(tickLabels([-2e-7, 0, 2e-7]), ["-2e-7", "0", "2e-7"]);
  assertEquals(tickLabels([0.001, 1, 1e9], "log"), ["0.001", "1", "1e9"]);
});

Deno.test("alignedNumbers() have as many decimals each", () => {
  assertEquals(alignedNumbers([1, -0.25, 0.5, NaN]), ["1.00", "-0.25", "0.50", ""]);
  assertEquals(alignedNumbers([5, 120]), ["5", "120"]);
  assertEquals(alignedNumbers([0.0001, -0.00001]), ["0.0001", "-1e-5"]);
  assertEquals(alignedNumbers([-0.0001, 0.123]), ["0.000", "0.123"]);
});
