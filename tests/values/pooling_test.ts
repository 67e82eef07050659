import { assertEquals } from "@std/assert";
import { checkGradients } from "../../src/autodiff/check_gradients.ts";
import { grad } from "../../src/autodiff/transforms.ts";
import { UsageError } from "../../src/ops/error.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { arange, ones, tensor, zeros } from "../../src/values/creation.ts";
import { Random } from "../../src/values/random.ts";
import { assertMistake } from "../mistake.ts";

const image = arange(16).reshape([4, 4]); // 0 to 15

Deno.test("maxPool2d() takes the largest number of each window, which is as far apart as large", () => {
  assertEquals(image.maxPool2d(2).toArray(), [[5, 7], [13, 15]]);
  assertEquals(image.maxPool2d([1, 3], { stride: 1 }).shape, [4, 2]);
  assertEquals(image.maxPool2d(3, { dilation: [1, 1], stride: [1, 2] }).toArray(), [[10], [14]]);
  assertEquals(image.reshape([2, 1, 2, 4]).maxPool2d(2).shape, [2, 1, 1, 2]);
});

Deno.test("maxPool1d() pads with what is never the largest, and counts a last part if asked", () => {
  const numbers = tensor([-3, -1, -4, -1, -5]);
  assertEquals(numbers.maxPool1d(2).toArray(), [-1, -1]);
  assertEquals(numbers.maxPool1d(2, { ceilMode: true }).toArray(), [-1, -1, -5]);
  assertEquals(numbers.maxPool1d(2, { padding: 1 }).toArray(), [-3, -1, -1]);
  const whole = tensor([-7, -9], { dtype: "int32" });
  assertEquals(whole.maxPool1d(3, { padding: 1 }).toArray(), [-7]);
});

Deno.test("of equal numbers in a window the first has the derivative", () => {
  const slope = grad((x) => x.maxPool1d(3).sum());
  assertEquals(slope(tensor([0, 0, 0, 1, 2, 2])).toArray(), [1, 0, 0, 0, 1, 0]);
});

Deno.test("avgPool1d() and avgPool2d() take the mean, with the padding or without it", () => {
  assertEquals(image.avgPool2d(2).toArray(), [[2.5, 4.5], [10.5, 12.5]]);
  const numbers = tensor([4, 8, 6]);
  assertEquals(numbers.avgPool1d(2, { padding: 1 }).toArray(), [2, 7]);
  const without = numbers.avgPool1d(2, { padding: 1, countIncludePad: false });
  assertEquals(without.toArray(), [4, 7]);
});

Deno.test("pooling has the derivatives of finite differences, to second order", () => {
  const x = new Random(3).permutation(24); // no ties
  const inputs = [tensor(Float64Array.from(x, (n) => n / 5), { shape: [2, 3, 4] })];
  checkGradients((x) => x.maxPool2d(2, { stride: 1, padding: 1 }).square(), inputs, { order: 2 });
  checkGradients((x) => x.avgPool2d([3, 2]).square(), inputs, { order: 2 });
});

Deno.test("pooling tells what does not fit", () => {
  const mistakes: [() => unknown, typeof UsageError, string][] = [
    [
      () => zeros([4]).maxPool2d(2),
      ShapeError,
      "Cannot maxPool2d [4]: windows slide over its last 2 axes",
    ],
    [
      () => zeros([2, 3]).avgPool2d(3),
      ShapeError,
      "Cannot avgPool2d [2, 3]: axis 0 has length 2, a window spans 3",
    ],
    [
      () => zeros([4, 4]).maxPool2d([2, 2], { padding: 2 }),
      ShapeError,
      "Cannot maxPool2d [4, 4]: a padding of 2 is more than half of a window of 2",
    ],
    [
      () => zeros([4]).maxPool1d(1.5),
      UsageError,
      "Cannot maxPool1d with a size of 1.5: it is a whole number >= 1",
    ],
  ];
  for (const [call, kind, message] of mistakes) assertMistake(import.meta.url, call, kind, message);
});

Deno.test("ceilMode counts the padding of both sides", () => {
  const options = { stride: 2, padding: 1, ceilMode: true };
  assertEquals(ones([6]).maxPool1d(3, options).shape, [4]);
});
