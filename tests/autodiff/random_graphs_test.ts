/** Random graphs: reverse mode of both engines against dual numbers, which share nothing with it. */

import { assert } from "@std/assert";
import { grad, jvp } from "../../src/autodiff/transforms.ts";
import { tensor } from "../../src/values/creation.ts";
import { Random } from "../../src/values/random.ts";
import { type Value, value } from "../../src/values/value.ts";

/** A number and its derivative along one direction. */
type Dual = readonly [number: number, slope: number];

/** The operations that graphs are made of, for one sort of number. */
interface Algebra<T> {
  readonly unaries: readonly ((x: T) => T)[];
  readonly binaries: readonly ((a: T, b: T) => T)[];
}

const engine: Algebra<Value> = {
  unaries: [
    (x) => x.sin(),
    (x) => x.tanh(),
    (x) => x.neg(),
    (x) => x.sigmoid(),
    (x) => x.atan().exp(),
    (x) => x.square().add(1).log(),
    (x) => x.relu(),
  ],
  binaries: [
    (a, b) => a.add(b),
    (a, b) => a.sub(b),
    (a, b) => a.sin().mul(b),
    (a, b) => a.div(b.square().add(1)),
    (a, b) => a.maximum(b),
  ],
};

/** The same by the rules of the textbook, each with the derivative of the whole. */
const textbook: Algebra<Dual> = {
  unaries: [
    ([x, dx]) => [Math.sin(x), Math.cos(x) * dx],
    ([x, dx]) => [Math.tanh(x), dx / Math.cosh(x) ** 2],
    ([x, dx]) => [-x, -dx],
    ([x, dx]) => [1 / (1 + Math.exp(-x)), dx / (2 + 2 * Math.cosh(x))],
    ([x, dx]) => [Math.exp(Math.atan(x)), Math.exp(Math.atan(x)) / (1 + x * x) * dx],
    ([x, dx]) => [Math.log(x * x + 1), 2 * x / (x * x + 1) * dx],
    ([x, dx]) => x > 0 ? [x, dx] : [0, 0],
  ],
  binaries: [
    ([a, da], [b, db]) => [a + b, da + db],
    ([a, da], [b, db]) => [a - b, da - db],
    ([a, da], [b, db]) => [Math.sin(a) * b, Math.cos(a) * da * b + Math.sin(a) * db],
    ([a, da], [b, db]) => [
      a / (b * b + 1),
      da / (b * b + 1) - 2 * a * b * db / (b * b + 1) ** 2,
    ],
    ([a, da], [b, db]) => a === b ? [a, (da + db) / 2] : a > b ? [a, da] : [b, db],
  ],
};

/** A recipe: each node names an operation and the nodes it takes, any of those before it. */
function recipe(random: Random, inputs: number, size: number) {
  return Array.from({ length: size }, (_, i) => ({
    pick: random.next(),
    isUnary: random.next() < 0.4,
    from: [random.integer(inputs + i), random.integer(inputs + i)] as const,
  }));
}

type Recipe = ReturnType<typeof recipe>;

/** Follows a recipe with one sort of number; the result is the sum of the last five nodes. */
function follow<T>(steps: Recipe, inputs: readonly T[], { unaries, binaries }: Algebra<T>): T {
  const nodes = [...inputs];
  for (const { pick, isUnary, from: [i, j] } of steps) {
    nodes.push(
      isUnary
        ? unaries[Math.floor(pick * unaries.length)]!(nodes[i]!)
        : binaries[Math.floor(pick * binaries.length)]!(nodes[i]!, nodes[j]!),
    );
  }
  return nodes.slice(-5).reduce((a, b) => binaries[0]!(a, b));
}

function assertClose(actual: number, expected: number, what: string): void {
  const isClose = Math.abs(actual - expected) <= 1e-10 * Math.max(1, Math.abs(expected));
  assert(isClose, `${what}: ${actual} is not ${expected}`);
}

Deno.test("gradients of random graphs are those of dual numbers", () => {
  for (let seed = 0; seed < 100; seed++) {
    const random = new Random(seed);
    const numbers = Array.from({ length: 3 }, () => 4 * random.next() - 2);
    const steps = recipe(random, 3, 40);
    const values = numbers.map((number) => value(number));
    const result = follow(steps, values, engine);
    result.backward();

    const tensors = numbers.map((number) => tensor([number], { dtype: "float64" }));
    const onTensors = (inputs: unknown[]) => follow(steps, inputs as Value[], engine);
    const byTensors = grad(onTensors)(tensors);
    numbers.forEach((_, i) => {
      const duals = numbers.map((number, j): Dual => [number, Number(i === j)]);
      const [expected, slope] = follow(steps, duals, textbook);
      const what = `input ${i} of graph ${seed}`;
      assertClose(result.data, expected, what);
      assertClose(values[i]!.grad, slope, what);
      assertClose((byTensors[i] as typeof tensors[0])!.item(), slope, what);
      const units = tensors.map((x, j) => x.fillLike(Number(i === j)));
      const forwards = jvp(onTensors, [tensors], [units])[1];
      assertClose(forwards.item(), slope, what);
    });
  }
});
