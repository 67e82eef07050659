import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { compile, grad, IndexError, nn, ones, optim, Random, ShapeError } from "../../src/mod.ts";
import { gradients, noGrad, type Tensor, tensor, UsageError, zeros } from "../../src/mod.ts";
import { assertPointsInto } from "../first_frame.ts";
import { assertMistake } from "../mistake.ts";

const here = import.meta.url;

/** A function that counts how often it runs: a compiled function runs it once for each program. */
function counted<Arguments extends unknown[], Result>(f: (...args: Arguments) => Result) {
  const count = { traces: 0 };
  const g = (...args: Arguments): Result => {
    count.traces++;
    return f(...args);
  };
  return { count, compiled: compile(g) };
}

// Arguments

Deno.test("compile() runs the function once for each structure, shape and kind of arguments", () => {
  const { count, compiled } = counted((x: Tensor, ...more: Tensor[]) =>
    more.reduce((sum, y) => sum.add(y), x.mul(2)).sum()
  );
  for (let repetition = 1; repetition <= 3; repetition++) {
    assertEquals(compiled(tensor([1, repetition])).item(), 2 + 2 * repetition);
    assertEquals(compiled(tensor([1, 2, 3])).item(), 12);
    assertEquals(compiled(tensor([1, 2], { dtype: "int32" })).item(), 6);
    assertEquals(compiled(tensor([[1, 2]])).item(), 6);
    assertEquals(compiled(tensor([1, 2]), tensor([1, 1])).item(), 8);
    assertEquals(compiled(tensor([1, 2]), tensor([1])).item(), 8);
    assertEquals(compiled(tensor([1, 2]), tensor([1, 1]), tensor([1, 1])).item(), 10);
    assertEquals(count.traces, 7);
  }
});

Deno.test("compile() takes nested objects, arrays and objects of classes, and gives them back", () => {
  class Scale {
    factor = tensor([2]);
    readonly power = 2;
    apply(x: Tensor): Tensor {
      return x.mul(this.factor).pow(this.power);
    }
  }
  const f = ({ scales, x }: { scales: Scale[]; x: { deep: Tensor[] } }) => ({
    scales,
    y: scales.reduce((y, scale) => scale.apply(y), x.deep[0]!.add(x.deep[1]!)),
    texts: ["a", 1, null, undefined, true] as const,
  });
  const compiled = compile(f);
  const args = { scales: [new Scale(), new Scale()], x: { deep: [tensor([1]), tensor([2])] } };
  for (let i = 0; i < 2; i++) {
    const result = compiled(args);
    assertEquals(result.y.toArray(), f(args).y.toArray());
    assertInstanceOf(result.scales[1], Scale);
    assertEquals(result.scales[1].apply(tensor([1])).toArray(), [4]);
    assertEquals(result.texts, ["a", 1, null, undefined, true]);
  }
});

Deno.test("compile() gives parts without tensors back as they are, private fields and all", () => {
  class Secret {
    readonly #factor = 3;
    apply(x: Tensor): Tensor {
      return x.mul(this.#factor);
    }
  }
  const secret = new Secret();
  const map = new Map([["a", 1]]);
  const compiled = compile((model: { w: Tensor; secret: Secret }, x: Tensor) => ({
    model: { w: model.secret.apply(model.w), secret: model.secret },
    y: model.secret.apply(x),
    map,
  }));
  let model = { w: tensor([1]), secret };
  for (const w of [3, 9]) {
    const result = compiled(model, tensor([2]));
    model = result.model;
    assertEquals([model.w.item(), result.y.item()], [w, 6]);
    assertStrictEquals(model.secret, secret);
    assertStrictEquals(result.map, map);
  }
});

Deno.test("compile() takes numbers, texts and functions as parts of the structure", () => {
  const { count, compiled } = counted((x: Tensor, option: unknown) => {
    if (typeof option === "function") return option(x);
    if (typeof option === "number") return x.mul(option);
    return x.add(String(option).length);
  });
  const double = (x: Tensor) => x.mul(2);
  const triple = (x: Tensor) => x.mul(3);
  const results: readonly [unknown, number][] = [
    [2, 10],
    [3, 15],
    [0, 0],
    [-0, -0],
    [NaN, NaN],
    [Infinity, Infinity],
    [-Infinity, -Infinity],
    ["ab", 7],
    ["2", 6],
    [null, 9],
    [undefined, 14],
    [true, 9],
    [10n, 7],
    [Symbol.iterator, 5 + "Symbol(Symbol.iterator)".length],
    [double, 10],
    [triple, 15],
    [[], 5],
    [{}, 20],
  ];
  for (let repetition = 0; repetition < 2; repetition++) {
    for (const [option, expected] of results) {
      const found = compiled(tensor([5]), option).item();
      assert(Object.is(found, expected), `${String(option)}: ${found}, not ${expected}`);
    }
  }
  assertEquals(count.traces, results.length);
});

Deno.test("compile() tells classes apart, and objects of a class that hold no tensor", () => {
  class Twice {
    apply = (x: Tensor) => x.mul(2);
  }
  class Power {
    readonly #exponent: number;
    constructor(exponent: number) {
      this.#exponent = exponent;
    }
    apply(x: Tensor): Tensor {
      return x.pow(this.#exponent);
    }
  }
  class Thrice {
    apply(x: Tensor): Tensor {
      return x.mul(3);
    }
  }
  const compiled = compile((f: { apply(x: Tensor): Tensor }, x: Tensor) => f.apply(x));
  const [square, fourth] = [new Power(2), new Power(4)];
  for (let i = 0; i < 2; i++) {
    const all = [new Twice(), new Thrice(), square, fourth].map((f) => compiled(f, tensor([5])));
    assertEquals(all.map((y) => y.item()), [10, 15, 25, 625]);
  }
});

Deno.test("compile() runs another network of the same layers by the same program", () => {
  const { count, compiled } = counted((m: nn.Layer, x: Tensor) => m.forward(x));
  const convolutional = (activation: nn.ActivationName, stride: number) =>
    new nn.Sequential([
      new nn.Conv2d(1, 2, 3, { random: new Random(stride) }),
      new nn.Activation(activation),
      new nn.MaxPool2d(2, { stride }),
      new nn.AvgPool2d([1, 2]),
      new nn.Flatten(),
    ]);
  const x = new Random(0).normal([1, 1, 8, 8]);
  const networks = [
    convolutional("relu", 1),
    convolutional("relu", 1),
    convolutional("tanh", 1),
    convolutional("relu", 2),
  ];
  const traces = networks.map((network) => {
    assertAlmostEquals(compiled(network, x).sub(network.forward(x)).abs().max().item(), 0, 1e-6);
    return count.traces;
  });
  assertEquals(traces, [1, 1, 2, 3]);
  class Power extends nn.Flatten {
    readonly #exponent: number;
    constructor(exponent: number) {
      super();
      this.#exponent = exponent;
    }
    override forward(inputs: Tensor): Tensor {
      return inputs.pow(this.#exponent);
    }
  }
  const powers = [2, 3].map((exponent) => compiled(new Power(exponent), tensor([5])).item());
  assertEquals(powers, [25, 125]);
});

Deno.test("compile() keeps the programs that were used last, and all results", () => {
  const { count, compiled } = counted((x: Tensor, factor: number) => x.mul(factor));
  const times = (factor: number) => compiled(tensor([1, 2, 3]), factor);
  const results = Array.from({ length: 64 }, (_, factor) => times(factor));
  times(0);
  assertEquals(count.traces, 64);
  results.push(times(64)); // in place of 1, which was used longest ago
  times(0);
  assertEquals(count.traces, 65);
  results.forEach((result, factor) =>
    assertEquals(result.toArray(), [factor, 2 * factor, 3 * factor])
  );
  assertEquals(times(1).toArray(), [1, 2, 3]);
  assertEquals(count.traces, 66);
});

Deno.test("compile() notices what was changed in objects that it knows", () => {
  const model = {
    layers: [{ w: tensor([2]) }] as { w: Tensor; b?: Tensor }[],
    rate: 1,
    sizes: new Float64Array([1, 2]),
    nothing: undefined as Tensor | undefined,
  };
  const f = (m: typeof model, x: Tensor) => {
    const y = m.layers.reduce((y, { w, b }) => b === undefined ? y.mul(w) : y.mul(w).add(b), x);
    return m.nothing === undefined ? y.mul(m.rate).add(m.sizes[1]!) : y.add(m.nothing);
  };
  const compiled = compile(f);
  const check = (expected: number) => {
    for (let i = 0; i < 2; i++) assertEquals(compiled(model, tensor([3])).item(), expected);
  };
  check(8);
  model.layers.push({ w: tensor([10]) });
  check(62);
  model.layers[0]!.b = tensor([1]);
  check(72);
  model.rate = 2;
  check(142);
  model.sizes[1] = 5;
  check(145);
  model.layers.pop();
  check(19);
  model.nothing = tensor([100]);
  check(107);
  const { layers } = model;
  model.layers = [];
  check(103);
  model.layers = layers;
  check(107);
  delete layers[0]!.b;
  check(106);
  assertEquals(compiled({ ...model, nothing: undefined }, tensor([3])).item(), 17);
});

Deno.test("compile() tells names of fields apart, and fields that are there from those that are not", () => {
  const compiled = compile((options: object, x: Tensor) =>
    x.add(Object.keys(options).join().length)
  );
  const all = [{ a: undefined }, { b: undefined }, {}, { "a b": 1 }, { a: 1, b: 1 }, { "a,b": 1 }];
  for (let i = 0; i < 2; i++) {
    assertEquals(all.map((options) => compiled(options, tensor([0])).item()), [1, 1, 0, 3, 3, 3]);
  }
});

Deno.test("compile() takes one tensor in two places, and results in place of other arguments", () => {
  const compiled = compile((a: Tensor, b: Tensor) => [b.mul(2), a.add(b)]);
  const x = tensor([1, 2]);
  assertEquals(compiled(x, x).map((y) => y.toArray()), [[2, 4], [2, 4]]);
  let [a, b] = compiled(tensor([1]), tensor([10]));
  for (let i = 0; i < 3; i++) [b, a] = compiled(a!, b!) as [Tensor, Tensor];
  let [c, d] = [tensor([20]), tensor([11])];
  for (let i = 0; i < 3; i++) [d, c] = [d.mul(2), c.add(d)];
  assertEquals([a!.item(), b!.item()], [c.item(), d.item()]);
});

Deno.test("compile() gives requiresGrad and names as of the arguments that are replaced", () => {
  const compiled = compile((m: { w: Tensor; b: Tensor }) => ({
    w: m.w.mul(2).asUpdateOf(m.w),
    b: m.b.add(1),
    c: m.w.add(m.b),
  }));
  const model = (name: string, requiresGrad: boolean) => ({
    w: tensor([1], { name, requiresGrad }),
    b: tensor([1], { name: `${name} bias`, requiresGrad }),
  });
  for (let i = 0; i < 2; i++) {
    for (const name of ["first", "second"]) {
      for (const requiresGrad of [true, false]) {
        let { w, b, c } = compiled(model(name, requiresGrad));
        ({ w, b, c } = compiled({ w, b: model(name, requiresGrad).b }));
        assertEquals([w.name, w.requiresGrad, w.item()], [name, requiresGrad, 4]);
        assertEquals([b.name, b.requiresGrad, b.item()], [null, false, 2]);
        assertEquals([c.name, c.requiresGrad, c.origin], [null, false, null]);
      }
    }
  }
});

// Results

Deno.test("compile() gives inputs, constants, and one value twice, each as a tensor of its own", () => {
  const constant = tensor([7, 8]);
  const f = (x: Tensor, unused: Tensor) => {
    const y = x.mul(2);
    return { x, y, again: y, turned: y.reshape([2, 1]), constant, unused, plain: 5 };
  };
  const compiled = compile(f);
  for (const first of [1, 3]) {
    const x = tensor([first, 2]);
    const unused = zeros([0, 3]);
    const result = compiled(x, unused);
    for (const tensor of Object.values(result).filter((x) => typeof x !== "number")) {
      (tensor as Tensor).data.fill(9); // none is an alias of another, of the input or the constant
    }
    const found = compiled(x, unused);
    assertEquals([found.x.toArray(), found.y.toArray()], [[first, 2], [2 * first, 4]]);
    assertEquals([found.again.toArray(), found.turned.toArray()], [[2 * first, 4], [[2 * first], [
      4,
    ]]]);
    assertEquals([found.constant.toArray(), found.unused.shape, found.plain], [[7, 8], [0, 3], 5]);
    assertEquals([x.toArray(), constant.toArray()], [[first, 2], [7, 8]]);
  }
});

Deno.test("compile() of functions without tensors, of nothing and to nothing", () => {
  assertEquals(compile(() => 5)(), 5);
  assertEquals(compile(() => undefined)(), undefined);
  assertEquals(compile(() => ones([2]).add(1))().toArray(), [2, 2]);
  assertEquals(compile((_: Tensor) => [])(ones([2])), []);
  assertEquals(compile((x: Tensor) => x)(ones([2])).toArray(), [1, 1]);
});

Deno.test("compile() handles scalars, empty tensors, truth values and integers", () => {
  const f = (scalar: Tensor, empty: Tensor, flags: Tensor, whole: Tensor) => ({
    scalar: scalar.exp().neg(),
    empty: empty.add(scalar).relu(),
    total: empty.sum(),
    flags: flags.logicalNot().logicalAnd(scalar.greater(0)),
    chosen: whole.where(flags, whole.neg()),
    product: whole.reshape([1, 3]).matmul(whole.reshape([3, 1])).add(1),
    count: flags.sum(),
    best: whole.argmax(),
    joined: empty.concat([scalar.reshape([1, 1]).broadcastTo([1, 2])], { axis: 0 }),
  });
  const args = [
    tensor(0.5),
    zeros([0, 2]),
    tensor([true, false, true]),
    tensor([2 ** 20 + 1, 2 ** 10 + 1, -3], { dtype: "int32" }),
  ] as const;
  for (const options of [{ threads: 1 }, { backend: "reference" }] as const) {
    const wanted = f(...args);
    const found = compile(f, options)(...args);
    for (const [name, tensor] of Object.entries(wanted)) {
      const own = found[name as keyof typeof wanted];
      assertEquals([own.shape, own.dtype], [tensor.shape, tensor.dtype], name);
      assertEquals([...own.data].map(Math.fround), [...tensor.data].map(Math.fround), name);
    }
  }
});

Deno.test("compile() keeps the digits of products of integers, whatever follows", () => {
  const x = tensor([[46339, 1], [3, 46337]], { dtype: "int32" });
  const f = (x: Tensor) => x.matmul(x).add(1);
  assertEquals(compile(f)(x).toArray(), f(x).toArray());
});

Deno.test("compile() of a thousand steps, in a chain, a ladder and a comb", () => {
  const steps: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    chain: (x) => {
      let y = x;
      for (let i = 0; i < 1000; i++) y = y.mul(0.999).add(0.001);
      return y;
    },
    ladder: (x) => {
      let [a, b] = [x, x.mul(0.5)];
      for (let i = 0; i < 330; i++) [a, b] = [a.add(b).tanh(), a.mul(b)];
      return a.add(b);
    },
    comb: (x) => {
      let y = x;
      for (let i = 0; i < 250; i++) y = y.sub(y.max().mul(0.1)).add(y.matmul(x).tanh());
      return y;
    },
  };
  const x = new Random(3).uniform([4, 4], { dtype: "float64" });
  for (const [name, f] of Object.entries(steps)) {
    const wanted = f(x);
    using compiled = compile(f);
    compiled(x).data.forEach((y, i) => {
      assert(Math.abs(y - wanted.data[i]!) <= 1e-10 * Math.max(1, Math.abs(y)), name);
    });
  }
});

// Errors

Deno.test("compile() throws where it is given no function", () => {
  for (const wrong of [undefined, 5, {}, ones([1])]) {
    const error = assertThrows(() => compile(wrong as never), UsageError);
    assertPointsInto(here, error);
  }
  assertMistake(
    here,
    () => compile({} as never),
    UsageError,
    "Cannot compile an object: it takes a function of tensors or Values",
  );
});

Deno.test("a compiled function is called after the function", () => {
  const twice = (x: Tensor) => x.mul(2);
  assertEquals([compile(twice).name, compile((x: Tensor) => x).name], [
    "compiled twice",
    "compiled",
  ]);
});

Deno.test("compile() throws for options that are none of what they may be", () => {
  const threads = "threads: it takes a whole number above zero";
  const options: Record<string, unknown> = {
    [`Cannot compile for 0 ${threads}`]: { threads: 0 },
    [`Cannot compile for 1.5 ${threads}`]: { threads: 1.5 },
    [`Cannot compile for NaN ${threads}`]: { threads: NaN },
    [`Cannot compile for "2" ${threads}`]: { threads: "2" },
    'Cannot compile for the backend "gpu": it is "wasm" or "reference"': { backend: "gpu" },
    'Cannot compile: reproducible is "no", not true or false': { reproducible: "no" },
    "Cannot compile: reuseResults is 1, not true or false": { reuseResults: 1 },
  };
  for (const [message, wrong] of Object.entries(options)) {
    assertMistake(here, () => compile((x: Tensor) => x, wrong as never), UsageError, message);
  }
});

Deno.test("an error of shapes in a compiled function names the user's line in it", () => {
  const compiled = compile((x: Tensor, y: Tensor) => {
    const z = x.mul(2);
    return z.add(y);
  });
  assertEquals(compiled(ones([2]), ones([2])).toArray(), [3, 3]);
  const error = assertThrows(
    () => compiled(ones([2]), ones([3])),
    ShapeError,
    "Cannot add [2] and [3]: axis -1 has lengths 2 and 3",
  );
  assertPointsInto(here, error);
  const line = error.stack!.split("\n")[1]!.match(/:(\d+):\d+\)?$/)![1];
  const source = Deno.readTextFileSync(new URL(here)).split("\n");
  assertEquals(source[Number(line) - 1]!.trim(), "return z.add(y);");
  assertEquals(compiled(ones([2]), ones([2])).toArray(), [3, 3]);
});

Deno.test("an error of the user's own leaves nothing behind", () => {
  const compiled = compile((x: Tensor) => {
    if (x.shape[0] === 3) throw new RangeError("not three");
    return grad((x: Tensor) => x.square().sum())(x);
  });
  for (let i = 0; i < 2; i++) {
    assertThrows(() => compiled(ones([3])), RangeError, "not three");
    assertEquals(compiled(ones([2])).toArray(), [2, 2]);
    assertEquals(ones([1], { requiresGrad: true }).mul(2).origin === null, false);
    assertEquals(ones([1]).mul(2).item(), 2);
  }
});

Deno.test("an index that is not there is an error at the user's call, which changes nothing", () => {
  const optimizer = optim.adam({ learningRate: 0.1 });
  type State = optim.OptimizerState<nn.Sequential>;
  const step = (model: nn.Sequential, state: State, x: Tensor, labels: Tensor) => {
    const gradients = grad((m: nn.Sequential) => nn.crossEntropy(m.forward(x), labels))(model);
    return optimizer.update(model, gradients as nn.Sequential, state);
  };
  for (const options of [{ threads: 1 }, { threads: 2 }, { backend: "reference" }] as const) {
    using compiled = compile(step, options);
    const model = nn.mlp([3, 4, 2], { random: new Random(0) });
    const x = ones([2, 3]);
    const good = tensor([0, 1], { dtype: "int32" });
    const bad = tensor([0, 2], { dtype: "int32" });
    let wanted = { model, state: optimizer.init(model) };
    let found = wanted;
    for (let i = 0; i < 3; i++) {
      wanted = step(wanted.model, wanted.state, x, good);
      const { model, state } = found;
      for (let repetition = 0; repetition < 2; repetition++) {
        const error = assertThrows(
          () => compiled(model, state, x, bad),
          IndexError,
          "Cannot crossEntropy label 2 at position 1: there are 2 classes, 0 to 1",
        );
        assertPointsInto(here, error);
      }
      found = compiled(model, state, x, good);
    }
    assertThrows(() => compiled(found.model, found.state, x, bad), IndexError);
    wanted.model.parameters().forEach((parameter, i) => {
      const own = found.model.parameters()[i]!;
      own.data.forEach((x, at) => assert(Math.abs(x - parameter.data[at]!) < 1e-5));
    });
    assertEquals(found.state.step.item(), 3);
  }
});

Deno.test("every operation that may refuse does so before anything is updated", () => {
  const index = tensor([5], { dtype: "int32" });
  const refusals: Readonly<Record<string, (x: Tensor, index: Tensor) => Tensor>> = {
    gather: (x, index) => x.gather(index, { axis: 0 }),
    take: (x, index) => x.take(index, { axis: 0 }),
    oneHot: (_, index) => index.oneHot(3),
    put: (x, index) => x.slice([{ stop: 1 }]).putInto([2], index, { axis: 0 }),
    scatter: (x, index) => x.slice([{ stop: 1 }]).scatterInto([2], index, { axis: 0 }),
  };
  for (const [name, refuse] of Object.entries(refusals)) {
    const compiled = compile((state: { w: Tensor; v: Tensor }, index: Tensor) => {
      const w = state.w.mul(2);
      return { w, v: refuse(w, index).sum().add(state.v), after: refuse(state.w.add(1), index) };
    });
    let state: { w: Tensor; v: Tensor } = { w: tensor([1, 2]), v: tensor(0) };
    for (let i = 0; i < 2; i++) {
      const { w, v } = state;
      assertThrows(() => compiled({ w, v }, index), IndexError);
      state = compiled({ w, v }, tensor([1], { dtype: "int32" }));
    }
    assertThrows(() => compiled({ w: state.w, v: state.v }, index), IndexError);
    assertEquals(state.w.toArray(), [4, 8], name);
  }
});

Deno.test("memory that cannot be had is an error with the bytes, and the program goes on", () => {
  const huge = (x: Tensor) => x.broadcastTo([40_000, 40_000]).cumsum(0).cumsum(1).sum();
  for (const options of [{}, { threads: 1 }, { reproducible: true }] as const) {
    const error = assertThrows(
      () => compile(huge, options)(ones([1])),
      UsageError,
      "Cannot compile: the program needs 12,800,000,064 bytes of memory",
    );
    assertPointsInto(here, error);
  }
  const more = (x: Tensor) => x.broadcastTo([2_000_000, 2_000_000, 1000]).cumsum(0).sum();
  assertThrows(
    () => compile(more, { backend: "reference" })(ones([1])),
    UsageError,
    "bytes of memory",
  );
  assertEquals(compile((x: Tensor) => x.add(1))(ones([1])).item(), 2);
});

Deno.test("where there is no memory for one more program, those for other arguments are given up", () => {
  const { Memory } = WebAssembly;
  const step = compile((x: Tensor) => ({ x: x.mul(2), sum: x.sum() }), { threads: 1 });
  const first = step(ones([2]));
  let refused = 0;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      if (refused++ === 0) throw new RangeError("could not allocate memory");
      super(descriptor);
    }
  };
  try {
    assertEquals(step(ones([3])).x.toArray(), [2, 2, 2]);
    assertEquals(refused, 2);
    refused = 0;
    const other = compile((x: Tensor) => x.add(1), { threads: 1 });
    assertThrows(() => other(ones([1])), UsageError, "bytes of memory");
    assertEquals(other(ones([1])).toArray(), [2]);
  } finally {
    WebAssembly.Memory = Memory;
  }
  assertEquals([first.x.toArray(), first.sum.item()], [[2, 2], 2]);
  assertEquals(step(ones([2])).sum.item(), 2);
});

Deno.test("a loss of one call is itself after the next ones, as every result is", () => {
  using step = compile((x: Tensor) => x.square().sum());
  const losses = [1, 2, 3].map((x) => step(tensor([x, 0])));
  assertEquals(losses.map((loss) => loss.item()), [1, 4, 9]);
  assertEquals(losses[0]!.data, Float32Array.of(1));
});

Deno.test("an index that is found wrong after a step leaves the arguments as they were", () => {
  const step = compile(({ w }: { w: Tensor }, i: Tensor) => {
    const next = w.add(1);
    return { w: next, y: next.take(i) };
  });
  const at = (i: number) => tensor([i], { dtype: "int32" });
  const first = step({ w: tensor([1, 2]) }, at(0)), second = step({ w: first.w }, at(1));
  assertThrows(() => step({ w: second.w }, at(9)), IndexError);
  assertEquals(second.w.toArray(), [3, 4]);
});

Deno.test("a result may hold a map that the function only hands on", () => {
  const kept = new Map([["k", tensor([1])]]);
  assertEquals(compile((x: Tensor) => ({ y: x.add(1), kept }))(tensor([1, 1])).kept, kept);
});

Deno.test("compile() keeps an update that is reshaped last", () => {
  const step = compile(({ w }: { w: Tensor }) => ({ w: w.reshape([6]).mul(2).reshape([2, 3]) }));
  let state = { w: tensor([[1, 2, 3], [4, 5, 6]]) };
  for (let i = 0; i < 3; i++) state = step(state);
  assertEquals(state.w.toArray(), [[8, 16, 24], [32, 40, 48]]);
});

Deno.test("a model that a compiled step has updated can be differentiated by its inputs", () => {
  const optimizer = optim.sgd({ learningRate: 0.25 });
  type Model = { w: Tensor };
  const loss = (m: Model) => m.w.square().sum();
  const model = { w: tensor([4, 8], { requiresGrad: true }) };
  const step = compile((m: Model, state: optim.OptimizerState<Model>) =>
    optimizer.update(m, grad(loss)(m), state)
  );
  const x = tensor([1, 1], { requiresGrad: true });
  const { w } = step(model, optimizer.init(model)).model;
  assertEquals(gradients(x.mul(w).sum(), [x])[0].toArray(), [2, 4]);
});

Deno.test("compile() gives a result its own kind where it stands for an argument of another", () => {
  const signs = compile(({ x }: { x: Tensor }) => ({ x: x.cast("int32") }));
  for (const numbers of [[1.5, -2.5, 3], [-7, 0.5, 2 ** 20]]) {
    const { x } = signs({ x: tensor(numbers) });
    assertEquals([x.dtype, x.toArray()], ["int32", numbers.map(Math.trunc)]);
    const { x: mask } = compile(({ x }: { x: Tensor }) => ({ x: x.greater(0) }))({
      x: tensor(numbers),
    });
    assertEquals([mask.dtype, mask.toArray()], ["bool", numbers.map((x) => x > 0)]);
  }
});

Deno.test("compile() updates a parameter in place by a product with long sums", () => {
  const random = new Random(8);
  const whole = (shape: number[]) => random.uniform(shape, { low: -4, high: 5 }).floor(); // exact
  for (const [transposeA, transposeB] of [[true, false], [false, true], [false, false]] as const) {
    for (const reproducible of [false, true]) {
      for (const [m, k, n] of [[70, 1300, 70], [200, 1200, 512]] as const) {
        const a = whole(transposeA ? [k, m] : [m, k]), b = whole(transposeB ? [n, k] : [k, n]);
        const step = (model: { w: Tensor }, a: Tensor, b: Tensor) => ({
          w: model.w.sub(a.matmul(b, { transposeA, transposeB }).mul(0.5)),
        });
        using compiled = compile(step, { reproducible, threads: 1 });
        let found = { w: whole([m, n]) }, wanted = found;
        for (let i = 0; i < 3; i++) {
          found = compiled(found, a, b);
          wanted = step(wanted, a, b);
        }
        assertEquals(found.w.data, wanted.w.data, `${[m, k, n]}`);
      }
    }
  }
});

Deno.test("compile() keeps a mask of a product beside what it chooses", () => {
  const random = new Random(9);
  const f = (a: Tensor, b: Tensor) => {
    const y = a.matmul(b);
    const isPositive = y.greater(0);
    return [isPositive, y.where(isPositive, -1)];
  };
  for (const [m, k, n] of [[13, 20, 9], [70, 1300, 70]] as const) {
    const [a, b] = [[m, k], [k, n]].map((shape) =>
      random.uniform(shape, { low: -4, high: 5 }).floor()
    );
    using compiled = compile(f, { threads: 1 });
    const wanted = f(a!, b!); // sums are exact
    compiled(a!, b!).forEach((found, i) => assertEquals(found.data, wanted[i]!.data));
  }
});

Deno.test("compile() traces derivatives also where it is called first without gradients", () => {
  const w = tensor([2, 3], { requiresGrad: true });
  const slope = compile((x: Tensor) => gradients(x.mul(w).sum(), [w])[0]);
  assertEquals(noGrad(() => slope(tensor([5, 7]))).toArray(), [5, 7]);
});

Deno.test("compile() tells an array of a class of its own from a plain one", () => {
  class Layers extends Array<Tensor> {}
  const compiled = compile((layers: Tensor[]) => layers[0]!.mul(layers instanceof Layers ? 2 : 3));
  assertEquals(compiled(Layers.of(tensor([1]))).toArray(), [2]);
  assertEquals(compiled([tensor([1])]).toArray(), [3]);
});

Deno.test("compile() traces once for objects that inherit fields", () => {
  let traces = 0;
  const compiled = compile(({ weight, scale }: { weight: Tensor; scale: number }) => {
    traces++;
    return weight.mul(scale);
  });
  const shared = { scale: 2 };
  for (const number of [1, 2]) {
    const object = Object.assign(Object.create(shared), { weight: tensor([number]) });
    assertEquals(compiled(object).toArray(), [2 * number]);
  }
  assertEquals(traces, 1);
});

Deno.test("compile() sees negative zero in a typed array that it has taken for granted", () => {
  const factors = Float64Array.of(0);
  const compiled = compile((x: Tensor, factors: Float64Array) => x.div(factors[0]!));
  assertEquals(compiled(tensor([1]), factors).toArray(), [Infinity]);
  factors[0] = -0;
  assertEquals(compiled(tensor([1]), factors).toArray(), [-Infinity]);
});

Deno.test("a program that is there already keeps no derivative from who asks inside of grad", () => {
  const w = tensor([3, 4], { requiresGrad: true });
  const compiled = compile((x: Tensor) => x.mul(w).sum());
  const x = tensor([1, 2]);
  assertEquals(compiled(x).item(), 11);
  const slope = grad((v: Tensor) => gradients(compiled(x), [w])[0].mul(v).sum());
  assertEquals(slope(tensor([1, 1])).toArray(), [1, 2]);
});

Deno.test("compile() of gradients() gives zeros for an argument that nothing was computed from", () => {
  const slopes = compile((x: Tensor, y: Tensor) => gradients(x.square().sum(), [x, y]));
  const [byX, byY] = slopes(tensor([1, 2]), tensor([5]));
  assertEquals([byX.toArray(), byY.toArray()], [[2, 4], [0]]);
});

Deno.test("compile() takes all threads that there are where it is given infinitely many", () => {
  using double = compile((x: Tensor) => x.mul(2), { threads: Infinity });
  assertEquals(double(tensor([1, 2])).toArray(), [2, 4]);
});
