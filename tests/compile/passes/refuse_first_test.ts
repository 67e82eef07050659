import { assertEquals } from "@std/assert";
import { type Tensor, tensor } from "../../../src/mod.ts";
import { refuseFirst } from "../../../src/compile/passes/refuse_first.ts";
import { runProgram, traceOf } from "../run_program.ts";

Deno.test("refuseFirst() puts what may refuse, and what it needs, before all else", () => {
  const f = (x: Tensor, index: Tensor) => {
    const w = x.mul(2);
    const v = w.add(1);
    return [w.exp(), x.neg(), v.gather(index, { axis: 0 }).square(), index.oneHot(2)];
  };
  const args = [tensor([1, 2]), tensor([1], { dtype: "int32" })];
  const { program, inputs } = traceOf(f as (...args: never[]) => unknown, args);
  const ordered = refuseFirst(program);
  assertEquals(
    ordered.steps.map(({ op }) => op.name),
    ["mul", "add", "gather", "oneHot", "exp", "neg", "square"],
  );
  assertEquals(runProgram(ordered, inputs), runProgram(program, inputs));
});
