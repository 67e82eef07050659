/** The oracle's programs of a few lines: chains, classics and what goes wrong in other engines. */

import { concat, einsum, stack, where } from "../../src/mod.ts";
import type { Tensor } from "../../src/mod.ts";
import type { Adapters } from "./adapters.ts";
import { lookUp } from "./compare.ts";
import { elementwise } from "./elementwise.ts";

/** `f` applied to its own result, `count` times. */
function repeated<T>(count: number, start: T, f: (y: T) => T): T {
  let y = start;
  for (let i = 0; i < count; i++) y = f(y);
  return y;
}

/** Values used several times, and long or wide graphs. */
export const chains: Adapters = {
  "program:accumulate": ([w, rows]) => {
    let s = w.slice([0]).mul(0);
    let total = s;
    for (const [i, row] of rows.unbind().entries()) {
      s = s.add(w.slice([i]).mul(row));
      total = total.add(s.mul(s).sum());
    }
    return total;
  },
  "program:deep_chain": ([x], { n }) => repeated(n, x, (y) => y.mul(0.999).add(x.mul(0.002))),
  "program:diamond": ([x]) => {
    const u = x.mul(2);
    const v = u.add(x);
    const w = u.mul(v);
    return w.mul(w).sub(w.mul(u)).add(v.div(x.square().add(1))).sum();
  },
  "program:doubling": ([x], { n }) => repeated(n, x, (y) => y.add(y)),
  "program:fibonacci": ([x], { n }) =>
    repeated(n, [x, x.mul(x)] as const, ([u, v]) => [v, u.mul(v).mul(0.5).add(x)] as const)[1],
  "program:horner": ([x, coefficients]) =>
    coefficients.unbind().reduce((y, c) => y.mul(x).add(c), x.mul(0)),
  "program:power_series": ([x], { n }) => {
    let power = x;
    let sum = x;
    for (let k = 2; k <= n; k++) {
      power = power.mul(x);
      sum = sum.add(power.div(k));
    }
    return sum;
  },
  "program:sine_chain": ([x], { n }) => repeated(n, x, (y) => y.sin().add(x)),
  "program:squaring": ([x], { n }) => repeated(n, x, (y) => y.mul(y)),
  "program:micrograd_sanity": ([x]) => {
    const z = x.mul(2).add(2).add(x);
    const q = z.relu().add(z.mul(x));
    return z.mul(z).relu().add(q).add(q.mul(x));
  },
  "program:micrograd_more": ([a, b]) => {
    let c = a.add(b);
    let d = a.mul(b).add(b.pow(3));
    c = c.add(c).add(1);
    c = c.add(1).add(c).sub(a);
    d = d.add(d.mul(2)).add(b.add(a).relu());
    d = d.add(d.mul(3)).add(b.sub(a).relu());
    const f = c.sub(d).square();
    return f.div(2).add(f.fillLike(10).div(f));
  },
};

/** Functions that optimisers are tried on, and statistics. */
export const classics: Adapters = {
  "program:ackley": ([x]) =>
    x.square().mean().sqrt().mul(-0.2).exp().mul(-20)
      .sub(x.mul(2 * Math.PI).cos().mean().exp()).add(20 + Math.E),
  "program:rosenbrock": ([x]) => {
    const here = x.slice([{ stop: -1 }]);
    const next = x.slice([{ start: 1 }]);
    return next.sub(here.square()).square().mul(100).add(here.neg().add(1).square()).sum();
  },
  "program:moments": ([x]) => {
    const mean = x.mean();
    const std = x.std();
    const standard = x.sub(mean).div(std);
    return stack([mean, std, standard.pow(3).mean(), standard.pow(4).mean()]);
  },
  "program:manual_softmax": ([x]) => {
    const e = x.sub(x.max(-1, { keepDims: true })).exp();
    return e.div(e.sum(-1, { keepDims: true }));
  },
  "program:manual_layer_norm": ([x, g, b]) => {
    const centred = x.sub(x.mean(-1, { keepDims: true }));
    const variance = centred.square().mean(-1, { keepDims: true });
    return centred.div(variance.add(1e-5).sqrt()).mul(g).add(b);
  },
  "program:pairwise_distance": ([x, y]) =>
    x.unsqueeze(1).sub(y.unsqueeze(0)).square().sum(2).add(1e-6).sqrt(),
  "program:gaussian_kl": ([mu, logvar]) =>
    logvar.add(1).sub(mu.square()).sub(logvar.exp()).sum().mul(-0.5),
  "program:gaussian_mixture_nll": ([data, logits, mean, logstd]) => {
    const standard = data.unsqueeze(1).sub(mean).div(logstd.exp());
    const logDensity = standard.square().mul(-0.5).sub(logstd).sub(0.5 * Math.log(2 * Math.PI));
    return logDensity.add(logits.logSoftmax()).logsumexp(1).mean().neg();
  },
  "program:power_iteration": ([A, start], { steps }) => {
    const v = repeated(steps, start, (v) => {
      const next = A.matmul(v);
      return next.div(next.norm());
    });
    return v.matmul(A.matmul(v));
  },
  "program:unrolled_sgd": ([start, rate, A, r], { steps }) => {
    const residual = (w: Tensor) => A.matmul(w).sub(r);
    const w = repeated(
      steps,
      start,
      (w) => w.sub(rate.mul(A.matmul(residual(w), { transposeA: true }))),
    );
    return residual(w).square().sum();
  },
};

/** Stopped gradients, and infinities in branches that are not taken. */
export const branches: Adapters = {
  "program:stop_gradient": ([x]) => x.mul(x.stopGradient()),
  "program:straight_through": ([x, w]) => w.mul(x.add(x.round().sub(x).stopGradient())),
  "program:safe_sqrt": ([x]) => {
    const isPositive = x.greater(0);
    return where(isPositive, where(isPositive, x, 1).sqrt(), 0);
  },
  "program:unsafe_sqrt": ([x]) => where(x.greater(0), x.sqrt(), 0),
};

const withItself: Adapters = {
  matmul_t: ([v]) => v.matmul(v, { transposeB: true }),
  matmul: ([v]) => v.matmul(v),
  concat: ([v]) => concat([v, v]),
  stack: ([v]) => stack([v, v]),
  where: ([v]) => v.where(v.greater(0), v.mul(v)),
  row_times_column: ([v]) => v.slice([{ stop: 1 }]).mul(v.slice([null, { stop: 1 }])),
  outer: ([v]) => v.flatten().outer(v.flatten()),
  einsum: ([v]) => einsum("ij,ij->i", v, v),
};

/** One tensor as both inputs of an op. */
export const self: Adapters = {
  "program:self": (inputs, { op }) => {
    const [v, ...rest] = inputs;
    const adapter = lookUp({ ...elementwise, ...withItself }, op);
    return adapter([v, v, ...rest] as unknown as typeof inputs, {});
  },
};
