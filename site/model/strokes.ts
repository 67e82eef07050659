/** Drawn strokes as MNIST would hold them: 28 x 28 pixels, scaled, centred, with soft edges. */

/** The points of one stroke in order, in any units: x to the right, y downwards. */
export type Stroke = readonly (readonly [x: number, y: number])[];

/** How many pixels an image has on each side. */
export const side = 28;

const box = 20; // the digit, ink included, fits this many pixels
const radius = 1.15; // half the width of a line
const softness = 1.3; // over what distance its edge fades

/**
 * Strokes as an image of 28 x 28 pixels from 0 (paper) to 1 (ink), prepared as MNIST was: the
 * digit's box is scaled, in proportion, to 20 x 20, and its centre of mass comes to the middle.
 * Strokes smaller than `least` in both directions are not made larger than that would be.
 */
export function imageOf(strokes: readonly Stroke[], least = 1): Float32Array {
  const points = strokes.flat();
  const image = new Float32Array(side * side);
  if (points.length === 0) return image;
  const [left, right] = extent(points.map(([x]) => x));
  const [top, bottom] = extent(points.map(([, y]) => y));
  const scale = (box - 2 * radius) / Math.max(right - left, bottom - top, least);
  const middle = (side - 1) / 2;
  const place = (dx: number, dy: number) =>
    strokes.map((stroke) =>
      stroke.map(([x, y]): [number, number] => [
        middle + dx + scale * (x - (left + right) / 2),
        middle + dy + scale * (y - (top + bottom) / 2),
      ])
    );
  for (const stroke of place(0, 0)) ink(stroke, image);
  const [x, y] = centreOfMass(image);
  image.fill(0);
  for (const stroke of place(middle - x, middle - y)) ink(stroke, image);
  return image;
}

function extent(numbers: readonly number[]): [number, number] {
  return numbers.reduce(
    ([low, high], x): [number, number] => [Math.min(low, x), Math.max(high, x)],
    [Infinity, -Infinity],
  );
}

/** Where the ink of an image balances, in pixels from its upper left one. */
export function centreOfMass(image: ArrayLike<number>): [x: number, y: number] {
  let [mass, x, y] = [0, 0, 0];
  for (let k = 0; k < side * side; k++) {
    mass += image[k]!;
    x += image[k]! * (k % side);
    y += image[k]! * Math.floor(k / side);
  }
  return [x / mass, y / mass];
}

/** Draws a stroke: the ink of a pixel fades with its distance from the line. */
function ink(stroke: Stroke, image: Float32Array): void {
  stroke.forEach((to, i) => inkLine(stroke[Math.max(0, i - 1)]!, to, image));
}

type Point = readonly [x: number, y: number];

function inkLine([x0, y0]: Point, [x1, y1]: Point, image: Float32Array): void {
  const reach = radius + softness / 2;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy;
  const low = (a: number, b: number) => Math.max(0, Math.ceil(Math.min(a, b) - reach));
  const high = (a: number, b: number) => Math.min(side - 1, Math.floor(Math.max(a, b) + reach));
  for (let y = low(y0, y1); y <= high(y0, y1); y++) {
    for (let x = low(x0, x1); x <= high(x0, x1); x++) {
      const along = square === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / square;
      const t = Math.min(1, Math.max(0, along));
      const distance = Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
      const grey = Math.min(1, (reach - distance) / softness);
      if (grey > image[y * side + x]!) image[y * side + x] = grey;
    }
  }
}
