/**
 * How much two cores are worth of a whole one. A machine in a cloud may run its two cores on the
 * halves of one for minutes, or share each with another machine, and then whoever needs more than
 * half of what a core can do seems slow.
 */

import { f32x4, i32, i32x4, ModuleBuilder } from "../../src/backends/wasm/assembler.ts";
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
  #most = 0; // rounds on one core so far: those of a whole one, sooner or later

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
    await cores.worth(); // the engine optimises the loops, and one core is seen whole, with luck
    return cores;
  }

  /** The median of some comparisons: 1 for one core with two names, 2 for two whole ones. */
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
    this.#most = Math.max(this.#most, this.#loop(loop));
    const other = this.#other(loop);
    return (this.#loop(loop) + await other) / this.#most;
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

/** A module whose function gives a core as much to do as it can begin: sums of either kind. */
function loopBytes(): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  module.function({ export: "run", params: ["i32"], result: "i32" }, (f, rounds) => {
    const round = f.local("i32"), factor = f.let(f32x4.splat(0.999));
    const sums = Array.from({ length: 10 }, (_, i) => f.let(f32x4.splat(i)));
    const counts = Array.from({ length: 7 }, (_, i) => f.let(i32.const(i)));
    f.for(round, { below: rounds }, () => {
      for (const sum of sums) f.set(sum, f32x4.add(f32x4.mul(sum, factor), factor));
      for (let twice = 0; twice < 2; twice++) {
        counts.forEach((count, i) => f.increase(count, counts[(i + 1) % counts.length]!));
      }
    });
    for (const sum of sums.slice(1)) f.set(sums[0]!, f32x4.add(sums[0]!, sum));
    for (const count of counts.slice(1)) f.increase(counts[0]!, count);
    f.return(i32.add(counts[0]!, i32x4.bitmask(sums[0]!)));
  });
  return module.bytes() as Uint8Array<ArrayBuffer>;
}
