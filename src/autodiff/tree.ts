/** Nested objects whose leaves are scalars or tensors: what models, gradients and batches are. */

import { UsageError } from "../ops/error.ts";
import { isTraced, type Traced } from "./traced.ts";

/** Where in a nested object something stands, as it would be written: `layers[0].weight`. */
export type Path = string;

/** Whether something is looked into for leaves: an object or array, and no collection of its own. */
export function isBranch(node: unknown): node is Record<string, unknown> | readonly unknown[] {
  return typeof node === "object" && node !== null && !ArrayBuffer.isView(node) &&
    !(node instanceof Map) && !(node instanceof Set) && !(node instanceof Date);
}

const records = new WeakSet<object>();

/**
 * Says of a class, though of none derived from it, that its objects are their fields and nothing
 * else: where the fields are equal, one may stand for the other.
 */
export function declareRecord({ prototype }: { readonly prototype: object }): void {
  records.add(prototype);
}

/** Whether an object is of such a class. */
export function isRecord(node: object): boolean {
  return records.has(Object.getPrototypeOf(node));
}

function childPath(path: Path, key: string, isArray: boolean): Path {
  if (isArray) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** A leaf of a nested object: how its place is written, and the keys that lead there. */
interface Found {
  readonly path: Path;
  readonly keys: readonly string[];
  readonly leaf: Traced;
}

/** Lists the leaves of a nested object, in the order of its fields. */
function find(tree: unknown): Found[] {
  const found: Found[] = [];
  const around = new Set<object>(); // the objects that one is in
  const visit = (node: unknown, path: Path, keys: readonly string[]) => {
    if (isTraced(node)) found.push({ path, keys, leaf: node });
    else if (isBranch(node)) {
      if (around.has(node)) {
        throw new UsageError(
          `Cannot find the tensors of an object that holds itself: at "${path}"`,
        );
      }
      around.add(node);
      for (const [key, child] of Object.entries(node)) {
        if (typeof child !== "object") continue; // most of what a long array holds
        visit(child, childPath(path, key, Array.isArray(node)), [...keys, key]);
      }
      around.delete(node);
    }
  };
  visit(tree, "", []);
  return found;
}

/** The leaves of a nested object with their paths, in the order of its fields. */
export function entriesOf(tree: unknown): [path: Path, leaf: Traced][] {
  return find(tree).map(({ path, leaf }) => [path, leaf]);
}

/** The leaves of a nested object, in the order of its fields. */
export function leavesOf(tree: unknown): Traced[] {
  return find(tree).map(({ leaf }) => leaf);
}

/**
 * The same nested object with `f` applied to each leaf. Objects keep their class, so a model whose
 * leaves were replaced is still a model; whatever holds no leaf is taken over as it is.
 */
export function mapTree<T>(tree: T, f: (leaf: Traced, path: Path) => unknown): T {
  let count = 0;
  const map = (node: unknown, path: Path): unknown => {
    if (isTraced(node)) {
      count++;
      return f(node, path);
    }
    if (!isBranch(node)) return node;
    const before = count;
    const isArray = Array.isArray(node);
    const copy = emptyLike(node);
    for (const [key, child] of Object.entries(node)) {
      copy[key] = map(child, childPath(path, key, isArray));
    }
    return count === before ? node : copy;
  };
  return map(tree, "") as T;
}

/** An object of the same class without fields. */
// deno-lint-ignore no-explicit-any
function emptyLike(node: object): any {
  const prototype = Object.getPrototypeOf(node);
  if (!Array.isArray(node)) return Object.create(prototype);
  return prototype === Array.prototype ? [] : Object.setPrototypeOf([], prototype);
}

/** `tree` with its leaves replaced, in order, by `leaves`. */
export function rebuild<T>(tree: T, leaves: readonly unknown[]): T {
  let next = 0;
  return mapTree(tree, () => leaves[next++]);
}

/** The leaves of `other` at the places where `tree` has its own; throws where it has none. */
export function leavesLike(name: string, tree: unknown, other: unknown): Traced[] {
  return find(tree).map(({ path, keys }) => {
    let node = other;
    for (const key of keys) {
      const isThere = isBranch(node) && !isTraced(node) && Object.hasOwn(node, key);
      node = isThere ? (node as Record<string, unknown>)[key] : undefined;
    }
    if (isTraced(node)) return node;
    throw new UsageError(`Cannot ${name}: there is nothing at "${path}" to go with the other`);
  });
}
