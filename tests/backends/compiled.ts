/** Operations as compiled programs of one step each, for the suite that every backend runs. */

import type { Backend } from "../../src/backends/backend.ts";
import { viewsOf } from "../../src/compile/arena.ts";
import type { CompileOptions } from "../../src/compile/compilation.ts";
import { makeExecutable } from "../../src/compile/executable.ts";
import { planMemory } from "../../src/compile/memory_plan.ts";
import type { Program } from "../../src/compile/program.ts";
import type { DType, TypedArray } from "../../src/ops/dtype.ts";

function kindOf(data: TypedArray): DType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  return data instanceof Int32Array ? "int32" : "bool";
}

/** The backend that compiles each call by itself. */
export function compiledBackend(name: string, options: CompileOptions): Backend {
  return {
    name,
    run(op, output, inputs, attributes) {
      const numbers = inputs.map((_, i) => i);
      const outputs = [inputs.length];
      const program: Program = {
        slots: [...inputs, output].map(({ data, shape }) => ({ shape, dtype: kindOf(data) })),
        inputs: numbers,
        constants: new Map(),
        steps: [{ op, inputs: numbers, outputs, attributes }],
        outputs,
      };
      const plan = planMemory(program);
      const executable = makeExecutable(program, plan, options);
      new Uint8Array(executable.buffer, 0, plan.bytes).fill(0x33);
      const views = viewsOf(program, plan, executable.buffer);
      inputs.forEach(({ data }, i) => views[i]!.set(data));
      executable.run();
      output.data.set(views[inputs.length]!);
      inputs.forEach(({ data }, i) => data.set(views[i]!)); // for who looks whether they changed
      executable.dispose();
    },
  };
}
