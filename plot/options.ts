/** The options of drawings. */

import { describe } from "../src/ops/describe.ts";
import { drawingError } from "./error.ts";

/** Every option that there is. */
export type KnownOptions<O> = { readonly [K in keyof O]-?: true };

/**
 * The options of a drawing, once it is known that each is one that there is. `action` begins the
 * message where one is not.
 */
export function checkedOptions<O extends object>(
  action: string,
  options: O,
  known: KnownOptions<O>,
): O {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw drawingError(
      `${action} with ${describe(options)} for options: they are named, as in { title: "Loss" }`,
    );
  }
  for (const option in options) {
    if (Object.hasOwn(known, option)) continue;
    const all = Object.keys(known), are = all.length === 1 ? "is" : "are";
    throw drawingError(`${action} with the option "${option}": there ${are} ${all.join(", ")}`);
  }
  const { title } = options as { readonly title?: unknown };
  if (title === undefined || typeof title === "string") return options;
  throw drawingError(`${action}: title is ${describe(title)}, not a text`);
}
