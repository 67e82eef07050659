/** Reductions to few results in two: of pieces, which threads share out, and of what these give. */

import { type Shape, sizeOf } from "../../../ops/shape.ts";
import type { Run } from "../../../ops/structural.ts";
import type { Operand } from "../elementwise/walk.ts";
import type { ReductionName } from "./reduction.ts";

/** Fewer elements than this are reduced at once. */
const worthSplitting = 1 << 15;
/** Threads can share out so many results without more ado. */
const enoughResults = 16;
/** An axis is divided into at most this many pieces, and at least so many. */
const mostPieces = 64, leastPieces = 4;

/** The reductions that are the reduction of what pieces give. */
const divisible: ReadonlySet<ReductionName> = new Set(["sum", "max", "min", "logsumexp"]);

/** What is reduced, along which axes. */
interface Whole {
  readonly shape: Shape;
  readonly run: Run;
  readonly inputs: readonly Operand[];
}

/** A reduction in two halves; the second takes what the first gives. */
export interface Split {
  readonly first: Whole;
  readonly second: Omit<Whole, "inputs">;
}

/**
 * The halves of a reduction that threads could not share otherwise, or null. Whether and where it is
 * divided depends on shapes alone, so results do not depend on the threads.
 */
export function splitReduction(
  name: ReductionName,
  { shape, run: { first, last }, inputs }: Whole,
): Split | null {
  if (!divisible.has(name)) return null;
  const outer = shape.slice(0, first), inner = shape.slice(last + 1);
  const length = shape[first];
  if (length === undefined || sizeOf(shape) < worthSplitting) return null;
  if (sizeOf(outer) * sizeOf(inner) >= enoughResults) return null;
  let pieces = mostPieces;
  while (length % pieces !== 0) pieces--;
  if (pieces < leastPieces) return null;
  const divided = ({ shape: own, ...input }: Operand): Operand => {
    const whole = [...new Array(shape.length - own.length).fill(1), ...own];
    const parts = whole[first] === 1 ? [1, 1] : [pieces, length / pieces];
    return { ...input, shape: whole.toSpliced(first, 1, ...parts) };
  };
  return {
    first: {
      shape: shape.toSpliced(first, 1, pieces, length / pieces),
      run: { first: first + 1, last: last + 1 },
      inputs: inputs.map(divided),
    },
    second: { shape: [...outer, pieces, ...inner], run: { first, last: first } },
  };
}
