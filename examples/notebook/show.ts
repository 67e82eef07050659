/** What the cells of the notebook show that has no way of its own to show itself. */

import { formula, type Value } from "../../mod.ts";
import { tabulate } from "../lecture/layout.ts";

/** Something that shows itself in a notebook. */
export interface Shown {
  /** What a notebook may show, by media type. */
  [display: symbol]: () => Readonly<Record<string, string>>;
}

function shown(bundle: Readonly<Record<string, string>>): Shown {
  return { [Symbol.for("Jupyter.display")]: () => bundle };
}

/**
 * Formulas, one a line, read off the graphs of Values: `equations({ MSE: mse })`. A name may be
 * LaTeX, as in `\partial f / \partial x`.
 */
export function equations(named: Readonly<Record<string, Value>>): Shown {
  const rows = Object.entries(named);
  const text = rows.map(([name, value]) => `${plainName(name)} = ${formula(value)}`);
  const set = rows.map(([name, value]) =>
    `${latexName(name)} &= ${formula(value, { style: "latex" })}`
  );
  return shown({
    "text/plain": text.join("\n"),
    "text/latex": `$$\\begin{aligned}\n${set.join(" \\\\[4pt]\n")}\n\\end{aligned}$$`,
  });
}

/** A name in LaTeX as plain text. */
function plainName(name: string): string {
  return name.replace(/\\partial /g, "d").replace(/ \/ /g, "/").replace(/\\/g, "");
}

/** A name as LaTeX sets it: words upright, numbers of letters below them. */
function latexName(name: string): string {
  return name
    .replace(/\\[a-z]+|[A-Za-z]{2,}([ -][A-Za-z]+)*/g, (part) => {
      return part.startsWith("\\") ? part : `\\text{${part}}`;
    })
    .replace(/\b([A-Za-z])(\d+)/g, "$1_{$2}");
}

/** A table with a name over each column; in a column, numbers have equally many decimals. */
export function table(
  headers: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Shown {
  const columns = headers.map((_, i) => printed(rows.map((row) => row[i] ?? "")));
  const cells = rows.map((_, k) => columns.map((column) => column[k]!));
  const isNumeric = columns.map((column) => column.every((cell) => /^-?[\d.]+(e\S+)?$/.test(cell)));
  const html = (texts: readonly string[], name: "td" | "th") => {
    const set = texts.map((text, i) =>
      `<${name} style="text-align:${isNumeric[i] ? "right" : "left"}">${escaped(text)}</${name}>`
    );
    return `<tr>${set.join("")}</tr>`;
  };
  return shown({
    "text/plain": tabulate(headers, cells, 100).join("\n"),
    "text/html": `<table><thead>${html(headers, "th")}</thead><tbody>${
      cells.map((row) => html(row, "td")).join("")
    }</tbody></table>`,
  });
}

/** The cells of a column as text: numbers with the decimals that show four digits of each. */
function printed(column: readonly (string | number)[]): string[] {
  const decimals = column.filter((cell) => typeof cell === "number").map((cell) => {
    const [, fraction = ""] = String(Number(cell.toPrecision(4))).split(".");
    return fraction.includes("e") ? 0 : Math.min(fraction.length, 6);
  });
  const most = Math.max(0, ...decimals);
  return column.map((cell) =>
    typeof cell === "string"
      ? cell
      : Math.abs(cell) < 1e6
      ? cell.toFixed(most)
      : cell.toPrecision(4)
  );
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
