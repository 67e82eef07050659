/** Whether all implementations compute the same. */

import type { Measurement } from "./rounds.ts";
import type { Group } from "./tasks.ts";

/** The tasks whose checks lie too far apart, with what each implementation computed. */
export function disagreements(
  groups: readonly Group[],
  measurements: readonly Measurement[],
): string[] {
  return groups.flatMap(({ tasks, tolerance }) =>
    tasks.flatMap(({ key }) => {
      const found = measurements.filter((m) => m.key === key);
      const apart = spread(found.map(({ check }) => check));
      if (apart <= tolerance) return [];
      const lines = found.map(({ implementation, round, check }) =>
        `    ${check}  ${implementation}, round ${round + 1}`
      );
      return [`${key}: ${apart.toExponential(1)} apart\n${lines.join("\n")}`];
    })
  );
}

/** How far apart numbers lie, as a part of the largest; infinite where one is no number. */
export function spread(numbers: readonly number[]): number {
  if (numbers.length === 0) return 0;
  if (!numbers.every(Number.isFinite)) return Infinity;
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? 0 : (most - least) / Math.max(Math.abs(least), Math.abs(most));
}
