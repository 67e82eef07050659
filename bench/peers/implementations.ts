/** Who takes part, and how each is started. */

import type { Options, PeerName } from "./options.ts";
import { findPython, findPyTorch, installPackages } from "./packages.ts";
import { readProcessor } from "./processor.ts";
import type { Kind } from "./tasks.ts";

/** A library in one of its settings: a column of the tables. */
export interface Implementation {
  /** What it is called in the tables. */
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** The groups of those kinds that it takes too long for. */
  readonly without?: readonly string[];
  readonly command: string;
  /** What comes before the job. */
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
  /** 0 for as many as the library itself chooses. */
  readonly threads: number;
  readonly mode: string;
}

/** The implementations that can be had, and what to say about the others. */
export interface Participants {
  readonly implementations: readonly Implementation[];
  readonly leftOut: readonly { readonly kinds: readonly Kind[]; readonly text: string }[];
}

const cores = navigator.hardwareConcurrency;
const withoutScalars: readonly Kind[] = ["mlp", "matmul", "elementwise"];
const here = (file: string) => `${import.meta.dirname}/workers/${file}`;

/** The folder in which the packages are installed. */
export const packagesFolder = `${import.meta.dirname}/.cache`;

/** What AVX-512 takes: OpenBLAS 0.3.21 does not choose it by itself on newer CPUs. */
const tuned = { OPENBLAS_CORETYPE: "SKYLAKEX" };

function inDeno(
  worker: string,
  { permissions = ["--allow-all"], ...rest }:
    & Pick<Implementation, "name" | "kinds">
    & Partial<Implementation>
    & { readonly permissions?: readonly string[] },
): Implementation {
  const args = ["run", "--quiet", "--no-lock", ...permissions, here(worker)];
  return { command: Deno.execPath(), args, threads: 0, mode: "", ...rest };
}

/** turunan as it comes, on one thread, without compiling, and with BLAS. */
function ourselves(isTunable: boolean): Implementation[] {
  const arrays = ["matmul", "elementwise"] as const;
  const kinds = ["mlp", ...arrays] as const;
  const permissions = ["--allow-read"]; // for the images
  const scalar = { kinds: ["scalar"], permissions: [] } as const;
  return [
    inDeno("turunan.ts", { name: "turunan", kinds, permissions }),
    inDeno("turunan.ts", { name: "turunan, 1 thread", kinds, permissions, threads: 1 }),
    inDeno("turunan.ts", { name: "turunan, eager", kinds: arrays, permissions, mode: "eager" }),
    inDeno("turunan.ts", {
      name: "turunan with BLAS",
      kinds: ["mlp", "matmul"],
      permissions: [...permissions, "--allow-ffi", "--allow-env"],
      mode: "blas",
      env: isTunable ? tuned : {},
    }),
    inDeno("turunan_scalars.ts", { ...scalar, name: "turunan Value, eager", mode: "eager" }),
    inDeno("turunan_scalars.ts", { ...scalar, name: "turunan Value, compiled" }),
  ];
}

/** PyTorch on one and on all cores, as it comes and told to use AVX-512. */
function pyTorch(python: string, isTunable: boolean): Implementation[] {
  return (isTunable ? [{}, tuned] : [{}]).flatMap((extra) =>
    [...new Set([1, cores])].map((threads): Implementation => ({
      name: `PyTorch${extra === tuned ? " tuned" : ""}, ${threads} thread${threads > 1 ? "s" : ""}`,
      kinds: ["mlp", "matmul", "elementwise"],
      command: python,
      args: ["-B", here("pytorch.py")],
      env: {
        OMP_NUM_THREADS: `${threads}`,
        OPENBLAS_NUM_THREADS: `${threads}`,
        OMP_WAIT_POLICY: "PASSIVE", // or the threads of OpenMP and OpenBLAS fight
        ...extra,
      },
      threads,
      mode: "",
    }))
  );
}

/** The peers in JavaScript, with the package that each needs. */
const inJavaScript: readonly [peer: PeerName, needs: string, Implementation][] = [
  ["jax", "@jax-js/jax", inDeno("jax.ts", { name: "jax-js", kinds: withoutScalars })],
  [
    "tfjs",
    "@tensorflow/tfjs-backend-wasm",
    inDeno("tfjs.ts", { name: "tfjs-wasm", kinds: withoutScalars, mode: "wasm" }),
  ],
  [
    "tfjs-cpu",
    "@tensorflow/tfjs",
    inDeno("tfjs.ts", { name: "tfjs-cpu", kinds: ["mlp"], without: ["iii"], mode: "cpu" }),
  ],
  ["numpy-ts", "numpy-ts", inDeno("numpy_ts.ts", { name: "numpy-ts", kinds: ["matmul"] })],
];

/** Finds and installs everything that is asked for. */
export async function findParticipants(
  { peers, only }: Pick<Options, "peers" | "only">,
): Promise<Participants> {
  const isAsked = (peer: PeerName, kinds: readonly Kind[]) =>
    (peers === null || peers.includes(peer)) && kinds.some((kind) => only.includes(kind));
  const isTunable = (await readProcessor()).hasAvx512;
  const implementations = ourselves(isTunable);
  const leftOut: { kinds: readonly Kind[]; text: string }[] = [];
  const packaged = inJavaScript.filter(([peer, , { kinds }]) => isAsked(peer, kinds));
  if (packaged.length > 0) {
    const failures = await installPackages(packagesFolder);
    for (const [, name, implementation] of packaged) {
      const failure = failures.get(name);
      if (failure === undefined) implementations.push(implementation);
      else {
        const text = `${implementation.name} cannot be installed: ${failure}`;
        leftOut.push({ kinds: implementation.kinds, text });
      }
    }
  }
  if (isAsked("torch", withoutScalars)) {
    const found = await findPyTorch();
    const miss = (text: string) => leftOut.push({ kinds: withoutScalars, text });
    if (typeof found === "string") miss(found);
    else implementations.push(...pyTorch(found.python, isTunable));
    if (!isTunable) miss("this CPU has no AVX-512: PyTorch tuned is left out");
  }
  if (isAsked("python", ["scalar"])) {
    const kinds = ["scalar"] as const;
    const command = await findPython("math");
    const name = "micrograd, Python without GC";
    const args = ["-B", here("micrograd.py")];
    if (command !== null) {
      implementations.push({ name, kinds, command, args, threads: 1, mode: "" });
    } else leftOut.push({ kinds, text: "python3 is not installed: micrograd is left out" });
  }
  const isUsed = ({ kinds }: Implementation) => kinds.some((kind) => only.includes(kind));
  return { implementations: implementations.filter(isUsed), leftOut };
}
