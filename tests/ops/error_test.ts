import { assert, assertEquals } from "@std/assert";
import { DTypeError } from "../../src/ops/dtype.ts";
import { UsageError } from "../../src/ops/error.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { grad } from "../../src/autodiff/transforms.ts";
import { tensor, zeros } from "../../src/values/creation.ts";
import type { Tensor } from "../../src/values/tensor.ts";
import { firstFrame } from "../first_frame.ts";

/** The error that `call` throws, and the line of this file on which it stands. */
function caught(call: () => unknown): UsageError {
  try {
    call();
  } catch (error) {
    assert(error instanceof UsageError);
    return error;
  }
  throw new Error("nothing was thrown");
}

Deno.test("UsageError begins its stack at the line of the user, to the column", () => {
  const here = new Error().stack!.match(/error_test\.ts:(\d+)/)![1]!;
  const error = caught(() => zeros([5, 4]).add(zeros([3])));
  assert(firstFrame(error).includes(`error_test.ts:${Number(here) + 1}:`), firstFrame(error));
});

Deno.test("UsageError shows no frame of the library, however deep it was thrown", () => {
  const f = (x: Tensor) => grad((y: Tensor) => y.mul(x).matmul(zeros([7, 2])).sum())(x).sum();
  const error = caught(() => grad(f)(zeros([2, 3])));
  assert(firstFrame(error).includes("error_test.ts"), error.stack);
  assert(!error.stack!.includes("/src/"), error.stack);
  assertEquals(error.stack!.match(/error_test\.ts/g)!.length, 5, error.stack);
});

Deno.test("UsageError keeps its name, class, message and cause", () => {
  const error = new ShapeError("Cannot", { cause: 7 });
  assert(error instanceof UsageError && error instanceof Error);
  assertEquals([error.name, error.message, error.cause], ["ShapeError", "Cannot", 7]);
  assert(error.stack!.startsWith("ShapeError: Cannot\n"));
  assertEquals(new DTypeError("x").name, "DTypeError");
});

Deno.test("UsageError leaves V8's limit of frames as it was", () => {
  const before = Error.stackTraceLimit;
  caught(() => tensor([[1], [1, 2]]));
  assertEquals(Error.stackTraceLimit, before);
});
