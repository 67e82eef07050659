/** One compiled program of Values: a traced function as straight code over an array of numbers. */

import { leavesOf } from "../autodiff/tree.ts";
import type { Executable } from "../backends/executable.ts";
import { detectFeatures } from "../backends/wasm/features.ts";
import { emitScalarProgram, type ScalarExecutable } from "../backends/wasm/scalars/program.ts";
import type { Elementwise } from "../ops/elementwise_op.ts";
import { Value } from "../values/value.ts";
import type { CompileOptions } from "./compilation.ts";
import { removeDeadSteps, removeIdentities, shareCommonSteps } from "./passes/simplify.ts";
import { formatProgram, type Program } from "./program.ts";
import { rebuilder, type Structure } from "./structure.ts";
import type { Trace } from "./trace.ts";

/** A result: where it is among the numbers, and its name and whether derivatives by it are wanted. */
interface Output {
  readonly place: number;
  readonly details: { readonly name: string | null; readonly requiresGrad: boolean };
}

const passes = [removeIdentities, shareCommonSteps, removeDeadSteps];

/** A program of Values for one structure of arguments. */
export class ScalarCompilation {
  /** The structure of the arguments it was made for. */
  readonly structure: Structure;
  /** The Values that it reads besides its arguments. */
  readonly captured: readonly Value[];
  /** Whether derivatives may flow back to what it reads besides its arguments. */
  readonly usesTracked: boolean;
  readonly #rebuild: (results: readonly Value[]) => unknown;
  readonly #program: Program;
  readonly #executable: ScalarExecutable;
  readonly #numbers: Float64Array;
  readonly #inputs: readonly number[]; // places among the numbers
  readonly #outputs: readonly Output[];

  /** Optimises and emits a trace of a function. */
  constructor(
    { program, result, captured, usesTracked }: Trace<Value>,
    { structure, backend = "wasm" }: CompileOptions & { readonly structure: Structure },
  ) {
    this.structure = structure;
    this.captured = captured;
    this.usesTracked = usesTracked;
    this.#rebuild = rebuilder(result);
    this.#program = passes.reduce((simplified, pass) => pass(simplified), program);
    this.#executable = backend === "wasm" && detectFeatures().simd
      ? emitScalarProgram(this.#program)
      : referenceExecutable(this.#program);
    const { places, buffer } = this.#executable;
    this.#numbers = new Float64Array(buffer);
    for (const [value, [number]] of this.#program.constants) {
      this.#numbers[places[value]!] = number!;
    }
    this.#inputs = this.#program.inputs.map((value) => places[value]!);
    const leaves = leavesOf(result) as Value[];
    this.#outputs = this.#program.outputs.map((value, i) => {
      const { name, requiresGrad } = leaves[i]!;
      return { details: { name, requiresGrad }, place: places[value]! };
    });
  }

  /** What the function returns for arguments with these Values, in their order. */
  run(leaves: readonly Value[]): unknown {
    const numbers = this.#numbers;
    this.#bringIn(leaves);
    this.#executable.run();
    return this.#rebuild(
      this.#outputs.map(({ details, place }) => new Value(numbers[place]!, details)),
    );
  }

  #bringIn(leaves: readonly Value[]): void {
    const count = leaves.length;
    for (let i = 0; i < count; i++) this.#numbers[this.#inputs[i]!] = leaves[i]!.data;
    for (let i = 0; i < this.captured.length; i++) {
      this.#numbers[this.#inputs[count + i]!] = this.captured[i]!.data;
    }
  }

  /** The program, its memory, and how long its parts take on these Values. */
  explain(leaves: readonly Value[]): string {
    this.#bringIn(leaves);
    const parts = this.#executable.profile();
    const total = parts.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    return [
      formatProgram(this.#program),
      "",
      `${this.#numbers.byteLength.toLocaleString("en-US")} bytes of memory, ` +
      `${this.#program.steps.length.toLocaleString("en-US")} steps, ${total.toFixed(3)} ms`,
      ...parts.map(({ name, milliseconds }) => `${milliseconds.toFixed(4)} ms  ${name}`),
    ].join("\n");
  }

  /** Nothing is held that the garbage collector does not own. */
  dispose(): void {
    this.#executable.dispose();
  }
}

/** Runs each step by its operation's function on numbers. */
export function referenceExecutable({ slots, steps }: Program): ScalarExecutable {
  const numbers = new Float64Array(Math.max(1, slots.length));
  const run = () => {
    for (const { op, inputs, outputs, attributes } of steps) {
      const { scalar } = op as Elementwise;
      numbers[outputs[0]!] = scalar(...inputs.map((value) => numbers[value]!), attributes);
    }
  };
  const profile: Executable["profile"] = () => {
    const started = performance.now();
    run();
    return [{ name: "all steps (reference)", milliseconds: performance.now() - started }];
  };
  const places = Int32Array.from(slots, (_, value) => value);
  return { buffer: numbers.buffer, threads: 1, places, run, profile, dispose() {} };
}
