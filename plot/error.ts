/** Errors of drawing that point at the line of the user who made the mistake. */

import { UsageError } from "../mod.ts";

const room = new URL("./", import.meta.url).href;

/** A mistake in what was to be drawn, its stack without the frames of this room. */
export function drawingError(message: string): UsageError {
  const error = new UsageError(message);
  const lines = (error.stack ?? "").split("\n").filter((line) => !line.includes(room));
  Object.defineProperty(error, "stack", { value: lines.join("\n") });
  return error;
}
