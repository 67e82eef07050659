/** Options, and what is given in their place by those who know other libraries. */

import { describe } from "./describe.ts";
import { UsageError } from "./error.ts";

/** Throws unless an argument, or an option, is a number; `what` is its name. */
export function checkNumber(name: string, what: string, number: unknown): void {
  if (typeof number === "number") return;
  throw new UsageError(`Cannot ${name}: ${what} is ${describe(number)}, not a number`);
}

/** Throws unless an argument, or an option, is a whole number; `what` is its name. */
export function checkWhole(name: string, what: string, number: unknown): void {
  if (Number.isInteger(number)) return;
  throw new UsageError(`Cannot ${name}: ${what} is ${describe(number)}, not a whole number`);
}

/** All options that there are: what each is in an example, or null where the example has none. */
export type KnownOptions<O> = { readonly [K in keyof O]-?: string | null };

/**
 * The options of a call. Throws where a bare axis, kind or truth value stands in their place, which
 * would be nothing said otherwise, and where one is named that there is not: of all that anybody may
 * call a learning rate, only `learningRate` is one here.
 */
export function optionsOf<O extends object>(name: string, options: O, known: KnownOptions<O>): O {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const example = Object.entries(known).filter(([, text]) => text !== null);
    throw new UsageError(
      `Cannot ${name} with ${describe(options)} for options: they are named, as in ` +
        `{ ${example.map((entry) => entry.join(": ")).join(", ")} }`,
    );
  }
  for (const option in options) {
    if (Object.hasOwn(known, option)) continue;
    const all = Object.keys(known), are = all.length === 1 ? "is" : "are";
    throw new UsageError(
      `Cannot ${name} with the option "${option}": there ${are} ${all.join(", ")}`,
    );
  }
  return options;
}
