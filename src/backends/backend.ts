/** Where operations run: a backend replaces kernels one at a time, and never has to. */

import type { Block, Op } from "../ops/op.ts";

/** A place where operations run. */
export interface Backend {
  /** Its name in messages and benchmarks. */
  readonly name: string;
  /** Computes `op` into `output`, which is allocated and of the right shape. */
  run(op: Op, output: Block, inputs: readonly Block[], attributes: unknown): void;
}
