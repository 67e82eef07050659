import { assert, assertEquals } from "@std/assert";
import { layOut } from "../../../../src/backends/wasm/scalars/layout.ts";
import type { Program } from "../../../../src/compile/program.ts";
import { add } from "../../../../src/ops/elementwise.ts";
import type { Op } from "../../../../src/ops/op.ts";

/** A program in which step `i` adds the values `i` and `i + 1 - distance`, from two inputs on. */
function sums(count: number, distance: number, outputs: readonly number[]): Program {
  return {
    slots: Array.from({ length: count + 2 }, () => ({ shape: [], dtype: "float64" })),
    inputs: [0, 1],
    constants: new Map(),
    steps: Array.from({ length: count }, (_, i) => ({
      op: add as unknown as Op,
      inputs: [i + 1, Math.max(0, i + 1 - distance)],
      outputs: [i + 2],
      attributes: undefined,
    })),
    outputs,
  };
}

Deno.test("layOut() divides steps into parts, and the last ends where the steps end", () => {
  assertEquals(layOut(sums(2500, 1, [2501])).starts, [0, 1000, 2000, 2500]);
  assertEquals(layOut(sums(1000, 1, [1001])).starts, [0, 1000]);
  assertEquals(layOut(sums(0, 1, [1])).starts, [0]);
});

Deno.test("layOut() gives places to inputs, results and what crosses from part to part", () => {
  const { places, reads, size } = layOut(sums(2500, 1, [2501, 700]));
  const placed = [...places.entries()].filter(([, place]) => place >= 0).map(([value]) => value);
  assertEquals(placed, [0, 1, 700, 1000, 1001, 2000, 2001, 2501]);
  assertEquals([reads[1], reads[2], reads[1000], reads[1001]], [0, 2, 1, 0]);
  assert(size < placed.length); // what crossed first has left its place to what crosses later
});

Deno.test("layOut() never gives a place away that somebody still reads", () => {
  for (const distance of [1, 3, 500, 1500, 3000]) {
    const program = sums(10_000, distance, [5000, 10_001]);
    const { places, starts } = layOut(program);
    const holder = new Map([[places[0]!, 0], [places[1]!, 1]]);
    program.steps.forEach(({ inputs, outputs: [value] }, at) => {
      const part = starts.findLastIndex((start) => start <= at);
      for (const input of inputs) {
        const isOwn = input >= 2 && input - 2 >= starts[part]!;
        if (!isOwn) assertEquals(holder.get(places[input]!), input);
      }
      if (places[value!]! >= 0) holder.set(places[value!]!, value!);
    });
    for (const value of program.outputs) assertEquals(holder.get(places[value]!), value);
  }
});
