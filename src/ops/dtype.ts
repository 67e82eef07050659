/** What kind of numbers a tensor holds, and the typed arrays that hold them. */

import { describe } from "./describe.ts";
import { UsageError } from "./error.ts";

/** The kinds of numbers: single and double precision, 32-bit integers, and truth values. */
export type DType = "float32" | "float64" | "int32" | "bool";

/** The arrays behind the kinds; a truth value is a byte, 0 or 1. */
export type TypedArray =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  bool: Uint8Array,
} as const;

/** `size` numbers of the given kind that lie in a buffer, seen in place. */
export function viewOf(
  buffer: ArrayBufferLike,
  offset: number,
  size: number,
  dtype: DType,
): TypedArray {
  return new arrays[dtype](buffer as ArrayBuffer, offset, size);
}

/** The kind of the numbers in an array. */
export function dtypeOf(data: TypedArray): DType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  return data instanceof Int32Array ? "int32" : "bool";
}

/** The bytes that one number of a kind takes. */
export function bytesPerElement(dtype: DType): number {
  return arrays[dtype].BYTES_PER_ELEMENT;
}

/**
 * Two kinds of numbers that do not go together, or one that an operation cannot take.
 *
 * @example Single and double precision never mix silently
 * ```ts
 * import { DTypeError, zeros } from "@turunan/turunan";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => zeros([2]).add(zeros([2], { dtype: "float64" })),
 *   DTypeError,
 *   'Cannot add float32 and float64: cast one of them, as in .cast("float32")',
 * );
 * ```
 */
export class DTypeError extends UsageError {}

/** An array of `size` zeros of the given kind; throws, saying how large it were, where it is too large. */
export function allocate(dtype: DType, size: number): TypedArray {
  try {
    return new arrays[dtype](size);
  } catch (cause) {
    const bytes = (size * bytesPerElement(dtype)).toLocaleString("en-US");
    throw new UsageError(`Cannot hold ${size} numbers of ${dtype}: they take ${bytes} bytes`, {
      cause,
    });
  }
}

/** Whether `name` is one of the kinds. */
export function isDType(name: unknown): name is DType {
  return typeof name === "string" && Object.hasOwn(arrays, name);
}

/** Throws, naming what cannot be done, unless something is one of the kinds. */
export function checkDType(cannot: string, dtype: unknown): DType {
  if (isDType(dtype)) return dtype;
  throw new DTypeError(
    `Cannot ${cannot} ${String(dtype)}: the kinds are float32, float64, int32 and bool`,
  );
}

/** A number of a kind: throws for a fraction as `int32`, and for any but 0, 1 and truth as `bool`. */
export function fitting(name: string, given: number | boolean, dtype: DType): number {
  const number = dtype === "bool" && typeof given === "boolean" ? Number(given) : given;
  const fits = dtype === "int32"
    ? ((number as number) | 0) === number
    : typeof number === "number" && (dtype !== "bool" || number === 0 || number === 1);
  if (fits) return number as number;
  throw new DTypeError(`Cannot ${name} ${dtype} and ${describe(given)}: it is no ${dtype}`);
}

/** Whether derivatives can flow through numbers of this kind. */
export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}

/** The one kind that all `dtypes` are; two kinds never mix silently. */
export function sameDType(name: string, dtypes: readonly DType[]): DType {
  const first = dtypes[0]!;
  for (const dtype of dtypes) {
    if (dtype !== first) {
      throw new DTypeError(
        `Cannot ${name} ${first} and ${dtype}: cast one of them, as in .cast("${first}")`,
      );
    }
  }
  return first;
}

/** The one floating-point kind that all `dtypes` are. */
export function floatDType(name: string, dtypes: readonly DType[]): DType {
  const dtype = sameDType(name, dtypes);
  if (!isFloat(dtype)) {
    throw new DTypeError(
      `Cannot ${name} ${dtype}: it takes floating-point numbers, as in .cast("float32")`,
    );
  }
  return dtype;
}

/** The one numeric kind (anything but truth values) that all `dtypes` are. */
export function numericDType(name: string, dtypes: readonly DType[]): DType {
  const dtype = sameDType(name, dtypes);
  if (dtype === "bool") {
    throw new DTypeError(`Cannot ${name} bool: it takes numbers, as in .cast("float32")`);
  }
  return dtype;
}
