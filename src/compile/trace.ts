/** From a function to a program: it is run once on tensors that have a shape and no numbers. */

import { history } from "../autodiff/backward.ts";
import { TracingError } from "../autodiff/traced.ts";
import { leavesOf, mapTree } from "../autodiff/tree.ts";
import { type TypedArray } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { formatShape } from "../ops/shape.ts";
import { Tensor } from "../values/tensor.ts";
import type { Program, Slot, Step } from "./program.ts";

/** A traced function: its program, and how its results are put together. */
export interface Trace {
  /** The function's operations. */
  readonly program: Program;
  /** What the function returned; its tensors stand for the program's outputs, in order. */
  readonly result: unknown;
  /** Parameters that the function used without taking them: inputs after those it took. */
  readonly captured: readonly Tensor[];
}

/** A tensor of the same shape and kind without numbers. */
function symbolic({ shape, dtype, requiresGrad, name }: Tensor): Tensor {
  return new Tensor({ shape, dtype, requiresGrad, name, data: null });
}

/**
 * Traces a function called with `args`, whose tensors become the program's inputs. What else it
 * uses is taken as it is now, except for tensors that require a gradient: they become inputs too,
 * so that a model which learns does not grow stale.
 */
export function trace(f: (...args: never[]) => unknown, args: readonly unknown[]): Trace {
  const inputs: Tensor[] = [];
  const symbols = mapTree(args, (leaf) => {
    if (!(leaf instanceof Tensor)) throw new UsageError("Cannot trace tensors beside Values");
    const symbol = symbolic(leaf);
    inputs.push(symbol);
    return symbol;
  });
  const result = f(...symbols as never[]);
  const outputs = leavesOf(result) as Tensor[];
  const order = history(outputs) as Tensor[];
  const captured = order.filter((x) =>
    x.origin === null && x.requiresGrad && !x.isSymbolic && !inputs.includes(x)
  );
  const passed = new Set(leavesOf(args));
  for (const { name, shape } of captured.filter((x) => passed.has(x))) {
    throw new TracingError(
      `Cannot compile: the function reads ${name ?? "a tensor"} ${
        formatShape(shape)
      } from outside, ` +
        "though it is among its arguments: take it from there",
    );
  }
  return { program: numbered(order, [...inputs, ...captured], outputs), result, captured };
}

/** The program of tensors in the order in which they were computed. */
function numbered(
  order: readonly Tensor[],
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
): Program {
  const numbers = new Map<Tensor, number>();
  const slots: Slot[] = [];
  const number = (x: Tensor): number => {
    numbers.set(x, slots.length);
    return slots.push({ shape: x.shape, dtype: x.dtype }) - 1;
  };
  for (const input of inputs) number(input);
  const live = new Set(inputs); // what may differ from call to call
  const constants = new Map<number, TypedArray>();
  const steps: Step[] = [];
  for (const x of order) {
    if (numbers.has(x)) continue;
    if (x.origin === null || !(x.isSymbolic || x.origin.inputs.some((input) => live.has(input)))) {
      constants.set(number(x), x.data);
      continue;
    }
    const { op, inputs, attributes } = x.origin;
    const operands = inputs.map((input) => numbers.get(input)!);
    steps.push({ op, inputs: operands, outputs: [number(x)], attributes });
    live.add(x);
  }
  return {
    slots,
    inputs: inputs.map((x) => numbers.get(x)!),
    constants,
    steps,
    outputs: outputs.map((x) => numbers.get(x)!),
  };
}
