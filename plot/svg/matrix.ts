/** Matrices of coloured cells, by Observable Plot. */

import { type Color, ink, isLight } from "../palette.ts";
import { Plot, plotted } from "./chart.ts";
import { fittedText, textAt, widthOf } from "./markup.ts";

/** A matrix of cells with what is written in them. */
export interface Matrix {
  /** The colour of each cell; null leaves it out. */
  readonly colors: readonly (readonly (Color | null)[])[];
  /** What is written in each cell, if there is room. */
  readonly texts: readonly (readonly string[])[];
  /** The names of the rows. */
  readonly rows?: readonly string[] | undefined;
  /** The names of the columns. */
  readonly columns?: readonly string[] | undefined;
  /** What the rows are. */
  readonly rowLabel?: string;
  /** What the columns are. */
  readonly columnLabel?: string;
}

const size = 12;
const mostCell = 92;
const mostTilted = 110;

/** The matrix as markup of a width, and its height. */
export function matrix(
  { colors, texts, rows, columns, rowLabel, columnLabel }: Matrix,
  width: number,
): { readonly svg: string; readonly height: number } {
  const count = { rows: colors.length, columns: colors[0]!.length };
  const longest = Math.max(0, ...(rows ?? []).map((name) => widthOf(name, size)));
  const left = 16 + (rows === undefined ? 0 : Math.min(longest, width / 3) + 8) +
    (rowLabel === undefined ? 0 : 20);
  const longestColumn = Math.max(0, ...(columns ?? []).map((name) => widthOf(name, size)));
  const isTilted = longestColumn + 8 > Math.min((width - left - 16) / count.columns, mostCell);
  const overhang = isTilted ? Math.min(longestColumn, mostTilted) * 0.77 : 0;
  const room = width - left - Math.max(16, overhang + 4);
  const longestText = Math.max(0, ...texts.flat().map((text) => widthOf(text, size)));
  const wide = Math.min(room / count.columns, Math.max(mostCell, longestText + 12));
  const high = Math.min(wide, Math.max(34, Math.min(440 / count.rows, mostCell)));
  const isNumbered = longestText + 4 <= wide && high >= 15;
  const head = columns === undefined
    ? 0
    : isTilted
    ? Math.min(longestColumn, mostTilted) * 0.65 + 16
    : 22;
  const top = head + (columnLabel === undefined ? 4 : 22);
  const right = width - left - wide * count.columns;
  const height = top + high * count.rows + 8;
  const names = (list: readonly string[] | undefined, most: number) =>
    list?.map((name) => fittedText(name, size, most));
  const cells = colors.flatMap((row, y) => row.map((color, x) => ({ x, y, color })));
  const svg = plotted({
    width,
    height,
    marginLeft: left,
    marginTop: top,
    marginRight: right,
    marginBottom: 8,
    x: { type: "band", domain: range(count.columns), padding: 0, axis: null },
    y: { type: "band", domain: range(count.rows), padding: 0, axis: null },
    marks: [
      Plot.cell(cells.filter(({ color }) => color !== null), {
        x: "x",
        y: "y",
        fill: ({ color }) => color,
        inset: Math.min(wide, high) > 24 ? 0.75 : -0.15, // no seams between many small ones
        rx: Math.min(wide, high) > 24 ? 3 : 0,
      }),
      ...(isNumbered
        ? [Plot.text(cells, {
          x: "x",
          y: "y",
          text: ({ x, y }) => texts[y]?.[x] ?? "",
          fill: ({ color }) => color === null || isLight(color) ? ink.text : ink.paper,
          fontSize: size,
        })]
        : []),
      ...axis(Plot.axisX, wide, names(columns, isTilted ? mostTilted : wide - 2), {
        anchor: "top",
        ...(isTilted && { tickRotate: -40, textAnchor: "start", dx: -2 }),
      }),
      ...axis(Plot.axisY, high, names(rows, width / 3), { anchor: "left" }),
    ],
  });
  return {
    svg: svg + labels({ rowLabel, columnLabel, left, top, high: high * count.rows }),
    height,
  };
}

/** Names beside the cells, only some of them where they would stand too close. */
function axis(
  make: (data: number[], options: object) => Plot.Markish,
  cell: number,
  names: readonly string[] | undefined,
  options: object,
): Plot.Markish[] {
  if (names === undefined) return [];
  const every = Math.ceil(14 / cell);
  const data = range(names.length).filter((i) => i % every === 0);
  const text = data.map((i) => names[i]!);
  return [make(data, { ...options, text, tickSize: 0, tickPadding: 6, label: null })];
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

interface LabelPlaces {
  readonly rowLabel: string | undefined;
  readonly columnLabel: string | undefined;
  readonly left: number;
  readonly top: number;
  readonly high: number;
}

/** What rows and columns are: beside the rows, turned, and above the columns. */
function labels({ rowLabel, columnLabel, left, top, high }: LabelPlaces): string {
  const style = { "font-size": size, fill: ink.faint };
  const [x, y] = [22, top + high / 2];
  return [
    columnLabel === undefined ? "" : textAt(left, 12, `${columnLabel} →`, style),
    rowLabel === undefined ? "" : textAt(x, y, `← ${rowLabel}`, {
      ...style,
      "text-anchor": "middle",
      transform: `rotate(-90,${x},${Math.round(y)})`,
    }),
  ].join("");
}
