/** `bench/RESULTS.md`, written from what `results.json` keeps of the last run of each group. */

import { runProgram } from "./packages.ts";
import { readProcessor } from "./processor.ts";
import type { Circumstances, GroupRecord } from "./record.ts";
import { sectionsOf } from "./tables.ts";
import { groupsOf, kinds, networks } from "./tasks.ts";

const kept = `${import.meta.dirname}/results.json`;
const page = `${import.meta.dirname}/../RESULTS.md`;

/** Keeps records in place of older ones of the same groups, and writes the page anew. */
export async function writeResults(records: readonly GroupRecord[]): Promise<void> {
  const byName = new Map([...await readKept(), ...records].map((record) => [record.name, record]));
  const all = groupsOf(kinds, Object.keys(networks)).flatMap(({ name }) => byName.get(name) ?? []);
  const oneLineArrays = JSON.stringify(all, null, 2)
    .replace(/\[\s+([-\d.,\snul]+?)\s+\]/g, (_, inner) => `[${inner.replace(/\s+/g, " ")}]`);
  await Deno.writeTextFile(kept, oneLineArrays);
  const sections = sectionsOf(all).map(({ title, text }) => `## ${title}\n\n${text}\n`);
  await Deno.writeTextFile(page, `${introduction}\n${sections.join("\n")}`);
  await runProgram(Deno.execPath(), ["fmt", "--quiet", kept, page]);
}

async function readKept(): Promise<GroupRecord[]> {
  try {
    return JSON.parse(await Deno.readTextFile(kept));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** How and where this run measures. */
export async function circumstancesOf(rounds: number, digits: string): Promise<Circumstances> {
  const { deno, v8 } = Deno.version;
  const cores = navigator.hardwareConcurrency;
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${(await readProcessor()).name}, ${cores} ${cores === 1 ? "core" : "cores"}`,
    runtime: `Deno ${deno} (V8 ${v8}) on ${Deno.build.target}`,
    digits,
    rounds,
  };
}

const introduction = `# turunan beside its peers

Written by \`deno task bench:peers --write\`; what it keeps of each group of tasks stands in
\`peers/results.json\`. To reproduce:

\`\`\`
apt-get install python3-torch libopenblas0-pthread  # without them PyTorch is left out
deno task bench:peers                # all of it, most of an hour; --help says how to do less
deno task bench:peers --quick        # a few minutes, to see that everything runs
deno task bench:peers --data DIR     # with the files of MNIST in DIR, as here; else drawn digits
\`\`\`

**How it is measured.** Rounds are interleaved, with a fresh process for each implementation in each
round, in another order each round. In a process: 20 steps (they are compared, see below), 0.4 s of
warm-up, then the median of 9 repeats of at least 60 ms. A ratio is taken within a round; tables
give the median over the rounds, and the least and the most. Run it with nothing else running. A
machine in a cloud shares its cores all the same: for minutes two of them may be the halves of one,
or another machine has the other half of each. Such a half core slows turunan by up to a half, since
WebAssembly takes several instructions where AVX takes one, and PyTorch hardly at all. So a loop that needs all of a core runs before each
process, on one core and on two. The process waits for up to half a minute (\`--patience\`) until two
cores are worth 1.8 of a whole one, the fastest that was seen; "two cores over one" under a table says
what they were worth, as the median and the least and the most. Tables without it were measured before
this was looked at.

**What is the same for all.** The first weights, random inputs and operands come from one linear
congruential generator, written in each language; the images are read from the same file. Losses
after 20 steps, and the sums of the results of products and functions, must agree to a part in a
thousand (training) or ten thousand (the rest), or no table is written.

**Training steps.** i = 784-128-10, batch 64; ii = 784-512-512-10, batch 128; iii = the same, batch
1024; iv = 2-16-2, batch 4. ReLU, softmax cross-entropy, SGD at 0.1, Adam at 0.001 with bias
correction. Up to 400 batches in turn: MNIST's training images as floats from 0 to 1, random numbers
in iv; "dense" has 16 batches of random numbers in place of images, of which most pixels are 0. They
are tensors that are made once, before the clock runs: PyTorch reads them where they are, and so does
turunan when they come again, up to 128 MiB of them, which those of i are; those of ii and iii are
copied into the program's memory step by step. No loss is read while the clock runs.

**Products and functions.** turunan's operands are made by \`tensor()\` and given to every call. Nobody
else has had their numbers in hand, so they are copied into the memory of the program once; an array
that is wrapped as it is, or has been read by \`.data\`, would be copied at each call. "8 in a row" multiplies the result by the right operand again, seven times more.

**Settings.** PyTorch: \`OMP_WAIT_POLICY=PASSIVE\`, on one core and on all; "tuned" has
\`OPENBLAS_CORETYPE=SKYLAKEX\` (AVX-512, which OpenBLAS 0.3.21 does not choose on newer CPUs);
"best" is the fastest of its thread counts in a round, each with \`zero_grad(set_to_none=True)\`.
Its relu over a million floats works in place, but for the first product. turunan with BLAS has the same
setting as "tuned". jax-js: its wasm device, all of the step under \`jit\`, on all cores. tfjs-wasm: SIMD, one thread, as
its threads do not start in Deno or Node; so it is compared with turunan on one thread. numpy-ts:
its results are disposed of, or its WebAssembly memory fills up and it goes on in JavaScript.
turunan runs without any permission but to read the images.
`;
