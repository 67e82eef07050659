import { assert, assertEquals } from "@std/assert";
import { toFileUrl } from "@std/path";
import { pathOf, runProgram } from "./run_example.ts";

Deno.test("examples/elsewhere/main.ts runs without a deno.json, copied to another folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const program = await Deno.readTextFile(pathOf("examples/elsewhere/main.ts"));
    const library = toFileUrl(pathOf("mod.ts")).href;
    assert(program.includes('"../../mod.ts"'));
    await Deno.writeTextFile(`${folder}/main.ts`, program.replace("../../mod.ts", library));
    const { code, output, complaint } = await runProgram("main.ts", {
      flags: ["--no-config"],
      cwd: folder,
    });
    assertEquals({ code, complaint }, { code: 0, complaint: "" });
    const lines = output.split("\n");
    assertEquals(lines[0], "f = exp(x) - 3x, f' = exp(x) - 3, f'' = exp(x)");
    assertEquals(lines.at(-2)!.match(/x = ([\d.]+)/)![1], lines.at(-1)!.replace("log 3 = ", ""));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("examples/elsewhere/main.ts runs where it is, from another folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = pathOf("examples/elsewhere/main.ts");
    const run = await runProgram(path, { flags: ["--no-config"], cwd: folder });
    assertEquals({ code: run.code, complaint: run.complaint }, { code: 0, complaint: "" });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
