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
  readonly data: TypedArray | Residence | null;
  /** The call that made it. */
  readonly origin?: Origin<Tensor> | null;
  /** Whether `backward()` shall leave a derivative in its `grad`. */
  readonly requiresGrad?: boolean;
  /** What it is called when it is printed. */
  readonly name?: string | null;
}

/** Numbers that still lie where a compiled program left them. */
export interface Residence {
  /** Takes the numbers out; throws where they are no longer there. */
  takeOut(): TypedArray;
}
