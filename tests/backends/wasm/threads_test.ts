import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { call, i32, ModuleBuilder } from "../../../src/backends/wasm/assembler.ts";
import { barrierBytes, emitBarrier } from "../../../src/backends/wasm/barrier.ts";
import {
  availableThreads,
  type SharedProgram,
  shareProgram,
  type ThreadedProgram,
} from "../../../src/backends/wasm/threads.ts";
import { pathOf, runProgram } from "../../examples/run_example.ts";

const ignore = availableThreads() < 2;
const lines = 1024; // where the lines of the threads begin; the barrier lies before them

/** A shared program whose function is written by `body`, and how the caller runs its part. */
function program(
  body: (module: ModuleBuilder) => void,
): { shared: SharedProgram; words: Int32Array; run: (threads: number) => void } {
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", { initial: 1, maximum: 1, shared: true });
  body(module);
  const compiled = module.compile();
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const run = exports.run as (thread: number, threads: number) => void;
  return {
    shared: { module: compiled, memory, native: [] },
    words: new Int32Array(memory.buffer),
    run: (threads) => run(0, threads),
  };
}

/** Every thread adds the number of threads to the word of its own. */
function counting(increment = 0) {
  return program((module) => {
    module.function({ export: "run", params: ["i32", "i32"] as const }, (f, thread, threads) => {
      const at = f.let(i32.add(i32.mul(thread, 4), lines));
      f.do(i32.store(at, i32.add(i32.load(at), i32.add(threads, increment))));
    });
  });
}

/** Runs a program with all its threads, as soon as they know it. */
async function runTogether(
  threaded: ThreadedProgram,
  run: (threads: number) => void,
): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < 20_000) {
    const threads = threaded.start();
    if (threads > 1) {
      run(threads);
      threaded.join();
      return threads;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error("no thread got ready");
}

Deno.test({
  name: "a program that a helper cannot open runs alone, and other programs with the helper",
  ignore,
  fn: async () => {
    const broken = counting();
    const product = {
      name: "product",
      path: "/no/such/library",
      isDouble: false,
      sizes: [1, 1, 1],
      transposed: [false, false],
      offsets: [0, 0, 0],
    } as const;
    const alone = shareProgram({ ...broken.shared, native: [product] }, 2);
    const { shared, words, run } = counting();
    const threaded = shareProgram(shared, 2);
    assertEquals(await runTogether(threaded, run), 2);
    assertEquals(words[lines / 4 + 1], 2);
    assertEquals(alone.start(), 1);
    alone.dispose();
    assertEquals(await runTogether(threaded, run), 2);
    threaded.dispose();
  },
});

Deno.test({
  name: "shareProgram() runs a program on helpers that know it, alone until then",
  ignore,
  fn: async () => {
    const { shared, words, run } = counting();
    const threaded = shareProgram(shared, 2);
    assertEquals(await runTogether(threaded, run), 2);
    assertEquals([...words.subarray(lines / 4, lines / 4 + 3)], [2, 2, 0]);
    for (let i = 0; i < 1000; i++) {
      assertEquals(threaded.start(), 2);
      run(2);
      threaded.join();
    }
    assertEquals([...words.subarray(lines / 4, lines / 4 + 3)], [2002, 2002, 0]);
    await new Promise((resolve) => setTimeout(resolve, 20)); // the helper sleeps by now
    assertEquals(await runTogether(threaded, run), 2);
    assertEquals(words[lines / 4 + 1], 2004);
    for (let i = 1; i <= 2; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1100)); // it looks for messages meanwhile
      assertEquals(threaded.start(), 2);
      run(2);
      threaded.join();
      assertEquals(words[lines / 4 + 1], 2004 + 2 * i);
    }
    threaded.dispose();
  },
});

Deno.test({
  name: "helpers hold several programs, forget some, and run the others",
  ignore,
  fn: async () => {
    const all = Array.from({ length: 10 }, (_, i) => counting(10 * i));
    const threaded = all.map(({ shared }) => shareProgram(shared, 2));
    for (let round = 1; round <= 3; round++) {
      for (const [i, { run, words }] of all.entries()) {
        if (round === 2 && i % 2 === 1) threaded[i]!.dispose();
        if (round >= 2 && i % 2 === 1) continue;
        await runTogether(threaded[i]!, run);
        assertEquals(words[lines / 4 + 1], round * (2 + 10 * i));
      }
    }
    const late = counting(7);
    await runTogether(shareProgram(late.shared, 2), late.run);
    assertEquals(late.words[lines / 4 + 1], 9);
  },
});

Deno.test({
  name: "a program that is run during another one runs alone, and so does what is shared meanwhile",
  ignore,
  fn: async () => {
    const [outer, inner, late] = [counting(), counting(), counting()];
    const outside = shareProgram(outer.shared, 2), inside = shareProgram(inner.shared, 2);
    await runTogether(inside, inner.run);
    assertEquals(outside.start(), 2);
    assertEquals(inside.start(), 1);
    inside.join();
    const meanwhile = shareProgram(late.shared, 2);
    inside.dispose();
    assertEquals(meanwhile.start(), 1);
    meanwhile.join();
    outer.run(2);
    outside.join();
    assertEquals([...outer.words.subarray(lines / 4, lines / 4 + 3)], [2, 2, 0]);
    assertEquals(await runTogether(meanwhile, late.run), 2);
    assertEquals(inside.start(), 1);
    inside.join();
    outside.dispose();
    meanwhile.dispose();
  },
});

Deno.test({
  name: "helpers end with the worker that started them",
  ignore: ignore || Deno.build.os !== "linux", // where threads can be counted
  fn: async () => {
    const { code, output, complaint } = await runProgram(
      pathOf("tests/backends/wasm/ended_worker.ts"),
      { flags: ["--allow-all"] }, // to list its threads
    );
    assertEquals({ code, complaint }, { code: 0, complaint: "" });
    const { before, during, after } = JSON.parse(output);
    assert(during > before + 1, `${during} threads with a worker and its helper, ${before} before`);
    assert(after <= before, `${after} threads when it has ended, ${before} before`);
  },
});

Deno.test("what lacks a part of its runtime computes without that part", async () => {
  const ways = [
    "without WebAssembly",
    "where modules may not be compiled",
    "without shared memory",
    "without workers",
    "where workers may not be started",
    "where workers fail",
  ];
  const run = async (way: string) => {
    const script = pathOf("tests/backends/wasm/poor_runtime.ts");
    const { code, output, complaint } = await runProgram(script, { args: [way] });
    const isSaid = way === "where workers fail"; // Deno itself says so
    assertEquals({ code, complaint: isSaid ? "" : complaint }, { code: 0, complaint: "" }, way);
    return JSON.parse(output) as { threads: number; numbers: number[] };
  };
  const whole = await run("as it is");
  assertEquals(whole.threads, availableThreads());
  for (const way of ways) {
    const { threads, numbers } = await run(way);
    assertEquals(threads, 1, way);
    numbers.forEach((x, i) => assertAlmostEquals(x / whole.numbers[i]!, 1, 1e-4, way));
  }
});

Deno.test("shareProgram() never promises more threads than there are", async () => {
  const { shared, run } = counting();
  const threaded = shareProgram(shared, 1000);
  const available = availableThreads();
  assertEquals(available > 1 ? await runTogether(threaded, run) : threaded.start(), available);
  const single = shareProgram(shared, 1);
  assertEquals(single.start(), 1);
  single.join();
});

Deno.test({
  name: "emitBarrier() holds every thread until all have arrived, round after round",
  ignore,
  fn: async () => {
    const rounds = 20_000;
    const { shared, words, run } = program((module) => {
      const barrier = emitBarrier(module, 0);
      assert(barrierBytes <= lines);
      module.function({ export: "run", params: ["i32", "i32"] as const }, (f, thread, threads) => {
        const round = f.local("i32");
        const own = f.let(i32.add(i32.mul(thread, 64), lines));
        const other = f.let(i32.add(i32.mul(i32.sub(1, thread), 64), lines));
        f.for(round, { below: rounds }, () => {
          f.do(i32.store(own, i32.add(round, 1)));
          f.drop(call(barrier, threads, 1));
          // all have arrived, so the other has written this round, and waits at the second barrier
          f.if(i32.notEqual(i32.load(other), i32.add(round, 1)), () => {
            f.do(i32.store(own, i32.add(i32.load(own, 16), 1), 16));
          });
          f.drop(call(barrier, threads, 1));
        });
      });
    });
    const threaded = shareProgram(shared, 2);
    await runTogether(threaded, run);
    const at = lines / 4;
    assertEquals([words[at], words[at + 16]], [rounds, rounds]);
    assertEquals([words[at + 4], words[at + 20]], [0, 0], "a thread went on too early");
    threaded.dispose();
  },
});

Deno.test("emitBarrier() does not hold a thread that is alone", () => {
  const { words, run } = program((module) => {
    const barrier = emitBarrier(module, 0);
    module.function({ export: "run", params: ["i32", "i32"] as const }, (f, _, threads) => {
      f.do(i32.store(lines, i32.add(call(barrier, threads, 1), 1)));
    });
  });
  run(1);
  assertEquals(words[lines / 4], 1);
});

Deno.test("a program that trains on threads needs no permission, and ends by itself", async () => {
  const { code, output, complaint } = await runProgram(
    pathOf("tests/backends/wasm/training_on_threads.ts"),
    { flags: ["--no-prompt"] },
  );
  assertEquals({ code, complaint }, { code: 0, complaint: "" });
  const threads = Number(output.match(/^trained on (\d+) threads$/)?.[1]);
  assertEquals(threads, Math.min(2, availableThreads()));
});
