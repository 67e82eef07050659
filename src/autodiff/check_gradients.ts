/** Derivatives checked against finite differences. */

import { type DType, DTypeError } from "../ops/dtype.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { optionsOf } from "../ops/options.ts";
import { formatShape, type Shape, stridesOf } from "../ops/shape.ts";
import type { Tensor } from "../values/tensor.ts";
import { withRecording } from "./recording.ts";
import { isTraced } from "./traced.ts";
import { grad, jvp, vjp } from "./transforms.ts";

/**
 * A derivative that finite differences do not confirm.
 *
 * @example No derivative flows through a detached tensor
 * ```ts
 * import { checkGradients, GradientError, tensor } from "@turunan/turunan";
 * import { assertThrows } from "@std/assert";
 *
 * const x = tensor([1, 2], { dtype: "float64" });
 * assertThrows(() => checkGradients((x) => x.mul(x.detach()).sum(), [x]), GradientError);
 * ```
 */
export class GradientError extends UsageError {}

/** How `checkGradients` checks. */
export interface GradientCheckOptions {
  /** The highest order of derivatives to check; 1 unless asked otherwise. */
  readonly order?: number;
  /** How far an element of size 1 or less is moved to either side; larger ones are in proportion. */
  readonly epsilon?: number;
  /** The difference that still counts as agreement, in proportion for derivatives larger than 1. */
  readonly tolerance?: number;
  /** Where the directions of projections come from; a fixed sequence unless one is given. */
  readonly random?: { next(): number };
}

type TensorFunction = (...inputs: Tensor[]) => Tensor;

/** What a check of one order needs beside the function and its inputs. */
interface Check {
  readonly order: number;
  readonly epsilon: number;
  readonly tolerance: number;
  readonly random: { next(): number };
}

/**
 * Throws a `GradientError` where a derivative of `f` by an element of `inputs` is not what central
 * differences say. A result of more than one element is projected on a random direction; so is the
 * gradient for the next order, and derivatives forwards are compared with those backwards. `f` must
 * be smooth at the inputs, and inputs and result `float64`: a `DTypeError` says so where they are
 * not.
 *
 * @example A right derivative, and a wrong one
 * ```ts
 * import { checkGradients, GradientError, tensor } from "@turunan/turunan";
 * import { assertThrows } from "@std/assert";
 *
 * const x = tensor([1, 2, 3], { dtype: "float64" });
 * checkGradients((x) => x.pow(3).sum(), [x], { order: 2 });
 *
 * // half of the product rule is lost
 * assertThrows(() => checkGradients((x) => x.mul(x.detach()).sum(), [x]), GradientError);
 * ```
 */
export function checkGradients(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  options: GradientCheckOptions = {},
): void {
  if (typeof f !== "function" || !Array.isArray(inputs)) {
    throw new UsageError(
      `Cannot check gradients of ${describe(f)} at ${describe(inputs)}: it takes a function and ` +
        "an array of tensors",
    );
  }
  const { order = 1, epsilon = 1e-5, tolerance = 1e-6, random = sines() } = optionsOf(
    "check gradients",
    options,
    { order: "2", epsilon: null, tolerance: null, random: null },
  );
  if (!(Number.isInteger(order) && order > 0)) {
    throw new UsageError(
      `Cannot check gradients: order is ${describe(order)}, not a whole number above 0`,
    );
  }
  if (!(Number.isFinite(epsilon) && epsilon > 0)) {
    throw new UsageError(
      `Cannot check gradients: epsilon is ${describe(epsilon)}, not a number above 0`,
    );
  }
  if (!(Number.isFinite(tolerance) && tolerance >= 0)) {
    throw new UsageError(
      `Cannot check gradients: tolerance is ${describe(tolerance)}, not a number from 0 up`,
    );
  }
  const points = inputs.map((input, i) => {
    checkDoublePrecision(`by input ${i}`, input);
    return input.detach().clone();
  });
  let derivative: TensorFunction = f;
  for (let current = 1; current <= order; current++) {
    derivative = checkOrder(derivative, points, { order: current, epsilon, tolerance, random });
  }
}

/** Checks the first derivatives of `f`, and returns the projection of them: a scalar function. */
function checkOrder(f: TensorFunction, points: readonly Tensor[], check: Check): TensorFunction {
  const [result, pullback] = vjp(f, ...points);
  if (!isTraced(result) || !("dtype" in result)) {
    throw new UsageError("Cannot check gradients: the function must return one tensor");
  }
  checkDoublePrecision("of a result", result);
  const cotangent = result.size === 1 ? result.fillLike(1) : directionLike(result, check);
  const gradients: Tensor[] = [pullback(cotangent)].flat();
  points.forEach((_, input) => compareElements(f, points, { input, gradients, cotangent, check }));

  const directions = points.map((point) => directionLike(point, check));
  const forwards = dot(cotangent, jvp(f, [...points], directions)[1]);
  const backwards = gradients.reduce((total, g, i) => total + dot(g, directions[i]!), 0);
  if (!agree(forwards, backwards, check)) {
    throw new GradientError(
      `Cannot confirm ${nameOf(check.order)} along a direction: forwards it is ${forwards}, ` +
        `backwards ${backwards}`,
    );
  }
  const gradient = grad((xs: Tensor[]) => f(...xs).mul(cotangent).sum());
  return (...xs) =>
    gradient(xs).map((g, i) => g.mul(directions[i]!).sum()).reduce((total, g) => total.add(g));
}

/** Compares the derivative by each element of one input with central differences. */
function compareElements(
  f: TensorFunction,
  points: readonly Tensor[],
  { input, gradients, cotangent, check }: {
    readonly input: number;
    readonly gradients: readonly Tensor[];
    readonly cotangent: Tensor;
    readonly check: Check;
  },
): void {
  const moved = points.map((point) => point.clone());
  const { data, shape } = moved[input]!;
  const at = (x: number, element: number) => {
    data[element] = x;
    return withRecording(false, () => f(...moved).clone()); // it may share the array moved next
  };
  for (let element = 0; element < data.length; element++) {
    const x = data[element]!;
    const high = x + check.epsilon * Math.max(1, Math.abs(x));
    const low = x - check.epsilon * Math.max(1, Math.abs(x));
    const change = at(high, element).sub(at(low, element));
    data[element] = x;
    const difference = dot(change, cotangent) / (high - low);
    const derivative = gradients[input]!.data[element]!;
    if (!agree(derivative, difference, check)) {
      throw new GradientError(
        `Cannot confirm ${nameOf(check.order)} by input ${input} at element ` +
          `${formatShape(indexOf(element, shape))}: it is ${derivative}, central differences ` +
          `say ${difference}`,
      );
    }
  }
}

function checkDoublePrecision(what: string, value: { readonly dtype: DType }): void {
  if (value.dtype !== "float64") {
    throw new DTypeError(
      `Cannot check gradients ${what} of kind ${value.dtype}: rounding would hide mistakes, ` +
        'cast it, as in .cast("float64")',
    );
  }
}

/** Whether two derivatives agree; NaN agrees with nothing. */
function agree(a: number, b: number, { tolerance }: Check): boolean {
  return a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

function dot(a: Tensor, b: Tensor): number {
  return a.mul(b).sum().item();
}

/** Numbers between 0.5 and 1.5 in size: a direction that no derivative can hide from. */
function directionLike(point: Tensor, { random }: Check): Tensor {
  const direction = point.fillLike(0);
  for (let i = 0; i < direction.size; i++) {
    const number = 2 * random.next() - 1;
    direction.data[i] = number < 0 ? number - 0.5 : number + 0.5;
  }
  return direction;
}

/** A fixed sequence of numbers between 0 and 1 without a pattern that a derivative could share. */
function sines(): { next(): number } {
  let count = 0;
  return { next: () => (Math.sin(++count * count) + 1) / 2 };
}

function indexOf(element: number, shape: Shape): number[] {
  return stridesOf(shape).map((stride, axis) => Math.floor(element / stride) % shape[axis]!);
}

function nameOf(order: number): string {
  const names = ["first", "second", "third"];
  return `the ${names[order - 1] ?? `${order}th`} derivative`;
}
