/** Which functions of a module a program runs. */

import { join, toFileUrl } from "@std/path";
import { inNewFolder, runDeno } from "./deno.ts";

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
  return await inNewFolder(async (folder) => {
    const main = join(folder, "main.js"), counts = join(folder, "counts");
    await Deno.writeTextFile(join(folder, "module.js"), code);
    await Deno.writeTextFile(
      main,
      `import * as module from "./module.js";
       import run from "${toFileUrl(program).href}";
       run(module);`,
    );
    const flags = ["--quiet", "--no-check", `--coverage=${counts}`];
    await runDeno(`Cannot run ${program}`, "run", ...flags, main);
    for (const { name } of Deno.readDirSync(counts)) {
      const { url, functions } = JSON.parse(Deno.readTextFileSync(join(counts, name))) as Coverage;
      if (!url.endsWith("/module.js")) continue;
      return functions.flatMap(({ ranges: [whole] }) =>
        whole!.count === 0 ? [] : [{ start: whole!.startOffset, end: whole!.endOffset }]
      );
    }
    throw new Error(`Cannot find what ${program} ran: Deno counted no calls of its module`);
  });
}
