/**
 * Each operation once more, in the plainest code there is: one element of the output at a time,
 * from its index, with nothing of the library. Slow, and meant to be obvious.
 */

/** A position along each axis. */
export type Index = readonly number[];

/** Numbers in row-major order under a shape. */
export interface Numbers {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** All positions in a shape, in row-major order. */
export function indicesOf(shape: readonly number[]): Index[] {
  let indices: Index[] = [[]];
  for (const length of shape) {
    indices = indices.flatMap((index) => Array.from({ length }, (_, i) => [...index, i]));
  }
  return indices;
}

/** The number at a position; an axis of length 1 has the same number everywhere, as have absent ones. */
export function read({ data, shape }: Numbers, index: Index): number {
  const own = index.slice(index.length - shape.length);
  let place = 0;
  shape.forEach((length, axis) => place = place * length + (length === 1 ? 0 : own[axis]!));
  return data[place]!;
}

function naiveErf(x: number): number {
  let term = x;
  let total = 0;
  for (let n = 0; n < 200; n++) {
    total += term / (2 * n + 1);
    term *= -x * x / (n + 1);
  }
  return 2 / Math.sqrt(Math.PI) * total;
}

function naiveRound(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return x - below < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

function naiveAtan2(y: number, x: number): number {
  if (x > 0) return Math.atan(y / x);
  return Math.atan(y / x) + (y < 0 ? -Math.PI : Math.PI);
}

// deno-lint-ignore no-explicit-any
type Scalar = (...operands: any[]) => number | boolean;

/** Elementwise operations: the operands one by one, then the attributes. */
export const scalars: Record<string, Scalar> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (x) => -x,
  reciprocal: (x) => 1 / x,
  abs: (x) => x < 0 ? -x : x,
  sign: (x) => x < 0 ? -1 : x > 0 ? 1 : 0,
  remainder: (a, b) => ((a % b) + b) % b,
  fmod: (a, b) => Math.sign(a) * (Math.abs(a) - Math.abs(b) * Math.floor(Math.abs(a / b))),
  floor: (x) => x - ((x % 1) + 1) % 1,
  ceil: (x) => x + ((-x % 1) + 1) % 1,
  round: naiveRound,
  trunc: (x) => x - x % 1,
  square: (x) => x * x,
  sqrt: (x) => x ** 0.5,
  rsqrt: (x) => x ** -0.5,
  power: (x, { exponent }) => x ** exponent,
  pow: (a, b) => Math.exp(b * Math.log(a)),
  hypot: (a, b) => Math.sqrt(a * a + b * b),
  exp: (x) => Math.E ** x,
  exp2: (x) => Math.exp(x * Math.LN2),
  expm1: (x) => Math.exp(x) - 1,
  log: (x) => Math.log2(x) * Math.LN2,
  log2: (x) => Math.log(x) / Math.LN2,
  log10: (x) => Math.log(x) / Math.LN10,
  log1p: (x) => Math.log(1 + x),
  logaddexp: (a, b) => Math.log(Math.exp(a) + Math.exp(b)),
  sin: (x) => Math.cos(x - Math.PI / 2),
  cos: (x) => Math.sin(x + Math.PI / 2),
  tan: (x) => Math.sin(x) / Math.cos(x),
  asin: (x) => Math.atan(x / Math.sqrt(1 - x * x)),
  acos: (x) => Math.PI / 2 - Math.atan(x / Math.sqrt(1 - x * x)),
  atan: (x) => Math.asin(x / Math.sqrt(1 + x * x)),
  atan2: naiveAtan2,
  sinh: (x) => (Math.exp(x) - Math.exp(-x)) / 2,
  cosh: (x) => (Math.exp(x) + Math.exp(-x)) / 2,
  tanh: (x) => 1 - 2 / (Math.exp(2 * x) + 1),
  asinh: (x) => Math.log(x + Math.sqrt(x * x + 1)),
  acosh: (x) => Math.log(x + Math.sqrt(x * x - 1)),
  atanh: (x) => Math.log((1 + x) / (1 - x)) / 2,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.log(1 + Math.exp(x)),
  relu: (x) => x > 0 ? x : 0,
  leakyRelu: (x, { slope }) => x > 0 ? x : slope * x,
  elu: (x, { alpha }) => x > 0 ? x : alpha * (Math.exp(x) - 1),
  erf: naiveErf,
  erfc: (x) => 1 - naiveErf(x),
  normalCdf: (x) => (1 + naiveErf(x / Math.SQRT2)) / 2,
  maximum: (a, b) => a > b ? a : b,
  minimum: (a, b) => a < b ? a : b,
  clamp: (x, { min, max }) => x < min ? min : x > max ? max : x,
  hardtanh: (x, { min, max }) => x < min ? min : x > max ? max : x,
  equal: (a, b) => a === b,
  notEqual: (a, b) => !(a === b),
  less: (a, b) => a < b,
  lessEqual: (a, b) => a < b || a === b,
  greater: (a, b) => b < a,
  greaterEqual: (a, b) => b < a || a === b,
  logicalAnd: (a, b) => a * b !== 0,
  logicalOr: (a, b) => Math.abs(a) + Math.abs(b) !== 0,
  logicalXor: (a, b) => (a === 0) !== (b === 0),
  logicalNot: (x) => x === 0,
  isNaN: () => false,
  isFinite: () => true,
  where: (condition, a, b) => condition === 1 ? a : b,
  identity: (x) => x,
  stopGradient: (x) => x,
};

/** The numbers of the lane or block of `x` that a position of a reduction stands for. */
function block(
  x: Numbers,
  index: Index,
  { first, last }: { first: number; last: number },
): number[] {
  return indicesOf(x.shape.slice(first, last + 1)).map((inside) =>
    read(x, [...index.slice(0, first), ...inside, ...index.slice(first)])
  );
}

/** The numbers of `x` along an axis through a position. */
function lane(x: Numbers, index: Index, axis: number): number[] {
  return Array.from({ length: x.shape[axis]! }, (_, i) => read(x, index.with(axis, i)));
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0);

/** The position in `x` that a position `index` of a slice stands for, or of an unslice undoes. */
function placed(index: Index, { starts, steps }: { starts: number[]; steps: number[] }): Index {
  return index.map((i, axis) => starts[axis]! + i * steps[axis]!);
}

function fromBack(index: number, length: number): number {
  return index < 0 ? index + length : index;
}

/** Where a position of unfolded windows lies in what they slide over. */
function inWindow(
  index: Index,
  { lengths, strides, dilations, axes }: Record<
    "lengths" | "strides" | "dilations" | "axes",
    number[]
  >,
): Index {
  const natural = index.map((_, axis) => index[axes.indexOf(axis)]!);
  const count = lengths.length;
  const before = natural.slice(0, -2 * count);
  const [windows, inside] = [natural.slice(-2 * count, -count), natural.slice(-count)];
  return [...before, ...windows.map((w, i) => w * strides[i]! + inside[i]! * dilations[i]!)];
}

// deno-lint-ignore no-explicit-any
type Rule = (index: Index, inputs: readonly Numbers[], attributes: any) => number | boolean;

/** All other operations: the number at a position of the output. */
export const rules: Record<string, Rule> = {
  reshape: (index, [x], { shape }) => {
    const place = indicesOf(shape).findIndex((other) => other.join() === index.join());
    return x!.data[place]!;
  },
  permute: (index, [x], { axes }) => {
    return read(x!, x!.shape.map((_, axis) => index[axes.indexOf(axis)]!));
  },
  broadcastTo: (index, [x]) => read(x!, index),
  sum: (index, [x], run) => total(block(x!, index, run)),
  slice: (index, [x], place) => read(x!, placed(index, place)),
  unslice: (index, [x], { value, ...place }) => {
    const from = indicesOf(x!.shape).find((own) => placed(own, place).join() === index.join());
    return from === undefined ? value : read(x!, from);
  },
  overwrite: (index, [x, part], place) => {
    const from = indicesOf(part!.shape).find((own) => placed(own, place).join() === index.join());
    return from === undefined ? read(x!, index) : read(part!, from);
  },
  band: (index, [x], { lowest, highest }) => {
    const diagonal = index.at(-1)! - index.at(-2)!;
    return lowest <= diagonal && diagonal <= highest ? read(x!, index) : 0;
  },
  concat: (index, inputs, { axis }) => {
    const pieces = inputs.flatMap((x) => lane(x, index, axis));
    return pieces[index[axis]!]!;
  },
  cast: (index, [x], { dtype }) => {
    const number = read(x!, index);
    if (dtype === "bool") return number !== 0;
    return dtype === "int32" ? Math.trunc(number) : number;
  },
  max: (index, [x], run) => block(x!, index, run).toSorted((a, b) => b - a)[0]!,
  min: (index, [x], run) => block(x!, index, run).toSorted((a, b) => a - b)[0]!,
  argmax: (index, [x], run) => {
    const numbers = block(x!, index, run);
    return numbers.indexOf(Math.max(...numbers));
  },
  argmin: (index, [x], run) => {
    const numbers = block(x!, index, run);
    return numbers.indexOf(Math.min(...numbers));
  },
  logsumexp: (index, [x], run) => Math.log(total(block(x!, index, run).map(Math.exp))),
  softmax: (index, [x], { axis }) => {
    return Math.exp(read(x!, index)) / total(lane(x!, index, axis).map(Math.exp));
  },
  logSoftmax: (index, [x], { axis }) => {
    return read(x!, index) - Math.log(total(lane(x!, index, axis).map(Math.exp)));
  },
  cumsum: (index, [x], { axis, reverse }) => {
    const numbers = lane(x!, index, axis);
    return total(reverse ? numbers.slice(index[axis]) : numbers.slice(0, index[axis]! + 1));
  },
  argsort: (index, [x], { axis, descending }) => {
    const numbers = lane(x!, index, axis);
    const sign = descending ? -1 : 1;
    const order = numbers.map((_, i) => i).sort((i, j) => sign * (numbers[i]! - numbers[j]!));
    return order[index[axis]!]!;
  },
  matmul: (index, [a, b], { transposeA, transposeB }) => {
    const [i, j] = index.slice(-2) as [number, number];
    const before = index.slice(0, -2);
    const inner = a!.shape.at(transposeA ? -2 : -1)!;
    const products = Array.from({ length: inner }, (_, k) => {
      const left = read(a!, [...before, ...(transposeA ? [k, i] : [i, k])]);
      return left * read(b!, [...before, ...(transposeB ? [j, k] : [k, j])]);
    });
    return total(products);
  },
  gather: (index, [x, at], { axis }) => {
    return read(x!, index.with(axis, fromBack(read(at!, index), x!.shape[axis]!)));
  },
  scatter: (index, [x, at], { axis, shape }) => {
    const sources = indicesOf(x!.shape).filter((own) =>
      own.with(axis, fromBack(read(at!, own), shape[axis])).join() === index.join()
    );
    return total(sources.map((own) => read(x!, own)));
  },
  take: (index, [x, at], { axis }) => {
    const chosen = read(at!, index.slice(axis, axis + at!.shape.length));
    const after = index.slice(axis + at!.shape.length);
    return read(x!, [...index.slice(0, axis), fromBack(chosen, x!.shape[axis]!), ...after]);
  },
  put: (index, [x, at], { axis, shape }) => {
    const sources = indicesOf(at!.shape).filter((own) =>
      fromBack(read(at!, own), shape[axis]) === index[axis]
    );
    return total(
      sources.map((own) => read(x!, [...index.slice(0, axis), ...own, ...index.slice(axis + 1)])),
    );
  },
  unfold: (index, [x], windows) => read(x!, inWindow(index, windows)),
  fold: (index, [x], windows) => {
    const sources = indicesOf(x!.shape).filter((own) =>
      inWindow(own, windows).join() === index.join()
    );
    return total(sources.map((own) => read(x!, own)));
  },
  oneHot: (index, [labels]) => read(labels!, index.slice(0, -1)) === index.at(-1),
};
