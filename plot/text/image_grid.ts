/** Images in half blocks: two pixels, one above the other, in a character. */

import type { ImageGrid } from "../image_grid.ts";
import { type Color, colorAt, diverging, scaleOf } from "../palette.ts";
import { Braille } from "./braille.ts";
import { titled } from "./frame.ts";
import { lengthOf, type Screen, shortened, type Style } from "./screen.ts";
import { drawScale, shadeOf } from "./shade.ts";
import { shrunk } from "./shrink.ts";

type Domain = readonly [number, number];
type Rows = readonly (readonly number[])[];

const gap = 2;
const least = 7; // columns of an image that is made smaller so that more stand side by side

/** The images on a screen. */
export function drawImageGrid(grid: ImageGrid, width: number, color: boolean): Screen {
  const { images, domain } = grid;
  const screen = titled(grid.title, width);
  const widest = images.reduce((most, image) => Math.max(most, image.width), 1);
  const longest = images.reduce((most, { caption = "" }) => Math.max(most, lengthOf(caption)), 0);
  const layout = layoutOf(grid.columns, { widest, longest, width });
  const draw = color ? drawColored : isDiverging(domain) ? drawShaded : drawInk;
  for (let from = 0; from < images.length; from += layout.columns) {
    const top = screen.rows + (from > 0 ? 1 : 0);
    const band = images.slice(from, from + layout.columns);
    const heights = band.map((image, i) => {
      const pixels = Array.from(image.pixels);
      const rows = Array.from(
        { length: image.height },
        (_, row) => pixels.slice(row * image.width, (row + 1) * image.width),
      );
      return draw(screen, rows, { left: i * (layout.cell + gap), top, most: layout.cell, domain });
    });
    const below = top + Math.max(...heights);
    band.forEach(({ caption }, i) => {
      if (caption === undefined) return;
      screen.write(i * (layout.cell + gap), below, shortened(caption, layout.cell), {
        weight: "faint",
      });
    });
  }
  if (isDiverging(domain)) drawScale(screen, domain, 0, color);
  return screen;
}

function isDiverging([low, high]: Domain): boolean {
  return low < 0 && high > 0;
}

/** How many images stand side by side, and how many columns each has. */
function layoutOf(
  asked: number | undefined,
  { widest, longest, width }: { widest: number; longest: number; width: number },
): { readonly columns: number; readonly cell: number } {
  const full = Math.min(width, Math.max(widest, Math.min(longest, widest + 6)));
  const fitting = Math.max(1, Math.floor((width + gap) / (full + gap)));
  if (asked === undefined || asked <= fitting) return { columns: asked ?? fitting, cell: full };
  const smallest = Math.min(widest, least);
  const columns = Math.min(asked, Math.max(1, Math.floor((width + gap) / (smallest + gap))));
  return { columns, cell: Math.floor((width + gap) / columns) - gap };
}

interface Place {
  readonly left: number;
  readonly top: number;
  /** How many columns the image may take. */
  readonly most: number;
  readonly domain: Domain;
}

/** The image with at most so many pixels in a row. */
function fitted(rows: Rows, most: number): Rows {
  const width = rows[0]!.length;
  if (width <= most) return rows;
  return shrunk(rows, { columns: most, rows: Math.max(1, Math.round(rows.length * most / width)) });
}

/** Draws what is mostly ink; returns how many rows of characters it takes. */
function drawInk(screen: Screen, image: Rows, { left, top, most, domain }: Place): number {
  const isInk = (x: number | undefined) =>
    x !== undefined && (x - domain[0]) / (domain[1] - domain[0]) > 0.4;
  if (image[0]!.length > most) { // braille has twice as many dots
    const dots = fitted(image, 2 * most);
    const height = Math.ceil(dots.length / 4);
    const layer = new Braille(most, height);
    dots.forEach((row, y) => row.forEach((x, i) => isInk(x) && layer.dot(i, y, {})));
    layer.drawOn(screen, left, top);
    return height;
  }
  return inPairs(image, (upper, lower, column, row) => {
    const character = [" ", "▄", "▀", "█"][2 * Number(isInk(upper)) + Number(isInk(lower))]!;
    screen.put(left + column, top + row, character);
  });
}

/** Draws an image in which both signs have to be told apart. */
function drawShaded(screen: Screen, image: Rows, { left, top, most, domain }: Place): number {
  return inPairs(fitted(image, most), (upper, lower = upper, column, row) => {
    screen.put(left + column, top + row, shadeOf((upper + lower) / 2, domain));
  });
}

const nightGreys: readonly Color[] = ["#121212", "#eeeeee"];

function drawColored(screen: Screen, image: Rows, { left, top, most, domain }: Place): number {
  const { colors, share } = scaleOf(domain);
  const scale = colors === diverging ? diverging : nightGreys;
  const color = (x: number) => colorAt(scale, Number.isNaN(x) ? 0 : share(x));
  return inPairs(fitted(image, most), (upper, lower, column, row) => {
    const ground: Style = lower === undefined ? {} : { background: color(lower) };
    screen.put(left + column, top + row, "▀", { color: color(upper), ...ground });
  });
}

/** Calls `draw` for each pair of pixels in neighbouring rows; returns how many such rows there are. */
function inPairs(
  rows: Rows,
  draw: (upper: number, lower: number | undefined, column: number, row: number) => void,
): number {
  const height = Math.ceil(rows.length / 2);
  for (let row = 0; row < height; row++) {
    rows[2 * row]!.forEach((upper, i) => draw(upper, rows[2 * row + 1]?.[i], i, row));
  }
  return height;
}
