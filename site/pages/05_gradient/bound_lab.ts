/** How the curvature of the bowl bounds the learning rate. */

import { hessianOf, largestLearningRate } from "../../../examples/lecture/05_gradient.ts";
import { eigenvalues } from "../../../examples/lecture/two_unknowns.ts";
import { element, format, handle, lab, publish, setAttributes, svg } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { pathOf, type Plane, plane, type Point } from "../../plane.ts";
import { readouts } from "../../readout.ts";

const words = {
  en: {
    label: "What one step multiplies the distance to the bottom by, for each learning rate",
    point: "The learning rate: left and right arrow keys",
    x: "learning rate λ",
    y: "factor per step",
    across: "across the valley",
    along: "along the valley",
    rate: "learning rate λ",
    bound: "bound, 2 / largest curvature",
    steep: "largest curvature",
    flat: "smallest curvature",
    arrives: "Both factors lie between −1 and 1: each step is nearer to the bottom. It arrives.",
    diverges: "Across the valley each step overshoots, and ends farther away. It diverges.",
  },
  id: {
    label: "Kelipatan jarak ke dasar pada setiap langkah, untuk setiap laju pembelajaran",
    point: "Laju pembelajaran: tombol panah kiri dan kanan",
    x: "laju pembelajaran λ",
    y: "faktor per langkah",
    across: "melintang lembah",
    along: "menyusuri lembah",
    rate: "laju pembelajaran λ",
    bound: "batas, 2 / kelengkungan terbesar",
    steep: "kelengkungan terbesar",
    flat: "kelengkungan terkecil",
    arrives: "Kedua faktor ada di antara −1 dan 1: setiap langkah mendekati dasar. Ia sampai.",
    diverges: "Melintang lembah, setiap langkah kelewatan dan berakhir lebih jauh. Ia divergen.",
  },
} as const;

const most = 0.4;
const range: Point = [-2, 1.4];

/** The panel of the bound. */
export function boundLab(): HTMLElement {
  return new BoundPanel().element;
}

class BoundPanel {
  readonly #text = words[pageLanguage()];
  readonly #curvatures = eigenvalues(hessianOf());
  readonly #bound = largestLearningRate();
  #rate = 0.1;

  readonly #safe = svg("rect", { class: "side safe" });
  readonly #limit = svg("path", { class: "curve dashed" });
  readonly #cursor = svg("path", { class: "curve accent" });
  readonly #across = svg("path", { class: "curve strong" });
  readonly #along = svg("path", { class: "curve cool strong" });
  readonly #dot = svg("circle", { class: "dot cool", r: 6 });
  readonly #point = handle({
    label: this.#text.point,
    onDrag: (x) => this.#set(this.#picture.at(x, 0)[0]),
    onStep: (right, up, pace) =>
      this.#set(this.#rate + (right + up) * (pace === "small" ? 0.001 : 0.01)),
  });
  readonly #picture = plane({
    x: [0, most],
    y: range,
    ratio: 0.6,
    label: this.#text.label,
    xLabel: this.#text.x,
    yLabel: this.#text.y,
    draw: (plane) => this.#draw(plane),
  });
  readonly #numbers = readouts([
    ["rate", this.#text.rate],
    ["across", this.#text.across],
    ["along", this.#text.along],
    ["steep", this.#text.steep],
    ["flat", this.#text.flat],
    ["bound", this.#text.bound],
  ]);
  readonly #said = element("p", { class: "said", role: "status" });
  readonly element = lab({
    name: "bound",
    picture: [
      this.#picture.element,
      element(
        "div",
        { class: "legend" },
        element("span", {}, element("span", { class: "stroke ink" }), this.#text.across),
        element("span", {}, element("span", { class: "stroke cool" }), this.#text.along),
      ),
    ],
    controls: [this.#numbers.element, this.#said],
  });

  constructor() {
    const { inside, above } = this.#picture;
    inside.append(this.#safe, this.#limit, this.#cursor, this.#across, this.#along, this.#dot);
    above.append(this.#point.element);
    this.#show();
  }

  #set(rate: number): void {
    this.#rate = Math.round(Math.min(most, Math.max(0, rate)) * 1000) / 1000;
    this.#show();
  }

  /** What a step multiplies the distance to the bottom by, along a direction. */
  #factor(curvature: number, rate = this.#rate): number {
    return 1 - rate * curvature;
  }

  #show(): void {
    const [steep, flat] = this.#curvatures;
    const arrives = this.#rate < this.#bound;
    this.#numbers.show({
      rate: String(this.#rate),
      across: format(this.#factor(steep), 3),
      along: format(this.#factor(flat), 3),
      steep: format(steep, 3),
      flat: format(flat, 3),
      bound: format(this.#bound, 4),
    });
    this.#said.textContent = arrives ? this.#text.arrives : this.#text.diverges;
    const across = this.#factor(steep);
    publish(this.element, { rate: this.#rate, across, steep, flat, bound: this.#bound, arrives });
    this.#picture.redraw();
  }

  #draw(plane: Plane): void {
    const [steep, flat] = this.#curvatures;
    const { left, right } = plane.frame;
    const [top, bottom] = [plane.y(1), plane.y(-1)];
    setAttributes(this.#safe, { x: left, width: right - left, y: top, height: bottom - top });
    const upright = (x: number) => pathOf(plane, range.map((y): Point => [x, y]));
    setAttributes(this.#limit, { d: upright(this.#bound) });
    setAttributes(this.#cursor, { d: upright(this.#rate) });
    const line = (curvature: number) =>
      pathOf(plane, [0, most].map((rate): Point => [rate, this.#factor(curvature, rate)]));
    setAttributes(this.#across, { d: line(steep) });
    setAttributes(this.#along, { d: line(flat) });
    const x = plane.x(this.#rate);
    setAttributes(this.#dot, { cx: x, cy: plane.y(this.#factor(flat)) });
    this.#point.place(x, plane.y(this.#factor(steep)), `λ = ${this.#rate}`);
  }
}
