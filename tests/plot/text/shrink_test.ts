import { assertEquals } from "@std/assert";
import { shrunk } from "../../../plot/text/shrink.ts";

Deno.test("shrunk() takes means of blocks", () => {
  assertEquals(shrunk([[1, 3, 5, 7], [1, 3, NaN, 7]], { rows: 1, columns: 2 }), [[2, 19 / 3]]);
});

Deno.test("shrunk() leaves alone what is small enough", () => {
  assertEquals(shrunk([[1, 2], [3, NaN]], { rows: 5, columns: 2 }), [[1, 2], [3, NaN]]);
});
