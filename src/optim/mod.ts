/** How networks learn: optimizers, which change parameters against their gradients. */

export { adam, type AdamOptions, adamW } from "./adam.ts";
export {
  Optimizer,
  type OptimizerState,
  type ParameterUpdate,
  type Rule,
  type Slots,
} from "./optimizer.ts";
export { sgd, type SgdOptions } from "./sgd.ts";
