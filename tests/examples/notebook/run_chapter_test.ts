import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Cell, CodeCell, Output } from "../../../examples/notebook/notebook.ts";
import { CellError, runChapter } from "../../../examples/notebook/run_chapter.ts";

const here = new URL("./", import.meta.url);

/** What cells give, one list of outputs for each. */
async function outputsOf(...sources: string[]): Promise<CodeCell["outputs"][]> {
  const code = sources.map((source): Cell => ({ kind: "code", source, tags: [], outputs: [] }));
  const cells: Cell[] = [{ kind: "markdown", source: "# Prose" }, ...code];
  const ran = await runChapter({ name: "00-test", cells }, here);
  return ran.cells.flatMap((cell) => cell.kind === "code" ? [cell.outputs] : []);
}

/** The value of a cell that has no way of its own to show itself. */
const text = (text: string): Output => ({
  output_type: "execute_result",
  data: { "text/plain": text },
});

Deno.test("runChapter() gives the last expression of each cell, in one scope", async () => {
  assertEquals(await outputsOf("const x: number = 3;\nx + 1", "const y = [x, 'a'];", "y"), [
    [text("4")],
    [],
    [text('[ 3, "a" ]')],
  ]);
});

Deno.test("runChapter() gives what is printed to the cell that prints it", async () => {
  const outputs = await outputsOf('console.log("a", [1]);\nconsole.log(2);\nawait 5', "undefined");
  assertEquals(outputs, [
    [{ output_type: "stream", name: "stdout", text: "a [ 1 ]\n2\n" }, text("5")],
    [],
  ]);
});

Deno.test("runChapter() imports by paths from the folder, the same from several cells", async () => {
  const from = 'import { value } from "../../../mod.ts";\n';
  const [first, second] = await outputsOf(`${from}const x = value(3, "x");\nx`, `${from}value(4)`);
  const [output] = first!;
  assert(output?.output_type === "execute_result");
  assertEquals(output.data["text/plain"], "Value x 3, grad 0");
  assertStringIncludes(output.data["text/html"]!, "<table");
  assertEquals(second!.length, 1);
});

Deno.test("runChapter() waits for what shows itself later", async () => {
  const shown =
    '({ [Symbol.for("Jupyter.display")]: async () => ({ "text/plain": await "late" }) })';
  assertEquals(await outputsOf(shown), [[text("late")]]);
});

Deno.test("runChapter() rejects with the cell that fails, and prints to the console again", async () => {
  const log = console.log;
  const error = await assertRejects(
    () => outputsOf("1", "const bad = 2;\n(() => {\n  throw new RangeError('too far');\n})()"),
    CellError,
    "A cell of 00-test failed: RangeError: too far",
  );
  assertStringIncludes(error.message, "const bad = 2;");
  assertEquals(console.log, log);
});
