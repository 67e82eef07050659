import { assert, assertEquals, assertMatch } from "@std/assert";
import { compile, grad, nn, ones, optim, Random, type Tensor, tensor } from "../../src/mod.ts";
import { valueAndGrad } from "../../src/mod.ts";
import { optimize } from "../../src/compile/optimize.ts";
import { formatProgram } from "../../src/compile/program.ts";
import { traceOf } from "./run_program.ts";

type AnyFunction = (...args: never[]) => unknown;

function printed(f: AnyFunction, ...args: readonly unknown[]): string {
  return formatProgram(traceOf(f, args).program);
}

function printedOptimized(f: AnyFunction, ...args: readonly unknown[]): string {
  return formatProgram(optimize(traceOf(f, args).program));
}

const layer = (x: Tensor, w: Tensor, b: Tensor) => x.matmul(w, { transposeB: true }).add(b).tanh();
const layerInputs = [ones([5, 3]), ones([4, 3]), ones([4])];

Deno.test("a traced program reads as its operations, one to a line", () => {
  assertEquals(
    printed(layer, ...layerInputs),
    `
%0:[5, 3] = input
%1:[4, 3] = input
%2:[4]    = input
%3:[5, 4] = matmul(%0, %1, transposeB)
%4:[5, 4] = add(%3, %2)
%5:[5, 4] = tanh(%4)
return %5`.trim(),
  );
});

Deno.test("a fused product names what becomes of its elements", () => {
  assertEquals(
    printedOptimized(layer, ...layerInputs),
    `
%0:[5, 3] = input
%1:[4, 3] = input
%2:[4]    = input
%5:[5, 4] = fusedMatmul(%0, %1, %2, transposeB, epilogue: add tanh)
return %5`.trim(),
  );
});

Deno.test("the derivative in a step of gradient descent is traced like anything else", () => {
  const step = (w: Tensor) => w.sub(grad((w: Tensor) => w.square().sum())(w).mul(0.25));
  assertEquals(
    printed(step, ones([2])),
    `
%0:[2] = input
%1:[2] = constant 2 numbers
%4:[]  = constant 2
%6:[]  = constant 0.25
%2:[2] = identity(%0)
%3:[2] = mul(%1, %2)
%5:[2] = mul(%3, %4)
%7:[2] = mul(%5, %6)
%8:[2] = sub(%0, %7)
return %8`.trim(),
  );
  assertMatch(printedOptimized(step, ones([2])), /^%8:\[2\] = fused\(.*, mul mul mul sub\)$/m);
});

Deno.test("attributes are printed by name: shapes, numbers, flags that are set", () => {
  const f = (x: Tensor) => [
    x.reshape([4]),
    x.softmax(1).slice([null, { step: -1 }]),
    x.argmax(0),
    x.cumsum(0),
    x.cumsum(1, { reverse: true }),
    x.clamp(-Infinity, 1),
  ];
  assertEquals(
    printed(f, ones([2, 2])),
    `
%0:[2, 2] = input
%1:[4]    = reshape(%0, shape: [4])
%2:[2, 2] = softmax(%0, axis: 1)
%3:[2, 2] = slice(%2, starts: [0, 1], steps: [1, -1], lengths: [2, 2])
%4:[2]    = argmax(%0, first: 0, last: 0)
%5:[2, 2] = cumsum(%0, axis: 0)
%6:[2, 2] = cumsum(%0, axis: 1, reverse)
%7:[2, 2] = clamp(%0, min: -Infinity, max: 1)
return %1, %3, %4, %5, %6, %7`.trim(),
  );
});

Deno.test("no program prints an object as such, and inputs that lie turned over say so", () => {
  const optimizer = optim.adam();
  const model = nn.mlp([200, 96, 5], { random: new Random(5) });
  const step = (
    model: nn.Sequential,
    state: optim.OptimizerState<nn.Sequential>,
    x: Tensor,
    y: Tensor,
  ) => {
    const f = valueAndGrad((m: nn.Sequential) => nn.crossEntropy(m.forward(x), y));
    const [error, gradients] = f(model);
    return { error, ...optimizer.update(model, gradients, state) };
  };
  const labels = tensor(new Int32Array(64));
  const text = printedOptimized(step, model, optimizer.init(model), ones([64, 200]), labels);
  assert(!text.includes("[object"), text);
  assertEquals(text.match(/= input, turned over$/gm)?.length, 3, text);
});

Deno.test("explain() shows the program, its bytes, and each kernel with its time", () => {
  using compiled = compile(layer, { threads: 1 });
  const lines = compiled.explain(...layerInputs as [Tensor, Tensor, Tensor]).split("\n");
  assertEquals(lines.slice(0, 6), [...printedOptimized(layer, ...layerInputs).split("\n"), ""]);
  assertEquals(lines[6], "320 bytes of memory; the last run was on 1 thread");
  assertMatch(lines[7]!, /^1 kernels, \d+\.\d{3} ms one by one:$/);
  assertMatch(lines[8]!, /^ +\d+\.\d{4} ms {2}%5 = fusedMatmul \(wasm\)$/);
  assertEquals(lines.length, 9);
});

Deno.test("explain() tells what runs as a reference kernel, and changes nothing", () => {
  using compiled = compile((state: { w: Tensor }) => ({ w: state.w.cumsum(0) }), { threads: 1 });
  let state = compiled({ w: tensor([1, 2]) });
  assertMatch(compiled.explain(state), / ms {2}%1 = cumsum \(reference\)$/);
  state = compiled(state);
  assertEquals(state.w.toArray(), [1, 4]);
});
