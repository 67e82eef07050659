/** The surface of an error over two parameters, seen from above: bands, level lines, and a plane. */

import { levelLine } from "../plot/contours.ts";
import { interpolated } from "../plot/grid.ts";
import type { ContourMap } from "../plot/mod.ts";
import { canvas, element, palette, setAttributes, svg } from "./dom.ts";
import { pathOf, type Plane, plane, type Point } from "./plane.ts";

/** A surface with the plane that lies over it. */
export interface Surface {
  readonly element: HTMLElement;
  readonly plane: Plane;
  /** Shows another surface. */
  show(map: ContourMap): void;
}

/** A picture of a surface; `draw` places what lies over it. */
export function surface(
  options: {
    readonly map: ContourMap;
    readonly label: string;
    readonly ratio?: number;
    readonly draw: (plane: Plane) => void;
  },
): Surface {
  let { map } = options;
  const lines = svg("g", { class: "levels" });
  const ground = canvas({
    width: 900,
    height: 900 * (options.ratio ?? 0.8),
    label: "",
    draw: (context) => fillBands(context, over, map),
  });
  ground.element.classList.add("ground");
  ground.element.setAttribute("aria-hidden", "true");
  const over = plane({
    x: map.x.domain,
    y: map.y.domain,
    ratio: options.ratio ?? 0.8,
    xLabel: "m",
    yLabel: "b",
    label: options.label,
    draw: (plane) => {
      lines.replaceChildren(...map.levels.flatMap((level) => levelParts(plane, map, level)));
      options.draw(plane);
    },
  });
  over.inside.append(lines);
  return {
    element: element("div", { class: "surface" }, ground.element, over.element),
    plane: over,
    show(changed) {
      map = changed;
      over.setRanges(map.x.domain, map.y.domain);
      ground.redraw();
    },
  };
}

/** A level line with its height written on it. */
function levelParts(plane: Plane, map: ContourMap, level: number): SVGElement[] {
  const segments = levelLine(map.heights, level);
  if (segments.length === 0) return [];
  const [x, y] = [map.x.domain, map.y.domain];
  const toNumbers = ([u, v]: Point): Point => [x[0] + u * (x[1] - x[0]), y[0] + v * (y[1] - y[0])];
  const d = segments.map((segment) => pathOf(plane, segment.map(toNumbers))).join("");
  return [svg("path", { d })];
}

/** Paints each pixel by the band that its height is in: the lower, the lighter. */
function fillBands(context: CanvasRenderingContext2D, { frame }: Plane, map: ContourMap): void {
  const scale = devicePixelRatio;
  const width = Math.round((frame.right - frame.left) * scale);
  const height = Math.round((frame.bottom - frame.top) * scale);
  if (width < 2 || height < 2) return;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const colors = bandColors(map.levels.length + 1);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = interpolated(map.heights, column / (width - 1), 1 - row / (height - 1));
      let band = 0;
      while (band < map.levels.length && at >= map.levels[band]!) band++;
      pixels[row * width + column] = colors[band]!;
    }
  }
  context.putImageData(image, Math.round(frame.left * scale), Math.round(frame.top * scale));
}

/** So many colours from the panel's to the cool one, as bytes in memory. */
function bandColors(count: number): number[] {
  const { panel, cool } = palette();
  const [from, to] = [rgbOf(panel), rgbOf(cool)];
  return Array.from({ length: count }, (_, i) => {
    const share = 0.62 * (i / (count - 1)) ** 1.15;
    const [r, g, b] = from.map((part, k) => Math.round(part + share * (to[k]! - part)));
    return (255 << 24 | b! << 16 | g! << 8 | r!) >>> 0;
  });
}

function rgbOf(color: string): number[] {
  return (color.match(/[\d.]+/g) ?? ["128", "128", "128"]).slice(0, 3).map(Number);
}

/** An arrow between two places of a picture, as a path with its head. */
export function setArrow(path: SVGPathElement, from: Point, to: Point): void {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (!(length > 1)) return setAttributes(path, { d: "" });
  const [ux, uy] = [dx / length, dy / length];
  const head = Math.min(11, length * 0.6);
  const wing = (side: number) =>
    `${to[0] - head * ux + side * head * 0.5 * uy} ${to[1] - head * uy - side * head * 0.5 * ux}`;
  setAttributes(path, {
    d: `M${from[0]} ${from[1]}L${to[0]} ${to[1]}M${wing(1)}L${to[0]} ${to[1]}L${wing(-1)}`,
  });
}
