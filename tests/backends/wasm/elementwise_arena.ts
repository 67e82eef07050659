/** Runs kernels on arrays of their own, and says what the reference kernels make of the same. */

import type { Fusion } from "../../../src/compile/program.ts";
import { call, ModuleBuilder } from "../../../src/backends/wasm/assembler.ts";
import type { Kernel } from "../../../src/backends/wasm/share.ts";
import type { Operand } from "../../../src/backends/wasm/elementwise/walk.ts";
import { KernelContext } from "../../../src/backends/wasm/math/kernel_context.ts";
import { whole } from "../../../src/backends/wasm/share.ts";
import { allocate, bytesPerElement, type DType, type TypedArray } from "../../../src/ops/dtype.ts";
import type { Elementwise } from "../../../src/ops/elementwise_op.ts";
import type { Block } from "../../../src/ops/op.ts";
import { broadcast, type Shape, sizeOf } from "../../../src/ops/shape.ts";

/** An array with its kind. */
export interface Sample extends Block {
  readonly dtype: DType;
}

/** A repeatable stream of numbers from 0 to 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const unusual: { readonly [D in DType]: readonly number[] } = {
  float32: [0, -0, 1, -1, 0.5, -2.5, 1.5, Infinity, -Infinity, NaN, 1e-40, -1e-45, 3e38, 100, -104],
  float64: [0, -0, 1, -1, 0.5, -2.5, 1.5, Infinity, -Infinity, NaN, 5e-324, 1e-310, 1e300, 700],
  int32: [0, 1, -1, 2, -2, 7, 2 ** 31 - 1, -(2 ** 31), 65536, 46341],
  bool: [0, 1],
};

/** Numbers of a kind, mostly of ordinary size, now and then an unusual one. */
export function sample(dtype: DType, shape: Shape, random: () => number, special = 0.2): Sample {
  const data = allocate(dtype, sizeOf(shape));
  const rare = unusual[dtype];
  for (let i = 0; i < data.length; i++) {
    if (random() < special) data[i] = rare[Math.floor(random() * rare.length)]!;
    else if (dtype === "bool") data[i] = random() < 0.5 ? 1 : 0;
    else data[i] = dtype === "int32" ? Math.floor(random() * 200 - 100) : random() * 8 - 4;
  }
  return { data, shape, dtype };
}

/** Places arrays in memory one after the other. */
export class Arena {
  #end = 64;
  readonly #contents: { address: number; data: TypedArray }[] = [];

  /** Places an array; what is around it is not zero. */
  place({ data, shape, dtype }: Sample): Operand {
    const address = this.reserve(dtype, data.length);
    this.#contents.push({ address, data });
    return { address, shape, dtype };
  }

  /** Room for `size` numbers. */
  reserve(dtype: DType, size: number): number {
    const address = this.#end + 16;
    this.#end = Math.ceil((address + size * bytesPerElement(dtype) + 16) / 16) * 16;
    return address;
  }

  /** Runs kernels that `emit` writes, each in so many parts, and gives the memory. */
  run(
    emit: (context: KernelContext) => Kernel[],
    { parts = 1, fused = true } = {},
  ): ArrayBufferLike {
    const module = new ModuleBuilder();
    module.memory("memory", { initial: Math.ceil(this.#end / 65536) + 1 });
    const context = new KernelContext(module, { fused });
    const kernels = emit(context);
    kernels.forEach((kernel, i) => {
      module.function({ export: `kernel${i}`, params: ["i32", "i32"] }, (f, from, to) => {
        f.do(call(kernel, from, to));
      });
    });
    const { exports } = new WebAssembly.Instance(module.compile(), { scalar: context.imports });
    const { buffer } = exports.memory as WebAssembly.Memory;
    new Uint8Array(buffer).fill(0xa5);
    for (const { address, data } of this.#contents) {
      new Uint8Array(buffer).set(new Uint8Array(data.buffer), address);
    }
    for (let kernel = 0; kernel < kernels.length; kernel++) {
      const run = exports[`kernel${kernel}`] as (from: number, to: number) => void;
      const bound = (part: number) => Math.round(part * whole / parts);
      for (let part = parts - 1; part >= 0; part--) run(bound(part), bound(part + 1));
    }
    return buffer;
  }
}

/** The numbers of a kind at an address. */
export function numbersAt(
  buffer: ArrayBufferLike,
  dtype: DType,
  address: number,
  size: number,
): TypedArray {
  const array = allocate(dtype, size);
  new Uint8Array(array.buffer).set(new Uint8Array(buffer, address, array.byteLength));
  return array;
}

/** The results of a fusion, one operation after the other, each by its reference kernel. */
export function referenceFusion(fusion: Fusion, inputs: readonly Sample[], shape: Shape): Sample[] {
  const values = [...inputs];
  for (const { op, inputs, attributes, dtype } of fusion.nodes) {
    const operands = inputs.map((input) => values[input]!);
    const own = operands.map((operand) => operand.shape).reduce((a, b) => broadcast(op.name, a, b));
    const output = { data: allocate(dtype, sizeOf(own)), shape: own, dtype };
    op.forward(output, operands as never, attributes);
    values.push(output);
  }
  return fusion.results.map((result) => {
    const value = values[inputs.length + result]!;
    const { data, dtype } = value;
    if (data.length === sizeOf(shape)) return value;
    throw new Error(`Cannot compare [${value.shape}] with [${shape}] of ${dtype}`);
  });
}

/** A fusion of one operation. */
export function single(
  op: Elementwise,
  inputs: number,
  dtype: DType,
  attributes?: unknown,
): Fusion {
  const numbers = Array.from({ length: inputs }, (_, i) => i);
  return { nodes: [{ op, inputs: numbers, attributes, dtype }], results: [0] };
}

/** Throws unless the numbers agree: bit for bit, or within so many units in the last place. */
export function assertSame(
  actual: TypedArray,
  expected: TypedArray,
  what: string,
  { ulps = 0, absolute = 0 } = {},
): void {
  if (actual.length !== expected.length) throw new Error(`${what}: lengths differ`);
  const digits = expected instanceof Float64Array ? 52 : 23;
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i]!, expected[i]!];
    if (Object.is(a, e)) continue;
    const size = Math.max(Math.abs(e), 2 ** (digits === 52 ? -1022 : -126));
    const unit = 2 ** (Math.floor(Math.log2(size)) - digits);
    const difference = Math.abs(a - e);
    const near = difference <= ulps * unit || difference <= absolute;
    if (!near || (e === 0 && a === 0)) throw new Error(`${what}: [${i}] is ${a}, not ${e}`);
  }
}
