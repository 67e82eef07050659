/** The rooms of the house: who may import whom, and how large a file may be. */

import { assert, assertEquals } from "@std/assert";

const root = new URL("../", import.meta.url);
const rooms = [
  "ops",
  "autodiff",
  "backends",
  "values",
  "formula",
  "compile",
  "data",
  "optim",
  "nn",
  "formats",
];

function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, root))) {
    if (isDirectory) yield* sources(`${folder}${name}/`);
    else if (name.endsWith(".ts")) yield `${folder}${name}`;
  }
}

const files = [...sources("src/")].map((path) => {
  const text = Deno.readTextFileSync(new URL(path, root));
  const imports = [...text.matchAll(/^(import|export)\b( type)?[^;]*? from "([^"]+)";/gm)]
    .map(([, , type, from]) => ({
      isType: type !== undefined,
      target: new URL(from!, new URL(path, root)).href.replace(root.href, ""),
    }));
  return { path, text, imports };
});

const list = "src/mod.ts"; // of what users may import

const roomOf = (path: string) => rooms.indexOf(path.split("/")[1] ?? "");

Deno.test("src/ has a room for every folder", () => {
  for (const { path } of files) {
    assert(path.split("/").length === 2 || roomOf(path) >= 0, path);
  }
});

/** The imports that break a rule, as sentences. */
function offending(isWrong: (path: string, target: string, isType: boolean) => boolean): string[] {
  return files.flatMap(({ path, imports }) =>
    imports.filter(({ target, isType }) => isWrong(path, target, isType))
      .map(({ target }) => `${path} imports ${target}`)
  );
}

Deno.test("a room imports only from rooms above it, types apart", () => {
  const isBelow = (path: string, target: string) => roomOf(target) > roomOf(path);
  assertEquals(
    offending((path, target, isType) => path !== list && !isType && isBelow(path, target)),
    [],
  );
});

Deno.test("the library imports nothing but itself", () => {
  assertEquals(offending((_, target) => !target.startsWith("src/")), []);
  const modText = Deno.readTextFileSync(new URL("mod.ts", root));
  assertEquals(modText.match(/^(im|ex)port .*/gm), ['export * from "./dist/turunan.js";']);
});

Deno.test("classes of tensors have no methods of the kind that marks each instance", () => {
  // A class with a #method marks every object it makes: ten nanoseconds for each of the classes.
  const marking = /^ +(get |set |async |\*)?#\w+(<.*>)?\(/m;
  const family = files.filter(({ path, text }) =>
    path.startsWith("src/values/") && /^export (abstract )?class \w+ extends/m.test(text)
  );
  assert(family.length > 8);
  assertEquals(family.filter(({ text }) => marking.test(text)).map(({ path }) => path), []);
});

Deno.test("no file is longer than 320 lines", () => {
  const lengths = files.map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));
  assertEquals(lengths.filter(({ lines }) => lines > 320), []);
});
