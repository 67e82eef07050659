/** Every stage of the compiler gives a program that the reference runs to the same result. */

import { assertEquals } from "@std/assert";
import { compile, type CompileOptions, type Tensor } from "../../src/mod.ts";
import { planMemory } from "../../src/compile/memory_plan.ts";
import { passes } from "../../src/compile/optimize.ts";
import { formatProgram } from "../../src/compile/program.ts";
import { mapTree } from "../../src/autodiff/tree.ts";
import { assertAgree } from "./agreement.ts";
import { randomFunction, type State } from "./random_function.ts";
import { runPlanned, runProgram, traceOf } from "./run_program.ts";

/** Asserts that a function's program gives the same bits after each pass and in its arena. */
function assertStagesAgree(f: (...args: never[]) => unknown, args: readonly unknown[]): void {
  const { program: traced, inputs } = traceOf(f, args);
  const wanted = runProgram(traced, inputs);
  let program = traced;
  for (const pass of passes) {
    const before = program;
    program = pass(program);
    const what = `${pass.name} of\n${formatProgram(before)}\ngives\n${formatProgram(program)}`;
    assertEquals(runProgram(program, inputs), wanted, what);
  }
  const plan = planMemory(program);
  assertEquals(
    runPlanned(program, plan, inputs),
    wanted,
    `planMemory of\n${formatProgram(program)}`,
  );
}

for (const differentiated of [false, true]) {
  const kind = differentiated ? "with their gradients" : "of all kinds of numbers";
  Deno.test(`every pass and the memory plan keep what random programs compute, ${kind}`, () => {
    for (let seed = 0; seed < 200; seed++) {
      const { f, start } = randomFunction(seed, { differentiated, length: 5 + seed % 40 });
      assertStagesAgree(f, [start]);
    }
  });
}

const ways: Readonly<Record<string, CompileOptions>> = {
  wasm: { threads: 1 },
  reproducible: { threads: 1, reproducible: true },
  reference: { backend: "reference" },
};

/** What a function gives when it takes its own results three times over. */
function repeat(f: ReturnType<typeof randomFunction>["f"], start: State) {
  let state = mapTree(start, (leaf) => (leaf as Tensor).clone());
  const others: (readonly Tensor[])[] = [];
  for (let i = 0; i < 3; i++) {
    const result = f(state);
    state = result.state;
    others.push(result.others);
  }
  return { state, others };
}

for (const [way, options] of Object.entries(ways)) {
  Deno.test(`random functions that take their own results agree with eager ones: ${way}`, () => {
    for (let seed = 1000; seed < 1120; seed++) {
      const differentiated = seed % 3 === 0;
      const { f, start } = randomFunction(seed, { differentiated, length: 5 + seed % 30 });
      const wanted = repeat(f, start);
      using compiled = compile(f, options);
      assertAgree(repeat(compiled, start), wanted, `seed ${seed}`, 1e4);
    }
  });
}
