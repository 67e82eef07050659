/** What is left of a slope after a row of neurons, for each activation function. */

import { derivativeOfChain } from "../../../examples/lecture/03_activation_functions.ts";
import { element, lab, publish, setAttributes, slider, svg } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { pathOf, type Plane, plane, type Point } from "../../plane.ts";
import { readouts } from "../../readout.ts";

const words = {
  en: {
    label: "The slope of a row of neurons by its length",
    length: "Neurons in a row",
    left: "slope of the whole row",
  },
  id: {
    label: "Kemiringan sederet neuron menurut panjangnya",
    length: "Neuron yang berjajar",
    left: "kemiringan seluruh deret",
  },
} as const;

const names = ["ReLU", "tanh", "sigmoid"] as const;
const colors = { ReLU: "third", tanh: "cool", sigmoid: "accent" } as const;
const most = 20;
const range: Point = [1e-14, 3];

/** The panel of the row of neurons. */
export function chainLab(): HTMLElement {
  return new ChainPanel().element;
}

class ChainPanel {
  readonly #text = words[pageLanguage()];
  #length = 5;
  readonly #slopes = names.map((name): Point[] =>
    Array.from({ length: most }, (_, i) => [i + 1, derivativeOfChain(name, i + 1)])
  );
  readonly #lines = names.map((name) => svg("path", { class: `curve strong ${colors[name]}` }));
  readonly #dots = names.map((name) => svg("circle", { class: `dot ${colors[name]}`, r: 6 }));
  readonly #cursor = svg("path", { class: "curve faint" });
  readonly #picture = plane({
    x: [1, most],
    y: range,
    isLog: true,
    ratio: 0.55,
    xLabel: this.#text.length,
    yLabel: this.#text.left,
    label: this.#text.label,
    draw: (plane) => this.#draw(plane),
  });
  readonly #numbers = readouts(names.map((name) => [name, name] as const));
  readonly #slider = slider({
    label: this.#text.length,
    min: 1,
    max: most,
    step: 1,
    value: this.#length,
    onInput: (number) => {
      this.#length = number;
      this.#show();
    },
  });
  readonly element = lab({
    name: "chain",
    picture: [this.#picture.element],
    controls: [
      this.#slider.element,
      this.#numbers.element,
      element(
        "div",
        { class: "legend" },
        ...names.map((name) =>
          element("span", {}, element("span", { class: `stroke ${colors[name]}` }), name)
        ),
      ),
    ],
  });

  constructor() {
    this.#picture.inside.append(this.#cursor, ...this.#lines, ...this.#dots);
    this.#show();
  }

  #show(): void {
    const at = names.map((name, i) => [name, this.#slopes[i]![this.#length - 1]![1]] as const);
    this.#numbers.show(Object.fromEntries(at.map(([name, slope]) => [name, short(slope)])));
    publish(this.element, { length: this.#length, ...Object.fromEntries(at) });
    this.#picture.redraw();
  }

  #draw(plane: Plane): void {
    for (const [i, line] of this.#lines.entries()) {
      setAttributes(line, { d: pathOf(plane, this.#slopes[i]!) });
      const [x, y] = this.#slopes[i]![this.#length - 1]!;
      setAttributes(this.#dots[i]!, { cx: plane.x(x), cy: plane.y(y) });
    }
    setAttributes(this.#cursor, { d: pathOf(plane, range.map((y) => [this.#length, y])) });
  }
}

/** A number with three digits, in powers of ten where it is small. */
function short(number: number): string {
  if (number === 0 || number >= 0.001) return String(Number(number.toPrecision(3)));
  return number.toExponential(1).replace("-", "−");
}
