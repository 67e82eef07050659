/** A place on the surface of the error: its formulas with numbers, its gradient, and steps. */

import {
  lineOf,
  type Numbers,
  type Point,
  points,
  predict,
  start,
} from "../../../examples/lecture/04_simpler_model.ts";
import { derive, slidePoints, step } from "../../../examples/lecture/05_gradient.ts";
import { surface as surfaceOf } from "../../../examples/lecture/06_loss_curve.ts";
import { formula } from "../../../mod.ts";
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
import type { Language } from "../../page.ts";
import { pathOf, plane } from "../../plane.ts";
import { setArrow, surface } from "../../surface.ts";

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
export function gradientLab(language: Language): HTMLElement {
  const text = words[language];
  let at: Numbers = start;
  let data: readonly Point[] = points;
  let rate = 0.1;
  let path: Numbers[] = [start];

  const uphill = svg("path", { class: "arrow uphill" });
  const downhill = svg("path", { class: "arrow downhill" });
  const trail = svg("path", { class: "curve" });
  const trailDots = svg("g", {});
  const place = handle({
    label: text.place,
    onDrag: (x, y) => {
      const [m, b] = picture.plane.at(x, y);
      moveTo({ m: limited(m, area.m), b: limited(b, area.b) });
    },
    onStep: (right, up, pace) => {
      const size = pace === "small" ? 0.01 : 0.1;
      moveTo({ m: limited(at.m + size * right, area.m), b: limited(at.b + size * up, area.b) });
    },
  });
  const mapOf = () => surfaceOf("", [], { data, area: { ...area, levels } });
  const picture = surface({
    map: mapOf(),
    label: text.label,
    ratio: 0.95,
    draw: (plane) => {
      const [dm, db] = derive(at, data).gradient;
      const here = [plane.x(at.m), plane.y(at.b)] as const;
      const unit = 0.13; // how long a slope of 1 is drawn
      setArrow(uphill, here, [plane.x(at.m + unit * dm.data), plane.y(at.b + unit * db.data)]);
      setArrow(downhill, here, [plane.x(at.m - rate * dm.data), plane.y(at.b - rate * db.data)]);
      setAttributes(trail, { d: pathOf(plane, path.map(({ m, b }) => [m, b])) });
      trailDots.replaceChildren(
        ...path.slice(0, -1).map(({ m, b }) =>
          svg("circle", { class: "dot", r: 3.5, cx: plane.x(m), cy: plane.y(b) })
        ),
      );
      place.place(...here, `m = ${format(at.m)}, b = ${format(at.b)}`);
    },
  });
  picture.plane.inside.append(trail, trailDots, uphill, downhill);
  picture.plane.above.append(place.element);

  const small = linePlane(text.line, () => ({ at, data }));
  const formulas = element("div", { class: "derivation" });
  const show = () => {
    const { mse, gradient: [dm, db] } = derive(at, data);
    formulas.replaceChildren(
      derivation("MSE", formula(mse), mse.data, at),
      derivation("∂MSE/∂m", formula(dm), dm.data, at),
      derivation("∂MSE/∂b", formula(db), db.data, at),
    );
    steps.textContent = text.taken(path.length - 1);
    publish(root, {
      m: at.m,
      b: at.b,
      mse: mse.data,
      dm: dm.data,
      db: db.data,
      steps: path.length - 1,
      rate,
      formula: formula(dm),
    });
    picture.plane.redraw();
    small.redraw();
  };
  const moveTo = (to: Numbers) => {
    at = to;
    path = [to];
    show();
  };
  const field = numberField({
    label: element("span", {}, `${text.rate} `, math("λ")),
    value: rate,
    min: 0,
    max: 1,
    onInput: (number) => {
      rate = number;
      show();
    },
  });
  const steps = element("span", { class: "count", role: "status" });
  const root = lab({
    name: "gradient",
    picture: [
      picture.element,
      element(
        "div",
        { class: "legend" },
        element("span", {}, element("span", { class: "stroke ink" }), text.uphill),
        element("span", {}, element("span", { class: "stroke accent" }), text.downhill),
      ),
    ],
    controls: [
      formulas,
      toggle({
        label: text.data,
        choices: (["lecture", "slides"] as const).map((name) => [
          name,
          dataSets[name].map(([x, y]) => `(${x}, ${y})`).join(" "),
        ]),
        value: "lecture",
        onInput: (name) => {
          data = dataSets[name];
          picture.show(mapOf());
          moveTo(at);
        },
      }).element,
      field.element,
      element(
        "div",
        { class: "buttons" },
        button(text.step, () => {
          at = step(at, rate, data);
          path.push(at);
          show();
        }, { isMain: true }),
        button(text.again, () => moveTo(start)),
        steps,
      ),
      small.element,
    ],
  });
  show();
  return root;
}

/** A formula, the same with numbers in place of m and b, and what it gives. */
function derivation(name: string, text: string, result: number, { m, b }: Numbers): HTMLElement {
  const numbers = text.replace(
    /(\d*\.?\d*)(m|b)(b)?(\^2)?/g,
    (_, factor: string, first: string, second = "", power = "") =>
      [
        factor,
        ...[first, second].filter((name) => name !== "").map((name) =>
          bracketed(name === "m" ? m : b)
        ),
      ].filter((part) => part !== "").join("*") + power,
  );
  const line = (text: string, kind: string) => {
    const made = math(text);
    made.classList.add("long", kind);
    return made;
  };
  return element(
    "p",
    {},
    line(`${name} = ${text}`, "symbols"),
    line(`= ${numbers}`, "numbers"),
    element("strong", {}, `= ${format(result)}`),
  );
}

function bracketed(number: number): string {
  const text = String(Math.round(number * 100) / 100);
  return number < 0 ? `(${text})` : text;
}

/** A small picture of the line itself. */
function linePlane(
  label: string,
  state: () => { at: Numbers; data: readonly Point[] },
): { element: SVGElement; redraw(): void } {
  const line = svg("path", { class: "curve accent strong" });
  const errors = svg("path", { class: "curve accent dashed" });
  const dots = svg("g", {});
  const made = plane({
    x: [-0.5, 3.5],
    y: [-1, 8],
    ratio: 0.66,
    label,
    draw: (plane) => {
      const { at, data } = state();
      const own = lineOf(at);
      const y = (x: number) => predict(own, x).data;
      setAttributes(line, { d: pathOf(plane, [-0.5, 3.5].map((x) => [x, y(x)])) });
      const down = data.map(([x, target]) => pathOf(plane, [[x, target], [x, y(x)]]));
      setAttributes(errors, { d: down.join("") });
      dots.replaceChildren(
        ...data.map(([x, target]) =>
          svg("circle", { class: "dot", r: 5, cx: plane.x(x), cy: plane.y(target) })
        ),
      );
    },
  });
  made.inside.append(errors, line, dots);
  return made;
}
