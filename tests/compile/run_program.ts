/** Running programs by the operations' own kernels, each value in memory of its own. */

import { assert, assertEquals } from "@std/assert";
import { leavesOf } from "../../src/autodiff/tree.ts";
import { runStep } from "../../src/compile/fusion.ts";
import { referenceExecutable } from "../../src/compile/executable.ts";
import { viewsOf } from "../../src/compile/arena.ts";
import { optimize } from "../../src/compile/optimize.ts";
import type { MemoryPlan } from "../../src/compile/memory_plan.ts";
import type { Program } from "../../src/compile/program.ts";
import { trace } from "../../src/compile/trace.ts";
import { allocate, type TypedArray } from "../../src/ops/dtype.ts";
import type { Block } from "../../src/ops/op.ts";
import { sizeOf } from "../../src/ops/shape.ts";
import type { Tensor } from "../../src/values/tensor.ts";

/** The program of a function, and the numbers that it takes. */
export function traceOf(
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
): { program: Program; inputs: TypedArray[] } {
  const { program, captured } = trace(f, args);
  const leaves = [...leavesOf(args), ...captured] as Tensor[];
  return { program, inputs: leaves.map(({ data }) => data) };
}

/** The matrix turned over, where it lies so in a program. */
function turnedAsIn({ turned, slots }: Program, value: number, data: TypedArray): TypedArray {
  if (!turned?.has(value)) return data;
  const [rows, columns] = slots[value]!.shape as [number, number];
  return data.map((_, i) => data[i % columns * rows + Math.floor(i / columns)]!);
}

function turnedBack({ turned, slots }: Program, value: number, data: TypedArray): TypedArray {
  if (!turned?.has(value)) return data;
  const [rows, columns] = slots[value]!.shape as [number, number];
  return data.map((_, i) => data[i % rows * columns + Math.floor(i / rows)]!);
}

/** The results of a program, every value in memory of its own. */
export function runProgram(program: Program, inputs: readonly TypedArray[]): TypedArray[] {
  const values = new Map(program.constants);
  program.inputs.forEach((value, i) => values.set(value, turnedAsIn(program, value, inputs[i]!)));
  for (const step of program.steps) {
    const block = (value: number): Block => {
      const { shape, dtype } = program.slots[value]!;
      if (!values.has(value)) {
        assert(step.outputs.includes(value), `%${value} is read before it is made`);
        values.set(value, allocate(dtype, sizeOf(shape)));
      }
      return { shape, data: values.get(value)! };
    };
    runStep(step, step.outputs.map(block), step.inputs.map(block));
  }
  return program.outputs.map((value) => turnedBack(program, value, values.get(value)!));
}

/** The names of the steps of a function after all passes, which must not change its results. */
export function stepsOf(
  f: (...args: never[]) => unknown,
  ...args: readonly unknown[]
): string[] {
  const { program, inputs } = traceOf(f, args);
  const optimized = optimize(program);
  assertEquals(runProgram(optimized, inputs), runProgram(program, inputs));
  return optimized.steps.map(({ op }) => op.name);
}

/** The results of a program in a planned arena that holds something else at first. */
export function runPlanned(
  program: Program,
  plan: MemoryPlan,
  inputs: readonly TypedArray[],
): TypedArray[] {
  const executable = referenceExecutable(program, plan);
  new Uint8Array(executable.buffer).fill(0x55);
  const views = viewsOf(program, plan, executable.buffer);
  for (const [value, data] of program.constants) views[value]!.set(data);
  for (let repetition = 0; repetition < 2; repetition++) {
    program.inputs.forEach((value, i) => {
      views[value]!.set(turnedAsIn(program, value, inputs[i]!));
    });
    executable.run();
  }
  return program.outputs.map((value) => turnedBack(program, value, views[value]!.slice()));
}
