/** Results that stay in the memory of a program: when they are used up, and when they are not. */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { compile, nn, optim, Random, type Tensor, tensor, UsageError } from "../../src/mod.ts";
import { valueAndGrad } from "../../src/mod.ts";
import { assertMistake } from "../mistake.ts";
import { assertAgree } from "./agreement.ts";

const here = import.meta.url;
const usedUp = "Cannot read a tensor that was handed back to the compiled function it came from, " +
  "which has replaced it: keep a .clone() of it";

/** Two parameters, one of which is updated in place and one with a copy. */
type Model = { w: Tensor; v: Tensor };

/** A step whose new `w` can be written over the old one, and whose new `v` cannot. */
const step = ({ w, v }: Model, x: Tensor): { model: Model; y: Tensor } => ({
  model: { w: w.add(x), v: v.sum().add(w.mul(2)) },
  y: w.mul(x),
});
const start = (): Model => ({ w: tensor([1, 2]), v: tensor([0, 0]) });
const x = tensor([1, 10]);

/** The model after so many eager steps. */
function eager(steps: number): { w: number[]; v: number[] } {
  let model = start();
  for (let i = 0; i < steps; i++) ({ model } = step(model, x));
  return numbers(model);
}

function numbers({ w, v }: Model): { w: number[]; v: number[] } {
  return { w: [...w.data], v: [...v.data] };
}

for (const options of [{ threads: 1 }, { backend: "reference" }] as const) {
  const way = "backend" in options ? options.backend : "wasm";

  Deno.test(`results that are handed back are used up, and say so when they are read: ${way}`, () => {
    const compiled = compile(step, options);
    const first = compiled(start(), x).model;
    const second = compiled(first, x).model;
    for (
      const { read } of Object.values(first).map((t) => ({ read: [() => t.data, () => t.add(1)] }))
    ) {
      for (const call of read) assertMistake(here, call, UsageError, usedUp);
    }
    assertMistake(here, () => compiled(first, x), UsageError, usedUp);
    assertMistake(here, () => first.w.clone(), UsageError, usedUp);
    assertEquals(numbers(second), eager(2)); // the attempts above have changed nothing
    assertEquals(numbers(compiled(second, x).model), eager(3));
  });

  Deno.test(`results that were read before they are handed back stay as they were: ${way}`, () => {
    const compiled = compile(step, options);
    const first = compiled(start(), x).model;
    assertEquals(numbers(first), eager(1));
    const second = compiled(first, x).model;
    assertEquals(numbers(first), eager(1));
    assertEquals([...second.w.data], eager(2).w); // one is read, the other is not
    const third = compiled(second, x).model;
    assertEquals(numbers(third), eager(3));
    assertEquals([...second.w.data], eager(2).w);
    assertMistake(here, () => second.v.data, UsageError, usedUp);
  });

  Deno.test(`clones of results outlive them: ${way}`, () => {
    const compiled = compile(step, options);
    const first = compiled(start(), x).model;
    const kept = { w: first.w.clone(), v: first.v.clone() };
    compiled(first, x);
    assertEquals(numbers(kept), eager(1));
    const again = compiled(kept, x).model;
    assertEquals([numbers(again), numbers(kept)], [eager(2), eager(1)]);
  });

  Deno.test(`results that are not handed back survive later calls: ${way}`, () => {
    const compiled = compile(step, options);
    const kept = Array.from({ length: 4 }, () => compiled(start(), x).model);
    const last = compiled(kept[1]!, x).model;
    assertEquals(numbers(last), eager(2));
    for (const model of [kept[0]!, kept[2]!, kept[3]!]) assertEquals(numbers(model), eager(1));
  });

  Deno.test(`a result can be handed back as another argument: ${way}`, () => {
    const compiled = compile(step, options);
    const { w, v } = compiled(start(), x).model;
    const swapped = compiled({ w: v, v: w }, x).model;
    const wanted = step({ w: tensor(eager(1).v), v: tensor(eager(1).w) }, x).model;
    assertEquals(numbers(swapped), numbers(wanted));
    const both = compiled({ w: swapped.w, v: swapped.w }, x).model;
    const same = tensor([...wanted.w.data]);
    assertEquals(numbers(both), numbers(step({ w: same, v: same }, x).model));
    assertEquals([...swapped.w.data], [...wanted.w.data]); // taken out for its second place
  });

  Deno.test(`two compiled functions share results: ${way}`, () => {
    const [one, other] = [compile(step, options), compile(step, options)];
    let model = start();
    for (let i = 0; i < 3; i++) {
      const between = one(model, x).model;
      model = other(between, x).model;
      assertEquals(numbers(between), eager(2 * i + 1)); // it was taken out for the other function
    }
    assertEquals(numbers(model), eager(6));
  });

  Deno.test(`batches of alternating sizes share one model: ${way}`, () => {
    const f = ({ w, v }: Model, batch: Tensor) => ({
      model: { w: w.add(batch.sum(0)), v: v.add(w) },
    });
    const compiled = compile(f, options);
    let [found, wanted] = [start(), start()];
    for (const rows of [1, 2, 2, 1, 3, 2, 1]) {
      const batch = x.reshape([1, 2]).broadcastTo([rows, 2]);
      const before = found;
      found = compiled(found, batch).model;
      wanted = f(wanted, batch).model;
      if (rows === 3) assertEquals(before.w.size, 2);
    }
    assertEquals(numbers(found), numbers(wanted));
  });

  Deno.test(`dispose() leaves results as they are, and the function can be called again: ${way}`, () => {
    const compiled = compile(step, options);
    const { model } = compiled(start(), x);
    compiled.dispose();
    assertEquals(numbers(model), eager(1));
    const second = compiled(model, x).model;
    compiled.dispose();
    compiled.dispose();
    assertEquals(numbers(compiled(second, x).model), eager(3));
    assertEquals(numbers(model), eager(1));
    {
      using scoped = compile(step, options);
      assertEquals(numbers(scoped(start(), x).model), eager(1));
    }
  });

  Deno.test(`writing to a result's numbers counts when it is handed back: ${way}`, () => {
    const compiled = compile(step, options);
    const { model } = compiled(start(), x);
    model.w.data.set([5, 6]);
    const wanted = step({ w: tensor([5, 6]), v: tensor(eager(1).v) }, x).model;
    assertEquals(numbers(compiled(model, x).model), numbers(wanted));
  });

  Deno.test(`an argument that is a result too keeps its numbers: ${way}`, () => {
    const f = ({ w, v }: Model) => ({
      w: w.mul(2),
      v: v.add(w),
      old: w,
      turned: v.reshape([2, 1]),
    });
    const compiled = compile(f, options);
    let [found, wanted] = [f(start()), f(start())];
    for (let i = 0; i < 3; i++) {
      [found, wanted] = [compiled(found), f(wanted)];
      assertAgree(found, wanted);
    }
  });

  Deno.test(`results that are shapes of arguments, swapped: ${way}`, () => {
    const f = ({ w, v }: Model) => ({
      w: v.reshape([1, 2]).reshape([2]),
      v: w.reshape([1, 2]).reshape([2]),
      sum: w.add(v),
    });
    const compiled = compile(f, options);
    let model: Model = { w: tensor([1, 2]), v: tensor([3, 4]) };
    for (let i = 0; i < 3; i++) model = compiled(model);
    assertEquals(numbers(model), { w: [3, 4], v: [1, 2] });
  });

  Deno.test(`large matrices that are replaced by products with themselves: ${way}`, () => {
    const random = new Random(1);
    const matrix = () => random.normal([70, 70], { dtype: "float64" }).mul(0.1);
    const f = ({ a, b }: { a: Tensor; b: Tensor }) => ({
      a: a.matmul(b).add(a),
      b: b.matmul(a, { transposeA: true }).tanh(),
    });
    const compiled = compile(f, options);
    let [found, wanted] = [{ a: matrix(), b: matrix() }, { a: matrix(), b: matrix() }];
    wanted = { a: found.a.clone(), b: found.b.clone() };
    for (let i = 0; i < 3; i++) [found, wanted] = [compiled(found), f(wanted)];
    assertAgree(found, wanted, "", 100);
  });

  Deno.test(`lanes that are normalised in place, along either axis: ${way}`, () => {
    const f = (x: Tensor) => x.mul(3).softmax(0).mul(5).logSoftmax(1).softmax(1);
    const compiled = compile(f, options);
    let found = new Random(2).normal([41, 39], { dtype: "float64" });
    let wanted = found.clone();
    for (let i = 0; i < 3; i++) [found, wanted] = [compiled(found), f(wanted)];
    assertAgree(found, wanted, "", 100);
  });
}

Deno.test("square weights whose gradient alone is stored turned over come out as they are", () => {
  const f = ({ w }: { w: Tensor }, x: Tensor, g: Tensor) => ({
    w: g.matmul(x, { transposeA: true }),
    y: x.matmul(w, { transposeB: true }).sum(),
  });
  const random = new Random(2);
  const [w, x, g] = [[128, 128], [128, 128], [128, 128]].map((shape) =>
    random.normal(shape, { dtype: "float64" }).relu()
  ) as [Tensor, Tensor, Tensor];
  const compiled = compile(f, { threads: 1 });
  let [found, wanted] = [{ w }, { w }];
  for (let i = 0; i < 3; i++) {
    [found, wanted] = [compiled(found, x, g), f(wanted, x, g)];
    if (i === 1) assertAgree(found, wanted, "", 100);
  }
  assertAgree(found, wanted, "", 100);
});

Deno.test("a training step never refuses half: NaN leaves parameters and their memory alone", () => {
  const model = nn.mlp([2, 3, 1], { activation: "tanh", random: new Random(0) });
  const optimizer = optim.adam({ learningRate: 0.1 });
  const train = compile(
    (m: nn.Sequential, s: optim.OptimizerState<nn.Sequential>, x: Tensor, at: Tensor) => {
      const [loss, gradients] = valueAndGrad((m: nn.Sequential) => m.forward(x).square().mean())(m);
      const checked = (loss as Tensor).reshape([1]).gather(at, { axis: 0 });
      return { ...optimizer.update(m, gradients, s), checked };
    },
  );
  const inputs = tensor([[1, 2]]);
  const [good, bad] = [tensor([0], { dtype: "int32" }), tensor([1], { dtype: "int32" })];
  let state = { model, state: optimizer.init(model) };
  state = train(state.model, state.state, inputs, good);
  try {
    train(state.model, state.state, inputs, bad);
  } catch (error) {
    assert(error instanceof UsageError);
  }
  const before = state.model.parameters().map((p) => [...p.data]);
  state = train(state.model, state.state, inputs, good);
  assertNotEquals(state.model.parameters().map((p) => [...p.data]), before);
  assertEquals(state.state.step.item(), 2);
});
