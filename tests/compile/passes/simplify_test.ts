import { assertEquals } from "@std/assert";
import { full, ones, type Tensor, tensor } from "../../../src/mod.ts";
import {
  foldTransposes,
  readUnbroadcast,
  removeDeadSteps,
  removeIdentities,
  shareCommonSteps,
} from "../../../src/compile/passes/simplify.ts";
import { formatProgram, type Program } from "../../../src/compile/program.ts";
import { runProgram, traceOf } from "../run_program.ts";

type AnyFunction = (...args: never[]) => unknown;
type Pass = (program: Program) => Program;

/** The program after some passes, which must not change the results. */
function simplified(passes: readonly Pass[], f: AnyFunction, ...args: readonly unknown[]): Program {
  const { program, inputs } = traceOf(f, args);
  const result = passes.reduce((program, pass) => pass(program), program);
  assertEquals(runProgram(result, inputs), runProgram(program, inputs), formatProgram(result));
  return result;
}

const names = ({ steps }: Program) => steps.map(({ op }) => op.name);
const x = tensor([[1, -2], [3, 0.5]]);

Deno.test("shareCommonSteps() computes once what is computed twice, and nothing else", () => {
  const f = (x: Tensor, y: Tensor) => [x.add(y), y.mul(y), x.mul(y), x.add(y), y.mul(y), x.mul(y)];
  const program = simplified([shareCommonSteps], f, tensor([1, 2]), tensor([3, 4]));
  assertEquals(names(program), ["add", "mul", "mul"]);
  const once = program.steps.flatMap(({ outputs }) => outputs);
  assertEquals(program.outputs, [...once, ...once]);
});

Deno.test("shareCommonSteps() tells attributes apart, infinities, NaN and -0 among them", () => {
  const f = (x: Tensor) =>
    [Infinity, -Infinity, NaN, 0, -0, 1].map((value) => x.pad([[1, 0], [0, 0]], { value }));
  const program = simplified([shareCommonSteps], f, x);
  assertEquals(names(program), Array(6).fill("unslice"));
  const all = runProgram(program, [x.data]).map((data) => data[0]);
  assertEquals(all, [Infinity, -Infinity, NaN, 0, -0, 1]);
  assertEquals(Object.is(all[4], -0), true);
});

Deno.test("shareCommonSteps() shares equal numbers of one kind and shape, 0 and -0 apart", () => {
  const f = (x: Tensor) => [
    x.add(1),
    x.mul(1),
    x.cast("float64").mul(1),
    x.mul(tensor([1])),
    x.div(0),
    x.div(-0),
    x.mul(NaN),
    x.add(NaN),
  ];
  const program = simplified([shareCommonSteps, removeDeadSteps], f, x);
  assertEquals([...program.constants.values()].map((data) => data[0]), [1, 1, 1, 0, -0, NaN]);
});

Deno.test("removeIdentities() hands on inputs, through chains of them and to results", () => {
  const f = (x: Tensor) => [x.detach().reshape([2, 2]).detach(), x.mul(2).detach().reshape([4])];
  const program = simplified([removeIdentities], f, x);
  assertEquals(names(program), ["mul", "reshape"]);
  assertEquals(program.outputs[0], program.inputs[0]);
});

Deno.test("removeDeadSteps() drops what nobody needs, with its constants", () => {
  const f = (x: Tensor, _unused: Tensor) => {
    x.mul(3).exp();
    return x.add(1);
  };
  const { program } = traceOf(f as AnyFunction, [x, x]);
  assertEquals(names(program), ["add"]); // a trace holds only what results come from
  const longer: Program = { ...program, outputs: program.inputs };
  assertEquals([names(removeDeadSteps(longer)), removeDeadSteps(longer).constants.size], [[], 0]);
});

Deno.test("foldTransposes() lets products read transposed, either side and stacks", () => {
  const f = (x: Tensor, y: Tensor) => [
    x.transpose().matmul(y),
    x.matmul(y.transpose()),
    x.transpose().matmul(y.transpose(), { transposeA: true }),
    x.transpose().matmul(x.transpose()),
  ];
  const program = simplified([foldTransposes, removeDeadSteps], f, x, x.add(1));
  assertEquals(names(program), ["matmul", "matmul", "matmul", "matmul"]);
  const stacked = (x: Tensor) => [
    x.permute([0, 2, 1]).matmul(x),
    x.permute([1, 0, 2]).matmul(x), // no transposition
  ];
  const stack = ones([2, 2, 2]).cumsum(0).cumsum(1).cumsum(2);
  assertEquals(names(simplified([foldTransposes, removeDeadSteps], stacked, stack)), [
    "matmul",
    "permute",
    "matmul",
  ]);
});

Deno.test("readUnbroadcast() reads what was broadcast where the shape stays without it", () => {
  const f = (x: Tensor, row: Tensor) => [
    row.broadcastTo([2, 2]).add(x),
    row.broadcastTo([2, 2]).exp(), // alone it would be a row
    row.broadcastTo([2, 2]).add(row.broadcastTo([2, 2])),
  ];
  const passes = [shareCommonSteps, readUnbroadcast, removeDeadSteps];
  const program = simplified(passes, f, x, tensor([5, 6]));
  assertEquals(names(program).toSorted(), ["add", "add", "broadcastTo", "exp"]);
});

Deno.test("readUnbroadcast() reads one number of a constant that has it throughout", () => {
  const f = (x: Tensor, row: Tensor) => [
    x.add(full([2, 2], 3)),
    x.mul(tensor([[0, -0], [0, 0]])), // two numbers, if alike
    x.where(full([2, 2], 1).cast("bool"), full([2, 2], NaN)),
    full([2, 2], 3).matmul(x), // each of them counts here
    full([4, 2, 2], 5).add(x), // without them the shape would be another
    row.broadcastTo([2, 2]).add(full([2, 2], 7)), // without either of the two it would
  ];
  const passes = [readUnbroadcast, shareCommonSteps, removeDeadSteps];
  const program = simplified(passes, f, x, tensor([5, 6]));
  assertEquals(names(program).includes("broadcastTo"), false);
  const sizes = [...program.constants.values()].map(({ length }) => length);
  assertEquals(sizes.toSorted((a, b) => a - b), [1, 1, 1, 4, 4, 4, 16]);
});

Deno.test("foldTransposes() leaves a permutation that moves matrices among each other", () => {
  const x = tensor(Array.from({ length: 24 }, (_, i) => i)).reshape([2, 2, 2, 3]);
  const f = (x: Tensor) => x.permute([1, 0, 3, 2]).matmul(x);
  const { program, inputs } = traceOf(f, [x]);
  const folded = foldTransposes(program);
  assertEquals(runProgram(folded, inputs), runProgram(program, inputs));
});

Deno.test("readUnbroadcast() takes zeros of both signs for no single number", () => {
  const f = (x: Tensor) => x.div(tensor([0, -0]));
  const { program, inputs } = traceOf(f, [tensor([1, 1])]);
  assertEquals(runProgram(readUnbroadcast(program), inputs), [
    Float32Array.of(Infinity, -Infinity),
  ]);
});
