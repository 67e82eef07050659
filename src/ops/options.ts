/** Options, and what is given in their place by those who know other libraries. */

import { describe } from "./describe.ts";
import { UsageError } from "./error.ts";

/**
 * The options of a call. Throws where a bare axis, kind or truth value stands in their place, which
 * would be nothing said otherwise; `example` shows how it is said here.
 */
export function optionsOf<O extends object>(name: string, options: O, example: string): O {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
  throw new UsageError(
    `Cannot ${name} with ${describe(options)} for options: they are named, as in { ${example} }`,
  );
}
