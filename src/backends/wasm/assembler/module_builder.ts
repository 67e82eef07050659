/** A module: imports first, then functions, written out as the binary format wants them. */

import { ByteWriter, list, name, unsigned } from "./encoding.ts";
import type { ResultType, ValueType } from "./expression.ts";
import { constant, typeCodes } from "./expression.ts";
import type { Callee, Global, Locals, Signature } from "./function_builder.ts";
import { FunctionBuilder } from "./function_builder.ts";
import { Local } from "./expression.ts";

/** How many 64 KiB pages a memory has; a shared one needs a maximum. */
export interface MemoryLimits {
  readonly initial: number;
  readonly maximum?: number;
  readonly shared?: boolean;
}

/** A function's signature, and the name to export it by. */
export interface FunctionOptions<P extends readonly ValueType[], R extends ResultType> {
  readonly export?: string;
  readonly params?: P;
  readonly result?: R;
}

const empty = new Uint8Array();

/** Collects the parts of a module and writes it as bytes. */
export class ModuleBuilder {
  readonly #types = new Map<string, number>();
  readonly #typeBytes: number[][] = [];
  readonly #imports: number[][] = [];
  readonly #functionTypes: number[][] = [];
  readonly #memories: number[][] = [];
  readonly #globals: Uint8Array[] = [];
  readonly #exports: number[][] = [];
  readonly #bodies: Uint8Array[] = [];
  #importedFunctions = 0;
  #importedMemory: { readonly place: number[]; readonly limits: MemoryLimits } | undefined;

  /** Takes its one memory from outside. */
  importMemory(module: string, field: string, limits: MemoryLimits): void {
    this.#importedMemory = { place: [...name(module), ...name(field), 2], limits };
  }

  /**
   * Says how many pages the imported memory has at least, and at most, when that is known only after
   * the functions are written. Accesses at constant offsets below need one check instead of two.
   */
  requirePages(initial: number, maximum?: number): void {
    if (!this.#importedMemory) throw new Error("Cannot require pages: no memory is imported");
    const { place, limits } = this.#importedMemory;
    const limited = maximum === undefined ? limits : { ...limits, maximum };
    this.#importedMemory = { place, limits: { ...limited, initial } };
  }

  /** Takes a function from outside; all imports come before the first own function. */
  importFunction<
    const P extends readonly ValueType[] = readonly [],
    const R extends ResultType = "void",
  >(module: string, field: string, signature: FunctionOptions<P, R> = {}): Callee<P, R> {
    if (this.#functionTypes.length > 0) {
      throw new Error(`Cannot import ${module}.${field}: imports come before functions`);
    }
    const { params, result, type } = this.#signature(signature);
    this.#imports.push([...name(module), ...name(field), 0, ...unsigned(type)]);
    return { params, result, index: this.#importedFunctions++ };
  }

  /** Has a memory of its own, exported by the given name. */
  memory(exportName: string, limits: MemoryLimits): void {
    this.#memories.push(limitBytes(limits));
    this.#exports.push([...name(exportName), 2, 0]);
  }

  /** Has a variable that functions can read and set. */
  global<T extends Exclude<ValueType, "v128">>(type: T, value: number | bigint): Global<T> {
    const bytes = new ByteWriter(16);
    bytes.bytes([typeCodes[type], 1]);
    constant(type, value).writeTo(bytes);
    bytes.byte(0x0b);
    this.#globals.push(bytes.written);
    return { type, index: this.#globals.length - 1 };
  }

  /** Has a function; `body` gets a builder and one variable per parameter. */
  function<
    const P extends readonly ValueType[] = readonly [],
    const R extends ResultType = "void",
  >(
    options: FunctionOptions<P, R>,
    body: (f: FunctionBuilder, ...params: Locals<P>) => void,
  ): Callee<P, R> {
    const { params, result, type } = this.#signature(options);
    const index = this.#importedFunctions + this.#functionTypes.length;
    this.#functionTypes.push(unsigned(type));
    const position = this.#bodies.push(empty) - 1;
    if (options.export !== undefined) {
      this.#exports.push([...name(options.export), 0, ...unsigned(index)]);
    }
    const builder = new FunctionBuilder(params.length);
    const locals = params.map((type, i) => new Local(type, i));
    body(builder, ...locals as unknown as Locals<P>);
    if (result !== "void") builder.unreachable();
    this.#bodies[position] = builder.bytes();
    return { params, result, index };
  }

  /** The whole module in the binary format. */
  bytes(): Uint8Array<ArrayBuffer> {
    const memory = this.#importedMemory;
    const memoryImport = memory ? [[...memory.place, ...limitBytes(memory.limits)]] : [];
    const sections = [
      ...section(1, this.#typeBytes),
      ...section(2, [...memoryImport, ...this.#imports]),
      ...section(3, this.#functionTypes),
      ...section(5, this.#memories),
      ...section(6, this.#globals),
      ...section(7, this.#exports),
      ...section(
        10,
        this.#bodies.flatMap((body) => [unsigned(body.length), body]),
        this.#bodies.length,
      ),
    ];
    const module = new ByteWriter(8 + totalLength(sections));
    module.bytes([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    for (const chunk of sections) module.bytes(chunk);
    return module.written;
  }

  /** The module, compiled and ready to be instantiated in any thread. */
  compile(): WebAssembly.Module {
    return new WebAssembly.Module(this.bytes());
  }

  #signature<P extends readonly ValueType[], R extends ResultType>(
    { params, result }: FunctionOptions<P, R>,
  ): Signature<P, R> & { type: number } {
    const inputs: readonly ValueType[] = params ?? [];
    const output: ResultType = result ?? "void";
    const bytes = [0x60, ...list(inputs.map((type) => [typeCodes[type]]))];
    bytes.push(...output === "void" ? [0] : [1, typeCodes[output]]);
    const key = bytes.join();
    const known = this.#types.get(key);
    const type = known ?? this.#typeBytes.push(bytes) - 1;
    this.#types.set(key, type);
    return { params: inputs as P, result: output as R, type };
  }
}

function limitBytes({ initial, maximum, shared = false }: MemoryLimits): number[] {
  const flags = (maximum === undefined ? 0 : 1) | (shared ? 2 : 0);
  return [flags, ...unsigned(initial), ...maximum === undefined ? [] : unsigned(maximum)];
}

/** Bytes that stand for themselves in a binary. */
type Chunk = ArrayLike<number>;

/** The chunks of a section: its head, then its items as they are. */
function section(id: number, items: readonly Chunk[], count = items.length): Chunk[] {
  if (items.length === 0) return [];
  const head = unsigned(count);
  return [[id, ...unsigned(head.length + totalLength(items)), ...head], ...items];
}

function totalLength(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
