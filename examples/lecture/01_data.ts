/**
 * Chapter 1: what a network learns from. A table of flowers, in which each column has a meaning, and
 * an image, in which only the pattern has one; to a network both are numbers.
 *
 *     deno run examples/lecture/01_data.ts
 */

import { assert, assertAlmostEquals, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { concat, digits, iris, oneHot, type Tensor } from "../../mod.ts";
import { imageGrid, type LineChart, lineChart } from "../../plot/mod.ts";
import { present, type Presenter } from "./present.ts";

/**
 * The first rows of the table, in centimetres, all of them setosa: R. A. Fisher, "The use of
 * multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936).
 */
export const firstFlowers: readonly (readonly number[])[] = [
  [5.1, 3.5, 1.4, 0.2],
  [4.9, 3.0, 1.4, 0.2],
  [4.7, 3.2, 1.3, 0.2],
  [4.6, 3.1, 1.5, 0.2],
  [5.0, 3.6, 1.4, 0.2],
  [5.4, 3.9, 1.7, 0.4],
  [4.6, 3.4, 1.4, 0.3],
  [5.0, 3.4, 1.5, 0.2],
  [4.4, 2.9, 1.4, 0.2],
  [4.9, 3.1, 1.5, 0.1],
  [5.4, 3.7, 1.5, 0.2],
];

/** All 150 flowers: what was measured, and the species as 0, 1 or 2. */
export interface Flowers {
  /** `[150, 4]`, in centimetres. */
  readonly inputs: Tensor;
  /** `[150]`. */
  readonly labels: Tensor;
  readonly featureNames: readonly string[];
  readonly classNames: readonly string[];
}

/** The whole table. */
export function allFlowers(): Flowers {
  const { train, test, featureNames, classNames } = iris();
  return {
    inputs: concat([train.inputs, test.inputs]),
    labels: concat([train.labels, test.labels]),
    featureNames,
    classNames,
  };
}

/** The mean of each measurement for each species, `[3, 4]`. */
export function meansBySpecies({ inputs, labels, classNames }: Flowers): Tensor {
  const isSpecies = oneHot(labels, classNames.length); // [150, 3]: a 1 in the column of the species
  return isSpecies.transpose().matmul(inputs).div(isSpecies.sum(0).reshape([-1, 1]));
}

/** Two of the measurements as a picture. */
export function petalChart(flowers: Flowers): LineChart {
  return lineChart({
    title: "150 flowers by two of their four measurements",
    x: { label: "petal length (cm)" },
    y: { label: "petal width (cm)" },
    series: flowers.classNames.map((name, species) => {
      const widths = column(flowers, 3, species);
      const points = column(flowers, 2, species).map((length, i) => [length, widths[i]!] as const);
      return { name, points, mark: "points" };
    }),
  });
}

/** A measurement of all flowers of a species. */
function column({ inputs, labels }: Flowers, feature: number, species: number): number[] {
  const rows = inputs.toArray() as number[][];
  return rows.filter((_, i) => labels.data[i] === species).map((row) => row[feature]!);
}

const side = 28;

/** A drawn digit. */
export interface Digit {
  /** 784 numbers from 0 (paper) to 1 (ink), row after row. */
  readonly pixels: readonly number[];
  readonly label: number;
}

/** Drawn digits: the same ones each time. */
export function someDigits(count: number): Digit[] {
  const { inputs, labels } = digits({ train: 0, validation: 0, test: count }).test;
  const images = inputs.toArray() as number[][];
  return images.map((pixels, i) => ({ pixels, label: labels.data[i]! }));
}

/** The grey values of an image as whole numbers from 0 to `highest`, as a table of 28 rows. */
export function asArray({ pixels }: Digit, highest: number): number[][] {
  return Array.from(
    { length: side },
    (_, row) => pixels.slice(row * side, (row + 1) * side).map((ink) => Math.round(highest * ink)),
  );
}

/** An array of numbers as text, each column as wide as its longest number. */
function asText(array: readonly (readonly number[])[], gap: string): string {
  const widths = array[0]!.map((_, i) => Math.max(...array.map((row) => String(row[i]).length)));
  const lines = array.map((row) =>
    row.map((number, i) => String(number).padStart(widths[i]!)).join(gap)
  );
  return lines.join("\n");
}

/** Tells the chapter. */
export function tell(presenter: Presenter): void {
  presenter.title("Chapter 1 · Data: what a network learns from");
  presenter.say(`A neural network is not told rules. It is shown examples, and each example has two
    parts: what is given, the input, and what should be answered, the label. This chapter looks at
    two kinds of input. They look different to us; to a network both are just numbers.`);
  tellOfFlowers(presenter);
  tellOfImages(presenter);
  tellOfText(presenter);
}

function tellOfFlowers(presenter: Presenter): void {
  const flowers = allFlowers();
  const { inputs, labels, featureNames, classNames } = flowers;
  presenter.heading("Structured data: a table");
  presenter.say(
    `In 1936 R. A. Fisher published four lengths, in centimetres, of ${
      inputs.shape[0]
    } iris flowers. They are of ${classNames.length} species: ${
      classNames.join(", ")
    }. These are the
    first ${firstFlowers.length} rows of his table:`,
  );
  presenter.table(
    ["", ...featureNames, "species"],
    firstFlowers.map((row, i) => [
      i + 1,
      ...row.map((length) => length.toFixed(1)),
      classNames[labelOf(row, flowers)]!,
    ]),
  );
  presenter.say(`A row is an example. The first four columns are its input, the last one is its
    label. Data is called structured when, as here, each column has a meaning of its own that you
    could write above it.`);
  tellOfSpecies(presenter, flowers);

  assertEquals(inputs.shape, [150, 4]);
  assertEquals(oneHot(labels, 3).sum(0).toArray(), [50, 50, 50]);
  assertEquals(firstFlowers.length, 11);
  for (const row of firstFlowers) assertEquals(classNames[labelOf(row, flowers)], "setosa");
}

function tellOfSpecies(presenter: Presenter, flowers: Flowers): void {
  const { featureNames, classNames } = flowers;
  const means = meansBySpecies(flowers).toArray() as number[][];
  presenter.say("Averaging each column for each species shows what there is to learn:");
  presenter.table(
    ["mean of 50", ...featureNames],
    means.map((row, i) => [classNames[i]!, ...row.map((mean) => mean.toFixed(2))]),
  );
  presenter.show(
    petalChart(flowers),
    "Setosa stands apart. The other two touch, so no rule with one number gets every flower right.",
  );

  for (const [i, petalLength] of [1.462, 4.26, 5.552].entries()) {
    assertAlmostEquals(means[i]![2]!, petalLength, 1e-5);
  }
  for (const feature of featureNames.keys()) { // versicolor and virginica overlap in each column
    assertGreaterOrEqual(
      Math.max(...column(flowers, feature, 1)),
      Math.min(...column(flowers, feature, 2)),
    );
  }
}

/** The species of the first flower of the data set that has these measurements, or -1. */
function labelOf(row: readonly number[], { inputs, labels }: Flowers): number {
  const isSame = (flower: readonly number[]) =>
    flower.every((length, i) => length === Math.fround(row[i]!));
  return labels.data[(inputs.toArray() as number[][]).findIndex(isSame)] ?? -1;
}

function tellOfImages(presenter: Presenter): void {
  const drawn = someDigits(200);
  const five = drawn[43]!;
  const array = asArray(five, 255);
  const fits = asText(array, " ").indexOf("\n") <= (presenter.options.width ?? 80);
  presenter.heading("Unstructured data: an image");
  presenter.say(
    `A grey image is an array of numbers: 0 where the paper is white, ${
      fits ? "255 where the ink is black" : "9 where the ink is black (255 in the file)"
    }. Here are ${side} rows of ${side} numbers. What do you read?`,
  );
  presenter.print(fits ? asText(array, " ") : asText(asArray(five, 9), ""));
  presenter.show(
    imageGrid({
      title: "The same numbers as grey",
      images: [{ pixels: five.pixels, width: side, height: side, caption: `a ${five.label}` }],
    }),
    "You saw it at once. A program that is handed the array has to find out.",
  );
  presenter.say(`Data is called unstructured when, as here, a single column means nothing: the
    number in row 15, column 18 says nothing about which digit it is. Only the pattern of all ${
    side * side
  } does, and it moves about. Nobody knows how to write down that rule; a network can learn it
    from many examples such as these:`);
  const ofEach = Array.from({ length: 10 }, (_, i) => drawn.find(({ label }) => label === i)!);
  presenter.show(
    imageGrid({
      title: "Ten digits with their labels",
      images: ofEach.map(({ pixels, label }) => ({
        pixels,
        width: side,
        height: side,
        caption: String(label),
      })),
      columns: 5,
    }),
    "They are drawn by turunan itself, in the format of MNIST, which the last chapter is about.",
  );

  assertEquals([array.length, array[0]!.length, five.pixels.length], [28, 28, 784]);
  assertEquals([Math.min(...array.flat()), Math.max(...array.flat())], [0, 255]);
  assertEquals(five.label, 5);
  assertEquals(ofEach.map(({ label }) => label), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

function tellOfText(presenter: Presenter): void {
  const word = "turunan";
  const codes = Array.from(word, (letter) => letter.codePointAt(0)!);
  presenter.heading("Text and sound, too");
  presenter.say(
    `Text is unstructured as well. The word "${word}" is the row of numbers ${
      codes.join(", ")
    }: its letters, numbered. Sound is a row of air pressures, many thousands a second. Whatever can be
    written as numbers can be learned from.`,
  );
  presenter.say(`What remains is the question of this lecture: how do numbers go in, and how does
    the right answer come out?`);

  assertEquals(String.fromCodePoint(...codes), word);
  assert(codes.every((code) => code >= 97 && code <= 122));
}

if (import.meta.main) await present(tell);
