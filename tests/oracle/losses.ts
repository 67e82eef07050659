/** The oracle's losses. */

import { nn } from "../../src/mod.ts";
import type { Adapters } from "./adapters.ts";

/** How far outputs are from targets. */
export const losses: Adapters = {
  mse_loss: ([x, y], { reduction }) => nn.meanSquaredError(x, y, { reduction }),
  l1_loss: ([x, y], { reduction }) => nn.meanAbsoluteError(x, y, { reduction }),
  cross_entropy: ([logits, target, weights], attributes) =>
    nn.crossEntropy(logits, target, {
      reduction: attributes.reduction,
      ...(target.dtype === "int32" ? { ignoreIndex: attributes.ignore_index } : {}),
      labelSmoothing: attributes.label_smoothing,
      ...(weights === undefined ? {} : { weights }),
    }),
  bce_with_logits: ([logits, target, positiveWeight], { reduction }) =>
    nn.binaryCrossEntropyWithLogits(logits, target, {
      reduction,
      ...(positiveWeight === undefined ? {} : { positiveWeight }),
    }),
  hinge_loss: ([score, target], { reduction, margin, p }) =>
    nn.hinge(score, target, { reduction, margin, power: p }),
};
