import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  assertNotEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { inspect } from "node:util";
import { grad, nn, noGrad, optim, Random, ShapeError, type Tensor, tensor } from "../../src/mod.ts";
import { ones, UsageError, valueAndGrad, zeros } from "../../src/mod.ts";
import { assertClose, differences } from "../finite_differences.ts";
import { assertPointsInto } from "../first_frame.ts";

const float64 = { dtype: "float64" } as const;

/** Every optimizer with every option that changes what it does. */
const optimizers: Readonly<Record<string, () => optim.Optimizer>> = {
  "sgd": () => optim.sgd({ learningRate: 0.1 }),
  "sgd, weight decay": () => optim.sgd({ learningRate: 0.1, weightDecay: 0.1 }),
  "sgd, momentum": () => optim.sgd({ learningRate: 0.1, momentum: 0.9 }),
  "sgd, dampening": () => optim.sgd({ learningRate: 0.1, momentum: 0.9, dampening: 0.5 }),
  "sgd, nesterov": () => optim.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
  "adam": () => optim.adam({ learningRate: 0.1 }),
  "adam, weight decay": () => optim.adam({ learningRate: 0.1, weightDecay: 0.1 }),
  "adam, amsgrad": () => optim.adam({ learningRate: 0.1, amsgrad: true }),
  "adamW": () => optim.adamW({ learningRate: 0.1, weightDecay: 0.1 }),
  "adamW, amsgrad": () => optim.adamW({ learningRate: 0.1, amsgrad: true }),
};

function network(dtype: "float32" | "float64" = "float32"): nn.Sequential {
  return nn.mlp([3, 4, 2], { activation: "tanh", random: new Random(1), dtype });
}

function loss(model: nn.Model): Tensor {
  return model.forward(ones([2, 3])).square().mean();
}

/** A bowl whose curvature differs by direction. */
function bowl(w: Tensor): Tensor {
  return w.square().mul(tensor([1, 3], float64)).sum();
}

/** The size of what a value remembers: all that its origins lead to. */
function rememberedBy(values: readonly Tensor[]): number {
  const seen = new Set<Tensor>();
  const open = [...values];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    open.push(...value.origin?.inputs ?? []);
  }
  return seen.size - values.length;
}

/** All tensors of a nested object. */
function tensorsOf(tree: unknown): Tensor[] {
  if (typeof tree !== "object" || tree === null) return [];
  if ("origin" in tree) return [tree as Tensor];
  return Object.values(tree).flatMap(tensorsOf);
}

for (const [name, make] of Object.entries(optimizers)) {
  Deno.test(`update() and step() give the same bits: ${name}`, () => {
    for (const dtype of ["float32", "float64"] as const) {
      const inPlace = { w: tensor([1, -2, 0.3], { dtype, requiresGrad: true }) };
      const inPlaceOptimizer = make();
      const optimizer = make();
      let model = { w: tensor([1, -2, 0.3], { dtype }) };
      let state = optimizer.init(model);
      for (let i = 0; i < 20; i++) {
        const f = ({ w }: { w: Tensor }) => w.sub(i % 3).square().add(w.sin()).sum();
        ({ model, state } = optimizer.update(model, grad(f)(model), state));
        inPlace.w.zeroGrad();
        f(inPlace).backward();
        inPlaceOptimizer.step(inPlace);
      }
      assertEquals([...inPlace.w.data], [...model.w.data]);
    }
  });

  Deno.test(`update() is differentiable, to the first parameters and through: ${name}`, () => {
    const optimizer = make();
    const unrolled = (start: Tensor) => {
      let step = { model: start, state: optimizer.init(start) };
      for (let i = 0; i < 3; i++) {
        step = optimizer.update(step.model, grad(bowl)(step.model) as Tensor, step.state);
      }
      return bowl(step.model);
    };
    const start = tensor([0.7, -1.2], float64);
    const slopes = grad(unrolled)(start) as Tensor;
    assert(slopes.data.every((slope) => slope !== 0));
    assertClose(slopes, differences(unrolled, start), 1e-7);
  });

  Deno.test(`update() makes the loss smaller: ${name}`, () => {
    const optimizer = make();
    const step = valueAndGrad((m: nn.Sequential) => loss(m));
    const first = loss(network()).item();
    let before = { model: network(), state: optimizer.init(network()) };
    for (let i = 0; i < 10; i++) {
      before = optimizer.update(before.model, step(before.model)[1], before.state);
    }
    assert(loss(before.model).item() < first / 2);
  });
}

Deno.test("update() leaves model and state as they were", () => {
  const adam = optim.adam({ learningRate: 0.1 });
  const model = { w: tensor([1, 2]) };
  const state = adam.init(model);
  const { model: changed, state: next } = adam.update(model, { w: tensor([3, 4]) }, state);
  assertEquals(model.w.toArray(), [1, 2]);
  assertEquals([state.step.item(), state.slots.mean!.w.toArray()], [0, [0, 0]]);
  assertNotEquals(changed.w.toArray(), [1, 2]);
  assertEquals(next.step.item(), 1);
});

Deno.test("update() keeps class, names and requiresGrad, and no history outside a transform", () => {
  const model = network();
  const frozen = Object.assign(network(), { extra: tensor([1], { name: "extra" }) });
  for (const before of [model, frozen]) {
    const adam = optim.adam();
    const [, gradients] = valueAndGrad((m: nn.Sequential) => loss(m))(before);
    const { model: after, state } = adam.update(before, gradients, adam.init(before));
    assertInstanceOf(after, nn.Sequential);
    const leaves = tensorsOf(after);
    assertEquals(leaves.map(({ name }) => name), tensorsOf(before).map(({ name }) => name));
    for (const [i, leaf] of leaves.entries()) {
      assertEquals(leaf.requiresGrad, tensorsOf(before)[i]!.requiresGrad);
      assertEquals([leaf.origin, leaf.grad], [null, null]);
    }
    assertEquals(tensorsOf(state).map(({ origin }) => origin), tensorsOf(state).map(() => null));
    loss(after).backward(); // can be trained further by either way
    assert(after.parameters()[0]!.grad !== null);
  }
});

Deno.test("update() throws where gradients do not have the model's structure or shapes", () => {
  const sgd = optim.sgd({ learningRate: 0.1, momentum: 0.9 });
  const model = { layers: [{ w: zeros([2]) }] };
  const state = sgd.init(model);
  const nothing = { layers: [] } as unknown as typeof model;
  let error = assertThrows(
    () => sgd.update(model, nothing, state),
    UsageError,
    'Cannot update: there is nothing at "layers[0].w" to go with the other',
  );
  assertPointsInto(import.meta.url, error);
  error = assertThrows(
    () => sgd.update(model, { layers: [{ w: zeros([3]) }] }, state),
    ShapeError,
    "Cannot update [2] by a gradient of shape [3]",
  );
  assertPointsInto(import.meta.url, error);
});

Deno.test("step() keeps every tensor of the model itself, and its derivative", () => {
  const model = network();
  const before = model.parameters();
  loss(model).backward();
  const gradients = before.map(({ grad }) => grad);
  const numbers = before.map(({ data }) => [...data]);
  optim.sgd({ learningRate: 0.1 }).step(model);
  for (const [i, parameter] of model.parameters().entries()) {
    assertStrictEquals(parameter, before[i]);
    assertStrictEquals(parameter.grad, gradients[i]);
    assertNotEquals([...parameter.data], numbers[i]);
  }
});

Deno.test("step() changes only what has a derivative, and a shared parameter once", () => {
  const shared = tensor([1], { requiresGrad: true });
  const unused = tensor([5], { requiresGrad: true });
  shared.mul(2).sum().backward();
  optim.sgd({ learningRate: 0.25 }).step({ first: shared, second: shared, unused });
  assertEquals([shared.item(), unused.item()], [0.5, 5]);
});

Deno.test("step() remembers each parameter by itself, and not those of other optimizers", () => {
  const make = () => tensor([1], { requiresGrad: true });
  const [one, other] = [make(), make()];
  const optimizer = optim.sgd({ learningRate: 0.1, momentum: 0.5 });
  for (const w of [one, one, other, other]) {
    w.zeroGrad();
    w.sum().backward();
    optimizer.step({ w });
  }
  assertEquals(one.item(), other.item()); // the second began without momentum
});

Deno.test("step() throws UsageError when no parameter has a derivative", () => {
  const error = assertThrows(
    () => optim.adam().step(network()),
    UsageError,
    "Cannot step with adam: no parameter has a gradient, call backward() first",
  );
  assertPointsInto(import.meta.url, error);
});

Deno.test("step() changes all parameters or, after an error, none", () => {
  const model = { a: tensor([1], { requiresGrad: true }), b: tensor([1], { requiresGrad: true }) };
  model.a.grad = tensor([1]);
  model.b.grad = tensor([1, 2]);
  assertThrows(
    () => optim.sgd({ learningRate: 1 }).step(model),
    ShapeError,
    "Cannot update [1] by a gradient of shape [2]",
  );
  assertEquals([model.a.item(), model.b.item()], [1, 1]);
});

Deno.test("init() has the model's structure in each slot, and a step of its kind", () => {
  const model = network("float64");
  const { step, slots } = optim.adam({ amsgrad: true }).init(model);
  assertEquals([step.shape, step.item(), step.dtype], [[], 0, "float64"]);
  assertEquals(Object.keys(slots), ["mean", "square", "largest"]);
  assertInstanceOf(slots.mean, nn.Sequential);
  assertEquals(slots.mean.parameters().map(({ shape }) => shape), [[4, 3], [4], [2, 4], [2]]);
  assertEquals(optim.sgd({ learningRate: 1 }).init(model).slots, {});
});

Deno.test("name is that of the rule", () => {
  const names = [optim.sgd({ learningRate: 1 }), optim.adam(), optim.adamW()];
  assertEquals(names.map(({ name }) => name), ["sgd", "adam", "adamW"]);
});

Deno.test("Optimizer takes a rule of one's own", () => {
  const signs = new optim.Optimizer({
    name: "signs",
    slots: {},
    update: () => (parameter, gradient, slots) => ({
      parameter: parameter.sub(gradient.sign().mul(0.5)),
      slots,
    }),
  });
  const w = tensor([1, -1]);
  assertEquals(signs.update(w, tensor([7, -7]), signs.init(w)).model.toArray(), [0.5, -0.5]);
});

Deno.test("300 steps in place remember nothing of the steps before", () => {
  const model = network();
  const adam = optim.adam();
  for (let i = 0; i < 300; i++) {
    model.zeroGrad();
    loss(model).backward();
    adam.step(model);
    const { grad } = model.parameters()[0]!;
    assertEquals(rememberedBy([...model.parameters(), grad!]), 0);
  }
});

Deno.test("300 pure steps remember nothing of the steps before", () => {
  const adam = optim.adam();
  const step = valueAndGrad((m: nn.Sequential) => loss(m));
  let before = { model: network(), state: adam.init(network()) };
  const sizes = new Set<number>();
  for (let i = 0; i < 300; i++) {
    const [value, gradients] = step(before.model);
    sizes.add(rememberedBy([value, ...tensorsOf(gradients)]));
    before = adam.update(before.model, gradients, before.state);
    assertEquals(rememberedBy(tensorsOf(before)), 0);
  }
  assertEquals(sizes.size, 1); // what a gradient remembers does not grow
});

Deno.test("what an optimizer remembers fades to 0, not to a denormal number; NaN stays", () => {
  for (const dtype of ["float32", "float64"] as const) {
    const smallest = dtype === "float32" ? 2 ** -126 : 2 ** -1022;
    const sgd = optim.sgd({ learningRate: 1, momentum: 0.5 });
    let model = tensor([0, 0, 0], { dtype });
    let state = sgd.init(model);
    ({ model, state } = sgd.update(model, tensor([4 * smallest, NaN, 0], { dtype }), state));
    const seen = Array.from({ length: 4 }, () => {
      ({ model, state } = sgd.update(model, tensor([0, 0, 0], { dtype }), state));
      return state.slots.velocity!.toArray() as number[];
    });
    assertEquals(seen.map(([first]) => first), [2 * smallest, smallest, 0, 0]);
    assertEquals(seen.at(-1), [0, NaN, 0]);
  }
});

Deno.test("an optimizer shows its name", () => {
  assertEquals(Deno.inspect(optim.adam()), "Optimizer adam");
  assertEquals(Deno.inspect({ by: optim.sgd({ learningRate: 1 }) }), "{ by: Optimizer sgd }");
  assertEquals(inspect(optim.adam()), "Optimizer adam"); // as Node shows it
});

Deno.test("update() in noGrad() is no part of a derivative", () => {
  for (const [name, make] of Object.entries(optimizers)) {
    const optimizer = make();
    const loss = (w: Tensor) =>
      noGrad(() => optimizer.update(w, w.mul(2), optimizer.init(w))).model.square().sum();
    assertEquals(grad(loss)(tensor([1, 2], float64)).toArray(), [0, 0], name);
  }
});

Deno.test("a step is differentiated where an element has had no gradient", () => {
  const x = tensor([[0, 1], [0, 2]], float64);
  const loss = (w: Tensor) => x.matmul(w).tanh().square().mean();
  for (const make of Object.values(optimizers)) {
    const optimizer = make();
    const after = (w: Tensor) => loss(optimizer.update(w, grad(loss)(w), optimizer.init(w)).model);
    const w = tensor([[0.3], [0.5]], float64);
    assertClose(grad(after)(w), differences(after, w), 1e-6);
  }
});

Deno.test("update() takes a model of both kinds of floats", () => {
  for (const [name, make] of Object.entries(optimizers)) {
    const optimizer = make();
    const model = { single: tensor([1]), double: tensor([1], float64) };
    const { single, double } = optimizer.update(model, model, optimizer.init(model)).model;
    assertEquals([single.dtype, double.dtype], ["float32", "float64"], name);
    assertAlmostEquals(single.item(), double.item(), 1e-6);
  }
});

Deno.test("stateOf() counts the steps that were taken in place", () => {
  const adam = optim.adam(), w = tensor([1, 2], { requiresGrad: true });
  w.sum().backward();
  for (let i = 0; i < 2; i++) adam.step(w);
  assertEquals(adam.stateOf(w).step.item(), 2);
});
