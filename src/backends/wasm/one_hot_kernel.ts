/** Labels as rows of zeros with a one; a label that is no class is left to the reference kernel. */

import type { Program, Step } from "../../compile/program.ts";
import { bytesPerElement } from "../../ops/dtype.ts";
import type { Classes } from "../../ops/indexing.ts";
import { sizeOf } from "../../ops/shape.ts";
import { call, f32, f64, i32, memory } from "./assembler.ts";
import type { Emitter } from "./kernels.ts";

/** The emitter of a one-hot step. */
export function oneHotEmitter({ slots }: Program, step: Step): Emitter {
  const { classes } = step.attributes as Classes;
  const [labels, output] = [step.inputs[0]!, step.outputs[0]!];
  const { dtype, shape } = slots[output]!;
  const bytes = bytesPerElement(dtype);
  return {
    mayRefuse: true,
    prepare() {},
    emit({ context, offsets }) {
      const kernel = context.module.function({ result: "i32" }, (f) => {
        f.do(memory.fill(offsets[output]!, 0, sizeOf(shape) * bytes));
        const label = f.local("i32");
        const at = f.let(i32.const(offsets[labels]!));
        const row = f.let(i32.const(offsets[output]!));
        const end = offsets[labels]! + 4 * sizeOf(slots[labels]!.shape);
        f.while(i32.lessUnsigned(at, end), () => {
          f.set(label, i32.load(at));
          f.if(i32.greaterEqualUnsigned(label, classes), () => f.return(i32.const(1)));
          const place = i32.add(row, i32.mul(label, bytes));
          if (dtype === "bool") f.do(i32.store8(place, 1));
          else if (dtype === "int32") f.do(i32.store(place, 1));
          else f.store(place, dtype === "float32" ? f32.const(1) : f64.const(1));
          f.increase(at, 4);
          f.increase(row, classes * bytes);
        });
        f.return(i32.const(0));
      });
      return { attempt: () => call(kernel), isParallel: false };
    },
  };
}
