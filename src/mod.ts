/** The public API, as a list: what `mod.ts` hands out. */

export type { DType, TypedArray } from "./ops/dtype.ts";
export { DTypeError } from "./ops/dtype.ts";
export { UsageError } from "./ops/error.ts";
export { IndexError } from "./ops/indexing.ts";
export type { Shape } from "./ops/shape.ts";
export { ShapeError } from "./ops/shape.ts";

export { grad, gradients, hessian, jacobian, jvp } from "./autodiff/transforms.ts";
export { valueAndGrad, vjp } from "./autodiff/transforms.ts";
export { noGrad } from "./autodiff/recording.ts";
export {
  checkGradients,
  type GradientCheckOptions,
  GradientError,
} from "./autodiff/check_gradients.ts";

export { Value, value } from "./values/value.ts";
export { TracingError } from "./autodiff/traced.ts";
export { Tensor } from "./values/tensor.ts";
export { arange, eye, full, linspace } from "./values/creation.ts";
export { ones, tensor, zeros } from "./values/creation.ts";
export { oneHot } from "./values/one_hot.ts";
export { concat, stack, where } from "./values/joining.ts";
export { einsum } from "./values/einsum.ts";
export { Random } from "./values/random.ts";

export { formula, type FormulaOptions } from "./formula/formula.ts";

export { compile, type Compiled } from "./compile/compile.ts";
export type { CompileOptions } from "./compile/compilation.ts";
export { type Blas, type BlasOptions, openBlas } from "./backends/blas/library.ts";

export { batches, type BatchOptions, splitDataset } from "./data/dataset.ts";
export type { Dataset, DatasetParts } from "./data/dataset.ts";
export { digits, type DigitsOptions } from "./data/digits.ts";
export { DataError } from "./data/error.ts";
export { type IdxArray, type IdxData, parseIdx, readIdx } from "./data/idx.ts";
export { type Iris, iris, type IrisOptions } from "./data/iris.ts";
export { loadMnist, type MnistOptions } from "./data/mnist.ts";

/** What networks are made of: layers, losses, initializers, and training in one call. */
export * as nn from "./nn/mod.ts";
/** How networks learn: optimizers, which change parameters against their gradients. */
export * as optim from "./optim/mod.ts";

// The types that the signatures above are written in
export type { Origin, Traced } from "./autodiff/traced.ts";
export type { Jacobian, OnlyOrAll } from "./autodiff/transforms.ts";
export type { AnyPullback, Block, Each, Op } from "./ops/op.ts";
export type { Elementwise } from "./ops/elementwise_op.ts";
export type { Transposition } from "./ops/linalg.ts";
export type { Place } from "./ops/structural.ts";
export type { WindowPlacement } from "./ops/window.ts";
export type { Arithmetic } from "./values/arithmetic.ts";
export type { Nested, TensorOptions } from "./values/creation.ts";
export type { NestedArray } from "./values/format.ts";
export type { ConvolutionOptions, Convolutions } from "./values/convolutions.ts";
export type { TransposedConvolutionOptions } from "./values/convolutions.ts";
export type { Functions } from "./values/functions.ts";
export type { Indexing } from "./values/indexing.ts";
export type { Matrices } from "./values/matrices.ts";
export type { NumberCell } from "./values/number_cell.ts";
export type { AvgPoolOptions, MaxPoolOptions, Pooling } from "./values/pooling.ts";
export type { Part, Range } from "./values/range.ts";
export type { Rearrangements } from "./values/rearrangements.ts";
export type { Axes, ReductionOptions, Reductions } from "./values/reductions.ts";
export type { Numbers, Residence, TensorParts } from "./values/tensor_parts.ts";
export type { PerAxis, WindowOptions, Windows } from "./values/windows.ts";
