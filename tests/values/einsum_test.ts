import { assertEquals, assertThrows } from "@std/assert";
import { checkGradients } from "../../src/autodiff/check_gradients.ts";
import { UsageError } from "../../src/ops/error.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { arange, ones } from "../../src/values/creation.ts";
import { einsum } from "../../src/values/einsum.ts";
import { assertMistake } from "../mistake.ts";

const numbers = (...shape: number[]) =>
  arange(shape.reduce((size, length) => size * length, 1), undefined, 1, { dtype: "float64" })
    .reshape(shape).sub(3);

const a = numbers(2, 3);
const b = numbers(3, 4);
const batch = numbers(2, 2, 3);

Deno.test("einsum() of one tensor sums, transposes and takes diagonals", () => {
  assertEquals(einsum("ij->ji", a).toArray(), a.transpose().toArray());
  assertEquals(einsum("ba", a).toArray(), a.transpose().toArray());
  assertEquals(einsum("ij->j", a).toArray(), a.sum(0).toArray());
  assertEquals(einsum("ii->i", numbers(3, 3)).toArray(), numbers(3, 3).diagonal().toArray());
  assertEquals(einsum("ii", numbers(3, 3)).toArray(), numbers(3, 3).trace().toArray());
});

Deno.test("einsum() of two tensors multiplies matrices, vectors and batches", () => {
  assertEquals(einsum("ij,jk->ik", a, b).toArray(), a.matmul(b).toArray());
  assertEquals(einsum("ij,jk", a, b).toArray(), a.matmul(b).toArray());
  assertEquals(
    einsum("i,i->", b.slice([0]), b.slice([1])).item(),
    b.slice([0]).dot(b.slice([1])).item(),
  );
  assertEquals(einsum("bij,jk->bik", batch, b).toArray(), batch.matmul(b).toArray());
  assertEquals(einsum("ij,ij->ij", a, a).toArray(), a.square().toArray());
});

Deno.test("einsum() broadcasts the axes under ...", () => {
  assertEquals(einsum("...ij,jk->...ik", batch, b).toArray(), batch.matmul(b).toArray());
  const stretched = einsum("...i,...i", numbers(2, 1, 3), numbers(4, 3));
  assertEquals(stretched.toArray(), numbers(2, 1, 3).mul(numbers(4, 3)).sum(-1).toArray());
});

Deno.test("einsum() of many tensors sums over what no later one asks for", () => {
  const expected = a.matmul(b).matmul(b.transpose()).sum(1);
  assertEquals(einsum("ij,jk,lk->i", a, b, b).toArray(), expected.toArray());
});

Deno.test("einsum() has the derivatives of finite differences", () => {
  checkGradients((a, b) => einsum("ij,jk->ki", a!, b!), [a, b], { order: 2 });
  checkGradients((a) => einsum("ii,ij->j", a!, a!), [numbers(2, 2)], { order: 2 });
});

Deno.test("einsum() throws a UsageError for what it cannot read", () => {
  const cases: [string, string][] = [
    ["ij,jk->ik", "it names 2"],
    ["i1->i", '"i1" is no list of letters'],
    ["ij->i->j", "there are two arrows"],
    ["ij->ik", 'its output cannot have an axis "k"'],
    ["ij->ii", 'its output cannot have an axis "i"'],
    ["...j->j", "its output lacks ..."],
  ];
  for (const [equation, reason] of cases) {
    const message = `Cannot einsum "${equation}" of 1 tensors: ${reason}`;
    assertMistake(import.meta.url, () => einsum(equation, a), UsageError, message);
  }
});

Deno.test("einsum() throws a ShapeError where the equation does not fit", () => {
  assertMistake(
    import.meta.url,
    () => einsum("ijk->i", a),
    ShapeError,
    'Cannot einsum "ijk->i": "ijk" does not fit [2, 3]',
  );
  assertMistake(
    import.meta.url,
    () => einsum("ij,jk->ik", b, a),
    ShapeError,
    'Cannot einsum "ij,jk->ik": axis j has lengths 4 and 2',
  );
});

Deno.test("einsum() does not broadcast a letter of length 1", () => {
  const message = "axis i has lengths 1 and 3";
  assertThrows(() => einsum("i,i->i", ones([1]), ones([3])), ShapeError, message);
});
