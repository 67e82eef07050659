/** The structure of arguments and results: compared, taken apart and put together. */

import { isTraced } from "../autodiff/traced.ts";
import { isBranch } from "../autodiff/tree.ts";
import type { DType } from "../ops/dtype.ts";
import { sameShape, type Shape } from "../ops/shape.ts";
import { Tensor } from "../values/tensor.ts";
import { Value } from "../values/value.ts";
import type { Leaf } from "./trace.ts";

/** What a tensor has to be like. */
interface TensorPattern {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly requiresGrad: boolean;
}

/** Where a Value has to be. */
interface ValuePattern {
  readonly kind: "Value";
}

/** What an object or array has to be like. */
interface BranchPattern {
  readonly prototype: unknown;
  /** The object itself where a class made it and it holds no leaf: it may have private parts. */
  readonly self: object | null;
  readonly keys: readonly string[];
  readonly children: readonly Pattern[];
}

/** What anything else has to be. */
interface PlainPattern {
  readonly value: unknown;
  /** What an array of plain numbers held, since its contents may change. */
  readonly numbers: readonly number[] | null;
}

type Pattern = TensorPattern | ValuePattern | BranchPattern | PlainPattern;

/** What a program takes for granted of its arguments. */
export class Structure {
  readonly #pattern: Pattern;

  /** The structure of these arguments. */
  constructor(args: readonly unknown[]) {
    this.#pattern = patternOf(args).pattern;
  }

  /** The leaves of arguments that have this structure, or null where they differ. */
  leavesOf(args: readonly unknown[]): Leaf[] | null {
    const found: Leaf[] = [];
    return matches(args, this.#pattern, found) ? found : null;
  }
}

function patternOf(node: unknown): { pattern: Pattern; holdsLeaf: boolean } {
  if (node instanceof Tensor) {
    const { shape, dtype, requiresGrad } = node;
    return { pattern: { shape, dtype, requiresGrad }, holdsLeaf: true };
  }
  if (node instanceof Value) return { pattern: { kind: "Value" }, holdsLeaf: true };
  if (!isBranch(node)) {
    const isArray = ArrayBuffer.isView(node) && !(node instanceof DataView);
    const numbers = isArray ? Array.from(node as unknown as ArrayLike<number>) : null;
    return { pattern: { value: node, numbers }, holdsLeaf: false };
  }
  const prototype = Object.getPrototypeOf(node);
  const found = Object.values(node).map(patternOf);
  const holdsLeaf = found.some((child) => child.holdsLeaf);
  const isPlain = prototype === Object.prototype || prototype === Array.prototype;
  const pattern = {
    prototype,
    self: isPlain || holdsLeaf ? null : node,
    keys: Object.keys(node),
    children: found.map((child) => child.pattern),
  };
  return { pattern, holdsLeaf };
}

/** Whether something is like a pattern; the leaves in it are put into `found`. */
function matches(node: unknown, pattern: Pattern, found: Leaf[]): boolean {
  if ("kind" in pattern) {
    if (!(node instanceof Value)) return false;
    found.push(node);
    return true;
  }
  if ("dtype" in pattern) {
    if (!(node instanceof Tensor)) return false;
    found.push(node);
    return node.dtype === pattern.dtype && node.requiresGrad === pattern.requiresGrad &&
      sameShape(node.shape, pattern.shape);
  }
  if ("value" in pattern) {
    return Object.is(node, pattern.value) && (pattern.numbers === null ||
      pattern.numbers.every((number, i) => Object.is((node as number[])[i], number)));
  }
  return isBranch(node) && matchesBranch(node, pattern, found);
}

function matchesBranch(
  node: Record<string, unknown> | readonly unknown[],
  { prototype, self, keys, children }: BranchPattern,
  found: Leaf[],
): boolean {
  if (self !== null && self !== node) return false;
  if (Object.getPrototypeOf(node) !== prototype) return false;
  if (Array.isArray(node)) {
    return node.length === children.length &&
      children.every((child, i) => matches(node[i], child, found));
  }
  const own = Object.keys(node);
  return own.length === keys.length &&
    keys.every((key, i) =>
      own[i] === key && matches((node as Record<string, unknown>)[key], children[i]!, found)
    );
}

/** Puts results together: a function from their leaves to a tree like this one. */
export function rebuilder(tree: unknown): (leaves: readonly unknown[]) => unknown {
  let count = 0;
  type Build = (leaves: readonly unknown[]) => unknown;
  const plan = (node: unknown): Build => {
    if (isTraced(node)) {
      const place = count++;
      return (leaves) => leaves[place];
    }
    if (!isBranch(node)) return () => node;
    const before = count;
    const children = Object.values(node).map(plan);
    if (count === before) return () => node;
    if (Array.isArray(node)) return (leaves) => children.map((build) => build(leaves));
    const prototype = Object.getPrototypeOf(node);
    const keys = Object.keys(node);
    return (leaves) => {
      const copy = Object.create(prototype);
      for (let i = 0; i < keys.length; i++) copy[keys[i]!] = children[i]!(leaves);
      return copy;
    };
  };
  return plan(tree);
}
