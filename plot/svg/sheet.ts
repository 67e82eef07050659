/** The paper that a drawing stands on, with its title and its legend. */

import { ink } from "../palette.ts";
import { element, escaped, fittedText, textAt, widthOf } from "./markup.ts";

/** One entry of a legend. */
export interface Key {
  /** What it stands for. */
  readonly name: string;
  /** How many pixels wide its mark is. */
  readonly width: number;
  /** Its mark, with its left end at `x` and its middle at `y`. */
  readonly draw: (x: number, y: number) => string;
}

/** What stands on the paper. */
export interface Sheet {
  /** How many pixels wide it is. */
  readonly width: number;
  /** What stands above the drawing. */
  readonly title: string | undefined;
  /** What the marks mean. */
  readonly keys: readonly Key[];
  /** How many pixels high the drawing is. */
  readonly height: number;
  /** The drawing, with its upper end at `top`. */
  readonly draw: (top: number) => string;
}

/** The room at the sides of a drawing. */
export const margin = 16;

/** The fonts that are looked for, one after the other. */
export const font = "Inter, 'Source Sans 3', system-ui, 'Segoe UI', Helvetica, Arial, sans-serif";

const keySize = 12.5;

/** The whole SVG. */
export function onPaper({ width, title, keys, height, draw }: Sheet): string {
  const top = title === undefined ? 12 : 42;
  const legend = keyRows(keys, width);
  const body = top + legend.height;
  const full = body + height + 10;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height: full,
      viewBox: `0 0 ${width} ${Math.round(full * 100) / 100}`,
      role: "img",
      "font-family": font,
      fill: ink.text,
    },
    title === undefined ? "" : element("title", {}, escaped(title)),
    element("rect", { width: "100%", height: "100%", rx: 8, fill: ink.paper }),
    title === undefined ? "" : textAt(margin, 28, fittedText(title, 16, width - 2 * margin), {
      "font-size": 16,
      "font-weight": 650,
    }),
    legend.draw(top),
    draw(body),
  );
}

/** Keys one after the other, in as many rows as they need. */
function keyRows(keys: readonly Key[], width: number): {
  readonly height: number;
  readonly draw: (top: number) => string;
} {
  const places: { key: Key; name: string; x: number; row: number }[] = [];
  let [x, row] = [margin, 0];
  for (const key of keys) {
    const name = fittedText(key.name, keySize, width - 2 * margin - key.width - 7);
    const length = key.width + 7 + widthOf(name, keySize);
    if (x > margin && x + length > width - margin) [x, row] = [margin, row + 1];
    places.push({ key, name, x, row });
    x += length + 18;
  }
  const height = keys.length === 0 ? 0 : 22 * (row + 1) + 4;
  const draw = (top: number) =>
    places.map(({ key, name, x, row }) => {
      const y = top + 22 * row + 10;
      const text = textAt(x + key.width + 7, y + 4.3, name, { "font-size": keySize });
      return key.draw(x, y) + text;
    }).join("");
  return { height, draw };
}

/** A bar of the colours of a scale, with the numbers at its ends. */
export function scaleKey(
  [low, high]: readonly [string, string],
  colorAt: (share: number) => string,
): Key {
  const steps = 32;
  const start = widthOf(low, keySize) + 7;
  const length = 128;
  return {
    name: high,
    width: start + length,
    draw: (x, y) =>
      textAt(x, y + 4.3, low, { "font-size": keySize }) +
      Array.from({ length: steps }, (_, i) =>
        element("rect", {
          x: x + start + i * length / steps,
          y: y - 6,
          width: length / steps + 0.5,
          height: 12,
          fill: colorAt(i / (steps - 1)),
        })).join("") +
      element("rect", {
        x: x + start,
        y: y - 6,
        width: length + 0.5,
        height: 12,
        fill: "none",
        stroke: ink.grid,
      }),
  };
}
