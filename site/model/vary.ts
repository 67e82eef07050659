/** Images of digits, each turned, stretched, slanted and moved a little, as hands differ. */

import type { Random } from "../../mod.ts";

const side = 28;
const middle = (side - 1) / 2;

/** Writes a varied copy of the image at `from` in `images` to `to` in `copies`; 28 x 28 each. */
export function varyImage(
  images: Readonly<Float32Array>,
  from: number,
  copies: Float32Array,
  to: number,
  random: Random,
): void {
  const angle = between(random, -0.22, 0.22);
  const slant = between(random, -0.25, 0.25);
  const [wide, high] = [between(random, 0.85, 1.12), between(random, 0.85, 1.12)];
  const [right, down] = [between(random, -1.6, 1.6), between(random, -1.6, 1.6)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [x, y] = [column - middle - right, row - middle - down];
      const u = (cos * x + sin * y) / wide;
      const v = (cos * y - sin * x) / high;
      copies[to + row * side + column] = sample(images, from, u + slant * v, v);
    }
  }
}

/** The grey between the four pixels around a place, counted from the middle. */
function sample(images: Readonly<Float32Array>, at: number, u: number, v: number): number {
  const [x, y] = [u + middle, v + middle];
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || top < 0 || left > side - 2 || top > side - 2) return 0;
  const [a, b] = [x - left, y - top];
  const k = at + top * side + left;
  const upper = images[k]! * (1 - a) + images[k + 1]! * a;
  const lower = images[k + side]! * (1 - a) + images[k + side + 1]! * a;
  return upper * (1 - b) + lower * b;
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}
