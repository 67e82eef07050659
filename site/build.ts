/**
 * Builds the lecture's pages as static files: English ones at the top, Indonesian ones in `id/`,
 * all that they share in `assets/`.
 *
 *     deno task site:build
 */

import { dirname, fromFileUrl, join } from "@std/path";
import { documentOf, indexDocument, type Listed } from "./document.ts";
import type { Language, Page } from "./page.ts";

const languages: readonly Language[] = ["en", "id"];
const source = dirname(fromFileUrl(import.meta.url));

/** Where `deno task site:build` puts the site. */
export const dist: string = join(source, "dist");

/** Builds the site into a folder, whose old contents are lost. */
export async function build(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch(ignoreAbsence);
  const assets = join(folder, "assets");
  await bundle(assets);
  await Deno.copyFile(join(source, "style.css"), join(assets, "style.css"));
  await copyModel(join(assets, "model"));
  const pages = await listPages();
  for (const language of languages) {
    const place = language === "en" ? folder : join(folder, language);
    await Deno.mkdir(place, { recursive: true });
    await Deno.writeTextFile(join(place, "index.html"), indexDocument(pages, language));
    for (const [number, { name }] of pages.entries()) {
      const chunks = await staticImports(assets, `pages/${name}.js`);
      await Deno.writeTextFile(
        join(place, `${name}.html`),
        documentOf(pages, number, { language, chunks }),
      );
    }
  }
}

/** The pages that there are, in the order of their chapters. */
async function listPages(): Promise<Listed[]> {
  const names = await modules("pages");
  return await Promise.all(names.map(async (name) => {
    const { default: page } = await import(`./pages/${name}.ts`) as { default: Page };
    return { name, title: page.title, lead: page.lead };
  }));
}

/** The names of the modules in a folder of the site, sorted. */
async function modules(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(join(source, folder)));
  return entries.map(({ name }) => name).filter((name) => /^\d\d_\w+\.ts$/.test(name))
    .map((name) => name.slice(0, -3)).sort();
}

/** Bundles all that runs in the browser; what several pages share is loaded once. */
async function bundle(assets: string): Promise<void> {
  const entries = ["shell.ts"];
  for (const folder of ["pages", "tasks"]) {
    for (const name of await modules(folder)) entries.push(`${folder}/${name}.ts`);
  }
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--quiet", "--platform", "browser", "--minify", "--code-splitting"],
      ...["--outdir", assets, ...entries],
    ],
    cwd: source,
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new Error(`Cannot bundle the site: ${new TextDecoder().decode(stderr)}`);
}

/** Copies the trained models that pages load, where there are any. */
async function copyModel(to: string): Promise<void> {
  const from = join(source, "model");
  const entries = await Array.fromAsync(Deno.readDir(from)).catch(ignoreAbsence) ?? [];
  const files = entries.filter(({ isFile, name }) => isFile && !name.endsWith(".ts"));
  if (files.length > 0) await Deno.mkdir(to, { recursive: true });
  for (const { name } of files) await Deno.copyFile(join(from, name), join(to, name));
}

function ignoreAbsence(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/** What a built module loads before it runs, and what that loads: paths below `assets`. */
async function staticImports(assets: string, path: string): Promise<string[]> {
  const found = new Set<string>();
  const visit = async (at: string) => {
    const text = await Deno.readTextFile(join(assets, at));
    for (const [, from] of text.matchAll(/(?:from|import)\s*"(\.{1,2}\/[^"]+\.js)"/g)) {
      const target = new URL(from!, `http://site/${at}`).pathname.slice(1);
      if (found.has(target)) continue;
      found.add(target);
      await visit(target);
    }
  };
  await visit(path);
  return [...found];
}

if (import.meta.main) {
  await build(dist);
  console.log(`The site is in ${dist}`);
}
