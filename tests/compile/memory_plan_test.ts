import { assert, assertEquals } from "@std/assert";
import { compile, ones, type Tensor } from "../../src/mod.ts";
import { bytesOf, planMemory } from "../../src/compile/memory_plan.ts";
import { optimize } from "../../src/compile/optimize.ts";
import type { Program } from "../../src/compile/program.ts";
import { randomFunction } from "./random_function.ts";
import { traceOf } from "./run_program.ts";

type AnyFunction = (...args: never[]) => unknown;

function programOf(f: AnyFunction, ...args: readonly unknown[]): Program {
  return optimize(traceOf(f, args).program);
}

Deno.test("planMemory() lets values that are never alive together share bytes", () => {
  const f = (x: Tensor) => {
    let y = x;
    for (let i = 0; i < 20; i++) y = y.cumsum(0);
    return y;
  };
  const program = programOf(f, ones([16]));
  assertEquals(planMemory(program).bytes, 3 * 64); // the input, and two that take turns
});

Deno.test("planMemory() gives another shape of a value the bytes of that value", () => {
  const f = (x: Tensor) => {
    const y = x.mul(2);
    return [y.reshape([4]).cumsum(0), y.reshape([4, 1]).add(1)];
  };
  const program = programOf(f, ones([2, 2]));
  const { offsets } = planMemory(program);
  for (const { op, inputs, outputs } of program.steps) {
    if (op.alias) assertEquals(offsets[outputs[0]!], offsets[inputs[0]!]);
  }
});

Deno.test("planMemory() begins every value at a cache line, within the arena", () => {
  for (let seed = 0; seed < 100; seed++) {
    const { f, start } = randomFunction(seed, { length: 30 });
    const program = programOf(f as AnyFunction, start);
    const { offsets, bytes } = planMemory(program);
    const used = new Set(program.steps.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]));
    for (const value of [...used, ...program.inputs, ...program.outputs]) {
      assert(offsets[value]! >= 0 && offsets[value]! % 64 === 0);
      assert(offsets[value]! + bytesOf(program.slots[value]!) <= bytes);
    }
  }
});

Deno.test("planMemory() writes a result over the input it replaces where nobody needs it later", () => {
  const safe = programOf((w: Tensor, x: Tensor) => w.sub(x.mul(0.1)), ones([4]), ones([4]));
  const [w] = safe.inputs as [number];
  const [after] = safe.outputs as [number];
  const plan = planMemory(safe, new Map([[after, w]]));
  assertEquals([plan.offsets[after], plan.copies], [plan.offsets[w], []]);
});

Deno.test("planMemory() writes normalised lanes over the input they replace", () => {
  for (const f of [(w: Tensor) => w.softmax(0), (w: Tensor) => w.logSoftmax(1)]) {
    const program = programOf(f, ones([4, 4]));
    const [w] = program.inputs as [number];
    const [after] = program.outputs as [number];
    const plan = planMemory(program, new Map([[after, w]]));
    assertEquals([plan.offsets[after], plan.copies], [plan.offsets[w], []], f.toString());
  }
});

Deno.test("planMemory() copies a result where the input is needed after it, or whole", () => {
  const cases: readonly ((w: Tensor, x: Tensor) => Tensor[])[] = [
    (w, x) => [w.mul(2), w.cumsum(0).add(x)], // read later
    (w) => [w.cumsum(0)], // read out of step
    (w) => [w.matmul(w).add(w)], // read whole by the product
    (w) => [w.transpose().add(w)], // read in another order
    (w, x) => [x.mul(2).reshape([16]).reshape([4, 4]), w.sum()], // another shape of something
    (w, x) => [x.add(w), x.take(x.cast("int32").sum(0), { axis: 0 })], // before a refusal
  ];
  for (const f of cases) {
    const program = programOf(f as AnyFunction, ones([4, 4]), ones([4, 4]));
    const [w] = program.inputs as [number];
    const [after] = program.outputs as [number];
    const isRead = program.steps.some(({ inputs }) => inputs.includes(w));
    const plan = planMemory(program, new Map([[after, w]]));
    if (plan.offsets[after] === plan.offsets[w]) {
      const order = program.steps.findIndex(({ outputs }) => outputs.includes(after));
      const readers = program.steps.slice(order + 1).filter(({ inputs }) => inputs.includes(w));
      assert(isRead && readers.length === 0, f.toString());
    } else assertEquals(plan.copies, [{ from: after, to: w }], f.toString());
  }
});

Deno.test("a program has room for what it computes, not for more", () => {
  using compiled = compile((x: Tensor) => x.exp().mul(2).add(1).tanh(), { threads: 1 });
  assert(compiled.explain(ones([1000])).includes("4,160 bytes")); // in and out, two numbers
});
