/** The library as one file. */

import { fromFileUrl } from "@std/path";
import { bundle } from "./bundle.ts";
import { keepClassNames } from "./class_names.ts";
import { compileAhead } from "./compile_ahead.ts";
import { fingerprint } from "./fingerprint.ts";
import { functionsRun } from "./functions_run.ts";

/** What `dist/turunan.js` should say for the sources as they are. */
export async function build(): Promise<string> {
  const pathOf = (file: string) => fromFileUrl(new URL(file, import.meta.url));
  const code = keepClassNames(await bundle(pathOf("../../src/mod.ts")));
  const ahead = compileAhead(code, await functionsRun(code, pathOf("first_steps.ts")));
  return `// Written by "deno task build" from src/: ${await fingerprint()}\n` +
    `// @ts-self-types="../src/mod.ts"\n${ahead}`;
}
