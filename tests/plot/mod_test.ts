/** The room stands apart: the library does without it, and it does without packages until it must. */

import { assert, assertEquals } from "@std/assert";

const root = new URL("../../", import.meta.url);

function sources(folder: string): { readonly path: string; readonly text: string }[] {
  return [...Deno.readDirSync(new URL(folder, root))].flatMap(({ name, isDirectory }) => {
    if (isDirectory) return sources(`${folder}${name}/`);
    if (!name.endsWith(".ts")) return [];
    const path = `${folder}${name}`;
    return [{ path, text: Deno.readTextFileSync(new URL(path, root)) }];
  });
}

const files = sources("plot/");
const importsOf = (text: string) =>
  [...text.matchAll(/^(?:import|export)\b(?! type)[^;]*? from "([^"]+)";/gm)].map(([, from]) =>
    from!
  );

Deno.test("plot/ loads packages in plot/svg/ alone, each with its version", () => {
  for (const { path, text } of files) {
    for (const from of importsOf(text)) {
      if (from.startsWith(".")) continue;
      assert(path.startsWith("plot/svg/"), `${path} imports ${from}`);
      assert(/^npm:(@[\w-]+\/)?[\w-]+@\d+\.\d+\.\d+$/.test(from), `${path} imports ${from}`);
    }
  }
});

Deno.test("plot/svg/ is imported by nothing outside, but for the dynamic import of toSvg", () => {
  for (const { path, text } of files.filter(({ path }) => !path.startsWith("plot/svg/"))) {
    assertEquals(importsOf(text).filter((from) => from.includes("svg/")), [], path);
    assertEquals(text.includes('import("./svg/draw.ts")'), path === "plot/to_svg.ts", path);
  }
});

Deno.test("the library does not import plot/", () => {
  const library = [...sources("src/"), {
    path: "mod.ts",
    text: Deno.readTextFileSync(new URL("mod.ts", root)),
  }];
  assert(library.length > 100);
  for (const { path, text } of library) {
    assertEquals(importsOf(text).filter((from) => /\bplot\//.test(from)), [], path);
  }
});

Deno.test("plot/ takes from the library what users can, and one function that keeps no state", () => {
  for (const { path, text } of files) {
    const outside = importsOf(text).map((from) => new URL(from, new URL(path, root)).href)
      .filter((href) => href.startsWith(root.href) && !href.startsWith(`${root.href}plot/`));
    for (const href of outside) {
      assert(["mod.ts", "src/ops/describe.ts"].includes(href.replace(root.href, "")), href);
    }
  }
});

Deno.test("no file of plot/ is longer than 300 lines", () => {
  assert(files.length > 40);
  for (const { path, text } of files) assert(text.split("\n").length <= 301, path);
});
