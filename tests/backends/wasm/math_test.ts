import { assertEquals } from "@std/assert";
import { ModuleBuilder, v128 } from "../../../src/backends/wasm/assembler.ts";
import type { FloatFunction } from "../../../src/backends/wasm/math/float_code.ts";
import { floatCode } from "../../../src/backends/wasm/math/float_code.ts";
import { expOfNegative } from "../../../src/backends/wasm/math/exponential.ts";
import { KernelContext } from "../../../src/backends/wasm/math/kernel_context.ts";
import * as math from "../../../src/backends/wasm/math/mod.ts";
import { exp, hypot, log } from "../../../src/ops/elementwise.ts";
import * as special from "../../../src/ops/special.ts";

type VectorDType = "float32" | "float64";
type Numbers = Float32Array | Float64Array;

const capacity = 1 << 15;
const page = 65536;

/** A vector function that can be called on arrays. */
function compile(
  body: FloatFunction,
  { dtype, fused, inputs }: { dtype: VectorDType; fused: boolean; inputs: number },
): (...inputs: Numbers[]) => Numbers {
  const bytes = capacity * (dtype === "float32" ? 4 : 8);
  const module = new ModuleBuilder();
  module.memory("memory", { initial: (inputs + 1) * bytes / page });
  const context = new KernelContext(module, { fused });
  module.function({ export: "run", params: ["i32"] }, (f, end) => {
    const code = floatCode(f, context, dtype);
    const at = f.local("i32");
    f.for(at, { below: end, step: 16 }, () => {
      const operands = Array.from({ length: inputs }, (_, i) => f.let(v128.load(at, i * bytes)));
      f.store(at, body(code, ...operands), inputs * bytes);
    });
  });
  const { exports } = new WebAssembly.Instance(module.compile());
  const buffer = (exports.memory as WebAssembly.Memory).buffer as ArrayBuffer;
  const array = dtype === "float32" ? Float32Array : Float64Array;
  return (...operands) => {
    operands.forEach((numbers, i) => new array(buffer, i * bytes, numbers.length).set(numbers));
    const size = operands[0]!.length;
    (exports.run as (end: number) => void)(size * array.BYTES_PER_ELEMENT);
    return new array(buffer, inputs * bytes, size).slice();
  };
}

/** How far a result is from the exact one, in units of the last place of its kind. */
function distance(actual: number, exact: number, dtype: VectorDType): number {
  const [digits, least] = dtype === "float32" ? [23, -126] : [52, -1022];
  if (Object.is(actual, dtype === "float32" ? Math.fround(exact) : exact)) return 0;
  if (!Number.isFinite(actual) || !Number.isFinite(exact)) return Infinity;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(exact))), least);
  return Math.abs(actual - exact) / 2 ** (exponent - digits);
}

/** A function with its exact values, the ranges to sample and how far off it may be. */
interface Row {
  readonly exact: (x: number) => number;
  readonly ranges: readonly (readonly [number, number])[];
  readonly single: number;
  readonly double: number;
}

const everywhere: Row["ranges"] = [[-2, 2], [-100, 100], [-1e-3, 1e-3]];
const rows: { readonly [name: string]: Row } = {
  exp: { exact: Math.exp, ranges: [...everywhere, [-750, 715]], single: 1.25, double: 1 },
  exp2: { exact: (x) => 2 ** x, ranges: [...everywhere, [-1080, 1030]], single: 1.25, double: 1 },
  expm1: { exact: Math.expm1, ranges: [...everywhere, [-40, 715]], single: 1.75, double: 2 },
  log: { exact: Math.log, ranges: [[0, 2], [0, 1e-38], [0, 1e300]], single: 1, double: 1 },
  log2: { exact: Math.log2, ranges: [[0, 2], [0, 1e-38], [0, 1e300]], single: 2, double: 3 },
  log10: { exact: Math.log10, ranges: [[0, 2], [0, 1e-38], [0, 1e300]], single: 2.25, double: 3 },
  log1p: {
    exact: Math.log1p,
    ranges: [[-1, 1], [-1e-6, 1e-6], [0, 1e38]],
    single: 1.5,
    double: 2,
  },
  softplus: { exact: special.softplus, ranges: everywhere, single: 2, double: 3 },
  sigmoid: { exact: special.sigmoid, ranges: [...everywhere, [-750, -80]], single: 2.5, double: 3 },
  tanh: { exact: Math.tanh, ranges: everywhere, single: 2.5, double: 4 },
  sinh: { exact: Math.sinh, ranges: [...everywhere, [-711, 711]], single: 0.5, double: 4 },
  cosh: { exact: Math.cosh, ranges: [...everywhere, [-711, 711]], single: 0.5, double: 4 },
  asinh: { exact: Math.asinh, ranges: [...everywhere, [-1e300, 1e300]], single: 0.5, double: 3 },
  acosh: { exact: Math.acosh, ranges: [[1, 2], [1, 1e300]], single: 0.5, double: 4 },
  atanh: { exact: Math.atanh, ranges: [[-1, 1], [-1e-3, 1e-3]], single: 0.5, double: 4 },
  sin: {
    exact: Math.sin,
    ranges: [...everywhere, [-1e7, 1e7], [-1e300, 1e300]],
    single: 0.5,
    double: 3,
  },
  cos: {
    exact: Math.cos,
    ranges: [...everywhere, [-1e7, 1e7], [-1e300, 1e300]],
    single: 0.5,
    double: 3,
  },
  tan: { exact: Math.tan, ranges: [...everywhere, [-1e7, 1e7]], single: 0.5, double: 4 },
  asin: { exact: Math.asin, ranges: [[-1, 1], [-1e-3, 1e-3]], single: 0.5, double: 3 },
  acos: { exact: Math.acos, ranges: [[-1, 1], [0.999, 1]], single: 0.5, double: 4 },
  atan: { exact: Math.atan, ranges: everywhere, single: 0.5, double: 3 },
  erf: { exact: special.erf, ranges: [[-4.5, 4.5], [-1e-3, 1e-3]], single: 1.5, double: 6 },
  normalCdf: { exact: special.normalCdf, ranges: [[-8, 8], [-39, 0]], single: 5.5, double: 10 },
  erfc: { exact: special.erfc, ranges: [[-3, 3], [3, 26]], single: 0.5, double: 10 },
};

const unusual = [
  ...[0, 1, 2, 3, 0.5, 1e-45, 1e-40, 1e-20, 88.7, 88.73, 89, 103.9, 104, 709.7, 710, 745, 746],
  ...[1e10, 3e38, 1e39, 1e300, 5e-324, 1e-310, Infinity],
].flatMap((x) => [x, -x]).concat(NaN);

/** Numbers of a kind spread over ranges, and the unusual ones. */
function samples(dtype: VectorDType, ranges: Row["ranges"]): Numbers {
  const each = 4000;
  const spread = ranges.flatMap(([from, to]) =>
    Array.from({ length: each }, (_, i) => from + (to - from) * ((i + 0.37) / each))
  );
  const numbers = [...spread, ...unusual, ...Array((-unusual.length & 3) + 4).fill(1)];
  const whole = numbers.slice(0, numbers.length & ~3);
  return dtype === "float32" ? Float32Array.from(whole) : Float64Array.from(whole);
}

for (const [name, { exact, ranges, ...bounds }] of Object.entries(rows)) {
  Deno.test(`${name}() of vectors is within ${bounds.single} units in the last place`, () => {
    const body = math[name as keyof typeof math];
    for (const dtype of ["float32", "float64"] as const) {
      // the exact values are computed in double precision, so single ones can be off by one half
      const bound = dtype === "float32" ? bounds.single + 0.001 : bounds.double;
      const xs = samples(dtype, ranges);
      for (const fused of [true, false]) {
        const ys = compile(body, { dtype, fused, inputs: 1 })(xs);
        xs.forEach((x, i) => {
          const y = exact(x);
          const off = distance(ys[i]!, y, dtype);
          if (!(off <= bound)) {
            throw new Error(`${name}(${x}) of ${dtype} is ${ys[i]}, not ${y}: ${off} units off`);
          }
        });
      }
    }
  });
}

const pairs: { readonly [name: string]: readonly [(a: number, b: number) => number, number] } = {
  pow: [special.power, 8],
  atan2: [Math.atan2, 3],
  hypot: [hypot.scalar, 3],
  logaddexp: [special.logAddExp, 4],
  fmod: [(a, b) => a % b, 0],
  remainder: [special.remainder, 0],
};

for (const [name, [exact, bound]] of Object.entries(pairs)) {
  Deno.test(`${name}() of vectors agrees for all pairs of unusual numbers`, () => {
    const body = math[name as keyof typeof math];
    for (const dtype of ["float32", "float64"] as const) {
      const array = dtype === "float32" ? Float32Array : Float64Array;
      const ordinary = [1.25, 7.5, 0.1, 1e3, 12345.678, 2 ** -30].flatMap((x) => [x, -x]);
      const numbers = [...new Set(array.from([...unusual, ...ordinary]))];
      const all = numbers.flatMap((a) => numbers.map((b) => [a, b] as const));
      all.length &= ~3;
      const [as, bs] = [array.from(all.map(([a]) => a)), array.from(all.map(([, b]) => b))];
      const results = compile(body, { dtype, fused: true, inputs: 2 })(as, bs);
      all.forEach(([a, b], i) => {
        const y = exact(a, b);
        const off = distance(results[i]!, y, dtype);
        if (!(off <= (dtype === "float32" ? Math.min(bound, 0.5001) : bound))) {
          throw new Error(`${name}(${a}, ${b}) of ${dtype} is ${results[i]}, not ${y}: ${off} off`);
        }
      });
    }
  });
}

Deno.test("pow() of vectors is right for ordinary numbers", () => {
  for (const dtype of ["float32", "float64"] as const) {
    const array = dtype === "float32" ? Float32Array : Float64Array;
    const numbers = Array.from({ length: 20000 }, (_, i) => i + 1);
    const as = array.from(numbers.map((n) => n * 0.0123));
    const bs = array.from(numbers.map((n) => Math.sin(n) * 6));
    const results = compile(math.pow, { dtype, fused: false, inputs: 2 })(as, bs);
    as.forEach((a, i) => {
      const off = distance(results[i]!, a ** bs[i]!, dtype);
      if (off > (dtype === "float32" ? 0.5001 : 2)) throw new Error(`${a} ** ${bs[i]}: ${off} off`);
    });
  }
});

Deno.test("expOfNegative() is within 1.25 units in the last place, and 0 where that is denormal", () => {
  for (const dtype of ["float32", "float64"] as const) {
    const xs = samples(dtype, [[-87, 0], [-1, 0], [-1000, 0]]).map((x) => -Math.abs(x));
    const least = dtype === "float32" ? 2 ** -126 : 2 ** -1022;
    for (const fused of [true, false]) {
      const ys = compile(expOfNegative, { dtype, fused, inputs: 1 })(xs);
      xs.forEach((x, i) => {
        const y = Math.exp(x);
        const isRight = y < least * 1.5
          ? ys[i]! <= least * 1.5
          : distance(ys[i]!, y, dtype) <= 1.25;
        if (!isRight && !Number.isNaN(x)) throw new Error(`e^${x} of ${dtype} is ${ys[i]}`);
        if (Number.isNaN(x) !== Number.isNaN(ys[i]!)) throw new Error(`e^${x} is ${ys[i]}`);
      });
      if (ys[xs.indexOf(-Infinity)] !== 0) throw new Error(`e^-Infinity of ${dtype} is not 0`);
    }
  }
});

Deno.test("a kernel context tells functions of one name apart", () => {
  const context = new KernelContext(new ModuleBuilder(), { fused: false });
  for (const op of [exp, { ...log, name: "exp" }]) {
    context.importScalar({ op, attributes: null, inputs: ["float64"], result: "float64" });
  }
  assertEquals(Object.values(context.imports), [exp.scalar, log.scalar]);
});
