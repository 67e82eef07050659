/** Program: a traced function as a list of numbered steps, linear and printable. */

import type { DType, TypedArray } from "../ops/dtype.ts";
import type { Elementwise } from "../ops/elementwise_op.ts";
import type { Op } from "../ops/op.ts";
import { formatShape, type Shape } from "../ops/shape.ts";

/** A numbered value of a program: what is known of it before it is computed. */
export interface Slot {
  /** The length along each axis. */
  readonly shape: Shape;
  /** The kind of its numbers. */
  readonly dtype: DType;
}

/** One operation of a program: which values it reads, and which it makes. */
export interface Step {
  /** The operation. */
  readonly op: Op;
  /** The numbers of the values that it reads. */
  readonly inputs: readonly number[];
  /** The numbers of the values that it makes: one, or several for a fused group. */
  readonly outputs: readonly number[];
  /** Everything about the call that is not a value. */
  readonly attributes: unknown;
}

/** A traced function. Values are numbered; inputs and constants are made by no step. */
export interface Program {
  /** What is known of each value, by its number. */
  readonly slots: readonly Slot[];
  /** The numbers of the inputs, in the order of the arguments. */
  readonly inputs: readonly number[];
  /** The numbers of the values that were known while tracing, with their contents. */
  readonly constants: ReadonlyMap<number, TypedArray>;
  /** The steps in an order in which they can run. */
  readonly steps: readonly Step[];
  /** The numbers of the results. */
  readonly outputs: readonly number[];
  /** The matrices that lie turned over in memory, rows as columns; their slots are turned too. */
  readonly turned?: ReadonlySet<number>;
}

/** One elementwise operation of a fused group. */
export interface FusedNode {
  /** The operation. */
  readonly op: Elementwise;
  /** What it reads: a number below the count of inputs is an input, others are earlier nodes. */
  readonly inputs: readonly number[];
  /** Everything about the call that is not a value. */
  readonly attributes: unknown;
  /** The kind of its result. */
  readonly dtype: DType;
}

/** Elementwise operations that are computed together, one element after the other. */
export interface Fusion {
  /** The operations, in an order in which they can be computed. */
  readonly nodes: readonly FusedNode[];
  /** The nodes whose results are kept, by their place in `nodes`. */
  readonly results: readonly number[];
}

/** How a program reads: a line for each step. */
export function formatProgram(program: Program): string {
  const { slots, inputs, constants, steps, outputs, turned } = program;
  const label = (value: number) => `%${value}:${formatShape(slots[value]!.shape)}`;
  const constantText = (value: number) => {
    const data = constants.get(value)!;
    return data.length === 1 ? String(data[0]) : `${data.length} numbers`;
  };
  const lines = [
    ...inputs.map((value) => [label(value), turned?.has(value) ? "input, turned over" : "input"]),
    ...[...constants.keys()].map((value) => [label(value), `constant ${constantText(value)}`]),
    ...steps.map((step) => [step.outputs.map(label).join(", "), formatCall(step)]),
  ];
  const width = Math.max(0, ...lines.map(([left]) => left!.length));
  const body = lines.map(([left, right]) => `${left!.padEnd(width)} = ${right}`);
  return [...body, `return ${outputs.map((value) => `%${value}`).join(", ")}`].join("\n");
}

function formatCall({ op, inputs, attributes }: Step): string {
  const operands = inputs.map((value) => `%${value}`);
  return `${op.name}(${[...operands, ...formatAttributes(attributes)].join(", ")})`;
}

function formatAttributes(attributes: unknown): string[] {
  if (typeof attributes !== "object" || attributes === null) return [];
  if (isFusion(attributes)) return [formatFusion(attributes)];
  return Object.entries(attributes)
    .filter(([, value]) => value !== false)
    .map(([name, value]) => value === true ? name : `${name}: ${formatAttribute(value)}`);
}

function formatAttribute(value: unknown): string {
  if (isFusion(value)) return formatFusion(value);
  return Array.isArray(value) ? formatShape(value) : String(value);
}

function isFusion(value: unknown): value is Fusion {
  return typeof value === "object" && value !== null && "nodes" in value;
}

function formatFusion({ nodes }: Fusion): string {
  return nodes.map(({ op }) => op.name).join(" ");
}
