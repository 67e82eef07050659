/**
 * turunan: automatic differentiation for Deno. Scalars (`value`) and tensors (`tensor`) remember
 * how they were computed, derivatives of every order follow from it, and `nn`, `optim` and the data
 * sets build and train networks on top.
 *
 * @example The lecture's line: the derivative of its mean squared error, from the graph
 * ```ts
 * import { formula, gradients, value } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const m = value(-1, "m");
 * const b = value(5, "b");
 * const errors = [[1, 3], [2, 5]].map(([x, y]) => m.mul(x).add(b).sub(y).square());
 * const mse = errors.reduce((sum, error) => sum.add(error)).div(2);
 * assertEquals(formula(gradients(mse, [m])[0]), "5m + 3b - 13");
 * ```
 *
 * @module
 */

export type { DType, TypedArray } from "./src/ops/dtype.ts";
export { DTypeError } from "./src/ops/dtype.ts";
export { UsageError } from "./src/ops/error.ts";
export { IndexError } from "./src/ops/indexing.ts";
export type { Shape } from "./src/ops/shape.ts";
export { ShapeError } from "./src/ops/shape.ts";

export { grad, gradients, hessian, jacobian, jvp } from "./src/autodiff/transforms.ts";
export { valueAndGrad, vjp } from "./src/autodiff/transforms.ts";
export { noGrad } from "./src/autodiff/recording.ts";

export { type Value, value } from "./src/values/value.ts";
export { Tensor } from "./src/values/tensor.ts";
export { arange, concat, eye, full, linspace, oneHot } from "./src/values/creation.ts";
export { ones, stack, tensor, where, zeros } from "./src/values/creation.ts";
export { Random } from "./src/values/random.ts";

export { batches, type BatchOptions, splitDataset } from "./src/data/dataset.ts";
export type { Dataset, DatasetParts } from "./src/data/dataset.ts";
export { digits, type DigitsOptions } from "./src/data/digits.ts";
export { DataError } from "./src/data/error.ts";
export { type IdxArray, type IdxData, parseIdx, readIdx } from "./src/data/idx.ts";
export { type Iris, iris, type IrisOptions } from "./src/data/iris.ts";
export { loadMnist, type MnistOptions } from "./src/data/mnist.ts";

export * as nn from "./src/nn/mod.ts";
export * as optim from "./src/optim/mod.ts";
