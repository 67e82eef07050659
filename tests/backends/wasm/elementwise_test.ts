import type { Fusion } from "../../../src/compile/program.ts";
import { importScalars } from "../../../src/backends/wasm/elementwise/fused_values.ts";
import { emitFusion } from "../../../src/backends/wasm/elementwise/fusion.ts";
import { allocate, bytesPerElement, type DType } from "../../../src/ops/dtype.ts";
import * as elementwise from "../../../src/ops/elementwise.ts";
import type { Elementwise } from "../../../src/ops/elementwise_op.ts";
import { type Shape, sizeOf } from "../../../src/ops/shape.ts";
import { cast } from "../../../src/ops/structural.ts";
import { scalars } from "../../ops/gradient_table.ts";
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
import { assertEquals } from "@std/assert";

const ops = Object.values(elementwise) as unknown as Elementwise[];
const dtypes: readonly DType[] = ["float32", "float64", "int32", "bool"];

/** How far results may be off, in units of the last place; those not listed agree bit for bit. */
const tolerance: { readonly [name: string]: number } = {
  ...{ exp: 2, exp2: 2, expm1: 3, log: 2, log2: 3, log10: 3, log1p: 3, logaddexp: 4, softplus: 3 },
  ...{ sigmoid: 3, tanh: 5, sinh: 4, cosh: 4, asinh: 4, acosh: 4, atanh: 4, elu: 4 },
  ...{ sin: 2, cos: 2, tan: 4, asin: 3, acos: 3, atan: 3, atan2: 3, erf: 3, erfc: 6, normalCdf: 5 },
  ...{ pow: 8, power: 2, hypot: 3, rsqrt: 1, leakyRelu: 1 },
};

/** The attributes that an operation is tried with. */
function attributesOf(name: string): unknown {
  return name === "hardtanh" ? { min: 0, max: Infinity } : scalars[name]?.attributes;
}

/** The kind of an operation's result, or null where it does not take its inputs' kinds. */
function resultOf(op: Elementwise, inputs: readonly DType[]): DType | null {
  try {
    return op.dtype(inputs as never, attributesOf(op.name));
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
      const fusion = single(op, count, result, attributesOf(op.name));
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

Deno.test("emitFusion() computes powers by a number as their reference kernel does", () => {
  const random = randomNumbers(2);
  const special = [0, -0, 1, -1, 2, -2.5, 0.1, Infinity, -Infinity, NaN, 1e-30, 3e38, -1e20];
  const whole = [0, 1, 2, 3, 4, -1, -2, -3, 5, 16, -16, 17];
  for (const exponent of [...whole, 0.5, -0.5, 1.5, -0.1, NaN, Infinity, -Infinity]) {
    const attributes = { exponent, lower: exponent - 1 };
    for (const dtype of ["float32", "float64"] as const) {
      const numbers = allocate(dtype, special.length);
      numbers.set(special);
      const samples = [{ ...sample(dtype, [special.length], random), data: numbers }];
      const fusion = single(elementwise.power as unknown as Elementwise, 1, dtype, attributes);
      for (const inputs of [samples, [sample(dtype, [203], random)]]) {
        const { shape } = inputs[0]!;
        const [expected] = referenceFusion(fusion, inputs, shape);
        const [actual] = compute(fusion, shape, inputs, { fused: true });
        const ulps = Number.isInteger(exponent) && Math.abs(exponent) <= 4 ? 2 : 8;
        const what = `power ${exponent} of ${dtype} [${inputs[0]!.data}]`;
        assertSame(actual!.data, expected!.data, what, { ulps });
      }
    }
  }
});

/** relu(a * b + c), a * b and whether a * b exceeds c: three results of one walk. */
function chain(dtype: DType): Fusion {
  return {
    nodes: [
      {
        op: elementwise.mul as unknown as Elementwise,
        inputs: [0, 1],
        attributes: undefined,
        dtype,
      },
      {
        op: elementwise.add as unknown as Elementwise,
        inputs: [3, 2],
        attributes: undefined,
        dtype,
      },
      { op: elementwise.relu as unknown as Elementwise, inputs: [4], attributes: undefined, dtype },
      {
        op: elementwise.greater as unknown as Elementwise,
        inputs: [3, 2],
        attributes: undefined,
        dtype: "bool",
      },
    ],
    results: [2, 0, 3],
  };
}

/** Values of a smaller shape, repeated to a larger one by the reference kernel of add. */
function broadcastTo(x: Sample, shape: Shape): Sample {
  const zeros = { data: allocate(x.dtype, sizeOf(shape)), shape, dtype: x.dtype };
  const data = allocate(x.dtype, sizeOf(shape));
  elementwise.add.forward({ data, shape }, [x, zeros] as never);
  return { ...x, data, shape };
}

Deno.test("emitFusion() broadcasts its inputs, in any number of parts", () => {
  const random = randomNumbers(5);
  const cases: readonly (readonly [Shape, Shape, Shape, Shape])[] = [
    [[], [], [], []],
    [[37], [37], [], [1]],
    [[5, 7], [5, 7], [7], [5, 1]],
    [[40, 10], [40, 10], [10], []],
    [[200], [1], [200], [200]],
    [[33, 1, 5], [33, 1, 5], [1, 5], [33, 1, 1]],
    [[2, 3, 4, 5], [2, 1, 4, 1], [3, 1, 5], [4, 5]],
    [[70, 3], [70, 1], [1, 3], [70, 3]],
    [[4, 130], [4, 130], [130], [4, 1]],
    [[3, 0], [3, 0], [], [3, 1]],
  ];
  for (const dtype of ["float32", "float64", "int32"] as const) {
    for (const [shape, ...own] of cases) {
      const inputs = own.map((shape) => sample(dtype, shape, random, 0));
      const whole = inputs.map((input) => broadcastTo(input, shape));
      const expected = referenceFusion(chain(dtype), whole, shape);
      for (const parts of [1, 2, 3]) {
        compute(chain(dtype), shape, inputs, { parts }).forEach(({ data }, i) => {
          assertSame(data, expected[i]!.data, `${dtype} [${shape}] of ${JSON.stringify(own)}`);
        });
      }
    }
  }
});

Deno.test("emitFusion() writes where an input lies", () => {
  const random = randomNumbers(6);
  for (const size of [1, 4, 5, 17, 64, 203]) {
    const inputs = [0, 1, 2].map(() => sample("float32", [size], random));
    const fusion = chain("float32");
    const [expected] = referenceFusion(fusion, inputs, [size]);
    for (const place of [0, 1, 2]) {
      const arena = new Arena();
      const operands = inputs.map((input) => arena.place(input));
      const { address } = operands[place]!;
      const buffer = arena.run((context) => [
        emitFusion(context, { ...fusion, results: [2] }, {
          shape: [size],
          inputs: operands,
          outputs: [{ address, dtype: "float32" }],
        }),
      ], { parts: 2 });
      assertSame(numbersAt(buffer, "float32", address, size), expected!.data, `in place ${place}`);
    }
  }
});

Deno.test("emitFusion() leaves what is around its outputs as it is", () => {
  const random = randomNumbers(7);
  for (const size of [1, 2, 3, 5, 6, 7]) {
    for (const dtype of ["float32", "float64", "int32", "bool"] as const) {
      const arena = new Arena();
      const x = arena.place(sample(dtype, [size], random));
      const address = arena.reserve(dtype, size);
      const { identity } = elementwise;
      const fusion = single(identity as unknown as Elementwise, 1, dtype);
      const outputs = [{ address, dtype }];
      const buffer = arena.run((context) => [
        emitFusion(context, fusion, { shape: [size], inputs: [x], outputs }),
      ]);
      const bytes = size * bytesPerElement(dtype);
      const around = [...new Uint8Array(buffer, address - 16, 16)];
      around.push(...new Uint8Array(buffer, address + bytes, 16));
      if (around.some((byte) => byte !== 0xa5)) throw new Error(`${size} of ${dtype} spill over`);
    }
  }
});

Deno.test("emitFusion() casts between all kinds as typed arrays do", () => {
  const random = randomNumbers(8);
  for (const from of dtypes) {
    for (const to of dtypes) {
      const op = { ...cast, scalar: Number } as unknown as Elementwise;
      const fusion = single(op, 1, to, { dtype: to });
      const x = sample(from, [203], random, 0.3);
      const [expected] = referenceFusion(fusion, [x], [203]);
      const [actual] = compute(fusion, [203], [x]);
      assertSame(actual!.data, expected!.data, `cast from ${from} to ${to} [${x.data}]`);
    }
  }
});

Deno.test("emitFusion() mixes kinds in one chain", () => {
  const random = randomNumbers(9);
  const node = (op: unknown, inputs: number[], dtype: DType, attributes?: unknown) => ({
    op: op as Elementwise,
    inputs,
    attributes,
    dtype,
  });
  for (
    const [wide, other] of [["float64", "float32"], ["float32", "int32"], ["float64", "int32"]]
  ) {
    const [a, b] = [wide as DType, other as DType];
    const fusion: Fusion = {
      nodes: [
        node(elementwise.less, [1, 2], "bool"), // 3
        node(elementwise.where, [3, 0, 0], a),
        node(elementwise.where, [3, 1, 2], b), // 5
        node(cast, [5], a, { dtype: a }),
        node(elementwise.add, [4, 6], a),
        node(elementwise.equal, [7, 0], "bool"), // 8
        node(elementwise.logicalXor, [8, 3], "bool"),
      ],
      results: [4, 2, 6, 0],
    };
    const inputs = [a, b, b].map((dtype) => sample(dtype, [101], random, 0.1));
    const expected = referenceFusion(fusion, inputs, [101]);
    compute(fusion, [101], inputs, { parts: 2 }).forEach(({ data }, i) => {
      assertSame(data, expected[i]!.data, `result ${i} of ${wide} and ${other}`);
    });
  }
});

Deno.test("emitFusion() calls out for operations that have no vector form", () => {
  const random = randomNumbers(10);
  const collatz = (x: number, { add }: { add: number }): number =>
    x % 2 === 0 ? x / 2 : 3 * x + add;
  const op = {
    ...elementwise.exp,
    name: "exp",
    scalar: collatz,
    forward: (output: Sample, [x]: readonly [Sample], attributes: { add: number }) => {
      for (let i = 0; i < x.data.length; i++) output.data[i] = collatz(x.data[i]!, attributes);
    },
  } as unknown as Elementwise;
  for (const dtype of ["float32", "float64", "int32", "bool"] as const) {
    const fusion: Fusion = {
      nodes: [
        { op, inputs: [0], attributes: { add: 1 }, dtype },
        { op, inputs: [1], attributes: { add: 5 }, dtype },
        ...dtype.startsWith("float")
          ? [Infinity, -Infinity].map((add) => ({ op, inputs: [1], attributes: { add }, dtype }))
          : [],
      ],
      results: dtype.startsWith("float") ? [0, 1, 2, 3] : [0, 1],
    };
    const x = sample(dtype, [7], random, 0);
    if (dtype !== "bool") x.data.forEach((n, i) => x.data[i] = Math.round(n));
    const expected = referenceFusion(fusion, [x], [7]);
    compute(fusion, [7], [x]).forEach(({ data }, i) => {
      const right = expected[i]!.data.map((n) => dtype === "bool" ? +(n !== 0) : n);
      assertSame(data, right, `${dtype} ${i}`);
    });
  }
});

Deno.test("emitFusion() calls out with truth values and for them, beside wide numbers too", () => {
  const random = randomNumbers(11);
  const isNotOne = (x: number): number => x === 1 ? 0 : 1;
  const op = {
    ...elementwise.exp,
    name: "exp",
    scalar: isNotOne,
    forward: (output: Sample, [x]: readonly [Sample]) => {
      for (let i = 0; i < x.data.length; i++) output.data[i] = isNotOne(x.data[i]!);
    },
  } as unknown as Elementwise;
  for (const wide of ["float32", "float64"] as const) { // four lanes, then two
    const fusion: Fusion = {
      nodes: [
        { op, inputs: [0], attributes: undefined, dtype: "bool" },
        { op, inputs: [1], attributes: undefined, dtype: "bool" },
        { op, inputs: [0], attributes: undefined, dtype: wide },
      ],
      results: [0, 1, 2],
    };
    const inputs = [sample("bool", [11], random), sample(wide, [11], random)];
    inputs[1]!.data.fill(1, 3, 7);
    const wanted = referenceFusion(fusion, inputs, [11]);
    compute(fusion, [11], inputs).forEach((result, i) => {
      assertSame(result.data, wanted[i]!.data, `${wide} ${i}`);
    });
  }
});

Deno.test("emitFusion() wraps large numbers around that are cast to integers, also all at once", () => {
  const large = [2 ** 31, -(2 ** 31) - 256, 3e9, 2 ** 32 + 1024, -5e9, 1e15, 2 ** 31 + 512, 7e9];
  const data = Float32Array.from(large);
  const fusion: Fusion = {
    nodes: [{ op: cast as never, inputs: [0], attributes: { dtype: "int32" }, dtype: "int32" }],
    results: [0],
  };
  const [result] = compute(fusion, [8], [{ dtype: "float32", shape: [8], data }]);
  assertEquals(result!.data, Int32Array.from(data));
  for (let i = 0; i < 8; i++) { // each with small ones beside it
    const mixed = new Float32Array(8).fill(1);
    mixed[i] = data[i]!;
    const [one] = compute(fusion, [8], [{ dtype: "float32", shape: [8], data: mixed }]);
    assertEquals(one!.data, Int32Array.from(mixed));
  }
});

Deno.test("emitFusion() passes through wider numbers than any that it reads and writes", () => {
  const random = randomNumbers(12);
  const asDtype = (dtype: DType, input: number) => ({
    op: { ...cast, scalar: Number } as unknown as Elementwise,
    inputs: [input],
    attributes: { dtype },
    dtype,
  });
  const fusion: Fusion = {
    nodes: [
      asDtype("float64", 0),
      {
        op: elementwise.exp as unknown as Elementwise,
        inputs: [1],
        attributes: undefined,
        dtype: "float64",
      },
      asDtype("float32", 2),
    ],
    results: [2],
  };
  const x = sample("float32", [203], random);
  const [expected] = referenceFusion(fusion, [x], [203]);
  const [actual] = compute(fusion, [203], [x]);
  assertSame(actual!.data, expected!.data, "exp in double precision", { ulps: 1 });
});
