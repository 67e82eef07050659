/** Elementwise steps of one shape become one step; those that follow a product become part of it. */

import { isNative } from "../../backends/blas/native_matmul.ts";
import { isFloat } from "../../ops/dtype.ts";
import { identity } from "../../ops/elementwise.ts";
import { matmul, type Transposition } from "../../ops/linalg.ts";
import type { Op } from "../../ops/op.ts";
import { sameShape, type Shape } from "../../ops/shape.ts";
import { cast } from "../../ops/structural.ts";
import { fused, isByElement, withEpilogue } from "../fusion.ts";
import type { Fusion, Program, Step } from "../program.ts";

/** What a step holds at most: the time that it takes to be compiled grows with the square of that. */
const mostMembers = 32;

/** Steps that will become one. */
interface Group {
  /** The steps, in their order. */
  members: Step[];
  /** The groups whose results it reads. */
  sources: Set<Group>;
  /** The groups that read its results. */
  readers: Set<Group>;
  /** The largest number of a value of its own or of what it depends on. */
  newest: number;
  /** The shape of its results, or null where nothing can join it. */
  shape: Shape | null;
}

/** The program with elementwise groups, and products with what follows them, as single steps. */
export function fuse(program: Program): Program {
  const makers = new Map<number, Group>();
  const groups = new Set<Group>();
  for (const step of program.steps) {
    const { shape } = program.slots[step.outputs[0]!]!;
    const sources = new Set(step.inputs.flatMap((value) => makers.get(value) ?? []));
    const group: Group = {
      members: [step],
      sources,
      readers: new Set(),
      newest: Math.max(...step.outputs, ...[...sources].map((source) => source.newest)),
      shape: isByElement(step.op) || isSingleProduct(program, step) ? shape : null,
    };
    groups.add(group);
    for (const source of group.sources) source.readers.add(group);
    for (const value of step.outputs) makers.set(value, group);
    const isMask = program.slots[step.outputs[0]!]!.dtype === "bool"; // computed where it is used
    if (!isByElement(step.op) || isMask) continue;
    while (true) {
      const joining = [...group.sources].find((source) => mayJoin(source, group));
      if (joining === undefined) break;
      merge(joining, group, groups, makers);
    }
  }
  const ordered = inOrder(groups);
  const readers = readersOf(program, ordered, makers);
  return { ...program, steps: ordered.map((group) => asStep(program, group, readers)) };
}

function isCast({ op }: Step): boolean {
  return op === cast as Op;
}

function isProduct({ op }: Step): boolean {
  return op === matmul || isNative(op);
}

/** Whether a step is a product of two matrices of floats, which can take an epilogue. */
function isSingleProduct({ slots }: Program, step: Step): boolean {
  return isProduct(step) &&
    step.inputs.every((value) => slots[value]!.shape.length === 2 && isFloat(slots[value]!.dtype));
}

/** Whether one group can become part of another that reads it, without making a circle. */
function mayJoin(source: Group, group: Group): boolean {
  if (source.shape === null || group.shape === null || !sameShape(source.shape, group.shape)) {
    return false;
  }
  if (source.members.length + group.members.length > mostMembers) return false;
  const members = [...source.members, ...group.members];
  const products = members.filter(isProduct).length;
  if (products > 1 || (products === 1 && members.some(isCast))) return false; // one kind to a product
  if (group.members.some((member) => isProduct(member) && reads(member, source))) return false;
  const others = [...group.sources].filter((other) => other !== source);
  return !others.some((other) => dependsOn(other, source));
}

/** Whether a step reads a result of a group. */
function reads({ inputs }: Step, group: Group): boolean {
  return group.members.some(({ outputs }) => outputs.some((value) => inputs.includes(value)));
}

/** Whether `group` needs results of `source`, directly or through others. */
function dependsOn(group: Group, source: Group): boolean {
  const seen = new Set<Group>();
  const stack = [group];
  while (stack.length > 0) {
    const next = stack.pop()!;
    if (next === source) return true;
    if (next.newest < source.newest || seen.has(next)) continue;
    seen.add(next);
    stack.push(...next.sources);
  }
  return false;
}

/** Makes `source` a part of `group`. */
function merge(
  source: Group,
  group: Group,
  groups: Set<Group>,
  makers: Map<number, Group>,
): void {
  group.members = [...source.members, ...group.members].sort((a, b) =>
    a.outputs[0]! - b.outputs[0]!
  );
  group.sources.delete(source);
  for (const other of source.sources) {
    group.sources.add(other);
    other.readers.delete(source);
    other.readers.add(group);
  }
  for (const member of source.members) {
    for (const value of member.outputs) makers.set(value, group);
  }
  groups.delete(source);
  for (const reader of source.readers) {
    if (reader === group) continue;
    reader.sources.delete(source);
    reader.sources.add(group);
    group.readers.add(reader);
  }
  raise(group, Math.max(group.newest, source.newest));
}

/** Notes that a group, and so all that depend on it, depend on a value of this number. */
function raise(group: Group, newest: number): void {
  group.newest = newest;
  const stack = [...group.readers];
  while (stack.length > 0) {
    const next = stack.pop()!;
    if (next.newest >= newest) continue;
    next.newest = newest;
    stack.push(...next.readers);
  }
}

/** The groups, each after those it reads, otherwise as they came. */
function inOrder(groups: ReadonlySet<Group>): Group[] {
  const ordered = new Set<Group>();
  const stack = [...groups].reverse();
  while (stack.length > 0) {
    const group = stack.at(-1)!;
    const waiting = [...group.sources].filter((source) => !ordered.has(source));
    if (waiting.length > 0) stack.push(...waiting);
    else ordered.add(stack.pop()!);
  }
  return [...ordered];
}

/** For each value, the groups that read it; null stands for the results of the program. */
function readersOf(
  program: Program,
  groups: readonly Group[],
  makers: ReadonlyMap<number, Group>,
): Map<number, Set<Group | null>> {
  const readers = new Map<number, Set<Group | null>>();
  const note = (value: number, reader: Group | null) => {
    if (!makers.has(value)) return;
    if (!readers.has(value)) readers.set(value, new Set());
    readers.get(value)!.add(reader);
  };
  for (const group of groups) {
    for (const member of group.members) for (const value of member.inputs) note(value, group);
  }
  for (const value of program.outputs) note(value, null);
  return readers;
}

/** A group as one step: a fused group, a product with its epilogue, or the step it was. */
function asStep(
  program: Program,
  group: Group,
  readers: ReadonlyMap<number, ReadonlySet<Group | null>>,
): Step {
  if (group.members.length === 1) return group.members[0]!;
  const product = group.members.find(isProduct);
  const steps = group.members.filter((member) => member !== product);
  const made = new Set(group.members.flatMap((member) => member.outputs));
  const operands = product === undefined ? [] : [product.outputs[0]!];
  for (const value of steps.flatMap((step) => step.inputs)) {
    if (!made.has(value) && !operands.includes(value)) operands.push(value);
  }
  const isKept = (value: number) => [...readers.get(value) ?? []].some((r) => r !== group);
  const places = new Map(operands.map((value, i) => [value, i]));
  steps.forEach((step, i) => places.set(step.outputs[0]!, operands.length + i));
  if (product !== undefined && isKept(product.outputs[0]!)) { // stored too, by a node of its own
    steps.push({
      op: identity,
      inputs: product.outputs,
      outputs: product.outputs,
      attributes: null,
    });
  }
  const kept = steps.map((_, i) => i).filter((i) => isKept(steps[i]!.outputs[0]!));
  const fusion: Fusion = {
    nodes: steps.map(({ op, inputs, outputs, attributes }) => ({
      op: op as Fusion["nodes"][number]["op"],
      inputs: inputs.map((value) => places.get(value)!),
      attributes,
      dtype: program.slots[outputs[0]!]!.dtype,
    })),
    results: kept,
  };
  const outputs = kept.map((i) => steps[i]!.outputs[0]!);
  if (product === undefined) return { op: fused, inputs: operands, outputs, attributes: fusion };
  return {
    op: withEpilogue(product.op),
    inputs: [...product.inputs, ...operands.slice(1)],
    outputs,
    attributes: { ...product.attributes as Transposition, epilogue: fusion },
  };
}
