/** What charts in a plane have in common: axes, and points in order. */

import { describe } from "../src/ops/describe.ts";
import { drawingError } from "./error.ts";
import { farthest, shortest } from "./scale.ts";

/** An axis; its label names what it measures. */
export interface Axis {
  /** What it measures. */
  readonly label?: string;
  /** Its ends; without them it reaches from the smallest to the largest number that is drawn. */
  readonly domain?: readonly [number, number];
  /** Whether equal steps are equal differences, or equal ratios; "linear" by default. */
  readonly scale?: "linear" | "log";
}

/** An axis whose ends are given. */
export interface BoundedAxis extends Axis {
  /** Its ends. */
  readonly domain: readonly [number, number];
}

/** A place in the plane. */
export type Point = readonly [x: number, y: number];

/** Points in order, drawn as a line, dashes or dots. */
export interface Series {
  /** What the legend calls it. */
  readonly name: string;
  /** Where it goes; points that are NaN, infinite or not on a log scale are left out. */
  readonly points: readonly Point[];
  /**
   * How it is drawn: a line (the default), a dashed one, points, or a path: a line with a dot at
   * each point whose start and end are marked.
   */
  readonly mark?: "line" | "dashed" | "points" | "path";
}

/** The axis, once it is known that it can be drawn; `drawing` names what for. */
export function checkedAxis<A extends Axis>(drawing: string, name: string, axis: A): A {
  const { domain, scale = "linear" } = axis;
  if (scale !== "linear" && scale !== "log") {
    throw drawingError(
      `Cannot draw ${drawing}: ${name} has the scale ${describe(scale)}, not "linear" or "log"`,
    );
  }
  if (domain === undefined) return { ...axis };
  const [low, high] = domain;
  if (!(high - low >= shortest && high - low <= farthest)) {
    throw drawingError(
      `Cannot draw ${drawing}: ${name} has the domain [${low}, ${high}], ` +
        "which is not two finite numbers, the smaller one first",
    );
  }
  if (scale === "log" && low <= 0) {
    throw drawingError(
      `Cannot draw ${drawing}: ${name} has a log scale and the domain [${low}, ${high}], ` +
        "which is not above 0",
    );
  }
  return { ...axis, domain: [low, high] };
}

/** The axis, once it is known that it has a domain and can be drawn. */
export function checkedBounds(drawing: string, name: string, axis: BoundedAxis): BoundedAxis {
  if (axis?.domain === undefined) {
    throw drawingError(`Cannot draw ${drawing}: ${name} has no domain`);
  }
  return checkedAxis(drawing, name, axis);
}

const marks: readonly unknown[] = ["line", "dashed", "points", "path"];

/** A copy of the series, once it is known that they can be drawn. */
export function checkedSeries(drawing: string, series: readonly Series[]): readonly Series[] {
  return series.map(({ name, points, mark = "line" }) => {
    if (!marks.includes(mark)) {
      throw drawingError(
        `Cannot draw ${drawing}: "${name}" has the mark ${describe(mark)}, ` +
          'not "line", "dashed", "points" or "path"',
      );
    }
    return {
      name,
      mark,
      points: points.map((point, i) => {
        const [x, y] = Array.isArray(point) ? point as unknown[] : [];
        if (typeof x === "number" && typeof y === "number") return [x, y] as const;
        throw drawingError(
          `Cannot draw ${drawing}: point ${i} of "${name}" is ${describe(point)}, not [x, y]`,
        );
      }),
    };
  });
}
