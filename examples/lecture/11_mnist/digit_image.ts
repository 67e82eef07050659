/** Digits, and the weights of neurons that read them, as images. */

import type { Dataset, nn } from "../../../mod.ts";
import type { Image } from "../../../plot/mod.ts";

const side = 28;
const margin = 2; // hardly ever has ink

/** A picture of 28 x 28 numbers without its margin. */
export function cropped(pixels: ArrayLike<number>, caption: string): Image {
  const width = side - 2 * margin;
  const inside = Array.from(
    { length: width * width },
    (_, i) => pixels[(margin + Math.floor(i / width)) * side + margin + i % width]!,
  );
  return { pixels: inside, width, height: width, caption };
}

/** The digit of a rank in a dataset. */
export function digitImage({ inputs }: Dataset, rank: number, caption: string): Image {
  return cropped(inputs.data.subarray(rank * side ** 2, (rank + 1) * side ** 2), caption);
}

/** The weights of each neuron of the first layer, one number for each pixel. */
export function firstWeights(model: nn.Sequential): Float32Array[] {
  const { weight } = model.layers[0] as nn.Linear;
  const rows = weight.data as Float32Array;
  return Array.from(
    { length: weight.shape[0]! },
    (_, neuron) => rows.slice(neuron * side ** 2, (neuron + 1) * side ** 2),
  );
}
