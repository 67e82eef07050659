/** The notebook of the lecture: where its cells are written, and where it is kept. */

import { readCells } from "./cell_source.ts";
import type { Chapter } from "./notebook.ts";
import { runChapter } from "./run_chapter.ts";

/** The file of the notebook; what its cells import is relative to it. */
export const notebookFile = new URL("../lecture.ipynb", import.meta.url);

const cellFolder = new URL("./cells/", import.meta.url);

/** The chapters as they are written, none of which has been run. */
export function writtenChapters(): Chapter[] {
  const files = [...Deno.readDirSync(cellFolder)].map(({ name }) => name).sort();
  return files.map((file) => {
    const cells = readCells(Deno.readTextFileSync(new URL(file, cellFolder)));
    // written two folders below what they import from, the cells stand one folder below it
    const moved = cells.map((cell) => ({ ...cell, source: moveImports(cell.source) }));
    return { name: file.replace(/\.ts$/, "").replaceAll("_", "-"), cells: moved };
  });
}

/** A cell of `examples/notebook/cells/` as one of `examples/`. */
function moveImports(source: string): string {
  return source.replace(/^(import\b[^;]*? from )"(\.[^"]*)"/gm, (_, before, path) => {
    const { href } = new URL(path, cellFolder);
    const [examples, root] = ["./", "../"].map((folder) => new URL(folder, notebookFile).href);
    return `${before}"${href.replace(examples!, "./").replace(root!, "../")}"`;
  });
}

/** The chapters with what their cells give now. */
export async function ranChapters(chapters: readonly Chapter[]): Promise<Chapter[]> {
  const ran: Chapter[] = [];
  for (const chapter of chapters) ran.push(await runChapter(chapter, notebookFile));
  return ran;
}
