/**
 * Counts the threads of a process before a worker trains on several, while it does, and some time
 * after it was ended, for a test. The same file is the worker.
 */

import { compile, Random, type Tensor } from "../../../src/mod.ts";

const isWorker = "WorkerGlobalScope" in globalThis;
const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const threads = () => [...Deno.readDirSync("/proc/self/task")].length;

if (isWorker) {
  const matrix = new Random(0).normal([256, 256]);
  const f = compile((a: Tensor) => a.matmul(a).tanh().matmul(a).mean(), { threads: 2 });
  while (!f.explain(matrix).includes("the last run was on 2 threads")) {
    for (let i = 0; i < 20; i++) f(matrix).item();
    await rest(2);
  }
  (globalThis as unknown as { postMessage(message: string): void }).postMessage("ready");
} else {
  /** The threads that there are once it is the same number for a while. */
  const settled = async () => {
    let [count, same] = [threads(), 0];
    for (let i = 0; i < 200 && same < 15; i++) {
      await rest(100);
      same = threads() === count ? same + 1 : 0;
      count = threads();
    }
    return count;
  };
  const use = async () => {
    const worker = new Worker(import.meta.url, { type: "module" });
    await new Promise((resolve) => worker.onmessage = resolve);
    const during = threads();
    worker.terminate();
    return { during, after: await settled() };
  };
  const { after: before } = await use(); // with what the runtime starts for any worker
  console.log(JSON.stringify({ before, ...await use() }));
}
