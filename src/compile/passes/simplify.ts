/** Steps that do nothing, steps that were done before, and steps that nobody needs. */

import { identity, stopGradient } from "../../ops/elementwise.ts";
import { isElementwise } from "../fusion.ts";
import { attributesKey } from "../../ops/op.ts";
import { broadcastTo, permute, reshape } from "../../ops/structural.ts";
import { matmul, type Transposition } from "../../ops/linalg.ts";
import { sameShape } from "../../ops/shape.ts";
import type { Program, Step } from "../program.ts";

/** For each value what it is replaced by: itself at first. */
function replacements({ slots }: Program): Int32Array {
  return Int32Array.from(slots, (_, value) => value);
}

/** A step that reads what its inputs are replaced by. */
function reading(step: Step, replacement: Int32Array): Step {
  if (step.inputs.every((value) => replacement[value] === value)) return step;
  return { ...step, inputs: step.inputs.map((value) => replacement[value]!) };
}

/** Without steps that hand on their input: identities, and reshapes to the same shape. */
export function removeIdentities(program: Program): Program {
  const replacement = replacements(program);
  const handsOn = ({ op, inputs, outputs }: Step) =>
    op === identity || op === stopGradient ||
    (op === reshape &&
      sameShape(program.slots[inputs[0]!]!.shape, program.slots[outputs[0]!]!.shape));
  const steps: Step[] = [];
  for (const step of program.steps) {
    if (handsOn(step)) replacement[step.outputs[0]!] = replacement[step.inputs[0]!]!;
    else steps.push(reading(step, replacement));
  }
  return { ...program, steps, outputs: program.outputs.map((value) => replacement[value]!) };
}

/** Without steps that compute what an earlier step computed, and without equal constants. */
export function shareCommonSteps(program: Program): Program {
  const replacement = replacements(program);
  const seen = new Map<string | number, number>();
  const ops = [...new Set(program.steps.map(({ op }) => op))];
  const ids = new Map(ops.map((op, id) => [op, id]));
  const steps: Step[] = [];
  for (const [value, data] of program.constants) {
    const { shape, dtype } = program.slots[value]!;
    if (data.length !== 1) continue;
    const key = `${dtype} ${shape} ${Object.is(data[0], -0) ? "-0" : data[0]}`;
    if (seen.has(key)) replacement[value] = seen.get(key)!;
    else seen.set(key, value);
  }
  for (const original of program.steps) {
    const step = reading(original, replacement);
    const key = keyOf(step, ids.get(step.op)!, program.slots.length);
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, step.outputs[0]!);
      steps.push(step);
    } else replacement[step.outputs[0]!] = earlier;
  }
  return { ...program, steps, outputs: program.outputs.map((value) => replacement[value]!) };
}

/** What tells steps apart: a number where one will do, since numbers are made and found sooner. */
function keyOf({ inputs, attributes }: Step, op: number, valueCount: number): string | number {
  const [a, b = valueCount] = inputs;
  const key = (op * (valueCount + 1) + a!) * (valueCount + 1) + b;
  const isEnough = inputs.length <= 2 && attributes === undefined && Number.isSafeInteger(key);
  return isEnough ? key : `${op} ${inputs.join()} ${attributesKey(attributes)}`;
}

/** Without steps whose results nobody reads. */
export function removeDeadSteps(program: Program): Program {
  const isNeeded = new Uint8Array(program.slots.length);
  for (const value of program.outputs) isNeeded[value] = 1;
  const steps: Step[] = [];
  for (const step of program.steps.toReversed()) {
    if (!step.outputs.some((value) => isNeeded[value])) continue;
    for (const value of step.inputs) isNeeded[value] = 1;
    steps.push(step);
  }
  const constants = new Map([...program.constants].filter(([value]) => isNeeded[value]));
  return { ...program, steps: steps.reverse(), constants };
}

/**
 * Elementwise steps read what was broadcast for them directly, and of a constant that is one number
 * again and again only the number: they broadcast by themselves.
 */
export function readUnbroadcast(program: Program): Program {
  const source = new Map<number, number>();
  for (const { op, inputs, outputs } of program.steps) {
    if (op === broadcastTo) source.set(outputs[0]!, inputs[0]!);
  }
  const slots = [...program.slots], constants = new Map(program.constants);
  for (const [value, data] of program.constants) {
    if (data.length < 2 || !data.every((number) => Object.is(number, data[0]))) continue;
    const number = slots.push({ shape: [], dtype: slots[value]!.dtype }) - 1;
    constants.set(number, data.slice(0, 1));
    source.set(value, number);
  }
  const steps = program.steps.map((step) => {
    const { op, attributes, outputs } = step;
    if (!isElementwise(op)) return step;
    const { shape } = slots[outputs[0]!]!;
    const inputs = step.inputs.reduce((inputs, value, i) => {
      if (!source.has(value)) return inputs;
      const others = inputs.with(i, source.get(value)!);
      const shapes = others.map((other) => slots[other]!.shape);
      return sameShape(op.shape(shapes, attributes), shape) ? others : inputs;
    }, step.inputs);
    return { ...step, inputs };
  });
  return { ...program, slots, constants, steps };
}

/** Products read transposed what was transposed for them. */
export function foldTransposes(program: Program): Program {
  const source = new Map<number, number>();
  for (const { op, inputs, outputs, attributes } of program.steps) {
    if (op !== permute) continue;
    const { axes } = attributes as { axes: readonly number[] };
    const last = axes.length - 1;
    const swapsLast = axes.every((axis, i) =>
      axis === (i === last ? last - 1 : i === last - 1 ? last : i)
    );
    if (swapsLast) source.set(outputs[0]!, inputs[0]!);
  }
  const steps = program.steps.map((step) => {
    if (step.op !== matmul) return step;
    const [a, b] = step.inputs as [number, number];
    const { transposeA, transposeB } = step.attributes as Transposition;
    return {
      ...step,
      inputs: [source.get(a) ?? a, source.get(b) ?? b],
      attributes: {
        transposeA: transposeA !== source.has(a),
        transposeB: transposeB !== source.has(b),
      },
    };
  });
  return { ...program, steps };
}
