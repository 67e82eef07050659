/** Where all implementations start from: the same weights, batches and arrays, bit for bit. */

import type { DigitFiles, StepTask } from "../tasks.ts";

/** Numbers from 0 below 1, the same in every language: a linear congruential generator. */
export function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** So many numbers from `low` below `high`. */
export function uniformArray(
  seed: number,
  size: number,
  { low = -1, high = 1 }: { readonly low?: number; readonly high?: number } = {},
): Float32Array {
  const next = uniforms(seed);
  const numbers = new Float32Array(size); // `from` would be ten times slower
  for (let i = 0; i < size; i++) numbers[i] = low + (high - low) * next();
  return numbers;
}

/** One layer's first parameters: weights `[outputs, inputs]` and biases. */
export interface FirstLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/** The first parameters of a network, evenly spread between ±1/sqrt(inputs), layer by layer. */
export function firstLayers(widths: readonly number[]): FirstLayer[] {
  const next = uniforms(1);
  return widths.slice(1).map((outputs, i) => {
    const inputs = widths[i]!;
    const bound = 1 / Math.sqrt(inputs);
    const draw = (size: number) => {
      const numbers = new Float32Array(size);
      for (let i = 0; i < size; i++) numbers[i] = (2 * next() - 1) * bound;
      return numbers;
    };
    return { inputs, outputs, weight: draw(inputs * outputs), bias: draw(outputs) };
  });
}

/** Weights as `[inputs, outputs]`, for libraries that keep them so. */
export function transposed({ inputs, outputs, weight }: FirstLayer): Float32Array {
  const turned = new Float32Array(weight.length);
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) turned[i * outputs + o] = weight[o * inputs + i]!;
  }
  return turned;
}

/** A batch: inputs row by row, and the class of each. */
export interface Batch {
  readonly inputs: Float32Array;
  readonly labels: Int32Array;
}

/** The batches of a task, in turn: images as floats from 0 to 1, or random numbers. */
export function batchesOf(task: StepTask, files: DigitFiles): Batch[] {
  return task.data === "digits" ? digitBatches(task, files) : randomBatches(task);
}

function digitBatches({ batchSize, batches }: StepTask, files: DigitFiles): Batch[] {
  const count = Math.min(batches, Math.floor(files.count / batchSize));
  const images = readStart(files.images, count * batchSize * 784);
  const labels = readStart(files.labels, count * batchSize);
  const size = batchSize * 784;
  return Array.from({ length: count }, (_, batch) => {
    const inputs = new Float32Array(size);
    for (let i = 0; i < size; i++) inputs[i] = images[batch * size + i]! / 255;
    const start = batch * batchSize;
    return { inputs, labels: new Int32Array(labels.subarray(start, start + batchSize)) };
  });
}

function readStart(path: string, length: number): Uint8Array {
  return Deno.readFileSync(path).subarray(0, length);
}

/** Numbers from -0.5 below 0.5, about as large together as the pixels of a digit. */
function randomBatches({ widths, batchSize, batches }: StepTask): Batch[] {
  const width = widths[0]!;
  const classes = widths.at(-1)!;
  const inputs = uniformArray(2, batches * batchSize * width, { low: -0.5, high: 0.5 });
  const next = uniforms(3);
  return Array.from({ length: batches }, (_, i) => ({
    inputs: inputs.slice(i * batchSize * width, (i + 1) * batchSize * width),
    labels: Int32Array.from({ length: batchSize }, () => Math.floor(classes * next())),
  }));
}

/** The operands of a product of square matrices. */
export function operands(size: number): readonly [Float32Array, Float32Array] {
  return [uniformArray(4, size * size), uniformArray(5, size * size)];
}
