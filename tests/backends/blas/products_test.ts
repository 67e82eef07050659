import { assert, assertEquals } from "@std/assert";
import { productSymbols } from "../../../src/backends/blas/foreign.ts";
import { type NativeProduct, openProducts } from "../../../src/backends/blas/products.ts";
import { indicesOf, type Numbers, rules } from "../naive.ts";
import { nativeTest } from "./native.ts";

type Sizes = NativeProduct["sizes"];

/** Runs a product in so many parts in a memory where everything else must stay as it is. */
function runInParts(path: string, how: Pick<NativeProduct, "sizes" | "isDouble" | "transposed">) {
  const { sizes: [m, n, k], isDouble, transposed: [transposeA, transposeB] } = how;
  const memory = new WebAssembly.Memory({ initial: 8, maximum: 8, shared: true });
  const Floats = isDouble ? Float64Array : Float32Array;
  const all = new Floats(memory.buffer as ArrayBuffer).fill(77);
  let end = 16;
  const matrix = (rows: number, columns: number): Numbers & { data: typeof all; start: number } => {
    const start = end;
    end += rows * columns + 16;
    const data = all.subarray(start, start + rows * columns);
    for (let i = 0; i < data.length; i++) data[i] = Math.sin(start + i);
    return { data, start, shape: [rows, columns] };
  };
  const a = transposeA ? matrix(k, m) : matrix(m, k);
  const b = transposeB ? matrix(n, k) : matrix(k, n);
  const c = matrix(m, n);
  const [at, bt, ct] = [a, b, c].map(({ start }) => start * Floats.BYTES_PER_ELEMENT);
  const product = { ...how, name: "product", path, offsets: [at!, bt!, ct!] } as const;
  const { functions, close } = openProducts(memory, [product], productSymbols);
  const before = all.slice();
  return {
    run(parts: number): void {
      c.data.fill(NaN);
      for (let part = 0; part < parts; part++) functions.product!(part, parts);
      before.set(c.data, c.start);
      assertEquals(all, before, "something was written beyond the result");
      indicesOf(c.shape).forEach((index, i) => {
        const wanted = Number(rules.matmul!(index, [a, b], { transposeA, transposeB }));
        const error = Math.abs(c.data[i]! - wanted);
        assert(error < (isDouble ? 1e-12 : 1e-4), `[${index}] is ${c.data[i]}, not ${wanted}`);
      });
    },
    close,
  };
}

const sizes: readonly Sizes[] = [[1, 1, 1], [40, 23, 9], [7, 100, 30], [65, 17, 5], [33, 49, 1]];

for (const transposed of [[false, false], [false, true], [true, false], [true, true]] as const) {
  nativeTest(`the parts of a product make the whole, transposed: ${transposed}`, (blas) => {
    for (const isDouble of [false, true]) {
      for (const size of sizes) {
        const { run, close } = runInParts(blas.path!, { sizes: size, isDouble, transposed });
        for (let parts = 1; parts <= 6; parts++) run(parts);
        close();
        close();
      }
    }
  });
}
