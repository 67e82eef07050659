/** Errors that point at the line of the user who made the mistake. */

/**
 * A mistake in how turunan was called. Its stack begins at the caller's own line: the frames of
 * the library are left out, so that the ten frames V8 prints are all the caller's.
 *
 * @example The stack of a mistake begins in the caller's file
 * ```ts
 * import { tensor, UsageError } from "@turunan/turunan";
 * import { assert } from "@std/assert";
 *
 * try {
 *   tensor([1, 2]).add(tensor([1, 2, 3]));
 * } catch (error) {
 *   assert(error instanceof UsageError);
 *   assert(!error.stack!.includes("turunan.js"));
 * }
 * ```
 */
export class UsageError extends Error {
  /** Makes the error; `message` is one sentence: the action, then the state it met. */
  constructor(message: string, options?: ErrorOptions) {
    const limit = traces.stackTraceLimit;
    traces.stackTraceLimit = 0; // Deno prints the frames it captured itself, whatever `stack` says
    super(message, options);
    traces.stackTraceLimit = limit;
    this.name = new.target.name;
    const stack = [`${this.name}: ${message}`, ...callerFrames()].join("\n");
    Object.defineProperty(this, "stack", { value: stack, writable: true, configurable: true });
  }
}

/** How many frames V8 captures; the types of a web page do not know of it. */
const traces = Error as unknown as { stackTraceLimit: number };

const here = import.meta.url;
/** What the frames of the library have in common: its folder, or the one file it was put into. */
const library = here.endsWith("/ops/error.ts") ? new URL("../", here).href : here;

/** The frames of the present stack that are not the library's. */
function callerFrames(): string[] {
  const limit = traces.stackTraceLimit;
  traces.stackTraceLimit = 200;
  const frames = (new Error().stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  traces.stackTraceLimit = limit;
  const isCaller = (frame: string) =>
    ![library, "<anonymous>", "(native", "wasm://"].some((own) => frame.includes(own));
  return frames.filter(isCaller).slice(0, limit);
}
