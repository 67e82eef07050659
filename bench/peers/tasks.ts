/** What is measured: the tasks, and what main and workers say to each other about them. */

/** One training step of a network. */
export interface StepTask {
  readonly kind: "mlp";
  readonly key: string;
  readonly widths: readonly number[];
  readonly batchSize: number;
  readonly optimizer: "sgd" | "adam";
  /** Images from a file, or random numbers. */
  readonly data: "digits" | "random";
  /** The most batches to take in turn. */
  readonly batches: number;
}

/** The product of two square matrices of float32, or several: each multiplied by the right one again. */
export interface ProductTask {
  readonly kind: "matmul";
  readonly key: string;
  readonly size: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** How many products follow one another in a call. */
  readonly inARow: number;
}

/** A function of an array of float32. */
export interface ArrayTask {
  readonly kind: "elementwise";
  readonly key: string;
  readonly function: "relu" | "softmax";
  readonly shape: readonly number[];
}

/** A graph of scalars, forward and backward. */
export interface ScalarTask {
  readonly kind: "scalar";
  readonly key: string;
  /** The lecturer's network on two moons, with its update; or a graph of many nodes. */
  readonly graph: "moons" | "wide";
}

/** Anything that is measured. */
export type Task = StepTask | ProductTask | ArrayTask | ScalarTask;

/** The kinds of task, which `--only` chooses from. */
export type Kind = Task["kind"];

/** The kinds in the order in which they are measured. */
export const kinds: readonly Kind[] = ["mlp", "matmul", "elementwise", "scalar"];

/** How long things are timed. */
export interface Timing {
  readonly warmUpMs: number;
  readonly repeats: number;
  readonly repeatMs: number;
}

/** Images and their labels as bytes, one file each. */
export interface DigitFiles {
  readonly images: string;
  readonly labels: string;
  readonly count: number;
}

/** What a worker is asked to do, as JSON in its only argument. */
export interface Job {
  readonly threads: number;
  /** Which part of its library: a backend, or a way to run it. */
  readonly mode: string;
  /** The folder with the peers' `node_modules`. */
  readonly packages: string;
  readonly digits: DigitFiles;
  readonly timing: Timing;
  readonly tasks: readonly Task[];
}

/** What a worker answers for each task, as a line of JSON. */
export interface Answer {
  readonly key: string;
  /** Milliseconds a step: the median, the least and the most of the repeats. */
  readonly ms: number;
  readonly least: number;
  readonly most: number;
  /** A number that all implementations must agree on: a loss after some steps, a sum. */
  readonly check: number;
  readonly version: string;
  /** How many nodes the graph of a scalar task has. */
  readonly nodes?: number;
}

/** What a worker answers for a task it cannot do. */
export interface Refusal {
  readonly key: string;
  readonly refused: string;
}

/** The tasks that one process of an implementation does, one after the other. */
export interface Group {
  readonly name: string;
  readonly kind: Kind;
  /** How far apart the checks may lie, as a part of their size. */
  readonly tolerance: number;
  readonly tasks: readonly Task[];
}

/** The networks of the table, by name. */
export const networks: Readonly<
  Record<string, { readonly widths: readonly number[]; readonly batchSize: number }>
> = {
  i: { widths: [784, 128, 10], batchSize: 64 },
  ii: { widths: [784, 512, 512, 10], batchSize: 128 },
  iii: { widths: [784, 512, 512, 10], batchSize: 1024 },
  iv: { widths: [2, 16, 2], batchSize: 4 },
};

function networkGroup(name: string): Group {
  const { widths, batchSize } = networks[name]!;
  const base = { kind: "mlp", widths, batchSize } as const;
  // so many batches that a step mostly meets new images, and that iv cannot learn its noise
  const inTurn = { data: widths[0] === 784 ? "digits" : "random", batches: 400 } as const;
  const tasks: StepTask[] = [
    { ...base, ...inTurn, key: `${name} sgd`, optimizer: "sgd" },
    { ...base, ...inTurn, key: `${name} adam`, optimizer: "adam" },
  ];
  if (inTurn.data === "digits") {
    const key = `${name} sgd, dense`;
    tasks.push({ ...base, key, optimizer: "sgd", data: "random", batches: 16 });
  }
  return { name, kind: "mlp", tolerance: 1e-3, tasks };
}

function product(size: number, form: "AB" | "AᵀB" | "ABᵀ" | "AᵀBᵀ"): ProductTask {
  return {
    kind: "matmul",
    key: form === "AB" ? `${size}` : `${size} ${form}`,
    size,
    transposeA: form.startsWith("Aᵀ"),
    transposeB: form.endsWith("Bᵀ"),
    inARow: 1,
  };
}

/** Products whose left operands are results: they lie where a library keeps them. */
function productsInARow(size: number): ProductTask {
  return { ...product(size, "AB"), key: `${size}, 8 in a row`, inARow: 8 };
}

const products: readonly ProductTask[] = [
  ...[16, 32, 64, 128, 256, 512, 1024].map((size) => product(size, "AB")),
  ...[64, 256].flatMap((size) => [
    product(size, "AᵀB"),
    product(size, "ABᵀ"),
    product(size, "AᵀBᵀ"),
  ]),
  ...[256, 512].map(productsInARow),
];

const arrays: readonly ArrayTask[] = [
  {
    kind: "elementwise",
    key: "relu(a x + b), 1,000,000 floats",
    function: "relu",
    shape: [1_000_000],
  },
  { kind: "elementwise", key: "softmax, [1024, 1000]", function: "softmax", shape: [1024, 1000] },
];

const graphs: readonly ScalarTask[] = [
  { kind: "scalar", key: "moons", graph: "moons" },
  { kind: "scalar", key: "graph of 100,000 nodes", graph: "wide" },
];

/** The groups of the kinds asked for, networks by name. */
export function groupsOf(only: readonly Kind[], names: readonly string[]): Group[] {
  const all: Group[] = [
    ...names.map(networkGroup),
    { name: "matmul", kind: "matmul", tolerance: 1e-4, tasks: products },
    { name: "elementwise", kind: "elementwise", tolerance: 1e-4, tasks: arrays },
    { name: "scalar", kind: "scalar", tolerance: 1e-6, tasks: graphs },
  ];
  return all.filter(({ kind }) => only.includes(kind));
}
