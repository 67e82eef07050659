/** What is left of a slope after a row of neurons, for each activation function. */

import { derivativeOfChain } from "../../../examples/lecture/03_activation_functions.ts";
import { element, lab, publish, setAttributes, slider, svg } from "../../dom.ts";
import type { Language } from "../../page.ts";
import { pathOf, plane, type Point } from "../../plane.ts";
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

/** The panel of the row of neurons. */
export function chainLab(language: Language): HTMLElement {
  const text = words[language];
  let length = 5;
  const slopes = names.map((name): Point[] =>
    Array.from({ length: most }, (_, i) => [i + 1, derivativeOfChain(name, i + 1)])
  );
  const lines = names.map((name) => svg("path", { class: `curve strong ${colors[name]}` }));
  const dots = names.map((name) => svg("circle", { class: `dot ${colors[name]}`, r: 6 }));
  const cursor = svg("path", { class: "curve faint" });
  const picture = plane({
    x: [1, most],
    y: [1e-14, 3],
    isLog: true,
    ratio: 0.55,
    xLabel: text.length,
    yLabel: text.left,
    label: text.label,
    draw: (plane) => {
      for (const [i, line] of lines.entries()) {
        setAttributes(line, { d: pathOf(plane, slopes[i]!) });
        const [x, y] = slopes[i]![length - 1]!;
        setAttributes(dots[i]!, { cx: plane.x(x), cy: plane.y(y) });
      }
      setAttributes(cursor, { d: pathOf(plane, [[length, 1e-14], [length, 3]]) });
    },
  });
  picture.inside.append(cursor, ...lines, ...dots);
  const numbers = readouts(names.map((name) => [name, name] as const));
  const show = () => {
    const at = names.map((name, i) => [name, slopes[i]![length - 1]![1]] as const);
    numbers.show(Object.fromEntries(at.map(([name, slope]) => [name, short(slope)])));
    publish(root, { length, ...Object.fromEntries(at) });
    picture.redraw();
  };
  const root = lab({
    name: "chain",
    picture: [picture.element],
    controls: [
      slider({
        label: text.length,
        min: 1,
        max: most,
        step: 1,
        value: length,
        onInput: (number) => {
          length = number;
          show();
        },
      }).element,
      numbers.element,
      element(
        "div",
        { class: "legend" },
        ...names.map((name) =>
          element("span", {}, element("span", { class: `stroke ${colors[name]}` }), name)
        ),
      ),
    ],
  });
  show();
  return root;
}

/** A number with three digits, in powers of ten where it is small. */
function short(number: number): string {
  if (number === 0 || number >= 0.001) return String(Number(number.toPrecision(3)));
  return number.toExponential(1).replace("-", "−");
}
