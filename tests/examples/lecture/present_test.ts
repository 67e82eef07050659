import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { lineChart } from "../../../plot/mod.ts";
import { tabulate, wrap } from "../../../examples/lecture/layout.ts";
import { pictureName, presenter } from "../../../examples/lecture/present.ts";
import { pathOf, runProgram } from "../run_example.ts";

const chapter = pathOf("examples/lecture/04_simpler_model.ts");

/** What a presenter writes. */
function written(
  tell: (p: ReturnType<typeof presenter>) => void,
  width = 80,
  color = false,
): string {
  const texts: string[] = [];
  tell(presenter({ width, color, write: (text) => texts.push(text) }));
  return texts.join("\n");
}

Deno.test("a chapter prints its options with --help, and does not start", async () => {
  const { code, output, complaint } = await runProgram(chapter, { args: ["--help"] });
  assertEquals({ code, complaint }, { code: 0, complaint: "" });
  assertStringIncludes(output, "examples/lecture/04_simpler_model.ts");
  assertStringIncludes(output, "--svg FILE");
  assert(!output.includes("--data"));
});

Deno.test("a chapter answers a command line that it cannot follow with one sentence", async () => {
  const sentences: [string[], RegExp][] = [
    [["--sgv", "a.svg"], /^There is no option --sgv: --help lists the options$/],
    [["--data", "x"], /^There is no option --data: --help lists the options$/],
    [["-x=3"], /^There is no option -x: --help lists the options$/],
    [["a.svg"], /^There is no use for "a.svg": --help lists the options$/],
    [["--svg"], /^--svg takes the name of a file, as in --svg picture.svg$/],
    [["--svg="], /^--svg takes the name of a file, as in --svg picture.svg$/],
    [["--svg", "--help"], /^--svg takes the name of a file, as in --svg picture.svg$/],
  ];
  for (const [args, sentence] of sentences) {
    const { code, output, complaint } = await runProgram(chapter, { args });
    assertEquals({ code, output }, { code: 2, output: "" }, args.join(" "));
    assertMatch(complaint, sentence);
  }
});

Deno.test("--svg without permission gets one sentence that says how to allow it", async () => {
  const { code, output, complaint } = await runProgram(chapter, { args: ["--svg", "a.svg"] });
  assertEquals({ code, output }, { code: 2, output: "" });
  assertEquals(
    complaint,
    "Writing a.svg needs a permission: " +
      "deno run --allow-write examples/lecture/04_simpler_model.ts --svg a.svg",
  );
});

Deno.test("--svg writes each picture to a file of its own", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { code, output, complaint } = await runProgram(chapter, {
      flags: ["--allow-write"],
      args: ["--svg", `${folder}/a.svg`],
    });
    assertEquals({ code, complaint }, { code: 0, complaint: "" });
    assertStringIncludes(output, `Written: ${folder}/a.svg, ${folder}/a-2.svg`);
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    assertEquals(names, ["a-2.svg", "a.svg"]);
    for (const name of names) assertMatch(await Deno.readTextFile(`${folder}/${name}`), /<svg/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("--svg into a folder that is not there gets one sentence", async () => {
  const args = ["--svg", "/no/such/folder/a.svg"];
  const { code, complaint } = await runProgram(chapter, { flags: ["--allow-write"], args });
  assertEquals(code, 2);
  assertMatch(complaint, /^Cannot write \/no\/such\/folder\/a\.svg: .*$/);
});

Deno.test("pictureName() numbers the pictures from the second on", () => {
  assertEquals([0, 1, 2].map((i) => pictureName("b/a.svg", i)), [
    "b/a.svg",
    "b/a-2.svg",
    "b/a-3.svg",
  ]);
  assertEquals(pictureName("a", 1), "a-2.svg");
});

Deno.test("presenter() fits narrow terminals", () => {
  const text = written((p) => {
    p.title("A title that is longer than thirty characters");
    p.heading("A heading that is longer than thirty characters");
    p.say("A paragraph that is longer than thirty characters, and has y = mx + b in it.");
    p.table(["name", "what it is"], [["step", "one update of the parameters by one batch"]]);
    p.show(lineChart({ series: [{ name: "a", points: [[0, 0], [1, 2]] }] }), "A caption below it");
  }, 30);
  for (const line of text.split("\n")) assert([...line].length <= 30, line);
});

Deno.test("presenter() uses colours only where they show", () => {
  const tell = (p: ReturnType<typeof presenter>) => {
    p.title("Title");
    p.table(["a"], [[1]]);
    p.show(lineChart({ series: [{ name: "a", points: [[0, 0], [1, 2]] }] }), "Caption");
  };
  assert(!written(tell).includes("\x1b"));
  const colored = written(tell, 80, true);
  assert(colored.includes("\x1b["));
  // deno-lint-ignore no-control-regex
  assertStringIncludes(colored.replaceAll(/\x1b\[[\d;]*m/g, ""), "Caption");
});

Deno.test("wrap() keeps formulas and what is between backticks on one line", () => {
  assertEquals(wrap("It is\n  the line y = mx + b, again", 14), [
    "It is the line",
    "y = mx + b,",
    "again",
  ]);
  assertEquals(wrap("one `two three` four", 10), ["one", "two three", "four"]);
  assertEquals(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
  assertEquals(wrap("aa = bb + cc", 7), ["aa = bb", "+ cc"]);
  assertEquals(wrap("", 10), [""]);
});

Deno.test("tabulate() aligns numbers at the right with equally many decimals", () => {
  assertEquals(tabulate(["name", "x"], [["a", 1.5], ["bcdef", -10], ["", 0.1 + 0.2]], 40), [
    "name        x",
    "─────   ─────",
    "a         1.5",
    "bcdef   -10.0",
    "          0.3",
  ]);
});

Deno.test("tabulate() wraps headers and words where the table is too wide", () => {
  const lines = tabulate(["n", "words"], [[1, "one two three four five six"]], 20);
  assertEquals(lines, [
    "n words",
    "─ ──────────────────",
    "1 one two three four",
    "  five six",
  ]);
  assertEquals(tabulate(["petal length", "petal width"], [[1.4, 0.2]], 15), [
    "  petal   petal",
    " length   width",
    "─────── ───────",
    "    1.4     0.2",
  ]);
});

Deno.test("tabulate() makes a list of each row where nothing else fits", () => {
  const rows = [["setosa", 1.4], ["virginica", 5.55]];
  assertEquals(tabulate(["species", "length"], rows, 14), [
    "species setosa",
    "length  1.40",
    "",
    "species",
    "virginica",
    "length  5.55",
  ]);
});
