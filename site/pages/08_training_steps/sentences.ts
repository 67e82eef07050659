/** What happens in each phase, as a sentence with the engine's numbers. */

import { format } from "../../dom.ts";
import type { Language, Text } from "../../page.ts";
import type { Moment, NeuronMoment, PhaseName } from "./stepper.ts";

/** The lecture's steps 0 to 7. */
export const stepNames: readonly Text[] = [
  { en: "initialise", id: "inisialisasi" },
  { en: "read data", id: "baca data" },
  { en: "epochs", id: "epoch" },
  { en: "forward", id: "maju" },
  { en: "error at the output", id: "galat di keluaran" },
  { en: "error at the hidden layer", id: "galat di lapisan tersembunyi" },
  { en: "update", id: "perbarui" },
  { en: "repeat", id: "ulangi" },
];

const n = (x: number) => format(x, 3);
const inBrackets = (x: number) => x < 0 ? `(${n(x)})` : n(x);

type Sentence = (moment: Moment, learningRate: number) => Text;

/** A neuron's net input, written out: `0.1 · 0 + 0.2 · 1 + 0.3`. */
function netText(neuron: NeuronMoment, signals: readonly number[]): string {
  const parts = neuron.weights.map((weight, i) => `${inBrackets(weight)} · ${n(signals[i]!)}`);
  return [...parts, inBrackets(neuron.bias)].join(" + ");
}

const forwardOf = (layer: number, index: number): Sentence => ({ layers, example }) => {
  const neuron = layers[layer]![index]!;
  const signals = layer === 0 ? example.inputs : layers[0]!.map(({ output }) => output);
  const sum = `${netText(neuron, signals)} = ${n(neuron.net)}`;
  return {
    en: `${neuron.name} adds up: ${sum}. The sigmoid of it is ${n(neuron.output)}.`,
    id: `${neuron.name} menjumlahkan: ${sum}. Sigmoidnya ${n(neuron.output)}.`,
  };
};

const hiddenDelta = (index: number): Sentence => ({ layers }) => {
  const [own, output] = [layers[0]![index]!, layers[1]![0]!];
  const h = own.output;
  const rule = `${inBrackets(output.delta)} · ${inBrackets(output.weights[index]!)} · ${n(h)} · ` +
    `(1 − ${n(h)}) = ${format(own.delta, 4)}`;
  return {
    en: `${own.name} has no target of its own. Its share of the blame comes back along its wire: ` +
      `δ ${own.name} = δ o1 · w · ${own.name} · (1 − ${own.name}) = ${rule}.`,
    id: `${own.name} tidak punya target sendiri. Bagian kesalahannya kembali lewat kabelnya: ` +
      `δ ${own.name} = δ o1 · w · ${own.name} · (1 − ${own.name}) = ${rule}.`,
  };
};

const sentences: Readonly<Record<PhaseName, Sentence>> = {
  initialise: () => ({
    en: "The weights and biases start as random numbers between −1 and 1: two neurons that start " +
      "alike would stay alike.",
    id:
      "Bobot dan bias mulai sebagai angka acak antara −1 dan 1: dua neuron yang mulai sama akan " +
      "tetap sama.",
  }),
  read: () => ({
    en: "The data are the four examples of XOR, each with its inputs and its target t.",
    id: "Datanya empat contoh XOR, masing-masing dengan masukan dan targetnya t.",
  }),
  epoch: ({ epoch, exampleIndex, example: { inputs, targets } }) => ({
    en:
      `Epoch ${epoch}, example ${exampleIndex + 1} of 4: the inputs are ${inputs.join(" and ")}, ` +
      `the target is ${targets[0]}.`,
    id: `Epoch ${epoch}, contoh ${exampleIndex + 1} dari 4: masukannya ${inputs.join(" dan ")}, ` +
      `targetnya ${targets[0]}.`,
  }),
  "forward h1": forwardOf(0, 0),
  "forward h2": forwardOf(0, 1),
  "forward o1": forwardOf(1, 0),
  loss: ({ layers, example, loss }) => {
    const [o, t] = [layers[1]![0]!.output, example.targets[0]!];
    return {
      en: `The answer should be ${t}. The loss is half of the squared error: ` +
        `½ (${n(o)} − ${t})² = ${n(loss)}.`,
      id: `Jawabannya mestinya ${t}. Loss adalah setengah galat kuadrat: ` +
        `½ (${n(o)} − ${t})² = ${n(loss)}.`,
    };
  },
  "delta o1": ({ layers, example }) => {
    const { output: o, delta } = layers[1]![0]!;
    const t = example.targets[0]!;
    const rule = `(${n(o)} − ${t}) · ${n(o)} · (1 − ${n(o)}) = ${format(delta, 4)}`;
    return {
      en: `The error of o1, how the loss changes with its net input: ` +
        `δ o1 = (o1 − t) · o1 · (1 − o1) = ${rule}.`,
      id: `Galat o1, yaitu bagaimana loss berubah terhadap jumlah masukannya: ` +
        `δ o1 = (o1 − t) · o1 · (1 − o1) = ${rule}.`,
    };
  },
  "delta h1": hiddenDelta(0),
  "delta h2": hiddenDelta(1),
  update: ({ layers }, learningRate) => {
    const { weights, weightGradients, newWeights } = layers[1]![0]!;
    const rule = `${n(weights[0]!)} − ${learningRate} · ${inBrackets(weightGradients[0]!)} = ` +
      n(newWeights[0]!);
    return {
      en:
        `Every weight takes a step against its gradient, which is the δ of its neuron times what ` +
        `came in along the wire. From h1 to o1: ${rule}.`,
      id: `Setiap bobot melangkah melawan gradiennya, yaitu δ neuronnya dikali apa yang masuk ` +
        `lewat kabel itu. Dari h1 ke o1: ${rule}.`,
    };
  },
  repeat: () => ({
    en:
      "And again with the next example, epoch after epoch, until the loss is small enough or the " +
      "epochs are over.",
    id: "Lalu lagi dengan contoh berikutnya, epoch demi epoch, sampai loss cukup kecil atau " +
      "jatah epoch habis.",
  }),
};

/** What happens now. */
export function sentenceOf(moment: Moment, learningRate: number, language: Language): string {
  const text = sentences[moment.phase](moment, learningRate)[language];
  return text.replace(/δ (?=[ho])|(?<=[(·−]) | (?=·)/g, (found) => found.replace(" ", "\u00a0"));
}
