/** What every worker in TypeScript does alike: its job, timing, answers. */

import type { Answer, Job, Task, Timing } from "../tasks.ts";

/** What a worker prepared for a task. */
export interface Prepared {
  /** Takes so many steps. */
  readonly run: (steps: number) => void | Promise<void>;
  /** The number that all implementations agree on; asked for before anything is timed. */
  readonly check: () => number | Promise<number>;
  readonly nodes?: number;
}

/** The steps of training after which losses are compared. */
export const checkedSteps = 20;

/** The job that this process was started for. */
export function readJob(): Job {
  return JSON.parse(Deno.args[0]!) as Job;
}

/** Milliseconds a step: the median, the least and the most of some repeats. */
export async function timed(
  run: (steps: number) => void | Promise<void>,
  { warmUpMs, repeats, repeatMs }: Timing,
): Promise<{ ms: number; least: number; most: number }> {
  let perStep = 0;
  const started = performance.now();
  for (let steps = 1, now = started; now - started < warmUpMs || perStep === 0; steps *= 2) {
    await run(steps);
    const end = performance.now();
    perStep = (end - now) / steps;
    now = end;
  }
  const steps = Math.max(1, Math.ceil(repeatMs / Math.max(perStep, 1e-6)));
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    await run(steps);
    times.push((performance.now() - start) / steps);
  }
  times.sort((a, b) => a - b);
  return { ms: times[times.length >> 1]!, least: times[0]!, most: times.at(-1)! };
}

/** Does all tasks of a job and prints an answer to each. */
export async function answer(
  job: Job,
  { version, prepare }: {
    readonly version: string;
    readonly prepare: (task: Task) => Prepared | Promise<Prepared>;
  },
): Promise<void> {
  for (const task of job.tasks) {
    try {
      const { run, check, nodes } = await prepare(task);
      const checked = await check();
      const times = await timed(run, job.timing);
      const answer: Answer = { key: task.key, ...times, check: checked, version };
      console.log(JSON.stringify(nodes === undefined ? answer : { ...answer, nodes }));
    } catch (error) {
      const refused = error instanceof Error ? error.message : String(error);
      console.log(JSON.stringify({ key: task.key, refused }));
    }
  }
}

/** The sum of the sizes of numbers: what arrays are compared by. */
export function sumOfSizes(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += Math.abs(numbers[i]!);
  return sum;
}
