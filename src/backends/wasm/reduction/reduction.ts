/** Kernels that reduce arrays along neighbouring axes, or normalise them along one. */

import type { Fusion } from "../../../compile/program.ts";
import type { DType } from "../../../ops/dtype.ts";
import { identity } from "../../../ops/elementwise.ts";
import type { Shape } from "../../../ops/shape.ts";
import type { Run } from "../../../ops/structural.ts";
import { castTo } from "../elementwise/cast.ts";
import { FusedSource } from "../elementwise/fused_source.ts";
import type { LaneCode } from "../elementwise/lane_code.ts";
import { laneCode, laneCount } from "../elementwise/lane_code.ts";
import { inRounds } from "../elementwise/row_loop.ts";
import type { Operand } from "../elementwise/walk.ts";
import { i32 } from "../assembler.ts";
import { type Kernel, type Share, stretchOf } from "../share.ts";
import type { Vector } from "../math/float_code.ts";
import type { KernelContext } from "../math/kernel_context.ts";
import { logSumExp, writeLogSoftmax, writeSoftmax } from "./exponentials.ts";
import { extremeOf, placeOfExtreme } from "./extreme.ts";
import { sum } from "./fold.ts";
import type { LaneGroup, LaneSource, Place } from "./lane_group.ts";
import { reductionWalk } from "./reduction_walk.ts";
import { RowLane } from "./row_lane.ts";
import { SideBySideLanes } from "./side_by_side.ts";

/** What a kernel reduces. */
export interface Reduced {
  /** The shape of what is reduced, which the inputs are broadcast to. */
  readonly shape: Shape;
  /** One array, or those that the producer computes the elements from. */
  readonly inputs: readonly Operand[];
  /** A fusion of one result, whose elements are reduced without being stored. */
  readonly producer?: Fusion;
  /** Where the result goes. */
  readonly output: Place;
}

/** The operations that make one element of each lane. */
export const reductionNames = ["sum", "max", "min", "argmax", "argmin", "logsumexp"] as const;
/** One of these. */
export type ReductionName = typeof reductionNames[number];
/** The operations that keep the shape. */
export type NormalizationName = "softmax" | "logSoftmax";

/** A kernel that reduces the axes of a run; threads share out the results, never one of them. */
export function emitReduction(
  context: KernelContext,
  name: ReductionName,
  reduced: Reduced & { readonly run: Run },
): Kernel {
  const { output } = reduced;
  const kind = { indexed: name.startsWith("arg"), inTurns: name === "logsumexp" };
  return emitLanes(context, { ...reduced, ...kind }, (group) => {
    group.storeResults(output, reduce(name, group, output.dtype));
  });
}

function reduce(
  name: ReductionName,
  group: LaneGroup,
  dtype: DType,
): readonly Vector[] {
  const { code } = group.source;
  switch (name) {
    case "sum":
      return sum(
        group,
        dtype,
        (element) => castTo(code, { dtype: group.source.dtype, vector: element.value() }, dtype),
      );
    case "max":
    case "min":
      return extremeOf(group, name);
    case "argmax":
      return placeOfExtreme(group, "max");
    case "argmin":
      return placeOfExtreme(group, "min");
    case "logsumexp":
      return logSumExp(group);
  }
}

/** A kernel that normalises along an axis; the output may lie where the only input lies. */
export function emitNormalization(
  context: KernelContext,
  name: NormalizationName,
  reduced: Reduced & { readonly axis: number },
): Kernel {
  const { axis, shape, output } = reduced;
  const run = { first: axis, last: axis };
  const kept = { ...reduced, run, inTurns: true, kept: { ...output, shape } };
  return emitLanes(context, kept, (group) => {
    if (name === "softmax") writeSoftmax(group);
    else writeLogSoftmax(group);
  });
}

/** Lanes from which on they are shared out by rows of results; fewer rows are cut into pieces. */
const manyRows = 32;
/** Pieces have a multiple of this many lanes, so that no two threads write one cache line. */
const pieceUnit = 16;
/** How many vectors are gathered at the same time: enough to hide the latency of each. */
const slots = 4;

interface Lanes extends Reduced {
  readonly run: Run;
  readonly indexed?: boolean;
  readonly inTurns?: boolean;
  /** An output of the whole shape. */
  readonly kept?: Operand;
}

/** A kernel that does something with each group of lanes. */
function emitLanes(
  context: KernelContext,
  { shape, run, inputs, producer, indexed = false, inTurns = false, kept }: Lanes,
  write: (group: LaneGroup) => void,
): Kernel {
  const fusion = producer ?? plain(inputs[0]!.dtype);
  const walk = reductionWalk(shape, run, [...inputs, ...kept ? [kept] : []]);
  const lanes = laneCount([...walk.walkers, ...fusion.nodes].map(({ dtype }) => dtype));
  const { dtype } = fusion.nodes[fusion.results[0]!]!;
  const walkers = walk.walkers.slice(0, inputs.length);
  return context.module.function({ params: ["i32", "i32"] }, (f, from, to) => {
    const code = laneCode(f, context, lanes);
    const values = new FusedSource(code, fusion, walkers);
    const output = walk.walkers[inputs.length];
    const source = { code, values, dtype, walk, indexed, inTurns, output };
    if (walk.sideBySide) writeSideBySide(code, source, { from, to }, write);
    else writeRows(code, source, { from, to }, write);
  });
}

/** The fusion that changes nothing. */
function plain(dtype: DType): Fusion {
  return { nodes: [{ op: identity, inputs: [0], attributes: undefined, dtype }], results: [0] };
}

function writeRows(
  { f, lanes }: LaneCode,
  source: LaneSource,
  share: Share,
  write: (group: LaneGroup) => void,
): void {
  const { results, length } = source.walk;
  const { from, to } = stretchOf(f, results, share);
  const result = f.local("i32");
  const vectors = Math.max(1, Math.min(slots, Math.ceil(length / lanes)));
  f.for(result, { from, below: to }, () => write(new RowLane(source, vectors, result)));
}

function writeSideBySide(
  { f, lanes }: LaneCode,
  source: LaneSource,
  share: Share,
  write: (group: LaneGroup) => void,
): void {
  const { results, length } = source.walk;
  const result = f.local("i32");
  const byRows = results >= manyRows;
  const stretch = stretchOf(f, byRows ? results : length, share, byRows ? 1 : pieceUnit);
  const rows = byRows ? { from: stretch.from, below: stretch.to } : { below: results };
  f.for(result, rows, () => {
    const column = f.let(byRows ? i32.const(0) : stretch.from);
    const pointers = [{ at: column, bytes: 1 }];
    const piece = byRows ? undefined : stretch;
    inRounds(f, { lanes, length, piece, unrolled: slots, pointers }, (vectors, lastCount) => {
      write(new SideBySideLanes(source, { result, column, vectors, lastCount }));
    });
  });
}
