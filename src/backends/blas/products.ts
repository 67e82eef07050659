/** The products of a compiled program that a BLAS computes, on each thread of the program. */

import type { productSymbols } from "./foreign.ts";

/** A product in a program's memory. Plain data, so that other threads can be told of it. */
export interface NativeProduct {
  /** What the program's module calls it. */
  readonly name: string;
  /** The library. */
  readonly path: string;
  /** Whether the numbers are float64. */
  readonly isDouble: boolean;
  /** The rows of the result, its columns, and the length of the sums. */
  readonly sizes: readonly [m: number, n: number, k: number];
  /** Whether the left operand is read transposed, and whether the right one is. */
  readonly transposed: readonly [a: boolean, b: boolean];
  /** Where the operands and the result begin, in bytes. */
  readonly offsets: readonly [a: number, b: number, c: number];
}

/** Products that are ready to be called. */
export interface OpenProducts {
  /** By name: computes one of several parts of the result. */
  readonly functions: Readonly<Record<string, (part: number, parts: number) => void>>;
  /** Closes the libraries. */
  close(): void;
}

/** As much of Deno as is needed here. */
interface Runtime {
  dlopen(path: string, symbols: object): { symbols: Record<string, Gemm>; close(): void };
}

type Gemm = (...args: (number | ArrayBufferView)[]) => void;

/**
 * Makes products ready on this thread. Other threads run the text of this function, which
 * therefore stands by itself: it uses nothing but its arguments and what every thread has.
 */
export function openProducts(
  memory: WebAssembly.Memory,
  products: readonly NativeProduct[],
  symbols: typeof productSymbols,
): OpenProducts {
  const { Deno: deno } = globalThis as unknown as { Deno: Runtime };
  const libraries = new Map<string, ReturnType<Runtime["dlopen"]>>();
  const libraryAt = (path: string) => {
    if (!libraries.has(path)) libraries.set(path, deno.dlopen(path, symbols));
    return libraries.get(path)!;
  };
  /** The rows of the grid of parts whose pieces have the shortest edges. */
  const rowsOfGrid = (m: number, n: number, parts: number) => {
    const rows = Array.from({ length: parts }, (_, i) => i + 1).filter((r) => parts % r === 0);
    const edges = (r: number) => m / r + n * r / parts;
    return rows.reduce((best, r) => edges(r) < edges(best) ? r : best);
  };
  const shareOf = (total: number, part: number, parts: number) => {
    const units = Math.ceil(total / 16);
    const start = (i: number) => Math.min(total, Math.floor(units * i / parts) * 16);
    return [start(part), start(part + 1)] as const;
  };
  const functionOf = ({ path, isDouble, sizes, transposed, offsets }: NativeProduct) => {
    const [m, n, k] = sizes;
    const [transposeA, transposeB] = transposed;
    const call = libraryAt(path).symbols[isDouble ? "cblas_dgemm" : "cblas_sgemm"]!;
    const Numbers = isDouble ? Float64Array : Float32Array;
    const view = (start: number, index: number) =>
      new Numbers(memory.buffer as ArrayBuffer, start + index * Numbers.BYTES_PER_ELEMENT);
    const lda = transposeA ? m : k;
    const ldb = transposeB ? k : n;
    const how = [101, transposeA ? 112 : 111, transposeB ? 112 : 111] as const; // rows in order
    return (part: number, parts: number) => {
      const down = rowsOfGrid(m, n, parts);
      const [row, rowEnd] = shareOf(m, part % down, down);
      const [column, columnEnd] = shareOf(n, Math.floor(part / down), parts / down);
      if (row === rowEnd || column === columnEnd) return;
      const a = view(offsets[0], transposeA ? row : row * lda);
      const b = view(offsets[1], transposeB ? column * ldb : column);
      const c = view(offsets[2], row * n + column);
      call(...how, rowEnd - row, columnEnd - column, k, 1, a, lda, b, ldb, 0, c, n);
    };
  };
  return {
    functions: Object.fromEntries(products.map((product) => [product.name, functionOf(product)])),
    close() {
      libraries.forEach((library) => library.close());
      libraries.clear();
    },
  };
}
