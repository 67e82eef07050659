/** The functions of a program's module that run its steps. */

import type { MemoryPlan } from "../../compile/memory_plan.ts";
import type { Program, Step } from "../../compile/program.ts";
import { bytesPerElement } from "../../ops/dtype.ts";
import { sizeOf } from "../../ops/shape.ts";
import type { Callee, Expression, FunctionBuilder, ModuleBuilder } from "./assembler.ts";
import { call, i32, memory, select } from "./assembler.ts";
import { waitOf } from "./balance.ts";
import type { Barrier } from "./barrier.ts";
import type { Emitted, Emitter, PartedKernel, Thread } from "./kernels.ts";
import { whole } from "./share.ts";

/** A step with what runs it: a kernel of the module, or a call out to JavaScript. */
export interface Stage {
  readonly step: Step;
  readonly emitter: Emitter | null;
  readonly callOut: Callee<readonly [], "i32"> | null;
}

/** What the function that runs all steps needs to know of the program. */
interface RunLayout {
  /** Where threads wait for one another; null where there is but one. */
  readonly barrier: Barrier | null;
  /** Whether the caller may sleep there, as its helpers may. */
  readonly callerMaySleep: boolean;
  /** The address of the word that notes which call out has failed. */
  readonly failure: number;
  /** Where it stands which thread does how much, and how long each has waited. */
  readonly balance: number;
  readonly plan: MemoryPlan;
  readonly program: Program;
}

/** The function `run(thread, threads)`: all steps in order, and barriers between them. */
export function emitRun(
  module: ModuleBuilder,
  stages: readonly Stage[],
  kernels: readonly (Emitted | null)[],
  { barrier, callerMaySleep, failure, balance, plan, program }: RunLayout,
): void {
  module.function({ export: "run", params: ["i32", "i32"] as const }, (f, index, count) => {
    const thread = barrier === null ? only : emitShare(f, balance, { index, count });
    const waited = f.local("i32"); // for others who did their shares
    let isFine = false; // whether threads come from work that their shares divide finely
    const meet = () => {
      if (barrier === null) return;
      const looks = call(barrier, count, callerMaySleep ? i32.const(1) : index);
      if (isFine) f.increase(waited, looks);
      else f.drop(looks);
      isFine = false;
    };
    const alone = (body: () => void) => f.if(i32.equal(index, 0), body);
    let mustMeet = false; // whether what was written last has to be waited for
    stages.forEach(({ callOut }, i) => {
      const kernel = kernels[i];
      if (kernel?.isParallel) {
        for (const phase of kernel.phases) {
          if (i > 0 || phase !== kernel.phases[0]) meet();
          phase(f, thread);
          isFine = !kernel.isCoarse;
        }
        mustMeet = true;
      } else {
        if (mustMeet) meet();
        mustMeet = false;
        if (kernel && "phases" in kernel) {
          alone(() => runAlone(f, kernel));
        } else {
          const failed = failureOf(i);
          const callOutNow = () => f.store(i32.const(failure), i32.mul(call(callOut!), failed));
          const isTried = kernel && "attempt" in kernel;
          alone(() => isTried ? f.if(kernel.attempt(), callOutNow) : callOutNow());
          meet();
          f.if(i32.equal(i32.load(i32.const(failure)), failed), () => f.return());
        }
      }
    });
    if (mustMeet) meet();
    if (barrier !== null) f.store(waitOf(balance, index), waited);
    alone(() => {
      for (const { from, to } of plan.copies) {
        const bytes = bytesOfSlot(program, from);
        f.do(memory.copy(plan.offsets[to]!, plan.offsets[from]!, bytes));
      }
    });
  });
}

/** The thread of a program that is run by one. */
const only: Thread = {
  index: i32.const(0),
  count: i32.const(1),
  from: i32.const(0),
  to: i32.const(whole),
};

/** Reads which share a thread does: all of the work where it is alone. */
function emitShare(
  f: FunctionBuilder,
  balance: number,
  { index, count }: Pick<Thread, "index" | "count">,
): Thread {
  const isAlone = i32.less(count, 2);
  const bound = (i: Expression<"i32">, ifAlone: number) =>
    f.let(select(isAlone, i32.const(ifAlone), i32.load(i32.mul(i, 4), balance)));
  return { index, count, from: bound(index, 0), to: bound(i32.add(index, 1), whole) };
}

/** What is noted when the call out of a step fails: a thread may look when later steps have run. */
function failureOf(step: number): number {
  return step + 1;
}

function bytesOfSlot({ slots }: Program, value: number): number {
  const { shape, dtype } = slots[value]!;
  return sizeOf(shape) * bytesPerElement(dtype);
}

/** All of a kernel, by one thread. */
function runAlone(f: FunctionBuilder, kernel: PartedKernel): void {
  for (const phase of kernel.phases) phase(f, only);
}

/** The function `runOne(step)`: one step by the caller alone, for profiles. */
export function emitRunOne(
  module: ModuleBuilder,
  stages: readonly Stage[],
  kernels: readonly (Emitted | null)[],
): void {
  module.function({ export: "runOne", params: ["i32"] as const }, (f, step) => {
    stages.forEach(({ callOut }, i) => {
      f.if(i32.equal(step, i), () => {
        const kernel = kernels[i];
        if (kernel && "phases" in kernel) runAlone(f, kernel);
        else if (kernel && "attempt" in kernel) {
          f.if(kernel.attempt(), () => f.drop(call(callOut!)));
        } else f.drop(call(callOut!));
      });
    });
  });
}
