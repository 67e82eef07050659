/** Charts between two axes, by Observable Plot. */

import * as Plot from "npm:@observablehq/plot@0.6.17";
import { parseHTML } from "npm:linkedom@0.18.15";
import type { BoundedAxis } from "../axis.ts";
import type { Axes } from "../clip.ts";
import { tickLabels } from "../number.ts";
import { ink } from "../palette.ts";
import { ticks } from "../scale.ts";
import { minus, textAt, widthOf } from "./markup.ts";
import { margin } from "./sheet.ts";

/** Something that Observable Plot draws. */
export type Mark = Plot.Markish;

/** A rectangle between axes, in pixels. */
export interface Frame {
  /** How many pixels wide the whole chart is. */
  readonly width: number;
  /** How many pixels high it is. */
  readonly height: number;
  /** The room to the left of the vertical axis. */
  readonly left: number;
  /** The room above the rectangle. */
  readonly top: number;
  /** The room to the right of it. */
  readonly right: number;
  /** The room below it. */
  readonly bottom: number;
}

const size = 12;

/** The rectangle for two axes in a chart of a width. */
export function frameOf({ x, y }: Axes, width: number): Frame {
  const height = Math.round(Math.min(Math.max(width * 0.6, 200), 520));
  const labels = labelsOf(y, yTicks(y, height));
  const left = Math.ceil(Math.max(...labels.map((label) => widthOf(label, size)), 8)) + 24;
  const last = labelsOf(x, xTicks(x, width)).at(-1) ?? "";
  return {
    width,
    height,
    left,
    top: y.label === undefined ? 10 : 26,
    right: Math.ceil(Math.max(18, widthOf(last, size) / 2 + 8)),
    bottom: x.label === undefined ? 30 : 44,
  };
}

const yTicks = (axis: BoundedAxis, height: number): number[] => ticks(axis, height / 52);

/** As many round numbers as have room side by side. */
function xTicks(axis: BoundedAxis, width: number): number[] {
  let count = Math.floor(width / 68);
  let found = ticks(axis, count);
  const isCrowded = () => {
    const longest = Math.max(...labelsOf(axis, found).map((label) => widthOf(label, size)));
    return found.length * (longest + 14) > width - 80;
  };
  while (count > 2 && isCrowded()) found = ticks(axis, --count);
  return found;
}

function labelsOf(axis: BoundedAxis, numbers: readonly number[]): string[] {
  return tickLabels(numbers, axis.scale).map(minus);
}

/** What stands between two axes. */
export interface Layers {
  /** The ground, as markup; where there is none, lines lead from the round numbers across. */
  readonly ground?: string;
  /** What stands on it. */
  readonly marks: readonly Mark[];
}

/** Marks between two axes, as markup. */
export function chart(axes: Axes, frame: Frame, { ground, marks }: Layers): string {
  const { width, height, left, top, right, bottom } = frame;
  const [x, y] = [xTicks(axes.x, width), yTicks(axes.y, height)];
  const line = { stroke: ink.grid, strokeOpacity: 1 };
  const grid = ground !== undefined ? [] : [Plot.gridX(x, line), Plot.gridY(y, line)];
  const tick = { tickSize: 4, tickPadding: 4, label: null };
  const svg = plotted({
    width,
    height,
    marginLeft: left,
    marginTop: top,
    marginRight: right,
    marginBottom: bottom,
    x: scaleOptions(axes.x),
    y: scaleOptions(axes.y),
    marks: [
      ...grid,
      Plot.axisX(x, { ...tick, text: labelsOf(axes.x, x) }),
      Plot.axisY(y, { ...tick, text: labelsOf(axes.y, y) }),
      ...marks,
    ],
  });
  return (ground ?? "") + svg + axisLabels(axes, frame);
}

/** What the axes measure: the vertical one above it, the horizontal one at its end. */
function axisLabels({ x, y }: Axes, { width, height, right }: Frame): string {
  const style = { "font-size": size, fill: ink.text };
  return [
    y.label === undefined ? "" : textAt(margin, 12, `↑ ${y.label}`, style),
    x.label === undefined ? "" : textAt(width - right, height - 4, `${x.label} →`, {
      ...style,
      "text-anchor": "end",
    }),
  ].join("");
}

function scaleOptions({ scale, domain }: BoundedAxis): Plot.ScaleOptions {
  return { type: scale === "log" ? "log" : "linear", domain: [...domain], axis: null };
}

/** What Observable Plot draws, as the markup of an SVG inside another one. */
export function plotted(options: Plot.PlotOptions): string {
  const { document } = parseHTML("<html><body></body></html>") as unknown as { document: never };
  const svg = Plot.plot({
    ...options,
    document,
    style: { background: "none", color: ink.text, fontFamily: "inherit", fontSize: `${size}px` },
  }) as unknown as PlotElement;
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const name of ["class", "viewBox"]) svg.removeAttribute(name);
  svg.setAttribute("overflow", "visible");
  return svg.outerHTML;
}

/** What is asked of an element. */
interface PlotElement {
  readonly outerHTML: string;
  querySelectorAll(selector: string): Iterable<{ remove(): void }>;
  removeAttribute(name: string): void;
  setAttribute(name: string, value: string): void;
}

/** The markup of an inner SVG, moved down. */
export function movedDown(svg: string, y: number): string {
  return `<g transform="translate(0,${Math.round(y * 100) / 100})">${svg}</g>`;
}

export { Plot };
