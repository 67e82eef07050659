import { assert, assertEquals } from "@std/assert";
import { ModuleBuilder } from "../../../src/backends/wasm/assembler.ts";
import { stretchOf, whole } from "../../../src/backends/wasm/share.ts";

/** Where shares of `total` begin and end, as the module finds. */
function stretches(total: number, unit: number, bounds: readonly number[]): [number, number][] {
  const module = new ModuleBuilder();
  module.memory("memory", { initial: 1 });
  module.function({ export: "run", params: ["i32", "i32"] as const }, (f, from, to) => {
    const stretch = stretchOf(f, total, { from, to }, unit);
    f.store(0, stretch.from, 0);
    f.store(0, stretch.to, 4);
  });
  const { run, memory } = new WebAssembly.Instance(module.compile()).exports;
  const words = new Int32Array((memory as WebAssembly.Memory).buffer);
  return bounds.slice(1).map((to, i) => {
    (run as (from: number, to: number) => void)(bounds[i]!, to);
    return [words[0]!, words[1]!];
  });
}

Deno.test("stretchOf() divides all of the work, in whole units, at any bounds", () => {
  for (const total of [1, 5, 64, 1000, 65_535, 65_536, 1_000_003, 2_000_000_000]) {
    for (const unit of [1, 6, 16]) {
      for (const parts of [[0.5], [0.3, 0.31, 0.9], [0, 1], [0.999]]) {
        const bounds = [0, ...parts.map((part) => Math.round(part * whole)), whole];
        const found = stretches(total, unit, bounds);
        assertEquals(found[0]![0], 0);
        assertEquals(found.at(-1)![1], total);
        found.forEach(([from, to], i) => {
          assert(from <= to, `${from} to ${to}`);
          if (i > 0) assertEquals(from, found[i - 1]![1]);
          assert(to % unit === 0 || to === total);
          assert(Math.abs(to - bounds[i + 1]! / whole * total) <= unit / 2 + unit, `${to}`);
        });
      }
    }
  }
});

Deno.test("stretchOf() rounds to the nearest unit, so that nearly equal shares are equal", () => {
  const half = (part: number) => stretches(2, 1, [0, Math.round(part * whole), whole])[0]![1];
  assertEquals([0.2, 0.26, 0.5, 0.74, 0.8].map(half), [0, 1, 1, 1, 2]);
});
