/**
 * The ten mistakes of a newcomer's first hour, of which every peer lets some pass without a word:
 * here each is an error that names the operation, the shapes and the axis, and points at the user's
 * line. All through the public API.
 *
 * There is nothing to dispose of or to borrow, since memory belongs to the garbage collector: a
 * tensor may be used any number of times. Two kinds have no numbers to read, and say so: a traced
 * one, and the result of a compiled function that was handed back to it and so replaced.
 */

import { assertEquals, assertInstanceOf, assertMatch, assertRejects } from "@std/assert";
import { assertThrows } from "@std/assert";
import {
  batches,
  checkGradients,
  compile,
  DataError,
  DTypeError,
  einsum,
  formula,
  grad,
  gradients,
  IndexError,
  iris,
  jacobian,
  jvp,
  linspace,
  nn,
  noGrad,
  oneHot,
  optim,
  ShapeError,
  splitDataset,
  vjp,
} from "../src/mod.ts";
import {
  type Dataset,
  type DType,
  full,
  Tensor,
  tensor,
  TracingError,
  UsageError,
  value,
} from "../src/mod.ts";
import { concat, stack, valueAndGrad, zeros } from "../src/mod.ts";
import { assertPointsInto } from "./first_frame.ts";
import { assertMistake } from "./mistake.ts";

const int32 = { dtype: "int32" } as const;

/** Asserts that `call` throws this at a line of this file. */
function assertThrowsHere(
  call: () => unknown,
  errorClass: new (message: string) => Error,
  message: string,
): void {
  assertMistake(import.meta.url, call, errorClass, message);
}

/** Asserts that training on `dataset` rejects with this at a line of this file. */
async function assertFitRejectsHere(
  dataset: Dataset,
  errorClass: new (message: string) => Error,
  message: string,
  options: Partial<nn.FitOptions> = {},
): Promise<void> {
  const training = { loss: nn.crossEntropy, optimizer: optim.sgd({ learningRate: 0.1 }) };
  try {
    await nn.fit(nn.mlp([2, 10]), dataset, { ...training, shuffle: false, ...options });
  } catch (error) {
    assertInstanceOf(error, errorClass);
    assertEquals(error.message, message);
    assertPointsInto(import.meta.url, error);
    return;
  }
  throw new Error("fit did not reject");
}

Deno.test("mistake 1: a matrix product whose inner lengths differ", () => {
  const a = zeros([2, 3]);
  assertThrowsHere(
    () => a.matmul(zeros([4, 5])),
    ShapeError,
    "Cannot matmul [2, 3] by [4, 5]: inner lengths are 3 and 4",
  );
  assertThrowsHere(
    () => a.matmul(zeros([2, 3])),
    ShapeError,
    "Cannot matmul [2, 3] by [2, 3]: inner lengths are 3 and 2",
  );
});

Deno.test("mistake 2: operands that do not broadcast", () => {
  assertThrowsHere(
    () => zeros([5, 4]).add(zeros([3])),
    ShapeError,
    "Cannot add [5, 4] and [3]: axis -1 has lengths 4 and 3",
  );
  assertThrowsHere(
    () => nn.meanSquaredError(zeros([5, 1]), zeros([5])),
    ShapeError,
    "Cannot meanSquaredError [5, 1] and [5]: outputs and targets have one shape",
  );
});

Deno.test("mistake 3: label 12 of 10 classes", async () => {
  const labels = tensor([3, 12], int32);
  const state = "label 12 at position 1: there are 10 classes, 0 to 9";
  assertThrowsHere(() => oneHot(labels, 10), IndexError, `Cannot oneHot ${state}`);
  assertThrowsHere(() => labels.oneHot(10), IndexError, `Cannot oneHot ${state}`);
  assertThrowsHere(
    () => nn.crossEntropy(zeros([2, 10]), labels),
    IndexError,
    `Cannot crossEntropy ${state}`,
  );
  assertThrowsHere(
    () => nn.confusionMatrix(labels, labels, 10),
    IndexError,
    `Cannot confusionMatrix ${state}`,
  );
  await assertFitRejectsHere(
    { inputs: zeros([2, 2]), labels },
    IndexError,
    `Cannot crossEntropy ${state}`,
  );
});

Deno.test("mistake 3: row 12 of 2", () => {
  const index = tensor([0, 12], int32);
  assertThrowsHere(
    () => zeros([2, 3]).take(index),
    IndexError,
    "Cannot take at index 12: there are 2 entries",
  );
  assertThrowsHere(
    () => zeros([2]).gather(index, { axis: 0 }),
    IndexError,
    "Cannot gather at index 12: there are 2 entries",
  );
  assertThrowsHere(
    () => zeros([2, 3]).slice([12]),
    ShapeError,
    "Cannot slice axis 0 at index 12: it has length 2",
  );
});

Deno.test("mistake 4: labels and indices that are floats", async () => {
  const labels = tensor([0, 1]);
  assertThrowsHere(
    () => oneHot(labels, 10),
    DTypeError,
    "Cannot oneHot labels of kind float32: class indices are int32",
  );
  const message = "Cannot crossEntropy [2, 10] and targets [2] of float32: class indices are " +
    'int32, as in .cast("int32")';
  assertThrowsHere(() => nn.crossEntropy(zeros([2, 10]), labels), DTypeError, message);
  await assertFitRejectsHere({ inputs: zeros([2, 2]), labels }, DTypeError, message);
  assertThrowsHere(
    () => zeros([2, 3]).take(tensor([0.5])),
    DTypeError,
    "Cannot take at indices of kind float32: they are int32 (shapes [2, 3] and [1])",
  );
  assertThrowsHere(
    () => tensor([0.5], int32),
    DTypeError,
    "Cannot make an int32 tensor: entry 0 is 0.5, no whole number",
  );
});

Deno.test("mistake 4: kinds of numbers that do not go together", () => {
  assertThrowsHere(
    () => zeros([2, 3]).matmul(zeros([3, 2], int32)),
    DTypeError,
    'Cannot matmul float32 and int32: cast one of them, as in .cast("float32") ' +
      "(shapes [2, 3] and [3, 2])",
  );
  assertThrowsHere(
    () => zeros([2]).add(zeros([2], { dtype: "float64" })),
    DTypeError,
    'Cannot add float32 and float64: cast one of them, as in .cast("float32") ' +
      "(shapes [2] and [2])",
  );
  assertThrowsHere(
    () => tensor([1, 2], int32).log(),
    DTypeError,
    'Cannot log int32: it takes floating-point numbers, as in .cast("float32")',
  );
  assertThrowsHere(
    () => grad((x: Tensor) => x.sum())(tensor([1, 2], int32)),
    UsageError,
    'Cannot grad by integers or truth values: cast them, as in .cast("float32")',
  );
  assertThrowsHere(
    () => zeros([2], { dtype: "float99" as DType }),
    DTypeError,
    "Cannot make a tensor of float99: the kinds are float32, float64, int32 and bool",
  );
});

Deno.test("mistake 5: ragged arrays, and entries that are no numbers", () => {
  assertThrowsHere(
    () => tensor([[1, 2], [3]]),
    ShapeError,
    "Cannot make a tensor of ragged arrays: at values[1] stands an array of 1, not an array of 2",
  );
  assertThrowsHere(
    () => tensor([[1], 2]),
    ShapeError,
    "Cannot make a tensor of ragged arrays: at values[1] stands a single entry, not an array of 1",
  );
  for (const [entry, text] of [["3", '"3"'], [null, "null"], [undefined, "undefined"]] as const) {
    assertThrowsHere(
      () => tensor([1, entry as unknown as number]),
      DTypeError,
      `Cannot make a tensor: entry 1 is ${text}, not a number`,
    );
  }
});

Deno.test("mistake 6: no numbers to read, since a function is being traced", () => {
  const traced = new Tensor({ shape: [2], dtype: "float32", data: null });
  const message = "Cannot read the values of a tensor while it is being traced";
  const reads = [() => traced.data, () => traced.sum().item(), () => traced.toArray()];
  for (const read of reads) assertThrowsHere(read, TracingError, message);
});

Deno.test("mistake 6: a result that was handed back to the compiled function it came from", () => {
  using halve = compile((w: Tensor) => w.div(2));
  const first = halve(tensor([8]));
  const second = halve(first);
  const message = "Cannot read a tensor that was handed back to the compiled function it came " +
    "from, which has replaced it: keep a .clone() of it";
  assertThrowsHere(() => first.data, UsageError, message);
  assertEquals(second.toArray(), [2]);
});

Deno.test("mistake 6: a tensor or a Value where JavaScript wants a number", () => {
  for (const x of [tensor(3), value(3)]) {
    const message = `Cannot use a ${x.constructor.name} as a number: read it by .item(), or ` +
      "calculate by methods, as in x.mul(2)";
    const number = x as unknown as number;
    const uses = [() => number > 0, () => number * 2, () => -number, () => Math.exp(number)];
    for (const use of uses) assertThrowsHere(use, UsageError, message);
    assertEquals(`${x}`, x.toString());
  }
});

Deno.test("mistake 7: the gradient of what is no scalar", async () => {
  const w = tensor([1, 2], { requiresGrad: true });
  assertThrowsHere(
    () => w.mul(2).backward(),
    ShapeError,
    "Cannot backward from [2]: reduce it to a scalar, as in .sum(), or pass a cotangent of its " +
      "shape",
  );
  const message =
    "a function with a result of shape [2]: reduce it to a scalar, as in .sum(), or " +
    "use jacobian";
  const double = (x: Tensor) => x.mul(2);
  assertThrowsHere(() => grad(double)(w), ShapeError, `Cannot grad ${message}`);
  assertThrowsHere(() => valueAndGrad(double)(w), ShapeError, `Cannot grad ${message}`);
  assertThrowsHere(() => gradients(double(w), [w]), ShapeError, `Cannot differentiate ${message}`);
  assertThrowsHere(
    () => grad((x: Tensor) => x.sum().item())(w),
    UsageError,
    "Cannot grad: the function must return a scalar tensor or a Value",
  );
  assertThrowsHere(
    () => tensor([1, 2]).sum().backward(),
    UsageError,
    "Cannot backward from []: it depends on no tensor that requires a gradient",
  );
  await assertFitRejectsHere(
    { inputs: zeros([2, 2]), labels: zeros([2], int32) },
    ShapeError,
    "Cannot fit a loss of shape [2]: reduce it to a scalar, as in .mean()",
    { loss: (outputs, labels) => nn.crossEntropy(outputs, labels, { reduction: "none" }) },
  );
});

Deno.test("mistake 8: a loss that is NaN", async () => {
  const inputs = tensor([[0, 1], [1, 2], [NaN, 1]]);
  const labels = tensor([0, 1, 2], int32);
  await assertFitRejectsHere(
    { inputs, labels },
    nn.TrainingError,
    "Cannot fit: the loss is NaN in batch 2 of epoch 1, whose inputs hold NaN (row 0 of the batch)",
    { batchSize: 2 },
  );
  await assertFitRejectsHere(
    { inputs: full([1, 2], 1e30), labels: zeros([1, 10]) },
    nn.TrainingError,
    "Cannot fit: the loss is Infinity in batch 1 of epoch 1, though its data is finite: a smaller " +
      "learning rate may help",
    { loss: nn.meanSquaredError },
  );
});

Deno.test("mistake 9: axis 5 of a tensor of two axes", () => {
  const x = zeros([2, 3]);
  const calls = {
    sum: () => x.sum(5),
    mean: () => x.mean([0, 5]),
    std: () => x.std(5),
    max: () => x.max(5),
    argmax: () => x.argmax(5),
    norm: () => x.norm(5),
    softmax: () => x.softmax(5),
    transpose: () => x.transpose(0, 5),
    concat: () => x.concat([x], { axis: 5 }),
    cumsum: () => x.cumsum(5),
  };
  for (const [name, call] of Object.entries(calls)) {
    assertThrowsHere(
      call,
      ShapeError,
      `Cannot ${name} [2, 3] over axis 5: its axes are -2 to 1`,
    );
  }
});

Deno.test("mistake 10: a reshape to another number of elements", () => {
  assertThrowsHere(
    () => zeros([2, 3]).reshape([4, 2]),
    ShapeError,
    "Cannot reshape [2, 3] to [4, 2]: it has 6 elements, not 8",
  );
  assertThrowsHere(
    () => zeros([2, 3]).reshape([4, -1]),
    ShapeError,
    "Cannot reshape [2, 3] to [4, -1]: 6 elements do not divide evenly",
  );
});

Deno.test("and what brain.js lets pass: wrong input lengths and empty data", async () => {
  await assertFitRejectsHere(
    { inputs: zeros([2, 3]), labels: zeros([2], int32) },
    ShapeError,
    "Cannot pass [2, 3] through a Linear of 2 inputs: axis -1 has length 3",
  );
  await assertFitRejectsHere(
    { inputs: zeros([0, 2]), labels: zeros([0], int32) },
    Error,
    "Cannot make batches: the dataset is empty",
  );
});

Deno.test("and habits from elsewhere: layers, widths and axes one by one, arrays for tensors", () => {
  const [a, b] = [new nn.Linear(2, 3), new nn.Linear(3, 1)];
  const x = zeros([2, 2]);
  // what TypeScript would not let pass, JavaScript does
  const calls: Record<string, () => unknown> = {
    "Cannot make a Sequential of a Linear: it takes an array of layers": () =>
      Reflect.construct(nn.Sequential, [a, b]),
    "Cannot make an mlp of widths 784: they are an array, as in [784, 128, 10]": () =>
      Reflect.apply(nn.mlp, null, [784, 128, 10]),
    "Cannot make sgd: learningRate is undefined, not a number >= 0": () =>
      Reflect.apply(optim.sgd, null, []),
    "Cannot pass an array through a Linear: use tensor([...])": () =>
      Reflect.apply(a.forward, a, [[[1, 2]]]),
    "Cannot meanSquaredError 1: use tensor([...])": () =>
      Reflect.apply(nn.meanSquaredError, null, [x, 1]),
    "Cannot crossEntropy undefined: use tensor([...])": () =>
      Reflect.apply(nn.crossEntropy, null, [x]),
    "Cannot concat along 1: an axis is given as { axis: 1 }": () =>
      Reflect.apply(concat, null, [[x, x], 1]),
    "Cannot stack along 1: an axis is given as { axis: 1 }": () =>
      Reflect.apply(stack, null, [[x, x], 1]),
    "Cannot differentiate 5: it takes a function": () => Reflect.apply(grad, null, [5]),
  };
  for (const [message, call] of Object.entries(calls)) {
    assertThrowsHere(call, UsageError, message);
  }
});

Deno.test("and habits from elsewhere: seeds for generators, names for initializers, text for numbers", () => {
  const [x, y] = [zeros([4, 2]), zeros([4], int32)];
  const dataset = { inputs: x, labels: y };
  const adam = optim.adam();
  const noGenerator = "random is 42, not a generator, as new Random(0) is";
  const calls: Record<string, () => unknown> = {
    [`Cannot make weights: ${noGenerator}`]: () =>
      Reflect.construct(nn.Linear, [2, 3, { random: 42 }]),
    [`Cannot make batches: ${noGenerator}`]: () =>
      Reflect.apply(batches, null, [dataset, { batchSize: 2, random: 42 }]),
    [`Cannot split a dataset: ${noGenerator}`]: () =>
      Reflect.apply(splitDataset, null, [dataset, 0.5, { random: 42 }]),
    'Cannot make weights by "xavier": an initializer is a function, as nn.init.xavierUniform() is':
      () => Reflect.construct(nn.Linear, [2, 3, { initializer: "xavier" }]),
    "Cannot make weights [3, 2]: the initializer made [2, 3]": () =>
      new nn.Linear(2, 3, { initializer: () => zeros([2, 3]) }),
    "Cannot make a Sequential with 1: a layer has a method forward(inputs)": () =>
      Reflect.construct(nn.Sequential, [[new nn.Linear(2, 3), 1]]),
    'Cannot make sgd: learningRate is "0.1", not a number >= 0': () =>
      Reflect.apply(optim.sgd, null, [{ learningRate: "0.1" }]),
    "Cannot make adam: betas are 0.9, not two numbers": () =>
      Reflect.apply(optim.adam, null, [{ betas: 0.9 }]),
    "Cannot make adamW: a beta is undefined, not a number from 0 below 1": () =>
      Reflect.apply(optim.adamW, null, [{ betas: [0.9] }]),
    "Cannot update with adam from undefined: init(model) gives the first state": () =>
      Reflect.apply(adam.update, adam, [x, x]),
    "Cannot update with adam from an object: init(model) gives the first state": () =>
      adam.update(x, x, optim.sgd({ learningRate: 0.1 }).init(x)),
    "Cannot crossEntropy an array: use tensor([...])": () =>
      Reflect.apply(nn.crossEntropy, null, [x, y, { weights: [1, 2] }]),
    "Cannot differentiate by a Tensor: sources are in an array, as in [x]": () =>
      Reflect.apply(gradients, null, [x.sum(), x]),
    "Cannot jacobian a function that returns 0: it returns a tensor": () =>
      jacobian((x: Tensor) => x.sum().item())(x),
    "Cannot roll: a shift is a Tensor, not a whole number": () =>
      Reflect.apply(x.roll, x, [tensor([1])]),
    'Cannot roll: a shift is "1", not a whole number': () => Reflect.apply(x.roll, x, ["1"]),
    "Cannot take a triangle: offset is 0.5, not a whole number": () => x.tril(0.5),
    'Cannot take a diagonal: offset is "1", not a whole number': () =>
      Reflect.apply(x.diagonal, x, ["1"]),
    'Cannot linspace: start is "0", not a number': () => Reflect.apply(linspace, null, ["0", 1, 3]),
  };
  for (const [message, call] of Object.entries(calls)) {
    const errorClass = message.includes("the initializer made") ? ShapeError : UsageError;
    assertThrowsHere(call, errorClass, message);
  }
  assertEquals(optim.adam({ learningRate: undefined } as object).name, "adam");
  assertEquals(new nn.Linear(2, 3, { random: null } as object).weight.shape, [3, 2]);
  const unknown = /^Cannot make an activation "RELU": there are relu, /;
  assertMatch(
    assertThrows(() => nn.mlp([1, 1], { activation: "RELU" as "relu" }), UsageError).message,
    unknown,
  );
});

Deno.test("and a regression that is taken for a classification", async () => {
  const dataset = { inputs: zeros([3, 1]), labels: tensor([[30], [50], [70]]) };
  const model = nn.mlp([1, 1]);
  const message = "Cannot evaluate labels [3, 1] of float32 without a loss: they are no classes; " +
    "pass it, as in { loss: nn.meanSquaredError }";
  const error = await assertRejects(() => nn.evaluate(model, dataset), UsageError, message);
  assertPointsInto(import.meta.url, error);
  assertThrowsHere(
    () => nn.predict(model, dataset),
    ShapeError,
    "Cannot predict a class from outputs [3, 1]: there is one alone; model.forward(inputs) gives " +
      "the numbers",
  );
  const optimizer = optim.sgd({ learningRate: 0.1 });
  const number = () => nn.fit(model, dataset, { loss: (() => 0.5) as never, optimizer });
  const returned = "Cannot fit a loss that returns 0.5: it returns a tensor";
  assertPointsInto(import.meta.url, await assertRejects(number, UsageError, returned));
});

Deno.test("and habits from elsewhere: inputs and labels side by side, names for functions", async () => {
  const model = nn.mlp([2, 3]);
  const x = zeros([6, 2]), y = zeros([6], int32);
  const dataset = { inputs: x, labels: y };
  const training = { loss: nn.crossEntropy, optimizer: optim.sgd({ learningRate: 0.1 }) };
  const noDataset = "as a dataset: it is { inputs, labels }, two tensors";
  const data: Record<string, () => unknown> = {
    [`Cannot use a Tensor ${noDataset}`]: () => Reflect.apply(batches, null, [x, 2]),
    [`Cannot use an object ${noDataset}`]: () => Reflect.apply(splitDataset, null, [{ x, y }, 0.5]),
    [`Cannot use { inputs: an array, labels: a Tensor } ${noDataset}`]: () =>
      Reflect.apply(nn.predict, null, [model, { inputs: [[1, 2]], labels: y }]),
  };
  for (const [message, call] of Object.entries(data)) assertThrowsHere(call, DataError, message);

  const calls: Record<string, () => unknown> = {
    "Cannot predict with a Tensor: a model has a method forward(inputs)": () =>
      Reflect.apply(nn.predict, null, [x, model]),
    "Cannot confusionMatrix an array: use tensor([...])": () =>
      Reflect.apply(nn.confusionMatrix, null, [[0, 1], y, 2]),
    "Cannot oneHot an array: use tensor([...])": () => Reflect.apply(oneHot, null, [[0, 1], 2]),
    'Cannot einsum a Tensor: an equation is text, as "ij,jk->ik"': () =>
      Reflect.apply(einsum, null, [x, x]),
    "Cannot einsum an array: use tensor([...])": () => Reflect.apply(einsum, null, ["ij", [[1]]]),
    "Cannot run 5 without gradients: noGrad takes a function": () =>
      Reflect.apply(noGrad, null, [5]),
    "Cannot vjp a Tensor: it takes a function": () => Reflect.apply(vjp, null, [x, x]),
    "Cannot jvp a Tensor: it takes a function": () => Reflect.apply(jvp, null, [x, x, x]),
    "Cannot jvp at a Tensor along a Tensor: both are arrays, one entry for each input": () =>
      Reflect.apply(jvp, null, [(x: Tensor) => x, x, x]),
    "Cannot jacobian 5: it takes a function": () => Reflect.apply(jacobian, null, [5]),
    "Cannot check gradients of a function at a Tensor: it takes a function and an array of tensors":
      () => Reflect.apply(checkGradients, null, [(x: Tensor) => x, x]),
    "Cannot make a Tensor without a shape: use tensor([...])": () =>
      Reflect.construct(Tensor, [[1, 2]]),
  };
  for (const [message, call] of Object.entries(calls)) {
    assertThrowsHere(call, UsageError, message);
  }

  const started: Record<string, () => Promise<unknown>> = {
    [`Cannot use a Tensor ${noDataset}`]: () => Reflect.apply(nn.fit, null, [model, x, y]),
    [`Cannot use an array ${noDataset}`]: () =>
      Reflect.apply(nn.fit, null, [model, dataset, { ...training, validation: [x, y] }]),
    "Cannot fit with undefined for options: they are named, as in { loss: nn.crossEntropy, optimizer: optim.adam() }":
      () => Reflect.apply(nn.fit, null, [model, dataset]),
    'Cannot fit with "crossEntropy" for a loss: it is a function, as nn.crossEntropy is': () =>
      Reflect.apply(nn.fit, null, [model, dataset, { ...training, loss: "crossEntropy" }]),
    'Cannot fit with "adam" for an optimizer: optim.sgd and its kin make one': () =>
      Reflect.apply(nn.fit, null, [model, dataset, { ...training, optimizer: "adam" }]),
    "Cannot fit an object: a model has a method forward(inputs)": () =>
      Reflect.apply(nn.fit, null, [{}, dataset, training]),
    [`Cannot use undefined ${noDataset}`]: () => Reflect.apply(nn.evaluate, null, [model]),
    "Cannot evaluate an object: a model has a method forward(inputs)": () =>
      Reflect.apply(nn.evaluate, null, [{}, dataset]),
  };
  for (const [message, call] of Object.entries(started)) {
    const error = await call().then(() => null, (error: unknown) => error);
    assertInstanceOf(error, UsageError, message);
    assertEquals(error.message, message);
    assertPointsInto(import.meta.url, error);
  }
});

Deno.test("and habits from elsewhere: options by other names, which would be nothing said", async () => {
  const x = zeros([2, 2]), index = zeros([2], int32);
  const image = zeros([1, 1, 4, 4]);
  const named = (options: object) => options as Record<never, never>; // none of these is known
  const weights = "bias, initializer, random, dtype";
  const loss = { loss: nn.crossEntropy, optimizer: optim.adam() };
  const calls: Record<string, () => unknown> = {
    'sum with the option "keepdims": there is keepDims': () => x.sum(0, named({ keepdims: true })),
    'var with the option "unbiased": there are keepDims, ddof': () =>
      x.var(0, named({ unbiased: true })),
    'take with the option "dim": there is axis': () => x.take(index, named({ dim: 1 })),
    'matmul with the option "transpose_b": there are transposeA, transposeB': () =>
      x.matmul(x, named({ transpose_b: true })),
    'maxPool2d with the option "strides": there are stride, padding, dilation, ceilMode': () =>
      image.maxPool2d(2, named({ strides: 1 })),
    'make a tensor with the option "type": there are dtype, requiresGrad, name': () =>
      zeros([2], named({ type: "int32" })),
    'make a tensor with the option "requires_grad": there are dtype, requiresGrad, name, shape':
      () => tensor([1], named({ requires_grad: true })),
    'make adam with the option "lr": there are learningRate, betas, epsilon, weightDecay, amsgrad':
      () => optim.adam(named({ lr: 0.1 })),
    'make sgd with the option "lr": there are learningRate, momentum, dampening, nesterov, weightDecay':
      () => optim.sgd({ learningRate: 1, ...named({ lr: 0.1 }) }),
    [`make a Linear with the option "useBias": there are ${weights}`]: () =>
      new nn.Linear(2, 3, named({ useBias: false })),
    'make an mlp with the option "bias": there are activation, random, dtype': () =>
      nn.mlp([2, 3], named({ bias: false })),
    'crossEntropy with the option "weight": there are reduction, weights, ignoreIndex, labelSmoothing':
      () => nn.crossEntropy(x, index, named({ weight: x })),
    'make batches with the option "shuffle": there are batchSize, random, dropLast': () =>
      batches({ inputs: x, labels: index }, { batchSize: 1, ...named({ shuffle: true }) }),
    'compile with the option "thread": there are threads, reproducible, backend, reuseResults, blas':
      () => compile((x: Tensor) => x, named({ thread: 1 })),
    'load iris with the option "train": there are test, seed': () => iris(named({ train: 0.5 })),
    'print a formula with the option "format": there is style': () =>
      formula(value(1), named({ format: "latex" })),
  };
  for (const [message, call] of Object.entries(calls)) {
    assertThrowsHere(call, UsageError, `Cannot ${message}`);
  }
  const fitted = nn.fit(nn.mlp([2, 2]), { inputs: x, labels: index }, {
    ...loss,
    ...named({ batch_size: 1 }),
  });
  await assertRejects(
    () => fitted,
    UsageError,
    'Cannot fit with the option "batch_size": there are loss, optimizer, epochs, batchSize, ' +
      "validation, random, shuffle, progress",
  );
});

Deno.test("and habits from elsewhere: options by their place, which would be nothing said", async () => {
  const x = zeros([2, 2]), index = zeros([2], int32);
  const image = zeros([1, 1, 4, 4]);
  const apply = (name: keyof Tensor, ...given: unknown[]) => () =>
    Reflect.apply(x[name] as () => unknown, x, given);
  const call = (f: unknown, ...given: unknown[]) => () =>
    Reflect.apply(f as () => unknown, null, given);
  const construct = (f: unknown, ...given: unknown[]) => () =>
    Reflect.construct(f as new () => unknown, given);
  const calls: Record<string, () => unknown> = {
    "sum with true for options: they are named, as in { keepDims: true }": apply("sum", 1, true),
    "mean with true for options: they are named, as in { keepDims: true }": apply("mean", 1, true),
    "argmax with null for options: they are named, as in { keepDims: true }": apply(
      "argmax",
      1,
      null,
    ),
    "sort with true for options: they are named, as in { descending: true }": apply(
      "sort",
      0,
      true,
    ),
    "matmul with true for options: they are named, as in { transposeA: true }": apply(
      "matmul",
      x,
      true,
    ),
    "take with 1 for options: they are named, as in { axis: 1 }": apply("take", index, 1),
    "pad with 3 for options: they are named, as in { value: 1 }": apply("pad", [[1, 1], [1, 1]], 3),
    "conv2d with 2 for options: they are named, as in { stride: 2 }": () =>
      Reflect.apply(image.conv2d, image, [image, 2]),
    "maxPool2d with 2 for options: they are named, as in { stride: 2 }": () =>
      Reflect.apply(image.maxPool2d, image, [3, 2]),
    'make a tensor with "int32" for options: they are named, as in { dtype: "float64" }': call(
      zeros,
      [2],
      "int32",
    ),
    'make a tensor with an array for options: they are named, as in { dtype: "float64" }': call(
      tensor,
      [1, 2],
      [2, 1],
    ),
    "make adam with 0.01 for options: they are named, as in { learningRate: 0.01 }": call(
      optim.adam,
      0.01,
    ),
    "make sgd with 0.1 for options: they are named, as in { learningRate: 0.1 }": call(
      optim.sgd,
      0.1,
    ),
    "make a Conv2d with 2 for options: they are named, as in { stride: 2 }": construct(
      nn.Conv2d,
      1,
      2,
      3,
      2,
    ),
    "make a MaxPool2d with 2 for options: they are named, as in { stride: 2 }": construct(
      nn.MaxPool2d,
      3,
      2,
    ),
    "make a Linear with false for options: they are named, as in { bias: false }": construct(
      nn.Linear,
      2,
      3,
      false,
    ),
    'crossEntropy with "sum" for options: they are named, as in { reduction: "sum" }': call(
      nn.crossEntropy,
      x,
      index,
      "sum",
    ),
    "make batches with 2 for options: they are named, as in { batchSize: 32 }": call(batches, {
      inputs: x,
      labels: index,
    }, 2),
    "make batches with undefined for options: they are named, as in { batchSize: 32 }": call(
      batches,
      { inputs: x, labels: index },
    ),
    "compile with null for options: they are named, as in { threads: 1 }": call(
      compile,
      (x: Tensor) => x,
      null,
    ),
  };
  for (const [message, run] of Object.entries(calls)) {
    assertThrowsHere(run, UsageError, `Cannot ${message}`);
  }
  const dataset = { inputs: x, labels: index };
  const judged = call(nn.evaluate, nn.mlp([2, 3]), dataset, nn.crossEntropy)() as Promise<unknown>;
  const error = await judged.then(() => null, (error: unknown) => error);
  assertInstanceOf(error, UsageError);
  assertEquals(
    error.message,
    "Cannot evaluate with a function for options: they are named, as in { batchSize: 100 }",
  );
});
