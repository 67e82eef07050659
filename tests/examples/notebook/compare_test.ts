import { assertEquals, assertStringIncludes } from "@std/assert";
import { differences } from "../../../examples/notebook/compare.ts";
import type { Bundle, Chapter } from "../../../examples/notebook/notebook.ts";

/** A chapter of one cell. */
function chapterOf(data: Bundle, tags: readonly string[] = []): Chapter {
  const outputs = [{ output_type: "execute_result", data } as const];
  return { name: "01-data", cells: [{ kind: "code", source: "x", tags, outputs }] };
}

const count = (stored: Chapter, now: Chapter) => differences([stored], [now]).length;

Deno.test("differences() finds any other text or picture", () => {
  const stored = chapterOf({ "text/plain": "Value 3", "text/html": "<b>3</b>" });
  assertEquals(count(stored, chapterOf({ "text/html": "<b>3</b>", "text/plain": "Value 3" })), 0);
  assertEquals(count(stored, chapterOf({ "text/plain": "Value 3", "text/html": "<b>4</b>" })), 1);
  assertEquals(count(stored, chapterOf({ "text/plain": "Value 3" })), 1);
  const [message] = differences([stored], [chapterOf({ "text/plain": "Value 3.1" })]);
  assertStringIncludes(message!, '01-data-1\n  says   text/plain (7), text/html (8): "Value 3"\n');
  assertStringIncludes(message!, '\n  gives  text/plain (9): "Value 3.1"');
});

Deno.test("differences() allows the numbers of approximate cells to differ a little", () => {
  const stored = chapterOf({ "text/plain": "loss  0.5000 at\n epoch 20" }, ["approximate"]);
  const now = (text: string) => chapterOf({ "text/plain": text });
  assertEquals(count(stored, now("loss 0.5100 at\n epoch 20")), 0);
  assertEquals(count(stored, now("loss 0.6 at\n epoch 20")), 1);
  assertEquals(count(stored, now("loss 0.5 at\n epoch 20 of 20")), 1);
  assertEquals(count(stored, now("cost 0.5000 at\n epoch 20")), 1);
});

Deno.test("differences() lets approximate pictures differ, and not go", () => {
  const picture = (svg: string) =>
    chapterOf({ "image/svg+xml": svg, "text/plain": svg }, ["approximate"]);
  assertEquals(count(picture("<svg>1"), picture("<svg>2 3")), 0);
  assertEquals(count(picture("<svg>1"), chapterOf({ "text/plain": "<svg>1" })), 1);
});

Deno.test("differences() finds cells and outputs that are missing", () => {
  const stored = chapterOf({ "text/plain": "1" });
  assertEquals(differences([stored], []).length, 1);
  const silent: Chapter = {
    name: "01-data",
    cells: [{ kind: "code", source: "x", tags: [], outputs: [] }],
  };
  assertEquals([count(stored, silent), count(silent, stored)], [1, 1]);
});
