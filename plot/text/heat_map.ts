/** Heat maps: shades or colours, with the numbers where there is room. */

import type { HeatMap } from "../heat_map.ts";
import { alignedNumbers } from "../number.ts";
import { titled } from "./frame.ts";
import { lengthOf, type Screen, shortened, type Style } from "./screen.ts";
import { drawScale, onGround, shadeOf } from "./shade.ts";
import { shrunk } from "./shrink.ts";

const faint: Style = { weight: "faint" };
const mostRows = 60;

/** The map on a screen. */
export function drawHeatMap(map: HeatMap, width: number, color: boolean): Screen {
  const screen = titled(map.title, width);
  const layout = layoutOf(map, width, color);
  const { left, cell, values, labels } = layout;
  const columns = values[0]!.length === map.values[0]!.length ? map.columns : undefined;
  if (columns !== undefined) drawColumnNames(screen, columns, left, cell);
  const top = screen.rows;
  const rows = values.length === map.values.length ? map.rows ?? [] : [];
  values.forEach((row, i) => {
    screen.writeBefore(left - 1, top + i, shortened(rows[i] ?? "", left - 1), faint);
    row.forEach((x, j) => {
      const label = labels?.[i]?.[j];
      const text = color ? inMiddle(label ?? "", cell) : shadedCell(x, map.domain, cell, label);
      screen.write(left + j * cell, top + i, text, color ? onGround(x, map.domain) : {});
    });
  });
  drawScale(screen, map.domain, left, color);
  return screen;
}

interface Layout {
  /** The column that the cells start in. */
  readonly left: number;
  /** How many columns a cell has. */
  readonly cell: number;
  /** The numbers, made fewer where there is no room for all. */
  readonly values: readonly (readonly number[])[];
  /** The numbers as text, where there is room for them. */
  readonly labels: readonly (readonly string[])[] | null;
}

function layoutOf({ values, rows, columns }: HeatMap, width: number, color: boolean): Layout {
  const count = values[0]!.length;
  const names = rows === undefined || values.length > mostRows ? [] : rows;
  const longestName = Math.min(Math.max(0, ...names.map(lengthOf)), Math.floor(width / 3));
  const left = names.length === 0 ? 0 : longestName + 1;
  const texts = values.length * count > 10_000 ? [] : alignedNumbers(values.flat());
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 1);
  const least = longest + (color ? 2 : 5);
  const room = Math.floor((width - left) / count);
  if (texts.length > 0 && least <= room && values.length <= mostRows) {
    const wide = Math.max(least, ...(columns ?? []).map((name) => lengthOf(name) + 2));
    const padded = texts.map((text) => text.padStart(longest));
    const labels = values.map((_, i) => padded.slice(i * count, (i + 1) * count));
    return { left, cell: Math.min(room, wide), values, labels };
  }
  const cell = Math.min(Math.max(room, 1), 2);
  const few = shrunk(values, { rows: mostRows, columns: Math.floor((width - left) / cell) });
  return { left, cell, values: few, labels: null };
}

/** Shades, and the number after them. */
function shadedCell(
  x: number,
  domain: readonly [number, number],
  cell: number,
  label: string | undefined,
): string {
  if (label === undefined) return shadeOf(x, domain).repeat(cell);
  return `${shadeOf(x, domain).repeat(2)} ${label}`.padEnd(cell);
}

function inMiddle(text: string, length: number): string {
  return text.padStart((length + text.length + 1) >> 1).padEnd(length);
}

/** Names above the columns, where each fits. */
function drawColumnNames(
  screen: Screen,
  names: readonly string[],
  left: number,
  cell: number,
): void {
  const row = screen.rows;
  const isNarrow = cell <= 2;
  if (isNarrow && names.some((name) => lengthOf(name) > cell)) {
    screen.write(0, row, shortened(`columns: ${names.join(", ")}`, screen.columns), faint);
    return;
  }
  names.forEach((name, i) => {
    screen.write(left + i * cell, row, shortened(name, isNarrow ? cell : cell - 1), faint);
  });
}
