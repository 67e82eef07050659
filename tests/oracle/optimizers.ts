/** Checks of the optimizers: ten steps on a small problem, in place and by pure updates. */

import { nn, optim, type Tensor } from "../../src/mod.ts";
import { type Case, type Listed, toTensor } from "./cases.ts";
import { expectNumber, expectTensor, lookUp, Missing } from "./compare.ts";

/** Hyperparameters by the names that PyTorch gives them. */
// deno-lint-ignore no-explicit-any -- numbers, pairs and truth values
type Hyperparameters = Readonly<Record<string, any>>;

const adamOptions = ({ lr, betas, eps, weight_decay, amsgrad }: Hyperparameters) => ({
  ...(lr === undefined ? {} : { learningRate: lr }),
  ...(betas === undefined ? {} : { betas }),
  ...(eps === undefined ? {} : { epsilon: eps }),
  ...(weight_decay === undefined ? {} : { weightDecay: weight_decay }),
  ...(amsgrad === undefined ? {} : { amsgrad }),
});

const optimizers: Readonly<Record<string, (given: Hyperparameters) => optim.Optimizer>> = {
  SGD: ({ lr = 1e-3, momentum, dampening, nesterov, weight_decay }) =>
    optim.sgd({ learningRate: lr, momentum, dampening, nesterov, weightDecay: weight_decay }),
  Adam: (given) => optim.adam(adamOptions(given)),
  AdamW: (given) => optim.adamW(adamOptions(given)),
};

function make(name: string, given: Hyperparameters): optim.Optimizer {
  const optimizer = lookUp(optimizers, name, "optimizer");
  if (given.maximize) throw new Missing(`${name} that maximizes`);
  return optimizer(given);
}

/** The oracle's problem: the loss of a linear layer with the parameters `[W, b]`. */
function problem(test: Case): (parameters: readonly Tensor[]) => Tensor {
  const inputs = toTensor(test.X);
  const targets = toTensor(test.Y);
  return ([weight, bias]) =>
    nn.meanSquaredError(inputs.matmul(weight!, { transposeB: true }).add(bias!), targets);
}

/** One optimizer for all parameters, or one for each group of them. */
function groupsOf(test: Case): { optimizer: optim.Optimizer; members: readonly number[] }[] {
  if (test.kind === "optimizer") {
    return [{ optimizer: make(test.optimizer, test.given), members: [0, 1] }];
  }
  return test.groups.map(({ params, ...given }: Hyperparameters) => ({
    optimizer: make(test.optimizer, given),
    members: params,
  }));
}

/** Every loss, gradient and parameter of the run. */
export function checkOptimizer(test: Case): void {
  checkInPlace(test);
  checkUpdates(test);
}

function checkInPlace(test: Case): void {
  const loss = problem(test);
  const groups = groupsOf(test);
  const parameters: Tensor[] = test.params.map((listed: Listed) =>
    toTensor(listed, { requiresGrad: true })
  );
  for (const [k, step] of test.steps.entries()) {
    parameters.forEach((parameter) => parameter.zeroGrad());
    const now = loss(parameters);
    expectNumber(`loss before step ${k}`, now.item(), step.loss);
    now.backward();
    parameters.forEach((parameter, i) =>
      expectTensor(`gradient ${i} of step ${k}`, parameter.grad!, step.grads[i])
    );
    for (const { optimizer, members } of groups) optimizer.step(members.map((i) => parameters[i]!));
    parameters.forEach((parameter, i) =>
      expectTensor(`parameter ${i} after step ${k}`, parameter, step.params[i])
    );
  }
}

/** The same by `update`, from the gradients that the oracle gives. */
function checkUpdates(test: Case): void {
  for (const { optimizer, members } of groupsOf(test)) {
    let model: Tensor[] = members.map((i) => toTensor(test.params[i]));
    let state = optimizer.init(model);
    for (const [k, step] of test.steps.entries()) {
      const gradients = members.map((i) => toTensor(step.grads[i]));
      ({ model, state } = optimizer.update(model, gradients, state));
      model.forEach((parameter, i) =>
        expectTensor(`parameter ${i} updated by step ${k}`, parameter, step.params[members[i]!])
      );
    }
  }
}
