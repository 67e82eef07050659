import { assert, assertEquals } from "@std/assert";
import { Pace } from "../../../src/backends/wasm/pace.ts";

/** Whether each of so many steps is taken together, if they take such times. */
function decisions(
  { steps, alone, together }: {
    readonly steps: number;
    readonly alone: (step: number) => number;
    readonly together: (step: number) => number;
  },
): boolean[] {
  const pace = new Pace();
  pace.noteAlone(alone(0));
  return Array.from({ length: steps }, (_, step) => {
    const { isTogether } = pace;
    pace.note(isTogether ? together(step) : alone(step));
    return isTogether;
  });
}

/** The share of steps that are taken together. */
function share(taken: readonly boolean[]): number {
  return taken.filter((isTogether) => isTogether).length / taken.length;
}

Deno.test("Pace stays with several threads where they are quicker", () => {
  const taken = decisions({ steps: 5000, alone: () => 2, together: () => 1 });
  assert(share(taken) > 0.98, `${share(taken)}`);
});

Deno.test("Pace goes on alone where several threads are slower, and tries them again, ever less", () => {
  const taken = decisions({ steps: 20_000, alone: () => 1, together: () => 5 });
  assert(share(taken) < 0.01, `${share(taken)}`);
  const again = taken.map((isTogether, i) => isTogether && !taken[i - 1] ? i : -1).filter((i) =>
    i > 0
  );
  assert(again.length > 3);
  assert(again[1]! - again[0]! < again[2]! - again[1]!);
});

Deno.test("Pace changes with the times of either way", () => {
  const taken = decisions({
    steps: 6000,
    alone: (step) => step < 2000 ? 2 : 4,
    together: (step) => step < 2000 ? 1 : step < 4000 ? 8 : 1,
  });
  assert(share(taken.slice(0, 2000)) > 0.95);
  assert(share(taken.slice(2100, 4000)) < 0.05);
  assert(share(taken.slice(5000)) > 0.9);
});

Deno.test("Pace finds out that one thread is quicker than it was while its code was cold", () => {
  const taken = decisions({
    steps: 2000,
    alone: (step) => step === 0 ? 14 : 5,
    together: () => 9,
  });
  assert(share(taken.slice(200)) < 0.1, `${share(taken.slice(200))}`);
});

Deno.test("Pace does not mind a first step that is slow, nor a few in a great many", () => {
  const slowFirst = (step: number) => step === 0 ? 500 : 1;
  assertEquals(
    decisions({ steps: 40, alone: () => 2, together: slowFirst }),
    new Array(40).fill(true),
  );
  const hiccups = (step: number) => step % 1000 === 77 ? 20 : 1;
  assert(share(decisions({ steps: 20_000, alone: () => 2, together: hiccups })) > 0.95);
});
