/**
 * Elementwise operations and reductions of [1000, 1000] float32, 4 MB an operand, each beside a
 * plain loop over the same numbers.
 */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { noGrad, Random, type Tensor } from "../mod.ts";

const side = 1000;
const random = new Random(0);
const x = random.normal([side, side]);
const y = random.normal([side, side]);
const row = random.normal([side]);
const parameter = random.normal([side, side]).asParameter("w");
const [a, b, r] = [x, y, row].map(({ data }) => data);
const output = new Float32Array(side * side);

/** What is timed: the operation, and a loop that does the same and returns its last number. */
interface Subject {
  readonly run: () => Tensor;
  readonly loop: () => number;
  /** How far the last numbers may be apart. */
  readonly tolerance?: number;
}

/** A loop over all elements, compiled by itself so that V8 knows nothing but this formula. */
function each(formula: string): () => number {
  const body = `for (let i = 0; i < output.length; i++) output[i] = ${formula};`;
  const loop = new Function("output", "a", "b", "r", body);
  return () => {
    loop(output, a, b, r);
    return output.at(-1)!;
  };
}

function total(): number {
  let sum = 0;
  for (let i = 0; i < output.length; i++) sum += a![i]!;
  return sum;
}

function columnTotals(): number {
  const sums = new Float64Array(side);
  for (let i = 0; i < side; i++) for (let j = 0; j < side; j++) sums[j]! += a![i * side + j]!;
  return sums.at(-1)!;
}

function rowMaxima(): number {
  let largest = -Infinity;
  for (let i = 0; i < side; i++) {
    largest = -Infinity;
    for (let j = 0; j < side; j++) largest = Math.max(largest, a![i * side + j]!);
  }
  return largest;
}

function softmax(): number {
  for (let i = 0; i < side; i++) {
    let [largest, sum] = [-Infinity, 0];
    for (let j = 0; j < side; j++) largest = Math.max(largest, a![i * side + j]!);
    for (let j = 0; j < side; j++) sum += Math.exp(a![i * side + j]! - largest);
    for (let j = 0; j < side; j++) {
      output[i * side + j] = Math.exp(a![i * side + j]! - largest) / sum;
    }
  }
  return output.at(-1)!;
}

const subjects: Readonly<Record<string, Subject>> = {
  "x + y": { run: () => x.add(y), loop: each("a[i] + b[i]") },
  "x * row": { run: () => x.mul(row), loop: each("a[i] * r[i % 1000]") },
  "x + 1": { run: () => x.add(1), loop: each("a[i] + 1") },
  "relu(x)": { run: () => x.relu(), loop: each("Math.max(a[i], 0)") },
  "tanh(x)": { run: () => x.tanh(), loop: each("Math.tanh(a[i])") },
  "exp(x)": { run: () => x.exp(), loop: each("Math.exp(a[i])") },
  "where(x > 0, x, y)": {
    run: () => x.where(x.greater(0), y),
    loop: each("a[i] > 0 ? a[i] : b[i]"),
  },
  "sum of all": { run: () => x.sum(), loop: total, tolerance: 0.1 },
  "sum of the columns": { run: () => x.sum(0), loop: columnTotals, tolerance: 1e-3 },
  "largest of each row": { run: () => x.max(1), loop: rowMaxima },
  "softmax of each row": { run: () => x.softmax(1), loop: softmax },
};

for (const [group, { run, loop, tolerance = 1e-6 }] of Object.entries(subjects)) {
  assertAlmostEquals(run().data.at(-1)!, loop(), tolerance); // checked before it is timed
  Deno.bench(`${group}: turunan`, { group }, () => {
    noGrad(run);
  });
  Deno.bench(`${group}: plain loop`, { group, baseline: true }, () => {
    loop();
  });
}

/** Forward and back through three operations: the cost of remembering is in it. */
function backward(): void {
  parameter.zeroGrad();
  parameter.mul(x).tanh().sum().backward();
}

backward();
const tanh = Math.tanh(parameter.data[7]! * a![7]!);
assertEquals(parameter.grad!.shape, [side, side]);
assertAlmostEquals(parameter.grad!.data[7]!, (1 - tanh * tanh) * a![7]!, 1e-5);

Deno.bench("sum(tanh(w * x)): forward and back", { group: "backward" }, backward);
