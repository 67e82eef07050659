/** What the marks of a drawing mean, in lines below it. */

import type { Series } from "../axis.ts";
import { terminalColors } from "../palette.ts";
import { Braille, type Dashes } from "./braille.ts";
import { lengthOf, Screen, shortened, type Style } from "./screen.ts";

/** How a series is told from others: by its colour, and without colours by dashes and characters. */
export interface Look {
  /** The colour. */
  readonly style: Style;
  /** The dashes of its line. */
  readonly dashes: Dashes;
  /** The character of its points, and of the end of its path. */
  readonly point: string;
  /** The character of the start of its path. */
  readonly start: string;
}

const patterns: readonly Dashes[] = [[], [1, 2], [6, 2, 1, 2], [1, 4], [3, 1]];
const dashed: Dashes = [5, 3];
const points = ["●", "◆", "▲", "■", "×", "+"];
const starts = ["○", "◇", "△", "□", "○", "○"];

/** The looks of series, by their order; `color` says whether colours will tell them apart. */
export function looksOf(series: readonly Series[], color: boolean): Look[] {
  let [lines, marks] = [0, 0];
  return series.map(({ mark }, i) => {
    const place = (mark === "points" || mark === "path" ? marks++ : marks) % points.length;
    const isLine = mark === undefined || mark === "line";
    const pattern = isLine ? patterns[lines++ % patterns.length]! : [];
    return {
      style: { color: terminalColors[i % terminalColors.length]! },
      dashes: mark === "dashed" ? dashed : color ? [] : pattern,
      point: points[place]!,
      start: starts[place]!,
    };
  });
}

/** A few characters that show a look, and its name. */
export interface LegendEntry {
  /** Writes the characters at a place. */
  readonly draw: (screen: Screen, column: number, row: number) => void;
  /** How many there are. */
  readonly columns: number;
  /** What they stand for. */
  readonly name: string;
}

/** The entry of a series. */
export function seriesEntry({ name, mark }: Series, look: Look): LegendEntry {
  const { style, point, start, dashes } = look;
  if (mark === "points") {
    return {
      name,
      columns: 1,
      draw: (screen, column, row) => screen.put(column, row, point, style),
    };
  }
  const columns = mark === "path" ? 5 : 4;
  return {
    name,
    columns,
    draw: (screen, column, row) => {
      const line = new Braille(columns, 1);
      line.line([[0, 0.4], [1, 0.4]], style, dashes);
      line.drawOn(screen, column, row);
      if (mark !== "path") return;
      screen.put(column, row, start, style);
      screen.put(column + columns - 1, row, point, style);
    },
  };
}

/** The entry of a character. */
export function characterEntry(name: string, characters: string, style: Style): LegendEntry {
  return {
    name,
    columns: lengthOf(characters),
    draw: (screen, column, row) => screen.write(column, row, characters, style),
  };
}

/** Writes entries below what stands on a screen, from a column on, in as many lines as they need. */
export function drawLegend(screen: Screen, entries: readonly LegendEntry[], left: number): void {
  let row = screen.rows;
  let column = left;
  for (const { draw, columns, name } of entries) {
    const room = screen.columns - left - columns - 1;
    const text = shortened(name, room);
    const length = columns + 1 + lengthOf(text);
    if (column > left && column + length > screen.columns) [row, column] = [row + 1, left];
    draw(screen, column, row);
    screen.write(column + columns + 1, row, text);
    column += length + 3;
  }
}
