/**
 * A WebAssembly assembler: kernels are written as typed expressions and structured statements, and
 * come out as the bytes of a module, in exactly the order they were written.
 *
 * ```ts ignore
 * const module = new ModuleBuilder();
 * module.importMemory("env", "memory", { initial: 1 });
 * module.function({ export: "scale", params: ["i32", "i32", "f32"] }, (f, x, end, factor) => {
 *   const factors = f.let(f32x4.splat(factor));
 *   f.while(i32.lessUnsigned(x, end), () => {
 *     f.store(x, f32x4.mul(v128.load(x), factors));
 *     f.increase(x, 16);
 *   });
 * });
 * const instance = new WebAssembly.Instance(module.compile(), { env: { memory } });
 * ```
 */

export { Expression, Local } from "./assembler/expression.ts";
export type { Binary, Load, Operand, Store } from "./assembler/expression.ts";
export type { ResultType, ValueType } from "./assembler/expression.ts";
export {
  atomic,
  f32,
  f64,
  i32,
  i64,
  least,
  memory,
  select,
} from "./assembler/scalar_instructions.ts";
export { f32x4, f64x2, i32x4, i64x2, i8x16, v128 } from "./assembler/simd_instructions.ts";
export { call, FunctionBuilder, globalValue } from "./assembler/function_builder.ts";
export type { Callee, Global, Label, Range } from "./assembler/function_builder.ts";
export { ModuleBuilder } from "./assembler/module_builder.ts";
export type { FunctionOptions, MemoryLimits } from "./assembler/module_builder.ts";
