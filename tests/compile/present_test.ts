/** A program copies an input again unless nobody can have changed it: no way of changing one is missed. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { compile, grad, nn, noGrad, optim, Random, Tensor, tensor } from "../../src/mod.ts";

const double = (x: Tensor) => x.mul(2);

/** A function whose result does not take the place of its input, which is then copied anyway. */
const doubled = (x: Tensor) => x.flatten().mul(2).reshape([1, -1, 1]);

Deno.test("a compiled function sees what is written to an input between two calls", () => {
  const f = compile(doubled);
  const numbers = (x: Tensor) => [...f(x).data];
  const x = tensor([1, 2]);
  assertEquals(numbers(x), [2, 4]);
  assertEquals(numbers(x), [2, 4]);
  x.data[0] = 5; // in hand from now on
  assertEquals(numbers(x), [10, 4]);
  const { data } = tensor([1, 2]);
  const own = new Tensor({ shape: [2], dtype: "float32", data }); // in hand from the start
  assertEquals(numbers(own), [2, 4]);
  data[1] = 7;
  assertEquals(numbers(own), [2, 14]);
});

Deno.test("a compiled function sees what is written to a tensor that shares an input's numbers", () => {
  const f = compile(doubled);
  const sharing: ((x: Tensor) => Tensor)[] = [
    (x) => x.asParameter("w"),
    (x) => x.reshape([2, 1]),
    (x) => x.asParameter("w").detach(),
    (x) => x.asVariable(),
  ];
  for (const share of sharing) {
    const x = tensor([1, 2]);
    const other = share(x);
    assertEquals([...f(x).data], [2, 4]);
    other.data[0] = 3;
    assertEquals([...f(x).data], [6, 4]);
  }
});

Deno.test("a compiled function sees what optimizers and fit do to a model in place", async () => {
  const model = nn.mlp([2, 1], { random: new Random(1) });
  const x = tensor([[1, 2], [3, 4]]);
  const labels = tensor([[1], [2]]);
  const asArgument = compile((m: nn.Sequential, x: Tensor) => m.forward(x));
  const captured = compile((x: Tensor) => model.forward(x));
  const check = () => {
    const wanted = noGrad(() => model.forward(x));
    for (let call = 0; call < 2; call++) {
      for (const found of [asArgument(model, x), captured(x)]) {
        assertAlmostEquals(found.sub(wanted).abs().max().item(), 0, 1e-6);
      }
    }
  };
  check();
  const optimizer = optim.sgd({ learningRate: 0.01 });
  nn.meanSquaredError(model.forward(x), labels).backward();
  optimizer.step(model);
  check();
  await nn.fit(model, { inputs: x, labels }, { loss: nn.meanSquaredError, optimizer, epochs: 2 });
  check();
});

Deno.test("an input that nobody has had in hand is not copied again", () => {
  const f = compile((x: Tensor) => x.max());
  const x = tensor([1, 2]);
  f(x);
  x.numbers.array[0] = 5; // as nobody may: so it can be told
  assertEquals(f(x).item(), 2);
  x.numbers.version++;
  assertEquals(f(x).item(), 5);
});

Deno.test("results leave the place of an input that is given again and again", () => {
  const f = compile(double);
  const x = tensor([1, 2]);
  const results = [f(x), f(x), f(x), f(x)];
  x.numbers.array[0] = 5;
  assertEquals(f(x).toArray(), [2, 4]);
  for (const result of results) assertEquals(result.toArray(), [2, 4]);
  const step = compile(double);
  assertEquals(step(step(step(x))).toArray(), [40, 16]); // handed back they keep it
  for (let call = 0; call < 4; call++) step(x);
  x.numbers.array[0] = 1;
  assertEquals(step(x).toArray(), [2, 4]);
});

Deno.test("results stay where they are if there is no memory to place them anew", () => {
  const f = compile(double);
  const x = tensor([1, 2]);
  for (let call = 0; call < 2; call++) f(x);
  const { Memory } = WebAssembly;
  try {
    WebAssembly.Memory = class {
      constructor() {
        throw new RangeError("could not allocate memory");
      }
    } as unknown as typeof Memory;
    for (let call = 0; call < 3; call++) assertEquals(f(x).toArray(), [2, 4]);
  } finally {
    WebAssembly.Memory = Memory;
  }
});

Deno.test("a program whose result takes an input's place gets that input anew", () => {
  const step = compile((w: Tensor, x: Tensor) => w.sub(grad((w: Tensor) => w.mul(x).sum())(w)));
  const [w, x] = [tensor([5, 5]), tensor([1, 2])];
  for (let call = 0; call < 3; call++) assertEquals(step(w, x).toArray(), [4, 3]);
  const next = step(w, x);
  assertEquals(step(next, x).toArray(), [3, 1]);
  assertEquals(step(w, x).toArray(), [4, 3]);
});

Deno.test("whatever happens to tensors between calls, compiled functions compute as eager ones", () => {
  const random = new Random(11);
  const f = (x: Tensor, y: Tensor) => [x.mul(0.5).add(y), x.mul(y).max()];
  const g = (x: Tensor, y: Tensor) => [x.sub(y).mul(3)];
  const functions = [f, f, g];
  const programs = functions.map((h, i) => compile(h, { reuseResults: i === 1 }));
  let pool = Array.from({ length: 5 }, () => random.normal([3]));
  const any = () => pool[random.integer(pool.length)]!;
  const events: (() => void)[] = [
    () => any().data[random.integer(3)] = random.next(),
    () => pool = pool.with(random.integer(5), any().asParameter("shared")),
    () => pool = pool.with(random.integer(5), any().reshape([3, 1]).reshape([3])),
    () => pool = pool.with(random.integer(5), any().clone()),
    () => pool = pool.with(random.integer(5), any().mul(0.9)),
    () => pool = pool.with(random.integer(5), random.normal([3])),
    () => any().numbers.overwrite(any().numbers),
    () => pool = pool.with(random.integer(5), programs[0]!(any(), any())[0]!.clone()),
  ];
  for (let event = 0; event < 1500; event++) {
    events[random.integer(events.length)]!();
    const [x, y] = [any(), any()];
    const which = random.integer(3);
    const wanted = functions[which]!(x.clone(), y.clone()).map((result) => result.toArray());
    const found = programs[which]!(x, y).map((result) => result.toArray());
    assertEquals(found, wanted, `event ${event}`);
  }
});
