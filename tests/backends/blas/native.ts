/** Tests that need a BLAS of the system, and what stands in for one. */

import type { Block } from "../../../src/ops/op.ts";
import { matmul, type Transposition } from "../../../src/ops/linalg.ts";
import { type Blas, openBlas } from "../../../src/backends/blas/library.ts";

/** Why there is no BLAS here, or null if there is one. */
export const missing: string | null = whyMissing();

function whyMissing(): string | null {
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return "no --allow-ffi";
  try {
    openBlas().dispose();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A test that opens the system's BLAS; where there is none it is ignored and tells why. */
export function nativeTest(name: string, test: (blas: Blas) => void | Promise<void>): void {
  const ignore = missing !== null;
  Deno.test({
    name: ignore ? `${name} (ignored: ${missing})` : name,
    ignore,
    async fn() {
      using blas = openBlas();
      await test(blas);
    },
  });
}

/** A BLAS that computes by the library's own product and counts what it is asked for. */
export class CountingBlas implements Blas {
  readonly name = "Counting";
  readonly description = "Counting, from nowhere";
  readonly path = null;
  readonly threads = null;
  /** The shapes of the operands of every product so far. */
  readonly products: string[] = [];

  multiply(output: Block, [a, b]: readonly [Block, Block], transposition: Transposition): void {
    this.products.push(`${a.shape} by ${b.shape}`);
    matmul.forward(output, [a, b], transposition);
  }

  dispose(): void {}

  [Symbol.dispose](): void {}
}
