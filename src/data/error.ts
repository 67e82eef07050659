/** Errors about data: files that do not hold what they should, examples that cannot be used. */

import { UsageError } from "../ops/error.ts";

/**
 * Data that cannot be used: a file that is missing, damaged or not what its name says, or examples
 * that do not fit together. The message names the file or the action, what was expected and what
 * was found.
 *
 * @example A file that is not what its name says
 * ```ts
 * import { DataError, parseIdx } from "@turunan/turunan";
 * import { assertRejects } from "@std/assert";
 *
 * const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
 * await assertRejects(() => parseIdx(png, "digits.png"), DataError, "Cannot read digits.png");
 * ```
 */
export class DataError extends UsageError {}
