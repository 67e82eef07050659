/** Results that stay in the memory of their program until its next call. */

import { assertEquals, assertThrows } from "@std/assert";
import { compile, type Tensor, tensor, UsageError } from "../../src/mod.ts";

const doubled = () =>
  compile((x: Tensor) => ({ twice: x.mul(2), sum: x.sum() }), { reuseResults: true });

Deno.test("reuseResults: results can be read until the next call, which overwrites them", () => {
  using f = doubled();
  const first = f(tensor([1, 2]));
  assertEquals(first.twice.toArray(), [2, 4]);
  const second = f(tensor([3, 4]));
  assertEquals(second.sum.item(), 7);
  const third = f(tensor([5, 6]));
  assertThrows(
    () => second.twice.toArray(),
    UsageError,
    "Cannot read a result of a function compiled with reuseResults after another call of it",
  );
  assertEquals(first.twice.toArray(), [2, 4], "what was read is the reader's");
  assertEquals(second.sum.item(), 7);
  assertEquals(third.twice.toArray(), [10, 12]);
});

Deno.test("reuseResults: a result may be an argument of the next call, at once or by an operation", () => {
  using f = compile((x: Tensor, y: Tensor) => x.mul(2).sub(y), { reuseResults: true });
  const one = tensor([1, 1]);
  let x = f(tensor([1, 2]), one);
  x = f(one, x);
  assertEquals(x.toArray(), [1, -1]);
  assertEquals(f(x.add(1), x).toArray(), [3, 1]);
});

Deno.test("reuseResults: a clone, and results of a disposed function, are kept", () => {
  const f = doubled();
  const kept = f(tensor([1, 2])).twice.clone();
  const last = f(tensor([3, 4]));
  f.dispose();
  assertEquals(kept.toArray(), [2, 4]);
  assertEquals([last.twice.toArray(), last.sum.item()], [[6, 8], 7]);
});

Deno.test("reuseResults: a result that takes the place of an argument is used up as ever", () => {
  using step = compile((w: Tensor) => w.mul(0.5), { reuseResults: true });
  let w = tensor([8, 4]);
  for (let i = 0; i < 3; i++) w = step(w);
  assertEquals(w.toArray(), [1, 0.5]);
});

Deno.test("reuseResults makes it an error to read a result that the next call has overwritten", () => {
  const f = compile((x: Tensor) => [x.mul(2), x.square().sum()], { reuseResults: true });
  const [twice, sum] = f(tensor([1, 2]));
  const [next] = f(tensor([3, 4]));
  assertThrows(() => twice!.toArray(), UsageError, "overwritten");
  assertThrows(() => sum!.item(), UsageError, "overwritten");
  assertEquals(next!.toArray(), [6, 8]);
});
