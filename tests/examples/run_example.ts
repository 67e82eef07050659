/** Running an example as a user does: as a process of its own, with no terminal. */

import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";

/** What a process left behind. */
export interface Run {
  /** The exit code. */
  readonly code: number;
  /** What it printed, without the last line break. */
  readonly output: string;
  /** What it complained about, without the last line break. */
  readonly complaint: string;
}

/** Where and with what an example runs. */
export interface RunOptions {
  /** The arguments of the example. */
  readonly args?: readonly string[];
  /** The flags of `deno run`, permissions among them; none unless told otherwise. */
  readonly flags?: readonly string[];
  /** The directory it runs in. */
  readonly cwd?: string;
}

const root = fromFileUrl(new URL("../../", import.meta.url));

/** The path of a file of this repository. */
export function pathOf(file: string): string {
  return root + file;
}

/** Runs the program at a path, with nothing on its standard input. */
export async function runProgram(
  path: string,
  { args = [], flags = [], cwd = root }: RunOptions = {},
): Promise<Run> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", ...flags, path, ...args],
    cwd,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replace(/\r?\n$/, "");
  return { code, output: text(stdout), complaint: text(stderr) };
}

/** What an example prints, line by line; it must end well and complain of nothing. */
export async function linesOf(example: string, options: RunOptions = {}): Promise<string[]> {
  const { code, output, complaint } = await runProgram(pathOf(`examples/${example}`), options);
  assertEquals({ code, complaint }, { code: 0, complaint: "" });
  return output.split("\n");
}
