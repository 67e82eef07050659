/** The small picture of each chapter on the index page, computed as the site is built. */

import { allFlowers, someDigits } from "../examples/lecture/01_data.ts";
import { corners, gates, learn, separatingLine } from "../examples/lecture/02_one_neuron.ts";
import { activations, curveOf } from "../examples/lecture/03_activation_functions.ts";
import { lineOf, points, predict, start } from "../examples/lecture/04_simpler_model.ts";
import { derive, descend } from "../examples/lecture/05_gradient.ts";
import { near, surface } from "../examples/lecture/06_loss_curve.ts";
import { noisyLine } from "../examples/lecture/09_overfitting.ts";
import { fitTrendline } from "../examples/lecture/09_overfitting/trendline.ts";
import { tensor } from "../mod.ts";
import { levelLine } from "../plot/contours.ts";

const width = 240;
const height = 135;

type Point = readonly [x: number, y: number];

/** A picture of a chapter as SVG, drawn in the colours of the page. */
export function picture(name: string): string {
  const parts = pictures[name.slice(0, 2)]?.() ?? "";
  return `<svg viewBox="0 0 ${width} ${height}" aria-hidden="true">${parts}</svg>`;
}

const pictures: Readonly<Record<string, () => string>> = {
  "01": flowers,
  "02": gate,
  "03": curves,
  "04": squares,
  "05": gradient,
  "06": descent,
  "07": () => network([2, 4, 4, 1]),
  "08": () => network([3, 4, 2], true),
  "09": trendlines,
  "10": probabilities,
  "11": digits,
};

/** From numbers to places in the picture. */
function scale(x: Point, y: Point, margin = 0): (point: Point) => Point {
  const part = (number: number, [low, high]: Point) => (number - low) / (high - low);
  return ([a, b]) => [
    margin + part(a, x) * (width - 2 * margin),
    height - margin - part(b, y) * (height - 2 * margin),
  ];
}

const round = (number: number): number => Math.round(10 * number) / 10;

function path(places: readonly Point[], kind: string, end = ""): string {
  const d = places.map(([x, y], i) => `${i === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
  return `<path class="${kind}" d="${d}${end}"/>`;
}

function dot([x, y]: Point, r: number, kind: string): string {
  return `<circle class="dot ${kind}" cx="${round(x)}" cy="${round(y)}" r="${r}"/>`;
}

function flowers(): string {
  const { inputs, labels } = allFlowers();
  const at = scale([0.5, 7.2], [0, 2.7], 12);
  const rows = inputs.toArray() as number[][];
  return rows.map((row, i) =>
    dot(at([row[2]!, row[3]!]), 3.6, ["cool", "third", "accent"][labels.data[i]!]!)
  ).join("");
}

function gate(): string {
  const line = separatingLine(learn("AND").at(-1)!).points;
  const at = scale([-0.9, 1.9], [-0.3, 1.3]);
  const [a, b] = line as [Point, Point];
  const far = (t: number): Point => at([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
  const ends = [far(-9), far(10)];
  return `<rect class="side zero" width="${width}" height="${height}"/>` +
    path([...ends, [width * 9, height * -9]], "side one", "Z") +
    path(ends, "curve strong") +
    corners.map((corner, i) => dot(at(corner), 9, gates.AND[i] === 1 ? "accent" : "cool")).join("");
}

function curves(): string {
  const at = scale([-4, 4], [-0.5, 1.6]);
  const range = { from: -4, to: 4, count: 65 };
  const curve = (name: keyof typeof activations, kind: string, key: "y" | "derivative") =>
    path(curveOf(activations[name], range).map((place) => at([place.x, place[key]])), kind);
  return path([at([-4, 0]), at([4, 0])], "curve faint") +
    curve("sigmoid", "curve cool", "derivative") +
    curve("ReLU", "curve", "y") +
    curve("sigmoid", "curve accent strong", "y");
}

function squares(): string {
  const unit = height / 6.6;
  const at = ([x, y]: Point): Point => [width / 2 + (x - 1.6) * unit, height - (y - 0.4) * unit];
  const line = lineOf(start);
  const value = (x: number) => predict(line, x).data;
  const boxes = points.map(([x, y], i) => {
    const [left, first] = at([x, y]);
    const [, second] = at([x, value(x)]);
    const side = Math.abs(first - second);
    const place = `x="${round(left - (i === 0 ? side : 0))}" y="${round(Math.min(first, second))}"`;
    return `<rect class="error-square" ${place} width="${round(side)}" height="${round(side)}"/>`;
  });
  return boxes.join("") + path([-3, 6].map((x) => at([x, value(x)])), "curve strong") +
    points.map((point) => dot(at(point), 5, "")).join("");
}

/** The level lines of the error over m and b. */
function levels(): { lines: string; at: (point: Point) => Point } {
  const map = surface("", []);
  const at = scale(near.m, near.b);
  const share = scale([0, 1], [0, 1]);
  const lines = map.levels.map((level) => {
    const pieces = levelLine(map.heights, level).map(([a, b]) => {
      const [from, to] = [share(a), share(b)];
      return `M${round(from[0])} ${round(from[1])}L${round(to[0])} ${round(to[1])}`;
    });
    return `<path class="level" d="${pieces.join("")}"/>`;
  });
  return { lines: lines.join(""), at };
}

function gradient(): string {
  const { lines, at } = levels();
  const [dm, db] = derive(start).gradient;
  const tip: Point = [start.m - 0.3 * dm.data, start.b - 0.3 * db.data];
  const [x, y] = at(tip);
  return lines + path([at([start.m, start.b]), [x, y]], "curve accent strong") +
    path([[x - 8, y - 1], [x, y], [x - 5, y + 7]], "curve accent strong") +
    dot(at([start.m, start.b]), 6, "accent");
}

function descent(): string {
  const { lines, at } = levels();
  const places = descend(start, { learningRate: 0.27, steps: 60 })
    .map(({ m, b }) => at([m, b]));
  return lines + path(places, "curve accent") +
    places.map((place) => dot(place, 2.6, "accent")).join("");
}

/** A network of such layers; the way back from the end is marked if asked for. */
function network(widths: readonly number[], isBackward = false): string {
  const place = (layer: number, i: number): Point => [
    width * (layer + 0.8) / (widths.length + 0.6),
    height / 2 + (i - (widths[layer]! - 1) / 2) * 29,
  ];
  const edges: string[] = [];
  for (let layer = 1; layer < widths.length; layer++) {
    for (let i = 0; i < widths[layer - 1]!; i++) {
      for (let j = 0; j < widths[layer]!; j++) {
        const isMarked = isBackward && j === 1;
        const kind = isMarked ? "curve accent" : "curve faint";
        edges.push(path([place(layer - 1, i), place(layer, j)], kind));
      }
    }
  }
  edges.sort((a, b) => Number(a.includes("accent")) - Number(b.includes("accent")));
  const dots = widths.flatMap((count, layer) =>
    Array.from({ length: count }, (_, i) => {
      const isEnd = layer === widths.length - 1;
      return dot(place(layer, i), 8, isEnd ? "accent" : layer === 0 ? "cool" : "");
    })
  );
  return edges.join("") + dots.join("");
}

function trendlines(): string {
  const { known } = noisyLine(1);
  const xs = known.map(([x]) => x);
  const ys = known.map(([, y]) => y);
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const room = 0.6 * (Math.max(...ys) - Math.min(...ys));
  const at = scale([low, high], [Math.min(...ys) - room, Math.max(...ys) + room], 14);
  const curve = (degree: number, kind: string) => {
    const { at: trend } = fitTrendline(known, degree);
    const places = Array.from({ length: 161 }, (_, i) => low + (high - low) * i / 160);
    return path(places.map((x) => at([x, trend(x)])), kind);
  };
  return curve(1, "curve cool strong") + curve(9, "curve accent") +
    known.map((point) => dot(at(point), 4.5, "")).join("");
}

function probabilities(): string {
  const shares = tensor([0.4, -0.6, 2.1, 0.9, -1.2]).softmax().toArray() as number[];
  const bar = (share: number, i: number) => {
    const tall = 118 * share + 4;
    const kind = share === Math.max(...shares) ? "bar accent" : "bar";
    return `<rect class="${kind}" x="${30 + i * 38}" y="${round(height - 14 - tall)}" width="26" ` +
      `height="${round(tall)}" rx="3"/>`;
  };
  return path([[22, height - 14], [width - 22, height - 14]], "curve faint") +
    shares.map(bar).join("");
}

function digits(): string {
  const side = 28;
  const cell = height / side;
  const left = (width - height) / 2;
  const { pixels } = someDigits(60)[43]!;
  return pixels.map((ink, i) => {
    if (ink < 0.04) return "";
    const [x, y] = [left + (i % side) * cell, Math.floor(i / side) * cell];
    return `<rect class="pixel" x="${round(x)}" y="${round(y)}" width="${round(cell + 0.2)}" ` +
      `height="${round(cell + 0.2)}" opacity="${round(ink)}"/>`;
  }).join("");
}
