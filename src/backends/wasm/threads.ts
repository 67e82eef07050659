/**
 * Threads that run programs in lockstep with the caller. A worker spins for a moment after each
 * step, then sleeps; it holds no program back: a step runs on those threads that know its program
 * by then, the caller alone at first. Workers need no permission and never keep a process alive.
 */

import { productSymbols } from "../blas/foreign.ts";
import { type NativeProduct, openProducts } from "../blas/products.ts";

/** A program that several threads can run. */
export interface SharedProgram {
  /** The module; it exports `run(thread, threads)` and imports `env.memory`. */
  readonly module: WebAssembly.Module;
  /** The memory that all threads see. */
  readonly memory: WebAssembly.Memory;
  /** The products that every thread calls a BLAS for. */
  readonly native: readonly NativeProduct[];
}

/** What the pool needs of a worker of either kind. */
interface Worker {
  postMessage(message: unknown): void;
  terminate(): unknown;
}

// Words of the control block of a worker.
const call = 0; // counts the calls; a worker waits for it to change
const program = 1; // which program to run, or -1 to look for messages
const threadCount = 2;
const done = 3; // the last call that the worker has finished
const heeded = 4; // how many messages the worker has understood and acted on

/**
 * The program of a worker, which has to stand by itself; only the caller calls JavaScript but for
 * products by a BLAS. Where a worker cannot open that, the program that calls it runs without it.
 */
const source = `
const openProducts = ${openProducts};
const start = (port) => {
  const programs = [];
  let control, thread, messages = 0, last = 0;
  const serve = () => {
    while (true) {
      for (let spins = 0; Atomics.load(control, ${call}) === last && spins < 20000; spins++) {
        Atomics.pause?.();
      }
      while (Atomics.load(control, ${call}) === last) Atomics.wait(control, ${call}, last);
      last = Atomics.load(control, ${call});
      const index = Atomics.load(control, ${program});
      if (index >= 0) programs[index].run(thread, Atomics.load(control, ${threadCount}));
      Atomics.store(control, ${done}, last);
      if (index < 0) return;
    }
  };
  const learn = ({ module: code, memory, native, isKnown }) => {
    const index = programs.push(null) - 1;
    let products;
    try {
      products = openProducts(memory, native, ${JSON.stringify(productSymbols)});
    } catch {
      return;
    }
    const imports = { blas: products.functions };
    for (const { module, name, kind } of WebAssembly.Module.imports(code)) {
      (imports[module] ??= {})[name] ??= kind === "memory" ? memory : () => 0;
    }
    const { run } = new WebAssembly.Instance(code, imports).exports;
    programs[index] = { run, close: products.close };
    Atomics.store(isKnown, 0, 1);
  };
  const forget = (index) => {
    programs[index]?.close();
    programs[index] = null;
  };
  port((message) => {
    if (message.control) ({ control, thread } = message);
    if (message.forget !== undefined) forget(message.forget);
    if (message.module) learn(message);
    Atomics.store(control, ${heeded}, ++messages);
    last = message.call;
    serve();
  });
};
`;

/** One more thread, with its control block. */
class Helper {
  readonly #control = new Int32Array(new SharedArrayBuffer(64));
  readonly #worker: Worker;
  #calls = 0;
  #messages = 0;

  constructor(thread: number) {
    this.#worker = startWorker();
    this.#send({ control: this.#control, thread });
  }

  /** Tells the worker of a program; it sets a word as soon as it knows it. */
  teach({ module, memory, native }: SharedProgram): Int32Array {
    const isKnown = new Int32Array(new SharedArrayBuffer(4));
    this.#send({ module, memory, native, isKnown });
    return isKnown;
  }

  /** Lets the worker drop a program. */
  forget(index: number): void {
    this.#send({ forget: index });
  }

  #send(message: object): void {
    this.#messages++;
    this.#call(-1, 0);
    this.#worker.postMessage({ ...message, call: this.#calls });
  }

  /** Whether the worker has acted on all it was told: until then it may not be called. */
  get isReady(): boolean {
    return Atomics.load(this.#control, heeded) === this.#messages;
  }

  /** Starts the worker on a program. */
  start(index: number, threads: number): void {
    this.#call(index, threads);
  }

  /** Waits until the worker is through. */
  join(): void {
    while (Atomics.load(this.#control, done) !== this.#calls);
  }

  #call(index: number, threads: number): void {
    Atomics.store(this.#control, program, index);
    Atomics.store(this.#control, threadCount, threads);
    this.#calls = (this.#calls + 1) | 0;
    Atomics.store(this.#control, call, this.#calls);
    Atomics.notify(this.#control, call);
  }
}

/** Starts a worker that does not keep the process alive, whichever kind there is. */
function startWorker(): Worker {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => unknown };
  };
  const threads = process?.getBuiltinModule?.("node:worker_threads") as
    | { Worker: new (source: string, options: object) => Worker & { unref(): void } }
    | undefined;
  if (threads !== undefined) {
    const listen = `start((f) => require("node:worker_threads").parentPort.on("message", f));`;
    const env = {}; // a copy of the environment would ask for a permission
    const worker = new threads.Worker(source + listen, { eval: true, env });
    worker.unref();
    return worker;
  }
  const listen = "start((f) => onmessage = (event) => f(event.data));";
  const url = URL.createObjectURL(new Blob([source + listen], { type: "text/javascript" }));
  const { Worker } = globalThis as unknown as { Worker: new (url: string) => Worker };
  return new Worker(url);
}

const mostThreads = 16;
const helpers: Helper[] = [];
let programs = 0;

/** How many threads there are to be had, the caller among them. */
export function availableThreads(): number {
  return Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, mostThreads);
}

/** A program that several threads know. */
export interface ThreadedProgram {
  /** Starts it on the helpers that know it, and returns with how many threads it runs. */
  start(): number;
  /** Waits for the helpers to be through. */
  join(): void;
  /** Lets the helpers forget it. */
  dispose(): void;
}

/** Makes a program known to the helpers, which are started if there are none yet. */
export function shareProgram(shared: SharedProgram, threads: number): ThreadedProgram {
  while (helpers.length < availableThreads() - 1) helpers.push(new Helper(helpers.length + 1));
  const index = programs++;
  const known = helpers.map((helper) => helper.teach(shared));
  let running: readonly Helper[] = [];
  const own = helpers.slice(0, threads - 1);
  const canHelp = (helper: Helper, i: number) => helper.isReady && Atomics.load(known[i]!, 0) === 1;
  return {
    start() {
      running = own.every(canHelp) ? own : [];
      for (const helper of running) helper.start(index, running.length + 1);
      return running.length + 1;
    },
    join() {
      for (const helper of running) helper.join();
    },
    dispose() {
      for (const helper of helpers) helper.forget(index);
    },
  };
}
