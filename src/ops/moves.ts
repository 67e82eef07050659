/** Operations that only move numbers, stated as data: every backend reads where they go. */

import { addStrided, copyStrided, joinAxes, type Walk } from "./loops.ts";
import type { Each, Op } from "./op.ts";
import { type Shape, stridesOf } from "./shape.ts";

/** Numbers that go from an input to the output, one for each step along each axis. */
export interface Move {
  /** Which input they come from. */
  readonly input: number;
  /** How many steps there are along each axis. */
  readonly lengths: readonly number[];
  /** How the input is walked. */
  readonly from: Walk;
  /** How the output is walked. */
  readonly to: Walk;
}

/** All that such an operation does. */
export interface Moves {
  /** What the output is filled with before, where the moves do not reach all of it. */
  readonly fill?: number;
  /** What is moved, one after the other. */
  readonly moves: readonly Move[];
  /** Whether numbers that come to one place are added up, rather than the last one kept. */
  readonly adds?: boolean;
}

/** An operation that only moves numbers. */
export interface MovingOp<Inputs extends readonly unknown[], Attributes>
  extends Op<Inputs, Attributes> {
  /** What it moves, for these shapes. */
  moves(shapes: Each<Inputs, Shape>, output: Shape, attributes: Attributes): Moves;
}

/** Whether an operation only moves numbers. */
export function isMoving(op: object): op is MovingOp<readonly unknown[], unknown> {
  return "moves" in op;
}

/** The operation that does what its moves say. */
export function moving<Inputs extends readonly unknown[], Attributes>(
  op: Omit<MovingOp<Inputs, Attributes>, "forward">,
): MovingOp<Inputs, Attributes> {
  return {
    ...op,
    forward: (output, inputs, attributes) => {
      const shapes = inputs.map(({ shape }) => shape) as unknown as Each<Inputs, Shape>;
      const { fill, moves, adds = false } = op.moves(shapes, output.shape, attributes);
      if (fill !== undefined) output.data.fill(fill);
      const walk = adds ? addStrided : copyStrided;
      for (const { input, lengths, from, to } of moves) {
        walk(lengths, { ...to, data: output.data }, { ...from, data: inputs[input]!.data });
      }
    },
  };
}

/** How many neighbouring numbers a move writes at a time: neighbours as well, or one again and again. */
export function runOf({ lengths, from, to }: Move): number {
  const loop = joinAxes({ lengths, strides: [from.strides, to.strides] });
  const [read, written] = loop.strides.map((strides) => strides.at(-1));
  return written === 1 && (read === 1 || read === 0) ? loop.lengths.at(-1)! : 1;
}

/** The move that fills the output in its order, with what a walk through the first input meets. */
export function readAlong(from: Walk, output: Shape): Moves {
  return { moves: [{ input: 0, lengths: output, from, to: wholeOf(output) }] };
}

/** An array walked from beginning to end. */
export function wholeOf(shape: Shape): Walk {
  return { start: 0, strides: stridesOf(shape) };
}
