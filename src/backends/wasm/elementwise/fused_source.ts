/** The results of a fusion, read row by row as if they were in memory. */

import type { Fusion } from "../../../compile/program.ts";
import type { Expression } from "../assembler.ts";
import { i32 } from "../assembler.ts";
import { nodeValue } from "./fused_values.ts";
import { hold, type LaneCode, type LaneValue } from "./lane_code.ts";
import { loadElements, loadEverywhere } from "./memory.ts";
import type { Vector } from "../math/float_code.ts";
import { type Pointer, pointerAt } from "./row_loop.ts";
import { isConstant, type Walker } from "./walk.ts";

/** A fusion along one row. */
export interface SourceRow {
  /** What to move along the row. */
  readonly pointers: readonly Pointer[];
  /** The results for `count` elements, `position` vectors from the pointers. */
  readonly valuesAt: (count: number, position?: number) => LaneValue[];
}

/** Values that are made before a loop, by number: inputs first, then nodes. */
type Known = ReadonlyMap<number, LaneValue>;

/** Reads the results of a fusion; what stays the same is computed once, what can be once a row. */
export class FusedSource {
  readonly #code: LaneCode;
  readonly #fusion: Fusion;
  readonly #inputs: readonly Walker[];
  readonly #constants: Known;

  /** Writes what is the same in every row. */
  constructor(code: LaneCode, fusion: Fusion, inputs: readonly Walker[]) {
    this.#code = code;
    this.#fusion = fusion;
    this.#inputs = inputs;
    this.#constants = this.#known(new Map(), isConstant, ({ address }) => i32.const(address));
  }

  /** Writes what is the same along a row that begins `offset` elements after `startOf`. */
  row(startOf: (walker: Walker) => Expression<"i32">, offset?: Expression<"i32">): SourceRow {
    const { f } = this.#code;
    const known = this.#known(this.#constants, ({ advances }) => !advances, startOf);
    const pointers = new Map<Walker, Pointer>();
    for (const input of this.#inputs) {
      if (input.advances) pointers.set(input, pointerAt(f, input, startOf, offset));
    }
    const valuesAt = (count: number, position = 0): LaneValue[] => {
      const values = this.#complete(known, (input) => {
        const { at, bytes } = pointers.get(input)!;
        const distance = position * this.#code.lanes * bytes;
        return loadElements(this.#code, input.dtype, at, count, distance);
      });
      return this.#fusion.results.map((result) => values.get(this.#inputs.length + result)!);
    };
    return { pointers: [...pointers.values()], valuesAt };
  }

  /** What `known` and the inputs that stay where they are determine. */
  #known(
    known: Known,
    stays: (input: Walker) => boolean,
    startOf: (walker: Walker) => Expression<"i32">,
  ): Known {
    return this.#complete(known, (input) => {
      return stays(input) ? loadEverywhere(this.#code, input.dtype, startOf(input)) : null;
    });
  }

  /** All values that follow from what is known and from the inputs that can be loaded. */
  #complete(known: Known, load: (input: Walker) => Vector | null): Known {
    const values = new Map(known);
    this.#inputs.forEach((input, i) => {
      const vector = values.has(i) ? null : load(input);
      if (vector) values.set(i, { dtype: input.dtype, vector: hold(this.#code, vector) });
    });
    this.#fusion.nodes.forEach((node, i) => {
      const number = this.#inputs.length + i;
      if (values.has(number) || !node.inputs.every((input) => values.has(input))) return;
      const inputs = node.inputs.map((input) => values.get(input)!);
      values.set(number, nodeValue(this.#code, node, inputs));
    });
    return values;
  }
}
