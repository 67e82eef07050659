/** What a tensor is made of, and where its numbers may be kept. */

import type { Origin } from "../autodiff/traced.ts";
import type { DType, TypedArray } from "../ops/dtype.ts";
import type { Shape } from "../ops/shape.ts";
import type { Tensor } from "./tensor.ts";

/** What a tensor is made of. */
export interface TensorParts {
  /** The length along each axis. */
  readonly shape: Shape;
  /** The kind of its numbers. */
  readonly dtype: DType;
  /** Its numbers in row-major order, where they are kept, or null while it is being traced. */
  readonly data:
    | Float32Array
    | Float64Array
    | Int32Array
    | Uint8Array
    | Numbers
    | Residence
    | null;
  /** The call that made it. */
  readonly origin?: Origin<Tensor> | null;
  /** Whether `backward()` shall leave a derivative in its `grad`. */
  readonly requiresGrad?: boolean;
  /** What it is called when it is printed. */
  readonly name?: string | null;
}

/**
 * Numbers that one tensor has, or several of them share. As long as nobody else has had them in hand
 * only the library changes them, so that a compiled program need not copy them again.
 */
export class Numbers {
  /** The numbers in row-major order. */
  readonly array: TypedArray;
  /** Whether somebody has had them in hand, who may write to them at any time. */
  isExposed: boolean;
  /** How often the library has overwritten them. */
  version = 0;

  /** Holds an array that nobody else has, unless it is exposed. */
  constructor(array: Float32Array | Float64Array | Int32Array | Uint8Array, isExposed = false) {
    this.array = array as TypedArray;
    this.isExposed = isExposed;
  }

  /** Puts others in their place. */
  overwrite({ array }: Numbers): void {
    this.array.set(array);
    this.version++;
  }
}

/** Numbers that still lie where a compiled program left them. */
export interface Residence {
  /** Takes the numbers out; throws where they are no longer there. */
  takeOut(): TypedArray;
}
