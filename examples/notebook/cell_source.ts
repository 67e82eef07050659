/**
 * Cells as they are written: TypeScript programs in the percent format, in which `// %%` begins a
 * cell of code and `// %% [markdown]` one of prose, whose lines are comments. So the cells are
 * checked, linted and formatted like any program. `// %% tags=["approximate"]` gives a cell tags.
 */

import type { Cell } from "./notebook.ts";

/** The cells of a program in the percent format, none of which has been run. */
export function readCells(program: string): Cell[] {
  const [, ...parts] = program.split(/^\/\/ %%/m); // what stands before the first is for readers
  return parts.map((part) => {
    const end = part.indexOf("\n");
    const marker = part.slice(0, end).trim();
    const body = part.slice(end + 1).trim();
    if (marker === "[markdown]") {
      return { kind: "markdown", source: body.replace(/^\/\/ ?/gm, "") };
    }
    const { code, tags = "[]" } = marker.match(/^(?<code>)(?:tags=(?<tags>\[.*\]))?$/)?.groups ??
      {};
    if (code === undefined) throw new SyntaxError(`There is no cell of the kind "${marker}"`);
    const statements = statementsOf(body);
    const last = statements.at(-1) ?? "";
    if (!isExpression(last) && statements.some((one) => !isDeclaration(one))) {
      throw new SyntaxError(
        `A cell ends with what it shows, or only declares; this one ends with "${last}"`,
      );
    }
    return { kind: "code", source: body.replace(/;$/, ""), tags: JSON.parse(tags), outputs: [] };
  });
}

/**
 * The statements of a program that is formatted: each begins at the left margin with something else
 * than a closing bracket or quote. Comments belong to the statement below them.
 */
export function statementsOf(source: string): string[] {
  const statements: string[] = [];
  let isOpen = false; // after a comment, which waits for its statement
  for (const line of source.split("\n")) {
    const isStart = /^([^\s\])}`]|`[^;,.)])/.test(line);
    if (isStart && !isOpen) statements.push(line);
    else if (statements.length > 0) statements[statements.length - 1] += `\n${line}`;
    isOpen = isStart ? line.startsWith("//") : isOpen && line.trim() === "";
  }
  return statements.map((statement) => statement.trimEnd());
}

const withoutComments = (statement: string) => statement.replace(/^(\/\/.*\n)+/, "");

/** Whether a statement imports something. */
export function isImport(statement: string): boolean {
  return /^import\s*[{*\w]/.test(withoutComments(statement));
}

/** Whether a statement only makes something known, and has no value to show. */
function isDeclaration(statement: string): boolean {
  return isImport(statement) ||
    /^(const|let|function|async function|class|interface|type)\b/.test(withoutComments(statement));
}

/** Whether a statement is an expression, whose value a notebook shows where it is the last. */
export function isExpression(statement: string): boolean {
  return statement !== "" && !isDeclaration(statement) &&
    !/^((for|while|do|if|switch|try|throw|return)\b|\{|\/\/)/.test(withoutComments(statement));
}
