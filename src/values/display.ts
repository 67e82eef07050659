/** How values show themselves in a notebook: as text, and as HTML that inherits its colours. */

import type { Origin } from "../autodiff/traced.ts";
import type { DType, TypedArray } from "../ops/dtype.ts";
import { formatShape, type Shape, sizeOf } from "../ops/shape.ts";
import { formatNumber, longestAxis, shownIndices } from "./format.ts";

/** What a notebook may show, by media type; it takes the richest that it knows. */
export interface Display {
  /** As text, for every notebook and terminal. */
  readonly "text/plain": string;
  /** As HTML. */
  readonly "text/html": string;
}

const replacements: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Any text as HTML that shows it letter by letter. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => replacements[mark]!);
}

/** How a table is set. */
interface TableOptions {
  /** What stands over the columns. */
  readonly headers?: readonly string[];
  /** How many columns, from the first, hold words: they begin at the left, numbers end at the right. */
  readonly words?: number;
  /** Whether lines at its sides bracket it, as a matrix. */
  readonly isBracketed?: boolean;
}

/** Rows of cells, which are text, as an HTML table. */
export function htmlTable(
  rows: readonly (readonly string[])[],
  { headers, words = 0, isBracketed = false }: TableOptions = {},
): string {
  const row = (cells: readonly string[], name: "td" | "th") => {
    const set = cells.map((text, i) => {
      const style = `padding:.15em .6em;text-align:${i < words ? "left" : "right"}`;
      return `<${name} style="${style}">${escapeHtml(text)}</${name}>`;
    });
    return `<tr>${set.join("")}</tr>`;
  };
  const head = headers === undefined ? "" : `<thead>${row(headers, "th")}</thead>`;
  const body = rows.map((cells) => row(cells, "td")).join("");
  const side = "1.5px solid currentColor";
  const brackets = isBracketed ? `border-left:${side};border-right:${side};` : "";
  const style = "border-collapse:collapse;margin:.4em 0;font-variant-numeric:tabular-nums;";
  return `<table style="${style}${brackets}">${head}<tbody>${body}</tbody></table>`;
}

/** A line in small and pale letters, as a title or a note; it is text. */
export function htmlNote(text: string): string {
  return `<div style="opacity:.7;font-size:90%">${escapeHtml(text)}</div>`;
}

/** What showing asks of a scalar. */
interface ShownValue {
  readonly name: string | null;
  readonly data: number;
  readonly grad: number;
  readonly isSymbolic: boolean;
  readonly origin: Origin<ShownValue> | null;
}

/** A scalar: its name, number and gradient, and the call that it comes from. */
export function displayValue(value: ShownValue): Display {
  const { name, origin, isSymbolic } = value;
  const cells = [
    ...(name === null ? [] : [["name", name]]),
    ["value", isSymbolic ? "traced" : formatNumber(value.data)],
    ...(isSymbolic ? [] : [["gradient", formatNumber(value.grad)]]),
    ...(origin === null ? [] : [["from", call(origin)]]),
  ];
  const headers = cells.map(([header]) => header!);
  return {
    "text/plain": String(value),
    "text/html": htmlTable([cells.map(([, cell]) => cell!)], { headers }),
  };
}

/** A call with its inputs: variables by name, all others by their numbers. */
function call({ op, inputs }: Origin<ShownValue>): string {
  const written = inputs.map((input) =>
    input.name ?? (input.isSymbolic ? "…" : formatNumber(input.data))
  );
  return `${op.name}(${written.join(", ")})`;
}

/** What showing asks of a tensor. */
interface ShownTensor {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A tensor: its name, kind and shape, then a table for each of its matrices; elided where long. */
export function displayTensor(tensor: ShownTensor, data: TypedArray | null): Display {
  const text = String(tensor);
  const [title] = text.split("\n", 1);
  const tables = data === null || tensor.shape.length === 0 ? "" : matrices(tensor, data);
  return { "text/plain": text, "text/html": `<div>${htmlNote(title!)}${tables}</div>` };
}

/** The matrices of the last two axes as tables side by side, those of long axes left out. */
function matrices({ shape, dtype }: ShownTensor, data: TypedArray): string {
  const longest = longestAxis(shape);
  const shown = shape.map((length) => shownIndices(length, longest));
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const [rows, columns] = [shape.length - 2, shape.length - 1];
  const line = (start: number) =>
    shown[columns]!.map((i) => i === null ? "…" : formatNumber(data[start + i]!, dtype));
  const table = (start: number) =>
    htmlTable(
      rows < 0 ? [line(start)] : shown[rows]!.map((i) => {
        return i === null ? shown[columns]!.map(() => "…") : line(start + i * strides[rows]!);
      }),
      { isBracketed: true },
    );
  const parts: string[] = [];
  const visit = (axis: number, start: number, place: readonly number[]) => {
    if (axis >= rows) {
      const title = place.length === 0 ? "" : htmlNote(`${formatShape(place).slice(0, -1)}, …]`);
      parts.push(`<div>${title}${table(start)}</div>`);
      return;
    }
    for (const i of shown[axis]!) {
      if (i === null) parts.push("<div>…</div>");
      else visit(axis + 1, start + i * strides[axis]!, [...place, i]);
    }
  };
  visit(0, 0, []);
  return `<div style="display:flex;flex-wrap:wrap;gap:1em;overflow-x:auto">${parts.join("")}</div>`;
}
