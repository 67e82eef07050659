/** The reverse pass: one, for scalars and tensors. */

import type { AnyPullback, Op } from "../ops/op.ts";
import { withRecording } from "./recording.ts";
import type { Traced } from "./traced.ts";

/** What the reverse pass is asked for. */
export interface ReverseOptions {
  /** The values whose cotangents are wanted. */
  readonly isSource: (value: Traced) => boolean;
  /** Whether the derivatives remember how they were computed, so that they can be differentiated. */
  readonly record: boolean;
}

/** The rule that takes a cotangent of the output to one of input `index`, if there is one. */
function pullbackOf(op: Op, index: number): AnyPullback | null {
  return typeof op.pullbacks === "function" ? op.pullbacks(index) : op.pullbacks[index] ?? null;
}

/**
 * Carries the cotangents `seeds` of `results` back to the sources, and returns the cotangent of
 * each source that the results depend on. Only what lies between the two is visited.
 */
export function reverse<T extends Traced>(
  results: readonly T[],
  seeds: readonly T[],
  { isSource, record }: ReverseOptions,
): Map<Traced, T> {
  const order = history(results);
  const leads = leadingTo(order, isSource);
  return withRecording(record, () => {
    const cotangents = new Map<Traced, T>();
    const accumulate = (value: T, g: T) => {
      const before = cotangents.get(value);
      cotangents.set(value, before === undefined ? g : before.add(g));
    };
    results.forEach((result, i) => leads.has(result) && accumulate(result, seeds[i]!));
    for (let i = order.length - 1; i >= 0; i--) {
      const value = order[i] as T;
      const g = cotangents.get(value);
      if (g === undefined) continue;
      if (!isSource(value)) cotangents.delete(value);
      if (value.origin === null) continue;
      const { op, inputs, attributes } = value.origin;
      for (let input = 0; input < inputs.length; input++) {
        const source = inputs[input] as T;
        const pullback = leads.has(source) ? pullbackOf(op, input) : null;
        if (pullback === null) continue;
        accumulate(source, (pullback(g, inputs, value, attributes) as T).sumLike(source));
      }
    }
    return cotangents;
  });
}

/** All values that `results` were computed from, and they themselves, inputs before outputs. */
export function history(results: readonly Traced[]): Traced[] {
  const order: Traced[] = [];
  const entered = new Set<Traced>();
  const left = new Set<Traced>();
  const stack = results.toReversed();
  while (stack.length > 0) {
    const value = stack.at(-1)!;
    if (!entered.has(value)) {
      entered.add(value);
      if (value.origin !== null) {
        for (const input of value.origin.inputs.toReversed()) {
          if (!entered.has(input)) stack.push(input);
        }
      }
    } else {
      stack.pop();
      if (!left.has(value)) {
        left.add(value);
        order.push(value);
      }
    }
  }
  return order;
}

/** Those values from whose change a source's change can be felt: sources, and what uses them. */
function leadingTo(
  order: readonly Traced[],
  isSource: (value: Traced) => boolean,
): Set<Traced> {
  const leads = new Set<Traced>();
  for (const value of order) {
    const { origin } = value;
    const reaches = isSource(value) || (origin !== null && origin.inputs.some(
      (input, index) => leads.has(input) && pullbackOf(origin.op, index) !== null,
    ));
    if (reaches && value.isDifferentiable) leads.add(value);
  }
  return leads;
}
