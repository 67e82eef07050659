import { assertEquals, assertThrows } from "@std/assert";
import { DTypeError } from "../../src/ops/dtype.ts";
import { UsageError } from "../../src/ops/error.ts";
import { ShapeError } from "../../src/ops/shape.ts";
import {
  arange,
  eye,
  full,
  linspace,
  type Nested,
  ones,
  tensor,
  zeros,
} from "../../src/values/creation.ts";
import { assertMistake } from "../mistake.ts";

const here = import.meta.url;

Deno.test("tensor() takes numbers and truth values nested to any depth", () => {
  assertEquals([tensor(3).shape, tensor(3).item()], [[], 3]);
  assertEquals([tensor([]).shape, tensor([[]]).shape, tensor([[], []]).shape], [
    [0],
    [1, 0],
    [2, 0],
  ]);
  assertEquals(tensor([[[1], [2]]]).shape, [1, 2, 1]);
  assertEquals(tensor([[true], [false]]).dtype, "bool");
  assertEquals(tensor([1, 2]).dtype, "float32");
  assertEquals(tensor([NaN, -Infinity]).toArray(), [NaN, -Infinity]);
});

Deno.test("tensor() takes truth values among numbers as 1 and 0", () => {
  for (const values of [[true, 2, 3], [1, true, 3]]) {
    assertEquals(tensor(values).dtype, "float32");
    assertEquals(tensor(values).toArray(), values.map(Number));
  }
});

Deno.test("tensor() copies a typed array and keeps its kind", () => {
  const numbers = new Float64Array([1, 2, 3, 4]);
  const x = tensor(numbers, { shape: [2, 2] });
  numbers[0] = 9;
  assertEquals(x.toArray(), [[1, 2], [3, 4]]);
  assertEquals([x.dtype, tensor(new Float32Array(1)).dtype], ["float64", "float32"]);
  assertEquals([tensor(new Uint8Array(1)).dtype, tensor(new Int16Array(1)).dtype], [
    "int32",
    "int32",
  ]);
});

Deno.test("tensor() makes the same of a typed array and of its numbers one by one", () => {
  const kinds = [Float64Array, Float32Array, Int32Array, Int16Array, Int8Array];
  const others = [Uint32Array, Uint16Array, Uint8Array, Uint8ClampedArray];
  const numbers = [0, 1, 0.1, 200, -3, 2 ** 31, 1e300, NaN];
  for (const kind of [...kinds, ...others]) {
    const typed = kind.from(numbers).subarray(1);
    for (const dtype of ["float32", "float64", "int32", "bool"] as const) {
      const made = (values: typeof typed | number[]) => {
        try {
          return tensor(values as number[], { dtype }).data;
        } catch (error) {
          return (error as Error).message;
        }
      };
      assertEquals(made(typed), made([...typed]), `${kind.name} as ${dtype}`);
    }
  }
  assertMistake(
    here,
    () => tensor(new BigInt64Array(2) as unknown as Nested),
    DTypeError,
    "Cannot make a tensor: entry 0 is 0n, not a number",
  );
});

Deno.test("tensor() turns numbers into the kind that was asked for", () => {
  assertEquals(tensor([1, 0, 0.5, 256], { dtype: "bool" }).toArray(), [true, false, true, true]);
  assertEquals(tensor([true, false], { dtype: "int32" }).toArray(), [1, 0]);
  assertEquals(tensor([-(2 ** 31), 2 ** 31 - 1], { dtype: "int32" }).data[0], -(2 ** 31));
  assertEquals(tensor(0.1).item(), Math.fround(0.1));
  assertEquals(tensor([1], { name: "w", requiresGrad: true }).name, "w");
});

Deno.test("tensor() throws ShapeError for ragged arrays, and names the place", () => {
  const reject = (values: unknown, message: string) =>
    assertMistake(here, () => tensor(values as Nested), ShapeError, message);
  reject(
    [[1, 2], [3]],
    "Cannot make a tensor of ragged arrays: at values[1] stands an array of 1, not an array of 2",
  );
  reject(
    [[1, 2], 3],
    "Cannot make a tensor of ragged arrays: at values[1] stands a single entry, not an array of 2",
  );
  reject(
    [1, [2]],
    "Cannot make a tensor of ragged arrays: at values[1] stands an array of 1, not a single entry",
  );
});

Deno.test("tensor() throws DTypeError for what is no number, or none of the kind", () => {
  const reject = (values: unknown, message: string, dtype?: "int32") =>
    assertMistake(
      here,
      () => tensor(values as Nested, dtype === undefined ? {} : { dtype }),
      DTypeError,
      message,
    );
  reject([1, "2"], 'Cannot make a tensor: entry 1 is "2", not a number');
  reject("12", 'Cannot make a tensor: entry 0 is "12", not a number');
  reject([[1, undefined]], "Cannot make a tensor: entry 1 is undefined, not a number");
  reject([null], "Cannot make a tensor: entry 0 is null, not a number");
  reject([1n], "Cannot make a tensor: entry 0 is 1n, not a number");
  reject(undefined, "Cannot make a tensor: entry 0 is undefined, not a number");
  reject([1, 0.5], "Cannot make an int32 tensor: entry 1 is 0.5, no whole number", "int32");
  reject([NaN], "Cannot make an int32 tensor: entry 0 is NaN, no whole number", "int32");
  reject([2 ** 31], "Cannot make an int32 tensor: entry 0 is 2147483648, beyond 2^31", "int32");
});

Deno.test("tensor() takes half precision as single, and throws for a DataView", () => {
  const { Float16Array } = globalThis as unknown as { Float16Array: typeof Float32Array };
  const half = tensor(new Float16Array([1, 2.5]));
  assertEquals([half.dtype, half.toArray()], ["float32", [1, 2.5]]);
  const message = "Cannot make a tensor of a DataView: use a typed array";
  const view = new DataView(new ArrayBuffer(4)) as never;
  assertMistake(here, () => tensor(view), UsageError, message);
});

Deno.test("tensor() throws ShapeError where the shape does not fit the numbers", () => {
  assertMistake(
    here,
    () => tensor([1, 2, 3], { shape: [2, 2] }),
    ShapeError,
    "Cannot make a tensor of shape [2, 2]: there are 3 numbers, not 4",
  );
});

Deno.test("zeros(), ones() and full() repeat one number", () => {
  assertEquals(zeros([2, 2]).toArray(), [[0, 0], [0, 0]]);
  assertEquals(ones([2], { dtype: "bool" }).toArray(), [true, true]);
  assertEquals(full([], 7).item(), 7);
  assertEquals(full([2], 5, { dtype: "bool" }).data, new Uint8Array([1, 1]));
  assertEquals(zeros([0, 3]).toArray(), []);
});

Deno.test("full(), arange() and linspace() refuse fractions as int32, like tensor()", () => {
  const dtype = "int32";
  const reject = (call: () => unknown, at: number, entry: number) =>
    assertMistake(
      here,
      call,
      DTypeError,
      `Cannot make an int32 tensor: entry ${at} is ${entry}, no whole number`,
    );
  reject(() => full([2], 1.5, { dtype }), 0, 1.5);
  reject(() => arange(0, 1, 0.25, { dtype }), 1, 0.25);
  reject(() => linspace(0, 1, 3, { dtype }), 1, 0.5);
  assertEquals(arange(3, 0, -1, { dtype }).toArray(), [3, 2, 1]);
});

Deno.test("zeros() throws ShapeError for what is no shape", () => {
  assertMistake(
    here,
    () => zeros([2, -1]),
    ShapeError,
    "Cannot make [2, -1]: -1 is not a length (a whole number >= 0)",
  );
  assertMistake(
    here,
    () => zeros(3 as unknown as number[]),
    ShapeError,
    "Cannot make: a shape is an array of lengths, not 3",
  );
});

Deno.test("what is too large to be held is an error with the bytes", () => {
  assertMistake(
    here,
    () => zeros([2 ** 20, 2 ** 20]),
    UsageError,
    "Cannot hold 1099511627776 numbers of float32: they take 4,398,046,511,104 bytes",
  );
});

Deno.test("arange() counts up, down, and not at all", () => {
  assertEquals(arange(4).toArray(), [0, 1, 2, 3]);
  assertEquals(arange(1, 2, 0.25).toArray(), [1, 1.25, 1.5, 1.75]);
  assertEquals(arange(5, 0, -2).toArray(), [5, 3, 1]);
  assertEquals([arange(0).shape, arange(5, 0).shape], [[0], [0]]);
  assertMistake(
    here,
    () => arange(0, 1, 0),
    UsageError,
    "Cannot arange from 0 to 1 in steps of 0",
  );
});

Deno.test("linspace() reaches both ends exactly", () => {
  const x = linspace(0, 0.3, 4, { dtype: "float64" });
  assertEquals([x.data[0], x.data[3]], [0, 0.3]);
  assertEquals(linspace(2, 5, 1).toArray(), [2]);
  assertEquals(linspace(2, 5, 0).shape, [0]);
});

Deno.test("eye() has ones on its diagonal", () => {
  assertEquals(eye(3).toArray(), [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
  assertEquals(eye(0).shape, [0, 0]);
});

Deno.test("an option is none for being a property of every object", () => {
  assertThrows(() => zeros([2], { constructor: 1 } as never), UsageError);
});
