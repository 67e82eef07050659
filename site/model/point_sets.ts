/** Points of two classes to tell apart: shapes to choose from, in a square from -1 to 1. */

import { Random, type Tensor, tensor } from "../../mod.ts";

/** A point of class 0 or 1. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** The shapes that points come in. */
export type PointSetName = "moons" | "xor" | "circles" | "spirals" | "blobs";

/** Points to learn from, and others of the same kind to judge by. */
export interface PointSet {
  readonly train: readonly LabelledPoint[];
  readonly held: readonly LabelledPoint[];
}

/** How many points there are of a set, how far they stray, and the seed they are drawn from. */
export interface PointSetOptions {
  readonly count: number;
  readonly noise: number;
  readonly seed: number;
}

type Shape = (label: number, random: Random) => [x: number, y: number];

/** Where a point of each shape lies before it strays. */
const shapes: Readonly<Record<PointSetName, Shape>> = {
  moons: (label, random) => {
    const angle = Math.PI * random.next();
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return label === 0 ? [0.55 * x - 0.28, 0.25 - 0.6 * y] : [0.55 * x * -1 + 0.28, 0.6 * y - 0.25];
  },
  xor: (label, random) => {
    const [x, y] = [0.12 + 0.75 * random.next(), 0.12 + 0.75 * random.next()];
    const sign = random.next() < 0.5 ? -1 : 1;
    return [sign * x, label === 1 ? -sign * y : sign * y];
  },
  circles: (label, random) => {
    const angle = 2 * Math.PI * random.next();
    const radius = label === 0 ? 0.78 : 0.36 * Math.sqrt(random.next());
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
  spirals: (label, random) => {
    const way = 0.1 + 0.9 * random.next();
    const angle = 1.45 * 2 * Math.PI * way + label * Math.PI;
    return [0.88 * way * Math.cos(angle), 0.88 * way * Math.sin(angle)];
  },
  blobs: (label, random) => {
    const [x, y] = [random.standardNormal(), random.standardNormal()];
    return label === 0 ? [0.18 * x - 0.4, 0.18 * y + 0.35] : [0.18 * x + 0.4, 0.18 * y - 0.35];
  },
};

/** Draws a set: three quarters to learn from, a quarter to judge by, each class equally often. */
export function pointSet(name: PointSetName, { count, noise, seed }: PointSetOptions): PointSet {
  const random = new Random(seed);
  const points = Array.from({ length: count }, (_, i): LabelledPoint => {
    const label = i % 2;
    const [x, y] = shapes[name](label, random);
    return {
      x: inside(x + noise * random.standardNormal()),
      y: inside(y + noise * random.standardNormal()),
      label,
    };
  });
  const isHeld = (i: number) => i % 8 >= 6;
  return { train: points.filter((_, i) => !isHeld(i)), held: points.filter((_, i) => isHeld(i)) };
}

function inside(coordinate: number): number {
  return Math.min(0.98, Math.max(-0.98, coordinate));
}

/** The places of points as rows, and their classes as numbers from 0 to 1. */
export function tensorsOf(points: readonly LabelledPoint[]): { inputs: Tensor; labels: Tensor } {
  return {
    inputs: tensor(points.map(({ x, y }) => [x, y])),
    labels: tensor(points.map(({ label }) => label)),
  };
}
