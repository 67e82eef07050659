/** Handwritten digits that a program draws: data to learn from without any file. */

import { optionsOf } from "../ops/options.ts";
import { fromData } from "../values/creation.ts";
import { Random } from "../values/random.ts";
import type { Dataset, DatasetParts } from "./dataset.ts";
import { DataError } from "./error.ts";
import { glyphsOf, type Stroke } from "./glyphs.ts";
import { draw, type Pieces, trace } from "./pen.ts";

/** How many digits to draw. */
export interface DigitsOptions {
  /** Examples to train with, 5,000 unless given. */
  readonly train?: number | undefined;
  /** Examples to choose by, 500 unless given. */
  readonly validation?: number | undefined;
  /** Examples to test with, 1,000 unless given. */
  readonly test?: number | undefined;
  /** Decides every digit: the same seed draws the same ones on every machine. */
  readonly seed?: number | undefined;
}

/**
 * Digits from 0 to 9 as people write them, drawn by a program: the ways to write each digit, their
 * points moved a little, then stretched, slanted, turned and bent, with pens of several widths. As in
 * MNIST an image has 28 x 28 pixels, the digit about fits a box of 20 x 20 and its centre of mass
 * is near the middle. With the defaults a linear classifier mistakes about one digit in thirteen, a
 * network with 128 hidden neurons about one in forty.
 *
 * `inputs` are float32 from 0 (paper) to 1 (ink), `[n, 784]`; `labels` are int32 `[n]`. Each part
 * has equally many of each digit, in random order, and does not depend on the size of the others.
 *
 * Throws a `DataError` when a number of examples is not a whole number from 0 up.
 *
 * @example Draw a thousand digits
 * ```ts
 * import { digits } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const { train, test } = digits({ train: 900, test: 100, seed: 7 });
 * assertEquals([train.inputs.shape, test.inputs.shape], [[900, 784], [100, 784]]);
 * assertEquals(test.labels.data.filter((label) => label === 3).length, 10);
 * ```
 */
export function digits(options: DigitsOptions = {}): DatasetParts {
  const { train = 5000, validation = 500, test = 1000, seed = 0 } = optionsOf(
    "draw digits",
    options,
    { train: "500", validation: null, test: null, seed: null },
  );
  for (const [name, count] of Object.entries({ train, validation, test })) {
    if (!Number.isInteger(count) || count < 0) {
      throw new DataError(
        `Cannot draw ${count} digits for ${name}: expected a whole number from 0 up`,
      );
    }
  }
  const seeds = new Random(seed);
  return {
    train: drawDigits(train, new Random(seeds.bits())),
    validation: drawDigits(validation, new Random(seeds.bits())),
    test: drawDigits(test, new Random(seeds.bits())),
  };
}

const side = 28;
const pixels = side * side;

function drawDigits(count: number, random: Random): Dataset {
  const inputs = new Float32Array(count * pixels);
  const labels = random.permutation(count).map((rank) => rank % 10);
  for (let i = 0; i < count; i++) drawDigit(labels[i]!, random, inputs, i * pixels);
  return {
    inputs: fromData(inputs, [count, pixels], "float32"),
    labels: fromData(labels, [count], "int32"),
  };
}

/** Draws one digit at `at` in `images`, with plain arithmetic alone: the same on every machine. */
function drawDigit(digit: number, random: Random, images: Float32Array, at: number): void {
  const ways = glyphsOf(digit);
  const bend = randomBend(random);
  const pieces: Pieces = [];
  for (const stroke of ways[random.integer(ways.length)]!) {
    trace(moved(stroke, 0.03, random), pieces);
  }
  for (let k = 0; k < pieces.length; k += 2) bend(pieces, k);
  const radius = between(random, 0.8, 1.9);
  const middle = (side - 1) / 2;
  fit(pieces, {
    size: between(random, 18.5, 20.5) - 2 * radius,
    centreX: middle + between(random, -1.9, 1.9),
    centreY: middle + between(random, -1.9, 1.9),
  });
  draw(pieces, { radius, softness: between(random, 1.3, 2.2) }, images, at, side);
  blot(images.subarray(at, at + pixels), random);
}

/** A stroke whose points have been moved a little, each on its own. */
function moved({ points, corners }: Stroke, spread: number, random: Random): Stroke {
  return { points: points.map((coordinate) => coordinate + spread * bell(random)), corners };
}

/** A random map of the plane: a bend, a stretch, a slant, then a turn. It maps the point at `k`. */
function randomBend(random: Random): (points: number[], k: number) => void {
  const [a, b, c, d, e, f] = Array.from({ length: 6 }, () => 0.07 * bell(random));
  const width = between(random, 0.6, 1.2);
  const slant = 0.15 + 0.2 * bell(random);
  const half = 0.03 * bell(random); // the tangent of half the angle
  const cos = (1 - half * half) / (1 + half * half);
  const sin = 2 * half / (1 + half * half);
  return (points, k) => {
    const u = points[k]!, v = points[k + 1]!;
    const y = v + d! * u * u + e! * u * v + f! * v * v;
    const x = width * (u + a! * u * u + b! * u * v + c! * v * v) - slant * y;
    points[k] = cos * x - sin * y;
    points[k + 1] = sin * x + cos * y;
  };
}

/** Where in an image a digit stands, in pixels. */
interface Place {
  /** The longer side of the box around the path. */
  readonly size: number;
  readonly centreX: number;
  readonly centreY: number;
}

/** Scales pieces to the size of a place and puts their centre of mass in its centre. */
function fit(pieces: Pieces, { size, centreX, centreY }: Place): void {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  let [massX, massY, mass] = [0, 0, 0];
  for (let k = 0; k < pieces.length; k += 4) {
    const x0 = pieces[k]!, y0 = pieces[k + 1]!, x1 = pieces[k + 2]!, y1 = pieces[k + 3]!;
    left = Math.min(left, x0, x1);
    right = Math.max(right, x0, x1);
    top = Math.min(top, y0, y1);
    bottom = Math.max(bottom, y0, y1);
    const length = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
    massX += length * (x0 + x1) / 2;
    massY += length * (y0 + y1) / 2;
    mass += length;
  }
  const scale = size / Math.max(right - left, bottom - top);
  for (let k = 0; k < pieces.length; k += 2) {
    pieces[k] = centreX + scale * (pieces[k]! - massX / mass);
    pieces[k + 1] = centreY + scale * (pieces[k + 1]! - massY / mass);
  }
}

/** Varies the ink, a little from pixel to pixel, and rounds it to one of 256 greys. */
function blot(image: Float32Array, random: Random): void {
  const strength = between(random, 0.95, 1.25);
  for (let i = 0; i < image.length; i++) {
    const ink = image[i]!;
    if (ink === 0) continue;
    image[i] = Math.round(255 * Math.min(1, ink * (strength + between(random, -0.08, 0.08)))) / 255;
  }
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}

/** A number near 0, with variance 1 and never beyond 3: nearly normal, from plain arithmetic. */
function bell(random: Random): number {
  return 2 * (random.next() + random.next() + random.next()) - 3;
}
