/** From a function to a program: it is run once on tensors or Values that have no numbers. */

import { history, placeIn, type PushInputs } from "../autodiff/backward.ts";
import { insideTrace, presentTrace } from "../autodiff/recording.ts";
import { isTracked, type Origin, type Traced, TracingError } from "../autodiff/traced.ts";
import { leavesOf, mapTree } from "../autodiff/tree.ts";
import { type TypedArray } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { formatShape } from "../ops/shape.ts";
import { Tensor } from "../values/tensor.ts";
import { Value } from "../values/value.ts";
import type { Program, Slot, Step } from "./program.ts";

/** What functions are traced on: tensors, or Values instead. */
export type Leaf = Tensor | Value;

/** A traced function: its program, and how its results are put together. */
export interface Trace<L extends Leaf = Leaf> {
  /** The function's operations. */
  readonly program: Program;
  /** What the function returned; its tensors stand for the program's outputs, in order. */
  readonly result: unknown;
  /** Parameters that the function used without taking them: inputs after those it took. */
  readonly captured: readonly L[];
  /** Whether it used any of these, or what was computed from them, so that derivatives may flow. */
  readonly usesTracked: boolean;
}

/** A leaf of the same shape and kind without numbers. */
function symbolic(leaf: Leaf): Leaf {
  const { shape, dtype, requiresGrad, name } = leaf;
  if (leaf instanceof Value) return new Value(null, { requiresGrad, name });
  return new Tensor({ shape, dtype, requiresGrad, name, data: null });
}

/** The call that made a leaf, if it was made in the trace that has just ended. */
function tracedCall({ origin, isSymbolic }: Leaf): Origin<Leaf> | null {
  const isOwn = origin !== null && (isSymbolic || origin.trace === presentTrace());
  return isOwn ? origin as Origin<Leaf> : null;
}

/** Goes back as far as the trace goes. */
const pushTraced: PushInputs<Leaf> = (leaf, stack, met) => {
  for (const input of tracedCall(leaf)?.inputs.toReversed() ?? []) {
    if (input.place < met) stack.push(input);
  }
};

/**
 * Traces a function called with `args`, whose leaves become the program's inputs. What else it uses
 * is taken as it is now, except for what requires a gradient: that becomes an input too, so that a
 * model which learns does not grow stale.
 */
export function trace(f: (...args: never[]) => unknown, args: readonly unknown[]): Trace {
  const inputs: Leaf[] = [];
  const symbols = mapTree(args, (leaf) => {
    const symbol = symbolic(leaf as Leaf);
    inputs.push(symbol);
    return symbol;
  });
  const result = insideTrace(() => f(...symbols as never[]));
  if (result instanceof Promise) {
    throw new UsageError("Cannot compile an asynchronous function: a program runs in one go");
  }
  if (/ (Async)?Generator\]$| Iterator\]$/.test(Object.prototype.toString.call(result))) {
    throw new UsageError("Cannot compile a generator: a program runs in one go");
  }
  const outputs = leavesOf(result) as Leaf[];
  checkKind([...inputs, ...outputs]);
  const order = history<Leaf>(outputs, pushTraced);
  const own = new Set<Traced>(inputs);
  const used = order.filter((x) => tracedCall(x) === null && !own.has(x));
  const stray = used.find((x) => x.isSymbolic);
  if (stray !== undefined) {
    throw new TracingError(
      `Cannot compile: the function uses ${kindOf(stray)} that an earlier trace left behind: ` +
        "return what is needed later",
    );
  }
  const captured = used.filter((x) => x.requiresGrad);
  const passed = new Set<Traced>(leavesOf(args));
  for (const leaf of captured.filter((x) => passed.has(x))) {
    throw new TracingError(
      `Cannot compile: the function reads ${titleOf(leaf)} from outside, though it is among its ` +
        "arguments: take it from there",
    );
  }
  const program = numbered(order, [...inputs, ...captured], outputs);
  return { program, result, captured, usesTracked: used.some(isTracked) };
}

/** What a leaf is, in a message. */
function kindOf(leaf: Leaf): string {
  return isValue(leaf) ? "a Value" : `a tensor ${formatShape(leaf.shape)}`;
}

/** Which leaf it is, in a message. */
function titleOf(leaf: Leaf): string {
  if (leaf.name === null) return kindOf(leaf);
  return isValue(leaf) ? leaf.name : `${leaf.name} ${formatShape(leaf.shape)}`;
}

/** Throws where there are both tensors and Values. */
function checkKind(leaves: readonly Leaf[]): void {
  if (leaves.some(isValue) && !leaves.every(isValue)) {
    throw new UsageError(
      "Cannot compile a function of both tensors and Values: take and return one kind",
    );
  }
}

/** Whether a leaf is a Value. */
export function isValue(leaf: Leaf): leaf is Value {
  return leaf instanceof Value;
}

/** The program of leaves in the order in which they were computed. */
function numbered(
  order: readonly Leaf[],
  inputs: readonly Leaf[],
  outputs: readonly Leaf[],
): Program {
  const inputNumbers = new Map<Traced, number>(inputs.map((input, number) => [input, number]));
  const slots: Slot[] = inputs.map(slotOf);
  const numbers = new Int32Array(order.length); // by place in the order, as is what follows
  const isLive = new Uint8Array(order.length); // whether it may differ from call to call
  const constants = new Map<number, TypedArray>();
  const steps: Step[] = [];
  order.forEach((x, place) => {
    const origin = tracedCall(x);
    const input = origin === null ? inputNumbers.get(x) : undefined;
    numbers[place] = input ?? slots.push(slotOf(x)) - 1;
    const operands = origin?.inputs.map((operand) => placeIn(order, operand)) ?? [];
    isLive[place] = +(input !== undefined || x.isSymbolic || operands.some((at) => isLive[at]));
    if (input !== undefined) return;
    if (origin === null || !isLive[place]) {
      constants.set(numbers[place], frozen(x));
    } else {
      const { op, attributes } = origin;
      const inputs = operands.map((at) => numbers[at]!);
      steps.push({ op, inputs, outputs: [numbers[place]], attributes });
    }
  });
  return {
    slots,
    inputs: inputs.map((_, number) => number),
    constants,
    steps,
    outputs: outputs.map((x) => inputNumbers.get(x) ?? numbers[placeIn(order, x)]!),
  };
}

/** A copy of the numbers of a leaf, which somebody may overwrite. */
function frozen(x: Leaf): TypedArray {
  return isValue(x) ? Float64Array.of(x.data) : x.numbers.array.slice();
}

const scalarSlot: Slot = { shape: [], dtype: "float64" };

function slotOf(x: Leaf): Slot {
  return isValue(x) ? scalarSlot : { shape: x.shape, dtype: x.dtype };
}
