/**
 * The main job beside PyTorch's script of the same work: `deno task bench:mnist DIR [ROUNDS]`.
 * Rounds are interleaved, each program in a process of its own: the seconds of the whole, imports
 * and files included, and of an epoch with its shuffling and batching. No time counts unless all
 * reach 96 % of the test images.
 */

import { findPyTorch, runProgram } from "./packages.ts";

const epochs = 5;
const leastAccuracy = 96;

/** A program, and whether its whole time counts. */
interface Runner {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
}

/** What one run took. */
interface Run {
  readonly whole: number;
  /** The median epoch, or NaN where the program prints none. */
  readonly epoch: number;
  readonly accuracy: number;
}

const here = (file: string) => `${import.meta.dirname}/${file}`;

async function runnersOf(directory: string): Promise<Runner[]> {
  const deno = ["run", "--quiet", `--allow-read=${directory}`];
  const example = [here("../../examples/mnist.ts"), "--data", directory, "--epochs", `${epochs}`];
  const worker = [here("workers/mnist.ts"), directory, `${epochs}`];
  const ours: Runner[] = [
    { name: "examples/mnist.ts", command: Deno.execPath(), args: [...deno, ...example] },
    { name: "turunan, epochs alone", command: Deno.execPath(), args: [...deno, ...worker] },
  ];
  const found = await findPyTorch();
  if (typeof found === "string") {
    console.error(found);
    return ours;
  }
  const args = ["-B", here("workers/mnist.py"), directory, `${epochs}`];
  const peers = [1, navigator.hardwareConcurrency].map((threads): Runner => ({
    name: `PyTorch, ${threads} thread${threads > 1 ? "s" : ""}`,
    command: found.python,
    args,
    env: {
      OMP_NUM_THREADS: `${threads}`,
      OPENBLAS_NUM_THREADS: `${threads}`,
      OMP_WAIT_POLICY: "PASSIVE",
    },
  }));
  return [...ours, ...peers];
}

async function run({ command, args, env }: Runner): Promise<Run> {
  const started = performance.now();
  const options = { seconds: 600, ...env === undefined ? {} : { env } };
  const { success, stdout, stderr } = await runProgram(command, args, options);
  const whole = (performance.now() - started) / 1000;
  if (!success) throw new Error(stderr);
  const accuracy = Number(stdout.match(/test accuracy: ([\d.]+)%/)?.[1]);
  if (!(accuracy >= leastAccuracy)) throw new Error(`the accuracy is ${accuracy} %`);
  const seconds = [...stdout.matchAll(/^epoch ([\d.]+)( |$)/gm)].map((match) => Number(match[1]));
  return { whole, epoch: median(seconds), accuracy };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

async function main([directory, rounds = "5"]: readonly string[]): Promise<number> {
  if (directory === undefined) {
    console.error("deno task bench:mnist DIR [ROUNDS]: DIR is a folder with MNIST's four files");
    return 2;
  }
  const runners = await runnersOf(directory);
  const runs = new Map<Runner, Run[]>(runners.map((runner) => [runner, []]));
  for (let round = 0; round < Number(rounds); round++) {
    const first = round % runners.length;
    for (const runner of [...runners.slice(first), ...runners.slice(0, first)]) {
      runs.get(runner)!.push(await run(runner));
    }
  }
  const text = (numbers: readonly number[]) =>
    Number.isNaN(numbers[0])
      ? "-"
      : `${median(numbers).toFixed(2)} [${Math.min(...numbers).toFixed(2)}-${
        Math.max(...numbers).toFixed(2)
      }]`;
  console.log("| program | whole, s | an epoch, s | accuracy, % |\n| --- | --- | --- | --- |");
  for (const [{ name }, all] of runs) {
    const [wholes, ofEpochs] = [all.map(({ whole }) => whole), all.map(({ epoch }) => epoch)];
    const accuracy = median(all.map((one) => one.accuracy));
    console.log(`| ${name} | ${text(wholes)} | ${text(ofEpochs)} | ${accuracy} |`);
  }
  return 0;
}

Deno.exitCode = await main(Deno.args);
