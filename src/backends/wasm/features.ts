/** What this engine's WebAssembly can do, found out by tiny modules. */

import { atomic, f32, f32x4, ModuleBuilder, v128 } from "./assembler.ts";
import type { Expression } from "./assembler.ts";

/** The parts of WebAssembly that kernels may use where they exist. */
export interface Features {
  /** 128-bit vectors. */
  readonly simd: boolean;
  /** Fused multiply-add, whose rounding the machine chooses. */
  readonly relaxedSimd: boolean;
  /** A memory that several threads see, with atomic operations. */
  readonly threads: boolean;
  /** Whether this thread may sleep until another wakes it, as that of a web page may not. */
  readonly sleep: boolean;
}

let found: Features | undefined;

/** What this engine supports; asked once, then remembered. */
export function detectFeatures(): Features {
  found ??= {
    simd: compiles(() => v128.store(0, f32x4.splat(f32.const(1)))),
    relaxedSimd: validates(() => {
      const ones = f32x4.splat(1);
      return v128.store(0, f32x4.relaxedMadd(ones, ones, ones));
    }),
    threads: typeof SharedArrayBuffer === "function" && validates(() => atomic.store(0, 0), true),
    sleep: typeof SharedArrayBuffer === "function" && maySleep(),
  };
  return found;
}

function withEffect(effect: () => Expression<"void">, shared = false): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  module.memory("memory", { initial: 1, maximum: 1, shared });
  module.function({}, (f) => f.do(effect()));
  return module.bytes();
}

/** Whether a module is valid and may be compiled, which a page's security policy can forbid. */
function compiles(effect: () => Expression<"void">): boolean {
  try {
    return new WebAssembly.Module(withEffect(effect)) !== null;
  } catch {
    return false; // or there is no WebAssembly at all
  }
}

function validates(effect: () => Expression<"void">, shared = false): boolean {
  return typeof WebAssembly === "object" && WebAssembly.validate(withEffect(effect, shared));
}

function maySleep(): boolean {
  try {
    return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1) === "not-equal";
  } catch {
    return false;
  }
}
