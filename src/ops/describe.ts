/** What things are called in messages. */

/** How something that does not belong where it was given reads in a message. */
export function describe(thing: unknown): string {
  if (typeof thing === "string") return `"${thing}"`;
  if (typeof thing === "function") return "a function";
  if (typeof thing === "bigint") return `${thing}n`;
  if (Array.isArray(thing)) return "an array";
  if (typeof thing !== "object" || thing === null) return String(thing);
  const name = thing.constructor?.name ?? "Object";
  if (name === "Object") return "an object";
  return `${/^[AEIO]|^Un/.test(name) ? "an" : "a"} ${name}`;
}
