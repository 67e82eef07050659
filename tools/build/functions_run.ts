/** Which functions of a module a program runs. */

import { join, toFileUrl } from "@std/path";

/** Where a function stands in its module, in characters. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What Deno writes of a module of which it counts the calls. */
interface Coverage {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly { startOffset: number; endOffset: number; count: number }[];
  }[];
}

/** The functions of a module that run where the default export of `program` is called with it. */
export async function functionsRun(code: string, program: string): Promise<Span[]> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "module.js"), code);
    await Deno.writeTextFile(
      join(folder, "main.js"),
      `import * as module from "./module.js";
       import run from "${toFileUrl(program).href}";
       run(module);`,
    );
    const counts = join(folder, "counts");
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", `--coverage=${counts}`, join(folder, "main.js")],
    }).output();
    if (!success) throw new Error(`Cannot run ${program}: ${new TextDecoder().decode(stderr)}`);
    for (const { name } of Deno.readDirSync(counts)) {
      const { url, functions } = JSON.parse(Deno.readTextFileSync(join(counts, name))) as Coverage;
      if (!url.endsWith("/module.js")) continue;
      return functions.flatMap(({ ranges: [whole] }) =>
        whole!.count === 0 ? [] : [{ start: whole!.startOffset, end: whole!.endOffset }]
      );
    }
    throw new Error(`Cannot find what ${program} ran: Deno counted no calls of its module`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
