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
import { pageLanguage } from "../../page.ts";
import { pathOf, type Plane, plane } from "../../plane.ts";
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
export function tangentLab(): HTMLElement {
  return new TangentPanel().element;
}

class TangentPanel {
  readonly #text = words[pageLanguage()];
  #name: ActivationName = "sigmoid";
  #f = 1;
  #curve: readonly Slope[] = [];

  readonly #values = svg("path", { class: "curve strong" });
  readonly #slopes = svg("path", { class: "curve cool" });
  readonly #tangent = svg("path", { class: "curve accent" });
  readonly #drop = svg("path", { class: "curve faint dashed" });
  readonly #slopeDot = svg("circle", { class: "dot cool", r: 5 });
  readonly #point = handle({
    label: this.#text.point,
    onDrag: (x) => this.#moveTo(this.#picture.at(x, 0)[0]),
    onStep: (right, up, pace) =>
      this.#moveTo(this.#f + (right + up) * (pace === "small" ? 0.01 : 0.1)),
  });
  readonly #picture = plane({
    x: [low, high],
    y: [-2, 2],
    ratio: 0.72,
    label: this.#text.label,
    xLabel: "f",
    draw: (plane) => this.#draw(plane),
  });

  readonly #numbers = readouts([["y", "$a(f)$"], ["derivative", "$a'(f)$"]]);
  readonly #formulas = element("div", { class: "formulas" });
  readonly #remark = element("p", { class: "said remark" });
  readonly #field = numberField({
    label: element("span", {}, `${this.#text.f} `, math("f")),
    value: this.#f,
    min: low,
    max: high,
    onInput: (number) => {
      this.#f = number;
      this.#show();
    },
  });
  readonly #choice = toggle({
    label: this.#text.which,
    choices: names.map((name) => [name, name] as const),
    value: this.#name,
    onInput: (name) => this.#choose(name),
  });
  readonly element = lab({
    name: "tangent",
    picture: [
      this.#picture.element,
      element("div", { class: "legend" }, key("ink", math("a(f)")), key("cool", math("a'(f)"))),
    ],
    controls: [
      this.#choice.element,
      this.#formulas,
      this.#field.element,
      this.#numbers.element,
      this.#remark,
    ],
  });

  constructor() {
    const { inside, above } = this.#picture;
    inside.append(this.#drop, this.#slopes, this.#values, this.#tangent, this.#slopeDot);
    above.append(this.#point.element);
    this.#choose(this.#name);
  }

  #choose(name: ActivationName): void {
    this.#name = name;
    this.#curve = curveOf(activations[name], { from: low, to: high, count: 201 });
    this.#remark.textContent = this.#text.remarks[name];
    this.#show();
  }

  #moveTo(at: number): void {
    this.#f = Math.round(Math.min(high, Math.max(low, at)) * 100) / 100;
    this.#field.value = this.#f;
    this.#show();
  }

  #show(): void {
    const x = value(this.#f, "f");
    const y = activations[this.#name](x);
    const [slope] = gradients(y, [x]);
    this.#formulas.replaceChildren(
      element("p", {}, math(`a(f) = ${formula(y)}`)),
      element("p", {}, math(`a'(f) = ${formula(slope)}`)),
    );
    this.#numbers.show({ y: format(y.data, 4), derivative: format(slope.data, 4) });
    publish(this.element, { name: this.#name, f: this.#f, y: y.data, derivative: slope.data });
    this.#picture.redraw();
  }

  #draw(plane: Plane): void {
    const f = this.#f;
    const { y, derivative } = slopeAt(activations[this.#name], f);
    const curve = (key: "y" | "derivative") =>
      pathOf(plane, this.#curve.map((place) => [place.x, place[key]]));
    setAttributes(this.#values, { d: curve("y") });
    setAttributes(this.#slopes, { d: curve("derivative") });
    const along = 1.8 / Math.hypot(1, derivative * 2);
    setAttributes(this.#tangent, {
      d: pathOf(plane, [-along, along].map((t) => [f + t, y + t * derivative])),
    });
    setAttributes(this.#drop, { d: pathOf(plane, [[f, y], [f, derivative]]) });
    setAttributes(this.#slopeDot, { cx: plane.x(f), cy: plane.y(derivative) });
    this.#point.place(
      plane.x(f),
      Math.min(plane.frame.bottom, Math.max(plane.frame.top, plane.y(y))),
      `f = ${format(f)}, a(f) = ${format(y, 4)}, a'(f) = ${format(derivative, 4)}`,
    );
  }
}

/** A stroke in the colour of a curve, with its name. */
function key(color: string, name: Node): HTMLElement {
  return element("span", {}, element("span", { class: `stroke ${color}` }), name);
}
