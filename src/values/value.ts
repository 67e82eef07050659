/** Value: a number that remembers how it was computed. */

import { reverse } from "../autodiff/backward.ts";
import { isRecording } from "../autodiff/recording.ts";
import { isTracked, type Origin, type Traced } from "../autodiff/traced.ts";
import { type Elementwise, identity } from "../ops/elementwise.ts";
import { describe, UsageError } from "../ops/error.ts";
import type { Shape } from "../ops/shape.ts";
import { formatNumber } from "./format.ts";
import { Functions } from "./functions.ts";

const scalarShape: Shape = [];
let made = 0;

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
  /** The number; it may be changed, as gradient descent does. */
  data: number;
  /** What `backward()` has added up so far. */
  grad = 0;
  /** What it is called in a formula, or null. */
  readonly name: string | null;
  /** The call that made it, or null where it was not computed or nobody will ask. */
  readonly origin: Origin<Value> | null;
  /** Whether derivatives by it are wanted: so for every value that is not a plain number. */
  readonly requiresGrad: boolean;

  /** Makes a value of its parts; users call `value`. */
  constructor(
    data: number,
    { name = null, origin = null, requiresGrad = false }: {
      readonly name?: string | null;
      readonly origin?: Origin<Value> | null;
      readonly requiresGrad?: boolean;
    } = {},
  ) {
    super();
    this.data = data;
    this.name = name;
    this.origin = origin;
    this.requiresGrad = requiresGrad;
  }

  /** A scalar has no axes. */
  get shape(): Shape {
    return scalarShape;
  }

  /** A value holds a floating-point number. */
  get isDifferentiable(): boolean {
    return true;
  }

  /** The number. */
  item(): number {
    return this.data;
  }

  /** The value with its name and derivative. */
  override toString(): string {
    const name = this.name === null ? "" : ` ${this.name}`;
    return `Value${name} ${formatNumber(this.data)}, grad ${formatNumber(this.grad)}`;
  }

  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /**
   * Adds to the `grad` of every value that this one was computed from its derivative by it. Calling
   * it twice adds up twice; `zeroGrad` clears.
   */
  backward(): void {
    if (!isTracked(this)) {
      throw new UsageError("Cannot backward from a Value that depends on none made by value()");
    }
    const isSource = (value: Traced) => isTracked(value);
    const seed = new Value(1);
    for (const [source, g] of reverse<Value>([this], [seed], { isSource, record: false })) {
      (source as Value).grad += g.data;
    }
  }

  /** Forgets the derivative in `grad`. */
  zeroGrad(): void {
    this.grad = 0;
  }

  /** A scalar is never broadcast: this cotangent itself. */
  sumLike(_input: this): this {
    return this;
  }

  /** The same number as a variable of a transform, still connected to this value. */
  asVariable(): this {
    if (isTracked(this)) return this.apply(identity, []);
    return new Value(this.data, { name: this.name, requiresGrad: true }) as this;
  }

  /** The same number without a history. */
  detach(): this {
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
    const inputs: Value[] = [this];
    const numbers = [this.data];
    for (const other of others) {
      const input = typeof other === "number" ? new Value(other) : other;
      if (!(input instanceof Value)) {
        throw new UsageError(`Cannot ${op.name} a Value and ${describe(input)}: use a number`);
      }
      inputs.push(input);
      numbers.push(input.data);
    }
    const data = op.scalar(...numbers, attributes);
    const isRemembered = isRecording() && inputs.some(isTracked);
    return new Value(data, isRemembered ? { origin: { op, inputs, attributes } } : {}) as this;
  }
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
