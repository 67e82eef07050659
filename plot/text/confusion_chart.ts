/** Confusion matrices as tables. */

import type { ConfusionChart } from "../confusion_chart.ts";
import { accuracySentence, percent, shareOf } from "../rates.ts";
import { titled } from "./frame.ts";
import { lengthOf, type Screen, shortened, type Style } from "./screen.ts";
import { onGround, shadeOf } from "./shade.ts";
import { shrunk } from "./shrink.ts";

const faint: Style = { weight: "faint" };
const rateColumns = 8;
const mostRows = 60;

/** The chart on a screen. */
export function drawConfusionChart(chart: ConfusionChart, width: number, color: boolean): Screen {
  const { counts, classes } = chart;
  const screen = titled(chart.title, width);
  const longestName = Math.max(4, ...classes.map(lengthOf));
  const left = Math.min(longestName, Math.max(4, Math.floor(width / 4))) + 2;
  const largest = counts.flat().reduce((most, count) => Math.max(most, count), 0);
  const least = String(largest).length + (color ? 1 : 2);
  const isRated = left + least * counts.length + rateColumns <= width;
  const room = Math.floor((width - left - (isRated ? rateColumns : 0)) / counts.length);
  const cell = Math.min(room, Math.max(least, Math.min(longestName, 8) + 2));
  if (cell >= least) drawTable(screen, chart, { left, cell, color, isRated });
  else drawShades(screen, chart, width, color);
  screen.write(0, screen.rows + 1, accuracySentence(counts));
  return screen;
}

interface Layout {
  readonly left: number;
  readonly cell: number;
  readonly color: boolean;
  readonly isRated: boolean;
}

function drawTable(screen: Screen, { counts, classes }: ConfusionChart, layout: Layout): void {
  const { left, cell, color, isRated } = layout;
  const right = left + cell * counts.length;
  const head = screen.rows;
  screen.write(left, head, shortened("predicted", right - left), faint);
  screen.write(0, head + 1, "true", faint);
  classes.forEach((name, j) => {
    screen.writeBefore(left + (j + 1) * cell - 1, head + 1, shortened(name, cell - 1), faint);
  });
  if (isRated) screen.writeBefore(right + rateColumns, head + 1, "right", faint);
  counts.forEach((row, i) => {
    const at = head + 2 + i;
    screen.write(0, at, shortened(classes[i]!, left - 2));
    row.forEach((count, j) => {
      const [text, style] = color ? colored(row, i, j) : [bracketed(count, i === j), {}];
      screen.write(left + j * cell, at, text.padStart(cell), style);
    });
    if (isRated) screen.writeBefore(right + rateColumns, at, percent(shareOf(row, i)), faint);
  });
}

/** Counts of what was told right in brackets; a dot for none. */
function bracketed(count: number, isRight: boolean): string {
  return isRight ? `[${count}]` : `${count === 0 ? "·" : count} `;
}

/** What was told right in one colour, what was not in another. */
function colored(row: readonly number[], i: number, j: number): [string, Style] {
  const share = shareOf(row, j) || 0;
  return [`${row[j] === 0 ? "·" : row[j]} `, onGround(i === j ? share : -share, [-1, 1])];
}

/** Shares of the rows as shades, where there is no room for numbers. */
function drawShades(
  screen: Screen,
  { counts, classes }: ConfusionChart,
  width: number,
  color: boolean,
): void {
  const top = screen.rows;
  const shares = counts.map((row) => row.map((_, j) => shareOf(row, j)));
  const left = classes.length > mostRows ? 0 : Math.min(8, Math.max(...classes.map(lengthOf))) + 1;
  const cell = left + counts.length * 2 <= width ? 2 : 1;
  const columns = Math.floor((width - left) / cell);
  shrunk(shares, { rows: mostRows, columns }).forEach((row, i) => {
    if (left > 0) screen.write(0, top + i, shortened(classes[i]!, left - 1));
    row.forEach((share, j) => {
      const text = color ? " " : shadeOf(share, [0, 1]);
      screen.write(
        left + j * cell,
        top + i,
        text.repeat(cell),
        color ? onGround(share, [0, 1]) : {},
      );
    });
  });
}
