/** Steps that may refuse their inputs run first, so that an error finds everything as it was. */

import type { Program, Step } from "../program.ts";

/** The program with those steps, and what they need, before all others. */
export function refuseFirst(program: Program): Program {
  const makers = new Map<number, Step>();
  for (const step of program.steps) for (const value of step.outputs) makers.set(value, step);
  const ordered = new Set<Step>();
  const stack: Step[] = [];
  for (const step of [...program.steps.filter(({ op }) => op.mayRefuse), ...program.steps]) {
    stack.push(step);
    while (stack.length > 0) {
      const next = stack.at(-1)!;
      const waiting = next.inputs.flatMap((value) => makers.get(value) ?? [])
        .filter((maker) => !ordered.has(maker));
      if (waiting.length > 0) stack.push(...waiting.reverse());
      else ordered.add(stack.pop()!);
    }
  }
  return { ...program, steps: [...ordered] };
}
