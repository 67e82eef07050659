/** Stochastic gradient descent. */

import { UsageError } from "../ops/error.ts";
import { optionsOf } from "../ops/options.ts";
import { checkOption, Optimizer } from "./optimizer.ts";

/** The options of `sgd`. */
export interface SgdOptions {
  /** The step size. */
  readonly learningRate: number;
  /** How much of the last step is kept; 0 unless told otherwise. */
  readonly momentum?: number;
  /** How much the gradient is weakened when it joins the momentum; 0 unless told otherwise. */
  readonly dampening?: number;
  /** Whether to look ahead along the momentum (Nesterov, 1983). */
  readonly nesterov?: boolean;
  /** How strongly parameters are pulled to 0: this multiple of them joins the gradient. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent: `v = momentum v + g`, `w = w - learningRate v`, as PyTorch defines
 * momentum and Nesterov's variant of it. Throws a `UsageError` for an option that is no sensible
 * number.
 *
 * @example One step
 * ```ts
 * import { optim, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const sgd = optim.sgd({ learningRate: 0.5, momentum: 0.9 });
 * const w = tensor([1]);
 * const { model } = sgd.update(w, tensor([2]), sgd.init(w));
 * assertEquals(model.toArray(), [0]);
 * ```
 */
export function sgd(options: SgdOptions): Optimizer {
  const given = options ?? ({} as SgdOptions); // without any, the learning rate is what is missing
  const { learningRate, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } =
    optionsOf("make sgd", given, {
      learningRate: "0.1",
      momentum: null,
      dampening: null,
      nesterov: null,
      weightDecay: null,
    });
  checkOption("sgd", "learningRate", learningRate);
  checkOption("sgd", "momentum", momentum);
  checkOption("sgd", "dampening", dampening);
  checkOption("sgd", "weightDecay", weightDecay);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new UsageError("Cannot make sgd: nesterov takes a momentum above 0 and no dampening");
  }
  return new Optimizer({
    name: "sgd",
    slots: momentum === 0 ? {} : { velocity: 0 },
    update: (step) => (parameter, gradient, slots) => {
      const { velocity: before } = slots;
      const g = weightDecay === 0 ? gradient : gradient.add(parameter.mul(weightDecay));
      if (momentum === 0) return { parameter: parameter.sub(g.mul(learningRate)), slots };
      const joining = dampening === 0 ? g : g.where(step.equal(1), g.mul(1 - dampening));
      const velocity = before!.mul(momentum).add(joining);
      const direction = nesterov ? g.add(velocity.mul(momentum)) : velocity;
      return { parameter: parameter.sub(direction.mul(learningRate)), slots: { velocity } };
    },
  });
}
