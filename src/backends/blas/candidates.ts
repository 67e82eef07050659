/** Where systems keep their BLAS, and what to do where there is none. */

/** What a system's loader is asked for, best first, and how to install what is missing. */
export interface Candidates {
  /** Names and paths of libraries with the C interface of BLAS. */
  readonly libraries: readonly string[];
  /** What to install, as the end of a sentence. */
  readonly advice: string;
}

const linux: Candidates = {
  libraries: [
    "libopenblas.so.0",
    "libopenblas.so",
    "libmkl_rt.so.2",
    "libmkl_rt.so",
    "libblis.so.4",
    "libcblas.so.3",
    "libblas.so.3",
  ],
  advice: "on Debian and Ubuntu install libopenblas0-pthread, on Fedora openblas-threads",
};

const systems: Readonly<Record<string, Candidates>> = {
  linux,
  darwin: {
    libraries: [
      "/System/Library/Frameworks/Accelerate.framework/Accelerate",
      "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
      "/usr/local/opt/openblas/lib/libopenblas.dylib",
    ],
    advice: "Accelerate is a part of macOS; OpenBLAS is installed by brew install openblas",
  },
  windows: {
    libraries: ["openblas.dll", "libopenblas.dll", "mkl_rt.2.dll", "mkl_rt.dll"],
    advice: "put libopenblas.dll of OpenBLAS' releases into a folder of PATH",
  },
};

/** The libraries to look for on a system, by Deno's name for it. */
export function candidatesOf(system: string): Candidates {
  return systems[system] ?? linux;
}
