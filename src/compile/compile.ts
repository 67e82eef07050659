/** Compiling functions of tensors: one program for each signature of their arguments. */

import { isTransforming } from "../autodiff/recording.ts";
import { leavesOf } from "../autodiff/tree.ts";
import { UsageError } from "../ops/error.ts";
import { Tensor } from "../values/tensor.ts";
import { Compilation, type CompileOptions } from "./compilation.ts";

/** A compiled function. It takes and returns what the original does. */
export interface Compiled<Arguments extends unknown[], Result> extends Disposable {
  (...args: Arguments): Result;
  /** The program for such arguments, its memory and kernels, and how long each step takes. */
  explain(...args: Arguments): string;
  /** Frees the memory of all programs; the function may be called again. */
  dispose(): void;
}

/** What distinguishes calls that need programs of their own: structure, shapes and kinds. */
function signatureOf(args: readonly unknown[]): string {
  const parts: string[] = [];
  const visit = (node: unknown): void => {
    if (node instanceof Tensor) parts.push(`${node.dtype}${node.shape.join()}`);
    else if (typeof node === "object" && node !== null && !ArrayBuffer.isView(node)) {
      parts.push("{");
      for (const [key, child] of Object.entries(node)) {
        parts.push(key);
        visit(child);
      }
      parts.push("}");
    } else parts.push(typeof node === "function" ? "function" : JSON.stringify(node) ?? "");
  };
  visit(args);
  return parts.join(" ");
}

/**
 * Compiles a function of tensors. Its first call with arguments of some structure, shapes and kinds
 * traces it: the function runs once on tensors without numbers, and what it did becomes one program
 * that is optimised, planned in memory and emitted as WebAssembly. Later calls run that program.
 *
 * Arguments and results are any nested objects of tensors. Numbers, strings and the like among the
 * arguments belong to the signature. What the function reads besides its arguments is frozen as it
 * was, but for tensors that require a gradient. A result that takes the place of an argument (an
 * updated model) stays where it was computed: handed back to the function it is used up, so keep a
 * `clone` of what you want to keep.
 *
 * Called on tensors that are being differentiated or traced it runs the function itself, so
 * `grad(compile(f))` works. Reading numbers inside the function is a `UsageError`.
 *
 * @example A step of gradient descent as one program
 * ```ts
 * import { compile, grad, type Tensor, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const step = compile((w: Tensor) => w.sub(grad((w: Tensor) => w.square().sum())(w).mul(0.25)));
 * assertEquals(step(tensor([4, 8])).toArray(), [2, 4]);
 * ```
 */
export function compile<Arguments extends unknown[], Result>(
  f: (...args: Arguments) => Result,
  options: CompileOptions = {},
): Compiled<Arguments, Result> {
  if (typeof f !== "function") {
    throw new UsageError(`Cannot compile ${typeof f}: it takes a function of tensors`);
  }
  const programs = new Map<string, Compilation>();
  const programFor = (args: Arguments): Compilation => {
    const signature = signatureOf(args);
    let program = programs.get(signature);
    if (program === undefined) {
      program = new Compilation(f as (...args: never[]) => unknown, args, options);
      programs.set(signature, program);
    }
    return program;
  };
  let last: { program: Compilation; containers: readonly unknown[] } | null = null;
  const call = (...args: Arguments): Result => {
    const known = last !== null && args.every((arg, i) => isKnown(arg, last!.containers[i]))
      ? last.program.structure.tensorsOf(args)
      : null;
    const leaves = known ?? leavesOf(args) as Tensor[];
    if (leaves.some(isPassedThrough)) return f(...args);
    const program = known === null ? programFor(args) : last!.program;
    const result = program.rebuild(program.run(leaves)) as Result;
    last = { program, containers: containersAfter(args, result) };
    return result;
  };
  const dispose = () => {
    for (const program of programs.values()) program.dispose();
    programs.clear();
  };
  return Object.assign(call, {
    explain: (...args: Arguments) => programFor(args).explain(leavesOf(args) as Tensor[]),
    dispose,
    [Symbol.dispose]: dispose,
  });
}

/** Whether an argument is a tensor or plain, or an object whose structure was seen before. */
function isKnown(arg: unknown, container: unknown): boolean {
  return arg instanceof Tensor || typeof arg !== "object" || arg === container;
}

/** The objects that the next call is likely to be given: results where there are, or the same. */
function containersAfter(args: readonly unknown[], result: unknown): unknown[] {
  const made = typeof result === "object" && result !== null ? Object.values(result) : [];
  return args.map((arg) =>
    typeof arg !== "object" || arg === null || arg instanceof Tensor
      ? arg
      : made.find((value) => isSuccessor(value, arg)) ?? arg
  );
}

/** Whether a result may take an argument's place: an object of the same kind and keys. */
function isSuccessor(value: unknown, arg: object): boolean {
  if (typeof value !== "object" || value === null || value instanceof Tensor) return false;
  if (Object.getPrototypeOf(value) !== Object.getPrototypeOf(arg)) return false;
  const keys = Object.keys(value);
  return keys.length === Object.keys(arg).length && keys.every((key) => key in arg);
}

/** Whether a tensor is being traced or differentiated, so that a program would lose its history. */
function isPassedThrough(leaf: Tensor): boolean {
  return leaf.isSymbolic || leaf.origin !== null || (isTransforming() && leaf.requiresGrad);
}
