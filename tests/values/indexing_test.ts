import { assertEquals, assertThrows } from "@std/assert";
import { checkGradients } from "../../src/autodiff/check_gradients.ts";
import { DTypeError } from "../../src/ops/dtype.ts";
import { IndexError } from "../../src/ops/indexing.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { arange, tensor, zeros } from "../../src/values/creation.ts";
import { oneHot } from "../../src/values/one_hot.ts";
import type { Tensor } from "../../src/values/tensor.ts";
import { assertMistake } from "../mistake.ts";

const x = tensor([[3, 1, 2], [4, 6, 5]], { dtype: "float64" });
const indices = (numbers: number[] | number[][]) => tensor(numbers, { dtype: "int32" });

/** The derivatives of an operation by its float64 inputs, to second order. */
function check(f: (...inputs: Tensor[]) => Tensor, ...inputs: Tensor[]): void {
  checkGradients(f, inputs, { order: 2 });
}

Deno.test("takeAlongAxis() reads the order that argsort() finds", () => {
  assertEquals(x.takeAlongAxis(x.argsort(1), { axis: 1 }).toArray(), [[1, 2, 3], [4, 5, 6]]);
  check((x) => x.takeAlongAxis(indices([[2, 0, 2, -1]]), { axis: -1 }), x);
});

Deno.test("takeAlongAxis() broadcasts the other axes", () => {
  assertEquals(x.takeAlongAxis(indices([[1]]), { axis: 1 }).toArray(), [[1], [6]]);
  assertEquals(x.takeAlongAxis(indices([[1, 0, 1]]), { axis: 0 }).toArray(), [[4, 1, 5]]);
});

Deno.test("takeAlongAxis() without an axis reads the flattened elements", () => {
  assertEquals(x.takeAlongAxis(indices([5, 0]), { axis: null }).toArray(), [5, 3]);
});

Deno.test("takeAt() reads one element for each pair of indices", () => {
  assertEquals(x.takeAt([indices([0, 1, 1]), indices([2, 0, -1])]).toArray(), [2, 4, 5]);
  check((x) => x.takeAt([indices([1, 1]), indices([0, 0])]), x);
});

Deno.test("takeAt() broadcasts the indices and keeps the axes behind", () => {
  const corners = x.takeAt([indices([[0], [1]]), indices([0, 2])]);
  assertEquals(corners.toArray(), [[3, 2], [4, 5]]);
  assertEquals(x.takeAt([indices([[1, 0]])]).toArray(), [[[4, 6, 5], [3, 1, 2]]]);
  assertEquals(x.unsqueeze(2).takeAt([indices([0, 1]), indices([1, 1])]).toArray(), [[1], [6]]);
});

Deno.test("takeAt() throws where an index is not there or there are too many", () => {
  assertMistake(
    import.meta.url,
    () => x.takeAt([indices([0]), indices([3])]),
    IndexError,
    "Cannot gather at index 3: there are 3 entries",
  );
  const zero = indices([0]);
  assertMistake(
    import.meta.url,
    () => x.takeAt([zero, zero, zero]),
    ShapeError,
    "Cannot takeAt [2, 3] by 3 indices: it has 2 axes",
  );
});

Deno.test("maskedSelect() is a vector of what the mask holds, which broadcasts", () => {
  assertEquals(x.maskedSelect(x.greater(2.5)).toArray(), [3, 4, 6, 5]);
  assertEquals(x.maskedSelect(tensor([true, false, false])).toArray(), [3, 4]);
  assertEquals(x.maskedSelect(x.less(0)).shape, [0]);
  check((x) => x.maskedSelect(tensor([[true, false, true], [false, true, false]])), x);
});

Deno.test("scatterAdd() adds up at one place and leaves what the index does not reach", () => {
  const source = tensor([[10, 20], [30, 40], [50, 60]], { dtype: "float64" });
  const sum = x.scatterAdd(indices([[0, 0], [2, 1]]), source, { axis: 1 });
  assertEquals(sum.toArray(), [[33, 1, 2], [4, 46, 35]]);
  check((x, source) => x.scatterAdd(indices([[0, 0], [2, 1]]), source, { axis: 1 }), x, source);
});

Deno.test("scatterAdd() throws a ShapeError where there is no number for an index", () => {
  const reject = (index: number[] | number[][], source: Tensor, message: string) =>
    assertMistake(
      import.meta.url,
      () => zeros([2, 3]).scatterAdd(indices(index), source, { axis: 0 }),
      ShapeError,
      `Cannot scatterAdd ${message}: there is a number for each index`,
    );
  reject([[0, 0, 0]], zeros([1, 2]), "[1, 2] at indices [1, 3]");
  reject([[0, 0, 0]], zeros([3]), "[3] at indices [1, 3]");
});

Deno.test("putInto() and scatterInto() add up, so they throw for truth values", () => {
  const flags = tensor([true, true]), index = indices([0, 0]);
  const calls = {
    put: () => flags.putInto([2], index, { axis: 0 }),
    scatter: () => flags.scatterInto([2], index, { axis: 0 }),
  };
  for (const [name, call] of Object.entries(calls)) {
    const message = `Cannot ${name} bool: it takes numbers, as in .cast("float32") ` +
      "(shapes [2] and [2])";
    assertMistake(import.meta.url, call, DTypeError, message);
  }
});

Deno.test("indexAdd() adds whole slices", () => {
  const source = tensor([[10, 20], [30, 40]], { dtype: "float64" });
  const sum = x.transpose().indexAdd(indices([2, 2]), source);
  assertEquals(sum.toArray(), [[3, 4], [1, 6], [42, 65]]);
  check((x, source) => x.indexAdd(indices([1, -1]), source, { axis: 1 }), x, source);
});

Deno.test("take() reads whole slices, whose axis gives way to those of the index", () => {
  assertEquals(x.take(indices([1, 0, -1])).toArray(), [[4, 6, 5], [3, 1, 2], [4, 6, 5]]);
  assertEquals(x.take(indices([[2, 0]]), { axis: 1 }).toArray(), [[[2, 3]], [[5, 4]]]);
  assertEquals(x.take(tensor(1, { dtype: "int32" })).toArray(), [4, 6, 5]);
  assertEquals(x.take(indices([])).shape, [0, 3]);
});

Deno.test("take() adds up the derivatives of a slice taken twice", () => {
  const table = tensor([[1, 2], [3, 4], [5, 6]], { requiresGrad: true });
  table.take(indices([2, 0, 2])).mul(tensor([[1], [10], [100]])).sum().backward();
  assertEquals(table.grad!.toArray(), [[10, 10], [0, 0], [101, 101]]);
});

Deno.test("gather() and scatterInto() read and add at an index for each element", () => {
  assertEquals(x.gather(indices([[2, 0], [1, -1]]), { axis: 1 }).toArray(), [[2, 3], [6, 5]]);
  assertEquals(x.gather(indices([[1, 0, 1]]), { axis: 0 }).toArray(), [[4, 1, 5]]);
  const parts = tensor([[1, 2], [3, 4]]);
  assertEquals(parts.scatterInto([2, 3], indices([[0, 0], [2, 1]]), { axis: 1 }).toArray(), [
    [3, 0, 0],
    [0, 4, 3],
  ]);
});

Deno.test("oneHot() has a one at each label, along a new last axis", () => {
  assertEquals(indices([2, 0]).oneHot(3).toArray(), [[0, 0, 1], [1, 0, 0]]);
  assertEquals(indices([[1], [0]]).oneHot(2, { dtype: "int32" }).toArray(), [[[0, 1]], [[1, 0]]]);
  assertEquals(indices([]).oneHot(4).shape, [0, 4]);
});

Deno.test("oneHot() throws for labels that are not there, and for what is no label", () => {
  const reject = (call: () => unknown, message: string, errorClass = IndexError) =>
    assertMistake(import.meta.url, call, errorClass, message);
  reject(
    () => oneHot(indices([3, 12]), 10),
    "Cannot oneHot label 12 at position 1: there are 10 classes, 0 to 9",
  );
  reject(
    () => oneHot(indices([-1]), 10),
    "Cannot oneHot label -1 at position 0: there are 10 classes, 0 to 9",
  );
  reject(
    () => oneHot(arange(3), 10),
    "Cannot oneHot labels of kind float32: class indices are int32",
    DTypeError,
  );
  reject(
    () => oneHot(indices([1]), 2.5),
    "Cannot oneHot [1, 2.5]: 2.5 is not a length (a whole number >= 0)",
    ShapeError,
  );
});

Deno.test("take(), gather() and putInto() throw where an index, a kind or a shape does not fit", () => {
  const reject = (call: () => unknown, message: string, errorClass = IndexError) =>
    assertMistake(import.meta.url, call, errorClass, message);
  reject(() => x.take(indices([0, 12])), "Cannot take at index 12: there are 2 entries");
  reject(
    () => x.gather(indices([[0], [-4]]), { axis: 1 }),
    "Cannot gather at index -4: there are 3 entries",
  );
  reject(
    () => x.take(tensor([0.5])),
    "Cannot take at indices of kind float32: they are int32 (shapes [2, 3] and [1])",
    DTypeError,
  );
  reject(
    () => x.gather(indices([0]), { axis: 0 }),
    "Cannot gather [2, 3] at indices [1] along axis 0: the other axes must fit",
    ShapeError,
  );
  reject(
    () => zeros([3, 3]).putInto([5, 3], indices([0, 1]), { axis: 0 }),
    "Cannot put [3, 3] into [5, 3] at indices [2]: it must be [2, 3]",
    ShapeError,
  );
  reject(
    () => zeros([2]).scatterInto([5], indices([0, 1, 2]), { axis: 0 }),
    "Cannot scatter [2] at indices [3]: the shapes differ",
    ShapeError,
  );
});

Deno.test("gather() takes integers for indices, no more of them than there are numbers", () => {
  const x = tensor([[1, 2], [3, 4]]);
  const tooMany = tensor([[0, 0, 0]], { dtype: "int32" });
  assertThrows(() => x.gather(tooMany, { axis: 0 }), ShapeError);
  assertThrows(() => x.gather(tensor([[0, 1]]), { axis: 0 }), DTypeError);
});
