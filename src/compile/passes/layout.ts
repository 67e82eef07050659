/**
 * Parameters that lie transposed, where that lets a product walk the zeros of the data. The weight
 * gradient of a layer is `g^T x`: its left operand is dense and its right one, a batch of inputs,
 * is full of zeros, while products skip zeros of the left operand only. With the weights stored as
 * `[inputs, outputs]` it is `x^T g`. What is stored so is turned when it is brought in or taken out.
 */

import { isNative } from "../../backends/blas/native_matmul.ts";
import type { Transposition } from "../../ops/linalg.ts";
import { sameShape, type Shape, sizeOf } from "../../ops/shape.ts";
import { isElementwise } from "../fusion.ts";
import type { Program, Step } from "../program.ts";

/** Products with fewer multiplications than this gain nothing. */
const worthTurning = 1 << 20;

/**
 * The program with such parameters, and what is computed with them element by element, turned: those
 * whose gradients take at least so many multiplications.
 */
export function turnParameters(program: Program, least = worthTurning): Program {
  let turned = program;
  for (let at = 0; at < program.steps.length; at++) {
    const step = turned.steps[at]!; // may have been turned with an earlier one
    if (turned.turned?.has(step.outputs[0]!) || !isGradientByData(turned, step, least)) continue;
    const family = familyOf(turned, step);
    if (family !== null) turned = turn(turned, family);
  }
  return turned;
}

function isProduct({ op }: Step): boolean {
  return op.name === "matmul" || op.name === "fusedMatmul" || isNative(op);
}

/** Whether a step multiplies by a batch of inputs on the right, as a weight gradient does. */
function isGradientByData({ slots, inputs }: Program, step: Step, least: number): boolean {
  if (!isProduct(step)) return false;
  const [a, b] = step.inputs as [number, number];
  const { transposeA, transposeB } = step.attributes as Transposition;
  const areMatrices = [a, b, step.outputs[0]!].every((value) => slots[value]!.shape.length === 2);
  const work = sizeOf(slots[step.outputs[0]!]!.shape) * slots[b]!.shape[0]!;
  return transposeA && !transposeB && inputs.includes(b) && !inputs.includes(a) &&
    areMatrices && work >= least;
}

/** The values of a step that it reads and writes element by element. */
function elementwiseValues(step: Step): number[] | null {
  if (isProduct(step)) return [...step.inputs.slice(2), ...step.outputs];
  const isFused = step.op.name === "fused" || isElementwise(step.op);
  return isFused ? [...step.inputs, ...step.outputs] : null;
}

/**
 * All values of one shape that must be turned together with the results of a step, or null where
 * one of them is used in another way than by products and element by element.
 */
function familyOf(program: Program, start: Step): Set<number> | null {
  const { slots, steps, constants } = program;
  const { shape } = slots[start.outputs[0]!]!;
  const family = new Set(start.outputs);
  const waiting = [...family];
  while (waiting.length > 0) {
    const value = waiting.pop()!;
    if (constants.has(value)) return null;
    for (const step of steps) {
      if (![...step.inputs, ...step.outputs].includes(value)) continue;
      const partners = elementwiseValues(step);
      if (partners === null) return null;
      if (!partners.includes(value)) continue; // it is an operand of a product
      if (!partners.every((other) => fits(slots[other]!.shape, shape))) return null;
      for (const other of partners) {
        if (sizeOf(slots[other]!.shape) === 1 || family.has(other)) continue;
        family.add(other);
        waiting.push(other);
      }
    }
  }
  return family;
}

/** Whether a partner is a scalar or has the whole shape: a row would become a column. */
function fits(partner: Shape, shape: Shape): boolean {
  return sizeOf(partner) === 1 || sameShape(partner, shape);
}

/** The program with the values of a family turned. */
function turn(program: Program, family: ReadonlySet<number>): Program {
  const turned = new Set(program.turned);
  for (const value of family) turned.add(value);
  return {
    ...program,
    turned,
    slots: program.slots.map((slot, value) =>
      family.has(value) ? { ...slot, shape: slot.shape.toReversed() } : slot
    ),
    steps: program.steps.map((step) => isProduct(step) ? turnProduct(step, family) : step),
  };
}

/** A product whose operands, or whose result, are turned. */
function turnProduct(step: Step, family: ReadonlySet<number>): Step {
  const [a, b, ...others] = step.inputs as [number, number, ...number[]];
  const attributes = step.attributes as Transposition;
  const transposeA = attributes.transposeA !== family.has(a);
  const transposeB = attributes.transposeB !== family.has(b);
  if (!family.has(step.outputs[0]!)) {
    return { ...step, attributes: { ...attributes, transposeA, transposeB } };
  }
  return { // (A B)^T = B^T A^T
    ...step,
    inputs: [b, a, ...others],
    attributes: { ...attributes, transposeA: !transposeB, transposeB: !transposeA },
  };
}
