/** A line through two points, to be dragged, with its squared errors drawn as squares. */

import {
  lineOf,
  meanSquaredError,
  type Numbers,
  points,
  predict,
  squaredErrors,
} from "../../../examples/lecture/04_simpler_model.ts";
import {
  button,
  drag,
  format,
  handle,
  lab,
  math,
  numberField,
  publish,
  setAttributes,
  svg,
} from "../../dom.ts";
import type { Language } from "../../page.ts";
import { pathOf, plane, type Point } from "../../plane.ts";
import { readouts } from "../../readout.ts";

const words = {
  en: {
    label: "Two points, a line, and its squared errors as squares",
    intercept: "Where the line meets the axis, b: up and down arrow keys",
    slope: "The slope of the line, m: up and down arrow keys",
    prediction: "prediction at",
    square: "squared error at",
    again: "Back to m = −1, b = 5",
    mean: "mean, MSE",
    root: "its root, RMSE",
  },
  id: {
    label: "Dua titik, sebuah garis, dan galat kuadratnya sebagai bujur sangkar",
    intercept: "Tempat garis memotong sumbu, b: tombol panah atas dan bawah",
    slope: "Kemiringan garis, m: tombol panah atas dan bawah",
    prediction: "prediksi di",
    square: "galat kuadrat di",
    again: "Kembali ke m = −1, b = 5",
    mean: "rata-ratanya, MSE",
    root: "akarnya, RMSE",
  },
} as const;

const limit = 10;
const grip = 3; // where along x the slope is held
const rounded = (number: number): number =>
  Math.round(Math.min(limit, Math.max(-limit, number)) * 100) / 100;

/** The panel of the line; `onChange` is told of each new m and b. */
export function lineLab(
  language: Language,
  start: Numbers,
  onChange: (numbers: Numbers) => void,
): HTMLElement {
  const text = words[language];
  let numbers = start;

  const squares = points.map(() => svg("rect", { class: "error-square" }));
  const areas = points.map(() => svg("text", { class: "area", "text-anchor": "middle" }));
  const lines = points.map(() => svg("path", { class: "curve accent dashed" }));
  const dots = points.map(() => svg("circle", { class: "dot", r: 6 }));
  const line = svg("path", { class: "curve strong" });
  const body = svg("path", { class: "grab" });
  const at = (x: number) => predict(lineOf(numbers), x).data;

  const intercept = handle({
    label: text.intercept,
    onDrag: (x, y) => set({ ...numbers, b: rounded(picture.at(x, y)[1]) }),
    onStep: (right, up, pace) =>
      set({ ...numbers, b: rounded(numbers.b + (right + up) * (pace === "small" ? 0.01 : 0.1)) }),
  });
  const slope = handle({
    label: text.slope,
    onDrag: (x, y) => set({ ...numbers, m: rounded((picture.at(x, y)[1] - numbers.b) / grip) }),
    onStep: (right, up, pace) =>
      set({ ...numbers, m: rounded(numbers.m + (right + up) * (pace === "small" ? 0.01 : 0.1)) }),
  });
  const picture = plane({
    x: [-3, 6],
    y: [-1, 7],
    label: text.label,
    draw: (plane) => {
      setAttributes(line, { d: pathOf(plane, [-3, 6].map((x): Point => [x, at(x)])) });
      setAttributes(body, { d: line.getAttribute("d") });
      for (const [i, [x, y]] of points.entries()) {
        const predicted = at(x);
        const side = Math.abs(plane.y(predicted) - plane.y(y));
        const left = plane.x(x) - (i === 0 ? side : 0); // one to the left, one to the right
        const top = Math.min(plane.y(predicted), plane.y(y));
        setAttributes(squares[i]!, { x: left, y: top, width: side, height: side });
        setAttributes(areas[i]!, { x: left + side / 2, y: top + side / 2 + 4 });
        areas[i]!.textContent = side > 36 ? format((predicted - y) ** 2) : "";
        setAttributes(lines[i]!, { d: pathOf(plane, [[x, y], [x, predicted]]) });
        setAttributes(dots[i]!, { cx: plane.x(x), cy: plane.y(y) });
      }
      intercept.place(plane.x(0), plane.y(numbers.b), `b = ${format(numbers.b)}`);
      slope.place(plane.x(grip), plane.y(at(grip)), `m = ${format(numbers.m)}`);
    },
  });
  drag(body, (x, y) => {
    const [a, c] = picture.at(x, y);
    set({ ...numbers, b: rounded(c - numbers.m * a) });
  });
  picture.inside.append(...squares, ...lines, ...areas, line, body, ...dots);
  picture.inside.append(intercept.element, slope.element);

  const shown = readouts([
    ...points.map(([x], i) => [`prediction${i}`, `${text.prediction} ${x}`] as const),
    ...points.map(([x], i) => [`square${i}`, `${text.square} ${x}`] as const),
    ["mse", text.mean] as const,
    ["rmse", text.root] as const,
  ]);
  const field = (name: "m" | "b") =>
    numberField({
      label: math(name),
      value: numbers[name],
      min: -limit,
      max: limit,
      onInput: (number) => {
        numbers = { ...numbers, [name]: number };
        show();
      },
    });
  const fields = { m: field("m"), b: field("b") };
  const show = () => {
    const line = lineOf(numbers);
    const mse = meanSquaredError(line);
    const rmse = mse.sqrt();
    const predictions = points.map(([x]) => predict(line, x).data);
    const errors = squaredErrors(line).map(({ data }) => data);
    shown.show({
      ...Object.fromEntries(predictions.map((number, i) => [`prediction${i}`, format(number)])),
      ...Object.fromEntries(errors.map((number, i) => [`square${i}`, format(number)])),
      mse: format(mse.data),
      rmse: format(rmse.data),
    });
    publish(root, {
      m: numbers.m,
      b: numbers.b,
      mse: mse.data,
      rmse: rmse.data,
      predictions: predictions.join(" "),
      squares: errors.join(" "),
    });
    picture.redraw();
    onChange(numbers);
  };
  const set = (next: Numbers) => {
    numbers = next;
    fields.m.value = next.m;
    fields.b.value = next.b;
    show();
  };
  const root = lab({
    name: "line",
    picture: [picture.element],
    controls: [
      fields.m.element,
      fields.b.element,
      shown.element,
      button(text.again, () => set(start)),
    ],
  });
  show();
  return root;
}
