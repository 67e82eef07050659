/** How a kernel walks through an array that is reduced along neighbouring axes. */

import { bytesPerElement } from "../../../ops/dtype.ts";
import { broadcastStrides, joinAxes } from "../../../ops/loops.ts";
import { type Shape, sizeOf } from "../../../ops/shape.ts";
import type { Run } from "../../../ops/structural.ts";
import type { Operand, Walk } from "../elementwise/walk.ts";

/**
 * Rows of neighbouring elements, in the order in which results need them: all rows of the first
 * result, or of the first results side by side, then those of the next.
 */
export interface ReductionWalk extends Walk {
  /** Whether the elements along a row belong to results of their own, and not to the same one. */
  readonly sideBySide: boolean;
  /** How many rows each result is made of. */
  readonly depth: number;
  /** How many results, or rows of results. */
  readonly results: number;
}

/** The walk of `operands`, each broadcast to `shape`, which is reduced along a run of axes. */
export function reductionWalk(
  shape: Shape,
  { first, last }: Run,
  operands: readonly Operand[],
): ReductionWalk {
  const strides = operands.map((operand) => broadcastStrides(operand.shape, shape));
  const axes = (from: number, to: number) =>
    joinAxes({
      lengths: shape.slice(from, to),
      strides: strides.map((own) => own.slice(from, to)),
    });
  const outer = axes(0, first);
  const along = axes(first, last + 1);
  const inner = axes(last + 1, shape.length);
  const sideBySide = inner.lengths.length > 0;
  const row = sideBySide ? inner : along;
  const results = sideBySide ? [outer, withoutLast(inner)] : [outer];
  const depth = sideBySide ? along : withoutLast(along);
  const loops = [...results, depth];
  const lengths = loops.flatMap((loop) => loop.lengths);
  return {
    sideBySide,
    results: sizeOf(results.flatMap((loop) => loop.lengths)),
    depth: sizeOf(depth.lengths),
    outer: lengths,
    rows: sizeOf(lengths),
    length: row.lengths.at(-1) ?? 1,
    walkers: operands.map(({ address, dtype }, i) => ({
      address,
      dtype,
      strides: loops.flatMap((loop) => loop.strides[i]!).map((stride) =>
        stride * bytesPerElement(dtype)
      ),
      advances: (row.strides[i]!.at(-1) ?? 1) !== 0,
    })),
  };
}

type Axes = ReturnType<typeof joinAxes>;

function withoutLast({ lengths, strides }: Axes): Axes {
  return { lengths: lengths.slice(0, -1), strides: strides.map((own) => own.slice(0, -1)) };
}
