/** Where the threads of a program wait for one another between its steps. */

import { atomic, type Callee, type FunctionBuilder, i32, type ModuleBuilder } from "./assembler.ts";
import type { Local } from "./assembler.ts";

/** The bytes that a barrier needs in shared memory. */
export const barrierBytes = 128;

/** So many looks take longer than the steps that one thread takes alone. */
const spins = 200_000;

/** A barrier: `(threads, maySleep)`, which gives how often a thread has looked for the others. */
export type Barrier = Callee<readonly ["i32", "i32"], "i32">;

/**
 * A function `(threads, maySleep)` that returns when all threads have called it, with how often it
 * has looked until then. They spin for a while, then sleep, but for those that must not: the thread
 * of a web page. The count of arrivals lies at `address`, the number of the round one cache line on.
 */
export function emitBarrier(
  module: ModuleBuilder,
  address: number,
): Barrier {
  const arrivals = address;
  const round = address + 64;
  const params = ["i32", "i32"] as const;
  return module.function({ params, result: "i32" }, (f, threads, maySleep) => {
    const looks = f.local("i32");
    f.if(i32.less(threads, 2), () => f.return(looks));
    const present = f.let(atomic.load(round));
    const isLast = i32.equal(i32.add(atomic.add(arrivals, 1), 1), threads);
    f.if(
      isLast,
      () => {
        f.do(atomic.store(arrivals, 0));
        f.do(atomic.store(round, i32.add(present, 1)));
        f.drop(atomic.notify(round, -1));
      },
      () => waitWhile(f, round, { value: present, looks, maySleep }),
    );
    f.return(looks);
  });
}

/** Waits until the word at `address` is no longer `value`. */
function waitWhile(
  f: FunctionBuilder,
  address: number,
  { value, looks, maySleep }: Readonly<Record<"value" | "looks" | "maySleep", Local<"i32">>>,
): void {
  f.block((end) => {
    f.loop((start) => {
      f.branchIf(end, i32.notEqual(atomic.load(address), value));
      f.increase(looks, 1);
      f.branchIf(start, i32.or(i32.less(looks, spins), i32.isZero(maySleep)));
      f.drop(atomic.wait(address, value));
      f.branch(start);
    });
  });
}
