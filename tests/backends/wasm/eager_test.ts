/** Single operations by WebAssembly: which calls share a kernel, and where its numbers lie. */

import { assertEquals, assertThrows } from "@std/assert";
import { reference } from "../../../src/backends/reference.ts";
import { wasm } from "../../../src/backends/wasm/eager.ts";
import type { Block, Op } from "../../../src/ops/op.ts";
import { add, neg, where } from "../../../src/ops/elementwise.ts";
import { type Shape, sizeOf } from "../../../src/ops/shape.ts";
import { cast, permute } from "../../../src/ops/structural.ts";
import { IndexError, tensor } from "../../../src/mod.ts";

/** Numbers that float32 has exactly, as are their sums. */
function numbers(shape: Shape, seed = 0): Block {
  const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => (i * 7 + seed) % 1000);
  return { shape, data };
}

/** Runs a call on both backends, which have to agree. */
function assertAgree(op: Op, inputs: readonly Block[], attributes?: unknown): void {
  const shape = op.shape(inputs.map((input) => input.shape), attributes);
  const wanted = { shape, data: new Float32Array(sizeOf(shape)) };
  reference.run(op, wanted, inputs, attributes);
  for (let time = 0; time < 2; time++) { // some kinds get a kernel the second time
    const found = { shape, data: new Float32Array(sizeOf(shape)) };
    wasm.run(op, found, inputs, attributes);
    assertEquals(found.data, wanted.data);
  }
}

Deno.test("wasm runs more kinds of call than it keeps ready", () => {
  for (const seed of [0, 1]) {
    for (let extra = 0; extra < 520; extra++) {
      assertAgree(neg as Op, [numbers([600 + extra], seed)]);
    }
  }
});

Deno.test("wasm tells calls apart by shapes, by kinds and by attributes", () => {
  const cube = [numbers([12, 12, 12])];
  assertAgree(permute as Op, cube, { axes: [0, 2, 1] });
  assertAgree(permute as Op, cube, { axes: [2, 1, 0] });
  assertAgree(permute as Op, [numbers([12, 144])], { axes: [1, 0] });
  assertAgree(permute as Op, [numbers([144, 12])], { axes: [1, 0] });
  assertAgree(add as Op, [numbers([1024]), numbers([1024], 3)]);
  const integers = {
    shape: [1024],
    data: Int32Array.from({ length: 1024 }, (_, i) => 1 << (i % 31)),
  };
  const sums = { shape: [1024], data: new Int32Array(1024) };
  wasm.run(add as Op, sums, [integers, integers], undefined);
  assertEquals(sums.data, integers.data.map((x) => x + x));
});

Deno.test("wasm computes many numbers piece by piece, the last of them too", () => {
  for (const size of [1 << 18, 300_001]) {
    assertAgree(add as Op, [numbers([size]), numbers([size], 3)]);
    assertAgree(add as Op, [numbers([size]), numbers([], 3)]);
    assertAgree(add as Op, [numbers([1, 1], 3), numbers([size])]);
    const data = Uint8Array.from({ length: size }, (_, i) => i % 3 === 0 ? 1 : 0);
    assertAgree(where as Op, [{ data, shape: [size] }, numbers([size]), numbers([1], 5)]);
    assertAgree(cast as Op, [{ data, shape: [size] }], { dtype: "float32" });
  }
  assertAgree(add as Op, [numbers([600, 600]), numbers([600], 3)]); // by rows: not in pieces
});

Deno.test("wasm finds its numbers again when its memory has grown", () => {
  assertAgree(neg as Op, [numbers([1000])]);
  assertAgree(neg as Op, [numbers([3_000_000])]);
  assertAgree(neg as Op, [numbers([1000], 5)]);
});

Deno.test("labels that are no class are refused among many, too", () => {
  for (const wrong of [-1, 3]) {
    const labels = new Int32Array(2000).fill(2);
    labels[1234] = wrong;
    assertThrows(() => tensor(labels).oneHot(3), IndexError);
  }
});
