/** What the kernels of one module share: its functions, and what they need from outside. */

import type { DType } from "../../../ops/dtype.ts";
import type { Elementwise } from "../../../ops/elementwise_op.ts";
import { attributesKey } from "../../../ops/op.ts";
import type { Callee, FunctionBuilder, Global, Local, ModuleBuilder } from "../assembler.ts";
import type { ResultType, ValueType } from "../assembler.ts";

/** A function on plain numbers that kernels call. */
export type ScalarFunction = (...numbers: number[]) => number;

/** One variable per parameter. */
type Locals<P extends readonly ValueType[]> = { readonly [I in keyof P]: Local<P[I]> };

/** What all kernels of a module agree on. */
export interface KernelOptions {
  /** Whether products may be added in one instruction, whose rounding the machine chooses. */
  readonly fused: boolean;
}

/** The name under which a module imports functions on plain numbers. */
const importModule = "scalar";

/** A module in the making, with the functions that its kernels call. */
export class KernelContext {
  readonly module: ModuleBuilder;
  readonly fused: boolean;
  /** The functions to instantiate the module with, as its import `scalar`. */
  readonly imports: Record<string, ScalarFunction> = {};
  readonly #imported = new Map<string, Callee<readonly ValueType[], "f32" | "f64" | "i32">>();
  readonly #functions = new Map<string, Callee<readonly ValueType[], ResultType>>();
  readonly #globals = new Map<string, Global<"i32">>();
  readonly #ops = new Map<Elementwise, number>();

  /** The kernels of `module`. */
  constructor(module: ModuleBuilder, { fused }: KernelOptions) {
    this.module = module;
    this.fused = fused;
  }

  /** A function of the module that kernels share, written the first time it is asked for. */
  function<const P extends readonly ValueType[], const R extends ResultType>(
    name: string,
    signature: { readonly params: P; readonly result: R },
    body: (f: FunctionBuilder, ...params: Locals<P>) => void,
  ): Callee<P, R> {
    const known = this.#functions.get(name) as Callee<P, R> | undefined;
    const made = known ?? this.module.function(signature, body);
    if (!known) this.#functions.set(name, made as unknown as Callee<readonly ValueType[], R>);
    return made;
  }

  /** A variable of the module that kernels share. */
  global(name: string): Global<"i32"> {
    const known = this.#globals.get(name) ?? this.module.global("i32", 0);
    this.#globals.set(name, known);
    return known;
  }

  /** Imports an operation on plain numbers; possible until the module has its first function. */
  importScalar(call: ScalarCall): void {
    const name = this.#nameOf(call);
    if (this.#imported.has(name)) return;
    const { op, attributes, inputs, result } = call;
    this.imports[name] = attributes === undefined || attributes === null
      ? op.scalar
      : (...numbers) => op.scalar(...numbers, attributes);
    const params = inputs.map(valueType);
    this.#imported.set(
      name,
      this.module.importFunction(importModule, name, { params, result: valueType(result) }),
    );
  }

  /** The function that was imported for an operation. */
  scalar(call: ScalarCall): Callee<readonly ValueType[], "f32" | "f64" | "i32"> {
    const callee = this.#imported.get(this.#nameOf(call));
    if (callee) return callee;
    throw new Error(`Cannot call ${call.op.name}: it was not imported before the first function`);
  }

  #nameOf({ op, attributes, inputs, result }: ScalarCall): string {
    const number = this.#ops.get(op) ?? this.#ops.size;
    this.#ops.set(op, number);
    const kinds = [...inputs, result].join();
    return `${op.name} ${number} ${kinds} ${attributesKey(attributes)}`.trim();
  }
}

/** An operation on plain numbers, and the kinds of number that it takes and gives. */
export interface ScalarCall {
  readonly op: Elementwise;
  readonly attributes: unknown;
  readonly inputs: readonly DType[];
  readonly result: DType;
}

/** How a number of each kind crosses over to JavaScript; a truth value is 0 or 1. */
function valueType(dtype: DType): "f32" | "f64" | "i32" {
  return dtype === "float32" ? "f32" : dtype === "float64" ? "f64" : "i32";
}
