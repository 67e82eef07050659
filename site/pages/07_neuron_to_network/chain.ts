/** Two neurons in a chain: one straight line, unless the first one bends what it passes on. */

import { formula, gradients, type Value, value } from "../../../mod.ts";
import { canvas, element, format, lab, math, publish, slider, toggle } from "../../dom.ts";
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
  const isEnglish = pageLanguage() === "en";
  let weights: ChainWeights = { w1: 1.5, b1: 1, w2: -0.8, b2: 1 };
  let activation: ChainActivation = "linear";
  const drawn = canvas({
    width: 620,
    height: 380,
    label: isEnglish ? "y against x" : "y terhadap x",
    draw: (context, area) => {
      const chart = new Chart(context, area, {
        x: { domain: [-4, 4], label: "x" },
        y: { domain: [-5, 5], label: "y" },
        margins: { top: 20 },
      });
      chart.axes();
      const hidden = { w1: weights.w1, b1: weights.b1, w2: 1, b2: 0 };
      const curve = (weights: ChainWeights) =>
        places.map((at) => [at, chainOutput(value(at), weights, activation).data] as const);
      chart.curves([
        { color: "cool", points: curve(hidden), width: 2, isDashed: true },
        { color: "accent", points: curve(weights), width: 3.5 },
      ]);
      const end = (y: number) => Math.min(area.height - 52, Math.max(30, chart.y(y)));
      const last = (weights: ChainWeights) => chainOutput(value(3.5), weights, activation).data;
      chart.text("h", chart.x(3.5), end(last(hidden)) - 14, "cool", "center");
      chart.text("y", chart.x(3.5), end(last(weights)) - 14, "accent", "center");
      for (const at of probes) {
        chart.dot(at, chainOutput(value(at), weights, activation).data, "accent", 5);
      }
    },
  });
  const line = element("p", { class: "formula-line" });
  const numbers = readouts(
    probes.map((at) =>
      [
        `at${at}`,
        isEnglish ? `slope at x = ${format(at, 0)}` : `kemiringan di x = ${format(at, 0)}`,
      ] as const
    ),
  );
  const update = () => {
    const text = formula(chainOutput(value(0, "x"), weights, activation));
    line.replaceChildren(math(`y = ${text}`));
    const slopes = probes.map((at) => chainSlope(at, weights, activation));
    numbers.show(Object.fromEntries(probes.map((at, i) => [`at${at}`, format(slopes[i]!)])));
    publish(figure, { formula: text, slopes: JSON.stringify(slopes) });
    drawn.redraw();
  };
  const knob = (name: keyof ChainWeights, label: string) =>
    slider({
      label: math(label),
      min: -3,
      max: 3,
      step: 0.1,
      value: weights[name],
      format: (x) => format(x, 1),
      onInput: (x) => {
        weights = { ...weights, [name]: x };
        update();
      },
    }).element;
  const figure = lab({
    name: "chain",
    picture: [drawn.element],
    controls: [
      toggle<ChainActivation>({
        label: isEnglish ? "The first neuron" : "Neuron pertama",
        choices: [["linear", "linear"], ["relu", "ReLU"], ["tanh", "tanh"]],
        value: activation,
        onInput: (name) => {
          activation = name;
          update();
        },
      }).element,
      knob("w1", "w₁"),
      knob("b1", "b₁"),
      knob("w2", "w₂"),
      knob("b2", "b₂"),
      line,
      numbers.element,
    ],
    caption: isEnglish
      ? "The formula is read off the graph of the computation; the slopes are its derivatives at " +
        "the two dots."
      : "Rumusnya dibaca dari graf perhitungan; kemiringannya adalah turunannya di kedua titik.",
  });
  update();
  return figure;
}
