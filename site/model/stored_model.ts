/** A multi-layer perceptron in a small file: each weight is a byte, each neuron has a scale. */

import { nn, Random, type Tensor } from "../../mod.ts";

/** The first bytes of every such file. */
const mark = 0x31_6e_75_74; // "tun1" when read as bytes

/** The linear layers of a perceptron, from the inputs to the outputs. */
export function linearLayers(model: nn.Sequential): nn.Linear[] {
  return model.layers.filter((layer) => layer instanceof nn.Linear);
}

/**
 * The file of a perceptron: the mark, the number of widths and the widths as int32; then of each
 * layer the scales and the biases as float32; then the weights of all layers as int8. A weight is
 * its byte times the scale of its neuron.
 */
export function storeModel(model: nn.Sequential): Uint8Array<ArrayBuffer> {
  const layers = linearLayers(model);
  const widths = [layers[0]!.weight.shape[1]!, ...layers.map(({ weight }) => weight.shape[0]!)];
  const floats: number[] = [];
  const bytes: number[] = [];
  for (const { weight, bias } of layers) {
    const [outputs, inputs] = weight.shape as [number, number];
    const rows = Array.from(
      { length: outputs },
      (_, row) => weight.data.subarray(row * inputs, (row + 1) * inputs) as Float32Array,
    );
    const scales = rows.map((row) => Math.fround(largest(row) / 127 || 1));
    floats.push(...scales, ...bias!.data);
    rows.forEach((row, i) => row.forEach((x) => bytes.push(Math.round(x / scales[i]!))));
  }
  const head = [mark, widths.length, ...widths];
  const file = new Uint8Array(4 * (head.length + floats.length) + bytes.length);
  new Int32Array(file.buffer, 0, head.length).set(head);
  new Float32Array(file.buffer, 4 * head.length, floats.length).set(floats);
  new Int8Array(file.buffer, 4 * (head.length + floats.length)).set(bytes);
  return file;
}

function largest(row: Float32Array): number {
  return row.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
}

/** The perceptron that a file holds. Throws an `Error` that says so where it holds none. */
export function restoreModel(file: ArrayBuffer): nn.Sequential {
  const words = file.byteLength >= 8 ? new Int32Array(file, 0, 2) : [];
  if (words[0] !== mark) throw new Error("Cannot read a model: the file holds none");
  const widths = [...new Int32Array(file, 8, words[1])];
  const model = nn.mlp(widths, { activation: "relu", random: new Random(0) });
  let at = 8 + 4 * widths.length;
  const scales: Float32Array[] = [];
  for (const { weight, bias } of linearLayers(model)) {
    const outputs = weight.shape[0]!;
    scales.push(new Float32Array(file, at, outputs));
    bias!.data.set(new Float32Array(file, at + 4 * outputs, outputs));
    at += 8 * outputs;
  }
  for (const [i, { weight }] of linearLayers(model).entries()) {
    const inputs = weight.shape[1]!;
    const bytes = new Int8Array(file, at, weight.size);
    bytes.forEach((byte, k) => weight.data[k] = byte * scales[i]![Math.floor(k / inputs)]!);
    at += weight.size;
  }
  return model;
}

/** What every layer of a perceptron says about a row of inputs, after its activation function. */
export function activationsOf(model: nn.Sequential, inputs: Tensor): Tensor[] {
  const all: Tensor[] = [];
  let x = inputs;
  for (const layer of model.layers) {
    x = layer.forward(x);
    if (layer instanceof nn.Linear) all.push(x);
    else all[all.length - 1] = x;
  }
  return all;
}
