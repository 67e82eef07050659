/** A strict reader of the XML that SVG is, since browsers refuse a file with one mistake. */

import { assert, assertEquals } from "@std/assert";

const name = "[A-Za-z_][\\w:.-]*";
const tag = new RegExp(`<(/?)(${name})((?:\\s+${name}="[^"<]*")*)\\s*(/?)>`, "y");
const text = /[^<]+/y;
const entities = /&(?!(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i;

/** Asserts that markup is one well-formed element with a namespace, and that all numbers are numbers. */
export function assertStandalone(svg: string): void {
  const open: string[] = [];
  let at = 0;
  let elements = 0;
  while (at < svg.length) {
    const isTag = svg[at] === "<";
    const pattern = isTag ? tag : text;
    pattern.lastIndex = at;
    const match = pattern.exec(svg);
    assert(match !== null, `no markup: ${svg.slice(at, at + 80)}`);
    assert(!entities.test(match[0]), `no entity: ${match[0]}`);
    assert(open.length > 0 || at === 0, `outside of the element: ${svg.slice(at, at + 80)}`);
    if (isTag) {
      const [, closing, element, attributes, empty] = match;
      const names = [...attributes!.matchAll(/\s([\w:.-]+)="/g)].map((found) => found[1]);
      assertEquals(new Set(names).size, names.length, `an attribute twice: ${match[0]}`);
      if (closing === "/") assertEquals(open.pop(), element);
      else if (empty !== "/") open.push(element!);
      elements++;
    }
    at += match[0].length;
  }
  assertEquals(open, []);
  assert(elements > 3);
  assert(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"'));
  assert(!/="[^"]*(NaN|Infinity|undefined|null)/.test(svg), "a number that is none");
  assert(!/(href|src|url)\s*[=(]/.test(svg), "something from elsewhere");
}
