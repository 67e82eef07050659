/** The command line of `examples/mnist.ts`. */

import { parseArgs } from "@std/cli";

/** The optimizers to choose from. */
export type OptimizerName = "adam" | "adamw" | "sgd";

/** What the command line asks for. */
export interface Options {
  /** The directory of the four MNIST files, or null for the built-in digits. */
  readonly data: string | null;
  readonly epochs: number;
  readonly batch: number;
  /** The widths of the hidden layers. */
  readonly hidden: readonly number[];
  readonly learningRate: number;
  readonly seed: number;
  readonly optimizer: OptimizerName;
  readonly quiet: boolean;
}

/** A command line that cannot be understood. */
export class FlagError extends Error {}

const optimizers: readonly OptimizerName[] = ["adam", "adamw", "sgd"];

/** What suits 12,000 built-in digits and 55,000 real ones. */
const defaults = {
  digits: { epochs: 6, learningRate: 0.003 },
  mnist: { epochs: 5, learningRate: 0.001 },
} as const;

/** How the flags are used. */
export const usage = `\
Usage: deno run examples/mnist.ts [flags]
       deno run --allow-read examples/mnist.ts --data DIR [flags]

Trains a network to read handwritten digits: those that turunan draws itself,
or those of MNIST.

  --data DIR             a folder with the four MNIST files, gzipped or not
  --epochs N             how often to go through the digits (6; MNIST 5)
  --batch N              how many digits a step looks at (128)
  --hidden N[,N...]      the widths of the hidden layers (128)
  --learning-rate X      the step size (0.003; MNIST 0.001; sgd 0.1)
  --optimizer NAME       adam, adamw or sgd (adam)
  --seed N               what all random numbers are drawn from (0)
  --quiet                print the last line only
  --help                 print this and stop`;

/**
 * The options of a command line, or null where it asks for help. Throws a `FlagError` where it
 * cannot be understood.
 */
export function readOptions(args: readonly string[]): Options | null {
  const unknown: string[] = [];
  const { _: rest, ...flags } = parseArgs(args, {
    string: ["data", "epochs", "batch", "hidden", "learning-rate", "seed", "optimizer"],
    boolean: ["quiet", "help"],
    alias: { h: "help" },
    unknown: (argument) => unknown.push(argument) === 0,
  });
  if (flags.help === true) return null;
  for (const argument of [...unknown, ...rest.map(String)]) throw new FlagError(refuse(argument));

  const text = (flag: string): string | null => {
    const given = flags[flag] as string | undefined;
    if (given === "") throw new FlagError(`--${flag} takes a value`);
    return given ?? null;
  };
  const data = text("data");
  const optimizer = optimizerNamed(text("optimizer") ?? "adam");
  const own = data === null ? defaults.digits : defaults.mnist;
  const whole = (flag: string, least: number, otherwise: number) =>
    wholeNumber(flag, text(flag) ?? String(otherwise), least);
  return {
    data,
    epochs: whole("epochs", 0, own.epochs),
    batch: whole("batch", 1, 128),
    hidden: (text("hidden") ?? "128").split(",").map((width) => wholeNumber("hidden", width, 1)),
    learningRate: positive(
      "learning-rate",
      text("learning-rate") ?? String(optimizer === "sgd" ? 0.1 : own.learningRate),
    ),
    seed: whole("seed", 0, 0),
    optimizer,
    quiet: flags.quiet === true,
  };
}

function refuse(argument: string): string {
  if (/^-\.?\d/.test(argument)) return `No flag takes a negative number, but found ${argument}`;
  return argument.startsWith("-")
    ? `There is no flag ${argument.replace(/=.*/, "")}`
    : `There is no use for "${argument}": all arguments are flags`;
}

function optimizerNamed(name: string): OptimizerName {
  const found = optimizers.find((known) => known === name);
  if (found === undefined) {
    throw new FlagError(`--optimizer takes adam, adamw or sgd, not "${name}"`);
  }
  return found;
}

function wholeNumber(flag: string, text: string, least: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || !Number.isSafeInteger(number)) {
    throw new FlagError(`--${flag} takes a whole number from ${least} up, not "${text}"`);
  }
  return number;
}

function positive(flag: string, text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number) || number <= 0) {
    throw new FlagError(`--${flag} takes a number above 0, not "${text}"`);
  }
  return number;
}
