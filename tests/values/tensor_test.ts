import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { noGrad } from "../../src/autodiff/recording.ts";
import { grad, gradients } from "../../src/autodiff/transforms.ts";
import { DTypeError } from "../../src/ops/dtype.ts";
import { UsageError } from "../../src/ops/error.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { arange, full, tensor, zeros } from "../../src/values/creation.ts";
import { TracingError } from "../../src/autodiff/traced.ts";
import { Random } from "../../src/values/random.ts";
import { Tensor } from "../../src/values/tensor.ts";
import { value } from "../../src/values/value.ts";
import { assertMistake } from "../mistake.ts";

const here = import.meta.url;
const parameter = (numbers: number[] | number[][]) => tensor(numbers, { requiresGrad: true });

Deno.test("a tensor knows its shape, kind, size and rank, and shows its numbers", () => {
  const x = tensor([[1, 2, 3], [4, 5, 6]]);
  assertEquals([x.shape, x.dtype, x.size, x.rank], [[2, 3], "float32", 6, 2]);
  assertEquals(x.data, new Float32Array([1, 2, 3, 4, 5, 6]));
  assertEquals(x.toArray(), [[1, 2, 3], [4, 5, 6]]);
  assertEquals([tensor(3).toArray(), tensor([true]).toArray()], [3, [true]]);
});

Deno.test("item() throws ShapeError where there is not one element", () => {
  assertEquals(tensor([[7]]).item(), 7);
  assertMistake(
    here,
    () => zeros([2]).item(),
    ShapeError,
    "Cannot take the item of [2]: it has 2 elements, not 1",
  );
});

Deno.test("operations refuse arrays and whatever else is no tensor", () => {
  assertMistake(
    here,
    () => tensor([1, 2]).add([1, 2] as unknown as Tensor),
    UsageError,
    "Cannot add [2] and an array: use tensor([...])",
  );
  assertMistake(
    here,
    () => tensor([1, 2]).mul(undefined as unknown as Tensor),
    UsageError,
    "Cannot mul [2] and undefined: use tensor([...])",
  );
  assertMistake(
    here,
    () => tensor([1, 2]).where([true, false] as unknown as Tensor, 0),
    UsageError,
    "Cannot where an array: the condition is bool, as in x.greater(0)",
  );
});

Deno.test("backward() of more than one element takes a cotangent of its shape and kind", () => {
  const w = parameter([1, 2]);
  w.square().backward(tensor([1, 10]));
  assertEquals(w.grad!.toArray(), [2, 40]);
  assertMistake(
    here,
    () => w.square().backward(),
    ShapeError,
    "Cannot backward from [2]: reduce it to a scalar, as in .sum(), or pass a cotangent of its shape",
  );
  assertMistake(
    here,
    () => w.square().backward(tensor([1])),
    ShapeError,
    "Cannot backward a cotangent of shape [1] from [2]",
  );
  assertMistake(
    here,
    () => w.add(1).backward(tensor([1, 1], { dtype: "float64" })),
    DTypeError,
    'Cannot backward float32 and float64: cast one of them, as in .cast("float32")',
  );
});

Deno.test("backward() throws where nothing requires a gradient", () => {
  assertMistake(
    here,
    () => tensor([1, 2]).sum().backward(),
    UsageError,
    "Cannot backward from []: it depends on no tensor that requires a gradient",
  );
});

Deno.test("backward() leaves gradients that are no one else's and have no history", () => {
  const a = parameter([1, 2]);
  const b = parameter([3, 4]);
  const cotangent = tensor([1, 1]);
  a.add(b).backward(cotangent);
  assert(a.grad!.data !== b.grad!.data);
  assert(a.grad!.data !== cotangent.data);
  a.add(b).backward(cotangent);
  assertEquals(a.grad!.toArray(), [2, 2]);
  assertStrictEquals(a.grad!.origin, null);
});

Deno.test("backward() reaches a tensor that requires a gradient and is the result itself", () => {
  const w = tensor(3, { requiresGrad: true });
  w.backward();
  assertEquals(w.grad!.item(), 1);
});

Deno.test("updates by hand leave no history", () => {
  const w = parameter([1, -2]);
  for (let step = 0; step < 3; step++) {
    w.zeroGrad();
    w.square().sum().backward();
    noGrad(() => w.sub(w.grad!.mul(0.25))).data.forEach((number, i) => w.data[i] = number);
  }
  assertEquals(w.toArray(), [0.125, -0.25]);
  assertEquals([w.origin, w.grad!.origin], [null, null]);
});

Deno.test("detach() shares the numbers and ends the history, clone() copies them", () => {
  const w = parameter([1, 2]);
  const y = w.mul(2);
  const detached = y.detach();
  assertStrictEquals(detached.data, y.data);
  assertEquals([detached.origin, detached.requiresGrad], [null, false]);
  const copy = w.clone();
  copy.data[0] = 9;
  assertEquals([w.toArray(), copy.requiresGrad], [[1, 2], true]);
  assertEquals(grad((x: Tensor) => x.mul(x.detach()).sum())(tensor([3])).toArray(), [3]);
});

Deno.test("asParameter() and asUpdateOf() keep a name and whether a gradient is wanted", () => {
  const w = tensor([1]).asParameter("layers[0].weight");
  assertEquals([w.name, w.requiresGrad], ["layers[0].weight", true]);
  const next = tensor([2]).asUpdateOf(w);
  assertEquals([next.name, next.requiresGrad, next.item()], ["layers[0].weight", true, 2]);
});

Deno.test("a traced tensor computes shapes, remembers, and refuses to show numbers", () => {
  const x = new Tensor({ shape: [2, 3], dtype: "float32", data: null });
  const y = x.matmul(zeros([3, 4])).exp().sum(0);
  assertEquals([y.isSymbolic, y.shape, y.dtype], [true, [4], "float32"]);
  assert(y.origin !== null);
  assert(y.detach().isSymbolic && y.clone().isSymbolic);
  for (const read of [() => x.data, () => y.toArray(), () => y.sum().item()]) {
    assertMistake(
      here,
      read,
      TracingError,
      "Cannot read the values of a tensor while it is being traced",
    );
  }
});

Deno.test("the arithmetic of plain numbers takes the kind of the tensor", () => {
  const kinds = [
    tensor([1], { dtype: "float64" }).add(0.1),
    tensor([1], { dtype: "int32" }).sub(3),
    tensor([1], { dtype: "float64" }).where(tensor([true]), 2),
  ];
  assertEquals(kinds.map(({ dtype }) => dtype), ["float64", "int32", "float64"]);
  assertEquals(kinds[0]!.item(), 1.1);
});

Deno.test("the methods of a scalar tensor are those of a Value", () => {
  const numbers = [0.3, 0.6];
  const [x, y] = numbers.map((number) => tensor(number, { dtype: "float64" }));
  const [a, b] = numbers.map((number) => value(number));
  assertEquals(x!.mul(y!).sin().add(2).div(y!).item(), a!.mul(b!).sin().add(2).div(b!).data);
  assertEquals(x!.mish().lerp(y!, 0.25).item(), a!.mish().lerp(b!, 0.25).data);
  assertEquals(arange(3).clamp(null, 1).toArray(), [0, 1, 1]);
});

Deno.test("JavaScript's operators throw where they would be silently wrong", () => {
  const x = tensor([1, 2]);
  const asNumber = (printable: unknown) => printable as number;
  for (const wrong of [() => asNumber(x) * 2, () => asNumber(x) > 0, () => -asNumber(x)]) {
    assertMistake(
      here,
      wrong,
      UsageError,
      "Cannot use a Tensor as a number: read it by .item(), or calculate by methods, as in x.mul(2)",
    );
  }
  assertMistake(
    here,
    () => asNumber(value(1)) * 2,
    UsageError,
    "Cannot use a Value as a number: read it by .item(), or calculate by methods, as in x.mul(2)",
  );
});

Deno.test("maskedFill() writes a number where the mask holds, and holds derivatives back there", () => {
  const f = (x: Tensor) => x.log().maskedFill(x.less(1), -9);
  assertEquals(f(tensor([0.5, 1])).toArray(), [-9, 0]);
  assertEquals(grad((x: Tensor) => f(x).sum())(tensor([0.5, 1])).toArray(), [0, 1]);
});

Deno.test("a tensor keeps its shape and its history when a caller changes the arrays given", () => {
  const shape = [2, 3], axes = [1, 0], widths = [[1, 0], [0, 0]] as [number, number][];
  const source = zeros([1, 3]);
  const w = tensor([[1, 2, 3], [4, 5, 6]], { requiresGrad: true });
  const made = [
    zeros(shape),
    full(shape, 7),
    new Random(1).normal(shape),
    tensor([1, 2, 3, 4, 5, 6], { shape }),
    arange(6).reshape(shape),
    source.broadcastTo(shape),
  ];
  const loss = w.permute(axes).mul(tensor([[1, 2], [3, 4], [5, 6]])).sum();
  const padded = w.pad(widths).square().sum();
  shape[0] = 7;
  axes.reverse();
  widths[0]![0] = 5;
  for (const { shape, size } of made) assertEquals([shape, size], [[2, 3], 6]);
  const [g] = gradients(loss, [w]), [p] = gradients(padded, [w]);
  assertEquals(g!.toArray(), [[1, 3, 5], [2, 4, 6]]);
  assertEquals(p!.toArray(), [[2, 4, 6], [8, 10, 12]]);
});

Deno.test("methods tell what they were given in the place of axes, kinds and tensors", () => {
  const x = tensor([[1, 2, 3], [4, 5, 6]], { requiresGrad: true }), v = tensor([1, 2]);
  // deno-lint-ignore no-explicit-any
  const loose = x as any, vector = v as any;
  const mistakes: [() => unknown, string, typeof UsageError | typeof ShapeError][] = [
    [
      () => loose.sum({ axis: 1 }),
      "sum [2, 3] over an object: axes are numbers, as in [0, 1]",
      ShapeError,
    ],
    [
      () => loose.squeeze(x),
      "squeeze [2, 3] over a Tensor: axes are numbers, as in [0, 1]",
      ShapeError,
    ],
    [
      () => loose.permute(1, 0),
      "permute [2, 3] over 1: axes are numbers, as in [0, 1]",
      ShapeError,
    ],
    [
      () => loose.cast("float"),
      "cast [2, 3] to float: the kinds are float32, float64, int32 and bool",
      DTypeError,
    ],
    [() => loose.concat(x), "concat [2, 3] and a Tensor: use an array of tensors", UsageError],
    [() => loose.concat([[1]]), "concat [2, 3] and an array: use tensor([...])", UsageError],
    [() => vector.dot([1, 2]), "dot [2] and an array: use tensor([...])", UsageError],
    [() => loose.takeAt(v), "takeAt [2, 3] and a Tensor: use an array of tensors", UsageError],
    [() => loose.maskedSelect(true), "maskedSelect [2, 3] and true: use tensor([...])", UsageError],
    [
      () => loose.maskedFill(true, 0),
      "maskedFill true: the condition is bool, as in x.greater(0)",
      UsageError,
    ],
    [() => loose.gather(v), "gather [2, 3] over axis undefined: its axes are -2 to 1", ShapeError],
    [
      () => loose.takeAlongAxis(v),
      "takeAlongAxis [2, 3] over axis undefined: its axes are -2 to 1",
      ShapeError,
    ],
    [
      () => loose.scatterAdd(v.cast("int32"), v),
      "scatterAdd [2, 3] over axis undefined: its axes are -2 to 1",
      ShapeError,
    ],
    [
      () => loose.indexAdd(v.cast("int32"), v, { axis: 2 }),
      "indexAdd [2, 3] over axis 2: its axes are -2 to 1",
      ShapeError,
    ],
    [() => loose.backward(1), "backward [2, 3] and 1: use tensor([...])", UsageError],
  ];
  for (const [call, message, kind] of mistakes) {
    assertMistake(here, call, kind, `Cannot ${message}`);
  }
});
