/** A program of single numbers as straight code over one memory. */

import type { Program, Step } from "../../../compile/program.ts";
import type { Elementwise } from "../../../ops/elementwise_op.ts";
import { attributesKey } from "../../../ops/op.ts";
import { type Executable, memoryError } from "../../executable.ts";
import { call, type Callee, type Expression, f64, type FunctionBuilder } from "../assembler.ts";
import { i32, Local, ModuleBuilder } from "../assembler.ts";
import { layOut, type ScalarLayout } from "./layout.ts";
import { asNumber, nought, scalarOps, type Term } from "./scalar_ops.ts";

/** A program of single numbers that is ready to run. */
export interface ScalarExecutable extends Executable {
  /** For each value its place among the numbers in memory, or -1. */
  readonly places: Int32Array;
}

/** A function outside of the module. */
type Import = Callee<readonly "f64"[], "f64">;

const zero = i32.const(0); // addresses are constants, which need no check
const pageBytes = 65536;

/** Emits a program whose values are all single numbers, and makes it ready to run. */
export function emitScalarProgram(program: Program): ScalarExecutable {
  const layout = layOut(program);
  const bytes = Math.max(1, layout.size) * Float64Array.BYTES_PER_ELEMENT;
  const pages = Math.ceil(bytes / pageBytes);
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", { initial: pages, maximum: pages });
  const functions = new Functions(module, program.steps);
  const loads: Expression<"f64">[] = [];
  for (const [value, [number]] of program.constants) {
    if (Object.is(number, 0)) loads[layout.places[value]!] = nought;
  }
  const parts = layout.starts.slice(0, -1).map((start, part) => {
    const steps = program.steps.slice(start, layout.starts[part + 1]);
    return module.function({ export: `${part}` }, (f) => {
      new PartWriter(f, layout, functions, loads).write(steps);
    });
  });
  module.function({ export: "run" }, (f) => parts.forEach((part) => f.do(call(part))));
  const memory = makeMemory(pages, bytes);
  const { exports } = new WebAssembly.Instance(module.compile(), {
    env: { memory },
    functions: functions.imports,
  });
  const { run } = exports as { run: () => void };
  return {
    buffer: memory.buffer,
    threads: 1,
    places: layout.places,
    run,
    profile: () =>
      parts.map((_, part) => {
        const started = performance.now();
        (exports[part] as () => void)();
        const milliseconds = performance.now() - started;
        return {
          name: `steps ${layout.starts[part]} to ${layout.starts[part + 1]! - 1}`,
          milliseconds,
        };
      }),
    dispose() {},
  };
}

/** A memory that is not to grow: room to grow is taken from what there is of addresses. */
function makeMemory(pages: number, bytes: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw memoryError(bytes, cause);
  }
}

/** The operations that WebAssembly has no instructions for: each is called as JavaScript has it. */
class Functions {
  /** What the module imports, by number. */
  readonly imports: Record<string, (...numbers: number[]) => number> = {};
  readonly #callees = new Map<string, Import>();

  /** Imports what the steps need. */
  constructor(module: ModuleBuilder, steps: readonly Step[]) {
    for (const step of steps) {
      const key = keyOf(step);
      if (step.op.name in scalarOps || this.#callees.has(key)) continue;
      const { op, attributes, inputs } = step;
      const { scalar } = op as Elementwise;
      const name = `${this.#callees.size}`;
      this.imports[name] = attributes === undefined
        ? scalar
        : (...numbers) => scalar(...numbers, attributes);
      const params = inputs.map(() => "f64" as const);
      this.#callees.set(key, module.importFunction("functions", name, { params, result: "f64" }));
    }
  }

  /** A call of the function that a step needs. */
  call(step: Step, inputs: readonly Term[]): Expression<"f64"> {
    return call(this.#callees.get(keyOf(step))!, ...inputs.map(asNumber));
  }
}

function keyOf({ op, attributes }: Step): string {
  return `${op.name} ${attributesKey(attributes)}`;
}

/**
 * Writes one part: an operation on what is known becomes part of what reads it, if that is one
 * other; everything else becomes a variable.
 */
class PartWriter {
  readonly #f: FunctionBuilder;
  readonly #layout: ScalarLayout;
  readonly #functions: Functions;
  readonly #loads: Expression<"f64">[]; // by place, for all parts
  readonly #terms = new Map<number, Term>();
  readonly #unwritten = new Set<number>(); // what becomes part of its one reader

  /** Writes into a function. */
  constructor(
    f: FunctionBuilder,
    layout: ScalarLayout,
    functions: Functions,
    loads: Expression<"f64">[],
  ) {
    this.#f = f;
    this.#loads = loads;
    this.#layout = layout;
    this.#functions = functions;
  }

  /** Writes the steps of the part. */
  write(steps: readonly Step[]): void {
    const { places, reads } = this.#layout;
    for (const step of steps) {
      const value = step.outputs[0]!;
      const term = this.#termOf(step);
      const isStored = places[value]! >= 0;
      const isKnown = !step.inputs.some((input) => this.#unwritten.has(input));
      if (isKnown && !isStored && reads[value] === 1) {
        this.#terms.set(value, term);
        this.#unwritten.add(value);
        continue;
      }
      const number = reads[value]! > 0 ? this.#f.let(asNumber(term)) : asNumber(term);
      this.#terms.set(value, number);
      if (isStored) this.#f.store(zero, number, 8 * places[value]!);
    }
  }

  #termOf(step: Step): Term {
    const inputs = step.inputs.map((value) => this.#terms.get(value) ?? this.#load(value));
    const write = scalarOps[step.op.name as keyof typeof scalarOps];
    if (write === undefined) return this.#functions.call(step, inputs);
    return write(inputs, step.attributes, (term) => this.#once(term));
  }

  #once(term: Term): Expression<"f64"> {
    const number = asNumber(term);
    return number instanceof Local ? number : this.#f.let(number);
  }

  #load(value: number): Expression<"f64"> {
    const place = this.#layout.places[value]!;
    return this.#loads[place] ??= f64.load(zero, 8 * place);
  }
}
