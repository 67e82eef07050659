/**
 * Running the cells of a chapter as Deno's kernel does, without Jupyter: as one module whose imports
 * come first, and which tells where each cell begins and what its last expression is.
 */

import { isExpression, isImport, statementsOf } from "./cell_source.ts";
import type { Bundle, Cell, Chapter, CodeCell, Output } from "./notebook.ts";

/** A cell that failed. */
export class CellError extends Error {
  override readonly name = "CellError";
}

const channel = Symbol.for("turunan.notebook");

/**
 * The chapter with what its cells give now. Relative imports start from `folder`. Throws a
 * `CellError` that names the cell and quotes it where one fails.
 */
export async function runChapter(chapter: Chapter, folder: URL): Promise<Chapter> {
  const code = chapter.cells.filter((cell) => cell.kind === "code");
  const stage = new Stage(code.length);
  const printing = listen(stage);
  Reflect.set(globalThis, channel, stage);
  const type = "application/typescript";
  const url = URL.createObjectURL(new Blob([moduleOf(code, folder)], { type }));
  try {
    await import(url);
  } catch (cause) {
    const { source = "" } = code[stage.current] ?? {};
    const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new CellError(`A cell of ${chapter.name} failed: ${message}\n\n${source}`, { cause });
  } finally {
    URL.revokeObjectURL(url);
    Reflect.deleteProperty(globalThis, channel);
    printing.stop();
  }
  let next = 0;
  const cells = chapter.cells.map((cell): Cell =>
    cell.kind === "markdown" ? cell : { ...cell, outputs: stage.outputs[next++]! }
  );
  return { ...chapter, cells };
}

/** What the module of a chapter talks to. */
class Stage {
  /** The cell that is running. */
  current = 0;
  /** What each cell has given so far. */
  readonly outputs: readonly Output[][];

  constructor(count: number) {
    this.outputs = Array.from({ length: count }, () => []);
  }

  begin(cell: number): void {
    this.current = cell;
  }

  async show(result: unknown): Promise<void> {
    const data = await bundleOf(result);
    if (data !== null) this.#add({ output_type: "execute_result", data });
  }

  print(name: "stdout" | "stderr", text: string): void {
    const last = this.outputs[this.current]!.at(-1);
    if (last?.output_type === "stream" && last.name === name) {
      this.outputs[this.current]!.pop();
      this.#add({ ...last, text: last.text + text });
    } else this.#add({ output_type: "stream", name, text });
  }

  #add(output: Output): void {
    this.outputs[this.current]!.push(output);
  }
}

/** What a notebook shows of a value, or null for nothing. */
async function bundleOf(result: unknown): Promise<Bundle | null> {
  if (result === undefined || result === null) return null;
  const display = Reflect.get(Object(result), Symbol.for("Jupyter.display"));
  if (typeof display === "function") return await display.call(result);
  return { "text/plain": Deno.inspect(result, { colors: false }) };
}

/** Hands what is printed to a stage instead, until it is stopped. */
function listen(stage: Stage): { stop(): void } {
  const before = { log: console.log, error: console.error };
  const printed = (values: readonly unknown[]) =>
    values.map((one) => typeof one === "string" ? one : Deno.inspect(one, { colors: false }))
      .join(" ") + "\n";
  console.log = (...values) => stage.print("stdout", printed(values));
  console.error = (...values) => stage.print("stderr", printed(values));
  return { stop: () => void Object.assign(console, before) };
}

/** The cells as one module. */
function moduleOf(cells: readonly CodeCell[], folder: URL): string {
  const statements = cells.map(({ source }) => statementsOf(source));
  const imports = new Set(statements.flat().filter(isImport).map((one) => rebased(one, folder)));
  const bodies = statements.map((own, i) => {
    const rest = own.filter((one) => !isImport(one));
    const last = rest.at(-1) ?? "";
    const isShown = isExpression(last);
    return [
      `$stage.begin(${i});`,
      ...(isShown ? rest.slice(0, -1) : rest),
      ...(isShown ? [`const $${i} =\n${last}\n;`, `await $stage.show($${i});`] : []),
    ].join("\n");
  });
  const stage = `const $stage = globalThis[Symbol.for("${channel.description}")];`;
  return [...imports, stage, ...bodies].join("\n");
}

/** An import whose relative specifier is written out. */
function rebased(statement: string, folder: URL): string {
  return statement.replace(/(["'])(\.\.?\/[^"']*)\1/, (_, quote, path) => {
    return `${quote}${new URL(path, folder).href}${quote}`;
  });
}
