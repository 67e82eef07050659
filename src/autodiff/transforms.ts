/** Derivatives as functions of functions: a few lines each over the one reverse pass. */

import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { formatShape, sameShape, ShapeError, sizeOf } from "../ops/shape.ts";
import type { Tensor } from "../values/tensor.ts";
import { history, reverse } from "./backward.ts";
import { insideTransform, isRecording, isTransforming } from "./recording.ts";
import { isTraced, type Traced } from "./traced.ts";
import { entriesOf, leavesLike, leavesOf, mapTree, rebuild } from "./tree.ts";

/** Applies `f` to variables in place of `inputs`, and tells which variables they were. */
function applyToVariables<T, Result>(
  name: string,
  f: (inputs: T) => Result,
  inputs: T,
): { result: Result; variables: Traced[] } {
  const entries = entriesOf(inputs);
  if (entries.length === 0) {
    throw new UsageError(`Cannot ${name}: there is no tensor to differentiate by`);
  }
  for (const [path, leaf] of entries) {
    if (!leaf.isDifferentiable) {
      const where = path === "" ? "" : ` at "${path}"`;
      throw new UsageError(
        `Cannot ${name} by integers or truth values${where}: cast them, as in .cast("float32")`,
      );
    }
  }
  return insideTransform(() => {
    const variables = entries.map(([, leaf]) => leaf.asVariable());
    return { result: f(rebuild(inputs, variables)), variables };
  });
}

/** The cotangents of `variables`, zeros where the results do not depend on them. */
function pullBack(
  results: readonly Traced[],
  seeds: readonly Traced[],
  variables: readonly Traced[],
  record: boolean,
): Traced[] {
  const sources = new Set(variables);
  const cotangents = reverse(results, seeds, { isSource: (value) => sources.has(value), record });
  return variables.map((variable) => cotangents.get(variable) ?? variable.fillLike(0));
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

/** Whether someone beyond the transform, whose own variables are given, may differentiate `values`. */
function mayBeAsked(values: readonly Traced[], variables: readonly Traced[]): boolean {
  if (!isRecording()) return false;
  const own = new Set(variables);
  return history(values).some((value) =>
    value.origin === null &&
    (value.requiresGrad ? !own.has(value) : value.isSymbolic && isTransforming())
  );
}

/** The same values without the history that only the transform itself needed. */
function released<T>(tree: T): T {
  return mapTree(tree, (leaf) => leaf.detach());
}

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
export function valueAndGrad<T = any, Rest extends unknown[] = unknown[], R = any>(
  f: (inputs: T, ...rest: Rest) => R,
): (inputs: T, ...rest: Rest) => [R, T] {
  checkFunction("differentiate", f);
  return (inputs, ...rest) => {
    const { result, variables } = applyToVariables("grad", (x: T) => f(x, ...rest), inputs);
    checkScalar("grad", result);
    const record = mayBeAsked([result], variables);
    const gradients = pullBack([result], [result.fillLike(1)], variables, record);
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
export function grad<T = any, Rest extends unknown[] = unknown[]>(
  f: (inputs: T, ...rest: Rest) => unknown,
): (inputs: T, ...rest: Rest) => T {
  const both = valueAndGrad(f);
  return (inputs, ...rest) => both(inputs, ...rest)[1];
}

/**
 * The derivatives of a computed scalar by each of `sources`, as values that remember how they were
 * computed, so that they can be differentiated further. Zero where it does not depend on a source.
 *
 * Throws a `ShapeError` where `result` is not a scalar.
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
  return pullBack([result], [result.fillLike(1)], sources, true) as unknown as Sources;
}

/** The one input where there is one, the tuple of them where there are more. */
export type OnlyOrAll<Inputs extends unknown[]> = Inputs extends [infer Only] ? Only : Inputs;

/**
 * The result of `f` and its pullback: the function that takes a cotangent of the result to those of
 * the inputs, `g` to `g J`. With one input it returns that input's cotangent, with several a tuple. A
 * cotangent of another shape is a `ShapeError`.
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
export function vjp<Inputs extends unknown[] = any[], R = any>(
  f: (...inputs: Inputs) => R,
  ...inputs: Inputs
): [R, (cotangent: R) => OnlyOrAll<Inputs>] {
  checkFunction("vjp", f);
  const { result, variables } = applyToVariables("vjp", (x: Inputs) => f(...x), inputs);
  const results = leavesOf(result);
  const pullback = (cotangent: R): OnlyOrAll<Inputs> => {
    const seeds = leavesLike("vjp", result, cotangent);
    seeds.forEach((seed, i) => {
      if (!sameShape(seed.shape, results[i]!.shape)) {
        throw new ShapeError(
          `Cannot vjp a cotangent of shape ${formatShape(seed.shape)}: the result has shape ` +
            formatShape(results[i]!.shape),
        );
      }
    });
    const record = mayBeAsked([...results, ...seeds], variables);
    const cotangents = pullBack(results, seeds, variables, record);
    const tree = rebuild(inputs, cotangents);
    return (inputs.length === 1 ? tree[0] : tree) as OnlyOrAll<Inputs>;
  };
  return [mayBeAsked(results, variables) ? result : released(result), pullback];
}

/**
 * The result of `f` and its derivative along `tangents`: `J t`. It is two pullbacks, since a
 * pullback is linear in its cotangent and the pullback of that is the derivative forwards. A tangent
 * of another shape is a `ShapeError`.
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
export function jvp<Inputs extends unknown[] = any[], R = any>(
  f: (...inputs: Inputs) => R,
  inputs: Inputs,
  tangents: Inputs,
): [R, R] {
  checkFunction("jvp", f);
  if (!Array.isArray(inputs) || !Array.isArray(tangents)) {
    throw new UsageError(
      `Cannot jvp at ${describe(inputs)} along ${describe(tangents)}: both are arrays, one entry ` +
        "for each input",
    );
  }
  const { result, variables } = applyToVariables("jvp", (x: Inputs) => f(...x), inputs);
  const directions = leavesLike("jvp", inputs, tangents);
  directions.forEach((direction, i) => {
    if (!sameShape(direction.shape, variables[i]!.shape)) {
      throw new ShapeError(
        `Cannot jvp along a tangent of shape ${formatShape(direction.shape)}: the input has ` +
          `shape ${formatShape(variables[i]!.shape)}`,
      );
    }
  });
  const results = leavesOf(result);
  const probes = results.map((leaf) => leaf.fillLike(0).asVariable());
  const pulled = pullBack(results, probes, variables, true);
  const record = mayBeAsked([...pulled, ...directions], [...variables, ...probes]);
  const tangent = rebuild(result, pullBack(pulled, directions, probes, record));
  return [mayBeAsked(results, variables) ? result : released(result), tangent];
}

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
export function jacobian<T = any>(f: (inputs: T) => unknown): (inputs: T) => any {
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
        (_, i) => pullBack([output], [output.unitLike(i)], variables, record),
      );
      const blocks = variables.map((variable, v) => {
        const own = variable as Tensor;
        const shape = [...output.shape, ...own.shape];
        const lines = rows.map((row) => (row[v] as Tensor).reshape([1, own.size]));
        return lines.length === 0 ? own.fillLike(0).broadcastTo(shape) : lines[0]!
          .concat(lines.slice(1), { axis: 0 }).reshape(shape);
      });
      return rebuild(inputs, blocks);
    });
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
export function hessian<T = any>(f: (inputs: T) => unknown): (inputs: T) => any {
  return jacobian(grad(f as (inputs: T) => unknown));
}

function checkFunction(name: string, f: unknown): void {
  if (typeof f === "function") return;
  throw new UsageError(`Cannot ${name} ${describe(f)}: it takes a function`);
}
