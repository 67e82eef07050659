/** Images as SVG: one path for each shade. */

import type { Image, ImageGrid } from "../image_grid.ts";
import { shortNumber } from "../number.ts";
import { type Color, colorAt, diverging, greys, ink, scaleOf } from "../palette.ts";
import { element, fittedText, minus, textAt } from "./markup.ts";
import { margin, onPaper, scaleKey } from "./sheet.ts";

const gap = 14;
const captionHeight = 22;
const steps = 24; // shades that are told apart
const widestImage = 168;
const captionSize = 12;

/** The grid as SVG. */
export function drawImageGrid(
  { title, images, columns, domain }: ImageGrid,
  width: number,
): string {
  const room = width - 2 * margin;
  const [low, high] = domain;
  const { colors, share } = scaleOf(domain);
  const isDiverging = colors === diverging;
  const scale = isDiverging ? diverging : greys;
  const least = images.length > 12 ? 72 : 104;
  const fitting = Math.max(1, Math.floor((room + gap) / (least + gap)));
  const count = Math.min(columns ?? fitting, images.length);
  const cell = Math.min(widestImage, (room + gap) / count - gap);
  const ratio = Math.max(...images.map((image) => image.height / image.width));
  const isCaptioned = images.some(({ caption }) => caption !== undefined);
  const step = cell * ratio + (isCaptioned ? captionHeight : 0) + gap;
  const draw = (top: number) =>
    images.map((image, i) => {
      const x = margin + (i % count) * (cell + gap);
      const y = top + Math.floor(i / count) * step;
      const color = (x: number) => colorAt(scale, share(x));
      return drawImage(image, { x, y, cell, color, domain });
    }).join("");
  const ends = [minus(shortNumber(low)), minus(shortNumber(high))] as const;
  const key = scaleKey(ends, (at) => colorAt(scale, share(low + (high - low) * at)));
  const height = Math.ceil(images.length / count) * step - gap + 8;
  return onPaper({ width, title, keys: isDiverging ? [key] : [], height, draw });
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly cell: number;
  readonly color: (x: number) => Color;
  readonly domain: readonly [number, number];
}

function drawImage(image: Image, { x, y, cell, color, domain: [low, high] }: Place): string {
  const { width, height, caption } = image;
  const scale = cell / width;
  const level = (x: number) => Math.round((steps - 1) * inUnit((x - low) / (high - low)));
  const shades = shadesOf(image, level).map(([shade, d]) =>
    element("path", { d, fill: color(low + (high - low) * shade / (steps - 1)) })
  );
  const transform = `translate(${round(x)},${round(y)}) scale(${round(scale)})`;
  return [
    element("g", { transform, "shape-rendering": "crispEdges" }, ...shades),
    element("rect", {
      x,
      y,
      width: cell,
      height: scale * height,
      fill: "none",
      stroke: ink.zero,
      "stroke-width": 0.75,
    }),
    caption === undefined ? "" : textAt(
      x + cell / 2,
      y + scale * height + 16,
      fittedText(caption, captionSize, cell + gap),
      {
        "font-size": captionSize,
        "text-anchor": "middle",
      },
    ),
  ].join("");
}

/** For each shade the outline of all its pixels; neighbours in a row are one rectangle. */
function shadesOf(
  { pixels, width, height }: Image,
  level: (x: number) => number,
): [shade: number, path: string][] {
  const paths = new Map<number, string>();
  for (let row = 0; row < height; row++) {
    for (let start = 0, end = 0; start < width; start = end) {
      const at = (column: number) => pixels[row * width + column]!;
      const shade = level(at(start));
      for (end = start + 1; end < width && level(at(end)) === shade;) end++;
      if (Number.isNaN(shade)) continue;
      const length = end - start;
      paths.set(shade, `${paths.get(shade) ?? ""}M${start} ${row}h${length}v1h-${length}z`);
    }
  }
  return [...paths];
}

function inUnit(x: number): number {
  return Math.min(Math.max(x, 0), 1);
}

function round(x: number): number {
  return Math.round(x * 1000) / 1000;
}
