/**
 * Writes the lecture as a notebook, `examples/lecture.ipynb`, with what its cells give.
 *
 *     deno task notebook
 */

import { notebookFile, ranChapters, writtenChapters } from "./lecture.ts";
import { writeNotebook } from "./notebook.ts";

if (Deno.args.length > 0) {
  console.error("It takes no arguments: deno task notebook writes examples/lecture.ipynb");
  Deno.exit(2);
}
const text = writeNotebook(await ranChapters(writtenChapters()));
await Deno.writeTextFile(notebookFile, text);
console.log(`Written: examples/lecture.ipynb, ${Math.ceil(text.length / 1000)} kB`);
