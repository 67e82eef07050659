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
import type { Language } from "../../page.ts";
import type { Plane } from "../../plane.ts";
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

const clamp = (number: number): number => Math.min(limit, Math.max(-limit, number));
const rounded = (number: number): number => Math.round(clamp(number) * 100) / 100;

/** The panel of the neuron that is set by hand. */
export function neuronLab(language: Language): HTMLElement {
  const text = words[language];
  let weights: Weights = [1, -0.6, 0.1];
  let gate: Gate = "OR";

  const shift = handle({
    label: text.line,
    onDrag: (x, y) => {
      const [a, c] = picture.at(x, y);
      set([weights[0], weights[1], rounded(-(weights[0] * a + weights[1] * c))]);
    },
    onStep: (right, up, pace) => {
      const step = pace === "small" ? 0.01 : 0.05;
      set([weights[0], weights[1], rounded(weights[2] + step * (right + up))]);
    },
  });
  const tip = handle({
    label: text.arrow,
    radius: 7,
    onDrag: (x, y) => {
      const foot = lineAt(weights)?.foot ?? [0.5, 0.5];
      const [a, c] = picture.at(x, y);
      turn([rounded((a - foot[0]) / arrowScale), rounded((c - foot[1]) / arrowScale)], foot);
    },
    onStep: (right, up, pace) => {
      const step = pace === "small" ? 0.01 : 0.05;
      const foot = lineAt(weights)?.foot ?? [0.5, 0.5];
      turn([rounded(weights[0] + step * right), rounded(weights[1] + step * up)], foot);
    },
  });
  /** Changes the weights so that the line still goes through a point. */
  const turn = ([w1, w2]: readonly [number, number], through: readonly [number, number]) =>
    set([w1, w2, rounded(-(w1 * through[0] + w2 * through[1]))]);
  const arrow = svg("path", { class: "curve accent strong" });

  const over = (plane: Plane) => {
    const line = lineAt(weights);
    const [x, y] = line?.foot ?? [0.5, 0.5];
    const end = [x + arrowScale * weights[0], y + arrowScale * weights[1]] as const;
    setAttributes(arrow, {
      d: `M${plane.x(x)} ${plane.y(y)}L${plane.x(end[0])} ${plane.y(end[1])}`,
    });
    shift.place(plane.x(x), plane.y(y), `b = ${format(weights[2])}`);
    tip.place(
      plane.x(end[0]),
      plane.y(end[1]),
      `w₁ = ${format(weights[0])}, w₂ = ${format(weights[1])}`,
    );
  };
  const picture = gatePlane(text.label, () => ({ weights, gate }), over);
  picture.above.append(arrow, shift.element, tip.element);

  const sliders = (["w₁", "w₂", "b"] as const).map((name, i) =>
    slider({
      label: math(name),
      min: -limit,
      max: limit,
      step: 0.01,
      value: weights[i]!,
      format: (number) => format(number),
      onInput: (number) => set(weights.with(i, number) as unknown as Weights),
    })
  );
  const line = element("p", { class: "formula-line" });
  const table = truthTable(text.target);
  const verdict = element("p", { class: "verdict", role: "status" });

  const show = () => {
    line.replaceChildren(
      math(`f = ${formula(weightedSum(neuronOf(weights), [value(0, "x1"), value(0, "x2")]))}`),
    );
    table.show(weights, gate);
    const right = rightAnswers(weights, gate);
    verdict.textContent = gate === "XOR" && right === 3 ? text.never : text.right(right);
    verdict.classList.toggle("good", right === 4);
    publish(root, {
      w1: weights[0],
      w2: weights[1],
      b: weights[2],
      gate,
      right,
      answers: answersOf(weights).join(""),
    });
    picture.redraw();
  };
  const set = (next: Weights) => {
    weights = next;
    for (const [i, control] of sliders.entries()) control.value = weights[i]!;
    show();
  };
  const root = lab({
    name: "neuron",
    picture: [picture.element],
    controls: [
      toggle({
        label: text.gate,
        choices: (Object.keys(gates) as Gate[]).map((name) => [name, name] as const),
        value: gate,
        onInput: (name) => {
          gate = name;
          show();
        },
      }).element,
      ...sliders.map((control) => control.element),
      line,
      table.element,
      verdict,
    ],
  });
  show();
  return root;
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
