/** Dots in braille characters: two in a row and four in a column of each. */

import type { Point } from "../axis.ts";
import type { Screen, Style } from "./screen.ts";

/** How many dots of a line are drawn, then left out, and so on; none: all are drawn. */
export type Dashes = readonly number[];

const bits = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]] as const;

/** A layer of dots over a rectangle of characters. */
export class Braille {
  readonly #columns: number;
  readonly #rows: number;
  readonly #cells = new Map<number, { dots: number; style: Style }>();

  /** A layer without dots. */
  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#rows = rows;
  }

  /** The dot at a place: shares of the width, and of the height from below. */
  dotAt([u, v]: Point): [x: number, y: number] {
    return [Math.round(u * (2 * this.#columns - 1)), Math.round((1 - v) * (4 * this.#rows - 1))];
  }

  /** The character at a place. */
  cellAt(place: Point): [column: number, row: number] {
    const [x, y] = this.dotAt(place);
    return [x >> 1, y >> 2];
  }

  /** Draws one dot; a character has the colour of the dot drawn in it last. */
  dot(x: number, y: number, style: Style): void {
    const [column, row] = [x >> 1, y >> 2];
    if (column < 0 || column >= this.#columns || row < 0 || row >= this.#rows) return;
    const key = row * this.#columns + column;
    const dots = (this.#cells.get(key)?.dots ?? 0) | bits[y & 3]![x & 1]!;
    this.#cells.set(key, { dots, style });
  }

  /** Draws the line through places. */
  line(places: readonly Point[], style: Style, dashes: Dashes = []): void {
    const period = dashes.reduce((sum, length) => sum + length, 0);
    let drawn = 0;
    const isOn = () => {
      let at = period === 0 ? -1 : drawn % period;
      return dashes.length === 0 || dashes.findIndex((length) => (at -= length) < 0) % 2 === 0;
    };
    for (let i = 1; i < places.length; i++) {
      const [x0, y0] = this.dotAt(places[i - 1]!);
      const [x1, y1] = this.dotAt(places[i]!);
      const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
      for (let step = i === 1 ? 0 : 1; step <= steps; step++, drawn++) {
        const share = steps === 0 ? 0 : step / steps;
        const [x, y] = [Math.round(x0 + (x1 - x0) * share), Math.round(y0 + (y1 - y0) * share)];
        if (isOn()) this.dot(x, y, style);
      }
    }
  }

  /** Puts the dots on a screen, in place of what stood there; they start at a column and a row. */
  drawOn(screen: Screen, column: number, row: number): void {
    for (const [key, { dots, style }] of this.#cells) {
      const character = String.fromCharCode(0x2800 + dots);
      const [x, y] = [column + key % this.#columns, row + Math.floor(key / this.#columns)];
      screen.put(x, y, character, style);
    }
  }
}
