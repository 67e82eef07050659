/** The worker of numpy-ts: products of matrices. */

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { answer, type Prepared, readJob, sumOfSizes } from "./measuring.ts";
import { operands } from "./starting_point.ts";
import type { Task } from "../tasks.ts";

interface NDArray {
  readonly T: NDArray;
  readonly data: Float32Array;
  matmul(other: NDArray): NDArray;
  dispose(): void;
}

const job = readJob();
const require = createRequire(`${job.packages}/worker.js`);
const np: { zeros(shape: readonly number[], dtype: string): NDArray } = await import(
  pathToFileURL(require.resolve("numpy-ts")).href
);

function prepare(task: Task): Prepared {
  if (task.kind !== "matmul") throw new Error("numpy-ts is measured by its products alone");
  const { size, transposeA, transposeB, inARow } = task;
  const [a, b] = operands(size).map((data) => {
    const array = np.zeros([size, size], "float32");
    array.data.set(data);
    return array;
  });
  const call = () => {
    let product = a!;
    for (let i = 0; i < inARow; i++) {
      const next = (transposeA ? product.T : product).matmul(transposeB ? b!.T : b!);
      if (product !== a) product.dispose();
      product = next;
    }
    return product;
  };
  return {
    run: (steps) => {
      // without dispose its WebAssembly memory fills up, and it goes on in JavaScript
      for (let i = 0; i < steps; i++) call().dispose();
    },
    check: () => sumOfSizes(call().data),
  };
}

const { version } = require("./node_modules/numpy-ts/package.json");
await answer(job, { version, prepare });
