/** The matrix products of the system's own BLAS, opened where the user asks for them. */

import { DTypeError } from "../../ops/dtype.ts";
import { describe } from "../../ops/describe.ts";
import { UsageError } from "../../ops/error.ts";
import { matmul, productSizes, type Transposition } from "../../ops/linalg.ts";
import type { Block } from "../../ops/op.ts";
import { optionsOf } from "../../ops/options.ts";
import { formatShape, sameShape, ShapeError, sizeOf } from "../../ops/shape.ts";
import { candidatesOf } from "./candidates.ts";
import { type Functions, type OpenLibrary, openLibrary, systemName } from "./foreign.ts";
import { vendorOf } from "./vendor.ts";

/** Which BLAS to open, and how. */
export interface BlasOptions {
  /** A path, or a name for the system's loader; the best of the usual ones unless given. */
  readonly path?: string;
  /**
   * How many threads of its own it uses, where it can be told: 1 unless given, since a compiled
   * program divides products among its own threads. Of more it makes undivided calls.
   */
  readonly threads?: number;
}

/** An open BLAS. Its threads are the whole process's: opened again, the last number counts. */
export interface Blas extends Disposable {
  /** What it calls itself, as in `OpenBLAS`. */
  readonly name: string;
  /** What was opened, for people to read: name, version, file and threads. */
  readonly description: string;
  /** The path or name by which it was opened; null for something else that multiplies. */
  readonly path: string | null;
  /** How many threads of its own it uses; null where it does not tell. */
  readonly threads: number | null;
  /**
   * Writes the product of two matrices into `output`, whose memory is none of theirs. All are
   * float32 or all float64; other kinds are a `DTypeError`, shapes that do not fit a `ShapeError`.
   */
  multiply(output: Block, inputs: readonly [Block, Block], transposition: Transposition): void;
  /** Closes the library. Programs that were compiled with it go on. */
  dispose(): void;
}

/**
 * Opens the system's BLAS: OpenBLAS, MKL, BLIS or a plain one on Linux, Accelerate on macOS. Given
 * to `compile`, large matrix products run there, in place on the program's memory, except where
 * more than three quarters of the left operand are zeros, which are skipped faster than a BLAS
 * multiplies them. It needs Deno and `--allow-ffi` (all of it, or the full path of the library as
 * both `path` and permission); without them, or without a library, a `UsageError` says what to
 * allow or to install.
 *
 * An OpenBLAS that is older than the processor may choose a slow kernel: the environment variable
 * `OPENBLAS_CORETYPE`, set before Deno starts (to `SKYLAKEX` where there is AVX-512), can double
 * its speed. `description` says what it chose.
 *
 * @example A training step whose products are OpenBLAS's
 * ```ts ignore
 * import { compile, openBlas, type Tensor, zeros } from "@turunan/turunan";
 *
 * using blas = openBlas();
 * console.log(blas.description); // OpenBLAS 0.3.21 for SkylakeX, from libopenblas.so.0, 1 thread
 * const product = compile((a: Tensor, b: Tensor) => a.matmul(b), { blas });
 * product(zeros([512, 512]), zeros([512, 512]));
 * ```
 */
export function openBlas(options: BlasOptions = {}): Blas {
  const { path, threads = 1 } = optionsOf("open a BLAS", options, { path: null, threads: "1" });
  if (!(Number.isInteger(threads) && threads > 0)) {
    throw new UsageError(
      `Cannot open a BLAS on ${describe(threads)} threads: it takes a whole number above zero`,
    );
  }
  const { library, path: opened } = path === undefined ? findLibrary() : openGiven(path);
  const vendor = vendorOf(library.symbols, opened);
  vendor.setThreads?.(threads);
  const used = vendor.threads();
  const description = [
    `${vendor.name} ${vendor.version}`.trim(),
    `from ${opened}`,
    ...used === null ? [] : [used === 1 ? "1 thread" : `${used} threads`],
  ].join(", ");
  return new NativeBlas(library, { name: vendor.name, description, path: opened, threads: used });
}

/** The first of the libraries that systems usually have. */
function findLibrary(): { library: OpenLibrary; path: string } {
  const { libraries, advice } = candidatesOf(systemName());
  const failures: unknown[] = [];
  for (const path of libraries) {
    try {
      return { library: openAllowed(path), path };
    } catch (error) {
      if (error instanceof UsageError) throw error;
      failures.push(error);
    }
  }
  throw new UsageError(
    `Cannot open a BLAS: none of ${libraries.join(", ")} was found; ${advice}`,
    { cause: new AggregateError(failures) },
  );
}

/** The library that the user named. */
function openGiven(path: string): { library: OpenLibrary; path: string } {
  try {
    return { library: openAllowed(path), path };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { message } = error as Error;
    const missing = message.match(/register symbol (\w+)/)?.[1];
    const reason = missing === undefined
      ? message.replace(/^(Could not open library: )+/, "")
      : `${path} has no ${missing}`;
    throw new UsageError(`Cannot open a BLAS: ${reason}`, { cause: error });
  }
}

/** Opens a library; without permission the error says how to give it. */
function openAllowed(path: string): OpenLibrary {
  try {
    return openLibrary(path);
  } catch (cause) {
    const { name } = cause as Error;
    if (name !== "NotCapable" && name !== "PermissionDenied") throw cause;
    throw new UsageError(
      `Cannot open a BLAS: calling ${path} is not allowed; run Deno with --allow-ffi`,
      { cause },
    );
  }
}

/** What the C interface calls the order of elements and the reading of operands. */
const rowMajor = 101, asIs = 111, transposed = 112;

/** What is told of a library. */
interface BlasFacts {
  readonly name: string;
  readonly description: string;
  readonly path: string;
  readonly threads: number | null;
}

/** A library that is called through Deno. */
class NativeBlas implements Blas {
  readonly name: string;
  readonly description: string;
  readonly path: string;
  readonly threads: number | null;
  readonly #library: OpenLibrary;
  #functions: Functions | null;

  /** Wraps a library that is open. */
  constructor(library: OpenLibrary, { name, description, path, threads }: BlasFacts) {
    this.#library = library;
    this.#functions = library.symbols;
    this.name = name;
    this.description = description;
    this.path = path;
    this.threads = threads;
  }

  multiply(output: Block, inputs: readonly [Block, Block], transposition: Transposition): void {
    const functions = this.#functions;
    if (functions === null) {
      throw new UsageError(`Cannot multiply by ${this.name}: it has been disposed of`);
    }
    checkProduct(output, inputs, transposition);
    const [a, b] = inputs;
    const { transposeA, transposeB } = transposition;
    const { rows, inner, columns } = productSizes(a.shape, b.shape, transposition);
    const gemm = output.data instanceof Float64Array
      ? functions.cblas_dgemm
      : functions.cblas_sgemm;
    const row = (matrix: Block) => Math.max(1, matrix.shape[1]!);
    const readA = transposeA ? transposed : asIs;
    const readB = transposeB ? transposed : asIs;
    // deno-fmt-ignore
    gemm(
      rowMajor, readA, readB, rows, columns, inner,
      1, a.data, row(a), b.data, row(b), 0, output.data, row(output),
    );
  }

  dispose(): void {
    if (this.#functions === null) return;
    this.#functions = null;
    this.#library.close();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** Throws unless native code may read and write these matrices: it would not notice. */
function checkProduct(
  output: Block,
  [a, b]: readonly [Block, Block],
  transposition: Transposition,
): void {
  const shape = matmul.shape([a.shape, b.shape], transposition);
  if (a.shape.length !== 2 || b.shape.length !== 2 || !sameShape(shape, output.shape)) {
    throw new ShapeError(
      `Cannot multiply ${formatShape(a.shape)} by ${formatShape(b.shape)} into ` +
        `${formatShape(output.shape)}: a BLAS takes matrices`,
    );
  }
  const blocks = [output, a, b];
  const isAll = (kind: typeof Float32Array | typeof Float64Array) =>
    blocks.every(({ data }) => data instanceof kind);
  if (!isAll(Float32Array) && !isAll(Float64Array)) {
    throw new DTypeError("Cannot multiply by a BLAS: it takes float32 alone or float64 alone");
  }
  for (const { data, shape } of blocks) {
    if (data.length !== sizeOf(shape)) {
      throw new ShapeError(
        `Cannot multiply by a BLAS: ${formatShape(shape)} has ${data.length} numbers`,
      );
    }
  }
}
