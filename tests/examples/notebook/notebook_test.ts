import { assertEquals, assertMatch } from "@std/assert";
import { type Chapter, readNotebook, writeNotebook } from "../../../examples/notebook/notebook.ts";

const chapters: Chapter[] = [
  {
    name: "01-data",
    cells: [
      { kind: "markdown", source: "# Data\n\nwords" },
      { kind: "code", source: "1", tags: ["approximate"], outputs: [] },
    ],
  },
  {
    name: "02-one-neuron",
    cells: [{
      kind: "code",
      source: "const x = 1;\nx",
      tags: [],
      outputs: [
        { output_type: "stream", name: "stdout", text: "a\nb\n" },
        { output_type: "execute_result", data: { "text/html": "<b>", "text/plain": "1\n2" } },
      ],
    }],
  },
];

Deno.test("readNotebook() reads what writeNotebook() writes", () => {
  const text = writeNotebook(chapters);
  assertEquals(readNotebook(text), chapters);
  assertEquals(writeNotebook(readNotebook(text)), text);
});

Deno.test("writeNotebook() writes nbformat 4.5 for Deno's kernel", () => {
  const { cells, metadata, nbformat, nbformat_minor } = JSON.parse(writeNotebook(chapters));
  assertEquals([nbformat, nbformat_minor], [4, 5]);
  assertEquals(metadata.kernelspec.name, "deno");
  const ids = cells.map(({ id }: { id: string }) => id);
  assertEquals(ids, ["01-data-1", "01-data-2", "02-one-neuron-1"]);
  for (const id of ids) assertMatch(id, /^[a-zA-Z0-9-_]{1,64}$/);
  assertEquals(cells[1].metadata, { tags: ["approximate"] });
  assertEquals(cells[2].source, ["const x = 1;\n", "x"]);
  assertEquals(cells[2].execution_count, 2);
  assertEquals(cells[2].outputs, [
    { name: "stdout", output_type: "stream", text: ["a\n", "b\n"] },
    {
      data: { "text/html": ["<b>"], "text/plain": ["1\n", "2"] },
      execution_count: 2,
      metadata: {},
      output_type: "execute_result",
    },
  ]);
});
