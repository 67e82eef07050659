import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { compile, grad, nn, optim, Random, type Tensor, valueAndGrad } from "../../../src/mod.ts";
import { optimize, passes } from "../../../src/compile/optimize.ts";
import { turnParameters } from "../../../src/compile/passes/layout.ts";
import { trace } from "../../../src/compile/trace.ts";
import { assertAgree } from "../agreement.ts";
import { runProgram, traceOf } from "../run_program.ts";

const float64 = { dtype: "float64" } as const;

/** A step of a network whose first layer is large enough to be turned. */
function problem(optimizer: optim.Optimizer) {
  const random = new Random(5);
  const model = nn.mlp([200, 96, 5], { random, ...float64 });
  const inputs = random.uniform([64, 200], float64).sub(0.7).relu();
  const targets = random.uniform([64, 5], float64);
  const step = (model: nn.Sequential, state: optim.OptimizerState<nn.Sequential>, x: Tensor) => {
    const loss = valueAndGrad((m: nn.Sequential) => nn.meanSquaredError(m.forward(x), targets));
    const [error, gradients] = loss(model);
    return { error: error as Tensor, ...optimizer.update(model, gradients, state) };
  };
  return { model, inputs, step };
}

Deno.test("turnParameters() turns the first layer's weights, and what is computed with them", () => {
  const optimizer = optim.adam();
  const { model, inputs, step } = problem(optimizer);
  const traced = trace(step as (...args: never[]) => unknown, [
    model,
    optimizer.init(model),
    inputs,
  ]);
  const { turned, slots } = optimize(traced.program);
  const shapes = [...turned!].map((value) => slots[value]!.shape.join());
  assertEquals(new Set(shapes), new Set(["200,96"]));
  assertEquals(shapes.length, 6); // weights, mean and mean square, before and after
});

Deno.test("a compiled function with turned parameters equals the function", () => {
  for (const optimizer of [optim.sgd({ learningRate: 0.1, momentum: 0.9 }), optim.adam()]) {
    const { model, inputs, step } = problem(optimizer);
    using compiled = compile(step);
    let eager = { model, state: optimizer.init(model) };
    let fast = { model, state: optimizer.init(model) };
    for (let i = 0; i < 5; i++) {
      const expected = step(eager.model, eager.state, inputs);
      const actual = compiled(fast.model, fast.state, inputs);
      assertAlmostEquals(actual.error.item(), expected.error.item(), 1e-12);
      eager = expected;
      fast = actual;
      if (i === 2) assert(fast.model.parameters()[0]!.data.length > 0); // taken out, and back in
    }
    fast.model.parameters().forEach((parameter, p) => {
      const expected = eager.model.parameters()[p]!;
      assertEquals(parameter.shape, expected.shape);
      parameter.data.forEach((x, i) => assertAlmostEquals(x, expected.data[i]!, 1e-12));
    });
  }
});

/** A step that learns one weight from one to three batches, read as it is or transposed. */
function sharedWeight(seed: number) {
  const random = new Random(seed);
  const isSquare = random.integer(2) === 0;
  const shape = isSquare ? [3, 3] : [3, 4];
  const weight = random.normal(shape, float64);
  const ways = Array.from({ length: 1 + random.integer(3) }, () => {
    const transposeB = random.integer(2) === 0;
    return { transposeB, isLeft: random.integer(4) === 0 };
  });
  const batches = ways.map(({ transposeB, isLeft }) => {
    const [rows, columns] = shape as [number, number];
    return random.normal(isLeft ? [columns, 2] : [2, transposeB ? columns : rows], float64);
  });
  const step = (weight: Tensor, velocity: Tensor, batches: readonly Tensor[]) => {
    const loss = (w: Tensor) =>
      ways.map(({ transposeB, isLeft }, i) => {
        const batch = batches[i]!;
        return (isLeft ? w.matmul(batch) : batch.matmul(w, { transposeB })).tanh().sum();
      }).reduce((a, b) => a.add(b));
    const gradient = grad(loss)(weight);
    const next = velocity.mul(0.9).add(gradient);
    return { weight: weight.sub(next.mul(0.1)), velocity: next };
  };
  return { step, args: [weight, random.normal(shape, float64), batches] as const };
}

Deno.test("turnParameters() keeps what is computed with a weight that several batches share", () => {
  let turnedOnes = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { step, args } = sharedWeight(seed);
    const { program: traced, inputs } = traceOf(step as (...args: never[]) => unknown, args);
    const before = passes.slice(0, passes.indexOf(turnParameters))
      .reduce((program, pass) => pass(program), traced);
    const after = turnParameters(before, 0);
    turnedOnes += +(after !== before);
    assertEquals(runProgram(after, inputs), runProgram(before, inputs), `seed ${seed}`);
  }
  assert(turnedOnes > 20, `only ${turnedOnes} of the programs were turned`);
});

Deno.test("turnParameters() leaves stacks of matrices as they are", () => {
  const random = new Random(9);
  const [weights, batch] = [random.normal([4, 3, 5], float64), random.normal([2, 5], float64)];
  const step = (w: Tensor, x: Tensor) => {
    const loss = (w: Tensor) => x.matmul(w, { transposeB: true }).square().mean();
    return w.sub(grad(loss)(w).mul(0.1));
  };
  const scaled = (a: Tensor, x: Tensor) => a.mul(2).matmul(x, { transposeA: true });
  const stacked = random.normal([4, 2, 3], float64);
  for (const [f, ...args] of [[step, weights, batch], [scaled, stacked, batch]] as const) {
    const { program: traced, inputs } = traceOf(f as (...args: never[]) => unknown, args);
    const before = passes.slice(0, passes.indexOf(turnParameters))
      .reduce((program, pass) => pass(program), traced);
    assertEquals(runProgram(turnParameters(before, 0), inputs), runProgram(before, inputs));
  }
});

Deno.test("a compiled network that sees two batches at once equals the function", () => {
  const random = new Random(3);
  const model = nn.mlp([200, 96, 5], { random, ...float64 });
  const optimizer = optim.sgd({ learningRate: 0.1 });
  const step = (model: nn.Sequential, first: Tensor, second: Tensor) => {
    const error = (m: nn.Sequential) =>
      m.forward(first).square().mean().add(m.forward(second).square().mean());
    return optimizer.update(model, grad(error)(model), optimizer.init(model)).model;
  };
  const batches = [random.normal([64, 200], float64), random.normal([64, 200], float64)] as const;
  using compiled = compile(step);
  assertAgree(compiled(model, ...batches), step(model, ...batches));
});

Deno.test("a constant beside a gradient that lies transposed is read as it lies", () => {
  const random = new Random(0);
  const [mask, w] = [random.normal([64, 300]), random.normal([64, 300])];
  const [x, y] = [random.normal([256, 300]), random.normal([256, 64])];
  const step = (w: Tensor, x: Tensor, y: Tensor) =>
    w.sub(y.tanh().matmul(x, { transposeA: true }).mul(mask));
  const distance = compile(step)(w, x, y).sub(step(w, x, y)).abs().max().item();
  assertAlmostEquals(distance, 0, 1e-3);
});
