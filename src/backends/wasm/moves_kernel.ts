/** Steps that only move numbers, as the moves of their operations say. */

import type { Program, Step } from "../../compile/program.ts";
import { isMoving } from "../../ops/moves.ts";
import { sizeOf } from "../../ops/shape.ts";
import type { Emitter } from "./kernels.ts";
import { emitFill } from "./moves/fill.ts";
import { emitMove, type Route, touchesTwice } from "./moves/move.ts";
import { phaseOf } from "./share.ts";

/** Moves of fewer numbers than this are not divided among threads. */
const parallelMoves = 1 << 14;

/** The emitter of a step that moves numbers, or null where it does more. */
export function movesEmitter({ slots }: Program, step: Step): Emitter | null {
  const { op, inputs, outputs, attributes } = step;
  if (!isMoving(op)) return null;
  const output = outputs[0]!;
  const { shape, dtype } = slots[output]!;
  const shapes = inputs.map((value) => slots[value]!.shape);
  const { fill, moves, adds = false } = op.moves(shapes, shape, attributes);
  const size = moves.reduce((sum, { lengths }) => sum + sizeOf(lengths), 0);
  return {
    prepare() {},
    emit({ context, offsets }) {
      const target = offsets[output]!;
      const routes = moves.map((move): Route => ({
        ...move,
        dtype,
        adds,
        source: offsets[inputs[move.input]!]!,
        target,
      }));
      const kernels = routes.map((route) => emitMove(context.module, route));
      if (fill !== undefined) {
        const filled = { address: target, dtype, size: sizeOf(shape), number: fill };
        kernels.unshift(emitFill(context.module, filled));
      }
      const isParallel = size >= parallelMoves && !routes.some(touchesTwice);
      return { phases: kernels.map(phaseOf), isParallel };
    },
  };
}
