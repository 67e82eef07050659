import { assertEquals, assertThrows } from "@std/assert";
import {
  isExpression,
  isImport,
  readCells,
  statementsOf,
} from "../../../examples/notebook/cell_source.ts";

Deno.test("readCells() reads prose and code, and leaves out what stands before them", () => {
  const program = [
    "/** For readers. */",
    "",
    "// %% [markdown]",
    "// # A title",
    "//",
    "// with $a_1$ // and more",
    "",
    "// %%",
    "const x = 3;",
    "x + 1;",
    "",
    '// %% tags=["approximate"]',
    "x;",
    "",
  ].join("\n");
  assertEquals(readCells(program), [
    { kind: "markdown", source: "# A title\n\nwith $a_1$ // and more" },
    { kind: "code", source: "const x = 3;\nx + 1", tags: [], outputs: [] },
    { kind: "code", source: "x", tags: ["approximate"], outputs: [] },
  ]);
});

Deno.test("readCells() refuses cells whose last value would not be seen as it is", () => {
  const cell = (body: string) => () => readCells(`// %%\n${body}\n`);
  for (const body of ["for (const i of [1]) i;", "if (a) {\n  b;\n}", "f();\nconst x = 1;"]) {
    assertThrows(cell(body), SyntaxError, "ends with");
  }
  assertEquals(cell("const x = 1;\nfunction f() {\n  return x;\n}")().length, 1);
  assertThrows(() => readCells("// %% [raw]\nx;\n"), SyntaxError, '"[raw]"');
});

Deno.test("statementsOf() parts a program at what begins at the left margin", () => {
  const statements = [
    'import {\n  a,\n  b,\n} from "./a.ts";',
    "// a note\n// on f\nfunction f(\n  x: number,\n) {\n  return x;\n}",
    "const text = `\n  ${f(1)}\n`;",
    "`${text}`;",
    "if (a) {\n  b();\n} else {\n  c();\n}",
    "[1, 2]\n  .map(f);",
    "({ a });",
  ];
  assertEquals(statementsOf(statements.join("\n\n")), statements);
  assertEquals(statements.map(isImport), [true, false, false, false, false, false, false]);
  assertEquals(statements.map(isExpression), [false, false, false, true, false, true, true]);
  assertEquals(isExpression("import.meta.url"), true);
  assertEquals(isExpression("await f()"), true);
  assertEquals(isExpression("formula(x)"), true);
  assertEquals(isExpression("// a note\nconst x = 1;"), false);
});
