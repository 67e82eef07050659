/** A lane that lies along a row of memory, or along several rows. */

import { bytesPerElement } from "../../../ops/dtype.ts";
import type { Local } from "../assembler.ts";
import { i32, i32x4, least } from "../assembler.ts";
import type { LaneValue } from "../elementwise/lane_code.ts";
import { hold, laneIntegers, permuteLanes } from "../elementwise/lane_code.ts";
import { storeElements } from "../elementwise/memory.ts";
import { alongRow } from "../elementwise/row_loop.ts";
import type { Vector } from "../math/float_code.ts";
import type { Stretch } from "../share.ts";
import type { Element, LaneGroup, LaneSource, Place, State } from "./lane_group.ts";
import { beginRow, blockLength, elementAt } from "./lane_group.ts";

/** The lane of one result; its vectors go to the slots in turn. */
export class RowLane implements LaneGroup {
  readonly source: LaneSource;
  readonly slots: number;
  readonly #result: Local<"i32">;

  /** The lane with number `result`. */
  constructor(source: LaneSource, slots: number, result: Local<"i32">) {
    this.source = source;
    this.slots = slots;
    this.#result = result;
  }

  each(visit: (element: Element) => void, afterBlock?: () => void): void {
    const { code: { f, lanes }, walk: { depth, length } } = this.source;
    const block = blockLength * this.slots * lanes;
    const row = f.local("i32");
    f.for(row, { below: depth }, () => {
      if (!afterBlock || length <= block) {
        this.#along(row, visit);
        return afterBlock?.();
      }
      const from = f.local("i32");
      f.for(from, { below: length, step: block }, () => {
        const end = f.let(i32.add(from, block));
        const to = f.let(least(end, length));
        this.#along(row, visit, { from, to });
        afterBlock();
      });
    });
  }

  gather(states: readonly State[], combine: (a: State, b: State) => State): readonly State[] {
    const { code, code: { lanes } } = this.source;
    const holding = (a: State, b: State): State =>
      combine(a, b).map(({ dtype, vector }) => ({ dtype, vector: hold(code, vector) }));
    const moved = (state: State, order: readonly number[]): State =>
      state.map((value): LaneValue => ({ ...value, vector: permuteLanes(lanes, value, order) }));
    const orders = lanes === 4 ? [[2, 3, 0, 1], [1, 0, 3, 2]] : [[1, 0]];
    const all = orders.reduce(
      (state, order) => holding(state, moved(state, order)),
      states.reduce(holding),
    );
    return states.map(() => all);
  }

  storeResults({ address, dtype }: Place, results: readonly Vector[]): void {
    const at = i32.add(address, i32.mul(this.#result, bytesPerElement(dtype)));
    storeElements(this.source.code, dtype, at, results[0]!, 1);
  }

  /** Visits the elements of one of the lane's rows, or of a piece of it. */
  #along(row: Local<"i32">, visit: (element: Element) => void, piece?: Stretch): void {
    const { source, slots } = this;
    const { code: { f, lanes }, walk: { depth, length }, indexed, inTurns } = source;
    const begun = beginRow(source, i32.add(i32.mul(this.#result, depth), row), piece?.from);
    const start = i32.mul(row, length);
    const index = { at: f.let(piece ? i32.add(start, piece.from) : start), bytes: 1 };
    const pointers = [...begun.pointers, ...indexed ? [index] : []];
    const loop = { lanes, length, piece, unrolled: slots, inTurns, pointers };
    alongRow(f, loop, (count, position) => {
      const order = laneIntegers(lanes, (lane) => position * lanes + lane);
      const indexAt = (): Vector => i32x4.add(i32x4.splat(index.at), order);
      visit(elementAt(source, begun, { slot: position % slots, count, position }, indexAt));
    });
  }
}
