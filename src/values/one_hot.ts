/** Labels as rows of zeros with a one in each. */

import type { DType } from "../ops/dtype.ts";
import { oneHot as oneHotOp } from "../ops/indexing.ts";
import type { Op } from "../ops/op.ts";
import { checkTensors } from "./check_tensors.ts";
import { applyOp, type Tensor } from "./tensor.ts";

/**
 * For each label (int32) a row of zeros with a one at the label, along a new last axis; `float32`
 * unless asked otherwise. Throws an `IndexError` for a label that is not one of the classes.
 *
 * @example Two labels of three classes
 * ```ts
 * import { oneHot, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const labels = tensor([2, 0], { dtype: "int32" });
 * assertEquals(oneHot(labels, 3).toArray(), [[0, 0, 1], [1, 0, 0]]);
 * ```
 */
export function oneHot(
  labels: Tensor,
  classes: number,
  options: { readonly dtype?: DType } = {},
): Tensor {
  checkTensors("oneHot", [labels]);
  return labels.oneHot(classes, options);
}

/** The same for an operation that labels are given to, whose name errors say. */
export function oneHotFor(
  asker: string,
  labels: Tensor,
  classes: number,
  { dtype }: { readonly dtype: DType },
): Tensor {
  return applyOp(oneHotOp as Op, [labels], { classes, dtype, asker });
}
