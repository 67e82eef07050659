/** Whether results of a compiled function are those of the function itself. */

import { assert, assertEquals } from "@std/assert";
import { entriesOf } from "../../src/autodiff/tree.ts";
import type { DType } from "../../src/ops/dtype.ts";
import type { Tensor } from "../../src/values/tensor.ts";

/** How far numbers of a kind may be apart, in proportion to the largest of their tensor. */
export const tolerances: Readonly<Record<DType, number>> = {
  float64: 1e-12,
  float32: 2e-6,
  int32: 0,
  bool: 0,
};

/** Asserts that two nested objects hold the same tensors, but for so many times their rounding. */
export function assertAgree(actual: unknown, wanted: unknown, what = "", times = 1): void {
  const found = entriesOf(actual) as [string, Tensor][];
  const expected = entriesOf(wanted) as [string, Tensor][];
  assertEquals(found.map(([path]) => path), expected.map(([path]) => path), what);
  expected.forEach(([path, tensor], i) => {
    assertClose(found[i]![1], tensor, { what: `${what} ${path}`, times });
  });
}

function assertClose(
  actual: Tensor,
  wanted: Tensor,
  { what, times }: { what: string; times: number },
): void {
  const { shape, dtype, data } = actual;
  assertEquals([shape, dtype], [wanted.shape, wanted.dtype], what);
  const scale = [...wanted.data].filter(Number.isFinite)
    .reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  wanted.data.forEach((number, i) => {
    const isClose = Object.is(data[i], number) ||
      Math.abs(data[i]! - number) <= times * tolerances[dtype] * scale;
    assert(isClose, `${what}: element ${i} of ${dtype} [${shape}] is ${data[i]}, not ${number}`);
  });
}

/** A text for the bits of all tensors of a nested object: others give another, as good as always. */
export function bitsOf(tree: unknown): string {
  return (entriesOf(tree) as [string, Tensor][]).map(([path, { shape, data }]) => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    let [a, b] = [17, 42];
    for (let i = 0; i < bytes.length; i++) {
      a = Math.imul(a ^ bytes[i]!, 0x01000193);
      b = Math.imul(b + bytes[i]!, 0x85ebca6b) ^ (b >>> 13);
    }
    return `${path} [${shape}] ${a} ${b}`;
  }).join("\n");
}
