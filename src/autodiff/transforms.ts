/** Derivatives as functions of functions: a few lines each over the one reverse pass. */

import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { formatShape, ShapeError, sizeOf } from "../ops/shape.ts";
import type { Tensor } from "../values/tensor.ts";
import { history } from "./backward.ts";
import { isTraced, isTracked, type Traced } from "./traced.ts";
import { leavesLike, leavesOf, mapTree, rebuild } from "./tree.ts";
import { applyToVariables, checkAlike, mayBeAsked, pullBack, released } from "./variables.ts";

/**
 * The value and the gradient of a scalar function, both from one pass. `f` may take any nested
 * object of tensors as its first argument (a model, say) and anything after it; the gradient has
 * the structure of the first argument.
 *
 * Throws a `ShapeError` where `f` does not return a scalar.
 *
 * @example Loss and gradient of a nested object
 * ```ts
 * import { tensor, valueAndGrad } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const step = valueAndGrad(({ w }) => w.square().sum());
 * const [loss, gradient] = step({ w: tensor([1, 2]) });
 * assertEquals(loss.item(), 5);
 * assertEquals(gradient.w.toArray(), [2, 4]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export function valueAndGrad<T = any, Rest extends any[] = any[], R = any>(
  f: (inputs: T, ...rest: Rest) => R,
): (inputs: T, ...rest: Rest) => [R, T] {
  checkFunction("differentiate", f);
  return (inputs, ...rest) => {
    const { result, ...leaves } = applyToVariables("grad", (x: T) => f(x, ...rest), inputs);
    checkScalar("grad", result);
    const record = mayBeAsked([result], leaves.variables);
    const gradients = pullBack([result], [result.fillLike(1)], leaves, record);
    return [(record ? result : released(result)) as R, rebuild(inputs, gradients)];
  };
}

/**
 * The gradient of a scalar function: a function that takes what `f` takes and returns the
 * derivative by its first argument, in the structure of that argument. It can be differentiated
 * again, to any order.
 *
 * Throws a `ShapeError` where `f` does not return a scalar.
 *
 * @example First and second derivatives of x^3
 * ```ts
 * import { grad, type Tensor, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const cube = (x: Tensor) => x.pow(3).sum();
 * assertEquals(grad(cube)(tensor([1, 2, 3])).toArray(), [3, 12, 27]);
 * assertEquals(grad((x: Tensor) => grad(cube)(x).sum())(tensor([1, 2])).toArray(), [6, 12]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export function grad<T = any, Rest extends any[] = any[]>(
  f: (inputs: T, ...rest: Rest) => unknown,
): (inputs: T, ...rest: Rest) => T {
  const both = valueAndGrad(f);
  return (inputs, ...rest) => both(inputs, ...rest)[1];
}

/**
 * The derivatives of a computed scalar by each of `sources`, as values that remember how they were
 * computed, so that they can be differentiated further. Zero where it does not depend on a source.
 *
 * Throws a `ShapeError` where `result` is not a scalar, and a `UsageError` for a source that nothing
 * was recorded of, since it neither requires a gradient nor meets what does.
 *
 * @example The lecture's derivative, and the derivative of it
 * ```ts
 * import { gradients, value } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const x = value(3, "x");
 * const [first] = gradients(x.square(), [x]);
 * const [second] = gradients(first, [x]);
 * assertEquals([first.data, second.data], [6, 2]);
 * ```
 */
export function gradients<Sources extends readonly Traced[]>(
  result: Traced,
  sources: readonly [...Sources],
): Sources {
  checkScalar("differentiate", result);
  if (!Array.isArray(sources)) {
    throw new UsageError(
      `Cannot differentiate by ${describe(sources)}: sources are in an array, as in [x]`,
    );
  }
  checkRecorded(result, sources);
  const leaves = { variables: sources };
  return pullBack([result], [result.fillLike(1)], leaves, true) as unknown as Sources;
}

/** The one input where there is one, the tuple of them where there are more. */
export type OnlyOrAll<Inputs extends unknown[]> = Inputs extends [infer Only] ? Only
  // deno-lint-ignore no-explicit-any
  : number extends Inputs["length"] ? any // an array of one or of more
  : Inputs;

/**
 * The result of `f` and its pullback: the function that takes a cotangent of the result to those of
 * the inputs, `g` to `g J`. With one input it returns that input's cotangent, with several a tuple. A
 * cotangent of another shape is a `ShapeError`, one of another kind a `DTypeError`.
 *
 * @example A vector times the Jacobian
 * ```ts
 * import { type Tensor, tensor, vjp } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const [y, pullback] = vjp((x: Tensor) => x.square(), tensor([1, 2]));
 * assertEquals(y.toArray(), [1, 4]);
 * assertEquals(pullback(tensor([1, 10])).toArray(), [2, 40]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export function vjp<Inputs extends any[] = any[], R = any>(
  f: (...inputs: Inputs) => R,
  ...inputs: Inputs
): [R, (cotangent: R) => OnlyOrAll<Inputs>] {
  checkFunction("vjp", f);
  const { result, ...leaves } = applyToVariables("vjp", (x: Inputs) => f(...x), inputs);
  const results = leavesOf(result);
  const pullback = (cotangent: R): OnlyOrAll<Inputs> => {
    const seeds = leavesLike("vjp", result, cotangent);
    seeds.forEach((seed, i) => {
      if (!results[i]!.isDifferentiable) return;
      checkAlike("vjp a cotangent", seed, ["the result", results[i]!]);
    });
    const record = mayBeAsked([...results, ...seeds], leaves.variables);
    const cotangents = pullBack(results, seeds, leaves, record);
    const tree = rebuild(inputs, cotangents);
    return (inputs.length === 1 ? tree[0] : tree) as OnlyOrAll<Inputs>;
  };
  return [mayBeAsked(results, leaves.variables) ? result : released(result), pullback];
}

/**
 * The result of `f` and its derivative along `tangents`: `J t`. It is two pullbacks, since a
 * pullback is linear in its cotangent and the pullback of that is the derivative forwards. A result
 * of integers or truth values has zeros for its derivative. A tangent of another shape is a
 * `ShapeError`, one of another kind a `DTypeError`.
 *
 * @example The slope of the sine at 0
 * ```ts
 * import { jvp, type Tensor, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const [y, dy] = jvp((x: Tensor) => x.sin(), [tensor([0])], [tensor([1])]);
 * assertEquals([y.toArray(), dy.toArray()], [[0], [1]]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export function jvp<Inputs extends any[] = any[], R = any>(
  f: (...inputs: Inputs) => R,
  inputs: Readonly<Inputs>,
  tangents: Readonly<NoInfer<Inputs>>,
): [R, R] {
  checkFunction("jvp", f);
  if (!Array.isArray(inputs) || !Array.isArray(tangents)) {
    throw new UsageError(
      `Cannot jvp at ${describe(inputs)} along ${describe(tangents)}: both are arrays, one entry ` +
        "for each input",
    );
  }
  const { result, ...leaves } = applyToVariables("jvp", (x: Inputs) => f(...x), inputs);
  const { variables } = leaves;
  const directions = leavesLike("jvp", inputs, tangents);
  directions.forEach((direction, i) => {
    checkAlike("jvp along a tangent", direction, ["the input", variables[i]!]);
  });
  const all = leavesOf(result);
  const results = all.filter((leaf) => leaf.isDifferentiable);
  const probes = results.map((leaf) => leaf.fillLike(0).asVariable());
  const pulled = pullBack(results, probes, leaves, true);
  const record = mayBeAsked([...pulled, ...directions], [...variables, ...probes]);
  const along = pullBack(pulled, directions, { variables: probes }, record);
  const tangent = rebuild(
    result,
    all.map((leaf) => leaf.isDifferentiable ? along.shift() : leaf.fillLike(0)),
  );
  return [mayBeAsked(all, variables) ? result : released(result), tangent];
}

/** What `jacobian` gives: a tensor for one of a tensor, a nested object for what is nested. */
export type Jacobian<Result, Inputs> = [Result, Inputs] extends [Tensor, Tensor]
  ? 0 extends 1 & Inputs ? Inputs : Tensor // `any` extends all
  // deno-lint-ignore no-explicit-any
  : any;

/**
 * All derivatives of the elements of a tensor by the elements of another: a function that returns
 * a tensor of the output's shape followed by the input's. Nested inputs and outputs give a nested
 * object, the output's structure outside. Throws a `UsageError` where `f` returns no tensor.
 *
 * @example The Jacobian of squares is diagonal
 * ```ts
 * import { jacobian, type Tensor, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const J = jacobian((x: Tensor) => x.square())(tensor([1, 2]));
 * assertEquals(J.toArray(), [[2, 0], [0, 4]]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export function jacobian<T = any, R = any>(f: (inputs: T) => R): (inputs: T) => Jacobian<R, T> {
  checkFunction("jacobian", f);
  return (inputs) => {
    const { result, variables } = applyToVariables("jacobian", f, inputs);
    if (typeof result !== "object" || result === null) {
      throw new UsageError(
        `Cannot jacobian a function that returns ${describe(result)}: it returns a tensor`,
      );
    }
    return mapTree(result, (leaf) => {
      if (!("size" in leaf)) {
        throw new UsageError("Cannot jacobian a function that returns a Value: use gradients");
      }
      const output = leaf as Tensor;
      const record = mayBeAsked([output], variables);
      const rows = Array.from(
        { length: output.size },
        (_, i) => pullBack([output], [output.unitLike(i)], { variables }, record),
      );
      const blocks = variables.map((variable, v) => {
        const own = variable as Tensor;
        const shape = [...output.shape, ...own.shape];
        const lines = rows.map((row) => (row[v] as Tensor).reshape([1, own.size]));
        return lines.length === 0 ? own.fillLike(0).broadcastTo(shape) : lines[0]!
          .concat(lines.slice(1), { axis: 0 }).reshape(shape);
      });
      return rebuild(inputs, blocks);
    }) as Jacobian<R, T>;
  };
}

/**
 * The second derivatives of a scalar function: a function that returns a tensor of the input's
 * shape twice over. Throws a `ShapeError` where `f` does not return a scalar.
 *
 * @example The Hessian of a sum of cubes
 * ```ts
 * import { hessian, type Tensor, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const H = hessian((x: Tensor) => x.pow(3).sum())(tensor([1, 2]));
 * assertEquals(H.toArray(), [[6, 0], [0, 12]]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export function hessian<T = any>(f: (inputs: T) => unknown): (inputs: T) => Jacobian<Tensor, T> {
  return jacobian(grad(f)) as (inputs: T) => Jacobian<Tensor, T>;
}

/** Throws where nobody knows whether a result was computed from a source. */
function checkRecorded(result: Traced, sources: readonly unknown[]): void {
  const used = new Set<unknown>();
  for (const [i, source] of sources.entries()) {
    if (!isTraced(source)) {
      throw new UsageError(
        `Cannot differentiate by ${describe(source)}: source ${i} is no tensor or Value`,
      );
    }
    if (isTracked(source) || source.isSymbolic || !source.isDifferentiable) continue;
    if (used.size === 0) { for (const value of history([result])) used.add(value); }
    if (used.has(source)) continue;
    throw new UsageError(
      `Cannot differentiate by source ${i}, of shape ${formatShape(source.shape)}: nobody has ` +
        "recorded what is computed from it, make it with requiresGrad",
    );
  }
}

function checkFunction(name: string, f: unknown): void {
  if (typeof f === "function") return;
  throw new UsageError(`Cannot ${name} ${describe(f)}: it takes a function`);
}

function checkScalar(name: string, result: unknown): asserts result is Traced {
  if (!isTraced(result)) {
    throw new UsageError(`Cannot ${name}: the function must return a scalar tensor or a Value`);
  }
  if (sizeOf(result.shape) !== 1) {
    throw new ShapeError(
      `Cannot ${name} a function with a result of shape ${formatShape(result.shape)}: ` +
        "reduce it to a scalar, as in .sum(), or use jacobian",
    );
  }
}
