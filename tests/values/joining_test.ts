import { assertEquals, assertThrows } from "@std/assert";
import { DTypeError } from "../../src/ops/dtype.ts";
import { UsageError } from "../../src/ops/error.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import { ones, tensor, zeros } from "../../src/values/creation.ts";
import { concat, stack, where } from "../../src/values/joining.ts";
import { assertMistake } from "../mistake.ts";

const here = import.meta.url;

Deno.test("concat() joins along an axis, and one tensor stays what it is", () => {
  const a = tensor([[1, 2]]);
  assertEquals(concat([a, tensor([[3, 4], [5, 6]])]).toArray(), [[1, 2], [3, 4], [5, 6]]);
  assertEquals(concat([a, a], { axis: -1 }).toArray(), [[1, 2, 1, 2]]);
  assertEquals(concat([a]), a);
});

Deno.test("stack() makes a new axis", () => {
  const [a, b] = [tensor([1, 2]), tensor([3, 4])];
  assertEquals(stack([a, b]).toArray(), [[1, 2], [3, 4]]);
  assertEquals(stack([a, b], { axis: 1 }).toArray(), [[1, 3], [2, 4]]);
  assertEquals(stack([a, b], { axis: -1 }).toArray(), [[1, 3], [2, 4]]);
  assertEquals(stack([tensor(1), tensor(2)]).toArray(), [1, 2]);
});

Deno.test("where() takes tensors and numbers on either side, and broadcasts", () => {
  const x = tensor([[1], [3]]);
  const isBig = tensor([true, false]);
  assertEquals(where(isBig, x, 0).toArray(), [[1, 0], [3, 0]]);
  assertEquals(where(isBig, 0, x).toArray(), [[0, 1], [0, 3]]);
  assertEquals(where(isBig, x, x.neg()).toArray(), [[1, -1], [3, -3]]);
  assertEquals(where(isBig, 1, 2).toArray(), [1, 2]);
});

Deno.test("concat(), stack() and where() throw where tensors do not fit", () => {
  const reject = (call: () => unknown, message: string, errorClass = ShapeError) =>
    assertMistake(here, call, errorClass, message);
  const x = zeros([2, 3]);
  reject(
    () => concat([x, zeros([2, 4])]),
    "Cannot concat [2, 3] and [2, 4] along axis 0: axis 1 has lengths 3 and 4",
  );
  reject(() => concat([x, zeros([3])]), "Cannot concat [2, 3] and [3]: ranks are 2 and 1");
  reject(
    () => concat([x, x], { axis: 2 }),
    "Cannot concat [2, 3] over axis 2: its axes are -2 to 1",
  );
  reject(() => stack([x, zeros([3, 2])]), "Cannot stack [2, 3] and [3, 2]: the shapes differ");
  reject(
    () => where(zeros([4], { dtype: "bool" }), x, 0),
    "Cannot where [4] and [2, 3]: axis -1 has lengths 4 and 3",
  );
  reject(
    () => concat([x, x.cast("int32")]),
    'Cannot concat float32 and int32: cast one of them, as in .cast("float32") ' +
      "(shapes [2, 3] and [2, 3])",
    DTypeError,
  );
  reject(() => concat([]), "Cannot concat: there are no tensors", UsageError);
  reject(() => stack([]), "Cannot stack: there are no tensors", UsageError);
  // deno-lint-ignore no-explicit-any
  const loose = { concat, stack, where } as any;
  for (const [name, join] of Object.entries({ concat: loose.concat, stack: loose.stack })) {
    const message = `Cannot ${name} with the option "axes": there is axis`;
    reject(() => join([x, x], { axes: 1 }), message, UsageError);
  }
  reject(() => loose.where([true], 0, x), "Cannot where an array: use tensor([...])", UsageError);
  const isBool = "Cannot where float32: the condition is bool, as in x.greater(0)";
  reject(() => where(x, 0, x), `${isBool} (shapes [2, 3] and [] and [2, 3])`, DTypeError);
  reject(() => where(x, x, 0), `${isBool} (shapes [2, 3] and [2, 3] and [])`, DTypeError);
  reject(
    () => loose.concat(tensor([1]), tensor([2])),
    "Cannot concat a Tensor: use an array of tensors",
    UsageError,
  );
  reject(() => loose.stack([tensor([1]), 2]), "Cannot stack 2: use tensor([...])", UsageError);
});

Deno.test("concat() takes tensors of one rank", () => {
  const message = "ranks are 2 and 3";
  assertThrows(() => concat([ones([2, 2]), ones([2, 2, 1])]), ShapeError, message);
});
