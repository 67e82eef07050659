/** When operations remember their inputs. */

import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import type { Op } from "../ops/op.ts";
import type { Origin } from "./traced.ts";

let recording = true;
let transforms = 0;
let traces = 0;
let traceCount = 0;

/** Whether operations remember their inputs at present. */
export function isRecording(): boolean {
  return recording;
}

/** Runs `f` with remembering on or off, and puts it back as it was. */
export function withRecording<T>(on: boolean, f: () => T): T {
  const before = recording;
  recording = on;
  try {
    return f();
  } finally {
    recording = before;
  }
}

/** Whether a function is being differentiated at present, so that its results may be too. */
export function isTransforming(): boolean {
  return transforms > 0;
}

/** Runs a function that is being differentiated. */
export function insideTransform<T>(f: () => T): T {
  transforms++;
  try {
    return withRecording(true, f);
  } finally {
    transforms--;
  }
}

/** Whether a function is being traced at present, so that what it does to others is done once. */
export function isTracing(): boolean {
  return traces > 0;
}

/** The number of the present trace, or of the one that has just ended; 0 before the first. */
export function presentTrace(): number {
  return traceCount;
}

/** Runs a function that is being traced. */
export function insideTrace<T>(f: () => T): T {
  if (traces++ === 0) traceCount++;
  try {
    return withRecording(true, f);
  } finally {
    traces--;
  }
}

/** What the result of a call remembers of it; where nothing is recorded only a trace will ask. */
export function originOf<T>(op: Op, inputs: readonly T[], attributes: unknown): Origin<T> {
  const origin = { op, inputs, attributes };
  return isTracing() ? { ...origin, isCut: !recording, trace: traceCount } : origin;
}

/**
 * Runs `f` without remembering how anything was computed: for evaluation and for updates by hand,
 * where no derivative will be asked for. Of an asynchronous `f` that holds up to its first `await`:
 * what comes after is remembered.
 *
 * @example Nothing is remembered
 * ```ts
 * import { noGrad, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const w = tensor([1, 2], { requiresGrad: true });
 * assertEquals(noGrad(() => w.mul(2)).origin, null);
 * ```
 */
export function noGrad<T>(f: () => T): T {
  if (typeof f !== "function") {
    throw new UsageError(`Cannot run ${describe(f)} without gradients: noGrad takes a function`);
  }
  return withRecording(false, f);
}
