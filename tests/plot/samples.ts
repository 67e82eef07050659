/** A drawing of each kind, and some that are hard to draw. */

import { type Value, value } from "@turunan/turunan";
import {
  computationGraph,
  confusionChart,
  contourMap,
  decisionRegion,
  type Drawing,
  heatMap,
  imageGrid,
  lineChart,
} from "@turunan/turunan/plot";

const square = { domain: [-2, 2] } as const;
const long = "a name that is much longer than a narrow terminal is wide";

/** The lecture's mean squared error of y = mx + b on (1, 3) and (2, 5), at m = -1 and b = 5. */
export function lectureError(): { readonly m: Value; readonly b: Value; readonly error: Value } {
  const [m, b] = [value(-1, "m"), value(5, "b")];
  const squares = ([[1, 3], [2, 5]] as const).map(([x, y]) => m.mul(x).add(b).sub(y).square());
  return { m, b, error: squares[0]!.add(squares[1]!).div(2) };
}

/** Gradient descent that runs away: its steps grow until they are no numbers. */
function runaway(): [number, number][] {
  const path: [number, number][] = [];
  for (let [x, y, i] = [1, 0.1, 0]; i < 1500; i++, x *= -1.9, y *= -2.5) path.push([x, y]);
  return [...path, [NaN, NaN], [Infinity, -Infinity]];
}

/** A value with a long history. */
function chained(): Value {
  let sum = value(0.5, "x");
  for (let i = 0; i < 400; i++) sum = sum.mul(0.99).add(i);
  return sum;
}

/** Drawings by name. */
export const samples: Readonly<Record<string, Drawing>> = {
  lines: lineChart({
    title: "Lines",
    x: { label: "x" },
    y: { label: "y" },
    series: [
      { name: "line", points: [[-1, 1], [0, 0], [1, 1]] },
      { name: "dashed", mark: "dashed", points: [[-1, 0], [1, 0.5]] },
      { name: "points", mark: "points", points: [[0, 0.5], [0.5, 1]] },
      { name: "path", mark: "path", points: [[-1, 0.2], [0, 0.4], [1, 0.1]] },
    ],
  }),
  logarithms: lineChart({
    x: { label: long, scale: "log" },
    y: { label: long, scale: "log" },
    series: [{ name: long, points: [[1e-9, 1e-200], [1, 1], [1e3, 1e200], [-1, 5], [5, 0]] }],
  }),
  runaway: lineChart({
    title: long,
    series: [{ name: "runaway", mark: "path", points: runaway() }],
  }),
  nothingFinite: lineChart({ series: [{ name: "lost", points: [[NaN, 1], [1, Infinity]] }] }),
  onePoint: lineChart({ series: [{ name: "one", points: [[1e-300, -1e17]] }] }),
  manySeries: lineChart({
    series: Array.from({ length: 12 }, (_, i) => ({
      name: `series ${i}`,
      points: [[0, i], [1, i * i]] as const,
    })),
  }),
  contours: contourMap({
    title: "Contours",
    x: { ...square, label: "m" },
    y: { ...square, label: "b" },
    heightAt: (x, y) => x * x + 3 * y * y,
    paths: [
      { name: "descent", mark: "path", points: [[-1.5, 1.5], [-1, 0.5], [0, 0]] },
      { name: "runaway", mark: "path", points: runaway() },
    ],
  }),
  gaps: contourMap({
    x: square,
    y: { domain: [0.01, 100], scale: "log" },
    heightAt: (x, y) => Math.log(x) + 1 / (y - 1),
  }),
  plain: contourMap({ x: square, y: square, heightAt: () => 7 }),
  numbers: heatMap({
    title: "Numbers",
    values: [[1, -0.25], [NaN, 0.5]],
    rows: ["first", "second"],
    columns: ["left", "right"],
    domain: [-1, 1],
  }),
  large: heatMap({
    values: Array.from({ length: 90 }, (_, i) => Array.from({ length: 130 }, (_, j) => i * j)),
    rows: Array.from({ length: 90 }, () => long),
    columns: Array.from({ length: 130 }, () => long),
  }),
  regions: decisionRegion({
    title: "Regions",
    x: { ...square, label: "x" },
    y: { ...square, label: "y" },
    classAt: (x, y) => x * x + y * y < 1 ? 2 : x > y ? 1 : 0,
    points: [{ x: 0, y: 0, label: 2 }, { x: 1, y: -1, label: 1 }, { x: 99, y: NaN, label: 0 }],
    classes: ["above", "below", "inside"],
    lines: [{ name: "diagonal", points: [[-9, -9], [9, 9]] }],
  }),
  probabilities: decisionRegion({
    x: square,
    y: square,
    classAt: (x, y) => x > 1.5 ? NaN : 1 / (1 + Math.exp(-3 * x - y)),
    points: [{ x: 1, y: 1, label: 1 }, { x: -1, y: -1, label: 0 }],
  }),
  images: imageGrid({
    title: "Images",
    images: Array.from({ length: 11 }, (_, i) => ({
      pixels: Array.from({ length: 28 * 28 }, (_, at) => (at * (i + 1) % 29) / 29),
      width: 28,
      height: 28,
      ...(i % 3 > 0 && { caption: i % 3 > 1 ? long : String(i) }),
    })),
    columns: 5,
  }),
  weights: imageGrid({
    images: [
      {
        pixels: new Float32Array(200 * 50).map((_, i) => Math.sin(i / 40)),
        width: 200,
        height: 50,
      },
      { pixels: [NaN, -1, 1, 0, Infinity, 0.5], width: 2, height: 3 },
    ],
    domain: [-1, 1],
  }),
  confusion: confusionChart({
    title: "Confusion",
    counts: [[12, 0, 1], [0, 0, 0], [2, 100, 1234]],
    classes: ["setosa", long, "virginica"],
  }),
  manyClasses: confusionChart({
    counts: Array.from({ length: 70 }, (_, i) => Array.from({ length: 70 }, (_, j) => i * j)),
  }),
  graph: computationGraph(lectureError().error, { title: "Mean squared error" }),
  valuesOnly: computationGraph(lectureError().error, { gradients: false }),
  deep: computationGraph(chained(), { title: long }),
};
