/** Telling tensors from what was given in their place. */

import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { Tensor } from "./tensor.ts";

/** Throws unless all are tensors. */
export function checkTensors(name: string, tensors: readonly Tensor[]): void {
  const wrong = tensors.findIndex((tensor) => !(tensor instanceof Tensor));
  if (wrong < 0) return;
  throw new UsageError(`Cannot ${name} ${describe(tensors[wrong])}: use tensor([...])`);
}
