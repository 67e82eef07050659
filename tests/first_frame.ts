/** Where an error points. */

import { assert } from "@std/assert";

/** The first line of a stack that is a frame. */
export function firstFrame(error: Error): string {
  return error.stack!.split("\n").find((line) => /^\s+at /.test(line)) ?? "";
}

/** Asserts that the first frame of an error stands in `file`, a URL: the line of the user. */
export function assertPointsInto(file: string, error: Error): void {
  assert(firstFrame(error).includes(file), `the first frame is${firstFrame(error)}`);
}
