/** Moves in WebAssembly against the loops of the operations themselves. */

import { assertEquals } from "@std/assert";
import { call, ModuleBuilder } from "../../../src/backends/wasm/assembler.ts";
import { emitFill } from "../../../src/backends/wasm/moves/fill.ts";
import { emitMove, type Route, touchesTwice } from "../../../src/backends/wasm/moves/move.ts";
import { type Kernel, whole } from "../../../src/backends/wasm/share.ts";
import { allocate, bytesPerElement, type DType, viewOf } from "../../../src/ops/dtype.ts";
import { addStrided, copyStrided } from "../../../src/ops/loops.ts";
import type { Move } from "../../../src/ops/moves.ts";

const source = 64, target = 16384, pages = 2;
type Path = Pick<Move, "lengths" | "from" | "to">;

/** A kernel, and a memory with numbers to read. */
function runIn(dtype: DType, emit: (module: ModuleBuilder) => Kernel) {
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", { initial: pages, maximum: pages });
  const kernel = emit(module);
  module.function(
    { export: "run", params: ["i32", "i32"] as const },
    (f, from, to) => f.do(call(kernel, from, to)),
  );
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(module.compile(), { env: { memory } });
  const count = 2000;
  const view = (address: number) => viewOf(memory.buffer, address, count, dtype);
  view(source).forEach((_, i) => view(source)[i] = dtype === "bool" ? i % 3 % 2 : i + 1);
  return { run: exports.run as (from: number, to: number) => void, view };
}

/** Runs a move in so many shares, and once by the operations' own loops. */
function assertMoves(dtype: DType, path: Path, { adds = false, shares = 1 } = {}): void {
  const route: Route = { ...path, dtype, adds, source, target };
  const { run, view } = runIn(dtype, (module) => emitMove(module, route));
  const found = view(target);
  found.forEach((_, i) => found[i] = dtype === "bool" ? i % 2 : -i);
  const wanted = found.slice();
  const walk = adds ? addStrided : copyStrided;
  walk(path.lengths, { ...path.to, data: wanted }, { ...path.from, data: view(source) });
  const at = (share: number) => Math.floor(whole * share / shares);
  for (let share = 0; share < shares; share++) run(at(share), at(share + 1));
  assertEquals(found, wanted, `${dtype} ${JSON.stringify(path)} in ${shares} shares`);
}

const paths: readonly Path[] = [
  { lengths: [], from: { start: 3, strides: [] }, to: { start: 5, strides: [] } },
  { lengths: [0, 4], from: { start: 0, strides: [4, 1] }, to: { start: 0, strides: [4, 1] } },
  { lengths: [7], from: { start: 1, strides: [1] }, to: { start: 2, strides: [1] } },
  { lengths: [701], from: { start: 1, strides: [1] }, to: { start: 2, strides: [1] } },
  { lengths: [131], from: { start: 1, strides: [3] }, to: { start: 0, strides: [2] } },
  { lengths: [300], from: { start: 9, strides: [0] }, to: { start: 0, strides: [1] } },
  { lengths: [40, 33], from: { start: 0, strides: [1, 40] }, to: { start: 0, strides: [33, 1] } },
  { lengths: [9, 50], from: { start: 600, strides: [-60, 1] }, to: { start: 0, strides: [50, 1] } },
  {
    lengths: [9, 50],
    from: { start: 0, strides: [50, 1] },
    to: { start: 999, strides: [-60, -1] },
  },
  {
    lengths: [5, 6, 7, 3, 3],
    from: { start: 0, strides: [90, 10, 1, 10, 1] },
    to: { start: 0, strides: [378, 63, 9, 3, 1] },
  },
];

for (const dtype of ["float32", "float64", "int32", "bool"] as const) {
  Deno.test(`emitMove() copies ${dtype} along every walk as the operations do, in any shares`, () => {
    for (const path of paths) {
      for (const shares of [1, 2, 7]) assertMoves(dtype, path, { shares });
    }
  });

  Deno.test(`emitFill() fills with a ${dtype}, and nothing past the end`, () => {
    for (const number of dtype === "bool" ? [0, 1] : [0, 1, -7]) {
      for (const size of [0, 1, 3, 16, 333]) {
        for (const address of [0, target]) {
          const filled = { address, dtype, size, number };
          const { run, view } = runIn(dtype, (module) => emitFill(module, filled));
          const found = view(address).fill(1);
          for (let share = 0; share < 4; share++) run(share * whole / 4, (share + 1) * whole / 4);
          const wanted = allocate(dtype, found.length).fill(1).fill(number, 0, size);
          assertEquals(found, wanted, `${size} numbers of ${bytesPerElement(dtype)} bytes`);
        }
      }
    }
  });
}

/** Windows of three over each row of eight, added to the rows they come from. */
const windows: Path = {
  lengths: [20, 6, 3],
  from: { start: 0, strides: [18, 3, 1] },
  to: { start: 0, strides: [8, 1, 1] },
};

for (const dtype of ["float32", "float64", "int32"] as const) {
  Deno.test(`emitMove() adds ${dtype} where windows overlap`, () => {
    for (const path of [...paths, windows]) assertMoves(dtype, path, { adds: true });
    assertMoves(dtype, windows, { adds: true, shares: 3 });
  });
}

Deno.test("touchesTwice() tells whether threads would add to one place", () => {
  const route = { ...windows, dtype: "float32", adds: true, source, target } as const;
  assertEquals(touchesTwice(route), false);
  const first = { lengths: [6, 3], from: { start: 0, strides: [3, 1] } };
  const overlapping = { ...route, ...first, to: { start: 0, strides: [1, 1] } };
  assertEquals(touchesTwice(overlapping), true);
  assertEquals(touchesTwice({ ...overlapping, adds: false }), false);
});
