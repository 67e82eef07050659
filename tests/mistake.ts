/** What a mistake of the user leads to. */

import { assertEquals, assertThrows } from "@std/assert";
import { assertPointsInto } from "./first_frame.ts";

/** Asserts the class and message of an error, and that its stack begins in `file`, a URL. */
export function assertMistake(
  file: string,
  call: () => unknown,
  // deno-lint-ignore no-explicit-any
  errorClass: abstract new (...args: any[]) => Error,
  message: string,
): void {
  const error = assertThrows(call, errorClass);
  assertEquals(error.message, message);
  assertEquals(error.name, errorClass.name);
  assertPointsInto(file, error);
}
