/** Inputs that are given in turn stay in a program's memory, and none is ever out of date. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { availableThreads } from "../../src/backends/wasm/threads.ts";
import { Shelf } from "../../src/compile/shelf.ts";
import {
  arange,
  batches,
  compile,
  nn,
  noGrad,
  optim,
  Random,
  Tensor,
  tensor,
  valueAndGrad,
} from "../../src/mod.ts";
import { Numbers } from "../../src/values/tensor_parts.ts";

const random = new Random(5);
const side = 64; // as many numbers as are worth a place

/** A matrix of small integers, so that all sums are exact. */
function integers(): Tensor {
  return tensor(Float32Array.from({ length: side * side }, () => random.integer(5) - 2), {
    shape: [side, side],
  });
}

const product = (a: Tensor, b: Tensor) => a.matmul(b).relu();

/** What a function gives for copies of its arguments, not compiled. */
const eager = (a: Tensor, b: Tensor) => noGrad(() => product(a.clone(), b.clone())).toArray();

Deno.test("operands that come again are copied once", () => {
  const f = compile(product, { threads: 2 });
  const b = integers();
  const turns = Array.from({ length: 3 }, integers);
  for (let round = 0; round < 4; round++) {
    for (const a of turns) assertEquals(f(a, b).toArray(), eager(a, b));
  }
  const before = turns.map((a) => eager(a, b));
  for (const a of turns) a.numbers.array.fill(0); // as nobody may: so it can be told
  if (availableThreads() > 1) turns.forEach((a, i) => assertEquals(f(a, b).toArray(), before[i]));
  for (const a of turns) a.numbers.version++;
  for (const a of turns) assertEquals(f(a, b).max().item(), 0);
});

Deno.test("batches of a dataset are copied once, too, and its own numbers stay unseen", () => {
  const f = compile((a: Tensor) => product(a, a), { threads: 2 });
  const dataset = { inputs: integers().concat([integers()]), labels: arange(2 * side) };
  const turns = [...batches(dataset, { batchSize: side })].map(({ inputs }) => inputs);
  assertEquals([dataset.inputs, ...turns].map(({ numbers }) => numbers.isExposed), [
    false,
    false,
    false,
  ]);
  const before = turns.map((a) => eager(a, a));
  for (let round = 0; round < 4; round++) {
    turns.forEach((a, i) => assertEquals(f(a).toArray(), before[i]));
  }
  for (const a of turns) a.numbers.array.fill(0); // as nobody may: so it can be told
  if (availableThreads() > 1) turns.forEach((a, i) => assertEquals(f(a).toArray(), before[i]));
});

Deno.test("operands that come again are copied when somebody may have written to them", () => {
  const f = compile(product, { threads: 2 });
  const b = integers();
  const turns = Array.from({ length: 3 }, integers);
  for (let round = 0; round < 3; round++) for (const a of turns) f(a, b);
  const { data } = turns[1]!;
  for (let round = 0; round < 3; round++) {
    data[round] = 7;
    for (const a of turns) assertEquals(f(a, b).toArray(), eager(a, b));
  }
});

Deno.test("whatever comes again, and when, compiled functions compute as eager ones", () => {
  const functions = [
    product,
    (a: Tensor, b: Tensor) => a.matmul(b, { transposeA: true }),
    (a: Tensor, b: Tensor) => a.matmul(b).add(b),
    (a: Tensor, b: Tensor) => a.reshape([side / 2, -1]).matmul(b.reshape([-1, side / 2])),
  ];
  const programs = functions.map((f, i) => compile(f, { threads: 2, reuseResults: i === 1 }));
  let pool = Array.from({ length: 6 }, integers);
  const any = () => pool[random.integer(pool.length)]!;
  const events: (() => void)[] = [
    () => {},
    () => pool = pool.with(random.integer(6), integers()),
    () => pool = pool.with(random.integer(6), any().reshape([1, side, side]).reshape([side, side])),
    () => any().data[random.integer(9)] = random.integer(9),
    () => any().numbers.overwrite(integers().numbers),
  ];
  for (let event = 0; event < 600; event++) {
    events[random.integer(8)]?.();
    const which = random.integer(functions.length);
    const [a, b] = [any(), any()];
    const wanted = functions[which]!(a.clone(), b.clone()).toArray();
    assertEquals(programs[which]!(a, b).toArray(), wanted, `event ${event}`);
  }
});

Deno.test("a model keeps what it has learned when its batches get places of their own", () => {
  const images = Array.from({ length: 3 }, integers);
  const labels = Array.from(
    { length: 3 },
    () => tensor(Int32Array.from({ length: side }, () => random.integer(4))),
  );
  const optimizer = optim.adam({ learningRate: 0.01 });
  type Model = nn.Sequential;
  type State = optim.OptimizerState<Model>;
  const step = (model: Model, state: State, x: Tensor, y: Tensor) => {
    const [loss, gradients] = valueAndGrad((m: Model) => nn.crossEntropy(m.forward(x), y))(model);
    return { loss: loss as Tensor, ...optimizer.update(model, gradients, state) };
  };
  const losses = (options: object) => {
    const take = compile(step, options);
    let model = nn.mlp([side, 32, 4], { random: new Random(1) });
    let state = optimizer.init(model);
    return Array.from({ length: 12 }, (_, i) => {
      const result = take(model, state, images[i % 3]!, labels[i % 3]!);
      ({ model, state } = result);
      return result.loss.item();
    });
  };
  assertEquals(
    losses({ threads: 2, reproducible: true }),
    losses({ threads: 1, reproducible: true }),
  );
});

Deno.test("operands that come again are copied each time if there is no memory to keep them", () => {
  const f = compile(product, { threads: 2 });
  const b = integers();
  const turns = Array.from({ length: 3 }, integers);
  for (const a of turns) f(a, b);
  const { Memory } = WebAssembly;
  let refused = 0;
  try {
    WebAssembly.Memory = class {
      constructor() {
        refused++;
        throw new RangeError("could not allocate memory");
      }
    } as unknown as typeof Memory;
    for (let round = 0; round < 3; round++) {
      for (const a of turns) assertEquals(f(a, b).toArray(), eager(a, b));
    }
  } finally {
    WebAssembly.Memory = Memory;
  }
  assertEquals(refused, availableThreads() > 1 ? 1 : 0); // it is asked for once
});

Deno.test("a shelf wants as much room as it has seen numbers, once they come again", () => {
  const wantedAfter = (shape: readonly number[], order: readonly number[]) => {
    const shelf = new Shelf({ shape, dtype: "float32" }, null);
    const numbers = [0, 1, 2].map(() => new Numbers(new Float32Array(1)));
    for (const i of order) shelf.pointTo(numbers[i]!);
    return shelf.wanted;
  };
  assertEquals(wantedAfter([side, side], [0, 1, 2]), 0);
  assertEquals(wantedAfter([side, side], [0, 1, 0]), 0);
  assertEquals(wantedAfter([side, side], [0, 1, 2, 0, 1]), 3 * 4 * side * side);
  assertEquals(wantedAfter([side, side - 1], [0, 1, 2, 0, 1]), 0); // too small to be worth it
  assertEquals(wantedAfter([side, side, 1 << 12], [0, 1, 0, 1]), 1 << 27);
  assertEquals(wantedAfter([side, side, 1 << 12], [0, 1, 2, 0, 1]), 0); // too much
});

Deno.test("an argument whose place a result takes keeps no place beside it", () => {
  using power = compile(({ h }: { h: Tensor }, w: Tensor) => ({ h: h.matmul(w) }), { threads: 2 });
  const random = new Random(0);
  const w = random.normal([64, 64]), h = random.normal([64, 64]);
  let state = power({ h }, w);
  for (let i = 0; i < 2; i++) state = power(state, w);
  for (let i = 0; i < 6; i++) power({ h }, w).h.clone(); // given again and again
  state = power(power({ h }, w), w);
  const expected = h.matmul(w).matmul(w);
  const scale = expected.abs().max().item();
  assertAlmostEquals(state.h.sub(expected).abs().max().item() / scale, 0, 1e-5);
});

Deno.test("two operands that come in turn have rooms of their own", () => {
  const random = new Random(5);
  const side = 64; // as many numbers as are worth a place
  const integers = () => random.uniform([side, side], { low: -2, high: 3 }).floor();
  const product = (a: Tensor, b: Tensor) => a.matmul(b).relu();
  const f = compile(product, { threads: 2 });
  const turns = Array.from({ length: 3 }, () => [integers(), integers()] as const);
  for (let round = 0; round < 6; round++) {
    for (const [a, b] of turns) assertEquals(f(a, b).data, product(a.clone(), b.clone()).data);
  }
});
