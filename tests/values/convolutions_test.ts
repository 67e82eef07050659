import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { checkGradients } from "../../src/autodiff/check_gradients.ts";
import { grad } from "../../src/autodiff/transforms.ts";
import { compile } from "../../src/compile/compile.ts";
import { UsageError } from "../../src/ops/error.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { arange, tensor, zeros } from "../../src/values/creation.ts";
import { concat } from "../../src/values/joining.ts";
import { Random } from "../../src/values/random.ts";
import type { Tensor } from "../../src/values/tensor.ts";
import { assertMistake } from "../mistake.ts";

const float64 = { dtype: "float64" } as const;
const random = new Random(5);
const normal = (...shape: number[]) => random.normal(shape, float64);

Deno.test("conv2d() is the cross-correlation: a weight slides over the image as it is", () => {
  const image = arange(9).reshape([1, 1, 3, 3]); // 0 to 8
  const weight = tensor([[[[1, 2], [3, 4]]]]);
  assertEquals(image.conv2d(weight).toArray(), [[[[27, 37], [57, 67]]]]);
  assertEquals(image.conv2d(weight, { stride: 2 }).toArray(), [[[[27]]]]); // the rest is not read
  assertEquals(image.conv2d(weight, { dilation: 2 }).toArray(), [[[[0 + 4 + 18 + 32]]]]);
  assertEquals(image.conv2d(weight, { padding: [1, 0] }).shape, [1, 1, 4, 2]);
});

Deno.test("conv1d() adds up channels, in groups if asked, and a bias for each output", () => {
  const signal = tensor([[[1, 2, 3], [10, 20, 30]]]);
  const both = tensor([[[1, 0], [0, 1]]]);
  assertEquals(signal.conv1d(both, { bias: tensor([0.5]) }).toArray(), [[[21.5, 32.5]]]);
  const apart = tensor([[[1, 1]], [[0, 2]]]);
  assertEquals(signal.conv1d(apart, { groups: 2 }).toArray(), [[[3, 5], [40, 60]]]);
});

/** The largest difference between the two sides of `<conv(x), y> = <x, transposed(y)>`. */
function adjointError(conv: (x: Tensor) => Tensor, back: (y: Tensor) => Tensor, x: Tensor) {
  const convolved = conv(x);
  const y = random.normal(convolved.shape, float64);
  return Math.abs(convolved.mul(y).sum().item() - back(y).mul(x).sum().item());
}

Deno.test("convTranspose1d() and convTranspose2d() are the adjoints of convolutions", () => {
  const [image, weight] = [normal(2, 4, 7, 6), normal(6, 2, 3, 2)];
  const options = { stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 2 };
  const error = adjointError(
    (x) => x.conv2d(weight, options),
    (y) => y.convTranspose2d(weight, options),
    image,
  );
  assertAlmostEquals(error, 0, 1e-10);
  const [signal, narrow] = [normal(1, 2, 8), normal(3, 2, 3)];
  const rest = adjointError( // the stride leaves one number over, which outputPadding gives back
    (x) => x.conv1d(narrow, { stride: 2 }),
    (y) => y.convTranspose1d(narrow, { stride: 2, outputPadding: 1 }),
    signal,
  );
  assertAlmostEquals(rest, 0, 1e-10);
});

Deno.test("convolutions have the derivatives of finite differences, to second order", () => {
  const options = { stride: [1, 2], padding: 1, dilation: [2, 1] };
  checkGradients(
    (x, weight, bias) => x.conv2d(weight, { ...options, bias }).square(),
    [normal(1, 2, 4, 3), normal(2, 2, 2, 2), normal(2)],
    { order: 2 },
  );
  checkGradients(
    (x, weight, bias) => x.convTranspose1d(weight, { stride: 2, groups: 2, bias }).square(),
    [normal(2, 2, 3), normal(2, 1, 2), normal(2)],
    { order: 2 },
  );
});

Deno.test("convolutions of large images, each a product of its own, agree with those of parts", () => {
  const options = { stride: [1, 2], dilation: [2, 1], groups: 2 };
  const [image, weight, bias] = [normal(2, 4, 24, 42), normal(6, 2, 3, 4), normal(6)];
  const whole = (x: Tensor, w: Tensor, b: Tensor) => x.conv2d(w, { ...options, bias: b });
  const parts = (x: Tensor, w: Tensor, b: Tensor) => {
    const rows = (top: number) => x.slice([{}, {}, { start: top, stop: top + 9 }]);
    return concat([0, 5, 10, 15].map((top) => whole(rows(top), w, b)), { axis: 2 });
  };
  const cotangent = normal(2, 6, 20, 20);
  const results = [whole, parts].map((f) => {
    const y = f(image, weight, bias);
    const loss = ([x, w, b]: Tensor[]) => f(x!, w!, b!).mul(cotangent).sum();
    return [y, ...grad(loss)([image, weight, bias])];
  });
  results[0]!.forEach((found, i) => {
    const wanted = results[1]![i]!;
    assertEquals(found.shape, wanted.shape);
    assert(found.sub(wanted).abs().max().item() < 1e-12);
  });
});

Deno.test("a convolution is one product of two matrices when it is compiled", () => {
  const f = (x: Tensor, weight: Tensor, bias: Tensor) => x.conv2d(weight, { bias }).relu();
  const inputs = [normal(2, 3, 6, 6), normal(4, 3, 3, 3), normal(4)] as const;
  using compiled = compile(f, { threads: 1 });
  const [found, wanted] = [compiled(...inputs).data, f(...inputs).data];
  wanted.forEach((number, i) => assertAlmostEquals(found[i]!, number, 1e-12));
  assert(/= fusedMatmul\(.*add\)/.test(compiled.explain(...inputs)), "the bias is its epilogue");
});

Deno.test("convolutions tell what does not fit", () => {
  const mistakes: [() => unknown, typeof UsageError, string][] = [
    [
      () => zeros([3, 8]).conv1d(zeros([1, 3, 2])),
      ShapeError,
      "Cannot conv1d [3, 8] by [1, 3, 2]: both have 3 axes, batch or outputs first and channels " +
      "second",
    ],
    [
      () => zeros([1, 4, 5, 5]).conv2d(zeros([2, 3, 2, 2])),
      ShapeError,
      "Cannot conv2d [1, 4, 5, 5] by [2, 3, 2, 2] in one group: 4 channels, weights for 3 each, " +
      "2 outputs",
    ],
    [
      () => zeros([1, 4, 5]).conv1d(zeros([3, 2, 2]), { groups: 2 }),
      ShapeError,
      "Cannot conv1d [1, 4, 5] by [3, 2, 2] in 2 groups: 4 channels, weights for 2 each, " +
      "3 outputs",
    ],
    [
      () => zeros([1, 1, 2, 2]).conv2d(zeros([1, 1, 2, 3])),
      ShapeError,
      "Cannot conv2d [1, 1, 2, 2]: axis 3 has length 2, a window spans 3",
    ],
    [
      () => zeros([1, 1, 2, 2]).conv2d(zeros([1, 1, 2, 2]), { stride: 0 }),
      UsageError,
      "Cannot conv2d with a stride of 0: it is a whole number >= 1, or one for each of 2 axes",
    ],
    [
      () => zeros([1, 1, 4]).conv1d(zeros([1, 1, 2]), { padding: [1, 1] }),
      UsageError,
      "Cannot conv1d with a padding of [1, 1]: it is a whole number >= 0",
    ],
    [
      () => zeros([1, 1, 4]).conv1d(zeros([3, 1, 2]), { bias: zeros([1]) }),
      ShapeError,
      "Cannot conv1d with a bias of [1]: it is a vector, a number for each of 3 output channels",
    ],
    [
      () => zeros([1, 2, 4]).convTranspose1d(zeros([2, 1, 2]), { bias: 1 as never }),
      ShapeError,
      "Cannot convTranspose1d with a bias of 1: it is a vector, a number for each of 1 output " +
      "channels",
    ],
    [
      () => zeros([1, 2, 4]).convTranspose1d(zeros([1, 1, 2])),
      ShapeError,
      "Cannot convTranspose1d [1, 2, 4] by [1, 1, 2] in one group: 2 channels, weights for 1",
    ],
    [
      () => zeros([1, 1, 2]).convTranspose1d(zeros([1, 1, 2]), { padding: 2 }),
      ShapeError,
      "Cannot convTranspose1d [1, 1, 2] by [1, 1, 2]: a padding of [2] leaves nothing",
    ],
    [
      () => zeros([1, 1, 4]).conv1d([[[1, 2]]] as unknown as Tensor),
      UsageError,
      "Cannot conv1d [1, 1, 4] by an array: use tensor([...])",
    ],
  ];
  for (const [call, kind, message] of mistakes) assertMistake(import.meta.url, call, kind, message);
});
