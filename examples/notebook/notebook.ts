/** Jupyter notebooks as data: the part of nbformat 4.5 that the lecture needs. */

/** What a cell gave, by media type. */
export type Bundle = Readonly<Record<string, string>>;

/** The value of the last expression of a cell. */
export interface Result {
  readonly output_type: "execute_result";
  readonly data: Bundle;
}

/** What a cell printed. */
export interface Printed {
  readonly output_type: "stream";
  readonly name: "stdout" | "stderr";
  readonly text: string;
}

/** What a cell gave or printed. */
export type Output = Result | Printed;

/** Prose. */
export interface MarkdownCell {
  readonly kind: "markdown";
  readonly source: string;
}

/** A piece of a program with what it gave. */
export interface CodeCell {
  readonly kind: "code";
  readonly source: string;
  readonly tags: readonly string[];
  readonly outputs: readonly Output[];
}

/** A cell. */
export type Cell = MarkdownCell | CodeCell;

/** Cells that belong together, from a heading of the first level to the next. */
export interface Chapter {
  /** What the names of its cells begin with. */
  readonly name: string;
  readonly cells: readonly Cell[];
}

const metadata = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

/** Chapters as the text of a notebook file; the same chapters give the same text. */
export function writeNotebook(chapters: readonly Chapter[]): string {
  let count = 0;
  const cells = chapters.flatMap(({ name, cells }) =>
    cells.map((cell, i) => {
      const id = `${name}-${i + 1}`;
      const source = lines(cell.source);
      if (cell.kind === "markdown") return { cell_type: "markdown", id, metadata: {}, source };
      count++;
      return {
        cell_type: "code",
        execution_count: count,
        id,
        metadata: cell.tags.length === 0 ? {} : { tags: cell.tags },
        outputs: cell.outputs.map((output) => outputRecord(output, count)),
        source,
      };
    })
  );
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

function outputRecord(output: Output, count: number): unknown {
  if (output.output_type === "stream") {
    return { name: output.name, output_type: "stream", text: lines(output.text) };
  }
  const data = Object.entries(output.data).sort().map(([type, text]) => [type, lines(text)]);
  return {
    data: Object.fromEntries(data),
    execution_count: count,
    metadata: {},
    output_type: "execute_result",
  };
}

/** A text as nbformat keeps it: its lines, each with its line break. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** What a notebook file holds, as far as it is read here. */
interface Stored {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly id: string;
    readonly metadata: { readonly tags?: readonly string[] };
    readonly outputs?: readonly StoredOutput[];
    readonly source: Text;
  }[];
}

type Text = string | readonly string[];

type StoredOutput =
  | { readonly output_type: "execute_result"; readonly data: Readonly<Record<string, Text>> }
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: Text };

/** The chapters of a notebook that `writeNotebook` wrote; throws a `SyntaxError` for other text. */
export function readNotebook(text: string): Chapter[] {
  const { cells } = JSON.parse(text) as Stored;
  const chapters = new Map<string, Cell[]>();
  for (const { cell_type, id, metadata, outputs = [], source } of cells) {
    const name = id.replace(/-\d+$/, "");
    if (!chapters.has(name)) chapters.set(name, []);
    chapters.get(name)!.push(
      cell_type === "markdown" ? { kind: "markdown", source: joined(source) } : {
        kind: "code",
        source: joined(source),
        tags: metadata.tags ?? [],
        outputs: outputs.map(readOutput),
      },
    );
  }
  return [...chapters].map(([name, cells]) => ({ name, cells }));
}

function readOutput(output: StoredOutput): Output {
  if (output.output_type === "stream") {
    return { output_type: "stream", name: output.name, text: joined(output.text) };
  }
  const data = Object.entries(output.data).map(([type, text]) => [type, joined(text)]);
  return { output_type: "execute_result", data: Object.fromEntries(data) };
}

function joined(text: Text): string {
  return typeof text === "string" ? text : text.join("");
}
