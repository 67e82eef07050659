import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Random } from "../../../mod.ts";
import { trainDigits, xor } from "../../../examples/lecture/08_training_steps.ts";
import {
  accuracy,
  irisExamples,
  trainIris,
} from "../../../examples/lecture/08_training_steps/iris.ts";
import {
  forward,
  halfSquaredError,
  infer,
  initialise,
  parametersOf,
  textbookDeltas,
  train,
  trainOn,
} from "../../../examples/lecture/08_training_steps/network.ts";
import { printoutOf } from "./printout.ts";

Deno.test("08_training_steps prints steps 0 to 7 and the back-propagated errors by name", async () => {
  const { lines, text, table } = await printoutOf("08_training_steps");
  for (let step = 0; step <= 7; step++) {
    const heading = step === 4 || step === 5 ? "Steps 4 and 5: " : `Step ${step}: `;
    assert(lines.some((line) => line.startsWith(heading)), heading);
  }
  const errors = table("step", "error", "rule", "by the rule", "by the engine");
  assertEquals(errors.map(([step, name]) => [step, name]), [
    ["4", "delta o1"],
    ["5", "delta h1"],
    ["5", "delta h2"],
  ]);
  for (const [, , , rule, engine] of errors) assertEquals(rule, engine);
  for (const name of ["o1", "o2", "o3", ...Array.from({ length: 8 }, (_, i) => `h${i + 1}`)]) {
    assertStringIncludes(text, `delta ${name}`);
  }
  const answers = table("x1", "x2", "target", "answer");
  assertEquals(answers.map(([, , , answer]) => Math.round(Number(answer))), [0, 1, 1, 0]);
  const [, ...shares] = table("split", ...Array.from({ length: 10 }, (_, i) => String(i + 1)))[0]!;
  const mean = shares.reduce((sum, share) => sum + Number(share), 0) / shares.length;
  assert(mean >= 95, `${mean} %`);
});

Deno.test("textbookDeltas() are the engine's gradients of the net inputs, at any depth", () => {
  for (const widths of [[1, 1], [2, 2, 1], [3, 4, 2], [2, 5, 4, 3]]) {
    const random = new Random(widths.length);
    const network = initialise(widths, random);
    const inputs = Array.from({ length: widths[0]! }, () => random.standardNormal());
    const targets = Array.from({ length: widths.at(-1)! }, () => random.next());
    const activities = forward(network, inputs);
    halfSquaredError(activities, targets).backward();
    const rule = textbookDeltas(network, activities, targets);
    assertEquals(rule.map(({ length }) => length), widths.slice(1));
    for (const [layer, own] of activities.entries()) {
      for (const [i, { net }] of own.entries()) {
        assertAlmostEquals(net.grad, rule[layer]![i]!, 1e-14);
      }
    }
  }
});

Deno.test("initialise() names hidden neurons h and outputs o, and follows its seed", () => {
  const names = (widths: number[]) =>
    initialise(widths, new Random(1)).map((layer) => layer.map(({ name }) => name));
  assertEquals(names([2, 2, 1]), [["h1", "h2"], ["o1"]]);
  assertEquals(names([1, 1, 2, 1]), [["h1"], ["hh1", "hh2"], ["o1"]]);
  const numbers = (seed: number) =>
    parametersOf(initialise([2, 3, 1], new Random(seed))).map(({ data }) => data);
  assertEquals(numbers(4), numbers(4));
  assert(numbers(4)[0] !== numbers(5)[0]);
  assertEquals(numbers(4).length, 13);
});

Deno.test("trainOn() lowers the loss of its example and forgets the gradients", () => {
  const network = initialise([2, 2, 1], new Random(0));
  const losses = [1, 2, 3].map(() => trainOn(network, xor[1]!, 0.5));
  assert(losses[1]! < losses[0]! && losses[2]! < losses[1]!);
  assert(parametersOf(network).every(({ grad }) => grad === 0));
});

Deno.test("train() ends where it has converged, or where the epochs are over", () => {
  const run = (stop: { loss: number; epochs: number }) =>
    train(initialise([2, 2, 1], new Random(0)), xor, { learningRate: 2, stop });
  const converged = run({ loss: 0.01, epochs: 5000 });
  assert(converged.length < 5000);
  assert(converged.at(-1)! <= 0.01 && converged.at(-2)! > 0.01);
  assertEquals(run({ loss: 0.01, epochs: 7 }).length, 7);
});

Deno.test("infer() changes no weight and remembers nothing", () => {
  const network = initialise([2, 2, 1], new Random(0));
  const numbers = () => parametersOf(network).map(({ data, grad }) => [data, grad]);
  const before = numbers();
  const answer = infer(network, [0, 1])[0]!;
  assertEquals(answer, forward(network, [0, 1]).at(-1)![0]!.output.data);
  assertEquals(numbers(), before);
});

Deno.test("irisExamples() keeps a fifth apart and standardises by the training part alone", () => {
  const { train, test, species } = irisExamples(3);
  assertEquals([train.length, test.length, species.length], [120, 30, 3]);
  for (let column = 0; column < 4; column++) {
    const numbers = train.map(({ inputs }) => inputs[column]!);
    const mean = numbers.reduce((sum, number) => sum + number, 0) / 120;
    assertAlmostEquals(mean, 0, 1e-5);
    assertAlmostEquals(numbers.reduce((sum, x) => sum + x * x, 0) / 119, 1, 0.01);
    const held = test.reduce((sum, { inputs }) => sum + inputs[column]!, 0) / 30;
    assert(Math.abs(held) > 1e-4); // not standardised by itself
  }
});

Deno.test("trainIris() names 95 % of the held-out flowers right, over splits the chapter has not", () => {
  const shares = Array.from({ length: 20 }, (_, i) => {
    const { network, data } = trainIris(100 + i);
    return accuracy(network, data.test);
  });
  const mean = shares.reduce((sum, share) => sum + share) / shares.length;
  assert(mean >= 0.95, `${mean}`);
  assert(Math.min(...shares) >= 0.8, `${shares}`);
});

Deno.test("trainDigits() learns", async () => {
  const { losses } = await trainDigits();
  assert(losses.at(-1)! < losses[0]! / 5);
});
