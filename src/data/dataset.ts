/** Examples to learn from: inputs with their labels, in batches and in parts. */

import { describe } from "../ops/describe.ts";
import { optionsOf } from "../ops/options.ts";
import { formatShape } from "../ops/shape.ts";
import { fromData } from "../values/creation.ts";
import { checkRandom, type Random } from "../values/random.ts";
import { Tensor } from "../values/tensor.ts";
import { DataError } from "./error.ts";
import { packedDataset, packedInputs, unpack } from "./packed.ts";

/**
 * Examples to learn from. Row `i` of `inputs` belongs to row `i` of `labels`; any object with these
 * two tensors is a dataset.
 *
 * @example Four examples of exclusive or
 * ```ts
 * import { type Dataset, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const xor: Dataset = {
 *   inputs: tensor([[0, 0], [0, 1], [1, 0], [1, 1]]),
 *   labels: tensor([0, 1, 1, 0], { dtype: "int32" }),
 * };
 * assertEquals(xor.inputs.shape, [4, 2]);
 * ```
 */
export interface Dataset {
  /** The inputs, `[n, ...]`, as a rule float32. */
  readonly inputs: Tensor;
  /** What belongs to each input: classes as int32 `[n]`, or numbers to predict as floats. */
  readonly labels: Tensor;
}

/** A dataset in the three parts that training, choosing and judging a model need. */
export interface DatasetParts {
  /** The examples to learn from. */
  readonly train: Dataset;
  /** The examples to choose by: when to stop, which setting to keep. */
  readonly validation: Dataset;
  /** The examples to judge by, once, at the end. */
  readonly test: Dataset;
}

/** How `batches` cuts a dataset. */
export interface BatchOptions {
  /** How many examples a batch holds. */
  readonly batchSize: number;
  /** Shuffles the examples; without it they come in their order. */
  readonly random?: Random | undefined;
  /** Leaves out a last batch that is smaller than the others. */
  readonly dropLast?: boolean | undefined;
}

/**
 * Cuts a dataset into batches, shuffled when `random` is given and otherwise in order. Each batch
 * is a dataset of its own with copies of its rows; the last one may be smaller. One call is one
 * pass over the data: call again for the next epoch, which the same generator shuffles anew.
 *
 * Throws a `DataError` when there are no examples, when inputs and labels differ in number, or when
 * `batchSize` is not a whole number from 1 up.
 *
 * @example Five examples by twos
 * ```ts
 * import { batches, Random, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const dataset = {
 *   inputs: tensor([[1, 10], [2, 20], [3, 30], [4, 40], [5, 50]]),
 *   labels: tensor([1, 2, 3, 4, 5], { dtype: "int32" }),
 * };
 * const sizes = [];
 * for (const { inputs, labels } of batches(dataset, { batchSize: 2, random: new Random(0) })) {
 *   assertEquals(inputs.data[0], labels.data[0]);
 *   sizes.push(inputs.shape[0]);
 * }
 * assertEquals(sizes, [2, 2, 1]);
 * ```
 */
export function batches(dataset: Dataset, options: BatchOptions): Generator<Dataset, void> {
  const count = exampleCount(dataset);
  const { batchSize, random, dropLast = false } = optionsOf(
    "make batches",
    options,
    { batchSize: "32", random: null, dropLast: null },
  );
  checkRandom("make batches", random);
  if (count === 0) throw new DataError("Cannot make batches: the dataset is empty");
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new DataError(
      `Cannot make batches of ${batchSize}: batchSize is a whole number from 1 up`,
    );
  }
  const order = random?.permutation(count) ?? null;
  return cut(dataset, order, batchSize, dropLast ? count - count % batchSize : count);
}

function* cut(
  dataset: Dataset,
  order: Int32Array | null,
  batchSize: number,
  end: number,
): Generator<Dataset, void> {
  for (let start = 0; start < end; start += batchSize) {
    yield pick(dataset, order, start, Math.min(start + batchSize, end));
  }
}

/**
 * Splits a dataset in two: the first examples and the rest, in their order, or drawn at random
 * when `random` is given. `first` is a number of examples, or a fraction between 0 and 1 of them
 * (rounded). Each part must get an example.
 *
 * Throws a `DataError` when inputs and labels differ in number or `first` does not split them.
 *
 * @example Keep a fifth for validation
 * ```ts
 * import { digits, splitDataset } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const { train } = digits({ train: 100 });
 * const [validation, rest] = splitDataset(train, 0.2);
 * assertEquals([validation.inputs.shape, rest.inputs.shape], [[20, 784], [80, 784]]);
 * ```
 */
export function splitDataset(
  dataset: Dataset,
  first: number,
  options: { readonly random?: Random | undefined } = {},
): [Dataset, Dataset] {
  const count = exampleCount(dataset);
  const { random } = optionsOf("split a dataset", options, { random: "new Random(0)" });
  checkRandom("split a dataset", random);
  const at = first > 0 && first < 1 ? Math.round(first * count) : first;
  if (!Number.isInteger(at) || at < 1 || at >= count) {
    throw new DataError(
      `Cannot split ${count} examples at ${first}: expected a fraction between 0 and 1, or a ` +
        "whole number, that leaves an example on each side",
    );
  }
  const order = random?.permutation(count) ?? null;
  return [part(dataset, order, 0, at), part(dataset, order, at, count)];
}

/** The number of examples; throws unless it is a dataset with as many labels as inputs. */
export function exampleCount(dataset: Dataset): number {
  // packed inputs have been counted, and to read them here would make them floats
  const isPacked = packedInputs(dataset) !== undefined;
  if (!isPacked) checkDataset(dataset);
  const labels = dataset.labels.shape;
  const inputs = isPacked ? labels : dataset.inputs.shape;
  if (inputs.length === 0 || labels.length === 0 || inputs[0] !== labels[0]) {
    throw new DataError(
      `Cannot use inputs ${formatShape(inputs)} with labels ${formatShape(labels)}: ` +
        "their first axes count the examples and must agree",
    );
  }
  return labels[0]!;
}

function checkDataset(dataset: Dataset): void {
  const { inputs, labels }: Partial<Dataset> = dataset ?? {};
  if (inputs instanceof Tensor && labels instanceof Tensor) return;
  const hasBoth = inputs !== undefined && labels !== undefined;
  const found = hasBoth
    ? `{ inputs: ${describe(inputs)}, labels: ${describe(labels)} }`
    : describe(dataset);
  throw new DataError(`Cannot use ${found} as a dataset: it is { inputs, labels }, two tensors`);
}

/** The examples from `start` up to `stop`, counted along `order`. */
function pick(
  dataset: Dataset,
  order: Int32Array | null,
  start: number,
  stop: number,
): Dataset {
  const packed = packedInputs(dataset);
  return {
    inputs: packed === undefined
      ? pickRows(dataset.inputs, order, start, stop)
      : unpack(packed, order, start, stop),
    labels: pickRows(dataset.labels, order, start, stop),
  };
}

/** As `pick`, but packed inputs stay packed. */
function part(dataset: Dataset, order: Int32Array | null, start: number, stop: number): Dataset {
  const packed = packedInputs(dataset);
  if (packed === undefined) return pick(dataset, order, start, stop);
  const { bytes, shape } = packed;
  const rows = copyRows(bytes, bytes.length / dataset.labels.shape[0]!, order, start, stop);
  return packedDataset({ bytes: rows, shape }, pickRows(dataset.labels, order, start, stop));
}

function pickRows(
  values: Tensor,
  order: Int32Array | null,
  start: number,
  stop: number,
): Tensor {
  const [count, ...shape] = values.shape;
  const data = copyRows(values.numbers.array, values.size / count!, order, start, stop);
  return fromData(data, [stop - start, ...shape], values.dtype);
}

function copyRows<A extends Copyable<A>>(
  values: A,
  rowSize: number,
  order: Int32Array | null,
  start: number,
  stop: number,
): A {
  if (order === null) return values.slice(start * rowSize, stop * rowSize);
  const rows = values.slice(0, (stop - start) * rowSize); // an array of the same kind
  for (let row = start, to = 0; row < stop; row++, to += rowSize) {
    const from = order[row]! * rowSize;
    rows.set(values.subarray(from, from + rowSize), to);
  }
  return rows;
}

/** The part of a typed array that copying rows needs. */
interface Copyable<A> {
  slice(start: number, stop: number): A;
  subarray(start: number, stop: number): A;
  set(values: A, at: number): void;
}
