/** A module and all that it imports as one. */

import { join } from "@std/path";

/** The module at a path, and all that it imports, as one JavaScript module of ASCII characters. */
export async function bundle(path: string): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    const output = join(folder, "bundle.js");
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["bundle", "--quiet", "--platform", "browser", "--output", output, path],
    }).output();
    if (!success) throw new Error(`Cannot bundle ${path}: ${new TextDecoder().decode(stderr)}`);
    return inAscii(await Deno.readTextFile(output));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Code with other characters escaped: with a single one, V8 keeps it all at two bytes each. */
function inAscii(code: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return code.replace(/[^\0-\x7f]/g, escaped);
}
