/** A neuron whose weights and bias the reader chooses. */

import {
  answersOf,
  corners,
  type Gate,
  gates,
  neuronOf,
  rightAnswers,
  threshold,
  weightedSum,
  type Weights,
} from "../../../examples/lecture/02_one_neuron.ts";
import { formula, value } from "../../../mod.ts";
import {
  element,
  format,
  handle,
  lab,
  math,
  publish,
  setAttributes,
  slider,
  svg,
  toggle,
} from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import type { Plane, Point } from "../../plane.ts";
import { gatePlane, lineAt } from "./gate_plane.ts";

const words = {
  en: {
    label: "The four corners, and the line on which f is 0",
    gate: "Task",
    line: "The line: arrow keys shift it",
    arrow: "The weights: arrow keys change them",
    target: "target",
    right: (count: number) => count === 4 ? "All four are right." : `${count} of 4 are right.`,
    never: "Three of four: one line cannot do better here.",
  },
  id: {
    label: "Keempat titik sudut, dan garis tempat f bernilai 0",
    gate: "Tugas",
    line: "Garis: geser dengan tombol panah",
    arrow: "Bobot: ubah dengan tombol panah",
    target: "target",
    right: (count: number) => count === 4 ? "Keempatnya benar." : `${count} dari 4 benar.`,
    never: "Tiga dari empat: satu garis tidak bisa lebih baik di sini.",
  },
} as const;

const limit = 2;
const arrowScale = 0.35; // how long a weight of 1 is drawn

const paces = { small: 0.01, usual: 0.05 } as const;

const rounded = (number: number): number =>
  Math.round(Math.min(limit, Math.max(-limit, number)) * 100) / 100;

/** The panel of the neuron that is set by hand. */
export function neuronLab(): HTMLElement {
  return new NeuronPanel().element;
}

class NeuronPanel {
  readonly #text = words[pageLanguage()];
  #weights: Weights = [1, -0.6, 0.1];
  #gate: Gate = "OR";

  readonly #shift = handle({
    label: this.#text.line,
    onDrag: (x, y) => {
      const [w1, w2] = this.#weights;
      const [a, c] = this.#picture.at(x, y);
      this.#set([w1, w2, -(w1 * a + w2 * c)]);
    },
    onStep: (right, up, pace) => {
      const [w1, w2, b] = this.#weights;
      this.#set([w1, w2, b + paces[pace] * (right + up)]);
    },
  });
  readonly #tip = handle({
    label: this.#text.arrow,
    radius: 7,
    onDrag: (x, y) => {
      const foot = this.#foot;
      const [a, c] = this.#picture.at(x, y);
      this.#turn([(a - foot[0]) / arrowScale, (c - foot[1]) / arrowScale]);
    },
    onStep: (right, up, pace) => {
      const [w1, w2] = this.#weights;
      this.#turn([w1 + paces[pace] * right, w2 + paces[pace] * up]);
    },
  });
  readonly #arrow = svg("path", { class: "curve accent strong" });
  readonly #picture = gatePlane(
    this.#text.label,
    () => ({ weights: this.#weights, gate: this.#gate }),
    (plane) => this.#drawOver(plane),
  );
  readonly #sliders = (["w₁", "w₂", "b"] as const).map((name, i) =>
    slider({
      label: math(name),
      min: -limit,
      max: limit,
      step: 0.01,
      value: this.#weights[i]!,
      format: (number) => format(number),
      onInput: (number) => this.#set(this.#weights.with(i, number) as unknown as Weights),
    })
  );
  readonly #choice = toggle({
    label: this.#text.gate,
    choices: (Object.keys(gates) as Gate[]).map((name) => [name, name] as const),
    value: this.#gate,
    onInput: (name) => {
      this.#gate = name;
      this.#show();
    },
  });
  readonly #line = element("p", { class: "formula-line" });
  readonly #table = truthTable(this.#text.target);
  readonly #verdict = element("p", { class: "verdict", role: "status" });
  readonly element = lab({
    name: "neuron",
    picture: [this.#picture.element],
    controls: [
      this.#choice.element,
      ...this.#sliders.map((control) => control.element),
      this.#line,
      this.#table.element,
      this.#verdict,
    ],
  });

  constructor() {
    this.#picture.above.append(this.#arrow, this.#shift.element, this.#tip.element);
    this.#show();
  }

  /** Where the arrow stands on the line. */
  get #foot(): Point {
    return lineAt(this.#weights)?.foot ?? [0.5, 0.5];
  }

  /** Changes the weights so that the line still goes through the foot of the arrow. */
  #turn(weights: readonly [number, number]): void {
    const [x, y] = this.#foot;
    const [w1, w2] = weights.map(rounded) as [number, number];
    this.#set([w1, w2, -(w1 * x + w2 * y)]);
  }

  #set(weights: Weights): void {
    this.#weights = weights.map(rounded) as unknown as Weights;
    for (const [i, control] of this.#sliders.entries()) control.value = this.#weights[i]!;
    this.#show();
  }

  #show(): void {
    const sum = weightedSum(neuronOf(this.#weights), [value(0, "x1"), value(0, "x2")]);
    this.#line.replaceChildren(math(`f = ${formula(sum)}`));
    this.#table.show(this.#weights, this.#gate);
    const right = rightAnswers(this.#weights, this.#gate);
    const isBest = this.#gate === "XOR" && right === 3;
    this.#verdict.textContent = isBest ? this.#text.never : this.#text.right(right);
    this.#verdict.classList.toggle("good", right === 4);
    const [w1, w2, b] = this.#weights;
    const answers = answersOf(this.#weights).join("");
    publish(this.element, { w1, w2, b, gate: this.#gate, right, answers });
    this.#picture.redraw();
  }

  #drawOver(plane: Plane): void {
    const [w1, w2, b] = this.#weights;
    const [x, y] = this.#foot;
    const from = [plane.x(x), plane.y(y)] as const;
    const to = [plane.x(x + arrowScale * w1), plane.y(y + arrowScale * w2)] as const;
    setAttributes(this.#arrow, { d: `M${from.join(" ")}L${to.join(" ")}` });
    this.#shift.place(...from, `b = ${format(b)}`);
    this.#tip.place(...to, `w₁ = ${format(w1)}, w₂ = ${format(w2)}`);
  }
}

/** What the neuron computes at each corner, beside what it should answer. */
function truthTable(target: string): {
  element: HTMLElement;
  show(weights: Weights, gate: Gate): void;
} {
  const head = element("tr", {});
  for (const name of ["x₁", "x₂", "f", "y"]) {
    head.append(element("th", { class: "number" }, math(name)));
  }
  head.append(element("th", { class: "number" }, target), element("th", {}));
  const body = element("tbody", {});
  return {
    element: element("table", { class: "truth" }, element("thead", {}, head), body),
    show(weights, gate) {
      const neuron = neuronOf(weights);
      body.replaceChildren(...corners.map(([x1, x2], i) => {
        const f = weightedSum(neuron, [x1, x2]);
        const answer = threshold(f).data;
        const wanted = gates[gate][i]!;
        const cells = [String(x1), String(x2), format(f.data), String(answer), String(wanted)];
        return element(
          "tr",
          { class: answer === wanted ? null : "mistaken" },
          ...cells.map((cell) => element("td", { class: "number" }, cell)),
          element("td", {}, answer === wanted ? "✓" : "✗"),
        );
      }));
    },
  };
}
