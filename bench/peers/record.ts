/** What a run leaves behind: the times of each group, small enough to keep beside the tables. */

import type { Measurement } from "./rounds.ts";
import type { Group, Kind } from "./tasks.ts";

/** For each task, a number for each implementation. */
type Numbers<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** How and where something was measured. */
export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly runtime: string;
  /** What the networks learn from. */
  readonly digits: string;
  readonly rounds: number;
}

/** A group of tasks, measured together. */
export interface GroupRecord extends Circumstances {
  readonly name: string;
  readonly kind: Kind;
  /** The version of each implementation. */
  readonly versions: Readonly<Record<string, string>>;
  /** Milliseconds a step in each round; null where there is no answer. */
  readonly times: Numbers<readonly (number | null)[]>;
  /** What all implementations must agree on. */
  readonly checks: Numbers<number>;
  /** The nodes of each graph of scalars. */
  readonly nodes: Readonly<Record<string, number>>;
  readonly leftOut: readonly string[];
  /** What two cores were worth of a whole one before each process, where that was looked at. */
  readonly cores?: readonly number[];
}

/** What was measured of one group, in the order of its tasks. */
export function recordOf(
  { name, kind, tasks }: Group,
  { measurements, leftOut, circumstances }: {
    readonly measurements: readonly Measurement[];
    readonly leftOut: readonly string[];
    readonly circumstances: Circumstances;
  },
): GroupRecord {
  const keys = tasks.map(({ key }) => key);
  const own = measurements.filter(({ key }) => keys.includes(key));
  const names = [...new Set(own.map(({ implementation }) => implementation))].sort();
  const table = <T>(pick: (of: readonly Measurement[]) => T): Numbers<T> =>
    Object.fromEntries(keys.map((key) => {
      const cells = names.map((implementation) => {
        const of = own.filter((m) => m.key === key && m.implementation === implementation);
        return [implementation, of] as const;
      });
      const filled = cells.filter(([, of]) => of.length > 0);
      return [key, Object.fromEntries(filled.map(([name, of]) => [name, pick(of)]))];
    }));
  const processes = new Map(own.map((m) => [`${m.round} ${m.implementation}`, m.cores]));
  const cores = [...processes.values()].flatMap((worth) =>
    worth === undefined ? [] : [Number(worth.toFixed(2))]
  );
  const everyRound = Array.from({ length: circumstances.rounds }, (_, round) => round);
  return {
    name,
    kind,
    ...circumstances,
    versions: Object.fromEntries(own.map((m) => [m.implementation, m.version])),
    times: table((of) =>
      everyRound.map((round) => {
        const time = of.find((m) => m.round === round)?.ms;
        return time === undefined ? null : Number(time.toPrecision(5));
      })
    ),
    checks: table((of) => of[0]!.check),
    nodes: Object.fromEntries(own.flatMap(({ key, nodes }) => nodes ? [[key, nodes]] : [])),
    leftOut,
    ...(cores.length === 0 ? {} : { cores }),
  };
}
