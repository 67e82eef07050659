/** The reverse pass: one, for scalars and tensors. */

import type { AnyPullback, Op } from "../ops/op.ts";
import { withRecording } from "./recording.ts";
import type { Origin, Traced } from "./traced.ts";

/** What the reverse pass is asked for. */
export interface ReverseOptions {
  /** The values whose cotangents are wanted. */
  readonly isSource: (value: Traced) => boolean;
  /** Whether the derivatives remember how they were computed, so that they can be differentiated. */
  readonly record: boolean;
}

/** The call that made a value, and where its inputs stand in the history. */
interface Call extends Origin {
  readonly places: readonly number[];
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
  const calls = callsOf(order);
  const leads = leadingTo(order, calls, isSource);
  const ends = results.map((result) => placeIn(order, result));
  return withRecording(record, () => {
    const cotangents = new Array<T | undefined>(order.length);
    const accumulate = (place: number, g: T) => {
      const before = cotangents[place];
      cotangents[place] = before === undefined ? g : before.add(g);
    };
    ends.forEach((place, i) => leads[place] && accumulate(place, seeds[i]!));
    const found = new Map<Traced, T>();
    for (let i = order.length - 1; i >= 0; i--) {
      const value = order[i]!;
      const g = cotangents[i];
      const call = calls[i]!;
      if (g === undefined) continue;
      cotangents[i] = undefined; // needed no longer
      if (isSource(value)) found.set(value, g);
      if (call === null) continue;
      const { op, inputs, attributes, places } = call;
      for (let input = 0; input < inputs.length; input++) {
        const pullback = leads[places[input]!] ? pullbackOf(op, input) : null;
        if (pullback === null) continue;
        const contribution = pullback(g, inputs, value, attributes) as T;
        accumulate(places[input]!, contribution.sumLike(inputs[input] as T));
      }
    }
    return found;
  });
}

/** Puts those inputs of a value that have a place below `met` on the stack, the first on top. */
export type PushInputs<T> = (value: T, stack: T[], met: number) => void;

const pushAll: PushInputs<Traced> = ({ origin }, stack, met) => {
  if (origin === null) return;
  for (let i = origin.inputs.length - 1; i >= 0; i--) {
    const input = origin.inputs[i]!;
    if (input.place < met) stack.push(input);
  }
};

let lastPlace = 0; // of all places given out so far

/**
 * All values that `results` were computed from, and they themselves, inputs before outputs. Until
 * the next history is listed their places are consecutive numbers in this order; a place from an
 * earlier one tells that a value was not met yet, so that nothing has to be looked up.
 */
export function history<T extends Traced>(
  results: readonly T[],
  pushInputs: PushInputs<T> = pushAll as PushInputs<Traced> as PushInputs<T>,
): T[] {
  const entered = ++lastPlace; // the place of a value whose inputs are still to be listed
  const order: T[] = [];
  const stack = results.toReversed();
  while (stack.length > 0) {
    const value = stack[stack.length - 1]!;
    if (value.place < entered) {
      value.place = entered;
      pushInputs(value, stack, entered);
    } else {
      stack.pop();
      if (value.place === entered) value.place = entered + order.push(value);
    }
  }
  lastPlace += order.length;
  return order;
}

/** Where a value stands in the history that was listed last. */
export function placeIn(order: readonly Traced[], value: Traced): number {
  return value.place - order[0]!.place;
}

/** For each value the call that made it, noted down before other histories give new places. */
function callsOf(order: readonly Traced[]): (Call | null)[] {
  return order.map(({ origin }) => {
    if (origin === null || origin.isCut) return null;
    const places = origin.inputs.map((input) => placeIn(order, input));
    return { op: origin.op, inputs: origin.inputs, attributes: origin.attributes, places };
  });
}

/** For each value whether a source's change can be felt in it: for sources, and what uses them. */
function leadingTo(
  order: readonly Traced[],
  calls: readonly (Call | null)[],
  isSource: (value: Traced) => boolean,
): boolean[] {
  const leads: boolean[] = [];
  order.forEach((value, i) => {
    const call = calls[i]!;
    const reaches = isSource(value) || (call !== null && call.places.some(
      (place, index) => leads[place] && pullbackOf(call.op, index) !== null,
    ));
    leads.push(reaches && value.isDifferentiable);
  });
  return leads;
}
