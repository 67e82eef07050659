/** The structure of arguments and results: compared, taken apart and put together. */

import { presentTrace } from "../autodiff/recording.ts";
import { isTraced, type Traced, TracingError } from "../autodiff/traced.ts";
import { isBranch, isRecord } from "../autodiff/tree.ts";
import { describe } from "../ops/describe.ts";
import { sameShape } from "../ops/shape.ts";
import { Tensor } from "../values/tensor.ts";
import { Value } from "../values/value.ts";
import type { Leaf } from "./trace.ts";

/** Whether something has the structure of what the matcher was made for; collects its leaves. */
type Matcher = (node: unknown, found: Leaf[]) => boolean;

/** What a program takes for granted of its arguments. */
export class Structure {
  readonly #matches: Matcher;

  /** The structure of these arguments. */
  constructor(args: readonly unknown[]) {
    this.#matches = matcherOf(args).matches;
  }

  /** The leaves of arguments that have this structure, or null where they differ. */
  leavesOf(args: readonly unknown[]): Leaf[] | null {
    const found: Leaf[] = [];
    return this.#matches(args, found) ? found : null;
  }
}

/**
 * A matcher made once and called at every step, so it is a function for each node, and no data. What
 * is inside of a collection is frozen: there, as for objects met once more, one thing alone matches.
 */
function matcherOf(
  node: unknown,
  isFrozen = false,
  around: ReadonlySet<unknown> = new Set(),
): { readonly matches: Matcher; readonly holdsLeaf: boolean } {
  if (around.has(node) || (isFrozen && isTraced(node))) {
    return { matches: (other) => Object.is(other, node), holdsLeaf: false };
  }
  if (node instanceof Tensor) return { matches: tensorMatcher(node), holdsLeaf: true };
  if (node instanceof Value) return { matches: matchesValue, holdsLeaf: true };
  const within = new Set(around).add(node);
  if (!isBranch(node)) return { matches: plainMatcher(node, within), holdsLeaf: false };
  const found = Object.values(node).map((child) => matcherOf(child, isFrozen, within));
  const holdsLeaf = found.some((child) => child.holdsLeaf);
  const children = found.map((child) => child.matches);
  const matches = Array.isArray(node) && Object.getPrototypeOf(node) === Array.prototype
    ? arrayMatcher(children)
    : objectMatcher(node, children, holdsLeaf);
  return { matches, holdsLeaf };
}

function tensorMatcher({ shape, dtype, requiresGrad }: Tensor): Matcher {
  let known = shape; // tensors that a program makes share their shapes
  return (node, found) => {
    if (!(node instanceof Tensor)) return false;
    found.push(node);
    if (node.dtype !== dtype || node.requiresGrad !== requiresGrad) return false;
    if (node.shape !== known) {
      if (!sameShape(node.shape, known)) return false;
      known = node.shape;
    }
    return true;
  };
}

function matchesValue(node: unknown, found: Leaf[]): boolean {
  if (!(node instanceof Value)) return false;
  found.push(node);
  return true;
}

/** Matches what holds no leaf: itself, as long as it contains what it does now. */
function plainMatcher(value: unknown, around: ReadonlySet<unknown>): Matcher {
  const matches = contentsMatcher(value, around);
  return matches === null
    ? (node) => Object.is(node, value)
    : (node, found) => Object.is(node, value) && matches(node, found);
}

/** Compares what something contains besides fields: a typed array, a map, a set or a date. */
function contentsMatcher(value: unknown, around: ReadonlySet<unknown>): Matcher | null {
  if (value instanceof Date) {
    const time = value.getTime();
    return () => Object.is(value.getTime(), time);
  }
  if (value instanceof Map || value instanceof Set) {
    const before = [...value].flat().map((part) => matcherOf(part, true, around).matches);
    return (_, found) => {
      const now = [...value].flat();
      return now.length === before.length && now.every((part, i) => before[i]!(part, found));
    };
  }
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return null;
  const now = value as unknown as ArrayLike<number>;
  const numbers = Array.from(now);
  return () => numbers.every((number, i) => Object.is(now[i], number));
}

function arrayMatcher(children: readonly Matcher[]): Matcher {
  return (node, found) => {
    if (!Array.isArray(node) || node.length !== children.length) return false;
    for (let i = 0; i < children.length; i++) if (!children[i]!(node[i], found)) return false;
    return true;
  };
}

/**
 * Matches an object of the same class and keys; of a class that is no record, and without leaves, it
 * itself alone.
 */
function objectMatcher(node: object, children: readonly Matcher[], holdsLeaf: boolean): Matcher {
  const prototype = Object.getPrototypeOf(node);
  const keys = Object.keys(node);
  const inherits = hasKeys(prototype);
  const isPlain = prototype === Object.prototype || prototype === Array.prototype;
  const self = isPlain || holdsLeaf || isRecord(node) ? null : node; // it may have private parts
  return (other, found) => {
    if (typeof other !== "object" || other === null || (self !== null && self !== other)) {
      return false;
    }
    if (Object.getPrototypeOf(other) !== prototype) return false;
    let i = 0;
    for (const key in other) { // the quickest way to see all keys
      if (inherits && !Object.hasOwn(other, key)) continue;
      if (key !== keys[i] || !children[i]!(other[key as never], found)) return false;
      i++;
    }
    return i === keys.length;
  };
}

function hasKeys(object: object | null): boolean {
  for (const _ in object) return true;
  return false;
}

/** Throws where a result is a collection with tensors or Values of the trace, which stay in it. */
function checkCollection(node: unknown): void {
  if (!(node instanceof Map || node instanceof Set)) return;
  const leaf = tracedIn(node, new Set());
  if (leaf === null) return;
  throw new TracingError(
    `Cannot compile a function that returns ${describe(node)} with ${
      describe(leaf)
    } in it: use an ` +
      "object or an array",
  );
}

/** A tensor or Value that the present trace has made, wherever it is in something. */
function tracedIn(node: unknown, seen: Set<unknown>): Traced | null {
  if (isTraced(node)) {
    return node.isSymbolic || node.origin?.trace === presentTrace() ? node : null;
  }
  const isCollection = node instanceof Map || node instanceof Set;
  if (seen.has(node) || !(isCollection || isBranch(node))) return null;
  seen.add(node);
  for (const part of isCollection ? [...node].flat() : Object.values(node)) {
    const found = tracedIn(part, seen);
    if (found !== null) return found;
  }
  return null;
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
    checkCollection(node);
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
