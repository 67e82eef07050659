/** Derivatives without any calculus: what the engine's own are compared with. */

import { assert, assertEquals } from "@std/assert";
import { grad, type Tensor, tensor } from "../src/mod.ts";

/** The derivative of `f` by each number of `x` (float64), from values at both sides of it. */
export function differences(f: (x: Tensor) => Tensor, x: Tensor, step = 1e-5): Tensor {
  const at = (i: number, change: number) => {
    const moved = Float64Array.from(x.data);
    moved[i]! += change;
    return f(tensor(moved, { shape: x.shape })).item();
  };
  const slopes = Float64Array.from(x.data, (_, i) => (at(i, step) - at(i, -step)) / (2 * step));
  return tensor(slopes, { shape: x.shape });
}

/** Asserts that two tensors have one shape and numbers within `tolerance`, absolute or relative. */
export function assertClose(actual: Tensor, expected: Tensor, tolerance: number): void {
  assertEquals(actual.shape, expected.shape);
  for (const [i, number] of actual.data.entries()) {
    const other = expected.data[i]!;
    const bound = tolerance * Math.max(1, Math.abs(other));
    assert(
      Object.is(number, other) || Math.abs(number - other) <= bound,
      `number ${i} is ${number}, expected ${other}`,
    );
  }
}

/** Asserts that the gradient of a scalar function at `x` (float64) is what differences say. */
export function assertGradient(f: (x: Tensor) => Tensor, x: Tensor): void {
  assertClose(grad(f)(x) as Tensor, differences(f, x), 1e-8);
}
