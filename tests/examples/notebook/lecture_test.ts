import { assert, assertEquals } from "@std/assert";
import { notebookFile, writtenChapters } from "../../../examples/notebook/lecture.ts";
import { readNotebook } from "../../../examples/notebook/notebook.ts";
import { pathOf, runProgram } from "../run_example.ts";

const text = Deno.readTextFileSync(notebookFile);
const stored = readNotebook(text);
const cells = stored.flatMap(({ cells }) => cells);

Deno.test("the notebook's cells run from top to bottom and give what it says", async () => {
  const run = await runProgram(pathOf("examples/notebook/check.ts"), {
    flags: ["--allow-read"],
  });
  assertEquals(run.complaint, "");
  const count = cells.filter(({ kind }) => kind === "code").length;
  assertEquals(run.output, `${count} cells ran, 0 give something else than the notebook says`);
  assertEquals(run.code, 0);
});

Deno.test("the notebook holds the cells as they are written", () => {
  const sources = (chapters: typeof stored) =>
    chapters.map(({ name, cells }) => [name, ...cells.map(({ source }) => source)]);
  assertEquals(sources(stored), sources(writtenChapters()), "deno task notebook writes it anew");
});

Deno.test("the notebook has a part for each of the eleven chapters, with pictures", () => {
  const titles = cells.flatMap(({ kind, source }) =>
    kind === "markdown" ? [...source.matchAll(/^# (\d+)\. /gm)].map(([, number]) => number) : []
  );
  assertEquals(titles, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
  for (const { name, cells } of stored.slice(1)) {
    const types = cells.flatMap((cell) =>
      cell.kind === "code"
        ? cell.outputs.flatMap((output) =>
          output.output_type === "execute_result" ? Object.keys(output.data) : []
        )
        : []
    );
    assert(types.includes("image/svg+xml"), `${name} has no picture`);
  }
});

Deno.test("the notebook stays small enough to be looked at", () => {
  assert(text.length < 1_000_000, `${text.length} bytes`);
  assert(!text.includes(notebookFile.pathname.replace(/examples.*/, "")), "names a folder");
});
