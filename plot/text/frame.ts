/** Two axes with round numbers on them, around the rectangle that a chart is drawn in. */

import type { BoundedAxis } from "../axis.ts";
import type { Axes } from "../clip.ts";
import { tickLabels } from "../number.ts";
import { fraction, ticks } from "../scale.ts";
import { lengthOf, Screen, shortened, type Style } from "./screen.ts";

/** The rectangle between the axes, on its screen. */
export interface Area {
  /** What it is part of. */
  readonly screen: Screen;
  /** Its first column. */
  readonly left: number;
  /** Its first row. */
  readonly top: number;
  /** How many columns it has. */
  readonly columns: number;
  /** How many rows it has. */
  readonly rows: number;
}

const faint: Style = { weight: "faint" };

/** A screen with the title on it, if there is one. */
export function titled(title: string | undefined, width: number): Screen {
  const screen = new Screen(width);
  if (title !== undefined) screen.write(0, 0, shortened(title, width), { weight: "bold" });
  return screen;
}

/** Draws axes below a title; returns the area between them. */
export function framed(title: string | undefined, axes: Axes, width: number): Area {
  const screen = titled(title, width);
  const rows = Math.min(Math.max(Math.round(width * 0.26), 8), 24);
  const numbers = ticks(axes.y, Math.floor(rows / 4) + 1);
  const most = Math.floor(width / 3);
  const labels = tickLabels(numbers, axes.y.scale).map((label) => shortened(label, most));
  const left = Math.max(1, ...labels.map(lengthOf)) + 2;
  if (axes.y.label !== undefined) {
    screen.write(Math.max(0, left - 2), screen.rows, `↑ ${axes.y.label}`, faint);
  }
  const area = { screen, left, top: screen.rows, columns: width - left - 1, rows };
  drawUpright(area, axes.y, numbers, labels);
  drawLevel(area, axes.x);
  return area;
}

function drawUpright(
  { screen, left, top, rows }: Area,
  axis: BoundedAxis,
  numbers: readonly number[],
  labels: readonly string[],
): void {
  for (let row = 0; row < rows; row++) screen.put(left - 1, top + row, "│", faint);
  numbers.forEach((x, i) => {
    const row = top + (Math.round((1 - fraction(axis, x)) * (4 * rows - 1)) >> 2);
    screen.put(left - 1, row, "┤", faint);
    screen.writeBefore(left - 1, row, labels[i]!, faint);
  });
}

function drawLevel({ screen, left, top, columns, rows }: Area, axis: BoundedAxis): void {
  const row = top + rows;
  screen.write(left - 1, row, `└${"─".repeat(columns)}`, faint);
  for (const { column, start, label } of levelLabels(axis, left, columns, screen.columns)) {
    screen.put(column, row, "┬", faint);
    screen.write(start, row + 1, label, faint);
  }
  if (axis.label !== undefined) {
    screen.writeBefore(left + columns, row + 2, `${shortened(axis.label, columns - 2)} →`, faint);
  }
}

interface LevelLabel {
  readonly column: number;
  readonly start: number;
  readonly label: string;
}

/** As many labels below an axis as stand apart. */
function levelLabels(axis: BoundedAxis, left: number, columns: number, end: number): LevelLabel[] {
  for (let count = Math.max(4, Math.floor(columns / 8)); count >= 2; count--) {
    const numbers = ticks(axis, count);
    const labels = tickLabels(numbers, axis.scale).map((label, i) => {
      const column = left + (Math.round(fraction(axis, numbers[i]!) * (2 * columns - 1)) >> 1);
      const start = Math.min(column - (lengthOf(label) >> 1), end - lengthOf(label));
      return { column, start: Math.max(start, 0), label };
    });
    const areApart = labels.every(({ start }, i) =>
      i === 0 || start >= labels[i - 1]!.start + lengthOf(labels[i - 1]!.label) + 2
    );
    if (areApart) return labels;
  }
  return [];
}
