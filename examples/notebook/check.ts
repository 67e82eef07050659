/**
 * Runs the lecture's notebook from top to bottom without Jupyter, and tells which cells give
 * something else than the notebook says.
 *
 *     deno run --allow-read examples/notebook/check.ts
 */

import { differences } from "./compare.ts";
import { notebookFile, ranChapters } from "./lecture.ts";
import { readNotebook } from "./notebook.ts";

const stored = readNotebook(await Deno.readTextFile(notebookFile));
const found = differences(stored, await ranChapters(stored));
const count = stored.flatMap(({ cells }) => cells).filter(({ kind }) => kind === "code").length;
for (const difference of found) console.error(difference);
console.log(`${count} cells ran, ${found.length} give something else than the notebook says`);
if (found.length > 0) {
  console.error("deno task notebook writes the notebook anew");
  Deno.exit(1);
}
