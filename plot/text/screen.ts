/** A rectangle of characters to draw on: what does not fit is cut off. */

import { channels, type Color } from "../palette.ts";

/** How a character looks where colours may be shown. */
export interface Style {
  /** The colour of the character. */
  readonly color?: Color;
  /** The colour behind it. */
  readonly background?: Color;
  /** Whether it is bold, or faint. */
  readonly weight?: "bold" | "faint";
}

interface Cell {
  readonly character: string;
  readonly style: Style;
}

const plain: Style = {};
const blank: Cell = { character: " ", style: plain };

/** Characters in rows and columns. */
export class Screen {
  /** How many characters stand in a row. */
  readonly columns: number;
  readonly #rows: Cell[][] = [];

  /** An empty screen. */
  constructor(columns: number) {
    this.columns = columns;
  }

  /** How many rows have been written to. */
  get rows(): number {
    return this.#rows.length;
  }

  /** What stands at a place. */
  at(column: number, row: number): string {
    return this.#rows[row]?.[column]?.character ?? " ";
  }

  /** Puts one character at a place. */
  put(column: number, row: number, character: string, style: Style = plain): void {
    if (column < 0 || column >= this.columns || row < 0) return;
    while (this.#rows.length <= row) this.#rows.push([]);
    const cells = this.#rows[row]!;
    while (cells.length < column) cells.push(blank);
    cells[column] = { character, style };
  }

  /** Writes text from a place to the right; returns the column after it. */
  write(column: number, row: number, text: string, style: Style = plain): number {
    const characters = [...oneLine(text)];
    characters.forEach((character, i) => this.put(column + i, row, character, style));
    return column + characters.length;
  }

  /** Writes text that ends before a column. */
  writeBefore(column: number, row: number, text: string, style: Style = plain): void {
    this.write(column - lengthOf(text), row, text, style);
  }

  /** The rows as lines, without the blanks at their ends. */
  lines(color: boolean): string[] {
    return this.#rows.map((cells) => {
      let end = cells.length;
      while (end > 0 && isBlank(cells[end - 1]!, color)) end--;
      return color ? painted(cells.slice(0, end)) : cells.slice(0, end).map(characterOf).join("");
    });
  }
}

const characterOf = ({ character }: Cell): string => character;

function isBlank({ character, style }: Cell, color: boolean): boolean {
  return (character === " " || character === "⠀") && !(color && style.background !== undefined);
}

/** Text without line breaks, tabs or control characters. */
export function oneLine(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, " ");
}

/** How many columns text takes. */
export function lengthOf(text: string): number {
  return [...oneLine(text)].length;
}

/** Text cut to a length, with an ellipsis where something is missing. */
export function shortened(text: string, length: number): string {
  const characters = [...oneLine(text)];
  if (characters.length <= length) return characters.join("");
  return length <= 0 ? "" : `${characters.slice(0, length - 1).join("")}…`;
}

/** Text in lines of at most `length` columns, broken between words. */
export function wrapped(text: string, length: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && lengthOf(longer) > length) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** Cells with escape sequences for their styles, one for each run of equal ones. */
function painted(cells: readonly Cell[]): string {
  let text = "";
  let codes = "";
  for (const { character, style } of cells) {
    const next = codesOf(style);
    if (next !== codes) text += (codes === "" ? "" : "\x1b[0m") + (next && `\x1b[${next}m`);
    codes = next;
    text += character;
  }
  return codes === "" ? text : `${text}\x1b[0m`;
}

function codesOf({ color, background, weight }: Style): string {
  return [
    ...(weight === undefined ? [] : [weight === "bold" ? "1" : "2"]),
    ...(color === undefined ? [] : [`38;5;${ansiColor(color)}`]),
    ...(background === undefined ? [] : [`48;5;${ansiColor(background)}`]),
  ].join(";");
}

const levels = [0, 95, 135, 175, 215, 255];

/** The nearest of the 256 colours that terminals have. */
function ansiColor(color: Color): number {
  const rgb = channels(color);
  const nearest = rgb.map((x) => {
    return levels.reduce(
      (best, level, i) => Math.abs(level - x) < Math.abs(levels[best]! - x) ? i : best,
      0,
    );
  });
  const mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
  const grey = Math.min(Math.max(Math.round((mean - 8) / 10), 0), 23);
  const off = (candidate: readonly number[]) =>
    candidate.reduce((sum, x, i) => sum + (x - rgb[i]!) ** 2, 0);
  const greyLevel = 8 + 10 * grey;
  if (off([greyLevel, greyLevel, greyLevel]) < off(nearest.map((i) => levels[i]!))) {
    return 232 + grey;
  }
  return 16 + 36 * nearest[0]! + 6 * nearest[1]! + nearest[2]!;
}
