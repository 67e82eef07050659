/** Paragraphs with a little markup, for pages to be written as plain sentences. */

import { element } from "./dom.ts";
import { math } from "./math.ts";
import { pageLanguage, type Text } from "./page.ts";

/**
 * The paragraphs of a text, an empty line between two. `*word*` is stressed, `` `code` `` is code,
 * `$5m + 3b$` a formula.
 */
export function prose(text: Text | string): HTMLElement {
  const words = typeof text === "string" ? text : text[pageLanguage()];
  const block = element("div", { class: "prose" });
  for (const paragraph of words.trim().split(/\n\s*\n/)) {
    block.append(element("p", {}, ...inline(paragraph.replace(/\s+/g, " ").trim())));
  }
  return block;
}

/** A sentence with stressed words, code and formulas. */
export function inline(text: string): Node[] {
  return text.split(/(\*[^*]+\*|`[^`]+`|\$[^$]+\$)/).filter((part) => part !== "").map((part) => {
    if (part.length > 2 && part.startsWith("*") && part.endsWith("*")) {
      return element("em", {}, part.slice(1, -1));
    }
    if (part.startsWith("`")) return element("code", {}, part.slice(1, -1));
    if (part.startsWith("$")) return math(part.slice(1, -1));
    return document.createTextNode(part);
  });
}
