/** What networks are made of: layers, losses, initializers, and training in one call. */

export { AvgPool2d, Conv1d, Conv2d, MaxPool2d } from "./convolutions.ts";
export type { ConvolutionLayerOptions } from "./convolutions.ts";
export { fit, type FitOptions } from "./fit.ts";
export { TrainingError } from "./learner.ts";
/** Where first weights come from, for the `initializer` of a layer. */
export * as init from "./initializers.ts";
export type { Initializer } from "./initializers.ts";
export { Layer } from "./layer.ts";
export { Activation, type ActivationName, Flatten, type LayerOptions } from "./layers.ts";
export type { WeightOptions } from "./layers.ts";
export { Linear, mlp, Sequential } from "./layers.ts";
export {
  binaryCrossEntropyWithLogits,
  crossEntropy,
  hinge,
  type Loss,
  meanAbsoluteError,
  meanSquaredError,
  rootMeanSquaredError,
} from "./losses.ts";
export type { BinaryCrossEntropyOptions, CrossEntropyOptions } from "./losses.ts";
export type { HingeOptions, LossOptions, Reduction } from "./losses.ts";
export { confusionMatrix, evaluate, predict } from "./metrics.ts";
export type { EvaluateOptions, Evaluation, Model } from "./metrics.ts";
export type { BatchReport, EpochRecord, ProgressReporter } from "./progress.ts";
