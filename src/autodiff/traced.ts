/** All that differentiation asks of a value. */

import { UsageError } from "../ops/error.ts";
import type { Op } from "../ops/op.ts";
import type { Shape } from "../ops/shape.ts";

/** The operation that made a value, what it was given, and how it was called. */
export interface Origin<T = Traced> {
  /** The operation. */
  readonly op: Op;
  /** The values it was applied to. */
  readonly inputs: readonly T[];
  /** Everything about the call that is not a value. */
  readonly attributes: unknown;
  /** Whether no derivative flows back through the call: it is remembered for a trace alone. */
  readonly isCut?: boolean;
  /** Which trace the call was made in, if any: to others what it computed is as it is. */
  readonly trace?: number;
}

/** A value that remembers how it was computed: a scalar `Value` or a `Tensor`. */
export interface Traced {
  /** The call that made this value, or null where it was not computed or nobody will ask. */
  readonly origin: Origin | null;
  /** Whether derivatives by this value itself are wanted. */
  readonly requiresGrad: boolean;
  /** The length along each axis; a scalar has none. */
  readonly shape: Shape;
  /** Whether it holds floating-point numbers, so that a derivative by it makes sense. */
  readonly isDifferentiable: boolean;
  /** Whether its numbers are not known yet, since a function is being traced. */
  readonly isSymbolic: boolean;
  /** @internal Where it stood in the history listed last, see `history`; 0 at first. */
  place: number;
  /** The sum with another value of the same kind, or with a plain number. */
  add(other: this | number): this;
  /** This cotangent added up over the axes along which `input` was broadcast. */
  sumLike(input: this): this;
  /** The same numbers as a variable of a transform, still connected to this value. */
  asVariable(): this;
  /** The same numbers without a history: nothing flows back through it. */
  detach(): this;
  /** A value of the same shape and kind filled with one number. */
  fillLike(number: number): this;
}

/** Numbers were asked for that are not known yet, since a function is being traced. */
export class TracingError extends UsageError {}

/** Whether a value is one that derivatives flow through. */
export function isTraced(value: unknown): value is Traced {
  return typeof value === "object" && value !== null && "origin" in value && "sumLike" in value;
}

/** Whether a value depends on something that derivatives are wanted by, or may. */
export function isTracked(value: Traced): boolean {
  return value.requiresGrad || value.origin !== null;
}
