/** Whose BLAS a library is, as far as its functions tell. */

import { type Functions, textAt } from "./foreign.ts";

/** What is known of a library, and how its threads are set. */
export interface Vendor {
  /** The maker's name for it. */
  readonly name: string;
  /** Its version and what it runs on, as it puts it itself; empty if it does not tell. */
  readonly version: string;
  /** How many threads it uses; null where it does not tell, or must not be called by several. */
  threads(): number | null;
  /** Makes it use so many threads, where it can be told. */
  setThreads?(threads: number): void;
}

/** Tells the libraries apart by what only one of them has. */
export function vendorOf(functions: Functions, path: string): Vendor {
  return openBlas(functions) ?? mkl(functions) ?? blis(functions) ?? {
    name: path.includes("Accelerate") ? "Accelerate" : "BLAS",
    version: "",
    threads: () => null,
  };
}

function openBlas(functions: Functions): Vendor | null {
  const { openblas_get_config: config, openblas_set_num_threads: set } = functions;
  if (config === null || set === null) return null;
  const core = textAt(functions.openblas_get_corename?.() ?? null);
  const isSequential = functions.openblas_get_parallel?.() === 0;
  const number = textAt(config()).match(/^OpenBLAS (\S+)/)?.[1] ?? "";
  return {
    name: "OpenBLAS",
    version: core === "" ? number : `${number} for ${core}`,
    threads: () => isSequential ? null : functions.openblas_get_num_threads?.() ?? null,
    setThreads: set,
  };
}

function mkl(functions: Functions): Vendor | null {
  const { MKL_Get_Version_String: versionInto, MKL_Set_Num_Threads: set } = functions;
  if (versionInto === null || set === null) return null;
  const text = new Uint8Array(200);
  versionInto(text, text.length);
  return {
    name: "MKL",
    version: new TextDecoder().decode(text).match(/[\d.]+/)?.[0] ?? "",
    threads: () => functions.MKL_Get_Max_Threads?.() ?? null,
    setThreads: set,
  };
}

function blis(functions: Functions): Vendor | null {
  const { bli_info_get_version_str: version, bli_thread_set_num_threads: set } = functions;
  if (version === null || set === null) return null;
  return {
    name: "BLIS",
    version: textAt(version()),
    threads: () => Number(functions.bli_thread_get_num_threads?.() ?? 1),
    setThreads: set,
  };
}
