/** What this engine's WebAssembly can do, found out by validating tiny modules. */

import { atomic, f32, f32x4, memory, ModuleBuilder, v128 } from "./assembler.ts";
import type { Expression } from "./assembler.ts";

/** The parts of WebAssembly that kernels may use where they exist. */
export interface Features {
  /** 128-bit vectors. */
  readonly simd: boolean;
  /** Fused multiply-add, whose rounding the machine chooses. */
  readonly relaxedSimd: boolean;
  /** A memory that several threads see, with atomic operations. */
  readonly threads: boolean;
  /** Filling and copying ranges of memory in one instruction. */
  readonly bulkMemory: boolean;
}

let found: Features | undefined;

/** What this engine supports; asked once, then remembered. */
export function detectFeatures(): Features {
  found ??= {
    simd: validates(() => v128.store(0, f32x4.splat(f32.const(1)))),
    relaxedSimd: validates(() => {
      const ones = f32x4.splat(1);
      return v128.store(0, f32x4.relaxedMadd(ones, ones, ones));
    }),
    threads: typeof SharedArrayBuffer === "function" && validates(() => atomic.store(0, 0), true),
    bulkMemory: validates(() => memory.fill(0, 0, 0)),
  };
  return found;
}

function validates(effect: () => Expression<"void">, shared = false): boolean {
  const module = new ModuleBuilder();
  module.memory("memory", { initial: 1, maximum: 1, shared });
  module.function({}, (f) => f.do(effect()));
  return WebAssembly.validate(module.bytes());
}
