/**
 * The lanes of an array that a kernel reduces at the same time: one that lies along a row of
 * memory, or several side by side. A reduction is written once for both.
 */

import type { DType } from "../../../ops/dtype.ts";
import type { FusedSource, SourceRow } from "../elementwise/fused_source.ts";
import type { LaneCode, LaneValue } from "../elementwise/lane_code.ts";
import { loadElements, storeElements } from "../elementwise/memory.ts";
import { type Pointer, pointerAt } from "../elementwise/row_loop.ts";
import { rowStarts, type Walker } from "../elementwise/walk.ts";
import type { Expression } from "../assembler.ts";
import type { Vector } from "../math/float_code.ts";
import type { ReductionWalk } from "./reduction_walk.ts";

/** Neighbouring elements of a lane, or of as many lanes. */
export interface Element {
  /** Which of the group's vectors of results the elements belong to. */
  readonly slot: number;
  /** How many elements there are; what else a vector holds is none of them. */
  readonly count: number;
  /** The elements. */
  value(): Vector;
  /** Where in their lanes the elements stand, as 32-bit integers. */
  index(): Vector;
  /** Writes as many elements of the output. */
  store(vector: Vector): void;
  /** The elements of the output. */
  stored(): Vector;
}

/** What is gathered of a lane while it is visited: one value, or several that belong together. */
export type State = readonly LaneValue[];

/** Lanes that are reduced together. */
export interface LaneGroup {
  readonly source: LaneSource;
  /** How many vectors of results are gathered at the same time. */
  readonly slots: number;
  /** Visits all elements in an order that depends on the shape alone. */
  each(visit: (element: Element) => void, afterBlock?: () => void): void;
  /** Combines what the slots have gathered, as far as it belongs to the same lane. */
  gather(states: readonly State[], combine: (a: State, b: State) => State): readonly State[];
  /** Writes the results of the slots. */
  storeResults(output: Place, results: readonly Vector[]): void;
}

/** Where results begin in memory, and what kind they are. */
export interface Place {
  readonly address: number;
  readonly dtype: DType;
}

/** Elements that a lane adds up before the sum goes to one of higher precision. */
export const blockLength = 128;

/** What is reduced, and where an output of the same shape goes. */
export interface LaneSource {
  readonly code: LaneCode;
  readonly values: FusedSource;
  readonly dtype: DType;
  readonly walk: ReductionWalk;
  /** Whether the places of the elements in their lanes are asked for. */
  readonly indexed?: boolean;
  /** Whether the vectors along a row take turns: it pays where each has many instructions. */
  readonly inTurns?: boolean;
  /** Where results that keep the shape are written. */
  readonly output?: Walker | undefined;
}

/** A row of a source, with its output. */
export interface LaneRow extends SourceRow {
  readonly output: Pointer | undefined;
}

/** A row, from `offset` elements after its start. */
export function beginRow(
  { code: { f }, values, walk, output }: LaneSource,
  row: Expression<"i32">,
  offset?: Expression<"i32">,
): LaneRow {
  const startOf = rowStarts(f, walk, row);
  const source = values.row(startOf, offset);
  const target = output && pointerAt(f, output, startOf, offset);
  return { ...source, output: target, pointers: [...source.pointers, ...target ? [target] : []] };
}

/** `count` elements of a row, `position` vectors after its pointers. */
export function elementAt(
  { code, dtype }: LaneSource,
  { valuesAt, output }: LaneRow,
  { slot, count, position }: { slot: number; count: number; position: number },
  index: () => Vector,
): Element {
  const offset = position * code.lanes * (output?.bytes ?? 0);
  return {
    slot,
    count,
    index,
    value: () => valuesAt(count, position)[0]!.vector,
    store: (vector) => storeElements(code, dtype, output!.at, vector, count, offset),
    stored: () => loadElements(code, dtype, output!.at, count, offset),
  };
}
