/** How good a model is: what it answers, how often it is right, and what it takes for what. */

import { noGrad } from "../autodiff/recording.ts";
import { batches, type Dataset, exampleCount } from "../data/dataset.ts";
import { describe } from "../ops/describe.ts";
import { isFloat } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { optionsOf } from "../ops/options.ts";
import { formatShape, sameShape, ShapeError } from "../ops/shape.ts";
import { checkTensors } from "../values/check_tensors.ts";
import { tensor, zeros } from "../values/creation.ts";
import { oneHotFor } from "../values/one_hot.ts";
import { Tensor } from "../values/tensor.ts";
import { crossEntropy, type Loss } from "./losses.ts";

/** Anything that turns a batch of inputs into outputs. */
export interface Model {
  /** The outputs for a batch of inputs. */
  forward(inputs: Tensor): Tensor;
}

/** Throws unless it is a model. */
export function checkModel(name: string, model: Model): void {
  if (typeof model?.forward === "function") return;
  throw new UsageError(`Cannot ${name} ${describe(model)}: a model has a method forward(inputs)`);
}

/** How a model does on a dataset. */
export interface Evaluation {
  /** The mean loss of an example. */
  readonly loss: number;
  /** The share of examples whose class is right, or null where labels are no classes. */
  readonly accuracy: number | null;
}

/** How to go through a dataset. */
export interface EvaluateOptions {
  /** The loss; the cross-entropy unless told otherwise. */
  readonly loss?: Loss;
  /** How many examples to pass through the model at once; 1,000 unless told otherwise. */
  readonly batchSize?: number;
}

/** Whether labels are classes: indices, or rows of probabilities that each add up to 1. */
export function areClasses(labels: Tensor): boolean {
  if (!isFloat(labels.dtype)) return labels.rank === 1;
  if (labels.rank !== 2) return false;
  const areSums = labels.sum(1).sub(1).abs().less(1e-3).all();
  return labels.greaterEqual(0).all().logicalAnd(areSums).item() === 1;
}

/**
 * Whether each output names the right class: the largest of a row against a class index (int32) or
 * against the largest of a row of probabilities. Null where labels are no classes.
 */
export function correctMask(outputs: Tensor, labels: Tensor): Tensor | null {
  if (outputs.rank !== 2 || outputs.shape[1]! < 2) return null;
  const isIndices = labels.dtype === "int32" && labels.rank === 1;
  if (!isIndices && !sameShape(outputs.shape, labels.shape)) return null;
  return outputs.argmax(1).equal(isIndices ? labels : labels.argmax(1));
}

/** How many outputs name the right class, or null where labels are no classes. */
export function correctCount(outputs: Tensor, labels: Tensor): number | null {
  return noGrad(() =>
    areClasses(labels) ? correctMask(outputs, labels)?.sum().item() ?? null : null
  );
}

/**
 * The mean loss and the accuracy of a model on a dataset. The model is not changed. The loss is the
 * cross-entropy unless told otherwise; without it, labels that are no classes are a `UsageError`.
 *
 * @example An untrained model guesses
 * ```ts
 * import { digits, nn } from "@turunan/turunan";
 * import { assert } from "@std/assert";
 *
 * const { test } = digits({ train: 100, test: 200 });
 * const { accuracy } = await nn.evaluate(nn.mlp([784, 10]), test);
 * assert(accuracy! < 0.5);
 * ```
 */
// deno-lint-ignore require-await -- asynchronous as `fit` is, so that large sets may yield
export async function evaluate(
  model: Model,
  dataset: Dataset,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { loss, batchSize = 1000 } = optionsOf(
    "evaluate",
    options,
    { batchSize: "100", loss: null },
  );
  checkModel("evaluate", model);
  if (loss === undefined) checkClasses(dataset);
  return evaluateNow(model, dataset, { loss: loss ?? crossEntropy, batchSize });
}

/** Throws where labels are no classes, of which a cross-entropy would say nothing. */
function checkClasses(dataset: Dataset): void {
  exampleCount(dataset);
  const { labels } = dataset;
  if (noGrad(() => areClasses(labels))) return;
  throw new UsageError(
    `Cannot evaluate labels ${formatShape(labels.shape)} of ${labels.dtype} without a loss: they ` +
      "are no classes; pass it, as in { loss: nn.meanSquaredError }",
  );
}

/** `evaluate` without waiting. */
export function evaluateNow(
  model: Model,
  dataset: Dataset,
  { loss, batchSize }: Required<EvaluateOptions>,
): Evaluation {
  let total = 0;
  let correct: number | null = 0;
  let count = 0;
  for (const { inputs, labels } of batches(dataset, { batchSize })) {
    const outputs = noGrad(() => model.forward(inputs));
    const right = correctCount(outputs, labels);
    correct = right === null || correct === null ? null : correct + right;
    total += noGrad(() => loss(outputs, labels)).item() * labels.shape[0]!;
    count += labels.shape[0]!;
  }
  return { loss: total / count, accuracy: correct === null ? null : correct / count };
}

/**
 * The class that a model gives each example of a dataset, or of inputs alone, int32 `[n]`: the largest
 * of its outputs. Throws a `ShapeError` unless these are `[n, classes]`, of two classes at least.
 *
 * @example One answer for each example
 * ```ts
 * import { digits, nn } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const { test } = digits({ train: 10, test: 20 });
 * const model = nn.mlp([784, 10]);
 * assertEquals(nn.predict(model, test).shape, [20]);
 * assertEquals(nn.predict(model, test.inputs).toArray(), nn.predict(model, test).toArray());
 * ```
 */
export function predict(
  model: Model,
  examples: Dataset | Tensor,
  options: { readonly batchSize?: number } = {},
): Tensor {
  const { batchSize = 1000 } = optionsOf("predict", options, { batchSize: "100" });
  checkModel("predict with", model);
  const dataset = examples instanceof Tensor
    ? { inputs: examples, labels: zeros(examples.shape.slice(0, 1)) } // which nobody looks at
    : examples;
  const answers = new Int32Array(exampleCount(dataset));
  let done = 0;
  for (const { inputs } of batches(dataset, { batchSize })) {
    const outputs = noGrad(() => model.forward(inputs));
    if (outputs.rank !== 2 || outputs.shape[0] !== inputs.shape[0]) {
      throw new ShapeError(
        `Cannot predict from outputs ${formatShape(outputs.shape)}: they are [examples, classes]`,
      );
    }
    if (outputs.shape[1] === 1) {
      throw new ShapeError(
        `Cannot predict a class from outputs ${formatShape(outputs.shape)}: there is one alone; ` +
          "model.forward(inputs) gives the numbers",
      );
    }
    answers.set(outputs.argmax(1).data, done);
    done += inputs.shape[0]!;
  }
  return tensor(answers);
}

/**
 * How often each class (row) was taken for each class (column), int32 `[classes, classes]`. Throws a
 * `ShapeError` where predictions and labels differ in number, an `IndexError` for a class that is none.
 *
 * @example One of three is wrong
 * ```ts
 * import { nn, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const truth = tensor([0, 1, 1], { dtype: "int32" });
 * const answers = tensor([0, 1, 0], { dtype: "int32" });
 * assertEquals(nn.confusionMatrix(answers, truth, 2).toArray(), [[1, 0], [1, 1]]);
 * ```
 */
export function confusionMatrix(predictions: Tensor, labels: Tensor, classes: number): Tensor {
  checkTensors("confusionMatrix", [predictions, labels]);
  if (!sameShape(predictions.shape, labels.shape)) {
    throw new ShapeError(
      `Cannot confusionMatrix ${formatShape(predictions.shape)} and ${
        formatShape(labels.shape)
      }: ` +
        "there is one prediction for each label",
    );
  }
  const [rows, columns] = [labels, predictions].map((given) =>
    oneHotFor("confusionMatrix", given, classes, { dtype: "float32" })
  ) as [Tensor, Tensor];
  return rows.matmul(columns, { transposeA: true }).cast("int32");
}
