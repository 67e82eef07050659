/** A place on the surface of the error: its formulas with numbers, its gradient, and steps. */

import {
  type Numbers,
  type Point,
  points,
  start,
} from "../../../examples/lecture/04_simpler_model.ts";
import { derive, slidePoints, step } from "../../../examples/lecture/05_gradient.ts";
import { surface as surfaceOf } from "../../../examples/lecture/06_loss_curve.ts";
import { formula } from "../../../mod.ts";
import type { ContourMap } from "../../../plot/mod.ts";
import {
  button,
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
import { pathOf, type Plane } from "../../plane.ts";
import { setArrow, surface } from "../../surface.ts";
import { derivation } from "./derivation.ts";
import { linePlane } from "./line_plane.ts";

const words = {
  en: {
    label: "The surface of the error over m and b, with a place, its gradient and the next step",
    place: "The place (m, b): arrow keys move it",
    line: "The line that belongs to the place",
    data: "Points",
    rate: "learning rate",
    step: "Take a step",
    again: "Back to the start",
    uphill: "the gradient, uphill",
    downhill: "the next step, −λ times the gradient",
    taken: (count: number) => count === 1 ? "1 step" : `${count} steps`,
  },
  id: {
    label:
      "Permukaan galat terhadap m dan b, dengan satu tempat, gradiennya dan langkah berikutnya",
    place: "Tempat (m, b): geser dengan tombol panah",
    line: "Garis yang sesuai dengan tempat itu",
    data: "Titik",
    rate: "laju pembelajaran",
    step: "Ambil satu langkah",
    again: "Kembali ke awal",
    uphill: "gradien, ke arah naik",
    downhill: "langkah berikutnya, −λ kali gradien",
    taken: (count: number) => `${count} langkah`,
  },
} as const;

const dataSets = { lecture: points, slides: slidePoints } as const;
const area = { m: [-2, 4], b: [-1, 7] } as const;
const levels = [0.05, 0.25, 1, 2.5, 5, 10, 18, 30, 50, 80, 120];

const limited = (number: number, [low, high]: readonly [number, number]): number =>
  Math.round(Math.min(high, Math.max(low, number)) * 100) / 100;

/** The panel of the gradient. */
export function gradientLab(): HTMLElement {
  return new GradientPanel().element;
}

class GradientPanel {
  readonly #text = words[pageLanguage()];
  #at: Numbers = start;
  #data: readonly Point[] = points;
  #rate = 0.1;
  #path: Numbers[] = [start];

  readonly #uphill = svg("path", { class: "arrow uphill" });
  readonly #downhill = svg("path", { class: "arrow downhill" });
  readonly #trail = svg("path", { class: "curve" });
  readonly #stops = svg("g", {});
  readonly #place = handle({
    label: this.#text.place,
    onDrag: (x, y) => {
      const [m, b] = this.#picture.plane.at(x, y);
      this.#moveTo({ m, b });
    },
    onStep: (right, up, pace) => {
      const size = pace === "small" ? 0.01 : 0.1;
      this.#moveTo({ m: this.#at.m + size * right, b: this.#at.b + size * up });
    },
  });
  readonly #picture = surface({
    map: this.#map(),
    label: this.#text.label,
    ratio: 0.95,
    draw: (plane) => this.#draw(plane),
  });
  readonly #line = linePlane(this.#text.line, () => ({ at: this.#at, data: this.#data }));
  readonly #formulas = element("div", { class: "derivation" });
  readonly #count = element("span", { class: "count", role: "status" });
  readonly element = lab({
    name: "gradient",
    picture: [
      this.#picture.element,
      element(
        "div",
        { class: "legend" },
        element("span", {}, element("span", { class: "stroke ink" }), this.#text.uphill),
        element("span", {}, element("span", { class: "stroke accent" }), this.#text.downhill),
      ),
    ],
    controls: [this.#formulas, ...this.#controls(), this.#line.element],
  });

  constructor() {
    this.#picture.plane.inside.append(this.#trail, this.#stops, this.#uphill, this.#downhill);
    this.#picture.plane.above.append(this.#place.element);
    this.#show();
  }

  #map(): ContourMap {
    return surfaceOf("", [], { data: this.#data, area: { ...area, levels } });
  }

  #controls(): HTMLElement[] {
    const data = toggle({
      label: this.#text.data,
      choices: (["lecture", "slides"] as const).map((name) => [
        name,
        dataSets[name].map(([x, y]) => `(${x}, ${y})`).join(" "),
      ]),
      value: "lecture",
      onInput: (name) => {
        this.#data = dataSets[name];
        this.#picture.show(this.#map());
        this.#moveTo(this.#at);
      },
    });
    const rate = numberField({
      label: element("span", {}, `${this.#text.rate} `, math("λ")),
      value: this.#rate,
      min: 0,
      max: 1,
      onInput: (number) => {
        this.#rate = number;
        this.#show();
      },
    });
    const take = button(this.#text.step, () => this.#step(), { isMain: true });
    const again = button(this.#text.again, () => this.#moveTo(start));
    const buttons = element("div", { class: "buttons" }, take, again, this.#count);
    return [data.element, rate.element, buttons];
  }

  #step(): void {
    this.#at = step(this.#at, this.#rate, this.#data);
    this.#path.push(this.#at);
    this.#show();
  }

  #moveTo({ m, b }: Numbers): void {
    this.#at = { m: limited(m, area.m), b: limited(b, area.b) };
    this.#path = [this.#at];
    this.#show();
  }

  #show(): void {
    const { mse, gradient: [dm, db] } = derive(this.#at, this.#data);
    this.#formulas.replaceChildren(
      derivation("MSE", mse, this.#at),
      derivation("∂MSE/∂m", dm, this.#at),
      derivation("∂MSE/∂b", db, this.#at),
    );
    const steps = this.#path.length - 1;
    this.#count.textContent = this.#text.taken(steps);
    publish(this.element, {
      ...this.#at,
      mse: mse.data,
      dm: dm.data,
      db: db.data,
      steps,
      rate: this.#rate,
      formula: formula(dm),
    });
    this.#picture.plane.redraw();
    this.#line.redraw();
  }

  #draw(plane: Plane): void {
    const { m, b } = this.#at;
    const [dm, db] = derive(this.#at, this.#data).gradient.map(({ data }) => data) as [
      number,
      number,
    ];
    const here = [plane.x(m), plane.y(b)] as const;
    const arrow = (path: SVGPathElement, scale: number) =>
      setArrow(path, here, [plane.x(m + scale * dm), plane.y(b + scale * db)]);
    arrow(this.#uphill, 0.13); // how long a slope of 1 is drawn
    arrow(this.#downhill, -this.#rate);
    setAttributes(this.#trail, { d: pathOf(plane, this.#path.map(({ m, b }) => [m, b])) });
    this.#stops.replaceChildren(
      ...this.#path.slice(0, -1).map(({ m, b }) =>
        svg("circle", { class: "dot", r: 3.5, cx: plane.x(m), cy: plane.y(b) })
      ),
    );
    this.#place.place(...here, `m = ${format(m)}, b = ${format(b)}`);
  }
}
