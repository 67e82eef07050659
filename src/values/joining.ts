/** Making one tensor of several. */

import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { optionsOf } from "../ops/options.ts";
import { formatShape, resolveAxis, sameShape, ShapeError } from "../ops/shape.ts";
import { checkTensors } from "./check_tensors.ts";
import { full } from "./creation.ts";
import { Tensor } from "./tensor.ts";

/**
 * `a` where the condition (bool) holds, `b` elsewhere; the three broadcast. Throws a `ShapeError` where
 * they do not, and a `DTypeError` where `a` and `b` are of two kinds, or the condition is not bool.
 *
 * @example Only what is greater than 1
 * ```ts
 * import { tensor, where } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const x = tensor([1, 2, 3]);
 * assertEquals(where(x.greater(1), x, 0).toArray(), [0, 2, 3]);
 * ```
 */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  checkTensors("where", [condition]);
  if (a instanceof Tensor) return a.where(condition, b);
  if (b instanceof Tensor) return b.maskedFill(condition, a);
  return full([], a).where(condition, b);
}

/**
 * Tensors one after the other along an axis, the first unless told otherwise. Throws a `ShapeError`
 * where the other axes differ, a `DTypeError` where the kinds do.
 *
 * @example Rows below rows
 * ```ts
 * import { concat, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(concat([tensor([1, 2]), tensor([3])]).toArray(), [1, 2, 3]);
 * ```
 */
export function concat(tensors: readonly Tensor[], options: { axis?: number } = {}): Tensor {
  checkJoined("concat", tensors, options);
  const [first, ...others] = tensors;
  if (first === undefined) throw new UsageError("Cannot concat: there are no tensors");
  return first.concat(others, options);
}

/**
 * Tensors of one shape along a new axis, the first unless told otherwise. Throws a `ShapeError` where
 * the shapes differ, a `DTypeError` where the kinds do.
 *
 * @example Two vectors as the rows of a matrix
 * ```ts
 * import { stack, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(stack([tensor([1, 2]), tensor([3, 4])]).toArray(), [[1, 2], [3, 4]]);
 * ```
 */
export function stack(tensors: readonly Tensor[], options: { axis?: number } = {}): Tensor {
  checkJoined("stack", tensors, options);
  const { axis = 0 } = options;
  const first = tensors[0];
  if (first === undefined) throw new UsageError("Cannot stack: there are no tensors");
  for (const { shape } of tensors) {
    if (!sameShape(shape, first.shape)) {
      throw new ShapeError(
        `Cannot stack ${formatShape(first.shape)} and ${formatShape(shape)}: the shapes differ`,
      );
    }
  }
  const at = resolveAxis("stack", axis, [...first.shape, 1]);
  return concat(tensors.map((tensor) => tensor.unsqueeze(at)), { axis: at });
}

/** Throws unless something is an array of tensors, and options are no axis. */
function checkJoined(name: string, tensors: readonly Tensor[], options: object): void {
  if (typeof options === "number") {
    throw new UsageError(
      `Cannot ${name} along ${options}: an axis is given as { axis: ${options} }`,
    );
  }
  if (!Array.isArray(tensors)) {
    throw new UsageError(`Cannot ${name} ${describe(tensors)}: use an array of tensors`);
  }
  checkTensors(name, tensors);
  optionsOf(name, options, { axis: "1" });
}
