/** Adam and its variant with decoupled weight decay. */

import { isTransforming } from "../autodiff/recording.ts";
import type { Tensor } from "../values/tensor.ts";
import { checkOption, Optimizer, type Rule } from "./optimizer.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { type KnownOptions, optionsOf } from "../ops/options.ts";

/** The options of `adam` and `adamW`. */
export interface AdamOptions {
  /** The step size; 0.001 unless told otherwise. */
  readonly learningRate?: number;
  /** How much of the means of the gradient and of its square is kept; 0.9 and 0.999. */
  readonly betas?: readonly [number, number];
  /** What keeps the divisor from 0; 1e-8. */
  readonly epsilon?: number;
  /** How strongly parameters are pulled to 0; 0 for `adam`, 0.01 for `adamW`. */
  readonly weightDecay?: number;
  /** Whether to divide by the largest mean square so far (Reddi et al., 2018). */
  readonly amsgrad?: boolean;
}

function adamRule(
  name: string,
  options: Complete,
  decay: (parameter: Tensor, gradient: Tensor) => { parameter: Tensor; gradient: Tensor },
): Rule {
  const { learningRate, betas: [beta1, beta2], epsilon, weightDecay, amsgrad } = options;
  checkOption(name, "learningRate", learningRate);
  checkOption(name, "epsilon", epsilon);
  checkOption(name, "weightDecay", weightDecay);
  for (const beta of [beta1, beta2]) {
    if (typeof beta === "number" && beta >= 0 && beta < 1) continue;
    throw new UsageError(
      `Cannot make ${name}: a beta is ${describe(beta)}, not a number from 0 below 1`,
    );
  }
  /** 1 - beta^step, exact in single precision too. */
  const correction = (beta: number, step: Tensor) => step.mul(Math.log(beta)).expm1().neg();
  return {
    name,
    slots: { mean: 0, square: 0, ...(amsgrad ? { largest: 0 } : {}) },
    update: (step) => {
      const root = correction(beta2, step).sqrt();
      const size = correction(beta1, step).reciprocal().mul(learningRate);
      return (before, change, slots) => {
        const { parameter, gradient } = decay(before, change);
        const { mean: meanBefore, square: squareBefore, largest: largestBefore } = slots;
        const mean = meanBefore!.mul(beta1).add(gradient.mul(1 - beta1));
        const square = squareBefore!.mul(beta2).add(gradient.square().mul(1 - beta2));
        const largest = amsgrad ? largestBefore!.maximum(square) : square;
        // Where no gradient has come it is 0, and its derivative has to be; that takes longer
        const deviation = isTransforming() ? largest.root(2) : largest.sqrt();
        const divisor = deviation.div(root.cast(parameter.dtype)).add(epsilon);
        return {
          parameter: parameter.sub(mean.mul(size.cast(parameter.dtype)).div(divisor)),
          slots: { mean, square, ...(amsgrad ? { largest } : {}) },
        };
      };
    },
  };
}

const adamOptions: KnownOptions<AdamOptions> = {
  learningRate: "0.01",
  betas: null,
  epsilon: null,
  weightDecay: null,
  amsgrad: null,
};

type Complete = Required<AdamOptions>;

/** The options of a call, with the usual ones where there are none. */
function complete(
  name: string,
  options: AdamOptions,
  usualDecay: number,
): Complete {
  const {
    learningRate = 1e-3,
    betas = [0.9, 0.999],
    epsilon = 1e-8,
    weightDecay = usualDecay,
    amsgrad = false,
  } = optionsOf(`make ${name}`, options, adamOptions);
  if (!Array.isArray(betas) && !ArrayBuffer.isView(betas)) {
    throw new UsageError(`Cannot make ${name}: betas are ${describe(betas)}, not two numbers`);
  }
  return { learningRate, betas, epsilon, weightDecay, amsgrad };
}

/**
 * Adam (Kingma and Ba, 2015) with bias correction: each parameter steps by the running mean of its
 * gradient over the root of the running mean of its square. Weight decay joins the gradient. Throws
 * a `UsageError` for an option that is no sensible number.
 *
 * @example The first step is the learning rate, whatever the size of the gradient
 * ```ts
 * import { optim, tensor } from "@turunan/turunan";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const adam = optim.adam({ learningRate: 0.1 });
 * const w = tensor([1]);
 * const { model } = adam.update(w, tensor([1000]), adam.init(w));
 * assertAlmostEquals(model.item(), 0.9, 1e-6);
 * ```
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const all = complete("adam", options, 0);
  return new Optimizer(adamRule("adam", all, (parameter, gradient) => ({
    parameter,
    gradient: all.weightDecay === 0 ? gradient : gradient.add(parameter.mul(all.weightDecay)),
  })));
}

/**
 * Adam with weight decay apart from the gradient (Loshchilov and Hutter, 2019): each step first
 * shrinks the parameters by `learningRate * weightDecay`.
 *
 * @example A parameter without gradient shrinks
 * ```ts
 * import { optim, tensor } from "@turunan/turunan";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const adamW = optim.adamW({ learningRate: 0.1, weightDecay: 0.5 });
 * const w = tensor([1]);
 * const { model } = adamW.update(w, tensor([0]), adamW.init(w));
 * assertAlmostEquals(model.item(), 0.95, 1e-6);
 * ```
 */
export function adamW(options: AdamOptions = {}): Optimizer {
  const all = complete("adamW", options, 0.01);
  return new Optimizer(adamRule("adamW", all, (parameter, gradient) => ({
    parameter: parameter.mul(1 - all.learningRate * all.weightDecay),
    gradient,
  })));
}
