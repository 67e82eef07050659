/** The functions of a BLAS, and how Deno calls them; its types are not needed to import this. */

import { UsageError } from "../../ops/error.ts";

/** An address outside of JavaScript. */
type Pointer = object | null;

/** A product of two matrices: `C = alpha * A * B + beta * C`, all of them in rows. */
export type Gemm = (
  order: number,
  transposeA: number,
  transposeB: number,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: ArrayBufferView,
  lda: number,
  b: ArrayBufferView,
  ldb: number,
  beta: number,
  c: ArrayBufferView,
  ldc: number,
) => void;

/** What is called in a library; only the products are in every one. */
export interface Functions {
  readonly cblas_sgemm: Gemm;
  readonly cblas_dgemm: Gemm;
  readonly openblas_get_config: (() => Pointer) | null;
  readonly openblas_get_corename: (() => Pointer) | null;
  readonly openblas_get_parallel: (() => number) | null;
  readonly openblas_get_num_threads: (() => number) | null;
  readonly openblas_set_num_threads: ((threads: number) => void) | null;
  readonly MKL_Get_Version_String: ((text: Uint8Array, length: number) => void) | null;
  readonly MKL_Get_Max_Threads: (() => number) | null;
  readonly MKL_Set_Num_Threads: ((threads: number) => void) | null;
  readonly bli_info_get_version_str: (() => Pointer) | null;
  readonly bli_thread_get_num_threads: (() => number | bigint) | null;
  readonly bli_thread_set_num_threads: ((threads: number) => void) | null;
}

/** A library that is open. */
export interface OpenLibrary {
  readonly symbols: Functions;
  close(): void;
}

/** What is asked of Deno. */
interface Runtime {
  readonly build: { readonly os: string };
  dlopen(path: string, symbols: object): OpenLibrary;
  readonly UnsafePointerView: new (pointer: object) => { getCString(): string };
}

const gemm = (scalar: "f32" | "f64") => ({
  parameters: [
    ...["i32", "i32", "i32", "i32", "i32", "i32"],
    ...[scalar, "buffer", "i32", "buffer", "i32", scalar, "buffer", "i32"],
  ],
  result: "void",
});
const optional = (result: string, ...parameters: readonly string[]) => ({
  parameters,
  result,
  optional: true,
});

/** How the products are called: plain data. */
export const productSymbols = { cblas_sgemm: gemm("f32"), cblas_dgemm: gemm("f64") } as const;

const symbols = {
  ...productSymbols,
  openblas_get_config: optional("pointer"),
  openblas_get_corename: optional("pointer"),
  openblas_get_parallel: optional("i32"),
  openblas_get_num_threads: optional("i32"),
  openblas_set_num_threads: optional("void", "i32"),
  MKL_Get_Version_String: optional("void", "buffer", "i32"),
  MKL_Get_Max_Threads: optional("i32"),
  MKL_Set_Num_Threads: optional("void", "i32"),
  bli_info_get_version_str: optional("pointer"),
  bli_thread_get_num_threads: optional("isize"),
  bli_thread_set_num_threads: optional("void", "isize"),
} satisfies Record<keyof Functions, object>;

/** Deno, with the right to open libraries or without. */
function runtime(): Runtime {
  const { Deno: deno } = globalThis as unknown as { Deno?: Partial<Runtime> };
  if (deno?.dlopen !== undefined && deno.build !== undefined) return deno as Runtime;
  throw new UsageError("Cannot open a BLAS: libraries of the system are opened by Deno only");
}

/** The system's name. */
export function systemName(): string {
  return runtime().build.os;
}

/** Opens a library, by path or by a name that the system's loader knows. */
export function openLibrary(path: string): OpenLibrary {
  return runtime().dlopen(path, symbols);
}

/** The text at an address; none where calls are allowed of a single library, memory of none. */
export function textAt(pointer: Pointer): string {
  const { UnsafePointerView } = runtime();
  if (pointer === null) return "";
  try {
    return new UnsafePointerView(pointer).getCString();
  } catch {
    return "";
  }
}
