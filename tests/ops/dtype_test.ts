import { assertEquals, assertThrows } from "@std/assert";
import {
  allocate,
  type DType,
  DTypeError,
  floatDType,
  isDType,
  isFloat,
  numericDType,
  sameDType,
} from "../../src/ops/dtype.ts";
import { arange, full, tensor, zeros } from "../../src/values/creation.ts";
import { oneHot } from "../../src/values/one_hot.ts";
import { concat } from "../../src/values/joining.ts";
import { assertMistake } from "../mistake.ts";

const here = import.meta.url;
const int = (numbers: number[]) => tensor(numbers, { dtype: "int32" });

Deno.test("allocate() makes zeros of each kind", () => {
  const kinds: DType[] = ["float32", "float64", "int32", "bool"];
  const arrays = kinds.map((kind) => allocate(kind, 2));
  assertEquals(arrays, [
    new Float32Array(2),
    new Float64Array(2),
    new Int32Array(2),
    new Uint8Array(2),
  ]);
});

Deno.test("isDType() and isFloat() know the kinds", () => {
  assertEquals(["float32", "bool", "float99", "toString", 3].map(isDType), [
    true,
    true,
    false,
    false,
    false,
  ]);
  assertEquals([isFloat("float64"), isFloat("int32"), isFloat("bool")], [true, false, false]);
});

Deno.test("sameDType() and its kin throw DTypeError with a way out", () => {
  assertThrows(
    () => sameDType("add", ["float32", "int32"]),
    DTypeError,
    'Cannot add float32 and int32: cast one of them, as in .cast("float32")',
  );
  assertThrows(
    () => floatDType("exp", ["int32"]),
    DTypeError,
    'Cannot exp int32: it takes floating-point numbers, as in .cast("float32")',
  );
  assertThrows(
    () => numericDType("add", ["bool", "bool"]),
    DTypeError,
    'Cannot add bool: it takes numbers, as in .cast("float32")',
  );
  assertEquals(numericDType("add", ["int32", "int32"]), "int32");
});

Deno.test("operations keep the kind of their inputs", () => {
  const kinds = [
    int([1]).add(int([2])),
    int([1]).mul(3),
    int([1, 2]).sum(),
    int([1, 2]).max(),
    int([1, 2]).cumsum(0),
    tensor([1], { dtype: "float64" }).exp(),
    tensor([true, false]).sum(),
    tensor([1, 2]).argmax(),
    tensor([1, 2]).argsort(),
    tensor([1, 2]).greater(1),
    int([1, 2]).equal(2),
    oneHot(int([1]), 2),
    oneHot(int([1]), 2, { dtype: "bool" }),
    concat([int([1]), int([2])]),
  ].map(({ dtype }) => dtype);
  assertEquals(kinds, [
    "int32",
    "int32",
    "int32",
    "int32",
    "int32",
    "float64",
    "int32",
    "int32",
    "int32",
    "bool",
    "bool",
    "float32",
    "bool",
    "int32",
  ]);
});

Deno.test("kinds never mix silently, and the message names operation, kinds and shapes", () => {
  assertMistake(
    here,
    () => zeros([2, 3]).add(int([1])),
    DTypeError,
    'Cannot add float32 and int32: cast one of them, as in .cast("float32") ' +
      "(shapes [2, 3] and [1])",
  );
  assertMistake(
    here,
    () => zeros([2, 2]).matmul(zeros([2, 2], { dtype: "int32" })),
    DTypeError,
    'Cannot matmul float32 and int32: cast one of them, as in .cast("float32") ' +
      "(shapes [2, 2] and [2, 2])",
  );
  assertMistake(
    here,
    () => int([1]).add(0.5),
    DTypeError,
    "Cannot add int32 and 0.5: it is no int32",
  );
  assertMistake(
    here,
    () => int([1, 2]).mean(),
    DTypeError,
    'Cannot mean int32: it takes floating-point numbers, as in .cast("float32")',
  );
  assertMistake(
    here,
    () => int([1, 2]).std(),
    DTypeError,
    'Cannot var int32: it takes floating-point numbers, as in .cast("float32")',
  );
  assertMistake(
    here,
    () => int([1]).log(),
    DTypeError,
    'Cannot log int32: it takes floating-point numbers, as in .cast("float32")',
  );
  assertMistake(
    here,
    () => tensor([true]).add(1),
    DTypeError,
    'Cannot add bool: it takes numbers, as in .cast("float32") (shapes [1] and [])',
  );
  assertMistake(
    here,
    () => tensor([1]).where(tensor([1]), 0),
    DTypeError,
    "Cannot where float32: the condition is bool, as in x.greater(0) (shapes [1] and [1] and [])",
  );
});

Deno.test("unknown kinds and gradients of integers are refused", () => {
  assertMistake(
    here,
    () => zeros([1], { dtype: "float99" as DType }),
    DTypeError,
    "Cannot make a tensor of float99: the kinds are float32, float64, int32 and bool",
  );
  assertMistake(
    here,
    () => arange(3, undefined, 1, { dtype: "int32", requiresGrad: true }),
    DTypeError,
    "Cannot require a gradient of int32 [3]: only float32 and float64 have derivatives",
  );
});

Deno.test("cast() cuts fractions off, and counts nonzero as true", () => {
  assertEquals(tensor([1.9, -1.9]).cast("int32").toArray(), [1, -1]);
  assertEquals(tensor([0, 0.5]).cast("bool").toArray(), [false, true]);
  assertEquals(full([2], 3).cast("float64").dtype, "float64");
});
