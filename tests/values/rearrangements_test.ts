import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { checkGradients } from "../../src/autodiff/check_gradients.ts";
import { DTypeError } from "../../src/ops/dtype.ts";
import { UsageError } from "../../src/ops/error.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { arange, ones, tensor, zeros } from "../../src/values/creation.ts";
import type { Tensor } from "../../src/values/tensor.ts";
import { assertMistake } from "../mistake.ts";

const x = arange(6, undefined, 1, { dtype: "float64" }).reshape([2, 3]); // [[0, 1, 2], [3, 4, 5]]

/** The derivatives of an operation to second order. */
function check(f: (...inputs: Tensor[]) => Tensor, ...inputs: Tensor[]): void {
  checkGradients(f, inputs, { order: 2 });
}

Deno.test("withSlice() replaces what slice() would read, in a copy", () => {
  const row = tensor([7, 8, 9], { dtype: "float64" });
  assertEquals(x.withSlice([1], row).toArray(), [[0, 1, 2], [7, 8, 9]]);
  assertEquals(x.withSlice([null, { step: -2 }], 9).toArray(), [[9, 1, 9], [9, 4, 9]]);
  assertEquals(x.toArray(), [[0, 1, 2], [3, 4, 5]]);
});

Deno.test("withSlice() has the derivatives of both, and keeps NaN out of what it covers", () => {
  const column = tensor([[7], [8]], { dtype: "float64" });
  check((x, column) => x.withSlice([null, { start: 1 }], column).square(), x, column);
  const spoilt = tensor([NaN, 2], { requiresGrad: true });
  spoilt.withSlice([0], 1).square().sum().backward();
  assertEquals(spoilt.grad!.toArray(), [0, 4]);
});

Deno.test("withSlice() throws a ShapeError where the values do not fit", () => {
  const message = "Cannot broadcastTo [2] and [3]: axis -1 has lengths 2 and 3";
  const values = tensor([1, 2], { dtype: "float64" });
  assertMistake(import.meta.url, () => x.withSlice([0], values), ShapeError, message);
});

Deno.test("roll() brings what leaves at the end in at the start", () => {
  assertEquals(x.roll(1, 1).toArray(), [[2, 0, 1], [5, 3, 4]]);
  assertEquals(x.roll(-1, 1).toArray(), [[1, 2, 0], [4, 5, 3]]);
  assertEquals(x.roll([1, 4], [0, -1]).toArray(), [[5, 3, 4], [2, 0, 1]]);
  assertEquals(x.roll(2).toArray(), [[4, 5, 0], [1, 2, 3]]);
  check((x) => x.roll(1, 1), x);
});

Deno.test("roll() and slice() take typed arrays, too", () => {
  const [shifts, parts] = [new Int32Array([1, -1]), new Int32Array([1, 0])];
  assertEquals(x.roll(shifts as never, [0, 1]).toArray(), x.roll([1, -1], [0, 1]).toArray());
  assertEquals(x.slice(parts as never).toArray(), 3);
});

Deno.test("roll() throws a ShapeError unless there is a shift for each axis", () => {
  const message = "Cannot roll [2, 3] by [1] along axes [0, 1]: there is one shift for each axis";
  assertMistake(import.meta.url, () => x.roll(1, [0, 1]), ShapeError, message);
});

Deno.test("tile() repeats the whole, its counts aligned at the right", () => {
  assertEquals(tensor([1, 2]).tile([2]).toArray(), [1, 2, 1, 2]);
  assertEquals(tensor([1, 2]).tile([2, 1]).toArray(), [[1, 2], [1, 2]]);
  assertEquals(x.tile([2]).toArray(), [[0, 1, 2, 0, 1, 2], [3, 4, 5, 3, 4, 5]]);
  check((x) => x.tile([2, 2]), x);
});

Deno.test("repeatInterleave() repeats each element", () => {
  assertEquals(tensor([1, 2]).repeatInterleave(2).toArray(), [1, 1, 2, 2]);
  assertEquals(tensor([[1, 2]]).repeatInterleave(2, 0).toArray(), [[1, 2], [1, 2]]);
  assertEquals(tensor([[1, 2]]).repeatInterleave(2, -1).toArray(), [[1, 1, 2, 2]]);
  check((x) => x.repeatInterleave(3, 1), x);
});

Deno.test("reshape() keeps the order, infers -1 and copies nothing", () => {
  assertEquals(x.reshape([3, 2]).toArray(), [[0, 1], [2, 3], [4, 5]]);
  assertEquals(x.reshape([-1, 1, 2]).shape, [3, 1, 2]);
  assertEquals(x.reshape([-1]).shape, [6]);
  assertEquals(zeros([0, 3]).reshape([-1, 3]).shape, [0, 3]);
  assertEquals(tensor([7]).reshape([]).item(), 7);
  assertStrictEquals(x.reshape([3, 2]).data, x.data);
});

Deno.test("reshape() throws a ShapeError where the numbers do not fit", () => {
  const reject = (shape: number[], message: string) =>
    assertMistake(import.meta.url, () => zeros([2, 3]).reshape(shape), ShapeError, message);
  reject([4, 2], "Cannot reshape [2, 3] to [4, 2]: it has 6 elements, not 8");
  reject([-1, 4], "Cannot reshape [2, 3] to [-1, 4]: 6 elements do not divide evenly");
  reject([-1, 0], "Cannot reshape [2, 3] to [-1, 0]: 6 elements do not divide evenly");
  reject([-1, -1], "Cannot reshape to [1, -1]: -1 is not a length (a whole number >= 0)");
  reject([2.5, 2], "Cannot reshape to [2.5, 2]: 2.5 is not a length (a whole number >= 0)");
});

Deno.test("flatten(), squeeze() and unsqueeze() merge, drop and add axes", () => {
  const y = zeros([2, 1, 3, 1]);
  assertEquals(y.flatten().shape, [6]);
  assertEquals(y.flatten(1, 2).shape, [2, 3, 1]);
  assertEquals(zeros([]).flatten().shape, [1]);
  assertEquals(y.squeeze().shape, [2, 3]);
  assertEquals(y.squeeze(-1).shape, [2, 1, 3]);
  assertEquals(y.squeeze(0).shape, [2, 1, 3, 1]);
  assertEquals([0, 2, -1].map((axis) => x.unsqueeze(axis).shape), [[1, 2, 3], [2, 3, 1], [
    2,
    3,
    1,
  ]]);
});

Deno.test("permute(), transpose() and moveAxis() exchange axes", () => {
  const y = arange(24).reshape([2, 3, 4]);
  assertEquals(y.permute([2, 0, 1]).shape, [4, 2, 3]);
  assertEquals(y.permute([2, 0, 1]).slice([3, 1, 2]).item(), y.slice([1, 2, 3]).item());
  assertEquals(y.transpose().shape, [2, 4, 3]);
  assertEquals(y.transpose(0, -1).shape, [4, 3, 2]);
  assertEquals(y.moveAxis(0, -1).shape, [3, 4, 2]);
  assertEquals(x.transpose().toArray(), [[0, 3], [1, 4], [2, 5]]);
  assertEquals(tensor([1, 2]).transpose().toArray(), [1, 2]);
});

Deno.test("permute() throws a ShapeError unless each axis is named once", () => {
  const reject = (axes: number[], message: string) =>
    assertMistake(import.meta.url, () => x.permute(axes), ShapeError, message);
  reject([0], "Cannot permute [2, 3] by [0]: it has 2 axes");
  reject([0, 0], "Cannot permute [2, 3] over axes [0, 0]: axis 0 is named twice");
  reject([0, 2], "Cannot permute [2, 3] over axis 2: its axes are -2 to 1");
});

Deno.test("broadcastTo() repeats, and throws a ShapeError where it cannot", () => {
  assertEquals(tensor([[1], [2]]).broadcastTo([2, 2]).toArray(), [[1, 1], [2, 2]]);
  assertEquals(tensor(3).broadcastTo([2]).toArray(), [3, 3]);
  assertEquals(tensor([1]).broadcastTo([0]).shape, [0]);
  const reject = (shape: number[], message: string) =>
    assertMistake(import.meta.url, () => zeros([2, 3]).broadcastTo(shape), ShapeError, message);
  reject([3], "Cannot broadcastTo [3] from [2, 3]");
  reject([2, 4], "Cannot broadcastTo [2, 3] and [2, 4]: axis -1 has lengths 3 and 4");
});

Deno.test("slice() takes entries, ranges and whole axes", () => {
  assertEquals(x.slice([1]).toArray(), [3, 4, 5]);
  assertEquals(x.slice([-1, -1]).toArray(), 5);
  assertEquals(x.slice([null, { start: 0, stop: 2 }]).toArray(), [[0, 1], [3, 4]]);
  assertEquals(x.slice([null, { step: -2 }]).toArray(), [[2, 0], [5, 3]]);
  assertEquals(x.slice([{ start: 5 }]).shape, [0, 3]);
  assertEquals(x.slice([]).toArray(), x.toArray());
});

Deno.test("slice() has the derivative of what it takes, also backwards and in steps", () => {
  const y = tensor([[1, 2, 3, 4], [5, 6, 7, 8]], { requiresGrad: true });
  const part = y.slice([1, { start: -1, step: -2 }]);
  assertEquals(part.toArray(), [8, 6]);
  part.mul(tensor([10, 100])).sum().backward();
  assertEquals(y.grad!.toArray(), [[0, 0, 0, 0], [0, 100, 0, 10]]);
});

Deno.test("pad(), flip(), unbind() and split() take apart and put together", () => {
  assertEquals(tensor([1, 2]).pad([[1, 2]], { value: 9 }).toArray(), [9, 1, 2, 9, 9]);
  assertEquals(x.flip().toArray(), [[5, 4, 3], [2, 1, 0]]);
  assertEquals(x.flip(0).toArray(), [[3, 4, 5], [0, 1, 2]]);
  assertEquals(zeros([0, 2]).flip().shape, [0, 2]);
  assertEquals(x.unbind(1).map((column) => column.toArray()), [[0, 3], [1, 4], [2, 5]]);
  const pieces = x.split([1, 0, 2], { axis: 1 });
  assertEquals(pieces.map((piece) => piece.shape), [[2, 1], [2, 0], [2, 2]]);
  assertEquals(pieces[0]!.concat(pieces.slice(1), { axis: -1 }).toArray(), x.toArray());
});

Deno.test("pad() and split() throw a ShapeError where the numbers do not fit", () => {
  assertMistake(
    import.meta.url,
    () => x.pad([[1, 1]]),
    ShapeError,
    "Cannot pad [2, 3]: it takes a pair of whole numbers, before and after, for each of its 2 axes",
  );
  assertMistake(
    import.meta.url,
    () => x.pad([1, 1] as never),
    ShapeError,
    "Cannot pad [2, 3]: it takes a pair of whole numbers, before and after, for each of its 2 axes",
  );
  assertMistake(
    import.meta.url,
    () => x.split([1, 1], { axis: 1 }),
    ShapeError,
    "Cannot split [2, 3] into lengths [1, 1]: axis 1 has length 3, they add up to 2",
  );
  assertMistake(
    import.meta.url,
    () => x.split([4, -1], { axis: 1 }),
    ShapeError,
    "Cannot split into [4, -1]: -1 is not a length (a whole number >= 0)",
  );
});

Deno.test("empty tensors go through every kind of operation", () => {
  const empty = zeros([0, 3]);
  assertEquals(empty.permute([1, 0]).shape, [3, 0]);
  assertEquals(empty.sum(0).toArray(), [0, 0, 0]);
  assertEquals(empty.matmul(zeros([3, 2])).shape, [0, 2]);
  assertEquals(zeros([2, 0]).matmul(zeros([0, 2])).toArray(), [[0, 0], [0, 0]]);
  assertEquals(empty.add(zeros([1, 3])).softmax().shape, [0, 3]);
  assertEquals(empty.concat([zeros([1, 3])]).shape, [1, 3]);
  assertEquals(empty.exp().toArray(), []);
});

Deno.test("slice() and withSlice() throw for what is no part, and no value", () => {
  // deno-lint-ignore no-explicit-any
  const loose = x as any;
  const asParts = "parts are in an array, one for each axis, as in [0, { start: 1 }]";
  const asPart = "a part is an index, a range or null";
  const calls: Record<string, () => unknown> = {
    [`Cannot slice [2, 3] by 1: ${asParts}`]: () => loose.slice(1, 2),
    [`Cannot slice [2, 3] by undefined: ${asParts}`]: () => loose.slice(),
    [`Cannot slice axis 0 by "1": ${asPart}`]: () => loose.slice(["1"]),
    [`Cannot slice axis 0 by an array: ${asPart}`]: () => loose.slice([[0, 1]]),
    [`Cannot slice axis 0 by a Tensor: ${asPart}`]: () => loose.slice([x]),
    [`Cannot withSlice [2, 3] by 0: ${asParts}`]: () => loose.withSlice(0, 9),
  };
  for (const [message, call] of Object.entries(calls)) {
    assertMistake(import.meta.url, call, ShapeError, message);
  }
  assertMistake(
    import.meta.url,
    () => loose.withSlice([{ start: 0, end: 1 }], 9),
    UsageError,
    'Cannot withSlice by a range with the option "end": there are start, stop, step',
  );
  assertMistake(
    import.meta.url,
    () => loose.withSlice([0], "a"),
    UsageError,
    'Cannot withSlice [2, 3] and "a": use tensor([...])',
  );
});

Deno.test("withSlice() and pad() put no number in that is none of the kind", () => {
  const flags = tensor([true, false]), whole = tensor([1, 2], { dtype: "int32" });
  assertEquals(flags.withSlice([1], 1).toArray(), [true, true]);
  assertEquals(flags.pad([[1, 0]], { value: 1 }).toArray(), [true, true, false]);
  assertEquals(flags.withSlice([1], true).toArray(), [true, true]);
  assertEquals(flags.pad([[1, 0]], { value: true }).toArray(), [true, true, false]);
  const calls: Record<string, () => unknown> = {
    "Cannot withSlice bool and 2: it is no bool": () => flags.withSlice([0], 2),
    "Cannot withSlice int32 and 0.5: it is no int32": () => whole.withSlice([0], 0.5),
    "Cannot withSlice int32 and 10000000000: it is no int32": () => whole.withSlice([0], 1e10),
    "Cannot pad int32 and true: it is no int32": () => whole.pad([[1, 1]], { value: true }),
    "Cannot pad bool and 256: it is no bool": () => flags.pad([[1, 1]], { value: 256 }),
    "Cannot pad int32 and 0.5: it is no int32": () => whole.pad([[1, 1]], { value: 0.5 }),
    "Cannot where bool and 2: it is no bool": () => flags.where(flags, 2),
  };
  for (const [message, call] of Object.entries(calls)) {
    assertMistake(import.meta.url, call, DTypeError, message);
  }
});

Deno.test("flatten() throws a ShapeError where the axes are not in order", () => {
  assertMistake(
    import.meta.url,
    () => zeros([2, 3, 4]).flatten(2, 0),
    ShapeError,
    "Cannot flatten [2, 3, 4] from axis 2 to 0: they are in order",
  );
});

Deno.test("transpose() of a vector by axes that are named is an error", () => {
  assertThrows(() => ones([2]).transpose(0, 1), ShapeError);
});
