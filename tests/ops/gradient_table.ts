/** The gradient table: for every operation where its derivatives are checked. */

import type { Shape } from "../../src/ops/shape.ts";
import { tensor } from "../../src/values/creation.ts";
import { Random } from "../../src/values/random.ts";
import type { Tensor } from "../../src/values/tensor.ts";

/** Intervals to sample from, which leave out kinks and poles. */
export type Domain = readonly (readonly [low: number, high: number])[];

/** One call of an operation: differentiable tensors are float64, others are held fixed. */
export interface Call {
  readonly inputs: readonly Tensor[];
  readonly attributes?: unknown;
}

const random = new Random(20);

/** A number from a domain. */
export function sample(domain: Domain): number {
  const [low, high] = domain[random.integer(domain.length)]!;
  return low + (high - low) * random.next();
}

function sampled(shape: Shape, domain: Domain = anywhere): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const numbers = Float64Array.from({ length: size }, () => sample(domain));
  return tensor(numbers, { shape });
}

function indices(values: number[] | number[][]): Tensor {
  return tensor(values, { dtype: "int32" });
}

/** Numbers that are all different, so that no extreme is a tie. */
function distinct(shape: Shape): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(Float64Array.from(random.permutation(size), (i) => i / 3 - 1), { shape });
}

/** Where most operations are smooth. */
export const anywhere: Domain = [[-2, 2]];
const positive: Domain = [[0.3, 3]];
const nonzero: Domain = [[-2, -0.3], [0.3, 2]];
const inner: Domain = [[-0.9, 0.9]];
const small: Domain = [[-0.8, -0.2], [0.2, 0.8]];
const betweenSteps: Domain = [[-1.8, -1.2], [-0.8, -0.7], [0.2, 0.4], [1.1, 1.4], [1.6, 1.9]];

/** Where to sample the inputs of an elementwise operation, and its attributes. */
export interface Row {
  readonly domains: readonly Domain[];
  readonly attributes?: unknown;
}

/** For each elementwise operation where to sample its inputs, and its attributes. */
export const scalars: Record<string, Row> = {
  add: { domains: [anywhere, anywhere] },
  sub: { domains: [anywhere, anywhere] },
  mul: { domains: [anywhere, anywhere] },
  div: { domains: [anywhere, nonzero] },
  neg: { domains: [anywhere] },
  reciprocal: { domains: [nonzero] },
  abs: { domains: [nonzero] },
  sign: { domains: [nonzero] },
  remainder: { domains: [[[-1.7, -1.3], [0.2, 0.8], [2.3, 2.7]], [[-1.05, -0.95], [0.95, 1.05]]] },
  fmod: { domains: [[[-1.7, -1.3], [0.2, 0.8], [2.3, 2.7]], [[-1.05, -0.95], [0.95, 1.05]]] },
  floor: { domains: [betweenSteps] },
  ceil: { domains: [betweenSteps] },
  round: { domains: [betweenSteps] },
  trunc: { domains: [betweenSteps] },
  square: { domains: [anywhere] },
  sqrt: { domains: [positive] },
  rsqrt: { domains: [positive] },
  power: { domains: [nonzero], attributes: { exponent: 3, lower: 2 } },
  pow: { domains: [positive, nonzero] },
  hypot: { domains: [nonzero, nonzero] },
  exp: { domains: [anywhere] },
  exp2: { domains: [anywhere] },
  expm1: { domains: [anywhere] },
  log: { domains: [positive] },
  log2: { domains: [positive] },
  log10: { domains: [positive] },
  log1p: { domains: [[[-0.7, 2]]] },
  logaddexp: { domains: [anywhere, anywhere] },
  sin: { domains: [anywhere] },
  cos: { domains: [anywhere] },
  tan: { domains: [[[-1.2, 1.2]]] },
  asin: { domains: [inner] },
  acos: { domains: [inner] },
  atan: { domains: [anywhere] },
  atan2: { domains: [nonzero, nonzero] },
  sinh: { domains: [anywhere] },
  cosh: { domains: [anywhere] },
  tanh: { domains: [anywhere] },
  asinh: { domains: [anywhere] },
  acosh: { domains: [[[1.2, 3]]] },
  atanh: { domains: [inner] },
  sigmoid: { domains: [anywhere] },
  softplus: { domains: [anywhere] },
  relu: { domains: [nonzero] },
  leakyRelu: { domains: [nonzero], attributes: { slope: 0.1 } },
  elu: { domains: [nonzero], attributes: { alpha: 1.3 } },
  erf: { domains: [anywhere] },
  erfc: { domains: [anywhere] },
  normalCdf: { domains: [anywhere] },
  maximum: { domains: [[[0, 1]], [[-2, -0.1], [1.1, 2]]] },
  minimum: { domains: [[[0, 1]], [[-2, -0.1], [1.1, 2]]] },
  clamp: {
    domains: [[[-2, -1.1], [-0.9, 0.9], [1.1, 2]]],
    attributes: { min: -1, max: 1 },
  },
  hardtanh: {
    domains: [[[-2, -1.1], [-0.9, 0.9], [1.1, 2]]],
    attributes: { min: -1, max: 1 },
  },
  equal: { domains: [small, nonzero] },
  notEqual: { domains: [small, nonzero] },
  less: { domains: [[[0, 1]], [[-2, -0.1], [1.1, 2]]] },
  lessEqual: { domains: [[[0, 1]], [[-2, -0.1], [1.1, 2]]] },
  greater: { domains: [[[0, 1]], [[-2, -0.1], [1.1, 2]]] },
  greaterEqual: { domains: [[[0, 1]], [[-2, -0.1], [1.1, 2]]] },
  logicalAnd: { domains: [nonzero, nonzero] },
  logicalOr: { domains: [nonzero, nonzero] },
  logicalXor: { domains: [nonzero, nonzero] },
  logicalNot: { domains: [nonzero] },
  isNaN: { domains: [anywhere] },
  isFinite: { domains: [anywhere] },
  identity: { domains: [anywhere] },
};

const shapesOfOne: readonly (readonly Shape[])[] = [[[]], [[2, 3]], [[0, 2]]];
const shapesOfTwo: readonly (readonly Shape[])[] = [
  [[], []],
  [[2, 3], [2, 3]],
  [[2, 3], [3]],
  [[2, 1], [1, 3]],
  [[], [2]],
  [[2, 0], [1]],
];

/** The calls of an elementwise operation, over shapes that broadcast. */
export function elementwiseCalls({ domains, attributes }: Row): Call[] {
  return (domains.length === 1 ? shapesOfOne : shapesOfTwo).map((shapes) => ({
    inputs: shapes.map((shape, i) => sampled(shape, domains[i]!)),
    attributes,
  }));
}

/** A reduction over each run of axes of a small array. */
function overRuns(make: (shape: Shape) => Tensor): Call[] {
  return [[0, 0], [1, 1], [2, 2], [0, 1], [1, 2], [0, 2]].map(([first, last]) => ({
    inputs: [make([2, 3, 2])],
    attributes: { first, last },
  }));
}

/** An operation along each axis of a small array. */
function alongAxes(extra: object, make: (shape: Shape) => Tensor = sampled): Call[] {
  return [0, 1, 2].map((axis) => ({
    inputs: [make([2, 3, 2])],
    attributes: { axis, ...extra },
  }));
}

const place = { starts: [1, 3], steps: [1, -2], lengths: [1, 2] };

const overlapping = { lengths: [2], strides: [1], dilations: [4], axes: [0, 1, 2] };
const windows = { lengths: [2, 2], strides: [2, 1], dilations: [1, 1], axes: [3, 0, 1, 4, 2] };

/** For every other operation the calls to check. */
export const others: Record<string, readonly Call[]> = {
  where: [
    { inputs: [tensor([true, false, true]), sampled([2, 3]), sampled([2, 1])] },
    { inputs: [tensor([[true], [false]]), sampled([]), sampled([3])] },
  ],
  reshape: [
    { inputs: [sampled([2, 3])], attributes: { shape: [3, 2] } },
    { inputs: [sampled([1])], attributes: { shape: [] } },
    { inputs: [sampled([0, 2])], attributes: { shape: [4, 0] } },
  ],
  permute: [
    { inputs: [sampled([2, 3])], attributes: { axes: [1, 0] } },
    { inputs: [sampled([2, 3, 2])], attributes: { axes: [2, 0, 1] } },
  ],
  broadcastTo: [
    { inputs: [sampled([3, 1])], attributes: { shape: [2, 3, 2] } },
    { inputs: [sampled([])], attributes: { shape: [2] } },
    { inputs: [sampled([1])], attributes: { shape: [0] } },
  ],
  sum: [...overRuns(sampled), { inputs: [sampled([0, 2])], attributes: { first: 0, last: 0 } }],
  slice: [
    { inputs: [sampled([3, 4])], attributes: place },
    { inputs: [sampled([3, 4])], attributes: { starts: [0, 0], steps: [2, 3], lengths: [2, 2] } },
    { inputs: [sampled([3])], attributes: { starts: [1], steps: [1], lengths: [0] } },
  ],
  unslice: [{ inputs: [sampled([1, 2])], attributes: { ...place, shape: [3, 4], value: 5 } }],
  overwrite: [{ inputs: [sampled([3, 4]), sampled([1, 2])], attributes: place }],
  band: [{ inputs: [sampled([2, 3, 4])], attributes: { lowest: -1, highest: 1 } }],
  concat: [
    { inputs: [sampled([1, 2]), sampled([2, 2]), sampled([1, 2])], attributes: { axis: 0 } },
    { inputs: [sampled([0, 2]), sampled([1, 2])], attributes: { axis: 0 } },
    { inputs: [sampled([2, 1]), sampled([2, 2])], attributes: { axis: 1 } },
  ],
  cast: [{ inputs: [sampled([3])], attributes: { dtype: "float64" } }, {
    inputs: [sampled([3], betweenSteps)],
    attributes: { dtype: "int32" },
  }, { inputs: [sampled([3], nonzero)], attributes: { dtype: "bool" } }],
  max: overRuns(distinct),
  min: overRuns(distinct),
  argmax: overRuns(distinct),
  argmin: overRuns(distinct),
  logsumexp: overRuns(sampled),
  softmax: alongAxes({}),
  logSoftmax: alongAxes({}),
  cumsum: [...alongAxes({ reverse: false }), ...alongAxes({ reverse: true })],
  argsort: [
    ...alongAxes({ descending: false }, distinct),
    ...alongAxes({ descending: true }, distinct),
  ],
  matmul: [[false, false], [true, false], [false, true], [true, true]].flatMap(
    ([transposeA, transposeB]) => {
      const left = transposeA ? [3, 2] : [2, 3];
      const right = transposeB ? [2, 3] : [3, 2];
      const attributes = { transposeA, transposeB };
      return [
        { inputs: [sampled(left), sampled(right)], attributes },
        { inputs: [sampled([2, 1, ...left]), sampled([2, ...right])], attributes },
      ];
    },
  ),
  gather: [
    { inputs: [sampled([3, 2]), indices([[2, 0], [2, -1]])], attributes: { axis: 0 } },
    { inputs: [sampled([3, 2]), indices([[1], [1]])], attributes: { axis: 1 } },
  ],
  scatter: [{
    inputs: [sampled([2, 2]), indices([[2, 0], [2, 1]])],
    attributes: { axis: 0, shape: [3, 2] },
  }],
  take: [
    { inputs: [sampled([3, 2]), indices([2, 0, 2, -1])], attributes: { axis: 0 } },
    { inputs: [sampled([2, 3]), indices([[2, 0], [1, 1]])], attributes: { axis: 1 } },
  ],
  put: [{ inputs: [sampled([2, 2]), indices([2, 2])], attributes: { axis: 0, shape: [3, 2] } }],
  unfold: [
    { inputs: [sampled([2, 7])], attributes: overlapping },
    { inputs: [sampled([2, 4, 3])], attributes: windows },
  ],
  fold: [
    { inputs: [sampled([2, 3, 2])], attributes: { ...overlapping, shape: [2, 7] } },
    { inputs: [sampled([2, 2, 2, 2, 2])], attributes: { ...windows, shape: [2, 4, 3] } },
  ],
};

/** Operations that finite differences cannot check, with the reason. */
export const exempt: Record<string, string> = {
  stopGradient: "its derivative is meant to differ from that of the function",
  oneHot: "it takes integers only",
};
