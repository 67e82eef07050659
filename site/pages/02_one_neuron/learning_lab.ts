/** A perceptron that learns a gate, one example after the other. */

import {
  corners,
  type Gate,
  gates,
  neuronOf,
  rightAnswers,
  startWeights,
  threshold,
  weightedSum,
  type Weights,
} from "../../../examples/lecture/02_one_neuron.ts";
import { gradients } from "../../../mod.ts";
import { button, element, format, lab, prose, publish, toggle } from "../../dom.ts";
import type { Language } from "../../page.ts";
import { player, readouts } from "../../readout.ts";
import { gatePlane } from "./gate_plane.ts";

const words = {
  en: {
    label: "The line that the perceptron has learned so far",
    gate: "Task",
    next: "Next example",
    play: "Play",
    pause: "Pause",
    again: "Start again",
    examples: "examples seen",
    pass: "pass",
    start: "The weights mean nothing yet. Show it the first example.",
    isRight: (x: string, y: number) => `At (${x}) it answers ${y}, as it should: nothing changes.`,
    isWrong: (x: string, y: number, target: number) =>
      `At (${x}) it answers ${y} and should answer ${target}. The error is ` +
      `${format(target - y, 0)}, the derivatives are`,
    done: "All four are right: it has learned.",
    never: "Still wrong somewhere after ten passes. It will never be right everywhere.",
  },
  id: {
    label: "Garis yang sejauh ini dipelajari perceptron",
    gate: "Tugas",
    next: "Contoh berikutnya",
    play: "Putar",
    pause: "Jeda",
    again: "Ulangi dari awal",
    examples: "contoh yang dilihat",
    pass: "putaran",
    start: "Bobotnya belum berarti apa-apa. Tunjukkan contoh yang pertama.",
    isRight: (x: string, y: number) =>
      `Di (${x}) jawabannya ${y}, memang seharusnya: tidak ada yang berubah.`,
    isWrong: (x: string, y: number, target: number) =>
      `Di (${x}) jawabannya ${y}, seharusnya ${target}. Galatnya ` +
      `${format(target - y, 0)}, turunannya`,
    done: "Keempatnya benar: ia sudah belajar.",
    never: "Setelah sepuluh putaran masih ada yang salah. Tidak akan pernah benar semuanya.",
  },
} as const;

/** One step of the rule at one corner. */
export interface Lesson {
  readonly answer: number;
  readonly target: number;
  readonly slopes: readonly number[];
  readonly weights: Weights;
}

/** Shows the perceptron one corner: each weight moves by the error times the derivative by it. */
export function lessonAt(weights: Weights, gate: Gate, corner: number): Lesson {
  const neuron = neuronOf(weights);
  const parameters = [neuron.w1, neuron.w2, neuron.b] as const;
  const f = weightedSum(neuron, corners[corner]!);
  const answer = threshold(f).data;
  const target = gates[gate][corner]!;
  const slopes = gradients(f, parameters).map((slope) => slope.data);
  const [w1, w2, b] = weights.map((weight, i) => weight + (target - answer) * slopes[i]!);
  return { answer, target, slopes, weights: [w1!, w2!, b!] };
}

/** The panel of the perceptron that learns. */
export function learningLab(language: Language): HTMLElement {
  const text = words[language];
  let gate: Gate = "OR";
  let weights: Weights = startWeights;
  let seen = 0;
  let corner: number | undefined;
  let last: Lesson | null = null;

  const picture = gatePlane(text.label, () => ({ weights, gate, corner }));
  const numbers = readouts([
    ["seen", text.examples],
    ["pass", text.pass],
    ["w1", "$w₁$"],
    ["w2", "$w₂$"],
    ["b", "$b$"],
  ]);
  const said = element("div", { class: "said lesson", role: "status" });
  const isDone = () => seen % 4 === 0 && seen > 0 && rightAnswers(weights, gate) === 4;
  const show = () => {
    numbers.show({
      seen: String(seen),
      pass: String(Math.ceil(seen / 4)),
      w1: format(weights[0]),
      w2: format(weights[1]),
      b: format(weights[2]),
    });
    said.replaceChildren(prose(sentence()));
    next.disabled = isDone();
    publish(root, {
      w1: weights[0],
      w2: weights[1],
      b: weights[2],
      seen,
      gate,
      right: rightAnswers(weights, gate),
    });
    picture.redraw();
  };
  const sentence = (): string => {
    if (last === null || corner === undefined) return text.start;
    const at = corners[corner]!.join(", ");
    const { answer, target, slopes } = last;
    const end = isDone() ? ` ${text.done}` : seen >= 40 ? ` ${text.never}` : "";
    if (answer === target) return text.isRight(at, answer) + end;
    return `${text.isWrong(at, answer, target)} ${slopes.join(", ")}. ` +
      ["w₁", "w₂", "b"].map((name, i) => {
        const change = (target - answer) * slopes[i]!;
        return `$${name} ${change < 0 ? "-" : "+"} ${Math.abs(change)}$`;
      }).join(", ") + "." + end;
  };
  const step = (): boolean => {
    if (isDone()) return false;
    corner = seen % 4;
    last = lessonAt(weights, gate, corner);
    weights = last.weights;
    seen++;
    show();
    return !isDone() && seen !== 40;
  };
  const restart = () => {
    play.stop();
    [weights, seen, corner, last] = [startWeights, 0, undefined, null];
    show();
  };
  const play = player({ labels: text, interval: 550, step });
  const next = button(text.next, () => {
    play.stop();
    step();
  });
  const root = lab({
    name: "learning",
    picture: [picture.element],
    controls: [
      toggle({
        label: text.gate,
        choices: (Object.keys(gates) as Gate[]).map((name) => [name, name] as const),
        value: gate,
        onInput: (name) => {
          gate = name;
          restart();
        },
      }).element,
      element("div", { class: "buttons" }, play.element, next, button(text.again, restart)),
      numbers.element,
      said,
    ],
  });
  show();
  return root;
}
