/** Networks that read drawn digits: what each layer says, and which pixels speak for the answer. */

import { grad, type nn, noGrad, Tensor } from "../../../mod.ts";
import { activationsOf, restoreModel } from "../../model/stored_model.ts";
import { imageOf, side, type Stroke } from "../../model/strokes.ts";
import { assetUrl } from "../../worker_task.ts";

/** What a network says about a drawing. */
export interface Reading {
  /** The drawing as the network sees it, 28 x 28. */
  readonly image: Float32Array;
  /** What each hidden layer says. */
  readonly hidden: readonly ArrayLike<number>[];
  readonly probabilities: ArrayLike<number>;
  readonly answer: number;
  /** How long all of this took, in milliseconds. */
  readonly milliseconds: number;
}

const rowOf = (image: Float32Array): Tensor =>
  new Tensor({ shape: [1, side * side], dtype: "float32", data: image });

/** Reads strokes with a network; `least` is the size below which a drawing is not made larger. */
export function readStrokes(
  model: nn.Sequential,
  strokes: readonly Stroke[],
  least: number,
): Reading {
  const started = performance.now();
  const image = imageOf(strokes, least);
  const layers = noGrad(() => activationsOf(model, rowOf(image)));
  const scores = layers.pop()!;
  const probabilities = noGrad(() => scores.softmax(1));
  return {
    image,
    hidden: layers.map(({ data }) => data),
    probabilities: probabilities.data,
    answer: probabilities.argmax(1).item(),
    milliseconds: performance.now() - started,
  };
}

/**
 * Which pixels speak for an answer, and which against it: the gradient of its score by each pixel,
 * times the ink there.
 */
export function evidence(model: nn.Sequential, { image, answer }: Reading): Float32Array {
  const scoreOf = (pixels: Tensor) =>
    model.forward(pixels).slice([null, { start: answer, stop: answer + 1 }]).sum();
  const slopes = grad(scoreOf)(rowOf(image)).data as Float32Array;
  return slopes.map((slope, i) => slope * image[i]!);
}

/** Loads the network that was trained on MNIST. */
export async function loadReader(): Promise<nn.Sequential> {
  const response = await fetch(assetUrl("model/digit_reader.bin"));
  if (!response.ok) throw new Error(`Cannot load the model: ${response.status}`);
  return restoreModel(await response.arrayBuffer());
}
