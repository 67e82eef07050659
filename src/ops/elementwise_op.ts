/** What an operation on each element by itself is, and how a row of the table becomes one. */

import type { NumberForward } from "../autodiff/on_numbers.ts";
import type { Functions as Term } from "../values/functions.ts";
import { type DType, floatDType, numericDType, sameDType } from "./dtype.ts";
import { mapOne, mapTwo } from "./loops.ts";
import type { Op } from "./op.ts";
import { broadcast } from "./shape.ts";

/** An operation on each element by itself, known by a function on plain numbers. */
export interface Elementwise<Inputs extends readonly Term[] = readonly Term[], Attributes = unknown>
  extends Op<Inputs, Attributes> {
  /** The function on numbers: the inputs one by one, then the attributes. */
  // deno-lint-ignore no-explicit-any
  readonly scalar: (...numbers: any[]) => number;
  /** What it is for tensors whose second input is a number that is known when it is called. */
  readonly byNumber?: (number: number) => { readonly op: Op; readonly attributes: unknown };
  /** @internal The same on a row of numbers, where it was made already. */
  onNumbers?: NumberForward;
}

/** An elementwise operation of one input. */
export type Unary<Attributes = void> = Elementwise<readonly [Term], Attributes>;
/** An elementwise operation of two inputs. */
export type Binary = Elementwise<readonly [Term, Term], void>;

type DTypeRule<Attributes = void> = (
  name: string,
  dtypes: readonly DType[],
  attributes: Attributes,
) => DType;
type UnaryRule<A> = (g: Term, x: Term, y: Term, attributes: A) => Term;
type BinaryRule = (g: Term, a: Term, b: Term, y: Term) => Term;

/** One input; the derivative's rule is null where there is none. */
export function unary<Attributes = void>(
  name: string,
  f: (x: number, attributes: Attributes) => number,
  rule: UnaryRule<Attributes> | null,
  dtype: DTypeRule<Attributes> = floatDType,
): Unary<Attributes> {
  return {
    name,
    scalar: f,
    shape: ([x]) => x,
    dtype: (dtypes, attributes) => dtype(name, dtypes, attributes),
    forward: (output, [x], attributes) => mapOne(f, output, x, attributes),
    pullbacks: [
      rule && ((g: Term, [x]: readonly [Term], y: Term, a: Attributes) => rule(g, x, y, a)),
    ],
  };
}

/** The same operation with a function of its own on `int32`, which wraps around what overflows. */
export function onIntegers<O extends Pick<Elementwise, "forward">>(
  op: O,
  f: (...numbers: number[]) => number,
): O {
  const forward: Elementwise["forward"] = (output, inputs, attributes) => {
    if (!(output.data instanceof Int32Array)) op.forward(output, inputs, attributes);
    else if (inputs.length === 1) mapOne((x) => f(x), output, inputs[0]!, undefined);
    else mapTwo(f, output, inputs[0]!, inputs[1]!);
  };
  return { ...op, forward };
}

/** Two inputs, which are broadcast. */
export function binary(
  name: string,
  f: (a: number, b: number) => number,
  ruleA: BinaryRule | null,
  ruleB: BinaryRule | null,
  dtype: DTypeRule = numericDType,
): Binary {
  const pullback = (rule: BinaryRule | null) =>
    rule && ((g: Term, [a, b]: readonly [Term, Term], y: Term) => rule(g, a, b, y));
  return {
    name,
    scalar: f,
    shape: ([a, b]) => broadcast(name, a, b),
    dtype: (dtypes) => dtype(name, dtypes),
    forward: (output, [a, b]) => mapTwo(f, output, a, b),
    pullbacks: [pullback(ruleA), pullback(ruleB)],
  };
}

/** True or false of two inputs of one kind. */
export function comparison(name: string, f: (a: number, b: number) => boolean): Binary {
  return binary(name, (a, b) => +f(a, b), null, null, (_, dtypes) => {
    sameDType(name, dtypes);
    return "bool";
  });
}

/** True or false of one input. */
export function predicate(name: string, f: (x: number) => boolean): Unary {
  return unary(name, (x) => +f(x), null, () => "bool");
}
