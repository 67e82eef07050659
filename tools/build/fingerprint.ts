/** What tells whether the built file is of these sources. */

const root = new URL("../../", import.meta.url);

/** Where the built file is. */
export const written: URL = new URL("dist/turunan.js", root);

/** Whether it is of the sources as they are. */
export async function isCurrent(): Promise<boolean> {
  try {
    const [head] = (await Deno.readTextFile(written)).split("\n", 1);
    return head!.endsWith(await fingerprint());
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** A digest of the library and of what builds it, file by file; line endings do not count. */
export async function fingerprint(): Promise<string> {
  const texts = ["src/", "tools/build/"].flatMap(files).sort().map((path) =>
    `${path}\n${Deno.readTextFileSync(new URL(path, root)).replaceAll("\r\n", "\n")}`
  );
  const bytes = new TextEncoder().encode(texts.join("\n"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** The paths of the TypeScript files in a folder of the repository. */
function files(folder: string): string[] {
  return [...Deno.readDirSync(new URL(folder, root))].flatMap(({ name, isDirectory }) => {
    if (isDirectory) return files(`${folder}${name}/`);
    return name.endsWith(".ts") ? [`${folder}${name}`] : [];
  });
}
