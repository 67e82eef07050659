/** The oracle's programs that are models: from one neuron to recurrent networks. */

import { nn, stack } from "../../src/mod.ts";
import type { Tensor } from "../../src/mod.ts";
import type { Adapters, Inputs } from "./adapters.ts";
import { lookUp } from "./compare.ts";
import { unary } from "./elementwise.ts";

const defaults = { negative_slope: 0.01, alpha: 1, beta: 1, approximate: "none" } as const;

/** An activation by its name. */
export function activate(name: string, x: Tensor): Tensor {
  return lookUp(unary, name)([x] as unknown as Inputs, defaults) as Tensor;
}

/** `x W^T + b`. */
function linear(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  return x.matmul(weight, { transposeB: true }).add(bias);
}

const losses: Readonly<Record<string, nn.Loss>> = {
  mse: nn.meanSquaredError,
  cross_entropy: nn.crossEntropy,
  bce_with_logits: nn.binaryCrossEntropyWithLogits,
  hinge: nn.hinge,
};

/** The rows of `tensor` in equal pieces: the gates of a recurrent cell. */
function gates(tensor: Tensor, count: number): Tensor[] {
  const size = tensor.shape.at(-1)! / count;
  return tensor.split(new Array(count).fill(size), { axis: -1 });
}

/** Models without a memory. */
export const feedForward: Adapters = {
  "program:line_fit": ([x, y, m, b], { loss }) => {
    const error = nn.meanSquaredError(m.mul(x).add(b), y);
    return loss === "rmse" ? error.sqrt() : error;
  },
  "program:neuron": ([x1, x2, w1, w2, b]) => x1.mul(w1).add(x2.mul(w2)).add(b).tanh(),
  "program:logistic_regression": ([X, y, w, b], { l2 }) => {
    const z = X.matmul(w).add(b);
    return z.softplus().sub(y.mul(z)).mean().add(w.square().sum().mul(l2 / 2));
  },
  "program:mlp": ([x, target, ...parameters], { activation, loss }) => {
    let h = x;
    for (let i = 0; i < parameters.length; i += 2) {
      h = linear(i === 0 ? h : activate(activation, h), parameters[i]!, parameters[i + 1]!);
    }
    return lookUp(losses, loss, "loss")(h, target);
  },
  "program:tied_autoencoder": ([x, W, b, c]) => {
    const code = x.matmul(W).add(b).tanh();
    return nn.meanSquaredError(linear(code, W, c), x);
  },
  "program:embedding_classifier": ([tokens, classes, table, W, b]) =>
    nn.crossEntropy(linear(table.take(tokens).mean(1), W, b), classes),
  "program:convnet": ([images, classes, w, b, W, c]) => {
    const features = images.conv2d(w, { bias: b }).relu().maxPool2d(2).flatten(1);
    return nn.crossEntropy(linear(features, W, c), classes);
  },
};

/** Recurrent networks. */
export const recurrent: Adapters = {
  "program:rnn": ([xs, target, Wxh, Whh, bh, Why, by], { loss_at }) => {
    let h = xs.slice([0]).matmul(Wxh, { transposeB: true }).mul(0);
    const losses = xs.unbind().map((x) => {
      h = linear(x, Wxh, bh).add(h.matmul(Whh, { transposeB: true })).tanh();
      return nn.meanSquaredError(linear(h, Why, by), target);
    });
    return loss_at === "last" ? losses.at(-1)! : stack(losses).sum();
  },
  "program:lstm": ([xs, start, cell, Wi, Wh, b]) => {
    let [h, c] = [start, cell];
    for (const x of xs.unbind()) {
      const [i, f, g, o] = gates(linear(x, Wi, b).add(h.matmul(Wh, { transposeB: true })), 4) as [
        Tensor,
        Tensor,
        Tensor,
        Tensor,
      ];
      c = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()));
      h = o.sigmoid().mul(c.tanh());
    }
    return h;
  },
  "program:gru": ([xs, start, Wi, Wh, bi, bh]) => {
    let h = start;
    for (const x of xs.unbind()) {
      const [ri, zi, ni] = gates(linear(x, Wi, bi), 3) as [Tensor, Tensor, Tensor];
      const [rh, zh, nh] = gates(linear(h, Wh, bh), 3) as [Tensor, Tensor, Tensor];
      const z = zi.add(zh).sigmoid();
      const n = ni.add(ri.add(rh).sigmoid().mul(nh)).tanh();
      h = n.lerp(h, z);
    }
    return h;
  },
};
