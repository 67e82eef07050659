/** Paragraphs and tables as lines of text that fit a width. */

/**
 * A paragraph as lines of at most `width` characters. Line breaks and runs of spaces count as one
 * space. A formula, words with operators between them, stays on one line where it fits, and so does
 * what stands between backticks, which go.
 */
export function wrap(text: string, width: number): string[] {
  const glue = (words: string) => words.replaceAll(/\s+/g, "\u00a0");
  const kept = text.trim()
    .replaceAll(/`([^`]*)`/g, (_, code: string) => glue(code))
    .replaceAll(/\s+[-+=·×/<>≈≥≤]\s+/g, glue);
  const lines: string[] = [];
  let line = "";
  for (const word of kept.split(/[ \t\r\n]+/).flatMap((word) => pieces(word, width))) {
    if (line !== "" && lengthOf(line) + 1 + lengthOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((line) => line.replaceAll("\u00a0", " "));
}

/** A word that fits: as it is, or else broken at its no-break spaces, or else anywhere. */
function pieces(word: string, width: number): string[] {
  if (lengthOf(word) <= width) return [word];
  if (word.includes("\u00a0")) return word.split("\u00a0").flatMap((part) => pieces(part, width));
  const letters = [...word];
  const count = Math.ceil(letters.length / width);
  return Array.from(
    { length: count },
    (_, i) => letters.slice(i * width, (i + 1) * width).join(""),
  );
}

/** A cell of a table. */
export type Cell = string | number;

/**
 * A table as lines: its headers, a rule, and its rows. Columns of numbers stand at the right, with
 * equally many decimals where they are given as numbers. Where the table would be too wide, headers
 * and words are wrapped; where even that does not fit, each row becomes a list.
 */
export function tabulate(
  headers: readonly string[],
  rows: readonly (readonly Cell[])[],
  width: number,
): string[] {
  const columns = headers.map((header, i) => column(header, rows.map((row) => row[i] ?? "")));
  for (const gap of [3, 2, 1]) {
    const widths = fitted(columns, width - gap * (columns.length - 1), gap === 1);
    if (widths === null) continue;
    const line = (cells: readonly string[]) => rowOf(columns, { cells, widths, gap });
    return [
      ...line(headers),
      widths.map((own) => "─".repeat(own)).join(" ".repeat(gap)),
      ...rows.flatMap((_, k) => line(columns.map(({ cells }) => cells[k]!))),
    ];
  }
  const longest = Math.max(...headers.map(lengthOf));
  return rows.flatMap((_, k) => [
    ...(k > 0 ? [""] : []),
    ...columns.flatMap(({ header, cells }) =>
      wrap(`${header.padEnd(longest).replaceAll(" ", "\u00a0")} ${cells[k]}`, width)
    ),
  ]);
}

/** How wide the columns are in a room for all of them, or null if they do not fit. */
function fitted(columns: readonly Column[], room: number, mayWrap: boolean): number[] | null {
  const widths = columns.map(({ header, cells }) => Math.max(...[header, ...cells].map(lengthOf)));
  const least = columns.map(({ header, cells, isNumeric }) => {
    const unbroken = isNumeric
      ? [...header.split(" "), ...cells]
      : [header, ...cells].join(" ").split(" ");
    return Math.max(...unbroken.map(lengthOf));
  });
  let excess = widths.reduce((sum, own) => sum + own, -room);
  for (; mayWrap && excess > 0; excess--) {
    const spare = widths.map((own, i) => own > least[i]! ? own : 0);
    const widest = spare.indexOf(Math.max(...spare));
    if (spare[widest] === 0) return null;
    widths[widest]!--;
  }
  return excess > 0 ? null : widths;
}

/** A row of a table, of as many lines as its highest cell. */
function rowOf(
  columns: readonly Column[],
  { cells, widths, gap }: {
    readonly cells: readonly string[];
    readonly widths: readonly number[];
    readonly gap: number;
  },
): string[] {
  const wrapped = cells.map((cell, i) =>
    lengthOf(cell) <= widths[i]! ? [cell] : wrap(cell, widths[i]!)
  );
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, k) =>
    wrapped.map((lines, i) => {
      const text = (lines[k] ?? "").replaceAll("\u00a0", " ");
      const fill = " ".repeat(widths[i]! - lengthOf(text));
      return columns[i]!.isNumeric ? fill + text : text + fill;
    }).join(" ".repeat(gap)).trimEnd());
}

/** What is printed in a column, and whether it is of numbers. */
interface Column {
  readonly header: string;
  readonly cells: readonly string[];
  readonly isNumeric: boolean;
}

function column(header: string, cells: readonly Cell[]): Column {
  const numbers = cells.filter((cell) => typeof cell === "number");
  const decimals = Math.max(0, ...numbers.map(decimalsOf));
  const printed = cells.map((cell) =>
    typeof cell === "string"
      ? cell
      : Math.abs(cell) >= 1e7 || String(Number(cell.toPrecision(5))).includes("e")
      ? String(Number(cell.toPrecision(5)))
      : cell.toFixed(decimals)
  );
  const isNumeric = cells.length > 0 && printed.every((cell) => /^$|^[-+−]?[\d.]/.test(cell)) &&
    printed.every((cell) => !/[A-Za-z]{2}|, /.test(cell));
  return { header, cells: printed, isNumeric };
}

/** How many decimals show five significant digits of a number, at most six and none in vain. */
function decimalsOf(number: number): number {
  const [, decimals = ""] = String(Number(number.toPrecision(5))).split(".");
  return decimals.includes("e") ? 0 : Math.min(6, decimals.length);
}

/** How many characters a text takes in a terminal. */
function lengthOf(text: string): number {
  return [...text].length;
}
