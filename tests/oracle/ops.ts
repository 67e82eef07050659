/** Checks of single ops and programs: values and gradients, first and second derivatives. */

import { grad, jvp, type Tensor, value, vjp } from "../../src/mod.ts";
import type { Value } from "../../src/mod.ts";
import type { Adapter, Adapters, Inputs } from "./adapters.ts";
import { type Case, type Listed, toNumber, toTensor } from "./cases.ts";
import { accurate, expectNumber, expectTensor, lookUp, loose, type Tolerance } from "./compare.ts";
import { usual } from "./compare.ts";
import { elementwise } from "./elementwise.ts";
import { indexing } from "./indexing.ts";
import { losses } from "./losses.ts";
import { feedForward, recurrent } from "./networks.ts";
import { products } from "./products.ts";
import { branches, chains, classics, self } from "./programs.ts";
import { reductions } from "./reductions.ts";
import { shapes } from "./shapes.ts";
import { views } from "./views.ts";
import { windows } from "./windows.ts";

const adapters: Adapters = {
  ...elementwise,
  ...reductions,
  ...shapes,
  ...indexing,
  ...products,
  ...losses,
  ...chains,
  ...classics,
  ...branches,
  ...self,
  ...views,
  ...windows,
  ...feedForward,
  ...recurrent,
};

function toleranceOf({ tags }: Case): Tolerance {
  if (tags.includes("accuracy")) return accurate;
  return tags.includes("loose") ? loose : usual;
}

/** An op as a function of those inputs that have a gradient; the others stay as they are. */
function asFunction(
  { inputs: listed, attrs }: Case,
  adapter: Adapter,
): { f: (...variables: Tensor[]) => readonly Tensor[]; variables: Tensor[] } {
  const inputs = (listed as Listed[]).map((input) => toTensor(input));
  const isVariable = (listed as Listed[]).map((input) => input.requires_grad === true);
  const f = (...variables: Tensor[]) => {
    let next = 0;
    const all = inputs.map((input, i) => isVariable[i] ? variables[next++]! : input);
    const result = adapter(all as unknown as Inputs, attrs);
    return Array.isArray(result) ? result as readonly Tensor[] : [result as Tensor];
  };
  return { f, variables: inputs.filter((_, i) => isVariable[i]) };
}

/** What several of a kind are called in a message: `output`, `output 0`, `output 1`. */
function numbered(what: string, index: number, count: number): string {
  return count === 1 ? what : `${what} ${index}`;
}

function expectAll(
  what: string,
  actual: readonly Tensor[],
  expected: readonly Listed[],
  tolerance: Tolerance = usual,
): void {
  expected.forEach((listed, i) =>
    expectTensor(numbered(what, i, expected.length), actual[i]!, listed, tolerance)
  );
}

function asArray<T>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? one : [one as T];
}

/** The outputs, and the gradients by `vjp`; `backward()` must agree. */
export function checkOp(test: Case): void {
  const adapter = lookUp(adapters, test.op!);
  const { f, variables } = asFunction(test, adapter);
  const outputs: readonly Listed[] = test.outputs ?? [test.output];
  expectAll("output", f(...variables), outputs, toleranceOf(test));
  if (test.grads === null) return;
  const cotangents = asArray<Listed | null>(test.cotangents ?? test.cotangent);
  const grads = (test.grads as (Listed | null)[]).filter((listed) => listed !== null);
  const differentiable = (...x: Tensor[]) => f(...x).filter((_, i) => cotangents[i] !== null);
  const seeds = cotangents.filter((listed) => listed !== null).map((listed) => toTensor(listed));
  const [, pullback] = vjp(differentiable, ...variables);
  expectAll("gradient", asArray<Tensor>(pullback(seeds)), grads);
  checkBackward(test, { outputs: differentiable, seeds, grads });
  if (elementwise[test.op!] !== undefined) checkScalars(test, adapter);
}

/** `backward()` leaves the same gradients in `.grad`. */
function checkBackward(
  { inputs }: Case,
  { outputs, seeds, grads }: {
    outputs: (...variables: Tensor[]) => readonly Tensor[];
    seeds: readonly Tensor[];
    grads: readonly Listed[];
  },
): void {
  const isZero = (listed: Listed) => listed.data.every((number) => number === 0);
  if (seeds.length > 1 || grads.every(isZero)) return; // it refuses where nothing flows
  const variables = (inputs as Listed[]).filter((input) => input.requires_grad)
    .map((input) => toTensor(input, { requiresGrad: true }));
  outputs(...variables)[0]!.backward(seeds[0]);
  expectAll("grad", variables.map((x) => x.grad ?? x.fillLike(0)), grads);
}

/** Elementwise ops serve scalars too: the same numbers one by one, where all shapes are equal. */
function checkScalars(test: Case, adapter: Adapter): void {
  const inputs = test.inputs as Listed[];
  const shape = String(test.output.shape);
  if (inputs.some((input) => String(input.shape) !== shape)) return;
  const sum = test.grads.map((listed: Listed | null) => listed?.data);
  test.output.data.forEach((expected: number | string, i: number) => {
    const values = inputs.map((input) => value(toNumber(input.data[i]!)));
    const result = adapter(values as unknown as Inputs, test.attrs) as unknown as Value;
    expectNumber(`scalar output [${i}]`, result.data, expected, toleranceOf(test));
    result.backward();
    const scale = test.cotangent.data[i];
    values.forEach((x, input) => {
      if (!inputs[input]!.requires_grad || !Number.isFinite(x.grad)) return;
      expectNumber(`scalar gradient ${input} [${i}]`, x.grad * scale, sum[input][i]);
    });
  });
}

/** `grads`, their derivatives along `vs`, and the output's derivative along `vs`. */
export function checkSecondOrder(test: Case): void {
  checkOp(test);
  const { f, variables } = asFunction(test, lookUp(adapters, test.op!));
  const differentiable = <T>(listed: readonly (T | null)[]) =>
    listed.filter((entry, i): entry is T => entry !== null && test.inputs[i].requires_grad);
  const directions = differentiable<Listed>(test.vs).map((listed) => toTensor(listed));
  const cotangent = toTensor(test.cotangent);
  const along = (inputs: Tensor[]): Tensor => {
    const [, pullback] = vjp((...x: Tensor[]) => f(...x)[0]!, ...inputs);
    const gradients = asArray<Tensor>(pullback(cotangent));
    return gradients.map((g, i) => g.mul(directions[i]!).sum()).reduce((a, b) => a.add(b));
  };
  expectAll("hvp", grad(along)(variables), differentiable<Listed>(test.hvps));
  const [, derivative] = jvp((...x: Tensor[]) => f(...x)[0]!, variables, directions);
  expectTensor("jvp", derivative, test.jvp);
}
