/** Value: a number that remembers how it was computed. */

import { history, placeIn } from "../autodiff/backward.ts";
import { onNumbers } from "../autodiff/number_pullback.ts";
import { isRecording, isTracing } from "../autodiff/recording.ts";
import { type Origin, type Traced, TracingError } from "../autodiff/traced.ts";
import { type Elementwise, identity, stopGradient } from "../ops/elementwise.ts";
import { describe, UsageError } from "../ops/error.ts";
import type { AnyPullback } from "../ops/op.ts";
import type { Shape } from "../ops/shape.ts";
import { formatNumber } from "./format.ts";
import { Functions } from "./functions.ts";

const scalarShape: Shape = [];
let made = 0;

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
export class Value extends Functions implements Traced {
  /** How many values were made before it: a formula names variables in this order. */
  readonly id: number = made++;
  /** @internal */
  place = 0;
  #number: number | null; // null while it is being traced
  #grad: number | null = null;
  #op: Elementwise | null = null; // what made it of the inputs first, second and details.third
  #first: Value | null = null;
  #second: Value | null = null;
  readonly #details: Details;

  /** Makes a value of its number, or of null to trace a function; users call `value`. */
  constructor(number: number | null, details: Details = none) {
    super();
    this.#number = number;
    this.#details = details;
  }

  /** The number; it may be changed, as gradient descent does. */
  get data(): number {
    if (this.#number === null) {
      throw new TracingError("Cannot read the number of a Value while it is being traced");
    }
    return this.#number;
  }

  set data(number: number) {
    if (this.#number === null) {
      throw new TracingError("Cannot change the number of a Value while it is being traced");
    }
    this.#number = number;
  }

  /** What `backward()` has added up so far. */
  get grad(): number {
    return this.#grad ?? 0;
  }

  set grad(number: number) {
    this.#grad = number;
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
    const { attributes, third } = this.#details;
    const inputs = [this.#first, this.#second, third].filter((input) => input instanceof Value);
    return { op: this.#op, inputs, attributes };
  }

  /** A scalar has no axes. */
  get shape(): Shape {
    return scalarShape;
  }

  /** A value holds a floating-point number. */
  get isDifferentiable(): boolean {
    return true;
  }

  /** Whether the number is not known yet, since a function is being traced. */
  get isSymbolic(): boolean {
    return this.#number === null;
  }

  /** The number. */
  item(): number {
    return this.data;
  }

  /** The value with its name and derivative. */
  override toString(): string {
    const title = this.name === null ? "Value" : `Value ${this.name}`;
    if (this.#number === null) return `${title} (traced)`;
    return `${title} ${formatNumber(this.#number)}, grad ${formatNumber(this.grad)}`;
  }

  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
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
    if (!Value.#isTracked(this)) {
      throw new UsageError("Cannot backward from a Value that depends on none made by value()");
    }
    const order = history<Value>([this], Value.#pushSources);
    const cotangents = new Float64Array(order.length);
    cotangents[order.length - 1] = 1;
    for (let i = order.length - 1; i >= 0; i--) Value.#carryBack(order[i]!, order, cotangents);
  }

  /** Adds the cotangent of a value to its `grad`, and what becomes of it to those of its inputs. */
  static #carryBack(value: Value, order: readonly Value[], cotangents: Float64Array): void {
    const g = cotangents[placeIn(order, value)]!;
    value.#grad = value.#grad === null ? g : value.#grad + g;
    if (value.#op === null) return;
    const rules = value.#op.pullbacks as readonly (AnyPullback | null)[];
    const { attributes, third = null } = value.#details;
    const first = value.#first!;
    const second = value.#second;
    const y = value.#number!;
    const a = first.#number!;
    const b = second === null ? 0 : second.#number!;
    const c = third === null ? 0 : third.#number!;
    if (Value.#isSource(first, rules[0]!)) {
      const pullback = rules[0]!.onNumbers ?? onNumbers(rules[0]!, attributes, make);
      cotangents[placeIn(order, first)]! += pullback(g, y, attributes, a, b, c);
    }
    if (second !== null && Value.#isSource(second, rules[1]!)) {
      const pullback = rules[1]!.onNumbers ?? onNumbers(rules[1]!, attributes, make);
      cotangents[placeIn(order, second)]! += pullback(g, y, attributes, a, b, c);
    }
    if (third !== null && Value.#isSource(third, rules[2]!)) {
      const pullback = rules[2]!.onNumbers ?? onNumbers(rules[2]!, attributes, make);
      cotangents[placeIn(order, third)]! += pullback(g, y, attributes, a, b, c);
    }
  }

  /** Puts the inputs that derivatives flow back to on the stack of a walk, the first on top. */
  static #pushSources(value: Value, stack: Value[], met: number): void {
    if (value.#op === null) return;
    const rules = value.#op.pullbacks as readonly (AnyPullback | null)[];
    const first = value.#first!;
    const second = value.#second;
    const { third = null } = value.#details;
    if (third !== null && third.place < met && Value.#isSource(third, rules[2]!)) stack.push(third);
    if (second !== null && second.place < met && Value.#isSource(second, rules[1]!)) {
      stack.push(second);
    }
    if (first.place < met && Value.#isSource(first, rules[0]!)) stack.push(first);
  }

  /** Whether a derivative flows back to an input through a rule. */
  static #isSource(input: Value, rule: AnyPullback | null): boolean {
    return rule !== null && Value.#isTracked(input);
  }

  /** Whether derivatives flow back to a value. */
  static #isTracked(value: Value): boolean {
    return value.#op !== null || value.#details.requiresGrad === true;
  }

  /** Forgets the derivative in `grad`. */
  zeroGrad(): void {
    this.#grad = null;
  }

  /** A scalar is never broadcast: this cotangent itself. */
  sumLike(_input: this): this {
    return this;
  }

  /** The same number as a variable of a transform, still connected to this value. */
  asVariable(): this {
    if (Value.#isTracked(this) || this.isSymbolic) return this.apply(identity, []);
    return new Value(this.#number, { name: this.name, requiresGrad: true }) as this;
  }

  /** The same number without a history. */
  detach(): this {
    if (this.isSymbolic) return this.apply(stopGradient, []);
    return new Value(this.#number, { name: this.name }) as this;
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
    const second = others.length > 0 ? operand(op, others[0]!) : null;
    const third = others.length > 1 ? operand(op, others[1]!) : null;
    const number = Value.#compute(op, this, second, third, attributes);
    const isTracked = Value.#isTracked(this) || (second !== null && Value.#isTracked(second)) ||
      (third !== null && Value.#isTracked(third));
    if (number !== null && !(isTracked && isRecording())) return new Value(number) as this;
    const isUsual = attributes === undefined && third === null;
    const result = new Value(number, isUsual ? none : { attributes, third });
    result.#op = op;
    result.#first = this;
    result.#second = second;
    return result as this;
  }

  /** What an operation makes of one to three numbers, or null where one is not known yet. */
  static #compute(
    { scalar }: Elementwise,
    first: Value,
    second: Value | null,
    third: Value | null,
    attributes: unknown,
  ): number | null {
    const a = first.#number;
    if (a === null) return null;
    if (second === null) return scalar(a, attributes);
    const b = second.#number;
    if (b === null) return null;
    if (third === null) return scalar(a, b, attributes);
    const c = third.#number;
    return c === null ? null : scalar(a, b, c, attributes);
  }
}

const make = (number: number | null): Value => new Value(number);

/** What stands beside a Value, as one. */
function operand(op: Elementwise, other: Value | number): Value {
  if (typeof other === "number") return new Value(other);
  if (other instanceof Value) return other;
  throw new UsageError(`Cannot ${op.name} a Value and ${describe(other)}: use a number`);
}

/**
 * A number that derivatives are wanted by, with a name for formulas.
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
  if (typeof data !== "number") {
    throw new UsageError(`Cannot make a Value of ${describe(data)}: it is no number`);
  }
  return new Value(data, { name: name ?? null, requiresGrad: true });
}
