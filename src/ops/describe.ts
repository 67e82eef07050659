/** What things are called in messages. */

/** By whatever copy of the library an object was made, this leads to the copy. */
const copy = Symbol.for("turunan.copy");
const thisCopy = {};
let hasClasses = false;

/** Says of a class that its objects are of this copy of the library, which others do not know. */
export function declareOwn({ prototype }: { readonly prototype: object }): void {
  Object.defineProperty(prototype, copy, { value: thisCopy });
  hasClasses = true;
}

/** How something that does not belong where it was given reads in a message. */
export function describe(thing: unknown): string {
  if (typeof thing === "string") return `"${thing}"`;
  if (typeof thing === "function") return "a function";
  if (typeof thing === "bigint") return `${thing}n`;
  if (Array.isArray(thing)) return "an array";
  if (typeof thing !== "object" || thing === null) return String(thing);
  const name = thing.constructor?.name ?? "Object";
  if (name === "Object") return "an object";
  const title = `${/^[AEIO]|^Un/.test(name) ? "an" : "a"} ${name}`;
  const { [copy]: its = thisCopy } = thing as { [copy]?: object };
  return its === thisCopy || !hasClasses ? title : `${title} of another copy of turunan`;
}
