/** Compiling functions of tensors or of Values: one program for each signature of their arguments. */

import { isTracing, isTransforming } from "../autodiff/recording.ts";
import { leavesOf } from "../autodiff/tree.ts";
import { isMemoryError } from "../backends/executable.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { optionsOf } from "../ops/options.ts";
import type { Tensor } from "../values/tensor.ts";
import type { Value } from "../values/value.ts";
import { Compilation, type CompileOptions } from "./compilation.ts";
import { ScalarCompilation } from "./scalar_compilation.ts";
import { Structure } from "./structure.ts";
import { isValue, type Leaf, type Trace, trace } from "./trace.ts";

/** A compiled function. It takes and returns what the original does. */
export interface Compiled<Arguments extends unknown[], Result> extends Disposable {
  (...args: Arguments): Result;
  /** The program for such arguments, its memory and kernels, and how long each step takes. */
  explain(...args: Arguments): string;
  /** Frees the memory of all programs; the function may be called again. */
  dispose(): void;
}

/**
 * Compiles a function of tensors. Its first call with arguments of some structure, shapes and kinds
 * traces it: the function runs once on tensors without numbers, and what it did becomes one program
 * that is optimised, planned in memory and emitted as WebAssembly. Later calls run that program.
 *
 * Arguments and results are any nested objects of tensors. Numbers, strings, functions and the like
 * among the arguments belong to their structure: others need a program of their own, so hand over as
 * a tensor what changes from call to call. The 64 programs that were used last are kept. What the
 * function reads besides its arguments is frozen as it was, but for tensors that require a gradient.
 * A result that takes the place of an argument (an updated model) stays where it was computed:
 * handed back to the function it is used up, so keep a `clone` of what you want to keep. Arguments
 * are copied into the program's memory, but not again where they are the same as in the last call and
 * nobody has had their `data` in hand. Factors of products that are given in turn, as a list of
 * batches is, stay there, up to 128 MiB for each argument, where several threads share the program.
 *
 * A function of `Value`s becomes straight code over an array of numbers, some hundred times as fast
 * as the graph. Instead of calling `backward` it returns what `gradients` or `grad` gives.
 *
 * Called on tensors that are being differentiated or traced it runs the function itself, so
 * `grad(compile(f))` works. Otherwise what it returns has no history, as if in `noGrad`: derivatives
 * by what requires a gradient are to be returned from it. Reading numbers inside the function is a
 * `TracingError`.
 *
 * @example A step of gradient descent as one program
 * ```ts
 * import { compile, grad, type Tensor, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const step = compile((w: Tensor) => w.sub(grad((w: Tensor) => w.square().sum())(w).mul(0.25)));
 * assertEquals(step(tensor([4, 8])).toArray(), [2, 4]);
 * ```
 *
 * @example A loss and its derivative by a number, one call
 * ```ts
 * import { compile, gradients, type Value, value } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const step = compile((m: Value) => {
 *   const loss = m.mul(2).sub(3).square();
 *   return { loss, slope: gradients(loss, [m])[0] };
 * });
 * const { loss, slope } = step(value(1));
 * assertEquals([loss.data, slope.data], [1, -4]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export function compile<Arguments extends any[], Result>(
  f: (...args: Arguments) => Result,
  options: CompileOptions = {},
): Compiled<Arguments, Result> {
  if (typeof f !== "function") {
    throw new UsageError(`Cannot compile ${describe(f)}: it takes a function of tensors or Values`);
  }
  optionsOf("compile", options, {
    threads: "1",
    reproducible: null,
    backend: null,
    reuseResults: null,
    blas: null,
  });
  checkOptions(options);
  if (options.reproducible && options.blas) {
    const { name } = options.blas;
    throw new UsageError(`Cannot compile reproducibly with ${name}: its sums are its own`);
  }
  const programs = new Programs(f as (...args: never[]) => unknown, options);
  const call = (...args: Arguments): Result => {
    const ready = isTracing() ? null : programs.readyFor(args);
    return (ready === null ? f(...args) : ready.program.run(ready.leaves)) as Result;
  };
  Object.defineProperty(call, "name", { value: `compiled ${f.name}`.trim() });
  const dispose = () => programs.dispose();
  return Object.assign(call, {
    explain: (...args: Arguments) => {
      const ready = programs.readyFor(args);
      if (ready !== null) return ready.program.explain(ready.leaves);
      throw new UsageError("Cannot explain a call on tensors that are being differentiated");
    },
    dispose,
    [Symbol.dispose]: dispose,
  });
}

/** Throws where an option is none of what it may be. */
function checkOptions({ threads, backend, reproducible, reuseResults }: CompileOptions): void {
  const isWhole = Number.isInteger(threads) || threads === Infinity; // all that there are
  if (threads !== undefined && !(isWhole && threads > 0)) {
    throw new UsageError(
      `Cannot compile for ${describe(threads)} threads: it takes a whole number above zero`,
    );
  }
  if (backend !== undefined && backend !== "wasm" && backend !== "reference") {
    throw new UsageError(
      `Cannot compile for the backend ${describe(backend)}: it is "wasm" or "reference"`,
    );
  }
  for (const [name, option] of Object.entries({ reproducible, reuseResults })) {
    if (option === undefined || typeof option === "boolean") continue;
    throw new UsageError(`Cannot compile: ${name} is ${describe(option)}, not true or false`);
  }
}

/** A program of tensors or of Values. */
interface AnyCompilation {
  readonly structure: Structure;
  readonly usesTracked: boolean;
  run(leaves: readonly Leaf[]): unknown;
  explain(leaves: readonly Leaf[]): string;
  dispose(): void;
}

/** A program, and the leaves among the arguments that it can run on. */
interface Ready {
  readonly program: AnyCompilation;
  readonly leaves: readonly Leaf[];
}

/** How many programs a function keeps: a number that changes step by step would make ever more. */
const mostPrograms = 64;

/** The programs of one function, one for each structure of its arguments. */
class Programs {
  readonly #f: (...args: never[]) => unknown;
  readonly #options: CompileOptions;
  #programs: AnyCompilation[] = []; // the one that was used last is first

  constructor(f: (...args: never[]) => unknown, options: CompileOptions) {
    this.#f = f;
    this.#options = options;
  }

  /** The program for such arguments, made if there is none; null where it would lose a history. */
  readyFor(args: readonly unknown[]): Ready | null {
    const known = this.#find(args);
    const leaves = known?.leaves ?? leavesOf(args) as Leaf[];
    if (isPassedThrough(leaves)) return null;
    if (known !== null) return mayBeDifferentiated(known.program) ? null : known;
    const structure = new Structure(args); // as it is before the function sees it
    const traced = trace(this.#f, args);
    if (mayBeDifferentiated(traced)) return null;
    const call = { structure, args, ...this.#options };
    const program = this.#withRoom(() =>
      [...leaves, ...leavesOf(traced.result) as Leaf[]].some(isValue)
        ? new ScalarCompilation(traced as Trace<Value>, call)
        : new Compilation(traced as Trace<Tensor>, call)
    );
    this.#programs.unshift(program);
    for (const unused of this.#programs.splice(mostPrograms)) unused.dispose();
    return { program, leaves };
  }

  /** Makes a program; where there is no memory for it, that of the function's others is given up. */
  #withRoom(make: () => AnyCompilation): AnyCompilation {
    try {
      return make();
    } catch (error) {
      if (!isMemoryError(error) || this.#programs.length === 0) throw error;
      this.dispose();
      return make();
    }
  }

  #find(args: readonly unknown[]): Ready | null {
    for (const program of this.#programs) {
      const leaves = program.structure.leavesOf(args);
      if (leaves === null) continue;
      if (program !== this.#programs[0]) {
        this.#programs = [program, ...this.#programs.filter((other) => other !== program)];
      }
      return { program, leaves };
    }
    return null;
  }

  /** Frees the memory of all programs. */
  dispose(): void {
    for (const program of this.#programs) program.dispose();
    this.#programs = [];
  }
}

/** Whether a leaf is being traced or differentiated, so that a program would lose its history. */
function isPassedThrough(leaves: readonly Leaf[]): boolean {
  const transforming = isTransforming();
  for (let i = 0; i < leaves.length; i++) {
    const leaf = leaves[i]!;
    if (leaf.origin !== null || (transforming && leaf.requiresGrad) || leaf.isSymbolic) return true;
  }
  return false;
}

/** Whether somebody may be about to differentiate by what a function read from outside. */
function mayBeDifferentiated({ usesTracked }: { readonly usesTracked: boolean }): boolean {
  return isTransforming() && usesTracked;
}
