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
import { pageLanguage } from "../../page.ts";
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

const patience = 40; // examples

/** One step of the rule at one corner. */
export interface Lesson {
  readonly corner: number;
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
  return { corner, answer, target, slopes, weights: [w1!, w2!, b!] };
}

/** The panel of the perceptron that learns. */
export function learningLab(): HTMLElement {
  return new LearningPanel().element;
}

class LearningPanel {
  readonly #text = words[pageLanguage()];
  #gate: Gate = "OR";
  #weights: Weights = startWeights;
  #seen = 0;
  #last: Lesson | null = null;

  readonly #picture = gatePlane(this.#text.label, () => ({
    weights: this.#weights,
    gate: this.#gate,
    corner: this.#last?.corner,
  }));
  readonly #numbers = readouts([
    ["seen", this.#text.examples],
    ["pass", this.#text.pass],
    ["w1", "$w₁$"],
    ["w2", "$w₂$"],
    ["b", "$b$"],
  ]);
  readonly #said = element("div", { class: "said lesson", role: "status" });
  readonly #play = player({ labels: this.#text, interval: 550, step: () => this.#step() });
  readonly #next = button(this.#text.next, () => {
    this.#play.stop();
    this.#step();
  });
  readonly #choice = toggle({
    label: this.#text.gate,
    choices: (Object.keys(gates) as Gate[]).map((name) => [name, name] as const),
    value: this.#gate,
    onInput: (name) => {
      this.#gate = name;
      this.#restart();
    },
  });
  readonly element = lab({
    name: "learning",
    picture: [this.#picture.element],
    controls: [
      this.#choice.element,
      element(
        "div",
        { class: "buttons" },
        this.#play.element,
        this.#next,
        button(this.#text.again, () => this.#restart()),
      ),
      this.#numbers.element,
      this.#said,
    ],
  });

  constructor() {
    this.#show();
  }

  /** Whether a whole pass has ended with all answers right. */
  get #isDone(): boolean {
    return this.#seen % 4 === 0 && this.#seen > 0 && rightAnswers(this.#weights, this.#gate) === 4;
  }

  #restart(): void {
    this.#play.stop();
    this.#weights = startWeights;
    this.#seen = 0;
    this.#last = null;
    this.#show();
  }

  #step(): boolean {
    if (this.#isDone) return false;
    this.#last = lessonAt(this.#weights, this.#gate, this.#seen % 4);
    this.#weights = this.#last.weights;
    this.#seen++;
    this.#show();
    return !this.#isDone && this.#seen !== patience;
  }

  #show(): void {
    const [w1, w2, b] = this.#weights;
    this.#numbers.show({
      seen: String(this.#seen),
      pass: String(Math.ceil(this.#seen / 4)),
      w1: format(w1),
      w2: format(w2),
      b: format(b),
    });
    this.#said.replaceChildren(prose(this.#sentence()));
    this.#next.disabled = this.#isDone;
    const right = rightAnswers(this.#weights, this.#gate);
    publish(this.element, { w1, w2, b, seen: this.#seen, gate: this.#gate, right });
    this.#picture.redraw();
  }

  #sentence(): string {
    const text = this.#text;
    if (this.#last === null) return text.start;
    const { corner, answer, target, slopes } = this.#last;
    const at = corners[corner]!.join(", ");
    const end = this.#isDone ? ` ${text.done}` : this.#seen >= patience ? ` ${text.never}` : "";
    if (answer === target) return text.isRight(at, answer) + end;
    const changes = ["w₁", "w₂", "b"].map((name, i) => {
      const change = (target - answer) * slopes[i]!;
      return `$${name} ${change < 0 ? "-" : "+"} ${Math.abs(change)}$`;
    });
    const wrong = text.isWrong(at, answer, target);
    return `${wrong} ${slopes.join(", ")}. ${changes.join(", ")}.${end}`;
  }
}
