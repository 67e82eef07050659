/** What transforms put in the place of their inputs, and how they ask for derivatives by them. */

import { DTypeError } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { formatShape, sameShape, ShapeError } from "../ops/shape.ts";
import type { Tensor } from "../values/tensor.ts";
import { history, reverse } from "./backward.ts";
import { insideTransform, isRecording, isTransforming } from "./recording.ts";
import { isTraced, type Traced } from "./traced.ts";
import { entriesOf, isBranch, leavesOf, mapTree, rebuild } from "./tree.ts";

/** What a transform differentiates by. */
export interface Variables {
  readonly variables: readonly Traced[];
  /** What the variables were made of, if functions in it might read the leaves that they stand for. */
  readonly inputs?: unknown;
}

/** Applies `f` to variables in place of `inputs`, and tells which variables they were. */
export function applyToVariables<T, Result>(
  name: string,
  f: (inputs: T) => Result,
  inputs: T,
): Variables & { result: Result } {
  const entries = entriesOf(inputs);
  if (entries.length === 0) {
    throw new UsageError(`Cannot ${name}: there is no tensor to differentiate by`);
  }
  for (const [path, leaf] of entries) {
    if (!leaf.isDifferentiable) {
      const where = path === "" ? "" : ` at "${path}"`;
      throw new UsageError(
        `Cannot ${name} by integers or truth values${where}: cast them, as in .cast("float32")`,
      );
    }
  }
  return insideTransform(() => {
    const variables = entries.map(([, leaf]) => leaf.asVariable());
    return { result: f(rebuild(inputs, variables)), variables, inputs };
  });
}

/** The cotangents of the variables, zeros where the results do not depend on them. */
export function pullBack(
  results: readonly Traced[],
  seeds: readonly Traced[],
  { variables, inputs }: Variables,
  record: boolean,
): Traced[] {
  const sources = new Set(variables);
  const cotangents = reverse(results, seeds, { isSource: (value) => sources.has(value), record });
  if (cotangents.size === 0 && holdsFunction(inputs) && !isTransforming()) {
    checkNotBypassed(results, { variables, inputs });
  }
  return variables.map((variable) => cotangents.get(variable) ?? variable.fillLike(0));
}

/** Whether a field in nested objects is a function, which may read the objects by another way. */
function holdsFunction(tree: unknown): boolean {
  if (!isBranch(tree) || isTraced(tree)) return false;
  return Object.values(tree).some((child) => typeof child === "function" || holdsFunction(child));
}

/** Throws where results depend on no variable, but on what the variables stand for. */
function checkNotBypassed(results: readonly Traced[], { variables, inputs }: Variables): void {
  const used = new Set(history(results));
  const other = leavesOf(inputs).find((leaf) => used.has(leaf));
  if (other === undefined || variables.some((variable) => used.has(variable))) return;
  throw new UsageError(
    `Cannot differentiate by a leaf of shape ${formatShape(other.shape)}: the function reads it ` +
      "from outside, though it is among its arguments. A function that is kept in a field reads " +
      "the object that it was made in: write a method",
  );
}

/** Whether someone beyond the transform, whose own variables are given, may differentiate `values`. */
export function mayBeAsked(values: readonly Traced[], variables: readonly Traced[]): boolean {
  if (!isRecording()) return false;
  const own = new Set(variables);
  return history(values).some((value) =>
    value.origin === null && (value.requiresGrad ? !own.has(value) : value.isSymbolic)
  );
}

/** The same values without the history that only the transform itself needed. */
export function released<T>(tree: T): T {
  return mapTree(tree, (leaf) => leaf.detach());
}

/** Throws unless what is given for a leaf is of the same shape and kind. */
export function checkAlike(name: string, given: Traced, [what, leaf]: [string, Traced]): void {
  if (!sameShape(given.shape, leaf.shape)) {
    throw new ShapeError(
      `Cannot ${name} of shape ${formatShape(given.shape)}: ${what} has shape ` +
        formatShape(leaf.shape),
    );
  }
  const kindOf = (one: Traced) => "size" in one ? (one as Tensor).dtype : "a Value";
  const [kind, wanted] = [kindOf(given), kindOf(leaf)];
  if (kind === wanted) return;
  throw new DTypeError(`Cannot ${name} of kind ${kind}: ${what} is ${wanted}`);
}
