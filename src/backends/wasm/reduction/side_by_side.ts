/** Lanes that lie side by side: each row of memory has the next element of all of them. */

import { bytesPerElement } from "../../../ops/dtype.ts";
import type { Local } from "../assembler.ts";
import { i32, i32x4 } from "../assembler.ts";
import { storeElements } from "../elementwise/memory.ts";
import type { Vector } from "../math/float_code.ts";
import type { Element, LaneGroup, LaneSource, Place, State } from "./lane_group.ts";
import { beginRow, blockLength, elementAt } from "./lane_group.ts";

/** Which lanes: some columns of the rows that make a row of results. */
export interface Columns {
  /** The number of the row of results. */
  readonly result: Local<"i32">;
  /** The first column. */
  readonly column: Local<"i32">;
  /** How many vectors of columns there are. */
  readonly vectors: number;
  /** How many columns the last vector has. */
  readonly lastCount: number;
}

/** Neighbouring lanes, a slot for each vector of them. */
export class SideBySideLanes implements LaneGroup {
  readonly source: LaneSource;
  readonly slots: number;
  readonly #columns: Columns;

  /** The lanes at some columns. */
  constructor(source: LaneSource, columns: Columns) {
    this.source = source;
    this.slots = columns.vectors;
    this.#columns = columns;
  }

  each(visit: (element: Element) => void, afterBlock?: () => void): void {
    const { code: { f }, walk: { depth } } = this.source;
    const index = f.local("i32");
    if (!afterBlock || depth <= blockLength) {
      f.for(index, { below: depth }, () => this.#row(index, visit));
      return afterBlock?.();
    }
    const block = f.local("i32");
    f.for(block, { below: depth, step: blockLength }, () => {
      const within = f.local("i32");
      f.for(within, { below: blockLength }, () => {
        f.set(index, i32.add(block, within));
        f.if(i32.less(index, depth), () => this.#row(index, visit));
      });
      afterBlock();
    });
  }

  gather(states: readonly State[]): readonly State[] {
    return states;
  }

  storeResults({ address, dtype }: Place, results: readonly Vector[]): void {
    const { code, code: { f }, walk: { length } } = this.source;
    const { result, column } = this.#columns;
    const bytes = bytesPerElement(dtype);
    const place = i32.add(i32.mul(result, length), column);
    const at = f.let(i32.add(address, i32.mul(place, bytes)));
    results.forEach((vector, slot) => {
      storeElements(code, dtype, at, vector, this.#count(slot), slot * code.lanes * bytes);
    });
  }

  /** Visits the elements in one row. */
  #row(index: Local<"i32">, visit: (element: Element) => void): void {
    const { source, slots } = this;
    const { result, column } = this.#columns;
    const row = i32.add(i32.mul(result, source.walk.depth), index);
    const begun = beginRow(source, row, column);
    for (let slot = 0; slot < slots; slot++) {
      const place = { slot, count: this.#count(slot), position: slot };
      visit(elementAt(source, begun, place, () => i32x4.splat(index)));
    }
  }

  #count(slot: number): number {
    return slot === this.slots - 1 ? this.#columns.lastCount : this.source.code.lanes;
  }
}
