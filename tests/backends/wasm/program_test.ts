import { assert, assertEquals, assertThrows } from "@std/assert";
import { IndexError, Random, type Tensor, tensor, UsageError } from "../../../src/mod.ts";
import type { Executable } from "../../../src/backends/executable.ts";
import { emitProgram } from "../../../src/backends/wasm/program.ts";
import { availableThreads } from "../../../src/backends/wasm/threads.ts";
import { viewsOf } from "../../../src/compile/arena.ts";
import { makeExecutable, nameOf } from "../../../src/compile/executable.ts";
import { type MemoryPlan, planMemory } from "../../../src/compile/memory_plan.ts";
import { optimize } from "../../../src/compile/optimize.ts";
import type { Program } from "../../../src/compile/program.ts";
import type { TypedArray } from "../../../src/ops/dtype.ts";
import { runProgram, traceOf } from "../../compile/run_program.ts";
import { compile, ones } from "../../../src/mod.ts";

type AnyFunction = (...args: never[]) => unknown;

/** A program in its arena, with its results and those of the reference. */
class Emitted {
  readonly program: Program;
  readonly plan: MemoryPlan;
  readonly executable: Executable;
  readonly #inputs: TypedArray[];
  readonly #views: (TypedArray | null)[];

  constructor(f: AnyFunction, args: readonly Tensor[], options: { threads?: number } = {}) {
    const { program, inputs } = traceOf(f, args);
    this.program = optimize(program);
    this.#inputs = inputs;
    this.plan = planMemory(this.program);
    this.executable = makeExecutable(this.program, this.plan, options);
    this.#views = viewsOf(this.program, this.plan, this.executable.buffer);
    for (const [value, data] of this.program.constants) this.#views[value]!.set(data);
  }

  /** Puts other numbers into an input. */
  set(input: number, numbers: readonly number[]): void {
    this.#inputs[input]!.set(numbers);
  }

  run(): TypedArray[] {
    this.program.inputs.forEach((value, i) => this.#views[value]!.set(this.#inputs[i]!));
    this.executable.run();
    return this.program.outputs.map((value) => this.#views[value]!.slice());
  }

  get wanted(): TypedArray[] {
    return runProgram(this.program, this.#inputs);
  }
}

function assertClose(found: readonly TypedArray[], wanted: readonly TypedArray[]): void {
  found.forEach((data, i) => {
    data.forEach((x, at) => {
      const target = wanted[i]![at]!;
      const isClose = Math.abs(x - target) <= 1e-4 * Math.max(1, Math.abs(target));
      assert(isClose, `result ${i} at ${at} is ${x}, not ${target}`);
    });
  });
}

const random = new Random(7);
/** Steps of every sort: products, fusions, reductions, call outs, shapes, and a product of stacks. */
const mixture = (x: Tensor, w: Tensor, index: Tensor) => {
  const hidden = x.matmul(w, { transposeB: true }).add(1).relu();
  const shares = hidden.softmax(1).cumsum(0);
  const picked = shares.take(index, { axis: 0 }).sin();
  return [hidden, picked, shares.max(0).reshape([-1]), hidden.mean(), hidden.argmax(1)];
};
const mixtureInputs = () => [
  random.normal([260, 130]),
  random.normal([140, 130]),
  tensor([3, 1, -1], { dtype: "int32" }),
];

Deno.test("emitProgram() runs steps of every sort as the reference does", () => {
  const emitted = new Emitted(mixture as AnyFunction, mixtureInputs(), { threads: 1 });
  assertClose(emitted.run(), emitted.wanted);
  assertClose(emitted.run(), emitted.wanted);
  assertEquals(emitted.executable.threads, 1);
});

Deno.test("profile() names every step in order, and what runs it", () => {
  const emitted = new Emitted(mixture as AnyFunction, mixtureInputs(), { threads: 1 });
  emitted.run();
  const kernels = emitted.executable.profile();
  const steps = emitted.program.steps.filter(({ op }) => !op.alias);
  assertEquals(kernels.map(({ name }) => name.replace(/ \(.*/, "")), steps.map(nameOf));
  const called = kernels.filter(({ name }) => name.endsWith("(reference)"));
  assertEquals(called.map(({ name }) => name.match(/= (\w+)/)![1]), ["cumsum", "take"]);
  assert(kernels.every(({ milliseconds }) => milliseconds >= 0));
  const results = emitted.program.outputs.length;
  assertEquals(emitted.run().length, results);
});

Deno.test({
  name: "emitProgram() gives the same numbers on two threads, once there are two",
  ignore: availableThreads() < 2,
  fn: async () => {
    const emitted = new Emitted(mixture as AnyFunction, mixtureInputs(), { threads: 2 });
    const { wanted } = emitted;
    const counts = new Set<number>();
    const started = performance.now();
    while (counts.size < 2 && performance.now() - started < 20_000) {
      for (let i = 0; i < 10; i++) {
        assertClose(emitted.run(), wanted);
        counts.add(emitted.executable.threads);
      }
      await new Promise((resolve) => setTimeout(resolve, 1)); // helpers are told in between
    }
    assertEquals(counts, new Set([1, 2]));
    emitted.set(2, [300, 1, 1]); // no such row: the helpers must not wait for what never comes
    for (let i = 0; i < 20; i++) {
      assertThrows(
        () => emitted.run(),
        IndexError,
        "Cannot take at index 300: there are 260 entries",
      );
    }
    emitted.set(2, [0, 1, 1]);
    for (let i = 0; i < 20; i++) assertClose(emitted.run(), emitted.wanted);
    emitted.executable.dispose();
  },
});

Deno.test("an error in a call out comes through, and the next run is as any other", () => {
  for (const threads of [1, 2]) {
    const emitted = new Emitted(mixture as AnyFunction, mixtureInputs(), { threads });
    emitted.set(2, [1, 2, 260]);
    assertThrows(
      () => emitted.run(),
      IndexError,
      "Cannot take at index 260: there are 260 entries",
    );
    assertThrows(() => emitted.executable.profile(), IndexError, "Cannot take at index 260");
    emitted.set(2, [1, 2, 259]);
    assertClose(emitted.run(), emitted.wanted);
    emitted.executable.profile();
    emitted.executable.dispose();
  }
});

Deno.test("emitProgram() copies results to the inputs they replace, after all has been read", () => {
  const f = (x: Tensor) => [x.cumsum(0), x.mul(2)];
  const { program: traced } = traceOf(f as AnyFunction, [tensor([1, 2, 3])]);
  const program = optimize(traced);
  const [input] = program.inputs as [number];
  const [sums, twice] = program.outputs as [number, number];
  const plan = planMemory(program, new Map([[sums, input]]));
  assertEquals(plan.copies, [{ from: sums, to: input }]);
  for (const backend of ["wasm", "reference"] as const) {
    const executable = makeExecutable(program, plan, { backend, threads: 1 });
    const views = viewsOf(program, plan, executable.buffer);
    for (const [value, data] of program.constants) views[value]!.set(data);
    views[input]!.set([1, 2, 3]);
    executable.run();
    assertEquals([...views[input]!], [1, 3, 6]);
    assertEquals([...views[twice]!], [2, 4, 6]);
    executable.run();
    assertEquals([...views[input]!], [1, 4, 10]);
  }
});

Deno.test("emitProgram() grows a memory that it is given, or says what is missing", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 4 });
  const make = (size: number) => {
    const { program: traced } = traceOf(((x: Tensor) => x.mul(3)) as AnyFunction, [
      tensor(new Float64Array(size).fill(1)),
    ]);
    const program = optimize(traced);
    const plan = planMemory(program);
    const executable = emitProgram(program, plan, { memory, runStep: () => {}, nameOf });
    return () => {
      const views = viewsOf(program, plan, memory.buffer);
      for (const [value, data] of program.constants) views[value]!.set(data);
      views[program.inputs[0]!]!.fill(2);
      executable.run();
      return views[program.outputs[0]!]!;
    };
  };
  const small = make(10);
  assertEquals([...small()], Array(10).fill(6));
  const large = make(10_000);
  assertEquals(memory.buffer.byteLength, 3 * 65536);
  assert(large().every((x) => x === 6));
  assertEquals([...small()], Array(10).fill(6)); // its memory has another buffer by now
  assertThrows(
    () => make(100_000),
    UsageError,
    "Cannot compile: the program needs 1,600,",
  );
  assertEquals([...small()], Array(10).fill(6));
});

Deno.test("a program without steps, and one whose only step is another shape", () => {
  const empty = new Emitted(((x: Tensor) => x) as AnyFunction, [tensor([1, 2])]);
  assertEquals(empty.run().map((data) => [...data]), [[1, 2]]);
  const shaped = new Emitted(((x: Tensor) => x.reshape([2, 1])) as AnyFunction, [tensor([1, 2])]);
  assertEquals(shaped.run().map((data) => [...data]), [[1, 2]]);
  assertEquals([empty, shaped].map(({ executable }) => executable.profile()), [[], []]);
});

Deno.test("a reproducible program has no instruction that processors may round as they like", () => {
  const { Module } = WebAssembly;
  const relaxedIn = (reproducible: boolean): number => {
    let count = 0;
    WebAssembly.Module = class extends Module {
      constructor(source: BufferSource) {
        super(source);
        const bytes = new Uint8Array(source as ArrayBuffer);
        for (let i = 0; i + 2 < bytes.length; i++) {
          const isRelaxed = bytes[i] === 0xfd && bytes[i + 1]! >= 0x80 && bytes[i + 1]! <= 0x93 &&
            bytes[i + 2] === 2; // the prefix of vectors, and 0x100 to 0x113 in two bytes
          if (isRelaxed) count++;
        }
      }
    };
    try {
      const functions = (x: Tensor) => [x.exp(), x.tanh(), x.erf(), x.sin()];
      compile(functions, { reproducible })(ones([64]));
    } finally {
      WebAssembly.Module = Module;
    }
    return count;
  };
  assert(relaxedIn(false) > 0);
  assertEquals(relaxedIn(true), 0);
});

Deno.test("a compiled oneHot() refuses negative labels as it does those that are too large", () => {
  const rows = compile((labels: Tensor) => labels.oneHot(3));
  rows(tensor([0, 1, 2], { dtype: "int32" }));
  for (const wrong of [-1, 3, -(2 ** 31)]) {
    assertThrows(() => rows(tensor([0, wrong, 2], { dtype: "int32" })), IndexError);
  }
});

Deno.test("emitProgram() takes a memory that is larger than it needs", () => {
  const { program: traced } = traceOf((x: Tensor) => x.mul(2), [tensor([1, 2, 3])]);
  const program = optimize(traced);
  const plan = planMemory(program);
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65536 });
  const executable = emitProgram(program, plan, { memory, nameOf, runStep() {} });
  const views = viewsOf(program, plan, executable.buffer);
  for (const [value, data] of program.constants) views[value]?.set(data);
  views[program.inputs[0]!]!.set([1, 2, 3]);
  executable.run();
  assertEquals([...views[program.outputs[0]!]!], [2, 4, 6]);
  assertEquals(memory.buffer.byteLength, 64 * 65536);
});

Deno.test("sin() of vectors carries from word to word where it reduces a large angle", () => {
  using sine = compile((x: Tensor) => x.sin(), { reproducible: true });
  const rows = [
    [3.999143084962033e126, 8.807357540479075e-5],
    [6.67134022860641e140, -1.9236206758256106e-4],
  ] as const;
  for (const [x, exact] of rows) {
    const found = sine(tensor([x, x], { dtype: "float64" })).data[0]!;
    assert(Math.abs(found - exact) <= 2 * 2 ** -52 * Math.abs(exact), `${found} for ${x}`);
  }
});
