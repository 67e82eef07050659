import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type BlasOptions, openBlas } from "../../../src/backends/blas/library.ts";
import { candidatesOf } from "../../../src/backends/blas/candidates.ts";
import { allocate, DTypeError } from "../../../src/ops/dtype.ts";
import { UsageError } from "../../../src/ops/error.ts";
import type { Transposition } from "../../../src/ops/linalg.ts";
import type { Block } from "../../../src/ops/op.ts";
import { type Shape, ShapeError, sizeOf } from "../../../src/ops/shape.ts";
import { assertMistake } from "../../mistake.ts";
import { indicesOf, rules } from "../naive.ts";
import { nativeTest } from "./native.ts";

const asIs: Transposition = { transposeA: false, transposeB: false };
const transpositions = [false, true].flatMap((transposeA) =>
  [false, true].map((transposeB): Transposition => ({ transposeA, transposeB }))
);

type Float = "float32" | "float64";

/** A matrix of small numbers that depend on `seed` alone. */
function matrix(shape: Shape, dtype: Float = "float32", seed = 1): Block {
  const data = allocate(dtype, sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = Math.sin(seed * (i + 1));
  return { shape, data };
}

/** A product of such sizes: its operands, and room for the result. */
function productOf([m, k, n]: readonly [number, number, number], how: Transposition, dtype: Float) {
  const a = matrix(how.transposeA ? [k, m] : [m, k], dtype, 1);
  const b = matrix(how.transposeB ? [n, k] : [k, n], dtype, 2);
  const output: Block = { shape: [m, n], data: allocate(dtype, m * n).fill(NaN) };
  return { a, b, output };
}

function assertProduct({ a, b, output }: ReturnType<typeof productOf>, how: Transposition): void {
  const tolerance = output.data instanceof Float64Array ? 1e-12 : 1e-4;
  indicesOf(output.shape).forEach((index, i) => {
    const wanted = Number(rules.matmul!(index, [a, b], how));
    const found = output.data[i]!;
    assert(Math.abs(found - wanted) <= tolerance, `[${index}] is ${found}, not ${wanted}`);
  });
}

const sizes = [[1, 1, 1], [3, 5, 7], [16, 33, 1], [1, 64, 20], [70, 20, 40], [4, 0, 3]] as const;

for (const how of transpositions) {
  const name = Object.entries(how).filter(([, on]) => on).map(([flag]) => ` ${flag}`).join("");
  nativeTest(`multiply() equals the plain product${name}`, (blas) => {
    for (const dtype of ["float32", "float64"] as const) {
      for (const size of sizes) {
        const product = productOf(size, how, dtype);
        blas.multiply(product.output, [product.a, product.b], how);
        assertProduct(product, how);
      }
    }
  });
}

nativeTest("multiply() works in place on shared memory, and writes nothing around", (blas) => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const all = new Float32Array(memory.buffer).fill(77);
  const from = productOf([13, 9, 17], asIs, "float32");
  let at = 16;
  const placed = (block: Block): Block => {
    const data = new Float32Array(memory.buffer, at * 4, block.data.length);
    data.set(block.data);
    at += data.length + 16;
    return { shape: block.shape, data };
  };
  const [a, b, output] = [from.a, from.b, from.output].map(placed) as [Block, Block, Block];
  blas.multiply(output, [a, b], asIs);
  assertProduct({ a, b, output }, asIs);
  const inside = [a, b, output].map(({ data }) => data.byteOffset / 4);
  const sizes = [a, b, output].map(({ data }) => data.length);
  all.forEach((number, i) => {
    const isInside = inside.some((start, j) => i >= start && i < start + sizes[j]!);
    assert(isInside || number === 77, `number ${i} was overwritten`);
  });
});

nativeTest("description tells the name, the file and the threads", (blas) => {
  assertStringIncludes(blas.description, blas.name);
  assertMatch(blas.description, /^\w+( [\w.]+)?( for \w+)?, from \S+(, \d+ threads?)?$/);
});

nativeTest("openBlas() sets the number of threads where it can", () => {
  using one = openBlas({ threads: 1 });
  if (one.name === "OpenBLAS") assertMatch(one.description, /, 1 thread$/);
  using two = openBlas({ threads: 2 });
  if (two.name === "OpenBLAS") assertMatch(two.description, /, 2 threads$/);
});

nativeTest("multiply() takes matrices that fit one another and no others", (blas) => {
  const multiply = (output: Block, a: Block, b: Block) => () => blas.multiply(output, [a, b], asIs);
  const file = import.meta.url;
  assertMistake(
    file,
    multiply(matrix([2, 2]), matrix([2, 3]), matrix([4, 2])),
    ShapeError,
    "Cannot matmul [2, 3] by [4, 2]: inner lengths are 3 and 4",
  );
  assertMistake(
    file,
    multiply(matrix([3, 3]), matrix([2, 3]), matrix([3, 2])),
    ShapeError,
    "Cannot multiply [2, 3] by [3, 2] into [3, 3]: a BLAS takes matrices",
  );
  assertMistake(
    file,
    multiply(matrix([1, 2, 2]), matrix([1, 2, 3]), matrix([3, 2])),
    ShapeError,
    "Cannot multiply [1, 2, 3] by [3, 2] into [1, 2, 2]: a BLAS takes matrices",
  );
  assertMistake(
    file,
    multiply({ shape: [2, 2], data: new Float32Array(3) }, matrix([2, 3]), matrix([3, 2])),
    ShapeError,
    "Cannot multiply by a BLAS: [2, 2] has 3 numbers",
  );
  assertMistake(
    file,
    multiply(matrix([2, 2]), matrix([2, 3]), matrix([3, 2], "float64")),
    DTypeError,
    "Cannot multiply by a BLAS: it takes float32 alone or float64 alone",
  );
});

nativeTest("multiply() after dispose() is a UsageError", (blas) => {
  blas.dispose();
  blas.dispose();
  assertMistake(
    import.meta.url,
    () => blas.multiply(matrix([1, 1]), [matrix([1, 1]), matrix([1, 1])], asIs),
    UsageError,
    `Cannot multiply by ${blas.name}: it has been disposed of`,
  );
});

function assertCannotOpen(options: BlasOptions, message: string): void {
  assertMistake(import.meta.url, () => openBlas(options), UsageError, message);
}

Deno.test({
  name: "openBlas() without permission says what to allow",
  permissions: { ffi: false },
  fn() {
    const first = candidatesOf(Deno.build.os).libraries[0];
    const reason = "is not allowed; run Deno with --allow-ffi";
    assertCannotOpen({}, `Cannot open a BLAS: calling ${first} ${reason}`);
    assertCannotOpen({ path: "/x.so" }, `Cannot open a BLAS: calling /x.so ${reason}`);
  },
});

Deno.test("openBlas() takes a whole number of threads", () => {
  for (const threads of [0, -1, 1.5, NaN]) {
    assertCannotOpen(
      { threads },
      `Cannot open a BLAS on ${threads} threads: it takes a whole number above zero`,
    );
  }
});

/** Runs `test` with something else in the place of `Deno`. */
function withDeno(value: unknown, test: () => void): void {
  const own = Object.getOwnPropertyDescriptor(globalThis, "Deno")!;
  Object.defineProperty(globalThis, "Deno", { value, configurable: true });
  try {
    test();
  } finally {
    Object.defineProperty(globalThis, "Deno", own);
  }
}

Deno.test("openBlas() outside of Deno is a UsageError", () => {
  withDeno(undefined, () => {
    assertCannotOpen({}, "Cannot open a BLAS: libraries of the system are opened by Deno only");
  });
});

for (const os of ["linux", "darwin", "windows", "freebsd"]) {
  Deno.test(`openBlas() tells on ${os} what it looked for and what to install`, () => {
    const tried: string[] = [];
    const dlopen = (path: string) => {
      tried.push(path);
      throw new Error(`Could not open library: ${path}`);
    };
    const { libraries, advice } = candidatesOf(os);
    withDeno({ build: { os }, dlopen }, () => {
      const all = libraries.join(", ");
      assertCannotOpen({}, `Cannot open a BLAS: none of ${all} was found; ${advice}`);
    });
    assertEquals(tried, [...libraries]);
  });
}

Deno.test("openBlas() tells what is wrong with the library that it was given", () => {
  const failWith = (message: string, expected: string) => {
    const dlopen = () => {
      throw new Error(message);
    };
    withDeno({ build: { os: "linux" }, dlopen }, () => {
      assertCannotOpen({ path: "libz.so" }, `Cannot open a BLAS: ${expected}`);
    });
  };
  const reason = "libz.so: cannot open shared object file: No such file or directory";
  failWith(`Could not open library: Could not open library: ${reason}`, reason);
  failWith(
    "Failed to register symbol cblas_sgemm: Could not obtain symbol from the library: ...",
    "libz.so has no cblas_sgemm",
  );
});
