import { assertEquals } from "@std/assert";
import {
  broadcastStrides,
  copyStrided,
  forEachRow,
  joinAxes,
  lanesAlong,
} from "../../src/ops/loops.ts";

Deno.test("joinAxes() makes one axis of neighbours that every operand walks as one", () => {
  const whole = { lengths: [2, 3, 4], strides: [[12, 4, 1], [12, 4, 1]] };
  assertEquals(joinAxes(whole), { lengths: [24], strides: [[1], [1]] });
  const row = { lengths: [2, 3, 4], strides: [[12, 4, 1], [0, 4, 1]] };
  assertEquals(joinAxes(row), { lengths: [2, 12], strides: [[12, 1], [0, 1]] });
  const transposed = { lengths: [2, 3], strides: [[3, 1], [1, 2]] };
  assertEquals(joinAxes(transposed), transposed);
});

Deno.test("joinAxes() drops axes of length 1 and keeps empty ones", () => {
  assertEquals(joinAxes({ lengths: [1, 5, 1], strides: [[5, 1, 1]] }), {
    lengths: [5],
    strides: [[1]],
  });
  assertEquals(joinAxes({ lengths: [1, 1], strides: [[1, 1]] }), { lengths: [], strides: [[]] });
  assertEquals(joinAxes({ lengths: [2, 0], strides: [[0, 1]] }).lengths.includes(0), true);
});

Deno.test("broadcastStrides() stands still along axes that are stretched or added", () => {
  assertEquals(broadcastStrides([3, 1], [2, 3, 4]), [0, 1, 0]);
  assertEquals(broadcastStrides([], [2, 2]), [0, 0]);
});

Deno.test("forEachRow() visits every row with the offsets of each operand", () => {
  const rows: number[][] = [];
  forEachRow({ lengths: [2, 2, 5], strides: [[20, 10, 1], [1, 0, 3]] }, [100, 7], (offsets) => {
    rows.push([...offsets]);
  });
  assertEquals(rows, [[100, 7], [110, 7], [120, 8], [130, 8]]);
});

Deno.test("forEachRow() visits nothing where an axis is empty, and a scalar once", () => {
  let count = 0;
  forEachRow({ lengths: [2, 0, 3], strides: [] }, [], () => count++);
  assertEquals(count, 0);
  forEachRow({ lengths: [], strides: [] }, [], () => count++);
  assertEquals(count, 1);
});

Deno.test("copyStrided() walks backwards and with gaps", () => {
  const from = Float32Array.from([0, 1, 2, 3, 4, 5]);
  const to = new Float32Array(4);
  copyStrided([2, 2], { data: to, start: 0, strides: [2, 1] }, {
    data: from,
    start: 5,
    strides: [-3, -2],
  });
  assertEquals([...to], [5, 3, 2, 0]);
});

Deno.test("copyStrided() repeats a number along long runs and short ones, and nowhere else", () => {
  for (const n of [3, 100]) {
    const to = new Int32Array(2 * n + 3).fill(-1);
    const from = { data: Int32Array.of(7, 8), start: 0, strides: [1, 0] };
    copyStrided([2, n], { data: to, start: 1, strides: [n + 1, 1] }, from);
    const sevens = new Array(n).fill(7), eights = new Array(n).fill(8);
    assertEquals([...to], [-1, ...sevens, -1, ...eights, -1]);
  }
});

Deno.test("lanesAlong() counts blocks, length and distance", () => {
  assertEquals(lanesAlong([2, 3, 4, 5], 1), { outer: 2, length: 3, inner: 20 });
  assertEquals(lanesAlong([2, 3, 4, 5], 1, 2), { outer: 2, length: 12, inner: 5 });
  assertEquals(lanesAlong([4], 0), { outer: 1, length: 4, inner: 1 });
});
