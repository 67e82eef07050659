/** Two neurons in a chain: one straight line, unless the first one bends what it passes on. */

import { formula, gradients, type Value, value } from "../../../mod.ts";
import {
  type Area,
  canvas,
  element,
  format,
  lab,
  math,
  publish,
  slider,
  toggle,
} from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { Chart } from "../parts/chart.ts";
import { readouts } from "../parts/readouts.ts";

/** What the first neuron does with its sum. */
export type ChainActivation = "linear" | "relu" | "tanh";

/** The four numbers of two neurons in a chain. */
export interface ChainWeights {
  readonly w1: number;
  readonly b1: number;
  readonly w2: number;
  readonly b2: number;
}

/** What the chain says about x: `w2 a(w1 x + b1) + b2`. */
export function chainOutput(
  x: Value,
  { w1, b1, w2, b2 }: ChainWeights,
  activation: ChainActivation,
): Value {
  const sum = x.mul(w1).add(b1);
  return (activation === "linear" ? sum : sum[activation]()).mul(w2).add(b2);
}

/** The slope of the chain at a place, by the engine. */
export function chainSlope(
  at: number,
  weights: ChainWeights,
  activation: ChainActivation,
): number {
  const x = value(at, "x");
  return gradients(chainOutput(x, weights, activation), [x])[0].data;
}

const places = Array.from({ length: 161 }, (_, i) => (i - 80) / 20);
const probes = [-2, 2] as const;

/** The lab with its four knobs. */
export function chainLab(): HTMLElement {
  return new ChainLab().figure;
}

class ChainLab {
  readonly figure: HTMLElement;
  readonly #isEnglish = pageLanguage() === "en";
  #weights: ChainWeights = { w1: 1.5, b1: 1, w2: -0.8, b2: 1 };
  #activation: ChainActivation = "linear";
  readonly #drawn;
  readonly #line = element("p", { class: "formula-line" });
  readonly #numbers;

  constructor() {
    const isEnglish = this.#isEnglish;
    this.#drawn = canvas({
      width: 620,
      height: 380,
      label: isEnglish ? "y against x" : "y terhadap x",
      draw: (context, area) => this.#draw(context, area),
    });
    const slope = isEnglish ? "slope at x =" : "kemiringan di x =";
    this.#numbers = readouts(probes.map((at) => [`at${at}`, `${slope} ${format(at, 0)}`] as const));
    this.figure = this.#layOut();
    this.#update();
  }

  #layOut(): HTMLElement {
    const isEnglish = this.#isEnglish;
    return lab({
      name: "chain",
      picture: [this.#drawn.element],
      controls: [
        toggle<ChainActivation>({
          label: isEnglish ? "The first neuron" : "Neuron pertama",
          choices: [["linear", "linear"], ["relu", "ReLU"], ["tanh", "tanh"]],
          value: this.#activation,
          onInput: (name) => {
            this.#activation = name;
            this.#update();
          },
        }).element,
        this.#knob("w1", "w₁"),
        this.#knob("b1", "b₁"),
        this.#knob("w2", "w₂"),
        this.#knob("b2", "b₂"),
        this.#line,
        this.#numbers.element,
      ],
      caption: isEnglish
        ? "The formula is read off the graph of the computation; the slopes are its derivatives at " +
          "the two dots."
        : "Rumusnya dibaca dari graf perhitungan; kemiringannya adalah turunannya di kedua titik.",
    });
  }

  #knob(name: keyof ChainWeights, label: string): HTMLElement {
    return slider({
      label: math(label),
      min: -3,
      max: 3,
      step: 0.1,
      value: this.#weights[name],
      format: (x) => format(x, 1),
      onInput: (x) => {
        this.#weights = { ...this.#weights, [name]: x };
        this.#update();
      },
    }).element;
  }

  #update(): void {
    const text = formula(chainOutput(value(0, "x"), this.#weights, this.#activation));
    this.#line.replaceChildren(math(`y = ${text}`));
    const slopes = probes.map((at) => chainSlope(at, this.#weights, this.#activation));
    this.#numbers.show(Object.fromEntries(probes.map((at, i) => [`at${at}`, format(slopes[i]!)])));
    publish(this.figure, { formula: text, slopes: JSON.stringify(slopes) });
    this.#drawn.redraw();
  }

  #draw(context: CanvasRenderingContext2D, area: Area): void {
    const chart = new Chart(context, area, {
      x: { domain: [-4, 4], label: "x" },
      y: { domain: [-5, 5], label: "y" },
      margins: { top: 20 },
    });
    chart.axes();
    const { w1, b1 } = this.#weights;
    const hidden = { w1, b1, w2: 1, b2: 0 };
    const at = (x: number, weights: ChainWeights) =>
      chainOutput(value(x), weights, this.#activation).data;
    const curve = (weights: ChainWeights) => places.map((x) => [x, at(x, weights)] as const);
    chart.curves([
      { color: "cool", points: curve(hidden), width: 2, isDashed: true },
      { color: "accent", points: curve(this.#weights), width: 3.5 },
    ]);
    const inside = (y: number) => Math.min(area.height - 52, Math.max(30, chart.y(y))) - 14;
    chart.text("h", chart.x(3.5), inside(at(3.5, hidden)), "cool", "center");
    chart.text("y", chart.x(3.5), inside(at(3.5, this.#weights)), "accent", "center");
    for (const x of probes) chart.dot(x, at(x, this.#weights), "accent", 5);
  }
}
