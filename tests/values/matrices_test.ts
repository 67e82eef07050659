import { assertEquals } from "@std/assert";
import { checkGradients } from "../../src/autodiff/check_gradients.ts";
import { UsageError } from "../../src/ops/error.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { arange, tensor, zeros } from "../../src/values/creation.ts";
import type { Tensor } from "../../src/values/tensor.ts";
import { assertMistake } from "../mistake.ts";

const matrix = arange(1, 7, 1, { dtype: "float64" }).reshape([2, 3]); // [[1, 2, 3], [4, 5, 6]]
const vector = tensor([1, 2, 3], { dtype: "float64" });

/** The derivatives of an operation to second order. */
function check(f: (...inputs: Tensor[]) => Tensor, ...inputs: Tensor[]): void {
  checkGradients(f, inputs, { order: 2 });
}

Deno.test("dot() is the inner product of vectors", () => {
  assertEquals(vector.dot(vector).toArray(), 14);
  check((a, b) => a.dot(b), vector, vector);
});

Deno.test("outer() has a row for each element of the left vector", () => {
  assertEquals(tensor([1, 2]).outer(tensor([3, 4, 5])).toArray(), [[3, 4, 5], [6, 8, 10]]);
  check((a, b) => a.outer(b), vector, vector);
});

Deno.test("dot() and outer() throw a ShapeError for anything but vectors", () => {
  const message = (name: string) => `Cannot ${name} [2, 3] and [3]: they are no vectors`;
  assertMistake(import.meta.url, () => matrix.dot(vector), ShapeError, message("dot"));
  assertMistake(import.meta.url, () => matrix.outer(vector), ShapeError, message("outer"));
});

Deno.test("diagonal() runs along any diagonal", () => {
  const diagonals = [-2, -1, 0, 1, 2, 3].map((offset) => matrix.diagonal(offset).toArray());
  assertEquals(diagonals, [[], [4], [1, 5], [2, 6], [3], []]);
  check((x) => x.diagonal(1), matrix);
});

Deno.test("diagonal() puts the diagonals of other axes last", () => {
  const batch = arange(12).reshape([2, 3, 2]);
  assertEquals(batch.diagonal(0, { axis1: 0, axis2: 2 }).toArray(), [[0, 7], [2, 9], [4, 11]]);
  assertEquals(batch.diagonal(0, { axis1: -1, axis2: 1 }).toArray(), [[0, 3], [6, 9]]);
  assertMistake(
    import.meta.url,
    () => batch.diagonal(0, { axis1: 1, axis2: -2 }),
    ShapeError,
    "Cannot take the diagonal of [2, 3, 2] over axis 1 alone",
  );
});

Deno.test("diag() puts a vector on a diagonal, where diagonal() finds it", () => {
  assertEquals(tensor([1, 2]).diag().toArray(), [[1, 0], [0, 2]]);
  assertEquals(tensor([1, 2]).diag(-1).toArray(), [[0, 0, 0], [1, 0, 0], [0, 2, 0]]);
  assertEquals(vector.diag(2).diagonal(2).toArray(), [1, 2, 3]);
  check((x) => x.diag(1), vector);
  assertMistake(
    import.meta.url,
    () => matrix.diag(),
    ShapeError,
    "Cannot diag [2, 3]: it takes a vector, as diagonal() returns",
  );
});

Deno.test("trace() adds up the diagonal", () => {
  assertEquals(matrix.trace().item(), 6);
  check((x) => x.square().trace(), matrix);
});

Deno.test("tril() and triu() keep a triangle, counted from the main diagonal upwards", () => {
  assertEquals(matrix.tril().toArray(), [[1, 0, 0], [4, 5, 0]]);
  assertEquals(matrix.tril(1).toArray(), [[1, 2, 0], [4, 5, 6]]);
  assertEquals(matrix.triu().toArray(), [[1, 2, 3], [0, 5, 6]]);
  assertEquals(matrix.triu(1).toArray(), [[0, 2, 3], [0, 0, 6]]);
  assertEquals(matrix.band(-1, 0).toArray(), [[1, 0, 0], [4, 5, 0]]);
  check((x) => x.tril(-1), matrix);
});

Deno.test("tril() serves batches and any kind, and keeps NaN out of the zeros", () => {
  assertEquals(tensor([[[1, 2], [3, 4]]], { dtype: "int32" }).tril().dtype, "int32");
  assertEquals(tensor([[NaN, NaN], [1, NaN]]).tril(-1).toArray(), [[0, 0], [1, 0]]);
});

Deno.test("tril() throws a ShapeError for a vector", () => {
  const message = "Cannot take a triangle of [3]: a matrix has two axes";
  assertMistake(import.meta.url, () => vector.tril(), ShapeError, message);
});

Deno.test("matmul() multiplies matrices, vectors and batches as NumPy does", () => {
  const shapes: [number[], number[], number[]][] = [
    [[2, 3], [3, 4], [2, 4]],
    [[3], [3, 4], [4]],
    [[2, 3], [3], [2]],
    [[3], [3], []],
    [[5, 2, 3], [3, 4], [5, 2, 4]],
    [[5, 2, 3], [5, 3, 4], [5, 2, 4]],
    [[6, 1, 2, 3], [5, 3, 4], [6, 5, 2, 4]],
    [[2, 3], [5, 3, 4], [5, 2, 4]],
    [[5, 2, 3], [3], [5, 2]],
    [[3], [5, 3, 4], [5, 4]],
  ];
  for (const [a, b, expected] of shapes) {
    assertEquals(zeros(a).matmul(zeros(b)).shape, expected, `[${a}] by [${b}]`);
  }
  assertEquals(matrix.matmul(vector).toArray(), [14, 32]);
  assertEquals(vector.matmul(matrix.transpose()).toArray(), [14, 32]);
  assertEquals(vector.matmul(vector).item(), 14);
});

Deno.test("matmul() reads either side transposed", () => {
  const other = arange(6, undefined, 1, { dtype: "float64" }).reshape([2, 3]);
  const plain = matrix.matmul(other.transpose());
  assertEquals(matrix.matmul(other, { transposeB: true }).toArray(), plain.toArray());
  assertEquals(zeros([5, 2, 3]).matmul(zeros([4, 3]), { transposeB: true }).shape, [5, 2, 4]);
  const tall = matrix.transpose().matmul(other);
  assertEquals(matrix.matmul(other, { transposeA: true }).toArray(), tall.toArray());
  assertEquals(vector.matmul(matrix, { transposeB: true }).toArray(), [14, 32]);
  assertEquals(matrix.transpose().matmul(vector, { transposeA: true }).toArray(), [14, 32]);
});

Deno.test("matmul() has the derivatives of finite differences, also of vectors and batches", () => {
  const batch = arange(12, undefined, 1, { dtype: "float64" }).sin().reshape([2, 3, 2]);
  check((a, b) => a!.matmul(b!), matrix, vector);
  check((a, b) => a!.matmul(b!), vector, batch);
  check((a, b) => a!.matmul(b!), batch, matrix.slice([null, { stop: 2 }]));
  check((a, b) => a!.matmul(b!, { transposeA: true }), batch, vector);
  check((a, b) => a!.matmul(b!), matrix, batch);
});

Deno.test("matmul() throws ShapeError when the inner lengths or the batches differ", () => {
  const reject = (call: () => unknown, message: string) =>
    assertMistake(import.meta.url, call, ShapeError, message);
  reject(
    () => zeros([2, 3]).matmul(zeros([4, 5])),
    "Cannot matmul [2, 3] by [4, 5]: inner lengths are 3 and 4",
  );
  reject(
    () => zeros([2, 3]).matmul(zeros([3, 5]), { transposeB: true }),
    "Cannot matmul [2, 3] by [3, 5] with transposeB: inner lengths are 3 and 5",
  );
  reject(
    () => zeros([3]).matmul(zeros([4])),
    "Cannot matmul [3] by [4]: inner lengths are 3 and 4",
  );
  reject(
    () => zeros([2, 1, 3]).matmul(zeros([5, 3, 1])),
    "Cannot matmul [2, 1, 3] by [5, 3, 1]: axis -3 has lengths 2 and 5",
  );
  reject(
    () => zeros([]).matmul(zeros([2])),
    "Cannot matmul [] by [2]: scalars are multiplied by mul",
  );
  assertMistake(
    import.meta.url,
    () => zeros([2, 2]).matmul(3 as unknown as Tensor),
    UsageError,
    "Cannot matmul [2, 2] by 3",
  );
});

Deno.test("diagonal() below the main one of a tall matrix ends with its columns", () => {
  assertEquals(arange(8).reshape([4, 2]).diagonal(-1).toArray(), [2, 5]);
});

Deno.test("matmul() of a vector has nothing to transpose on its left", () => {
  const product = tensor([1, 2]).matmul(tensor([[1, 2], [3, 4]]), { transposeA: true });
  assertEquals(product.toArray(), [7, 10]);
});
