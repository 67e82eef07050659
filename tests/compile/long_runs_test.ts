/** Training for long leaves resident memory where it was: each way in a process of its own. */

import { assert, assertEquals } from "@std/assert";
import { pathOf, runProgram } from "../examples/run_example.ts";

/**
 * For each way the number of steps, and how many MB more may be resident by chance at last: garbage
 * waits for the collector, and what it frees is not given back at once.
 */
const ways = {
  compiled: [3000, 16],
  eager: [3000, 48],
  compiling: [210, 160], // a program for each step, which is a lot of garbage
} as const;

for (const [way, [steps, most]] of Object.entries(ways)) {
  Deno.test(`${steps} steps leave resident memory where it was after ${steps / 3}: ${way}`, async () => {
    const { code, output, complaint } = await runProgram(pathOf("tests/compile/long_run.ts"), {
      args: [way, String(steps)],
      flags: ["--no-prompt", "--v8-flags=--expose-gc"],
    });
    assertEquals({ code, complaint }, { code: 0, complaint: "" });
    const { resident, live } = JSON.parse(output);
    assert(resident < most, `resident memory went up by ${resident} MB`);
    assert(live < 1, `what is in use went up by ${live} MB`);
  });
}
