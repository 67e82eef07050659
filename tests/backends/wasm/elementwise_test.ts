import type { Fusion } from "../../../src/compile/program.ts";
import { importScalars } from "../../../src/backends/wasm/elementwise/fused_values.ts";
import { emitFusion } from "../../../src/backends/wasm/elementwise/fusion.ts";
import { allocate, type DType } from "../../../src/ops/dtype.ts";
import * as elementwise from "../../../src/ops/elementwise.ts";
import type { Elementwise } from "../../../src/ops/elementwise.ts";
import { type Shape, sizeOf } from "../../../src/ops/shape.ts";
import {
  Arena,
  assertSame,
  numbersAt,
  randomNumbers,
  referenceFusion,
  type Sample,
  sample,
  single,
} from "./elementwise_arena.ts";

const ops = Object.values(elementwise) as unknown as Elementwise[];
const dtypes: readonly DType[] = ["float32", "float64", "int32", "bool"];

/** How far results may be off, in units of the last place; those not listed agree bit for bit. */
const tolerance: { readonly [name: string]: number } = {
  ...{ exp: 2, exp2: 2, expm1: 3, log: 2, log2: 3, log10: 3, log1p: 3, logaddexp: 4, softplus: 3 },
  ...{ sigmoid: 3, tanh: 5, sinh: 4, cosh: 4, asinh: 4, acosh: 4, atanh: 4, elu: 4 },
  ...{ sin: 2, cos: 2, tan: 4, asin: 3, acos: 3, atan: 3, atan2: 3, erf: 3, erfc: 6 },
  ...{ pow: 8, hypot: 3, rsqrt: 1, leakyRelu: 1 },
};

const attributesOf: { readonly [name: string]: unknown } = {
  leakyRelu: { slope: 0.01 },
  elu: { alpha: 1.5 },
  clamp: { min: -1.5, max: 2 },
  hardtanh: { min: 0, max: Infinity },
};

/** The kind of an operation's result, or null where it does not take its inputs' kinds. */
function resultOf(op: Elementwise, inputs: readonly DType[]): DType | null {
  try {
    return op.dtype(inputs as never, attributesOf[op.name]);
  } catch {
    return null;
  }
}

function compute(fusion: Fusion, shape: Shape, inputs: readonly Sample[], options = {}): Sample[] {
  const arena = new Arena();
  const operands = inputs.map((input) => arena.place(input));
  const outputs = fusion.results.map((result) => {
    const { dtype } = fusion.nodes[result]!;
    return { dtype, address: arena.reserve(dtype, sizeOf(shape)) };
  });
  const buffer = arena.run((context) => {
    importScalars(context, fusion, inputs.map(({ dtype }) => dtype));
    return [emitFusion(context, fusion, { shape, inputs: operands, outputs })];
  }, options);
  return outputs.map(({ dtype, address }) => ({
    dtype,
    shape,
    data: numbersAt(buffer, dtype, address, sizeOf(shape)),
  }));
}

for (const op of ops) {
  Deno.test(`emitFusion() computes ${op.name} as its reference kernel does`, () => {
    const random = randomNumbers(1);
    let kinds = 0;
    for (const dtype of dtypes) {
      const count = Array.isArray(op.pullbacks) ? op.pullbacks.length : 1;
      const inputs = Array.from(
        { length: count },
        (_, i) => op.name === "where" && i === 0 ? "bool" : dtype,
      );
      const result = resultOf(op, inputs);
      if (result === null) continue;
      kinds++;
      const fusion = single(op, count, result, attributesOf[op.name]);
      for (const size of [0, 1, 2, 3, 5, 7, 16, 37, 203]) {
        const samples = inputs.map((kind) => sample(kind, [size], random));
        const [expected] = referenceFusion(fusion, samples, [size]);
        for (const fused of [true, false]) {
          const [actual] = compute(fusion, [size], samples, { fused });
          const what = `${op.name} of ${dtype} ${samples.map(({ data }) => `[${data}]`)}`;
          assertSame(actual!.data, expected!.data, what, { ulps: tolerance[op.name] ?? 0 });
        }
      }
    }
    if (kinds === 0) throw new Error("no kind of number was tried");
  });
}
