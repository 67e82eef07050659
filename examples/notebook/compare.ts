/** Whether the cells of a notebook give what the notebook says. */

import type { Cell, Chapter, Output } from "./notebook.ts";

/**
 * How much numbers of cells tagged `approximate` may differ: they come of training in float32, which
 * processors round differently.
 */
const tolerance = { relative: 0.05, absolute: 0.02 };

/** What differs between a notebook and what its cells give now, a sentence for each cell. */
export function differences(stored: readonly Chapter[], now: readonly Chapter[]): string[] {
  return stored.flatMap(({ name, cells }, i) =>
    cells.flatMap((cell, k) => {
      const other = now[i]?.cells[k];
      if (other !== undefined && agrees(cell, other)) return [];
      return [`${name}-${k + 1}\n  says   ${described(cell)}\n  gives  ${described(other)}`];
    })
  );
}

/** What a cell gives, shortened: the types of media, and the text. */
function described(cell: Cell | undefined): string {
  if (cell === undefined) return "no cell";
  if (cell.kind === "markdown") return "prose";
  return cell.outputs.map((output) => {
    const sizes = output.output_type === "stream"
      ? output.name
      : Object.entries(output.data).map(([type, { length }]) => `${type} (${length})`).join(", ");
    return `${sizes}: ${JSON.stringify(textOf(output).slice(0, 200))}`;
  }).join(", ");
}

function agrees(stored: Cell, now: Cell): boolean {
  if (stored.kind === "markdown" || now.kind === "markdown") return stored.kind === now.kind;
  if (stored.outputs.length !== now.outputs.length) return false;
  const isApproximate = stored.tags.includes("approximate");
  return stored.outputs.every((output, i) => {
    const other = now.outputs[i]!;
    return isApproximate ? isClose(output, other) : isSame(output, other);
  });
}

function isSame(stored: Output, now: Output): boolean {
  const parts = (output: Output) =>
    output.output_type === "stream" ? output : Object.entries(output.data).sort();
  return JSON.stringify(parts(stored)) === JSON.stringify(parts(now));
}

/** Whether two outputs say the same but for small differences of their numbers. */
function isClose(stored: Output, now: Output): boolean {
  if (typesOf(stored).join() !== typesOf(now).join()) return false;
  if (typesOf(stored).includes("image/svg+xml")) return true; // a drawing is made of coordinates
  const [was, is] = [readingOf(stored), readingOf(now)];
  return was.words === is.words && was.numbers.every((number, i) => {
    const difference = Math.abs(number - is.numbers[i]!);
    return difference <= tolerance.absolute + tolerance.relative * Math.abs(number);
  });
}

function typesOf(output: Output): string[] {
  return output.output_type === "stream" ? [output.name] : Object.keys(output.data).sort();
}

const number = /-?\d+(\.\d+)?(e[-+]?\d+)?/g;

/** An output as its words, with a mark for each number, and its numbers. */
function readingOf(output: Output): { readonly words: string; readonly numbers: number[] } {
  const text = textOf(output);
  return {
    words: text.replace(number, "#").replace(/[\s─]+/g, " "),
    numbers: [...text.matchAll(number)].map(([digits]) => Number(digits)),
  };
}

function textOf(output: Output): string {
  return output.output_type === "stream" ? output.text : output.data["text/plain"] ?? "";
}
