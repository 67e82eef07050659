/** The structure of arguments and results: taken apart and put together without looking twice. */

import { isTraced } from "../autodiff/traced.ts";
import { sameShape } from "../ops/shape.ts";
import { Tensor } from "../values/tensor.ts";

/** Where something stands: the keys that lead to it. */
type Keys = readonly string[];

/** What is found at the keys, or undefined where they lead nowhere. */
function at(tree: unknown, keys: Keys): unknown {
  let node = tree;
  for (let i = 0; i < keys.length; i++) {
    node = (node as Record<string, unknown> | null | undefined)?.[keys[i]!];
  }
  return node;
}

/** Arguments of one structure: which tensors they hold where, and what else they say. */
export class Structure {
  readonly #tensors: { readonly keys: Keys; readonly like: Tensor }[] = [];
  readonly #others: { readonly keys: Keys; readonly value: unknown }[] = [];
  readonly #lengths: { readonly keys: Keys; readonly length: number }[] = [];

  /** The structure of these arguments. */
  constructor(args: readonly unknown[]) {
    const visit = (node: unknown, keys: Keys): void => {
      if (node instanceof Tensor) this.#tensors.push({ keys, like: described(node) });
      else if (typeof node !== "object" || node === null || ArrayBuffer.isView(node)) {
        this.#others.push({ keys, value: node });
      } else {
        if (Array.isArray(node)) this.#lengths.push({ keys, length: node.length });
        for (const [key, child] of Object.entries(node)) visit(child, [...keys, key]);
      }
    };
    visit(args, []);
  }

  /**
   * The tensors of arguments that have this structure, or null where they differ. Fields that were
   * added to an object are not looked for: callers have seen its kind before.
   */
  tensorsOf(args: readonly unknown[]): Tensor[] | null {
    for (const { keys, value } of this.#others) if (at(args, keys) !== value) return null;
    for (const { keys, length } of this.#lengths) {
      if ((at(args, keys) as unknown[] | undefined)?.length !== length) return null;
    }
    const found = new Array<Tensor>(this.#tensors.length);
    for (let i = 0; i < found.length; i++) {
      const { keys, like } = this.#tensors[i]!;
      const tensor = at(args, keys);
      const fits = tensor instanceof Tensor && tensor.dtype === like.dtype &&
        sameShape(tensor.shape, like.shape);
      if (!fits) return null;
      found[i] = tensor;
    }
    return found;
  }
}

/** A tensor's shape and kind without its numbers, so that they are not kept alive. */
function described({ shape, dtype }: Tensor): Tensor {
  return new Tensor({ shape, dtype, data: null });
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
    if (Array.isArray(node)) {
      const children = node.map(plan);
      return (leaves) => children.map((build) => build(leaves));
    }
    if (typeof node !== "object" || node === null || ArrayBuffer.isView(node)) return () => node;
    const kind = Object.getPrototypeOf(node);
    const keys = Object.keys(node);
    const children = Object.values(node).map(plan);
    return (leaves) => {
      const copy = Object.create(kind);
      for (let i = 0; i < keys.length; i++) copy[keys[i]!] = children[i]!(leaves);
      return copy;
    };
  };
  return plan(tree);
}
