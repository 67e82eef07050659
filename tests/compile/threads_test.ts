/** One thread, two threads and the reference agree; reproducible programs to the last bit. */

import { assertEquals } from "@std/assert";
import { compile, type Compiled, nn, Random, type Tensor, tensor } from "../../src/mod.ts";
import { optim, valueAndGrad } from "../../src/mod.ts";
import { availableThreads } from "../../src/backends/wasm/threads.ts";
import { square } from "../../src/ops/elementwise.ts";
import type { Op } from "../../src/ops/op.ts";
import { applyOp } from "../../src/values/tensor.ts";
import { assertAgree, bitsOf } from "./agreement.ts";

const random = new Random(11);
const model = nn.mlp([200, 150, 10], { random });
const labels = tensor(Int32Array.from({ length: 100 }, (_, i) => i % 10));

/** An operation that the table of vector forms does not know. */
const cubing: Op = {
  ...square as unknown as Op,
  ...{ name: "cube", scalar: (x: number) => x * x * x },
  forward: (output, [x]) => x!.data.forEach((value, i) => output.data[i] = value ** 3),
};
const cube = (x: Tensor) => applyOp(cubing, [x], undefined);

const filters = random.normal([6, 3, 3, 3]);

/** Functions large enough to be divided, with their arguments. */
const functions: Readonly<Record<string, { f: (x: Tensor) => unknown; x: Tensor }>> = {
  "elementwise chains": {
    f: (x) => [x.exp().mul(x).add(1).tanh(), x.greater(0), x.cast("int32").add(1)],
    x: random.normal([190, 200]),
  },
  "reductions along each axis and over all": {
    f: (x) =>
      [0, 1, -1, [0, 1], [1, 2], null].flatMap((axis) => [
        x.sum(axis),
        x.max(axis),
        x.logsumexp(axis),
      ]).concat([x.argmin(0), x.softmax(0), x.softmax(2), x.logSoftmax(1)]),
    x: random.normal([30, 31, 40]),
  },
  "reductions to few numbers, of what they compute": {
    f: (x) => [
      x.tanh().sum(),
      x.square().mean([0, 1]),
      x.neg().max(),
      x.reshape([2, 125, 3, 50]).mul(x.reshape([2, 125, 3, 50])).sum([1, 2]).sum(1),
      x.reshape([7500, 5]).sub(1).min(0),
      x.reshape([5, 7500]).add(x.reshape([5, 7500]).sum(1, { keepDims: true })).sum(1),
      x.logsumexp(),
    ],
    x: random.normal([150, 250]),
  },
  "operations that someone added, which have no vector form": {
    f: (x) => {
      const cubes = cube(x);
      const rest = cube(x.sub(cubes.mean(0)));
      return [
        cubes,
        rest,
        rest.max(0),
        cube(x.exp()).sum(1),
        cube(x.matmul(x)),
        x.tanh(),
        cube(x.sub(1)).sum(),
      ];
    },
    x: random.normal([200, 200]),
  },
  "products of every transposition, with what follows them": {
    f: (x) => {
      const y = x.mul(0.1);
      return [
        x.matmul(y).relu(),
        x.matmul(y, { transposeA: true }).add(x),
        x.matmul(y, { transposeB: true }),
        x.relu().matmul(y, { transposeA: true, transposeB: true }).sum(),
      ];
    },
    x: random.normal([130, 130]),
  },
  "products whose depth is divided, with what follows them": {
    f: (x) => [
      x.matmul(x, { transposeA: true }).add(1).relu(),
      x.relu().matmul(x, { transposeA: true }).mul(0.1).sub(x.sum(0)),
    ],
    x: random.normal([3000, 48]),
  },
  "products of stacks, of many matrices and of few": {
    f: (x) => {
      const y = x.slice([{ start: 0, stop: 1 }]).add(1);
      return [
        x.matmul(y, { transposeB: true }),
        x.slice([{ stop: 3 }]).matmul(y, { transposeA: true }),
        x.reshape([3, 4, 40, 50]).matmul(x.reshape([3, 4, 40, 50]).slice([{ stop: 1 }]), {
          transposeB: true,
        }),
      ];
    },
    x: random.normal([12, 40, 50]),
  },
  "numbers that move": {
    f: (x) => [
      x.permute([2, 0, 1]).add(1),
      x.slice([null, { step: 2 }, { start: -1, stop: 3, step: -1 }]),
      x.pad([[1, 0], [0, 0], [2, 3]], { value: 7 }),
      x.concat([x.neg(), x], { axis: 1 }),
      x.withSlice([null, 3], 5),
    ],
    x: random.normal([30, 31, 40]),
  },
  "convolutions, pools and their gradients": {
    f: (x) => {
      const loss = (images: Tensor) =>
        images.conv2d(filters, { padding: 1, bias: filters.sum([1, 2, 3]) }).relu().maxPool2d(2)
          .square().mean();
      return valueAndGrad(loss)(x);
    },
    x: random.normal([12, 3, 26, 28]),
  },
  "a network and its gradients": {
    f: (x) => {
      const loss = (m: nn.Sequential) => nn.crossEntropy(m.forward(x), labels);
      return valueAndGrad(loss)(model);
    },
    x: random.normal([100, 200]).relu(),
  },
};

/** Calls a function until its last call was shared by two threads; `look` sees all results. */
async function untilTogether<T>(
  compiled: Compiled<[Tensor], T>,
  x: Tensor,
  look: (result: T) => void,
): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < 20_000) {
    for (let i = 0; i < 6; i++) look(compiled(x));
    if (compiled.explain(x).includes("the last run was on 2 threads")) {
      for (let i = 0; i < 6; i++) look(compiled(x));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 1)); // helpers are told in between
  }
  throw new Error("the program never ran on two threads");
}

for (const [name, { f, x }] of Object.entries(functions)) {
  Deno.test({
    name: `one thread, two threads and the reference agree: ${name}`,
    ignore: availableThreads() < 2,
    fn: async () => {
      using reference = compile(f, { backend: "reference" });
      using alone = compile(f, { threads: 1 });
      using together = compile(f, { threads: 2 });
      const wanted = reference(x);
      const first = alone(x);
      assertAgree(f(x), wanted, "eager", 20);
      assertAgree(first, wanted, "alone", 20);
      assertEquals(bitsOf(alone(x)), bitsOf(first));
      const seen = new Set<string>();
      await untilTogether(together, x, (result) => {
        const bits = bitsOf(result);
        if (!seen.has(bits)) assertAgree(result, wanted, "together", 20);
        seen.add(bits);
      });
    },
  });

  Deno.test({
    name: `a reproducible program gives the same bits on one thread and on two: ${name}`,
    ignore: availableThreads() < 2,
    fn: async () => {
      using alone = compile(f, { threads: 1, reproducible: true });
      using again = compile(f, { threads: 1, reproducible: true });
      using together = compile(f, { threads: 2, reproducible: true });
      const wanted = bitsOf(alone(x));
      assertAgree(alone(x), f(x), "reproducible", 20);
      assertEquals(bitsOf(again(x)), wanted);
      await untilTogether(together, x, (result) => assertEquals(bitsOf(result), wanted));
    },
  });
}

Deno.test({
  name: "a model trains to the same bits on one thread and on two",
  ignore: availableThreads() < 2,
  fn: async () => {
    const optimizer = optim.adam();
    const { x } = functions["a network and its gradients"]!;
    const step = (m: nn.Sequential, state: optim.OptimizerState<nn.Sequential>) => {
      const loss = (m: nn.Sequential) => nn.crossEntropy(m.forward(x), labels);
      return optimizer.update(m, valueAndGrad(loss)(m)[1], state);
    };
    using alone = compile(step, { threads: 1, reproducible: true });
    using together = compile(step, { threads: 2, reproducible: true });
    let steps = 0;
    let isShared = false;
    let found = { model, state: optimizer.init(model) };
    const started = performance.now();
    while (!isShared && performance.now() - started < 20_000) {
      for (let i = 0; i < 6; i++, steps++) found = together(found.model, found.state);
      isShared = together.explain(found.model, found.state).includes("on 2 threads");
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    for (let i = 0; i < 6; i++, steps++) found = together(found.model, found.state);
    let wanted = { model, state: optimizer.init(model) };
    for (let i = 0; i < steps; i++) wanted = alone(wanted.model, wanted.state);
    assertEquals(isShared, true);
    assertEquals(bitsOf(found), bitsOf(wanted));
  },
});

Deno.test("results are copied to where they stay when all threads have written them", async () => {
  using turn = compile((x: { a: Tensor }) => ({ a: x.a.transpose() }), { threads: 2 });
  const a = new Random(0).normal([1200, 1200]);
  const expected = [bitsOf(a), bitsOf(a.transpose())];
  let state = { a };
  for (let i = 1; i <= 400; i++) {
    state = turn(state);
    if (i % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1)); // the helper falls behind
    if (i % 20 === 0) assertEquals(bitsOf(state.a) === expected[i % 2], true, `${i}`);
  }
});

for (
  const [m, k, n, density] of [[64, 96, 256, 0.2], [4, 60_000, 4, 1], [48, 3000, 48, 1]] as const
) {
  Deno.test(`a reproducible product of [${m}, ${k}] and [${k}, ${n}] is added up in order`, () => {
    const random = new Random(1);
    const a = random.normal([m, k]).where(random.uniform([m, k]).less(density), 0);
    const b = random.normal([k, n]);
    const sums = new Float32Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) {
          sum = Math.fround(sum + Math.fround(a.data[i * k + l]! * b.data[l * n + j]!));
        }
        sums[i * n + j] = sum;
      }
    }
    using product = compile((a: Tensor, b: Tensor) => a.matmul(b), { reproducible: true });
    assertEquals(bitsOf(product(a, b)), bitsOf(tensor(sums, { shape: [m, n] })));
  });
}
