/** What transforms put in the place of their inputs, and how they ask for derivatives by them. */

import { DTypeError } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { formatShape, sameShape, ShapeError } from "../ops/shape.ts";
import type { Tensor } from "../values/tensor.ts";
import { history, reverse } from "./backward.ts";
import { insideTransform, isRecording, isTransforming } from "./recording.ts";
import type { Traced } from "./traced.ts";
import { entriesOf, mapTree, rebuild } from "./tree.ts";

/** What a transform differentiates by, and what stood in its place. */
export interface Variables {
  readonly variables: readonly Traced[];
  /** The leaves of the inputs, in the same order. */
  readonly originals: readonly Traced[];
}

/** Applies `f` to variables in place of `inputs`, and tells which variables they were. */
export function applyToVariables<T, Result>(
  name: string,
  f: (inputs: T) => Result,
  inputs: T,
): Variables & { result: Result } {
  const entries = entriesOf(inputs, (path) => {
    throw new UsageError(
      `Cannot ${name} by parameters in a Map or a Set, as at "${path}": use an object or an array`,
    );
  });
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
    const originals = entries.map(([, leaf]) => leaf);
    const variables = originals.map((leaf) => leaf.asVariable());
    return { result: f(rebuild(inputs, variables)), variables, originals };
  });
}

/**
 * The cotangents of the variables, zeros where the results do not depend on them. Throws where they
 * depend on none, but on what the variables stand for.
 */
export function pullBack(
  results: readonly Traced[],
  seeds: readonly Traced[],
  { variables, originals }: Variables,
  record: boolean,
): Traced[] {
  const sources = new Set(variables);
  const cotangents = reverse(results, seeds, { isSource: (value) => sources.has(value), record });
  if (cotangents.size === 0) checkNotBypassed(results, { variables, originals });
  return variables.map((variable) => cotangents.get(variable) ?? variable.fillLike(0));
}

function checkNotBypassed(
  results: readonly Traced[],
  { variables, originals }: Variables,
): void {
  const used = new Set(history(results));
  const other = originals.find((leaf) => used.has(leaf));
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
    value.origin === null &&
    (value.requiresGrad ? !own.has(value) : value.isSymbolic && isTransforming())
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
  const [kind, wanted] = [given, leaf].map((one) => (one as Partial<Tensor>).dtype ?? "a Value");
  if (kind === wanted) return;
  throw new DTypeError(`Cannot ${name} of kind ${kind}: ${what} is ${wanted}`);
}
