import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  DTypeError,
  grad,
  nn,
  Random,
  ShapeError,
  tensor,
  UsageError,
  zeros,
} from "../../src/mod.ts";
import type { Tensor } from "../../src/mod.ts";
import { assertClose, assertGradient } from "../finite_differences.ts";
import { assertPointsInto } from "../first_frame.ts";

const float64 = { dtype: "float64" } as const;

function weightsOf(layer: nn.Layer): number[][] {
  return layer.parameters().map(({ data }) => [...data]);
}

Deno.test("Linear is x W^T + b, over the last axis of any number of axes", () => {
  const layer = new nn.Linear(3, 2, float64);
  layer.weight.data.set([1, 2, 3, -1, 0, 1]);
  layer.bias!.data.set([0.5, -0.5]);
  const row = [1, 10, 100];
  assertEquals(layer.forward(tensor(row, float64)).toArray(), [321.5, 98.5]);
  assertEquals(layer.forward(tensor([row], float64)).toArray(), [[321.5, 98.5]]);
  const batch = layer.forward(tensor([[row, row], [row, row]], float64));
  assertEquals([batch.shape, batch.toArray()[1][1]], [[2, 2, 2], [321.5, 98.5]]);
});

Deno.test("Linear has the right derivatives by inputs, weights and biases", () => {
  const layer = new nn.Linear(3, 2, { ...float64, random: new Random(1) });
  const inputs = new Random(2).normal([4, 3], float64);
  const loss = (x: Tensor, weight = layer.weight, bias = layer.bias!) =>
    Object.assign(new nn.Linear(3, 2, float64), { weight, bias }).forward(x).square().sum();
  assertGradient((x) => loss(x), inputs);
  assertGradient((weight) => loss(inputs, weight), layer.weight.detach());
  assertGradient((bias) => loss(inputs, undefined, bias), layer.bias!.detach());
});

Deno.test("Linear has parameters by name that require a gradient, without bias if asked", () => {
  const layer = new nn.Linear(3, 2);
  assertEquals(layer.parameters().map((p) => [p.name, p.shape, p.requiresGrad, p.dtype]), [
    ["weight", [2, 3], true, "float32"],
    ["bias", [2], true, "float32"],
  ]);
  const plain = new nn.Linear(3, 2, { bias: false, ...float64 });
  assertEquals(plain.bias, null);
  assertEquals(plain.parameters().map(({ dtype }) => dtype), ["float64"]);
  assertEquals(plain.forward(zeros([1, 3], float64)).toArray(), [[0, 0]]);
});

Deno.test("Linear starts within ±1/sqrt(inputs), from the seed or an initializer", () => {
  const make = (seed: number) => new nn.Linear(16, 8, { random: new Random(seed) });
  assertEquals(weightsOf(make(3)), weightsOf(make(3)));
  assertNotEquals(weightsOf(make(3)), weightsOf(make(4)));
  for (const { data } of make(3).parameters()) {
    assert(data.every((x) => Math.abs(x) <= 0.25));
    assert(data.some((x) => Math.abs(x) > 0.1));
  }
  const initializer: nn.Initializer = (shape, _random, dtype) =>
    tensor(new Array(6).fill(7), { shape, dtype: dtype! });
  assertEquals(new nn.Linear(3, 2, { initializer }).weight.toArray(), [[7, 7, 7], [7, 7, 7]]);
});

Deno.test("Linear throws UsageError for widths that are none", () => {
  for (const [inputs, outputs] of [[0, 2], [3, -1], [1.5, 2], [3, NaN]] as const) {
    const error = assertThrows(
      () => new nn.Linear(inputs, outputs),
      UsageError,
      `Cannot make a Linear of ${inputs} inputs and ${outputs} outputs`,
    );
    assertPointsInto(import.meta.url, error);
  }
});

Deno.test("Linear.forward() throws ShapeError when the last axis is not its width", () => {
  const layer = new nn.Linear(3, 2);
  const error = assertThrows(
    () => layer.forward(zeros([4, 5])),
    ShapeError,
    "Cannot pass [4, 5] through a Linear of 3 inputs: axis -1 has length 5",
  );
  assertPointsInto(import.meta.url, error);
  assertThrows(() => layer.forward(tensor(1)), ShapeError, "axis -1 has length none");
});

Deno.test("Linear.forward() throws DTypeError when the kinds differ", () => {
  const inputs = zeros([1, 3], float64);
  assertThrows(() => new nn.Linear(3, 2).forward(inputs), DTypeError, "float64 and float32");
});

Deno.test("Activation applies each of its functions as the method of that name", () => {
  const names: nn.ActivationName[] = [
    "relu",
    "leakyRelu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "mish",
    "sigmoid",
    "tanh",
    "softplus",
    "softsign",
  ];
  const x = tensor([-2, -0.5, 0.5, 3], float64);
  for (const name of names) {
    const layer = new nn.Activation(name);
    assertEquals(layer.forward(x).toArray(), x[name]().toArray());
    assertEquals(layer.parameters(), []);
    assertGradient((x) => layer.forward(x).sum(), x);
  }
});

Deno.test("Activation throws UsageError that lists the functions for a name that is none", () => {
  const error = assertThrows(
    () => new nn.Activation("rellu" as nn.ActivationName),
    UsageError,
    'Cannot make an activation "rellu": there are relu, leakyRelu, elu',
  );
  assertPointsInto(import.meta.url, error);
});

Deno.test("Flatten makes a row of each sample", () => {
  const layer = new nn.Flatten();
  assertEquals(layer.forward(zeros([5, 2, 3, 4])).shape, [5, 24]);
  assertEquals(layer.forward(zeros([5, 7])).shape, [5, 7]);
});

Deno.test("Sequential passes through its layers in order", () => {
  const random = new Random(5);
  const [first, second] = [new nn.Linear(3, 4, { random }), new nn.Linear(4, 2, { random })];
  const model = new nn.Sequential([first!, new nn.Activation("tanh"), second!]);
  const x = random.normal([6, 3]);
  assertEquals(
    model.forward(x).toArray(),
    second!.forward(first!.forward(x).tanh()).toArray(),
  );
  assertEquals(model.parameters().length, 4);
  assertEquals(new nn.Sequential([]).forward(x), x);
});

Deno.test("Sequential is a nested object: grad keeps its class and its structure", () => {
  const model = nn.mlp([3, 4, 2], { activation: "tanh", dtype: "float64" });
  const x = new Random(1).normal([5, 3], float64);
  const slopes = grad((m: nn.Sequential) => m.forward(x).square().sum())(model);
  assert(slopes instanceof nn.Sequential && slopes.layers[0] instanceof nn.Linear);
  model.forward(x).square().sum().backward();
  for (const [i, parameter] of model.parameters().entries()) {
    assertClose(slopes.parameters()[i]!, parameter.grad!, 0);
  }
});

Deno.test("mlp() puts an activation between its linear layers and none after the last", () => {
  const model = nn.mlp([4, 5, 6, 3], { activation: "gelu" });
  const kinds = model.layers.map((layer) => layer.constructor);
  assertEquals(kinds, [nn.Linear, nn.Activation, nn.Linear, nn.Activation, nn.Linear]);
  assertEquals(model.layers.filter((l) => l instanceof nn.Activation).map((l) => l.activation), [
    "gelu",
    "gelu",
  ]);
  assertEquals(model.forward(zeros([2, 4])).shape, [2, 3]);
  assertEquals(nn.mlp([2, 3, 1]).layers[1], new nn.Activation("relu"));
  assertEquals(nn.mlp([2, 1]).layers.length, 1);
});

Deno.test("mlp() draws all weights from one generator: the same seed, the same weights", () => {
  const make = (seed: number) => nn.mlp([4, 4, 4], { random: new Random(seed) });
  assertEquals(weightsOf(make(0)), weightsOf(make(0)));
  assertNotEquals(weightsOf(make(0)), weightsOf(make(1)));
  const [first, , second] = weightsOf(make(0));
  assertNotEquals(first, second); // layers of one shape do not start alike
});

Deno.test("mlp() throws UsageError for fewer than two widths, or one that is none", () => {
  const error = assertThrows(
    () => nn.mlp([3]),
    UsageError,
    "Cannot make an mlp of widths [3]: it takes at least inputs and outputs",
  );
  assertPointsInto(import.meta.url, error);
  assertThrows(() => nn.mlp([3, 0, 2]), UsageError, "3 inputs and 0 outputs");
});

Deno.test("layers without a generator do not start alike", () => {
  const [a, b] = [new nn.Linear(3, 3), new nn.Linear(3, 3)];
  assertNotEquals(a.weight.toArray(), b.weight.toArray());
});

Deno.test("an initializer gives weights of the shape that it is asked for", () => {
  assertThrows(() => new nn.Linear(2, 3, { initializer: () => zeros([2, 3]) }), ShapeError);
});
