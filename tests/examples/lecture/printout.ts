/** A chapter as a reader sees it: run as a process of its own, with no permission. */

import { assert, assertLessOrEqual } from "@std/assert";
import { linesOf } from "../run_example.ts";

/** What a chapter printed. */
export interface Printout {
  readonly lines: readonly string[];
  /** All of it with every run of blanks and line breaks as one blank, to find sentences in. */
  readonly text: string;
  /** The cells of the rows of a table, found by its headers. */
  table(...headers: readonly string[]): string[][];
}

/** Runs a chapter by its name; it must end well, complain of nothing and fit 80 columns. */
export async function printoutOf(name: string): Promise<Printout> {
  const lines = await linesOf(`lecture/${name}.ts`);
  for (const line of lines) assertLessOrEqual([...line].length, 80, line);
  return {
    lines,
    text: lines.join(" ").replaceAll(/\s+/g, " "),
    table: (...headers) => {
      const head = lines.findIndex((line) => cellsOf(line).join("|") === headers.join("|"));
      assert(head >= 0, `no table has the headers ${headers.join(", ")}`);
      const rows = lines.slice(head + 2);
      return rows.slice(0, rows.indexOf("")).map(cellsOf);
    },
  };
}

function cellsOf(line: string): string[] {
  return line.trim().split(/ {2,}/);
}
