/** Text drawings as tests write them down. */

import { assertEquals } from "@std/assert";
import { type Drawing, type TextOptions, toText } from "@turunan/turunan/plot";

/** Asserts what a drawing looks like; every expected line begins with a bar. */
export function assertDrawn(drawing: Drawing, options: TextOptions, expected: string): void {
  const lines = toText(drawing, options).split("\n").map((line) => `|${line}`);
  assertEquals(lines, expected.trim().split("\n").map((line) => line.trimStart()));
}

/** Text without the escape sequences that colour it. */
export function withoutColors(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\x1b\[[\d;]*m/g, "");
}
