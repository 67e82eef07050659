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
  let control, thread, timer, messages = 0, last = 0;
  const serve = () => {
    while (true) {
      for (let spins = 0; Atomics.load(control, ${call}) === last && spins < 20000; spins++) {
        Atomics.pause?.();
      }
      while (Atomics.load(control, ${call}) === last) {
        const isIdle = Atomics.wait(control, ${call}, last, 1000) === "timed-out";
        if (isIdle) return void (timer = setTimeout(serve)); // lets what ends the worker come in
      }
      last = Atomics.load(control, ${call});
      const index = Atomics.load(control, ${program});
      if (index >= 0) programs[index].run(thread, Atomics.load(control, ${threadCount}));
      Atomics.store(control, ${done}, last);
      if (index < 0) return;
    }
  };
  const learn = ({ index, module: code, memory, native, isKnown }) => {
    let products;
    try {
      products = openProducts(memory, native, ${JSON.stringify(productSymbols)});
      const imports = { blas: products.functions };
      for (const { module, name, kind } of WebAssembly.Module.imports(code)) {
        (imports[module] ??= {})[name] ??= kind === "memory" ? memory : () => 0;
      }
      const { run } = new WebAssembly.Instance(code, imports).exports;
      programs[index] = { run, close: products.close };
      Atomics.store(isKnown, 0, 1);
    } catch {
      products?.close();
    }
  };
  const forget = (index) => {
    programs[index]?.close();
    programs[index] = null;
  };
  port((message) => {
    clearTimeout(timer);
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
  #pending: object[] = []; // messages that have to wait for the end of a run
  #isRunning = false;
  #hasFailed = false;

  constructor(thread: number) {
    this.#worker = startWorker(() => this.#hasFailed = true);
    this.#send({ control: this.#control, thread });
  }

  /** Tells the worker of a program; it sets a word as soon as it knows it. */
  teach(index: number, { module, memory, native }: SharedProgram): Int32Array {
    const isKnown = new Int32Array(new SharedArrayBuffer(4));
    this.#send({ index, module, memory, native, isKnown });
    return isKnown;
  }

  /** Lets the worker drop a program. */
  forget(index: number): void {
    this.#send({ forget: index });
  }

  #send(message: object): void {
    this.#messages++;
    this.#pending.push(message);
    if (!this.#isRunning) this.#post();
  }

  #post(): void {
    for (const message of this.#pending.splice(0)) {
      this.#call(-1, 0);
      this.#worker.postMessage({ ...message, call: this.#calls });
    }
  }

  /** Whether the worker has acted on all it was told, and is idle: until then it may not be called. */
  get isReady(): boolean {
    return !this.#isRunning && !this.#hasFailed &&
      Atomics.load(this.#control, heeded) === this.#messages;
  }

  /** Starts the worker on a program. */
  start(index: number, threads: number): void {
    this.#isRunning = true;
    this.#call(index, threads);
  }

  /** Waits until the worker is through. */
  join(): void {
    while (Atomics.load(this.#control, done) !== this.#calls) Atomics.pause?.();
    this.#isRunning = false;
    this.#post();
  }

  #call(index: number, threads: number): void {
    Atomics.store(this.#control, program, index);
    Atomics.store(this.#control, threadCount, threads);
    this.#calls = (this.#calls + 1) | 0;
    Atomics.store(this.#control, call, this.#calls);
    Atomics.notify(this.#control, call);
  }
}

/**
 * Starts a worker that does not keep the process alive, whichever kind there is, and says when it
 * has failed: it may be that it cannot be started here. Throws where that is known at once.
 */
function startWorker(onFailure: () => void): Worker {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => unknown };
  };
  const threads = process?.getBuiltinModule?.("node:worker_threads") as
    | { Worker: new (source: string, options: object) => NodeWorker }
    | undefined;
  if (threads !== undefined) {
    const listen = `start((f) => require("node:worker_threads").parentPort.on("message", f));`;
    const env = {}; // a copy of the environment would ask for a permission
    const execArgv: string[] = []; // or --input-type=module would hold for the source as well
    const worker = new threads.Worker(source + listen, { eval: true, env, execArgv });
    worker.on("error", onFailure);
    worker.unref();
    return worker;
  }
  const listen = "start((f) => onmessage = (event) => f(event.data));";
  const url = URL.createObjectURL(new Blob([source + listen], { type: "text/javascript" }));
  const { Worker } = globalThis as unknown as { Worker: new (url: string) => WebWorker };
  const worker = new Worker(url);
  worker.onerror = onFailure;
  return worker;
}

interface NodeWorker extends Worker {
  on(event: "error", listener: () => void): void;
  unref(): void;
}

interface WebWorker extends Worker {
  onerror: () => void;
}

const mostThreads = 16;
const helpers: Helper[] = [];
let canStart = true;
let programs = 0;
/** The programs that helpers know, as long as anybody else has them. */
const shared = new Map<number, WeakRef<ThreadedProgram>>();

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
export function shareProgram(program: SharedProgram, threads: number): ThreadedProgram {
  startHelpers();
  for (const [index, known] of shared) if (known.deref() === undefined) forget(index);
  const index = programs++;
  const known = helpers.map((helper) => helper.teach(index, program));
  let running: readonly Helper[] = [];
  const own = helpers.slice(0, threads - 1);
  const canHelp = (helper: Helper, i: number) => helper.isReady && Atomics.load(known[i]!, 0) === 1;
  const threaded: ThreadedProgram = {
    start() {
      running = shared.has(index) && own.every(canHelp) ? own : [];
      for (const helper of running) helper.start(index, running.length + 1);
      return running.length + 1;
    },
    join() {
      for (const helper of running) helper.join();
    },
    dispose: () => forget(index),
  };
  shared.set(index, new WeakRef(threaded));
  return threaded;
}

/** Starts helpers for all cores; where one cannot be started, programs make do with those there are. */
function startHelpers(): void {
  try {
    while (canStart && helpers.length < availableThreads() - 1) {
      helpers.push(new Helper(helpers.length + 1));
    }
  } catch {
    canStart = false;
  }
}

/** Lets the helpers forget a program, so that its memory can be freed. */
function forget(index: number): void {
  if (shared.delete(index)) helpers.forEach((helper) => helper.forget(index));
}
