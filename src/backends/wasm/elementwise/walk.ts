/**
 * How a kernel walks through arrays of several shapes at once: rows of neighbouring elements,
 * along which each operand either advances with the others or stays where it is.
 */

import { bytesPerElement, type DType } from "../../../ops/dtype.ts";
import { broadcastStrides, joinAxes } from "../../../ops/loops.ts";
import { type Shape, sizeOf, stridesOf } from "../../../ops/shape.ts";
import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { i32 } from "../assembler.ts";

/** An array in memory. */
export interface Operand {
  /** Where it begins, in bytes. */
  readonly address: number;
  /** The length along each axis. */
  readonly shape: Shape;
  /** The kind of its numbers. */
  readonly dtype: DType;
}

/** An operand as it is walked: how many bytes it moves along each of the axes. */
export interface Walker {
  readonly address: number;
  readonly dtype: DType;
  readonly strides: readonly number[];
  /** Whether it advances along a row, one element at a time. */
  readonly advances: boolean;
}

/** Rows to walk along: how many there are along each outer axis, and how long they are. */
export interface Walk {
  readonly outer: readonly number[];
  readonly rows: number;
  readonly length: number;
  readonly walkers: readonly Walker[];
}

/** The walk of `operands`, each broadcast to `shape`. */
export function walkOf(shape: Shape, operands: readonly Operand[]): Walk {
  const strides = operands.map((operand) => broadcastStrides(operand.shape, shape));
  const joined = joinAxes({ lengths: shape, strides });
  const single = { lengths: [1], strides: strides.map(() => [1]) };
  const loop = joined.lengths.length === 0 ? single : joined;
  const outer = loop.lengths.slice(0, -1);
  return {
    outer,
    rows: sizeOf(outer),
    length: loop.lengths.at(-1)!,
    walkers: operands.map(({ address, dtype }, i) => ({
      address,
      dtype,
      strides: loop.strides[i]!.slice(0, -1).map((stride) => stride * bytesPerElement(dtype)),
      advances: loop.strides[i]!.at(-1) !== 0,
    })),
  };
}

/** Whether a walker is at the same place in every row. */
export function isConstant({ strides, advances }: Walker): boolean {
  return !advances && strides.every((stride) => stride === 0);
}

/** Where each walker stands at the start of a row. */
export function rowStarts(
  f: FunctionBuilder,
  { outer }: Walk,
  row: Expression<"i32">,
): (walker: Walker) => Expression<"i32"> {
  const places: (Local<"i32"> | undefined)[] = [];
  const rowMajor = stridesOf(outer);
  const placeAlong = (axis: number): Expression<"i32"> => {
    if (outer.length === 1) return row;
    const steps = axis === outer.length - 1 ? row : i32.divUnsigned(row, rowMajor[axis]!);
    return places[axis] ??= f.let(axis === 0 ? steps : i32.remainderUnsigned(steps, outer[axis]!));
  };
  return ({ address, strides }) => {
    const step = strides.at(-1) ?? 0;
    const plain = strides.every((stride, axis) => stride === step * rowMajor[axis]!);
    if (plain) return offset(address, step === 0 ? [] : [i32.mul(row, step)]);
    const moving = strides.flatMap((stride, axis) => stride === 0 ? [] : [{ stride, axis }]);
    return offset(address, moving.map(({ stride, axis }) => i32.mul(placeAlong(axis), stride)));
  };
}

function offset(address: number, moves: readonly Expression<"i32">[]): Expression<"i32"> {
  return moves.reduce((sum, move) => i32.add(sum, move), i32.const(address));
}
