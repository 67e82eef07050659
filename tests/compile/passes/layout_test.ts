import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { compile, nn, optim, Random, type Tensor, valueAndGrad } from "../../../src/mod.ts";
import { optimize } from "../../../src/compile/optimize.ts";
import { trace } from "../../../src/compile/trace.ts";

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
