/**
 * How a chapter of the lecture is presented: on the terminal, no wider than it is, and with
 * `--svg FILE` its pictures as files.
 */

import { type Drawing, toSvg, toText } from "../../plot/mod.ts";
import { type Cell, tabulate, wrap } from "./layout.ts";

/** What a chapter tells its story with. */
export interface Presenter {
  /** What the command line asks for. */
  readonly options: PresenterOptions;
  /** The name of the chapter. */
  title(text: string): void;
  /** The name of a section. */
  heading(text: string): void;
  /** A paragraph: line breaks are reflowed, and formulas stay on one line. */
  say(text: string): void;
  /** Text as it stands. */
  print(text: string): void;
  /** Aligned columns, numbers at the right. */
  table(headers: readonly string[], rows: readonly (readonly Cell[])[]): void;
  /** A picture with a sentence below it. */
  show(drawing: Drawing, caption?: string): void;
}

/** What the command line can ask a chapter for. */
export interface PresenterOptions {
  /** How many characters fit a line, if that is limited. */
  readonly width?: number;
  /** The folder of the four MNIST files, where the chapter takes one and one is given. */
  readonly data?: string;
}

/** A chapter. */
export type Tell = (presenter: Presenter) => void | Promise<void>;

/** Which options a chapter takes apart from `--svg` and `--help`. */
export interface PresentOptions {
  /** Whether it takes `--data DIR`. */
  readonly data?: boolean;
}

/** A command line that cannot be followed, told in one sentence. */
export class CommandLineError extends Error {}

/**
 * Presents a chapter on the terminal; `--svg FILE` writes its pictures, too, as FILE, FILE-2.svg
 * and so on. A command line that cannot be followed gets one sentence and exit code 2.
 */
export async function present(tell: Tell, takes: PresentOptions = {}): Promise<void> {
  try {
    const { help, svg, ...options } = readCommandLine(Deno.args, takes);
    if (help) return console.log(usage(takes));
    if (svg !== undefined) requireWriting(svg);
    const isTerminal = Deno.stdout.isTerminal();
    const drawings: Drawing[] = [];
    await tell(presenter({
      options,
      width: (isTerminal && Deno.consoleSize().columns) || 80, // some terminals say 0
      color: isTerminal && !Deno.noColor,
      write: (text) => console.log(text),
      keep: (drawing) => drawings.push(drawing),
    }));
    if (svg !== undefined) await writeDrawings(drawings, svg);
  } catch (error) {
    if (!(error instanceof CommandLineError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}

/** Where and how a presenter prints. */
export interface Stage {
  readonly options?: PresenterOptions;
  /** How many characters fit a line. */
  readonly width: number;
  /** Whether colours show. */
  readonly color: boolean;
  /** Prints text that may have several lines. */
  readonly write: (text: string) => void;
  /** Is handed each drawing that is shown. */
  readonly keep?: (drawing: Drawing) => void;
}

/** Long lines are hard to read: paragraphs end here, pictures a little later. */
const widest = { text: 80, picture: 100 } as const;

/** A presenter that prints lines of text. */
export function presenter({ options = {}, width, color, write, keep }: Stage): Presenter {
  const measure = Math.max(20, Math.min(width, widest.text));
  const paint = (code: string, text: string) => color ? `\x1b[${code}m${text}\x1b[0m` : text;
  let pictures = 0;
  const lines = (text: string, code: string) =>
    wrap(text, measure).map((line) => paint(code, line)).join("\n");
  return {
    options: { width: measure, ...options },
    title: (text) => {
      pictures = 0;
      const rule = paint("36", "━".repeat(measure));
      write(`${rule}\n${lines(text, "1")}\n${rule}\n`);
    },
    heading: (text) => write(`${lines(text, "1;36")}\n`),
    say: (text) => write(`${wrap(text, measure).join("\n")}\n`),
    print: (text) => write(`${text}\n`),
    table: (headers, rows) => {
      const [first = "", ...rest] = tabulate(headers, rows, measure);
      write(`${[paint("1", first), ...rest].join("\n")}\n`);
    },
    show: (drawing, caption) => {
      keep?.(drawing);
      write(toText(drawing, { width: Math.max(20, Math.min(width, widest.picture)), color }));
      if (caption !== undefined) write(`${lines(`Picture ${++pictures}. ${caption}`, "2")}\n`);
    },
  };
}

/** What a command line says. */
interface CommandLine extends PresenterOptions {
  readonly help: boolean;
  readonly svg?: string;
}

function readCommandLine(args: readonly string[], takes: PresentOptions): CommandLine {
  const given: { help: boolean; svg?: string; data?: string } = { help: false };
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [, flag = "", inline] = argument.match(/^--([^=]*)(?:=(.*))?$/s) ?? [];
    if (argument === "--help" || argument === "-h") {
      given.help = true;
    } else if (flag === "svg" || (flag === "data" && takes.data === true)) {
      const name = inline ?? rest.shift() ?? "";
      if (name === "" || (inline === undefined && name.startsWith("--"))) {
        const what = flag === "svg" ? "a file, as in --svg picture.svg" : "a folder";
        throw new CommandLineError(`--${flag} takes the name of ${what}`);
      }
      given[flag] = name;
    } else {
      const what = argument.startsWith("-")
        ? `There is no option ${argument.replace(/=.*/s, "")}`
        : `There is no use for "${argument}"`;
      throw new CommandLineError(`${what}: --help lists the options`);
    }
  }
  return given;
}

function usage(takes: PresentOptions): string {
  const command = `deno run PERMISSION ${programName()}`;
  const data = "  --data DIR   the four MNIST files instead of drawn digits; needs --allow-read\n";
  return `\
Usage: deno run ${programName()}
       ${command.replace("PERMISSION", "--allow-write")} --svg FILE

Tells its part of the lecture on the terminal, computed as you read.

  --svg FILE   also writes the pictures: FILE, FILE-2.svg, ..; needs --allow-write
${takes.data === true ? data : ""}  --help       prints this and stops`;
}

/** The program as it is named on the command line, if it lies below the working directory. */
function programName(): string {
  const path = decodeURIComponent(new URL(Deno.mainModule).pathname);
  return path.match(/examples\/lecture\/[^/]*$/)?.[0] ?? path;
}

function requireWriting(path: string): void {
  const { state } = Deno.permissions.querySync({ name: "write", path });
  if (state !== "granted") throw new CommandLineError(noPermission(path));
}

function noPermission(path: string): string {
  return `Writing ${path} needs a permission: ` +
    `deno run --allow-write ${programName()} --svg ${path}`;
}

/** The name of the picture of a rank: `a.svg`, `a-2.svg`, `a-3.svg` and so on. */
export function pictureName(file: string, rank: number): string {
  if (rank === 0) return file;
  const [, stem, ending] = file.match(/^(.*?)(\.svg)?$/is)!;
  return `${stem}-${rank + 1}${ending ?? ".svg"}`;
}

async function writeDrawings(drawings: readonly Drawing[], file: string): Promise<void> {
  const names = drawings.map((_, rank) => pictureName(file, rank));
  for (const [rank, drawing] of drawings.entries()) {
    const svg = await toSvg(drawing);
    try {
      await Deno.writeTextFile(names[rank]!, svg);
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) {
        throw new CommandLineError(noPermission(names[rank]!));
      }
      throw new CommandLineError(`Cannot write ${names[rank]}: ${(error as Error).message}`);
    }
  }
  console.log(
    `Written: ${names.length === 0 ? "nothing, as there is no picture" : names.join(", ")}`,
  );
}
