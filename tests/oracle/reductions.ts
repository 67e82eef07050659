/** The oracle's ops along axes. */

import type { Adapters } from "./adapters.ts";
import { toNumber } from "./cases.ts";

/** Ops that combine the numbers along axes. */
export const reductions: Adapters = {
  sum: ([x], { axis, keepdims }) => x.sum(axis, { keepDims: keepdims }),
  mean: ([x], { axis, keepdims }) => x.mean(axis, { keepDims: keepdims }),
  max: ([x], { axis, keepdims }) => x.max(axis, { keepDims: keepdims }),
  min: ([x], { axis, keepdims }) => x.min(axis, { keepDims: keepdims }),
  prod: ([x], { axis, keepdims }) => x.prod(axis, { keepDims: keepdims }),
  var: ([x], { axis, keepdims, ddof }) => x.var(axis, { keepDims: keepdims, ddof }),
  std: ([x], { axis, keepdims, ddof }) => x.std(axis, { keepDims: keepdims, ddof }),
  norm: ([x], { axis, keepdims, p }) => x.norm(axis, { keepDims: keepdims, p: toNumber(p) }),
  logsumexp: ([x], { axis, keepdims }) => x.logsumexp(axis, { keepDims: keepdims }),
  any: ([x], { axis, keepdims }) => x.any(axis, { keepDims: keepdims }),
  all: ([x], { axis, keepdims }) => x.all(axis, { keepDims: keepdims }),
  argmax: ([x], { axis, keepdims }) => x.argmax(axis, { keepDims: keepdims }),
  argmin: ([x], { axis, keepdims }) => x.argmin(axis, { keepDims: keepdims }),
  cumsum: ([x], { axis }) => x.cumsum(axis),
  cumprod: ([x], { axis }) => x.cumprod(axis),
  softmax: ([x], { axis }) => x.softmax(axis),
  log_softmax: ([x], { axis }) => x.logSoftmax(axis),
  sort: ([x], { axis, descending }) => x.sort(axis, { descending }),
  top_k: ([x], { k }) => x.topK(k)[0],
  argsort: ([x], { axis, descending }) => x.argsort(axis, { descending }),
};
