/** What layers have in common. */

import { entriesOf, leavesOf } from "../autodiff/tree.ts";
import { formatShape } from "../ops/shape.ts";
import type { Display } from "../values/display.ts";
import type { Tensor } from "../values/tensor.ts";
import { displayModel } from "./model_display.ts";

/**
 * A part of a network: it turns a tensor into another. Its parameters are plain fields, and any
 * nested object of tensors is a model; this class only adds what one wants to ask of a model.
 *
 * A transform, an optimizer or a compiled function makes a copy of a model, field by field, with other
 * tensors in it. So `forward` is a method, since a function in a field would go on to read the object
 * that it was made in, and fields are `private` where they need be: a copy has none of a class's
 * `#names`.
 *
 * @example A layer of one's own
 * ```ts
 * import { nn, type Tensor, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * class Scale extends nn.Layer {
 *   factor = tensor([2], { requiresGrad: true });
 *   override forward(inputs: Tensor): Tensor {
 *     return inputs.mul(this.factor);
 *   }
 * }
 * const layer = new Scale();
 * assertEquals(layer.forward(tensor([1, 2])).toArray(), [2, 4]);
 * assertEquals(layer.parameters(), [layer.factor]);
 * ```
 */
export abstract class Layer {
  /** The outputs for a batch of inputs. */
  abstract forward(inputs: Tensor): Tensor;

  /** All parameters, in the order of the fields; one that is shared stands once. */
  parameters(): Tensor[] {
    return [...new Set(leavesOf(this) as Tensor[])];
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
    const total = this.parameters().reduce((sum, { size }) => sum + size, 0);
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

  /** What a notebook shows. */
  [Symbol.for("Jupyter.display")](): Display {
    return displayModel(this);
  }
}
