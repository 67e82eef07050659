/** How the curvature of the bowl bounds the learning rate. */

import { hessianOf, largestLearningRate } from "../../../examples/lecture/05_gradient.ts";
import { eigenvalues } from "../../../examples/lecture/two_unknowns.ts";
import { format, handle, lab, publish, setAttributes, svg } from "../../dom.ts";
import type { Language } from "../../page.ts";
import { pathOf, plane } from "../../plane.ts";
import { readouts } from "../../readout.ts";
import { element } from "../../dom.ts";

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

/** The panel of the bound. */
export function boundLab(language: Language): HTMLElement {
  const text = words[language];
  const [steep, flat] = eigenvalues(hessianOf());
  const bound = largestLearningRate();
  let rate = 0.1;

  const safe = svg("rect", { class: "side safe" });
  const limit = svg("path", { class: "curve dashed" });
  const cursor = svg("path", { class: "curve accent" });
  const across = svg("path", { class: "curve strong" });
  const along = svg("path", { class: "curve cool strong" });
  const dot = svg("circle", { class: "dot cool", r: 6 });
  const set = (to: number) => {
    rate = Math.round(Math.min(most, Math.max(0, to)) * 1000) / 1000;
    show();
  };
  const point = handle({
    label: text.point,
    onDrag: (x) => set(picture.at(x, 0)[0]),
    onStep: (right, up, pace) => set(rate + (right + up) * (pace === "small" ? 0.001 : 0.01)),
  });
  const picture = plane({
    x: [0, most],
    y: [-2, 1.4],
    ratio: 0.6,
    label: text.label,
    xLabel: text.x,
    yLabel: text.y,
    draw: (plane) => {
      const { left, right } = plane.frame;
      setAttributes(safe, {
        x: left,
        width: right - left,
        y: plane.y(1),
        height: plane.y(-1) - plane.y(1),
      });
      setAttributes(limit, { d: pathOf(plane, [[bound, -2], [bound, 1.4]]) });
      setAttributes(cursor, { d: pathOf(plane, [[rate, -2], [rate, 1.4]]) });
      setAttributes(across, { d: pathOf(plane, [[0, 1], [most, 1 - most * steep]]) });
      setAttributes(along, { d: pathOf(plane, [[0, 1], [most, 1 - most * flat]]) });
      setAttributes(dot, { cx: plane.x(rate), cy: plane.y(1 - rate * flat) });
      point.place(plane.x(rate), plane.y(1 - rate * steep), `λ = ${rate}`);
    },
  });
  picture.inside.append(safe, limit, cursor, across, along, dot);
  picture.above.append(point.element);
  const numbers = readouts([
    ["rate", text.rate],
    ["across", text.across],
    ["along", text.along],
    ["steep", text.steep],
    ["flat", text.flat],
    ["bound", text.bound],
  ]);
  const said = element("p", { class: "said", role: "status" });
  const show = () => {
    const isSafe = rate < bound;
    numbers.show({
      rate: String(rate),
      across: format(1 - rate * steep, 3),
      along: format(1 - rate * flat, 3),
      steep: format(steep, 3),
      flat: format(flat, 3),
      bound: format(bound, 4),
    });
    said.textContent = isSafe ? text.arrives : text.diverges;
    publish(root, { rate, across: 1 - rate * steep, steep, flat, bound, arrives: isSafe });
    picture.redraw();
  };
  const root = lab({
    name: "bound",
    picture: [
      picture.element,
      element(
        "div",
        { class: "legend" },
        element("span", {}, element("span", { class: "stroke ink" }), text.across),
        element("span", {}, element("span", { class: "stroke cool" }), text.along),
      ),
    ],
    controls: [numbers.element, said],
  });
  show();
  return root;
}
