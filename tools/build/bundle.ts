/** A module and all that it imports as one. */

import { join } from "@std/path";
import { inNewFolder, runDeno } from "./deno.ts";

/** The module at a path, and all that it imports, as one JavaScript module of ASCII characters. */
export async function bundle(path: string): Promise<string> {
  return await inNewFolder(async (folder) => {
    const output = join(folder, "bundle.js");
    const flags = ["--quiet", "--platform", "browser", "--output", output];
    await runDeno(`Cannot bundle ${path}`, "bundle", ...flags, path);
    return inAscii(await Deno.readTextFile(output));
  });
}

/** Code with other characters escaped: with a single one, V8 keeps it all at two bytes each. */
function inAscii(code: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return code.replace(/[^\0-\x7f]/g, escaped);
}
