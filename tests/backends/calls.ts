/** The calls that a backend is tried on: every operation on a grid of shapes and kinds. */

import { allocate, type DType } from "../../src/ops/dtype.ts";
import type { Block } from "../../src/ops/op.ts";
import { type Shape, sizeOf } from "../../src/ops/shape.ts";
import { Random } from "../../src/values/random.ts";
import { ops } from "../ops/all_ops.ts";
import { scalars } from "../ops/gradient_table.ts";

/** An input: numbers with a shape and a kind. */
export interface Operand extends Block {
  readonly dtype: DType;
}

/** The inputs and attributes of a call. */
export interface Call {
  readonly inputs: readonly Operand[];
  readonly attributes?: unknown;
}

const random = new Random(4);
export const dtypes: readonly DType[] = ["float32", "float64", "int32", "bool"];

/** Eighths from -3 to 3, so that there are ties, halves and zeros, all exact in every kind. */
const anywhere = () => random.integer(49) / 8 - 3;
const positive = () => 0.3 + 2.7 * random.next();
const nonzero = () => (random.integer(2) * 2 - 1) * positive();
const inner = () => 1.8 * random.next() - 0.9;

function operand(shape: Shape, dtype: DType, sample: () => number = anywhere): Operand {
  const data = allocate(dtype, sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    data[i] = dtype === "bool" ? random.integer(2) : sample() * (dtype === "int32" ? 8 : 1);
  }
  return { shape, dtype, data };
}

function indices(shape: Shape, count: number): Operand {
  return operand(shape, "int32", () => (random.integer(2 * count) - count) / 8);
}

const domains: Record<string, readonly (() => number)[]> = {
  sqrt: [positive],
  rsqrt: [positive],
  pow: [positive, nonzero],
  log: [positive],
  log2: [positive],
  log10: [positive],
  log1p: [positive],
  asin: [inner],
  acos: [inner],
  atan2: [nonzero, nonzero],
  acosh: [() => 1 + positive()],
  atanh: [inner],
};

/** More numbers than a backend would leave to JavaScript, and no multiple of a vector's length. */
const large: Shape = [3, 701];

const shapesByArity: readonly (readonly (readonly Shape[])[])[] = [
  [],
  [[[]], [[0]], [[1]], [[5]], [[17]], [[2, 3]], [[3, 0, 2]], [[1, 1, 1]], [[4, 33]], [large]],
  [
    [[], []],
    [[17], [17]],
    [[2, 3], [3]],
    [[2, 1], [1, 3]],
    [[], [7]],
    [[17], []],
    [[2, 3, 4], [3, 1]],
    [[3, 1, 2], [1, 5, 1]],
    [[0], [1]],
    [[2, 0], [2, 1]],
    [[4, 33], [33]],
    [[33, 4], [33, 1]],
    [large, large],
    [large, [701]],
    [[3, 1], large],
    [large, []],
  ],
  [
    [[], [], []],
    [[17], [17], [17]],
    [[3], [2, 1], []],
    [[2, 1], [3], [2, 3]],
    [[1, 5], [3, 1], [3, 5]],
    [[0], [], [1]],
    [large, [3, 1], [701]],
    [[3, 1], large, []],
  ],
];

function elementwiseCalls(name: string, dtype: DType): Call[] {
  const arity = ops[name]!.pullbacks.length;
  return shapesByArity[arity]!.map((shapes) => ({
    inputs: shapes.map((shape, i) =>
      operand(shape, name === "where" && i === 0 ? "bool" : dtype, domains[name]?.[i])
    ),
    attributes: scalars[name]?.attributes,
  }));
}

/** A call for each shape and each choice of attributes that it allows. */
function over(shapes: readonly Shape[], choose: (shape: Shape) => readonly object[]) {
  return (dtype: DType): Call[] =>
    shapes.flatMap((shape) =>
      choose(shape).map((attributes) => ({ inputs: [operand(shape, dtype)], attributes }))
    );
}

const axesOf = (shape: Shape) => shape.map((_, axis) => axis);
const runsOf = (shape: Shape) =>
  axesOf(shape).flatMap((first) => axesOf(shape).slice(first).map((last) => ({ first, last })));
const full: readonly Shape[] = [[5], [1], [2, 3, 4], [17, 5], [3, 1, 33], large, [2, 35, 43]];
const some: readonly Shape[] = [...full, [0], [3, 0, 2]];
const scanned: readonly Shape[] = [[5], [1], [2, 3, 4], [17, 5], [70, 31], [0], [3, 0, 2]];

const products = [[1, 1, 1], [2, 3, 4], [4, 8, 4], [5, 4, 7], [17, 9, 13], [3, 0, 2], [0, 2, 3], [
  33,
  34,
  35,
]];
const batches: readonly (readonly [Shape, Shape])[] = [[[], []], [[2], [2]], [[3, 1], [2]]];

function productCalls(dtype: DType): Call[] {
  return products.flatMap(([rows, inner, columns]) =>
    batches.flatMap(([left, right]) =>
      [[false, false], [true, false], [false, true], [true, true]].map((
        [transposeA, transposeB],
      ) => ({
        inputs: [
          operand([...left, ...(transposeA ? [inner!, rows!] : [rows!, inner!])], dtype),
          operand([...right, ...(transposeB ? [columns!, inner!] : [inner!, columns!])], dtype),
        ],
        attributes: { transposeA, transposeB },
      }))
    )
  );
}

const place = { starts: [1, 3], steps: [1, -2], lengths: [2, 2] };

const windows = { lengths: [3], strides: [1], dilations: [1], axes: [0, 1, 2] };

const calls: Record<string, (dtype: DType) => readonly Call[]> = {
  reshape: over([[2, 3], [0, 2]], ([m, n]) => [{ shape: [n, m] }, { shape: [m! * n!] }]),
  permute: over([[2, 3, 4], [3, 0, 2], [1, 17, 5], [7, 15, 31]], () => [
    { axes: [0, 2, 1] },
    { axes: [2, 0, 1] },
    { axes: [2, 1, 0] },
  ]),
  broadcastTo: over([[3, 1], [1, 5], [5], [], [3, 5]], () => [{ shape: [2, 3, 5] }]),
  sum: over(some, (shape) => [...runsOf(shape), { first: shape.length, last: shape.length - 1 }]),
  slice: over(
    [[3, 4], [5, 17], large],
    () => [place, { starts: [0, 1], steps: [2, 1], lengths: [2, 3] }],
  ),
  unslice: over([[2, 2]], () => [{ ...place, shape: [3, 4], value: 1 }]),
  overwrite: (dtype) => [
    { inputs: [operand([3, 4], dtype), operand([2, 2], dtype)], attributes: place },
  ],
  band: over([[51, 47], [5, 4], [2, 3, 17], [1, 1], [2, 0]], () => [
    { lowest: -Infinity, highest: 0 },
    { lowest: 1, highest: Infinity },
    { lowest: -1, highest: 2 },
  ]),
  concat: (dtype) => [
    { inputs: [[2, 3], [1, 3], [0, 3]].map((s) => operand(s, dtype)), attributes: { axis: 0 } },
    { inputs: [[2, 3], [2, 17]].map((s) => operand(s, dtype)), attributes: { axis: 1 } },
    { inputs: [[2, 1, 3], [2, 4, 3]].map((s) => operand(s, dtype)), attributes: { axis: 1 } },
  ],
  cast: over([[17], [], [0], large], () => dtypes.map((dtype) => ({ dtype }))),
  max: over(full, runsOf),
  min: over(full, runsOf),
  argmax: over(full, runsOf),
  argmin: over(full, runsOf),
  logsumexp: over(full, runsOf),
  softmax: over(scanned, (shape) => axesOf(shape).map((axis) => ({ axis }))),
  logSoftmax: over(scanned, (shape) => axesOf(shape).map((axis) => ({ axis }))),
  cumsum: over(
    scanned,
    (shape) => axesOf(shape).flatMap((axis) => [true, false].map((reverse) => ({ axis, reverse }))),
  ),
  argsort: over(
    scanned,
    (shape) =>
      axesOf(shape).flatMap((axis) => [true, false].map((descending) => ({ axis, descending }))),
  ),
  matmul: productCalls,
  gather: (dtype) => [
    { inputs: [operand([3, 4], dtype), indices([5, 4], 3)], attributes: { axis: 0 } },
    { inputs: [operand([3, 4], dtype), indices([2, 1], 4)], attributes: { axis: 1 } },
    { inputs: [operand([3], dtype), indices([0], 3)], attributes: { axis: 0 } },
  ],
  scatter: (dtype) => [
    {
      inputs: [operand([5, 4], dtype), indices([5, 4], 3)],
      attributes: { axis: 0, shape: [3, 4] },
    },
    {
      inputs: [operand([2, 1], dtype), indices([2, 1], 4)],
      attributes: { axis: 1, shape: [3, 4] },
    },
  ],
  take: (dtype) => [
    { inputs: [operand([3, 4], dtype), indices([5], 3)], attributes: { axis: 0 } },
    { inputs: [operand([3, 4], dtype), indices([2, 2], 4)], attributes: { axis: 1 } },
    { inputs: [operand([3, 4], dtype), indices([], 3)], attributes: { axis: 0 } },
  ],
  put: (dtype) => [
    { inputs: [operand([5, 4], dtype), indices([5], 3)], attributes: { axis: 0, shape: [3, 4] } },
    { inputs: [operand([3, 2], dtype), indices([2], 4)], attributes: { axis: 1, shape: [3, 4] } },
  ],
  unfold: over([[7], [2, 9], [3, 40]], ([...shape]) => {
    const axes = shape.map((_, axis) => axis);
    return [
      { lengths: [3], strides: [2], dilations: [1], axes: [...axes, shape.length] },
      { lengths: [2], strides: [1], dilations: [4], axes: [shape.length, ...axes] },
    ];
  }),
  fold: (dtype) => [
    { inputs: [operand([2, 4, 3], dtype)], attributes: { ...windows, shape: [2, 6] } },
    { inputs: [operand([35, 4, 3], dtype)], attributes: { ...windows, shape: [35, 6] } },
  ],
  oneHot: () =>
    dtypes.map((dtype) => ({
      inputs: [operand([7], "int32", () => random.integer(5) / 8)],
      attributes: { classes: 5, dtype, asker: "oneHot" },
    })),
};

/** The calls of an operation with inputs of a kind, whether it takes that kind or not. */
export function callsOf(name: string, dtype: DType): readonly Call[] {
  return calls[name]?.(dtype) ?? elementwiseCalls(name, dtype);
}
