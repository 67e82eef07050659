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
 * const data = [[1, 3], [2, 5]] as const;
 * const errors = data.map(([x, y]) => m.mul(x).add(b).sub(y).square());
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
export {
  checkGradients,
  type GradientCheckOptions,
  GradientError,
} from "./src/autodiff/check_gradients.ts";

export { Value, value } from "./src/values/value.ts";
export { TracingError } from "./src/autodiff/traced.ts";
export { Tensor } from "./src/values/tensor.ts";
export { arange, eye, full, linspace, oneHot } from "./src/values/creation.ts";
export { ones, tensor, zeros } from "./src/values/creation.ts";
export { concat, stack, where } from "./src/values/joining.ts";
export { einsum } from "./src/values/einsum.ts";
export { Random } from "./src/values/random.ts";

export { formula, type FormulaOptions } from "./src/formula/formula.ts";

export { compile, type Compiled } from "./src/compile/compile.ts";
export type { CompileOptions } from "./src/compile/compilation.ts";
export { type Blas, type BlasOptions, openBlas } from "./src/backends/blas/library.ts";

export { batches, type BatchOptions, splitDataset } from "./src/data/dataset.ts";
export type { Dataset, DatasetParts } from "./src/data/dataset.ts";
export { digits, type DigitsOptions } from "./src/data/digits.ts";
export { DataError } from "./src/data/error.ts";
export { type IdxArray, type IdxData, parseIdx, readIdx } from "./src/data/idx.ts";
export { type Iris, iris, type IrisOptions } from "./src/data/iris.ts";
export { loadMnist, type MnistOptions } from "./src/data/mnist.ts";

/** What networks are made of: layers, losses, initializers, and training in one call. */
export * as nn from "./src/nn/mod.ts";
/** How networks learn: optimizers, which change parameters against their gradients. */
export * as optim from "./src/optim/mod.ts";

// The types that the signatures above are written in
export type { Origin, Traced } from "./src/autodiff/traced.ts";
export type { OnlyOrAll } from "./src/autodiff/transforms.ts";
export type { AnyPullback, Block, Each, Op } from "./src/ops/op.ts";
export type { Elementwise } from "./src/ops/elementwise.ts";
export type { Transposition } from "./src/ops/linalg.ts";
export type { Place } from "./src/ops/structural.ts";
export type { WindowPlacement } from "./src/ops/window.ts";
export type { Arithmetic } from "./src/values/arithmetic.ts";
export type { Nested, TensorOptions } from "./src/values/creation.ts";
export type { NestedArray } from "./src/values/format.ts";
export type { ConvolutionOptions, Convolutions } from "./src/values/convolutions.ts";
export type { TransposedConvolutionOptions } from "./src/values/convolutions.ts";
export type { Functions } from "./src/values/functions.ts";
export type { Indexing } from "./src/values/indexing.ts";
export type { Matrices } from "./src/values/matrices.ts";
export type { NumberCell } from "./src/values/number_cell.ts";
export type { AvgPoolOptions, MaxPoolOptions, Pooling } from "./src/values/pooling.ts";
export type { Part, Range } from "./src/values/range.ts";
export type { Rearrangements } from "./src/values/rearrangements.ts";
export type { Axes, ReductionOptions, Reductions } from "./src/values/reductions.ts";
export type { Residence, TensorParts } from "./src/values/tensor_parts.ts";
export type { PerAxis, WindowOptions, Windows } from "./src/values/windows.ts";
