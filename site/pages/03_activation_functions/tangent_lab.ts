/** An activation function with its derivative, and the tangent at a place that the reader drags. */

import {
  type ActivationName,
  activations,
  curveOf,
  type Slope,
  slopeAt,
} from "../../../examples/lecture/03_activation_functions.ts";
import { formula, gradients, value } from "../../../mod.ts";
import {
  element,
  format,
  handle,
  lab,
  math,
  numberField,
  publish,
  setAttributes,
  svg,
  toggle,
} from "../../dom.ts";
import type { Language } from "../../page.ts";
import { pathOf, plane } from "../../plane.ts";
import { readouts } from "../../readout.ts";

const words = {
  en: {
    label: "An activation function, its derivative and a tangent",
    which: "Activation",
    point: "The sum f: left and right arrow keys move it",
    f: "the sum",
    remarks: {
      linear: "What comes in goes out; the slope is the same everywhere. Good for an output that " +
        "may be any number, useless between layers, as chapter 7 shows.",
      ReLU:
        "Negative sums become 0, others pass. The slope is 0 or 1, and costs next to nothing. " +
        "At the corner itself there is no derivative; turunan takes 0, as other libraries do.",
      sigmoid: "A threshold made smooth: any sum becomes a number between 0 and 1. Far from the " +
        "middle the slope is nearly 0: the neuron is saturated, and hardly learns.",
      tanh: "The same S from −1 to 1, through 0, four times as steep in the middle. Its ends " +
        "saturate, too.",
    },
  },
  id: {
    label: "Sebuah fungsi aktivasi, turunannya, dan satu garis singgung",
    which: "Aktivasi",
    point: "Jumlah f: geser dengan tombol panah kiri dan kanan",
    f: "jumlah",
    remarks: {
      linear: "Yang masuk sama dengan yang keluar; kemiringannya sama di mana-mana. Cocok untuk " +
        "keluaran yang boleh berupa angka apa saja, percuma di antara lapisan, seperti di bab 7.",
      ReLU: "Jumlah negatif menjadi 0, yang lain lewat. Kemiringannya 0 atau 1, dan nyaris tanpa " +
        "biaya. Tepat di sudutnya tidak ada turunan; turunan (pustaka ini) memakai 0, seperti " +
        "pustaka lain.",
      sigmoid:
        "Ambang yang dihaluskan: jumlah berapa pun menjadi angka antara 0 dan 1. Jauh dari " +
        "tengah, kemiringannya hampir 0: neuronnya jenuh dan hampir tidak belajar.",
      tanh:
        "Huruf S yang sama, dari −1 sampai 1 dan melalui 0, empat kali lebih curam di tengah. " +
        "Kedua ujungnya juga jenuh.",
    },
  },
} as const;

const low = -5;
const high = 5;
const names: readonly ActivationName[] = ["linear", "ReLU", "sigmoid", "tanh"];

/** The panel of the tangent. */
export function tangentLab(language: Language): HTMLElement {
  const text = words[language];
  let name: ActivationName = "sigmoid";
  let f = 1;
  let curve: readonly Slope[] = curveOf(activations[name], { from: low, to: high, count: 201 });

  const values = svg("path", { class: "curve strong" });
  const slopes = svg("path", { class: "curve cool" });
  const tangent = svg("path", { class: "curve accent" });
  const drop = svg("path", { class: "curve faint dashed" });
  const slopeDot = svg("circle", { class: "dot cool", r: 5 });
  const set = (at: number) => {
    f = Math.round(Math.min(high, Math.max(low, at)) * 100) / 100;
    field.value = f;
    show();
  };
  const point = handle({
    label: text.point,
    onDrag: (x) => set(picture.at(x, 0)[0]),
    onStep: (right, up, pace) => set(f + (right + up) * (pace === "small" ? 0.01 : 0.1)),
  });
  const picture = plane({
    x: [low, high],
    y: [-2, 2],
    ratio: 0.72,
    label: text.label,
    xLabel: "f",
    draw: (plane) => {
      const { y, derivative } = slopeAt(activations[name], f);
      setAttributes(values, { d: pathOf(plane, curve.map(({ x, y }) => [x, y])) });
      setAttributes(slopes, {
        d: pathOf(plane, curve.map(({ x, derivative }) => [x, derivative])),
      });
      const along = 1.8 / Math.hypot(1, derivative * 2);
      setAttributes(tangent, {
        d: pathOf(plane, [-along, along].map((t) => [f + t, y + t * derivative])),
      });
      setAttributes(drop, { d: pathOf(plane, [[f, y], [f, derivative]]) });
      setAttributes(slopeDot, { cx: plane.x(f), cy: plane.y(derivative) });
      point.place(
        plane.x(f),
        Math.min(plane.frame.bottom, Math.max(plane.frame.top, plane.y(y))),
        `f = ${format(f)}, a(f) = ${format(y, 4)}, a'(f) = ${format(derivative, 4)}`,
      );
    },
  });
  picture.inside.append(drop, slopes, values, tangent, slopeDot);
  picture.above.append(point.element);

  const numbers = readouts([["y", "$a(f)$"], ["derivative", "$a'(f)$"]]);
  const formulas = element("div", { class: "formulas" });
  const remark = element("p", { class: "said remark" });
  const field = numberField({
    label: element("span", {}, `${text.f} `, math("f")),
    value: f,
    min: low,
    max: high,
    onInput: (number) => {
      f = number;
      show();
    },
  });
  const show = () => {
    const x = value(f, "f");
    const y = activations[name](x);
    const [slope] = gradients(y, [x]);
    formulas.replaceChildren(
      element("p", {}, math(`a(f) = ${formula(y)}`)),
      element("p", {}, math(`a'(f) = ${formula(slope)}`)),
    );
    numbers.show({ y: format(y.data, 4), derivative: format(slope.data, 4) });
    publish(root, { name, f, y: y.data, derivative: slope.data });
    picture.redraw();
  };
  const root = lab({
    name: "tangent",
    picture: [
      picture.element,
      element(
        "div",
        { class: "legend" },
        key("ink", math("a(f)")),
        key("cool", math("a'(f)")),
      ),
    ],
    controls: [
      toggle({
        label: text.which,
        choices: names.map((name) => [name, name] as const),
        value: name,
        onInput: (chosen) => {
          name = chosen;
          curve = curveOf(activations[name], { from: low, to: high, count: 201 });
          remark.textContent = text.remarks[name];
          show();
        },
      }).element,
      formulas,
      field.element,
      numbers.element,
      remark,
    ],
  });
  remark.textContent = text.remarks[name];
  show();
  return root;
}

/** A stroke in the colour of a curve, with its name. */
function key(color: string, name: Node): HTMLElement {
  return element("span", {}, element("span", { class: `stroke ${color}` }), name);
}
