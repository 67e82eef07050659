/**
 * How much two cores are worth of one. A machine in a cloud may run its two cores on the halves of
 * one for minutes, and then whoever uses both seems slow.
 */

import { f32x4, ModuleBuilder } from "../../src/backends/wasm/assembler.ts";
import { median } from "./tables.ts";

/** What two cores are worth at least when they are two. */
const two = 1.8;
/** Milliseconds that each loop runs, and how often they are compared. */
const loop = 20, comparisons = 7;
/** Milliseconds between looks at cores that are not two. */
const pause = 500;

/** Compares loops on one core and on two at once. */
export class Cores {
  readonly #worker: Worker;
  readonly #loop: (milliseconds: number) => number;

  private constructor(worker: Worker, loop: (milliseconds: number) => number) {
    this.#worker = worker;
    this.#loop = loop;
  }

  /** Starts the second thread; null on a machine with one core. */
  static async open(): Promise<Cores | null> {
    if (navigator.hardwareConcurrency < 2) return null;
    const url = new URL("./workers/looping.ts", import.meta.url);
    const bytes = loopBytes();
    const cores = new Cores(new Worker(url, { type: "module" }), looping(bytes));
    await cores.#other(bytes);
    await cores.#compare(); // the engine optimises the loops
    return cores;
  }

  /** The median of some comparisons: 1 for one core with two names, 2 for two. */
  async worth(): Promise<number> {
    const found: number[] = [];
    for (let i = 0; i < comparisons; i++) found.push(await this.#compare());
    return median(found)!;
  }

  /** What two cores are worth, when they are worth two or after so many seconds. */
  async settled(seconds: number): Promise<number> {
    const started = performance.now();
    for (;;) {
      const worth = await this.worth();
      if (worth >= two || performance.now() - started > seconds * 1000) return worth;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Ends the second thread. */
  close(): void {
    this.#worker.terminate();
  }

  async #compare(): Promise<number> {
    const alone = this.#loop(loop);
    const other = this.#other(loop);
    return (this.#loop(loop) + await other) / alone;
  }

  #other(message: number | Uint8Array): Promise<number> {
    return new Promise((resolve) => {
      this.#worker.onmessage = ({ data }) => resolve(data);
      this.#worker.postMessage(message);
    });
  }
}

/** What runs the loop for so many milliseconds, and says how many rounds it got through. */
export function looping(bytes: Uint8Array<ArrayBuffer>): (milliseconds: number) => number {
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  return (milliseconds) => {
    const started = performance.now();
    let rounds = 0;
    for (; performance.now() - started < milliseconds; rounds++) {
      (run as (n: number) => void)(20_000);
    }
    return rounds;
  };
}

/** A module whose function multiplies and adds as fast as a core can. */
function loopBytes(): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  module.function({ export: "run", params: ["i32"], result: "f32" }, (f, rounds) => {
    const round = f.local("i32"), factor = f.let(f32x4.splat(0.999));
    const sums = Array.from({ length: 10 }, (_, i) => f.let(f32x4.splat(i)));
    f.for(round, { below: rounds }, () => {
      for (const sum of sums) f.set(sum, f32x4.add(f32x4.mul(sum, factor), factor));
    });
    for (const sum of sums.slice(1)) f.set(sums[0]!, f32x4.add(sums[0]!, sum));
    f.return(f32x4.extract(sums[0]!, 0));
  });
  return module.bytes() as Uint8Array<ArrayBuffer>;
}
