import { assertEquals } from "@std/assert";
import { accuracySentence, percent, shareOf } from "../../plot/rates.ts";

Deno.test("shareOf() is the share of a row", () => {
  assertEquals([shareOf([1, 3], 1), shareOf([0, 0], 0)], [0.75, NaN]);
});

Deno.test("percent() has three digits, and is 100 only for all", () => {
  assertEquals([1, 0.9999, 0.98765, 0, NaN].map(percent), [
    "100 %",
    "99.9 %",
    "98.8 %",
    "0 %",
    "–",
  ]);
});

Deno.test("accuracySentence() adds up the diagonal", () => {
  assertEquals(accuracySentence([[3, 1], [0, 4]]), "7 of 8 right: 87.5 %");
});
