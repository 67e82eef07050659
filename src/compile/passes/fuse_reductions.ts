/** Reductions compute what they reduce, where nothing else needs it. */

import { singleFusion } from "../../backends/wasm/elementwise/fusion.ts";
import type { Op } from "../../ops/op.ts";
import { max, min } from "../../ops/reduction.ts";
import { sum } from "../../ops/structural.ts";
import { fused, isByElement, withProducer } from "../fusion.ts";
import type { Fusion, Program, Step } from "../program.ts";

/** The reductions that look at each element once. */
const inOnePass: ReadonlySet<Op> = new Set<Op>([sum as Op, max as Op, min as Op]);

/** The program with elementwise steps as parts of the reductions that alone read them. */
export function fuseReductions(program: Program): Program {
  const readers = new Map<number, number>();
  const values = [...program.steps.flatMap(({ inputs }) => inputs), ...program.outputs];
  for (const value of values) readers.set(value, (readers.get(value) ?? 0) + 1);
  const makers = new Map(program.steps.flatMap((step) => step.outputs.map((v) => [v, step])));
  const gone = new Set<Step>();
  const steps = program.steps.map((step): Step => {
    const [input] = step.inputs;
    const maker = makers.get(input!);
    if (!inOnePass.has(step.op) || maker === undefined || readers.get(input!) !== 1) return step;
    const producer = producerOf(program, maker);
    if (producer === null) return step;
    gone.add(maker);
    const attributes = { ...step.attributes as object, producer };
    return { ...step, op: withProducer(step.op), inputs: maker.inputs, attributes };
  });
  return { ...program, steps: steps.filter((step) => !gone.has(step)) };
}

/** An elementwise step with a single result as a fusion, or null where it is none. */
function producerOf(program: Program, step: Step): Fusion | null {
  if (step.outputs.length > 1) return null;
  if (step.op === fused as Op) return step.attributes as Fusion;
  return isByElement(step.op) ? singleFusion(program, step) : null;
}
