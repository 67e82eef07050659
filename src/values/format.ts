/** How values print. */

import { type DType, type TypedArray } from "../ops/dtype.ts";
import { formatShape, type Shape, sizeOf } from "../ops/shape.ts";

/** A number, a truth value, or arrays of them, nested as deep as a tensor has axes. */
// deno-lint-ignore no-explicit-any -- so that `x.toArray()[0][1]` needs no cast
export type NestedArray = any;

/** The numbers of an array in row-major order, as nested arrays. */
export function nested(data: TypedArray, shape: Shape, isBool: boolean): NestedArray {
  const build = (axis: number, start: number, size: number): NestedArray => {
    if (axis === shape.length) return isBool ? data[start] !== 0 : data[start];
    const step = shape[axis] === 0 ? 0 : size / shape[axis]!;
    return Array.from({ length: shape[axis]! }, (_, i) => build(axis + 1, start + i * step, step));
  };
  return build(0, 0, sizeOf(shape));
}

/** What printing asks of a tensor. */
interface Printable {
  readonly name: string | null;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly requiresGrad: boolean;
}

const edge = 3; // entries shown at each end of a long axis

/** A tensor as text: its name, kind and shape, then its numbers in columns. */
export function formatTensor(tensor: Printable, data: TypedArray | null): string {
  const { name, shape, dtype, requiresGrad } = tensor;
  const title = [
    "Tensor",
    ...(name === null ? [] : [name]),
    formatShape(shape),
    dtype,
    ...(requiresGrad ? ["requiresGrad"] : []),
  ].join(" ");
  if (data === null) return `${title} (traced)`;
  if (shape.length === 0) return `${title} ${formatNumber(data[0]!, dtype)}`;
  const longest = longestAxis(shape);
  const shown = shape.map((length) => shownIndices(length, longest));
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const cells: string[] = [];
  const collect = (axis: number, start: number) => {
    if (axis === shape.length) return cells.push(formatNumber(data[start]!, dtype));
    for (const i of shown[axis]!) if (i !== null) collect(axis + 1, start + i * strides[axis]!);
    return 0;
  };
  collect(0, 0);
  const width = Math.max(0, ...cells.map((cell) => cell.length));
  let next = 0;
  const write = (axis: number): string => {
    if (axis === shape.length) return cells[next++]!.padStart(width);
    const parts = shown[axis]!.map((i) => i === null ? "…" : write(axis + 1));
    const between = axis === shape.length - 1
      ? ", "
      : `,${"\n".repeat(Math.min(shape.length - 1 - axis, 2))}${" ".repeat(axis + 1)}`;
    return `[${parts.join(between)}]`;
  };
  return `${title}\n${write(0)}`;
}

/** The length up to which an axis is printed whole: less in a tensor of many numbers. */
export function longestAxis(shape: Shape): number {
  return sizeOf(shape) > 1000 ? 2 * edge : 10;
}

/** The indices of an axis that are printed; null stands for those that are not. */
export function shownIndices(length: number, longest: number): (number | null)[] {
  if (length <= longest) return Array.from({ length }, (_, i) => i);
  return [
    ...Array.from({ length: edge }, (_, i) => i),
    null,
    ...Array.from({ length: edge }, (_, i) => length - edge + i),
  ];
}

/** A number in its shortest form, to six digits; truth values as words. */
export function formatNumber(x: number, dtype: DType = "float64"): string {
  if (dtype === "bool") return x === 0 ? "false" : "true";
  if (Object.is(x, -0)) return "-0";
  if (Number.isInteger(x) && Math.abs(x) < 1e15) return String(x);
  return String(Number(x.toPrecision(6)));
}
