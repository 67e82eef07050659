/** What layers have in common. */

import { entriesOf, leavesOf } from "../autodiff/tree.ts";
import { formatShape } from "../ops/shape.ts";
import type { Tensor } from "../values/tensor.ts";

/**
 * A part of a network: it turns a tensor into another. Its parameters are plain fields, and any
 * nested object of tensors is a model; this class only adds what one wants to ask of a model.
 */
export abstract class Layer {
  /** The outputs for a batch of inputs. */
  abstract forward(inputs: Tensor): Tensor;

  /** All parameters, in the order of the fields. */
  parameters(): Tensor[] {
    return leavesOf(this) as Tensor[];
  }

  /** Forgets the derivatives of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.zeroGrad();
  }

  /** A table of the parameters: path, shape and count. */
  toString(): string {
    const entries = entriesOf(this) as [string, Tensor][];
    const width = Math.max(0, ...entries.map(([path]) => path.length));
    const rows = entries.map(([path, leaf]) =>
      `  ${path.padEnd(width)}  ${formatShape(leaf.shape)} ${leaf.dtype}`
    );
    const total = entries.reduce((sum, [, leaf]) => sum + leaf.size, 0);
    return [
      `${this.constructor.name} with ${total.toLocaleString("en-US")} parameters`,
      ...rows,
    ].join("\n");
  }

  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
