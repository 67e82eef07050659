/** Reading files by Deno, whose types users of a page or of another runtime need not have. */

import { DataError } from "./error.ts";

/** As much of what is said of a file as is asked for. */
interface FileInfo {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
}

/** As much of Deno as is needed here. */
interface Runtime {
  readFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>>;
  stat(path: string | URL): Promise<FileInfo>;
}

function runtime(): Runtime {
  const { Deno } = globalThis as unknown as { Deno?: Runtime };
  if (Deno === undefined) throw new DataError("Cannot read files outside of Deno: use parseIdx");
  return Deno;
}

/** Why there is no file at a path, by the name of Deno's error. */
const states: Readonly<Record<string, string>> = {
  NotFound: "there is no such file",
  NotADirectory: "a part of its path is not a directory",
  IsADirectory: "it is a directory",
};

/** Why there is no file to read, or null where an error says itself what is missing: a permission. */
export function stateOf(error: unknown): string | null {
  return states[(error as Error).name] ?? null;
}

/** The bytes of a file. */
export function readFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  return runtime().readFile(path);
}

/** What stands at `path`, or null where nothing does. */
export async function stat(path: string | URL): Promise<FileInfo | null> {
  try {
    return await runtime().stat(path);
  } catch (error) {
    if (stateOf(error) !== null) return null;
    throw error;
  }
}
