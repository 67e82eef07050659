/** Deno as a program of its own. */

/** Runs Deno with these arguments; throws what it complains about, after what could not be done. */
export async function runDeno(failure: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(`${failure}: ${new TextDecoder().decode(stderr)}`);
}

/** Calls `use` with a new folder, which is gone afterwards. */
export async function inNewFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
