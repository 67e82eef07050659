/** Code rewritten so that an engine compiles some of its functions while it loads. */

import { type Node, parse } from "npm:acorn@8.15.0";
import { simple } from "npm:acorn-walk@8.3.4";
import MagicString from "npm:magic-string@0.30.17";
import type { Span } from "./functions_run.ts";

/**
 * The module with the functions at `spans` in parentheses, which V8 takes as a sign that they are
 * about to be called: it compiles them with the module, and Deno keeps the result for the next time.
 * Others are compiled, one by one, when they are called. Declarations at the top become variables,
 * before all else, since anything may call them; methods cannot be in parentheses.
 */
export function compileAhead(code: string, spans: readonly Span[]): string {
  const chosen = new Set(spans.map(({ start, end }) => `${start}-${end}`));
  const isChosen = ({ start, end }: Node) => chosen.has(`${start}-${end}`);
  const result = new MagicString(code);
  const wrap = (node: Node): void => {
    if (isChosen(node)) result.prependRight(node.start, "(").appendLeft(node.end, ")");
  };
  const module = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  simple(module, { ArrowFunctionExpression: wrap, FunctionExpression: wrap });
  for (const node of module.body.toReversed()) {
    if (node.type !== "FunctionDeclaration" || !isChosen(node)) continue;
    const text = result.slice(node.start, node.end);
    result.remove(node.start, node.end).prepend(`var ${node.id.name} = (${text});\n`);
  }
  return result.toString();
}
