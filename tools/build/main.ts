/**
 * Writes `dist/turunan.js`, the file behind `mod.ts`, if `src/` has changed since: all of the library
 * as one module, which a browser can load too. Deno loads it in a fourth of the time that the files
 * of `src/` take one by one, and with it comes what a first training step runs, compiled already.
 */

import { isCurrent, written } from "./fingerprint.ts";

if (import.meta.main && !await isCurrent()) {
  const { build } = await import("./one_file.ts"); // its packages are needed for this alone
  const text = await build();
  await Deno.mkdir(new URL("./", written), { recursive: true });
  await Deno.writeTextFile(written, text);
}
