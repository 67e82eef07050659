/** Adds the parts of sums that threads have added up apart, each over its own stretch of the depth. */

import type { Callee, FunctionBuilder, Local } from "../assembler.ts";
import { i32 } from "../assembler.ts";
import { stretchOf } from "../share.ts";
import { loadLanes } from "../vector.ts";
import type { MatmulContext } from "./parts.ts";
import { emitAddress, emitFinish, emitStart, type Result } from "./result.ts";

/** The parameters of a merge: where a share begins and ends, and where result and sums are. */
export type MergeParams = readonly ["i32", "i32", "i32", "i32"];

const wholeVectors = 4; // as many sums at a time as hide the latency of a load

/** Writes the function that finishes a share of the rows of the result. */
export function emitMerge(
  { module, shape: { m, n }, layout }: MatmulContext,
  result: Result,
  exported: { readonly export?: string },
): Callee<MergeParams, "void"> {
  const { vector } = result;
  const params = ["i32", "i32", "i32", "i32"] as const;
  return module.function({ ...exported, params }, (f, from, to, out, apart) => {
    const rows = stretchOf(f, m, { from, to });
    const row = f.local("i32"), column = f.local("i32");
    const some = (vectors: number, lastLanes: number): void => {
      const place = { out, row, column, first: 1, last: 1 } as const;
      const sums = Array.from({ length: vectors }, () => f.local("v128"));
      const tile = { rows: [sums], lastLanes };
      const address = emitAddress(f, result, place);
      emitStart(f, result, tile, place, address);
      addParts(f, { sums, lastLanes, from: f.let(i32.add(apart, i32.sub(address, out))) });
      emitFinish(f, result, tile, place, address);
    };
    const addParts = (
      f: FunctionBuilder,
      { sums, lastLanes, from }: {
        readonly sums: readonly Local<"v128">[];
        readonly lastLanes: number;
        readonly from: Local<"i32">;
      },
    ): void => {
      for (let stretch = 0; stretch < layout.stretches; stretch++) {
        sums.forEach((sum, v) => {
          const lanes = v === sums.length - 1 ? lastLanes : vector.lanes;
          f.set(sum, vector.add(sum, loadLanes(vector, from, lanes, v * 16)));
        });
        f.increase(from, layout.sums);
      }
    };
    const width = wholeVectors * vector.lanes;
    const rest = n % width;
    f.for(row, { from: rows.from, below: rows.to }, () => {
      f.for(column, { from: 0, below: n - rest, step: width }, () => {
        some(wholeVectors, vector.lanes);
      });
      if (rest === 0) return;
      f.set(column, n - rest);
      const vectors = Math.ceil(rest / vector.lanes);
      some(vectors, rest - (vectors - 1) * vector.lanes);
    });
  });
}
