/** What the user asks for on the command line. */

import { parseArgs } from "@std/cli";
import { type Kind, kinds, networks, type Timing } from "./tasks.ts";

/** What to measure, and how. */
export interface Options {
  readonly only: readonly Kind[];
  readonly configs: readonly string[];
  /** The peers to measure, or null for all of them. */
  readonly peers: readonly string[] | null;
  readonly rounds: number;
  /** How long a process waits until two cores are worth two, in seconds. */
  readonly patience: number;
  readonly timing: Timing;
  /** The folder with MNIST's four files, or null for the built-in digits. */
  readonly data: string | null;
  /** Whether to write the tables to `RESULTS.md`. */
  readonly write: boolean;
  /** How long a worker may take, in seconds. */
  readonly limit: number;
}

/** The command line asks for something that there is not. */
export class OptionError extends Error {}

/** What `--help` prints. */
export const usage = `deno task bench:peers [options]

  --only mlp,matmul,elementwise,scalar   what to measure; all of it unless given
  --configs i,ii,iii,iv                  the networks
  --peers torch,jax,tfjs,tfjs-cpu,numpy-ts,python
                                         against whom; against all that can be had unless given
  --rounds 5                             rounds, each with a fresh process for each
  --data DIR                             MNIST's four files; unless given MNIST_DIR, or else
                                         ../shared/data/mnist; "digits" for the built-in ones
  --warm-up-ms 400 --repeats 9 --repeat-ms 60
                                         how long each thing is timed
  --patience 30                          seconds to wait before a process until two cores are worth
                                         two whole ones; 0 for not at all
  --quick                                one short round, to see that everything works
  --limit 600                            seconds that a process may take
  --write                                write the tables to bench/RESULTS.md; a network, or one of
                                         the other kinds, is replaced as a whole`;

/** Reads the command line; null where it asks for help. Throws an `OptionError`. */
export function readOptions(args: readonly string[]): Options | null {
  const unknown: string[] = [];
  const texts = ["only", "configs", "peers", "rounds", "patience", "data", "limit"];
  const numbers = ["warm-up-ms", "repeats", "repeat-ms"];
  const given = parseArgs(args, {
    string: [...texts, ...numbers],
    boolean: ["quick", "write", "help"],
    unknown: (argument) => unknown.push(argument),
  });
  if (given.help) return null;
  if (unknown.length > 0) {
    throw new OptionError(`There is no option ${unknown.join(" ")}: see --help`);
  }
  if (given.write && given.quick) throw new OptionError("Quick rounds are not written");
  const quick = given.quick === true;
  const number = (name: string, usual: number, least = Number.MIN_VALUE) => {
    const value = Number(given[name] ?? usual);
    if (value >= least) return value;
    const range = least === 0 ? "from 0 on" : "above 0";
    throw new OptionError(`--${name} is ${given[name]}, not a number ${range}`);
  };
  return {
    only: chosen("only", given.only, kinds),
    configs: chosen("configs", given.configs, Object.keys(networks)),
    peers: given.peers === undefined ? null : chosen("peers", given.peers, peerNames),
    rounds: number("rounds", quick ? 1 : 5),
    patience: number("patience", quick ? 0 : 30, 0),
    timing: {
      warmUpMs: number("warm-up-ms", quick ? 20 : 400),
      repeats: number("repeats", quick ? 3 : 9),
      repeatMs: number("repeat-ms", quick ? 5 : 60),
    },
    data: dataFolder(given.data as string | undefined),
    write: given.write === true,
    limit: number("limit", 600),
  };
}

/** Who turunan is measured against, by the names that `--peers` takes. */
export const peerNames = ["torch", "jax", "tfjs", "tfjs-cpu", "numpy-ts", "python"] as const;

/** One of the peers, or turunan itself. */
export type PeerName = typeof peerNames[number] | "turunan";

function chosen<T extends string>(option: string, given: unknown, all: readonly T[]): T[] {
  if (given === undefined) return [...all];
  const names = String(given).split(",");
  const strange = names.filter((name) => !all.includes(name as T));
  if (strange.length === 0) return all.filter((name) => names.includes(name));
  throw new OptionError(`--${option} ${strange.join()}: there are ${all.join(", ")}`);
}

function dataFolder(given: string | undefined): string | null {
  if (given !== undefined) return given === "digits" ? null : given;
  const named = Deno.env.get("MNIST_DIR");
  if (named) return named;
  const beside = `${import.meta.dirname}/../../../shared/data/mnist`;
  try {
    return Deno.statSync(beside).isDirectory ? beside : null;
  } catch {
    return null;
  }
}
