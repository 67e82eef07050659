import { assertEquals } from "@std/assert";
import { Pace } from "../../../src/backends/wasm/pace.ts";

/** What a pace decides for steps of these times, alone and together. */
function decisions(alone: number, together: number, steps: number): boolean[] {
  const pace = new Pace();
  pace.noteAlone(alone);
  return Array.from({ length: steps }, () => {
    const { isTogether } = pace;
    pace.note(isTogether ? together : alone);
    return isTogether;
  });
}

Deno.test("Pace stays with several threads as long as they are quicker", () => {
  assertEquals(decisions(2, 1, 500).includes(false), false);
});

Deno.test("Pace goes on alone where several threads are slower, and tries them again later", () => {
  const taken = decisions(1, 5, 500);
  assertEquals(taken.slice(0, 9), [...new Array(8).fill(true), false]);
  assertEquals(taken.lastIndexOf(true) > 200, true);
  assertEquals(taken.filter((isTogether) => isTogether).length < 30, true);
});
