/** Code rewritten so that an engine compiles some of its functions while it loads. */

import {
  type Class,
  type MethodDefinition,
  type Node,
  parse,
  type Property,
} from "npm:acorn@8.15.0";
import { simple } from "npm:acorn-walk@8.3.4";
import MagicString from "npm:magic-string@0.30.17";
import type { Span } from "./functions_run.ts";

/** Gives the methods to a class, as if it had been written with them. */
const methodsOf = `function methodsOf(prototype, methods) {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  }
}`;

/**
 * The module with the functions at `spans` in parentheses, which V8 takes as a sign that they are
 * about to be called: it compiles them with the module, and Deno keeps the result for the next time.
 * Others are compiled, one by one, when they are called. Declarations at the top become variables,
 * before all else, since anything may call them. Methods of objects become their properties, those
 * of classes leave the body for a block in it; getters and private methods cannot.
 */
export function compileAhead(code: string, spans: readonly Span[]): string {
  const chosen = new Set(spans.map(({ start, end }) => `${start}-${end}`));
  const isChosen = ({ start, end }: Node) => chosen.has(`${start}-${end}`);
  const result = new MagicString(code);
  const wrap = (node: Node): void => {
    if (isChosen(node)) result.prependRight(node.start, "(").appendLeft(node.end, ")");
  };
  const asProperty = ({ key, value }: Property | MethodDefinition): string =>
    `${code.slice(key.start, key.end)}: (function ${result.slice(value.start, value.end)})`;
  let hasMoved = false;
  const moveMethods = ({ body }: Class): void => {
    const moved = body.body.filter((member): member is MethodDefinition =>
      member.type === "MethodDefinition" && member.kind === "method" && !member.static &&
      isChosen(member) && isPlain(member)
    );
    if (moved.length === 0) return;
    hasMoved = true;
    const functions = moved.map((method) => {
      const text = asProperty(method);
      result.remove(method.start, method.end);
      return text;
    });
    const block = `static {\n  methodsOf(this.prototype, {\n${functions.join(",\n")}\n}); }\n`;
    result.appendLeft(body.end - 1, block);
  };
  const module = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  simple(module, {
    ArrowFunctionExpression: wrap,
    FunctionExpression: wrap,
    Property(node) {
      if (node.method && isChosen(node) && isPlain(node)) {
        result.update(node.start, node.end, asProperty(node));
      }
    },
    ClassDeclaration: moveMethods,
    ClassExpression: moveMethods,
  });
  for (const node of module.body.toReversed()) {
    if (node.type !== "FunctionDeclaration" || !isChosen(node)) continue;
    const text = result.slice(node.start, node.end);
    result.remove(node.start, node.end).prepend(`var ${node.id.name} = (${text});\n`);
  }
  if (hasMoved) result.prepend(`${methodsOf}\n`);
  return result.toString();
}

/** Whether a method does the same as a function of its own. */
function isPlain({ computed, key, value }: Property | MethodDefinition): boolean {
  if (value.type !== "FunctionExpression" || value.async || value.generator) return false;
  let hasSuper = false;
  simple(value, { Super: () => void (hasSuper = true) });
  return !computed && key.type === "Identifier" && !hasSuper;
}
