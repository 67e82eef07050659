/** Memory filled with one number. */

import { allocate, bytesPerElement, type DType } from "../../../ops/dtype.ts";
import type { ModuleBuilder } from "../assembler.ts";
import { i32, memory, v128 } from "../assembler.ts";
import { type Kernel, stretchOf } from "../share.ts";

/** Neighbouring numbers that are to be equal. */
export interface Filled {
  readonly address: number;
  readonly dtype: DType;
  readonly size: number;
  readonly number: number;
}

/** A kernel that gives numbers one value. */
export function emitFill(
  module: ModuleBuilder,
  { address, dtype, size, number }: Filled,
): Kernel {
  const bytes = bytesPerElement(dtype);
  return module.function({ params: ["i32", "i32"] as const }, (f, from, to) => {
    const piece = stretchOf(f, size * bytes, { from, to }, 256);
    const at = f.let(i32.add(piece.from, address));
    const end = f.let(i32.add(piece.to, address));
    const pattern = allocate(dtype, 16 / bytes).fill(number);
    const patternBytes = new Uint8Array(pattern.buffer);
    if (patternBytes.every((byte) => byte === patternBytes[0])) {
      return f.do(memory.fill(at, patternBytes[0]!, i32.sub(end, at)));
    }
    const vector = f.let(v128.const([...patternBytes]));
    f.while(i32.lessEqualUnsigned(i32.add(at, 16), end), () => {
      f.do(v128.store(at, vector));
      f.increase(at, 16);
    });
    f.while(i32.lessUnsigned(at, end), () => {
      f.do(bytes === 8 ? v128.store64Lane(at, vector, 0) : v128.store32Lane(at, vector, 0));
      f.increase(at, bytes);
    });
  });
}
