/** All flowers by two of their four measurements, one of them chosen, and the table's first rows. */

import { allFlowers, firstFlowers } from "../../../examples/lecture/01_data.ts";
import { element, format, lab, publish, select, slider, svg } from "../../dom.ts";
import type { Language } from "../../page.ts";
import { plane, type Point } from "../../plane.ts";
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
export function flowerLab(language: Language): HTMLElement {
  const text = words[language];
  const { inputs, labels, classNames } = allFlowers();
  const rows = inputs.toArray() as number[][];
  let axes: [number, number] = [2, 3];
  let chosen = 0;

  const marks = rows.map((_, i) => {
    const species = labels.data[i]!;
    return svg("path", {
      class: `dot ${colors[species]}`,
      d: shapes[species]!,
      onpointerenter: () => choose(i),
      onpointerdown: () => choose(i),
    });
  });
  const ring = svg("circle", { class: "curve", r: 10 });
  const picture = plane({
    x: ranges[axes[0]]!,
    y: ranges[axes[1]]!,
    ratio: 0.72,
    label: text.label,
    draw: (plane) => {
      for (const [i, mark] of marks.entries()) {
        mark.setAttribute(
          "transform",
          `translate(${plane.x(rows[i]![axes[0]]!)} ${plane.y(rows[i]![axes[1]]!)})`,
        );
      }
      ring.setAttribute("cx", String(plane.x(rows[chosen]![axes[0]]!)));
      ring.setAttribute("cy", String(plane.y(rows[chosen]![axes[1]]!)));
      publish(root, {
        flower: chosen,
        x: rows[chosen]![axes[0]]!,
        y: rows[chosen]![axes[1]]!,
        species: classNames[labels.data[chosen]!]!,
      });
    },
  });
  picture.inside.append(...marks, ring);

  const numbers = readouts([
    ...text.features.map((name, i) => [String(i), `${name} (cm)`] as const),
    ["species", text.species] as const,
  ]);
  const choose = (flower: number) => {
    chosen = flower;
    which.value = flower + 1;
    const row = rows[flower]!;
    numbers.show({
      ...Object.fromEntries(row.map((length, i) => [String(i), format(length, 1)])),
      species: classNames[labels.data[flower]!]!,
    });
    picture.redraw();
  };
  const axis = (which: 0 | 1, label: string) =>
    select({
      label,
      choices: text.features.map((name, i) => [String(i), name] as const),
      value: String(axes[which]),
      onInput: (value) => {
        axes = which === 0 ? [Number(value), axes[1]] : [axes[0], Number(value)];
        picture.setRanges(ranges[axes[0]]!, ranges[axes[1]]!);
      },
    }).element;
  const which = slider({
    label: text.flower,
    min: 1,
    max: rows.length,
    step: 1,
    value: 1,
    onInput: (value) => choose(value - 1),
  });
  const root = lab({
    name: "flowers",
    picture: [picture.element, legend(classNames)],
    controls: [axis(0, text.x), axis(1, text.y), which.element, numbers.element],
    caption: element(
      "details",
      {},
      element("summary", {}, text.table),
      table(text.features, classNames[0]!, text.species),
    ),
  });
  choose(0);
  return root;
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
