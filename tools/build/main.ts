/**
 * Writes `dist/turunan.js`, the file behind `mod.ts`, if `src/` has changed since: all of the library
 * as one module, which a browser can load too. Deno loads it in a fourth of the time that the files
 * of `src/` take one by one, and with it comes what a first training step runs, compiled already.
 */

import { fromFileUrl } from "@std/path";
import { bundle } from "./bundle.ts";
import { keepClassNames } from "./class_names.ts";
import { compileAhead } from "./compile_ahead.ts";
import { fingerprint } from "./fingerprint.ts";
import { functionsRun } from "./functions_run.ts";

const root = new URL("../../", import.meta.url);
const written = new URL("dist/turunan.js", root);

/** Whether the file is of the sources as they are. */
export async function isCurrent(): Promise<boolean> {
  try {
    const [head] = (await Deno.readTextFile(written)).split("\n", 1);
    return head!.endsWith(await fingerprint());
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** What the file should say. */
export async function build(): Promise<string> {
  const code = keepClassNames(await bundle(fromFileUrl(new URL("src/mod.ts", root))));
  const firstSteps = fromFileUrl(new URL("first_steps.ts", import.meta.url));
  const ahead = compileAhead(code, await functionsRun(code, firstSteps));
  return `// Written by "deno task build" from src/: ${await fingerprint()}\n${ahead}`;
}

if (import.meta.main && !await isCurrent()) {
  const text = await build();
  await Deno.mkdir(new URL("./", written), { recursive: true });
  await Deno.writeTextFile(written, text);
}
