/** The loop along a row: several vectors at a time, then single ones, then what is left over. */

import { bytesPerElement } from "../../../ops/dtype.ts";
import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32 } from "../assembler.ts";
import type { Stretch } from "../share.ts";
import type { LaneCount } from "./lane_code.ts";
import type { Walker } from "./walk.ts";

/** A place in memory that moves along a row. */
export interface Pointer {
  readonly at: Local<"i32">;
  /** The bytes of one element. */
  readonly bytes: number;
}

/** A pointer to where a walker stands, `offset` elements after the start of its row. */
export function pointerAt(
  f: FunctionBuilder,
  walker: Walker,
  startOf: (walker: Walker) => Expression<"i32">,
  offset?: Expression<"i32">,
): Pointer {
  const bytes = bytesPerElement(walker.dtype);
  const start = startOf(walker);
  return { bytes, at: f.let(offset ? i32.add(start, i32.mul(offset, bytes)) : start) };
}

/** What is known of a row when its loop is written. */
export interface Row {
  readonly lanes: LaneCount;
  /** The number of elements of a whole row. */
  readonly length: number;
  /** The piece of the row to walk along, if not all of it; all but the last are whole rounds. */
  readonly piece?: Stretch | undefined;
  /** How many vectors a round of the main loop has. */
  readonly unrolled: number;
  /** Whether the vectors of a round take turns: then they must need nothing of one another. */
  readonly inTurns?: boolean | undefined;
  /** What moves along. */
  readonly pointers: readonly Pointer[];
}

/** A row of so few vectors is written without a loop. */
const shortRow = 4;

/** Writes what happens to `vectors` neighbouring vectors; the last one has `lastCount` elements. */
export type Round = (vectors: number, lastCount: number) => void;

/** Walks along a row, round by round. */
export function inRounds(f: FunctionBuilder, row: Row, round: Round): void {
  const { lanes, length, piece, unrolled, pointers } = row;
  const rest = length % lanes;
  const vectors = Math.ceil(length / lanes);
  if (!piece && vectors <= shortRow) return round(vectors, rest || lanes);
  const left = f.let(piece ? i32.sub(piece.to, piece.from) : i32.const(length));
  for (const vectors of new Set([unrolled, 1])) {
    const count = vectors * lanes;
    if (length < count) continue;
    f.while(i32.greaterEqual(left, count), () => {
      round(vectors, lanes);
      for (const { at, bytes } of pointers) f.increase(at, count * bytes);
      f.increase(left, -count);
    });
  }
  if (rest === 0) return;
  if (piece) f.if(left, () => round(1, rest));
  else round(1, rest);
}

/** Writes what happens to `count` neighbouring elements, `position` vectors from the pointers. */
export type Step = (count: number, position: number) => void;

/** Walks along a row, vector by vector. */
export function alongRow(f: FunctionBuilder, row: Row, step: Step): void {
  const { lanes, inTurns } = row;
  inRounds(f, row, (vectors, lastCount) => {
    const steps = Array.from({ length: vectors }, (_, position) => () => {
      step(position === vectors - 1 ? lastCount : lanes, position);
    });
    if (inTurns) f.inTurns(steps);
    else for (const take of steps) take();
  });
}
