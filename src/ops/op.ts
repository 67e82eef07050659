/** What an operation is: a plain object with its shape, its value and its derivatives. */

import type { NumberPullback } from "../autodiff/on_numbers.ts";
import type { DType, TypedArray } from "./dtype.ts";
import type { Shape } from "./shape.ts";

/** Numbers in row-major order, with their shape: what a kernel reads and writes. */
export interface Block {
  /** The numbers. */
  readonly data: TypedArray;
  /** The length along each axis. */
  readonly shape: Shape;
}

/** For each member of a tuple, a `T`. */
export type Each<Inputs extends readonly unknown[], T> = { readonly [I in keyof Inputs]: T };

/** Computes an operation: reads `inputs`, writes `output`; it neither allocates nor checks. */
export type Kernel = (output: Block, inputs: readonly Block[], attributes: never) => void;

/**
 * A primitive operation: its shape, its value and its derivative. `Inputs` is the tuple of what it
 * takes, so that a missing pullback is a compile error; `Attributes` is everything about a call
 * that is not a tensor.
 */
export interface Op<Inputs extends readonly unknown[] = readonly unknown[], Attributes = unknown> {
  /** The name in messages, programs and formulas. */
  readonly name: string;
  /** The output's shape; throws where the inputs' shapes do not fit. */
  shape(shapes: Each<Inputs, Shape>, attributes: Attributes): Shape;
  /** The output's kind of number; throws where the inputs' kinds do not fit. */
  dtype(dtypes: Each<Inputs, DType>, attributes: Attributes): DType;
  /** Writes the result into `output`, which is already allocated: the definition of correct. */
  forward(output: Block, inputs: Each<Inputs, Block>, attributes: Attributes): void;
  /** One per input, null where no derivative flows; a function of the index for any number. */
  readonly pullbacks:
    | { readonly [I in keyof Inputs]: AnyPullback | null }
    | ((index: number) => AnyPullback);
  /** Whether the output is the first input's numbers under another shape, so nothing is computed. */
  readonly alias?: boolean;
  /** Whether its kernels may write the output over the first input, as elementwise ones may. */
  readonly mayOverwrite?: boolean;
  /** Whether its kernel refuses some numbers, as an index that is not there, by an error. */
  readonly mayRefuse?: boolean;
}

/** A pullback whose types are checked where the operation is written, not where it is called. */
export interface AnyPullback {
  // deno-lint-ignore no-explicit-any
  (g: any, inputs: any, output: any, attributes: any): any;
  /** @internal The same on plain numbers, where it was made already. */
  onNumbers?: NumberPullback;
}

/** Attributes as text that is the same for equal ones alone, infinities and -0 among them. */
export function attributesKey(attributes: unknown): string {
  return JSON.stringify(attributes, (_, value) => {
    if (typeof value !== "number") return value;
    return Object.is(value, -0) ? "-0" : Number.isFinite(value) ? value : String(value);
  }) ?? "";
}

/** Attributes whose arrays nobody else can change: those of a caller are copied. */
export function ownAttributes(attributes: unknown): unknown {
  if (typeof attributes !== "object" || attributes === null) return attributes;
  let own = attributes as Record<string, unknown>;
  for (const field in attributes) {
    const value = attributes[field as never];
    if (!Array.isArray(value)) continue;
    if (own === attributes) own = { ...own };
    own[field] = copyOf(value);
  }
  return own;
}

function copyOf(array: readonly unknown[]): unknown[] {
  return array.map((entry) => Array.isArray(entry) ? copyOf(entry) : entry);
}

/** Whether attributes are the same, field by field: as `attributesKey` has it, without the text. */
export function sameAttributes(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  let fields = 0;
  for (const field in a) {
    if (!sameAttributes(a[field as never], b[field as never])) return false;
    fields++;
  }
  for (const _ in b) fields--;
  return fields === 0;
}
