/** What operations make of infinities, NaN, ties and numbers that a careless formula loses. */

/** A call with flat inputs, in both precisions, and its result. */
export interface Special {
  readonly op: string;
  /** Flat inputs; truth values are booleans. */
  readonly inputs: readonly (readonly (number | boolean)[])[];
  readonly result: readonly number[];
  readonly attributes?: unknown;
}

const inf = Infinity;
const nan = NaN;
const all = { first: 0, last: 0 };
const along = { axis: 0 };

/** One row for each. */
export const specials: readonly Special[] = [
  { op: "div", inputs: [[1, -1, 0], [0, 0, 0]], result: [inf, -inf, nan] },
  { op: "reciprocal", inputs: [[0, inf]], result: [inf, 0] },
  { op: "sign", inputs: [[inf, -inf, nan]], result: [1, -1, 0] },
  { op: "abs", inputs: [[-inf, nan]], result: [inf, nan] },
  { op: "sqrt", inputs: [[0, inf, -1]], result: [0, inf, nan] },
  { op: "rsqrt", inputs: [[0, inf]], result: [inf, 0] },
  { op: "pow", inputs: [[0, 0, -2, -8, 0], [0, 2, 3, 1 / 3, -1]], result: [1, 0, -8, nan, inf] },
  { op: "hypot", inputs: [[3e30, inf, 0], [4e30, 1, 0]], result: [5e30, inf, 0] },
  { op: "remainder", inputs: [[-1, 1, 6, 5], [3, -3, 3, inf]], result: [2, -2, 0, 5] },
  { op: "fmod", inputs: [[-1, 1, 5], [3, -3, inf]], result: [-1, 1, 5] },
  {
    op: "round",
    inputs: [[0.5, 1.5, 2.5, -1.5, -2.5, 1e9, inf]],
    result: [0, 2, 2, -2, -2, 1e9, inf],
  },
  { op: "trunc", inputs: [[-1.9, 1.9, -inf]], result: [-1, 1, -inf] },
  { op: "exp", inputs: [[1000, -1000, inf, -inf]], result: [inf, 0, inf, 0] },
  { op: "expm1", inputs: [[1e-12, -1000]], result: [1e-12, -1] },
  { op: "log", inputs: [[0, -1, inf]], result: [-inf, nan, inf] },
  { op: "log1p", inputs: [[1e-12, -1]], result: [1e-12, -inf] },
  {
    op: "logaddexp",
    inputs: [[1000, -inf, -inf, 1000], [1000, -inf, 3, 0]],
    result: [1000 + Math.LN2, -inf, 3, 1000],
  },
  { op: "tanh", inputs: [[1000, -1000, 1e-12, inf]], result: [1, -1, 1e-12, 1] },
  { op: "sinh", inputs: [[1e-12, inf]], result: [1e-12, inf] },
  { op: "asinh", inputs: [[1e-12, -1e30]], result: [1e-12, -(Math.LN2 + 30 * Math.LN10)] },
  { op: "atanh", inputs: [[1, 1e-12]], result: [inf, 1e-12] },
  { op: "atan", inputs: [[inf, -inf]], result: [Math.PI / 2, -Math.PI / 2] },
  { op: "atan2", inputs: [[0, 1, -1], [-1, 0, 0]], result: [Math.PI, Math.PI / 2, -Math.PI / 2] },
  { op: "sigmoid", inputs: [[1000, -1000, inf, -inf, 0]], result: [1, 0, 1, 0, 0.5] },
  {
    op: "softplus",
    inputs: [[1000, -1000, inf, -20]],
    result: [1000, 0, inf, 2.061153620314381e-9],
  },
  { op: "relu", inputs: [[nan, inf, -inf]], result: [nan, inf, 0] },
  { op: "leakyRelu", inputs: [[nan, -10]], result: [nan, -1], attributes: { slope: 0.1 } },
  { op: "elu", inputs: [[nan, -1000]], result: [nan, -1], attributes: { alpha: 1 } },
  { op: "erf", inputs: [[10, -10, inf, nan]], result: [1, -1, 1, nan] },
  { op: "erfc", inputs: [[-10, inf, 5]], result: [2, 0, 1.5374597944280349e-12] },
  {
    op: "normalCdf",
    inputs: [[-inf, inf, nan, 0, -5]],
    result: [0, 1, nan, 0.5, 2.866515718791939e-7],
  },
  { op: "maximum", inputs: [[nan, 1, -inf], [1, nan, -inf]], result: [nan, nan, -inf] },
  { op: "minimum", inputs: [[nan, 1, inf], [1, nan, inf]], result: [nan, nan, inf] },
  {
    op: "clamp",
    inputs: [[nan, inf, -inf]],
    result: [nan, 2, -1],
    attributes: { min: -1, max: 2 },
  },
  { op: "equal", inputs: [[nan, inf, 0], [nan, inf, -0]], result: [0, 1, 1] },
  { op: "notEqual", inputs: [[nan, inf], [nan, inf]], result: [1, 0] },
  { op: "less", inputs: [[nan, 1, -inf], [1, nan, inf]], result: [0, 0, 1] },
  { op: "greaterEqual", inputs: [[nan, 1, inf], [1, nan, inf]], result: [0, 0, 1] },
  { op: "logicalNot", inputs: [[-0, nan, 2]], result: [1, 0, 0] },
  { op: "isNaN", inputs: [[nan, inf, 0]], result: [1, 0, 0] },
  { op: "isFinite", inputs: [[nan, inf, -inf, 0]], result: [0, 0, 0, 1] },
  { op: "where", inputs: [[true, false], [2, nan], [nan, 3]], result: [2, 3] },
  { op: "sum", inputs: [[]], result: [0], attributes: all },
  { op: "sum", inputs: [[inf, -inf]], result: [nan], attributes: all },
  { op: "max", inputs: [[1, nan, 2]], result: [nan], attributes: all },
  { op: "max", inputs: [[-inf, -inf]], result: [-inf], attributes: all },
  { op: "min", inputs: [[1, nan, 0]], result: [nan], attributes: all },
  { op: "argmax", inputs: [[1, 3, 3, 2]], result: [1], attributes: all },
  { op: "argmax", inputs: [[1, nan, 3, nan]], result: [1], attributes: all },
  { op: "argmin", inputs: [[2, 1, 1, 2]], result: [1], attributes: all },
  { op: "logsumexp", inputs: [[1000, 1000]], result: [1000 + Math.LN2], attributes: all },
  { op: "logsumexp", inputs: [[-1000, -1000]], result: [-1000 + Math.LN2], attributes: all },
  { op: "logsumexp", inputs: [[-inf, -inf]], result: [-inf], attributes: all },
  { op: "logsumexp", inputs: [[inf, 1]], result: [inf], attributes: all },
  { op: "logsumexp", inputs: [[]], result: [-inf], attributes: all },
  { op: "softmax", inputs: [[1000, 1000, -1000]], result: [0.5, 0.5, 0], attributes: along },
  { op: "softmax", inputs: [[-inf, 0]], result: [0, 1], attributes: along },
  { op: "softmax", inputs: [[-inf, -inf]], result: [nan, nan], attributes: along },
  { op: "softmax", inputs: [[nan, 0]], result: [nan, nan], attributes: along },
  { op: "logSoftmax", inputs: [[1000, 0]], result: [0, -1000], attributes: along },
  { op: "logSoftmax", inputs: [[0, -inf]], result: [0, -inf], attributes: along },
  {
    op: "argsort",
    inputs: [[2, nan, inf, 1, 2, -inf]],
    result: [5, 3, 0, 4, 2, 1],
    attributes: { axis: 0, descending: false },
  },
  {
    op: "argsort",
    inputs: [[2, nan, inf, 1, 2, -inf]],
    result: [1, 2, 0, 4, 3, 5],
    attributes: { axis: 0, descending: true },
  },
  { op: "cast", inputs: [[nan, -1.7, 1.7]], result: [0, -1, 1], attributes: { dtype: "int32" } },
  { op: "cast", inputs: [[0, -0, 256, 0.1]], result: [0, 0, 1, 1], attributes: { dtype: "bool" } },
];
