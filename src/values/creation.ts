/** Making tensors. */

import { allocate, checkDType, type DType, DTypeError, type TypedArray } from "../ops/dtype.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { checkNumber, type KnownOptions, optionsOf } from "../ops/options.ts";
import { checkShape, formatShape, type Shape, ShapeError, sizeOf } from "../ops/shape.ts";
import { Tensor } from "./tensor.ts";
import { Numbers } from "./tensor_parts.ts";

/** A number or truth value, or arrays of them nested to any depth. */
export type Nested = number | boolean | readonly Nested[];

/** Kind, name and gradient of a new tensor. */
export interface TensorOptions {
  /** The kind of number; `float32` unless asked otherwise. */
  readonly dtype?: DType | undefined;
  /** Whether `backward()` shall leave a derivative in its `grad`. */
  readonly requiresGrad?: boolean | undefined;
  /** What it is called when it is printed. */
  readonly name?: string | undefined;
}

/** The options of new tensors. */
export const tensorOptions: KnownOptions<TensorOptions> = {
  dtype: '"float64"',
  requiresGrad: null,
  name: null,
};

const dataOptions = { ...tensorOptions, shape: null };

/** The kind that a typed array already has, or that its numbers fit. */
function ownDType(data: ArrayBufferView): DType {
  if (data instanceof Float64Array) return "float64";
  const isHalf = Object.prototype.toString.call(data) === "[object Float16Array]";
  return data instanceof Float32Array || isHalf ? "float32" : "int32";
}

/** Whether entries are truth values, and not numbers among which some are. */
function areTruthValues(entries: ArrayLike<unknown>): boolean {
  return typeof entries[0] === "boolean" &&
    Array.prototype.every.call(entries, (entry) => typeof entry === "boolean");
}

/** A tensor of numbers that are already in a typed array of its kind, which nobody else has. */
export function fromData(
  data: TypedArray,
  shape: Shape,
  dtype: DType,
  options: TensorOptions = {},
): Tensor {
  const { requiresGrad = false, name = null } = options;
  return new Tensor({ shape, dtype, data: new Numbers(data), requiresGrad, name });
}

/**
 * A tensor of a number, of nested arrays of numbers or truth values, or of a typed array, whose
 * numbers are copied. The kind is `float32` for numbers, `bool` for truth values and a typed
 * array's own kind, unless `dtype` says otherwise; a flat array takes any `shape` of its size.
 *
 * Throws a `ShapeError` where nested arrays are ragged or `shape` does not fit, a `DTypeError`
 * where a number is not one of the kind (a fraction for `int32`).
 *
 * @example From nested arrays and from a typed array
 * ```ts
 * import { tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(tensor([[1, 2, 3], [4, 5, 6]]).shape, [2, 3]);
 * assertEquals(tensor(new Int32Array([1, 2, 3, 4]), { shape: [2, 2] }).dtype, "int32");
 * assertEquals(tensor([true, false]).dtype, "bool");
 * ```
 */
export function tensor(
  values: Nested | ArrayBufferView & ArrayLike<number>,
  options: TensorOptions & { readonly shape?: Shape } = {},
): Tensor {
  optionsOf("make a tensor", options, dataOptions);
  if (values instanceof DataView) {
    throw new UsageError("Cannot make a tensor of a DataView: use a typed array");
  }
  const isView = ArrayBuffer.isView(values);
  const shape = isView ? [(values as ArrayLike<number>).length] : shapeOf(values);
  const flat = isView ? values as ArrayLike<number> : flatten(values, shape);
  const inferred = isView ? ownDType(values) : areTruthValues(flat) ? "bool" : "float32";
  const dtype = checkDType("make a tensor of", options.dtype ?? inferred);
  const data = store(dtype, flat);
  const target = options.shape === undefined ? shape : [...checkShape("make", options.shape)];
  if (sizeOf(target) !== data.length) {
    throw new ShapeError(
      `Cannot make a tensor of shape ${formatShape(target)}: there are ${data.length} numbers, ` +
        `not ${sizeOf(target)}`,
    );
  }
  return fromData(data, target, dtype, options);
}

/** The typed arrays of which every number is an `int32`. */
const wholeNumbers = [
  Int32Array,
  Int16Array,
  Int8Array,
  Uint16Array,
  Uint8Array,
  Uint8ClampedArray,
];

/** Whether entries are a typed array of which every number becomes one of a kind. */
function areAllOf(dtype: DType, entries: ArrayLike<unknown>): entries is ArrayLike<number> {
  if (!ArrayBuffer.isView(entries) || typeof entries[0] !== "number") return false;
  if (dtype === "int32") return wholeNumbers.some((kind) => entries instanceof kind);
  return dtype !== "bool";
}

/** The entries as numbers of a kind; throws where one is no number or not one of the kind. */
function store(dtype: DType, entries: ArrayLike<unknown>): TypedArray {
  const data = allocate(dtype, entries.length);
  if (areAllOf(dtype, entries)) {
    data.set(entries);
    return data;
  }
  for (let i = 0; i < data.length; i++) {
    const entry = entries[i];
    if (typeof entry !== "number" && typeof entry !== "boolean") {
      throw new DTypeError(`Cannot make a tensor: entry ${i} is ${describe(entry)}, not a number`);
    }
    data[i] = dtype === "bool" && entry ? 1 : Number(entry);
    if (dtype === "int32" && data[i] !== Number(entry)) {
      const reason = Number.isInteger(entry) ? "beyond 2^31" : "no whole number";
      throw new DTypeError(`Cannot make an int32 tensor: entry ${i} is ${entry}, ${reason}`);
    }
  }
  return data;
}

/** The shape of nested arrays, read off their first entries. */
function shapeOf(values: unknown): number[] {
  const shape: number[] = [];
  for (let node = values; Array.isArray(node); node = node[0]) shape.push(node.length);
  return shape;
}

/** The entries of nested arrays in order; throws where they do not all have the same shape. */
function flatten(values: unknown, shape: Shape): unknown[] & ArrayLike<number> {
  const flat: unknown[] = [];
  const visit = (node: unknown, axis: number, path: string) => {
    const isLeaf = axis === shape.length;
    const fits = isLeaf ? !Array.isArray(node) : Array.isArray(node) && node.length === shape[axis];
    if (!fits) {
      const what = Array.isArray(node) ? `an array of ${node.length}` : "a single entry";
      const expected = isLeaf ? "a single entry" : `an array of ${shape[axis]}`;
      throw new ShapeError(
        `Cannot make a tensor of ragged arrays: at ${path} stands ${what}, not ${expected}`,
      );
    }
    if (isLeaf) flat.push(node);
    else (node as unknown[]).forEach((child, i) => visit(child, axis + 1, `${path}[${i}]`));
  };
  visit(values, 0, "values");
  return flat as unknown[] & ArrayLike<number>;
}

/**
 * A tensor of one number repeated. Throws a `ShapeError` for what is no shape, a `DTypeError` for a
 * number that is not one of the kind.
 *
 * @example Sevens
 * ```ts
 * import { full } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(full([2, 2], 7).toArray(), [[7, 7], [7, 7]]);
 * ```
 */
export function full(shape: Shape, number: number, options: TensorOptions = {}): Tensor {
  optionsOf("make a tensor", options, tensorOptions);
  const dtype = checkDType("make a tensor of", options.dtype ?? "float32");
  const own = [...checkShape("make", shape)];
  const [entry] = store(dtype, [number]);
  return fromData(allocate(dtype, sizeOf(own)).fill(entry!), own, dtype, options);
}

/**
 * A tensor of zeros.
 *
 * @example Three zeros
 * ```ts
 * import { zeros } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(zeros([3]).toArray(), [0, 0, 0]);
 * ```
 */
export function zeros(shape: Shape, options: TensorOptions = {}): Tensor {
  return full(shape, 0, options);
}

/**
 * A tensor of ones.
 *
 * @example Three ones
 * ```ts
 * import { ones } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ones([3]).toArray(), [1, 1, 1]);
 * ```
 */
export function ones(shape: Shape, options: TensorOptions = {}): Tensor {
  return full(shape, 1, options);
}

/**
 * The numbers from `start` up to, but not including, `stop`, a `step` apart; with one argument
 * those from 0 up to it. Whole numbers are `float32` too unless `dtype` says otherwise. Throws a
 * `UsageError` for ends that are infinite and for a step of 0.
 *
 * @example Even numbers
 * ```ts
 * import { arange } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(arange(0, 10, 2).toArray(), [0, 2, 4, 6, 8]);
 * assertEquals(arange(3).toArray(), [0, 1, 2]);
 * ```
 */
export function arange(
  start: number,
  stop?: number,
  step = 1,
  options: TensorOptions = {},
): Tensor {
  optionsOf("arange", options, tensorOptions);
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (!Number.isFinite(from) || !Number.isFinite(to) || !Number.isFinite(step) || step === 0) {
    throw new UsageError(`Cannot arange from ${from} to ${to} in steps of ${step}`);
  }
  const dtype = checkDType("make a tensor of", options.dtype ?? "float32");
  const numbers = new Float64Array(Math.max(0, Math.ceil((to - from) / step)));
  for (let i = 0; i < numbers.length; i++) numbers[i] = from + i * step;
  return fromData(store(dtype, numbers), [numbers.length], dtype, options);
}

/**
 * `count` numbers evenly spaced from `start` to `stop`, both included. Throws a `ShapeError` for a
 * count that is no whole number from 0 up.
 *
 * @example Five points
 * ```ts
 * import { linspace } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(linspace(0, 1, 5).toArray(), [0, 0.25, 0.5, 0.75, 1]);
 * ```
 */
export function linspace(
  start: number,
  stop: number,
  count: number,
  options: TensorOptions = {},
): Tensor {
  optionsOf("linspace", options, tensorOptions);
  const dtype = checkDType("make a tensor of", options.dtype ?? "float32");
  checkNumber("linspace", "start", start);
  checkNumber("linspace", "stop", stop);
  const numbers = new Float64Array(sizeOf(checkShape("make", [count])));
  for (let i = 0; i < count; i++) {
    numbers[i] = i === count - 1 && count > 1
      ? stop
      : start + i * (stop - start) / (count - 1 || 1);
  }
  return fromData(store(dtype, numbers), [count], dtype, options);
}

/**
 * A square matrix with ones on its diagonal and zeros elsewhere. Throws a `ShapeError` for a size that
 * is no whole number from 0 up.
 *
 * @example The unit matrix
 * ```ts
 * import { eye } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(eye(2).toArray(), [[1, 0], [0, 1]]);
 * ```
 */
export function eye(size: number, options: TensorOptions = {}): Tensor {
  const result = zeros([size, size], options);
  for (let i = 0; i < size; i++) result.numbers.array[i * (size + 1)] = 1;
  return result;
}
