/** Interleaved rounds: a fresh process for each implementation in each round. */

import { Cores } from "./cores.ts";
import { type Implementation, packagesFolder } from "./implementations.ts";
import type { Options } from "./options.ts";
import { lastLine, runProgram } from "./packages.ts";
import type { Answer, DigitFiles, Group, Job, Refusal } from "./tasks.ts";

/** An answer, by whom and in which round. */
export interface Measurement extends Answer {
  readonly implementation: string;
  readonly round: number;
  /** What two cores were worth of a whole one just before the process, where there are two. */
  readonly cores?: number;
}

/** All that was measured, and what could not be. */
export interface Measured {
  readonly measurements: readonly Measurement[];
  readonly leftOut: readonly Absence[];
}

/** Why an implementation has no answer to some or all tasks of a group. */
export interface Absence {
  readonly group: string;
  readonly what: string;
  readonly why: string;
}

/** Measures all groups in rounds; the order changes from round to round. */
export async function measureRounds(
  groups: readonly Group[],
  { implementations, digits, rounds, patience, timing, limit }:
    & Pick<Options, "rounds" | "patience" | "timing" | "limit">
    & {
      readonly implementations: readonly Implementation[];
      readonly digits: DigitFiles;
    },
): Promise<Measured> {
  const measurements: Measurement[] = [];
  const leftOut = new Map<string, Absence>();
  const both = await Cores.open();
  for (let round = 0; round < rounds; round++) {
    for (const group of groups) {
      const able = implementations.filter((one) =>
        one.kinds.includes(group.kind) && !one.without?.includes(group.name)
      );
      const first = round % able.length;
      for (const one of [...able.slice(first), ...able.slice(0, first)]) {
        if (leftOut.has(`${group.name}: ${one.name}`)) continue;
        show(`round ${round + 1} of ${rounds}, ${group.name}: ${one.name}`);
        const cores = await both?.settled(patience);
        const { threads, mode } = one;
        const { tasks } = group;
        const job = { threads, mode, packages: packagesFolder, digits, timing, tasks };
        const { answers, refusals, failure } = await ask(one, { job, seconds: limit });
        measurements.push(
          ...answers.map((answer) => ({
            ...answer,
            implementation: one.name,
            round,
            ...(cores === undefined ? {} : { cores }),
          })),
        );
        const miss = (what: string, why: string) =>
          leftOut.set(`${what}: ${one.name}`, {
            group: group.name,
            what: `${one.name} at ${what}`,
            why,
          });
        for (const { key, refused } of refusals) miss(key, refused);
        if (failure !== null) miss(group.name, failure);
      }
    }
  }
  show("");
  both?.close();
  return { measurements, leftOut: [...leftOut.values()] };
}

/** Starts a process and reads its answers. */
async function ask(
  { command, args, env }: Implementation,
  { job, seconds }: { readonly job: Job; readonly seconds: number },
): Promise<{ answers: Answer[]; refusals: Refusal[]; failure: string | null }> {
  const finished = await runProgram(command, [...args, JSON.stringify(job)], {
    seconds,
    ...(env === undefined ? {} : { env }),
  });
  const lines = finished.stdout.split("\n").filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Answer | Refusal);
  const answers = lines.filter((line) => "ms" in line);
  const refusals = lines.filter((line) => "refused" in line);
  const isComplete = finished.success && lines.length === job.tasks.length;
  return { answers, refusals, failure: isComplete ? null : lastLine(finished.stderr) };
}

/** Shows in the terminal what is going on, in place of what was shown before. */
function show(text: string): void {
  if (!Deno.stderr.isTerminal()) {
    if (text !== "") console.error(text);
    return;
  }
  Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${text}`));
}
