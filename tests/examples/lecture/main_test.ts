import { assert, assertEquals, assertLess, assertMatch, assertRejects } from "@std/assert";
import { toFileUrl } from "@std/path";
import { chapters, tellAll } from "../../../examples/lecture/main.ts";
import { presenter } from "../../../examples/lecture/present.ts";
import { linesOf, pathOf, runProgram } from "../run_example.ts";

Deno.test("the lecture tells all eleven chapters in order, with no permission, within a minute", async () => {
  const start = performance.now();
  const lines = await linesOf("lecture/main.ts");
  assertLess(performance.now() - start, 60_000);
  const numbers = lines.flatMap((line) => line.match(/^Chapter (\d+) · /)?.[1] ?? []);
  assertEquals(numbers.map(Number), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assertMatch(lines.join("\n"), /All 11 chapters ran, and their checks held\. It took \d+\.\d s\./);
});

Deno.test("tellAll() stops at a chapter that fails, and names it", async () => {
  const told: string[] = [];
  const chapter = (name: string, error?: Error) => () =>
    Promise.resolve({
      tell: () => {
        told.push(name);
        if (error) throw error;
      },
    });
  const cause = new Error("3 is not 4");
  const failure = await assertRejects(
    () =>
      tellAll(presenter({ width: 80, color: false, write: () => {} }), {
        "01_good": chapter("01_good"),
        "02_bad": chapter("02_bad", cause),
        "03_good": chapter("03_good"),
      }),
    Error,
    "Chapter 02_bad failed",
  );
  assertEquals(failure.cause, cause);
  assertEquals(told, ["01_good", "02_bad"]);
});

Deno.test("a chapter whose check fails ends with exit code 1 and says what failed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const library = toFileUrl(pathOf("examples/lecture/present.ts")).href;
    const program = `import { present } from "${library}";
      await present(() => { throw new Error("3 is not 4"); });`;
    await Deno.writeTextFile(`${folder}/chapter.ts`, program);
    const { code, complaint } = await runProgram(`${folder}/chapter.ts`);
    assertEquals(code, 1);
    assertMatch(complaint, /3 is not 4/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("every chapter of the folder is in the lecture, under its own name", async () => {
  const files = Array.from(Deno.readDirSync(pathOf("examples/lecture")), ({ name }) => name);
  const names = files.filter((name) => /^\d\d_.*\.ts$/.test(name)).sort();
  assertEquals(Object.keys(chapters).map((name) => `${name}.ts`), names);
  const source = await Deno.readTextFile(pathOf("examples/lecture/main.ts"));
  for (const name of Object.keys(chapters)) {
    assert(source.includes(`"${name}": () => import("./${name}.ts")`), name);
  }
});
