/** Kernels that compute a fusion for whole arrays. */

import type { Fusion, Program, Step } from "../../../compile/program.ts";
import type { Elementwise } from "../../../ops/elementwise_op.ts";
import type { Shape } from "../../../ops/shape.ts";
import type { Local } from "../assembler.ts";
import * as math from "../math/mod.ts";
import type { KernelContext } from "../math/kernel_context.ts";
import { type Kernel, type Share, type Stretch, stretchOf } from "../share.ts";
import { FusedSource } from "./fused_source.ts";
import type { LaneCode } from "./lane_code.ts";
import { laneCode, laneCount } from "./lane_code.ts";
import { storeElements } from "./memory.ts";
import { alongRow, pointerAt } from "./row_loop.ts";
import { type Operand, rowStarts, type Walk, type Walker, walkOf } from "./walk.ts";

/** One elementwise step as a fusion of one node. */
export function singleFusion(
  { slots }: Program,
  { op, inputs, outputs, attributes }: Step,
): Fusion {
  const operands = inputs.map((_, i) => i);
  const { dtype } = slots[outputs[0]!]!;
  return { nodes: [{ op: op as Elementwise, inputs: operands, attributes, dtype }], results: [0] };
}

/** The arrays that a fusion reads and writes. */
export interface FusionPlace {
  /** The shape of every output, which the inputs are broadcast to. */
  readonly shape: Shape;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Omit<Operand, "shape">[];
}

/** Rows from which on whole rows are shared out; fewer rows are cut into pieces. */
const manyRows = 32;
/** Pieces have a multiple of this many elements, so that no two threads write one cache line. */
const pieceUnit = 64;

/**
 * A kernel that computes a fusion. An output may lie where an input of its shape, with as many
 * bytes to an element, lies; nothing else may overlap.
 */
export function emitFusion(
  context: KernelContext,
  fusion: Fusion,
  { shape, inputs, outputs }: FusionPlace,
): Kernel {
  const walk = walkOf(shape, [...inputs, ...outputs.map((output) => ({ ...output, shape }))]);
  const lanes = laneCount([...walk.walkers, ...fusion.nodes].map(({ dtype }) => dtype));
  return context.module.function({ params: ["i32", "i32"] }, (f, from, to) => {
    if (walk.rows * walk.length === 0) return;
    const code = laneCode(f, context, lanes);
    const source = new FusedSource(code, fusion, walk.walkers.slice(0, inputs.length));
    writeRows(code, { fusion, source, walk, outputs: walk.walkers.slice(inputs.length) }, {
      from,
      to,
    });
  });
}

/** What to compute, and where the results go. */
interface Work {
  readonly fusion: Fusion;
  readonly source: FusedSource;
  readonly walk: Walk;
  readonly outputs: readonly Walker[];
}

/** Computes a share: some of the rows, or a piece of every row. */
function writeRows(code: LaneCode, work: Work, share: Share): void {
  const { f } = code;
  const { rows, length } = work.walk;
  const row = f.local("i32");
  if (rows >= manyRows) {
    const { from, to } = stretchOf(f, rows, share);
    f.for(row, { from, below: to }, () => writeRow(code, work, row));
  } else {
    const piece = stretchOf(f, length, share, pieceUnit);
    f.for(row, { below: rows }, () => writeRow(code, work, row, piece));
  }
}

function writeRow(code: LaneCode, work: Work, row: Local<"i32">, piece?: Stretch): void {
  const { f, lanes } = code;
  const { fusion, source, walk, outputs } = work;
  const startOf = rowStarts(f, walk, row);
  const { pointers, valuesAt } = source.row(startOf, piece?.from);
  const targets = outputs.map((output) => pointerAt(f, output, startOf, piece?.from));
  const loop = {
    lanes,
    length: walk.length,
    piece,
    unrolled: unrolledVectors(fusion),
    pointers: [...pointers, ...targets],
  };
  alongRow(f, loop, (count, position) => {
    valuesAt(count, position).forEach(({ vector }, i) => {
      const { at, bytes } = targets[i]!;
      storeElements(code, outputs[i]!.dtype, at, vector, count, position * lanes * bytes);
    });
  });
}

/** How many vectors a round of the loop has: more, the shorter the code of each. */
function unrolledVectors({ nodes }: Fusion): number {
  const length = nodes.reduce((sum, { op }) => sum + (op.name in math ? 16 : 1), 0);
  return length <= 3 ? 8 : length <= 6 ? 4 : length <= 32 ? 2 : 1;
}
