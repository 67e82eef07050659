/** Value: a number that remembers how it was computed. */

import { history } from "../autodiff/backward.ts";
import { forwardOnNumbers, pullbackOnNumbers } from "../autodiff/on_numbers.ts";
import { isRecording, isTracing, presentTrace } from "../autodiff/recording.ts";
import { type Origin, type Traced, TracingError } from "../autodiff/traced.ts";
import type { DType } from "../ops/dtype.ts";
import { identity, stopGradient } from "../ops/elementwise.ts";
import type { Elementwise } from "../ops/elementwise_op.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import type { AnyPullback } from "../ops/op.ts";
import type { Shape } from "../ops/shape.ts";
import { type Display, displayValue } from "./display.ts";
import { formatNumber } from "./format.ts";
import { NumberCell } from "./number_cell.ts";

const scalarShape: Shape = [];

/** The numbers of a call, as `on_numbers.ts` lays them out: on the way forward and back. */
const numbers = new Float64Array(5);
const numbersBack = new Float64Array(5); // apart, since a pullback may apply operations

/** What only some values have, kept apart so that the many nodes of a graph stay small. */
interface Details {
  /** What it is called in a formula. */
  readonly name?: string | null;
  /** Whether derivatives by it are wanted. */
  readonly requiresGrad?: boolean;
  /** What the call that made it says besides its inputs. */
  readonly attributes?: unknown;
  /** The third input of that call. */
  readonly third?: Value | null;
  /** Whether no derivative flows back through that call, and by which trace it was met: see `Origin`. */
  readonly isCut?: boolean;
  readonly trace?: number;
}

const none: Details = {};

/**
 * A number (in double precision) that remembers how it was computed, so that derivatives of every
 * order follow from it and `formula` can print it. Made by `value`; every operation takes another
 * `Value` or a plain number.
 *
 * @example A derivative by the chain rule
 * ```ts
 * import { value } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const x = value(3, "x");
 * const y = x.square().add(x);
 * y.backward();
 * assertEquals([y.data, x.grad], [12, 7]);
 * ```
 */
export class Value extends NumberCell implements Traced {
  /** @internal */
  place = 0;
  #op: Elementwise | null = null; // what made it of the inputs first, second and details.third
  #first: Value | null = null;
  #second: Value | null = null;
  readonly #details: Details;

  /** Makes a value of its number, or of null to trace a function; users call `value`. */
  constructor(number: number | null, details: Details = none) {
    super(number);
    this.#details = details;
  }

  /** What it is called in a formula, or null. */
  get name(): string | null {
    return this.#details.name ?? null;
  }

  /** Whether derivatives by it are wanted: so for every value that is not a plain number. */
  get requiresGrad(): boolean {
    return this.#details.requiresGrad ?? false;
  }

  /** The call that made it, or null where it was not computed or nobody will ask. */
  get origin(): Origin<Value> | null {
    if (this.#op === null) return null;
    const { attributes, third, isCut = false, trace = 0 } = this.#details;
    const inputs = [this.#first!];
    if (this.#second !== null) inputs.push(this.#second);
    if (third) inputs.push(third);
    return { op: this.#op, inputs, attributes, isCut, trace };
  }

  /** A scalar has no axes. */
  get shape(): Shape {
    return scalarShape;
  }

  /** A number in double precision. */
  get dtype(): DType {
    return "float64";
  }

  /** A value holds a floating-point number. */
  get isDifferentiable(): boolean {
    return true;
  }

  /** The value with its name and derivative. */
  override toString(): string {
    const title = this.name === null ? "Value" : `Value ${this.name}`;
    if (this.isSymbolic) return `${title} (traced)`;
    return `${title} ${formatNumber(this.data)}, grad ${formatNumber(this.grad)}`;
  }

  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** What a notebook shows. */
  [Symbol.for("Jupyter.display")](): Display {
    return displayValue(this);
  }

  // Derivatives

  /**
   * Adds to the `grad` of every value that this one was computed from its derivative by it. Calling
   * it twice adds up twice; `zeroGrad` clears. A function that is compiled has to return derivatives
   * instead, as `gradients` gives them.
   */
  backward(): void {
    if (isTracing() || this.isSymbolic) {
      throw new TracingError(
        "Cannot backward while a function is being traced: return what gradients() or grad() gives",
      );
    }
    if (!Value.#isTracked(this) || this.#details.isCut === true) {
      throw new UsageError("Cannot backward from a Value that depends on none made by value()");
    }
    const order = history<Value>([this], Value.#pushSources);
    const cotangents = new Float64Array(order.length).fill(-0); // -0 + g is g, also where g is -0
    cotangents[order.length - 1] = 1;
    const start = order[0]!.place;
    for (let i = order.length - 1; i >= 0; i--) Value.#carryBack(order[i]!, start, cotangents);
  }

  /** Adds the cotangent of a value to its `grad`, and what becomes of it to those of its inputs. */
  static #carryBack(value: Value, start: number, cotangents: Float64Array): void {
    const g = cotangents[value.place - start]!;
    value.grad += g;
    if (value.#op === null || value.#details.isCut === true) return;
    const first = value.#first!;
    const second = value.#second;
    const third = value.#details.third ?? null;
    numbersBack[0] = g;
    numbersBack[1] = value.data;
    numbersBack[2] = first.data;
    if (second !== null) numbersBack[3] = second.data;
    if (third !== null) numbersBack[4] = third.data;
    const rules = value.#op.pullbacks as readonly (AnyPullback | null)[];
    Value.#pull(value, first, rules[0]!, cotangents, start);
    if (second !== null) Value.#pull(value, second, rules[1]!, cotangents, start);
    if (third !== null) Value.#pull(value, third, rules[2]!, cotangents, start);
  }

  /** Adds to the cotangent of an input what a rule makes of the numbers that are laid out. */
  static #pull(
    value: Value,
    input: Value,
    rule: AnyPullback | null,
    cotangents: Float64Array,
    start: number,
  ): void {
    if (rule === null || input.place < start) return; // the walk did not come here: no source
    const { attributes } = value.#details;
    const pullback = rule.onNumbers ?? pullbackOnNumbers(rule, attributes, make);
    pullback(numbersBack, attributes, cotangents, input.place - start);
  }

  /** Puts the inputs that derivatives flow back to on the stack of a walk, the first on top. */
  static #pushSources(value: Value, stack: Value[], met: number): void {
    if (value.#op === null || value.#details.isCut === true) return;
    const rules = value.#op.pullbacks as readonly (AnyPullback | null)[];
    const first = value.#first!;
    const second = value.#second;
    const third = value.#details.third ?? null;
    if (third !== null && rules[2] !== null && Value.#isNewSource(third, met)) stack.push(third);
    if (second !== null && rules[1] !== null && Value.#isNewSource(second, met)) stack.push(second);
    if (rules[0] !== null && Value.#isNewSource(first, met)) stack.push(first);
  }

  /** Whether derivatives flow back to a value that a walk has not met yet. */
  static #isNewSource(value: Value, met: number): boolean {
    return value.place < met && Value.#isTracked(value);
  }

  /** Whether derivatives flow back to a value. */
  static #isTracked(value: Value): boolean {
    return value.#op !== null || value.#details.requiresGrad === true;
  }

  /** A scalar is never broadcast: this cotangent itself. */
  sumLike(_input: this): this {
    return this;
  }

  /** The same number as a variable of a transform, still connected to this value. */
  asVariable(): this {
    if (Value.#isTracked(this) || this.isSymbolic) return this.apply(identity, []);
    return new Value(this.data, { name: this.name, requiresGrad: true }) as this;
  }

  /** The same number without a history. */
  detach(): this {
    if (this.isSymbolic || (isTracing() && Value.#isTracked(this))) {
      return this.apply(stopGradient, []); // a trace goes on: the number may be another next time
    }
    return new Value(this.data, { name: this.name }) as this;
  }

  /** A plain number. */
  fillLike(number: number): this {
    return new Value(number) as this;
  }

  /** @internal */
  protected override apply(
    op: Elementwise,
    others: readonly (this | number)[],
    attributes?: unknown,
  ): this {
    const second = others.length > 0 ? others[0]! : null;
    const third = others.length > 1 ? others[1]! : null;
    return Value.#call(op, attributes, this, second, third) as this;
  }

  /** Applies an operation to one to three inputs; `apply` is small so that its array is not made. */
  static #call(
    op: Elementwise,
    attributes: unknown,
    first: Value,
    b: Value | number | null,
    c: Value | number | null,
  ): Value {
    const second = b === null ? null : operand(op, b);
    const third = c === null ? null : operand(op, c);
    const given = third !== null ? 3 : second !== null ? 2 : 1;
    if (given < op.pullbacks.length) operand(op, null); // which stood for one
    const isKnown = !(first.isSymbolic || second?.isSymbolic || third?.isSymbolic);
    const isTracked = Value.#isTracked(first) || (second !== null && Value.#isTracked(second)) ||
      (third !== null && Value.#isTracked(third));
    const isRemembered = !isKnown || (isTracked && (isRecording() || isTracing()));
    const isUsual = attributes === undefined && third === null && !isTracing();
    const details = isUsual || !isRemembered ? none : {
      attributes,
      third,
      isCut: !isRecording(), // what is remembered still, a trace alone will ask for
      trace: presentTrace(),
    };
    const result = new Value(isKnown ? 0 : null, details);
    if (isKnown) {
      Value.#compute(op, attributes, first, second, third);
      result.data = numbers[1]!; // as the argument of a call it would be boxed
    }
    if (!isRemembered) return result;
    result.#op = op;
    result.#first = first;
    result.#second = second;
    return result;
  }

  /** Leaves among the numbers what an operation makes of its one to three inputs. */
  static #compute(
    op: Elementwise,
    attributes: unknown,
    first: Value,
    second: Value | null,
    third: Value | null,
  ): void {
    numbers[2] = first.data;
    if (second !== null) numbers[3] = second.data;
    if (third !== null) numbers[4] = third.data;
    const inputCount = third !== null ? 3 : second !== null ? 2 : 1;
    (op.onNumbers ?? forwardOnNumbers(op, inputCount))(numbers, attributes);
  }
}

const make = (number: number | null): Value => new Value(number);

/** What stands beside a Value, as one. */
function operand(op: Elementwise, other: unknown): Value {
  if (typeof other === "number") return new Value(other);
  if (other instanceof Value) return other;
  throw new UsageError(`Cannot ${op.name} a Value and ${describe(other)}: use a number`);
}

/**
 * A number to differentiate by, with a name for formulas. Throws a `UsageError` for anything else.
 *
 * @example The slope of a square
 * ```ts
 * import { value } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const m = value(-1, "m");
 * m.square().backward();
 * assertEquals(m.grad, -2);
 * ```
 */
export function value(data: number, name?: string): Value {
  const isNumber = typeof data === "number", isNamed = typeof (name ?? "") === "string";
  if (isNumber && isNamed) return new Value(data, { name: name ?? null, requiresGrad: true });
  const what = isNumber ? `named ${describe(name)}` : `of ${describe(data)}`;
  const why = isNumber ? 'a name is a text, as in value(2, "x")' : "it is no number";
  throw new UsageError(`Cannot make a Value ${what}: ${why}`);
}
