/** What programs do first: the functions that run here are compiled ahead. */

import type * as turunan from "../../src/mod.ts";
import type { nn, optim, Tensor } from "../../src/mod.ts";

type State = optim.OptimizerState<nn.Sequential>;

/** Trains a classifier and a small network for regression for one step each. */
export default function firstSteps(
  { compile, nn, optim, Random, Tensor, valueAndGrad }: typeof turunan,
): void {
  const random = new Random(0);

  function train(
    model: nn.Sequential,
    optimizer: optim.Optimizer,
    { x, y, loss }: { x: Tensor; y: Tensor; loss: nn.Loss },
  ): void {
    const step = compile((model: nn.Sequential, state: State, x: Tensor, y: Tensor) => {
      const lossOf = (model: nn.Sequential) => loss(model.forward(x), y);
      const [value, gradients] = valueAndGrad(lossOf)(model);
      return { value, ...optimizer.update(model, gradients, state) };
    });
    step(model, optimizer.init(model), x, y).value.item();
  }

  train(nn.mlp([784, 128, 10], { random }), optim.adam({ learningRate: 1e-3 }), {
    x: random.uniform([64, 784]),
    y: new Tensor({ shape: [64], dtype: "int32", data: new Int32Array(64) }),
    loss: nn.crossEntropy,
  });
  train(nn.mlp([2, 16, 1], { activation: "tanh", random }), optim.sgd({ learningRate: 0.1 }), {
    x: random.normal([4, 2]),
    y: random.normal([4, 1]),
    loss: nn.meanSquaredError,
  });
}
