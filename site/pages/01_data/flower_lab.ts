/** All flowers by two of their four measurements, one of them chosen, and the table's first rows. */

import { allFlowers, firstFlowers } from "../../../examples/lecture/01_data.ts";
import { element, format, lab, publish, select, setAttributes, slider, svg } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { type Plane, plane, type Point } from "../../plane.ts";
import { readouts } from "../../readout.ts";

const words = {
  en: {
    features: ["sepal length", "sepal width", "petal length", "petal width"],
    x: "Horizontal",
    y: "Vertical",
    flower: "Flower",
    species: "species",
    label: "150 flowers by two of their measurements",
    table: "The first rows of Fisher's table, in centimetres",
  },
  id: {
    features: ["panjang sepal", "lebar sepal", "panjang petal", "lebar petal"],
    x: "Mendatar",
    y: "Tegak",
    flower: "Bunga",
    species: "spesies",
    label: "150 bunga menurut dua ukurannya",
    table: "Baris-baris pertama tabel Fisher, dalam sentimeter",
  },
} as const;

const colors = ["cool", "third", "accent"] as const;
const ranges: readonly Point[] = [[4, 8], [1.5, 5], [0.5, 7.5], [0, 2.75]];

/** A mark for each species: a disc, a triangle and a square, so that colour is not all. */
const shapes = [
  "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
  "M0 -5.4L5 3.6L-5 3.6z",
  "M-4 -4H4V4H-4z",
];

/** The scatter plot with its choice of axes. */
export function flowerLab(): HTMLElement {
  return new FlowerPanel().element;
}

class FlowerPanel {
  readonly #text = words[pageLanguage()];
  readonly #flowers = allFlowers();
  readonly #rows = this.#flowers.inputs.toArray() as number[][];
  #axes: readonly [x: number, y: number] = [2, 3];
  #chosen = 0;

  readonly #marks = this.#rows.map((_, i) => {
    const species = this.#flowers.labels.data[i]!;
    return svg("path", {
      class: `dot ${colors[species]}`,
      d: shapes[species]!,
      onpointerenter: () => this.#choose(i),
      onpointerdown: () => this.#choose(i),
    });
  });
  readonly #ring = svg("circle", { class: "curve", r: 10 });
  readonly #picture = plane({
    x: ranges[this.#axes[0]]!,
    y: ranges[this.#axes[1]]!,
    ratio: 0.72,
    label: this.#text.label,
    draw: (plane) => this.#draw(plane),
  });
  readonly #numbers = readouts([
    ...this.#text.features.map((name, i) => [String(i), `${name} (cm)`] as const),
    ["species", this.#text.species] as const,
  ]);
  readonly #which = slider({
    label: this.#text.flower,
    min: 1,
    max: this.#rows.length,
    step: 1,
    value: 1,
    onInput: (number) => this.#choose(number - 1),
  });
  readonly element = lab({
    name: "flowers",
    picture: [this.#picture.element, legend(this.#flowers.classNames)],
    controls: [
      this.#axis(this.#text.x, this.#axes[0], (x) => this.#setAxes([x, this.#axes[1]])),
      this.#axis(this.#text.y, this.#axes[1], (y) => this.#setAxes([this.#axes[0], y])),
      this.#which.element,
      this.#numbers.element,
    ],
    caption: element(
      "details",
      { open: true },
      element("summary", {}, this.#text.table),
      table(this.#text.features, this.#flowers.classNames[0]!, this.#text.species),
    ),
  });

  constructor() {
    this.#picture.inside.append(...this.#marks, this.#ring);
    this.#choose(0);
  }

  #axis(label: string, value: number, onInput: (feature: number) => void): HTMLElement {
    return select({
      label,
      choices: this.#text.features.map((name, i) => [String(i), name] as const),
      value: String(value),
      onInput: (feature) => onInput(Number(feature)),
    }).element;
  }

  #setAxes(axes: readonly [x: number, y: number]): void {
    this.#axes = axes;
    this.#picture.setRanges(ranges[axes[0]]!, ranges[axes[1]]!);
    this.#show();
  }

  #choose(flower: number): void {
    this.#chosen = flower;
    this.#which.value = flower + 1;
    this.#show();
  }

  #show(): void {
    const row = this.#rows[this.#chosen]!;
    const species = this.#flowers.classNames[this.#flowers.labels.data[this.#chosen]!]!;
    const lengths = row.map((length, i) => [String(i), format(length, 1)]);
    this.#numbers.show({ ...Object.fromEntries(lengths), species });
    const [x, y] = this.#axes;
    publish(this.element, { flower: this.#chosen, x: row[x]!, y: row[y]!, species });
    this.#picture.redraw();
  }

  #draw(plane: Plane): void {
    const place = (row: readonly number[]) =>
      `translate(${plane.x(row[this.#axes[0]]!)} ${plane.y(row[this.#axes[1]]!)})`;
    for (const [i, mark] of this.#marks.entries()) {
      setAttributes(mark, { transform: place(this.#rows[i]!) });
    }
    setAttributes(this.#ring, { transform: place(this.#rows[this.#chosen]!) });
  }
}

/** Which mark stands for which species. */
function legend(names: readonly string[]): HTMLElement {
  return element(
    "div",
    { class: "legend" },
    ...names.map((name, i) =>
      element(
        "span",
        {},
        svg(
          "svg",
          { viewBox: "-8 -8 16 16" },
          svg("path", { class: `dot ${colors[i]}`, d: shapes[i]! }),
        ),
        name,
      )
    ),
  );
}

function table(features: readonly string[], species: string, title: string): HTMLElement {
  const head = element("tr", {}, element("th", { class: "number" }, "#"));
  for (const name of features) head.append(element("th", { class: "number" }, name));
  head.append(element("th", {}, title));
  const body = firstFlowers.map((row, i) =>
    element(
      "tr",
      {},
      element("td", { class: "number" }, String(i + 1)),
      ...row.map((length) => element("td", { class: "number" }, length.toFixed(1))),
      element("td", {}, species),
    )
  );
  return element(
    "div",
    { class: "scroll", tabindex: 0 },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)),
  );
}
