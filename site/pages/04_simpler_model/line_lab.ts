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
  type Control,
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
import { pageLanguage } from "../../page.ts";
import { pathOf, type Plane, plane, type Point } from "../../plane.ts";
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
const span: Point = [-3, 6];
const paces = { small: 0.01, usual: 0.1 } as const;
const grip = 3; // where along x the slope is held
const rounded = (number: number): number =>
  Math.round(Math.min(limit, Math.max(-limit, number)) * 100) / 100;

/** The panel of the line; `onChange` is told of each new m and b. */
export function lineLab(start: Numbers, onChange: (numbers: Numbers) => void): HTMLElement {
  return new LinePanel(start, onChange).element;
}

class LinePanel {
  readonly element: HTMLElement;
  readonly #text = words[pageLanguage()];
  readonly #onChange: (numbers: Numbers) => void;
  #numbers: Numbers;

  readonly #squares = points.map(() => svg("rect", { class: "error-square" }));
  readonly #areas = points.map(() => svg("text", { class: "area", "text-anchor": "middle" }));
  readonly #errors = points.map(() => svg("path", { class: "curve accent dashed" }));
  readonly #dots = points.map(() => svg("circle", { class: "dot", r: 6 }));
  readonly #line = svg("path", { class: "curve strong" });
  readonly #body = svg("path", { class: "grab" });
  readonly #intercept = handle({
    label: this.#text.intercept,
    onDrag: (x, y) => this.#set({ b: this.#picture.at(x, y)[1] }),
    onStep: (right, up, pace) => this.#set({ b: this.#numbers.b + (right + up) * paces[pace] }),
  });
  readonly #slope = handle({
    label: this.#text.slope,
    onDrag: (x, y) => this.#set({ m: (this.#picture.at(x, y)[1] - this.#numbers.b) / grip }),
    onStep: (right, up, pace) => this.#set({ m: this.#numbers.m + (right + up) * paces[pace] }),
  });
  readonly #picture = plane({
    x: span,
    y: [-1, 7],
    label: this.#text.label,
    draw: (plane) => this.#draw(plane),
  });
  readonly #shown = readouts([
    ...points.map(([x], i) => [`prediction${i}`, `${this.#text.prediction} ${x}`] as const),
    ...points.map(([x], i) => [`square${i}`, `${this.#text.square} ${x}`] as const),
    ["mse", this.#text.mean] as const,
    ["rmse", this.#text.root] as const,
  ]);
  readonly #fields: Readonly<Record<"m" | "b", Control<number>>>;

  constructor(start: Numbers, onChange: (numbers: Numbers) => void) {
    this.#numbers = start;
    this.#onChange = onChange;
    drag(this.#body, (x, y) => {
      const [a, c] = this.#picture.at(x, y);
      this.#set({ b: c - this.#numbers.m * a });
    });
    const { inside } = this.#picture;
    inside.append(...this.#squares, ...this.#errors, ...this.#areas, this.#line, this.#body);
    inside.append(...this.#dots, this.#intercept.element, this.#slope.element);
    this.#fields = { m: this.#field("m"), b: this.#field("b") };
    this.element = lab({
      name: "line",
      picture: [this.#picture.element],
      controls: [
        this.#fields.m.element,
        this.#fields.b.element,
        this.#shown.element,
        button(this.#text.again, () => this.#set(start)),
      ],
    });
    this.#show();
  }

  #field(name: "m" | "b"): Control<number> {
    return numberField({
      label: math(name),
      value: this.#numbers[name],
      min: -limit,
      max: limit,
      onInput: (number) => {
        this.#numbers = { ...this.#numbers, [name]: number };
        this.#show();
      },
    });
  }

  #set(change: Partial<Numbers>): void {
    const { m, b } = { ...this.#numbers, ...change };
    this.#numbers = { m: rounded(m), b: rounded(b) };
    this.#fields.m.value = this.#numbers.m;
    this.#fields.b.value = this.#numbers.b;
    this.#show();
  }

  #show(): void {
    const line = lineOf(this.#numbers);
    const mse = meanSquaredError(line);
    const rmse = mse.sqrt();
    const predictions = points.map(([x]) => predict(line, x).data);
    const errors = squaredErrors(line).map(({ data }) => data);
    this.#shown.show({
      ...Object.fromEntries(predictions.map((number, i) => [`prediction${i}`, format(number)])),
      ...Object.fromEntries(errors.map((number, i) => [`square${i}`, format(number)])),
      mse: format(mse.data),
      rmse: format(rmse.data),
    });
    publish(this.element, {
      ...this.#numbers,
      mse: mse.data,
      rmse: rmse.data,
      predictions: predictions.join(" "),
      squares: errors.join(" "),
    });
    this.#picture.redraw();
    this.#onChange(this.#numbers);
  }

  #draw(plane: Plane): void {
    const own = lineOf(this.#numbers);
    const at = (x: number) => predict(own, x).data;
    const squares = squaredErrors(own);
    const d = pathOf(plane, span.map((x): Point => [x, at(x)]));
    setAttributes(this.#line, { d });
    setAttributes(this.#body, { d });
    for (const [i, [x, y]] of points.entries()) {
      const places = [plane.y(y), plane.y(at(x))] as const;
      const side = Math.abs(places[0] - places[1]);
      const left = plane.x(x) - (i === 0 ? side : 0); // one to the left, one to the right
      const top = Math.min(...places);
      setAttributes(this.#squares[i]!, { x: left, y: top, width: side, height: side });
      setAttributes(this.#areas[i]!, { x: left + side / 2, y: top + side / 2 + 4 });
      this.#areas[i]!.textContent = side > 36 ? format(squares[i]!.data) : "";
      setAttributes(this.#errors[i]!, { d: pathOf(plane, [[x, y], [x, at(x)]]) });
      setAttributes(this.#dots[i]!, { cx: plane.x(x), cy: plane.y(y) });
    }
    const { m, b } = this.#numbers;
    this.#intercept.place(plane.x(0), plane.y(b), `b = ${format(b)}`);
    this.#slope.place(plane.x(grip), plane.y(at(grip)), `m = ${format(m)}`);
  }
}
