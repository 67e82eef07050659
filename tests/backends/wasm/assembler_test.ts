import { assertEquals, assertThrows } from "@std/assert";
import {
  atomic,
  call,
  f32,
  f32x4,
  f64,
  f64x2,
  globalValue,
  i32,
  i32x4,
  i64,
  i64x2,
  i8x16,
  memory,
  ModuleBuilder,
  select,
  v128,
} from "../../../src/backends/wasm/assembler.ts";
import type { Expression, FunctionBuilder } from "../../../src/backends/wasm/assembler.ts";
import { ByteWriter, unsigned } from "../../../src/backends/wasm/assembler/encoding.ts";
import { detectFeatures } from "../../../src/backends/wasm/features.ts";
import { least } from "../../../src/backends/wasm/assembler.ts";

type Exports = Record<string, (...args: unknown[]) => unknown>;

function instantiate(module: ModuleBuilder, imports: WebAssembly.Imports = {}): Exports {
  return new WebAssembly.Instance(module.compile(), imports).exports as Exports;
}

/** Runs a body of statements against a memory of one page, and returns that memory. */
function run(body: (f: FunctionBuilder) => void, shared = false): ArrayBufferLike {
  const module = new ModuleBuilder();
  module.memory("memory", { initial: 1, maximum: 1, shared });
  module.function({ export: "run" }, body);
  const { run, memory } = new WebAssembly.Instance(module.compile()).exports;
  (run as () => void)();
  return (memory as WebAssembly.Memory).buffer;
}

function evaluate(value: Expression<"i32" | "i64" | "f32" | "f64">): unknown {
  const module = new ModuleBuilder();
  module.function({ export: "value", result: value.type }, (f) => f.return(value));
  return instantiate(module).value!();
}

/** The four single-precision lanes of a vector. */
function lanes(value: Expression<"v128">): number[] {
  return [...new Float32Array(run((f) => f.store(0, value)), 0, 4)];
}

/** The two double-precision lanes of a vector. */
function doubles(value: Expression<"v128">): number[] {
  return [...new Float64Array(run((f) => f.store(0, value)), 0, 2)];
}

/** The four integer lanes of a vector. */
function integers(value: Expression<"v128">): number[] {
  return [...new Int32Array(run((f) => f.store(0, value)), 0, 4)];
}

const vector = (a: number, b: number, c: number, d: number): Expression<"v128"> =>
  v128.const([...new Uint8Array(Float32Array.of(a, b, c, d).buffer)]);

const pair = (a: number, b: number): Expression<"v128"> =>
  v128.const([...new Uint8Array(Float64Array.of(a, b).buffer)]);

/** What is written into an empty writer. */
function written(write: (writer: ByteWriter) => void): number[] {
  const writer = new ByteWriter(1);
  write(writer);
  return [...writer.written];
}

Deno.test("unsigned() and ByteWriter follow LEB128", () => {
  const signed32 = (value: number) => written((writer) => writer.signed32(value));
  assertEquals(unsigned(0), [0]);
  assertEquals(unsigned(127), [0x7f]);
  assertEquals(unsigned(128), [0x80, 1]);
  assertEquals(unsigned(624485), [0xe5, 0x8e, 0x26]);
  assertEquals(unsigned(2 ** 32 - 1), [0xff, 0xff, 0xff, 0xff, 0x0f]);
  assertEquals(signed32(-1), [0x7f]);
  assertEquals(signed32(63), [0x3f]);
  assertEquals(signed32(64), [0xc0, 0]);
  assertEquals(signed32(-123456), [0xc0, 0xbb, 0x78]);
  assertEquals(signed32(2 ** 32 - 1), [0x7f]);
  assertEquals(written((writer) => writer.signed64(-(2n ** 63n))), [
    ...new Array(9).fill(0x80),
    0x7f,
  ]);
  assertThrows(() => unsigned(-1), RangeError);
  assertThrows(() => unsigned(1.5), RangeError);
  assertThrows(() => signed32(2 ** 32), RangeError);
});

Deno.test("ByteWriter keeps what it wrote when it grows", () => {
  const bytes = written((writer) => {
    for (let i = 0; i < 100; i++) writer.byte(i);
    writer.instruction([100, 101]);
    writer.bytes(Uint8Array.of(102, 103));
    writer.float32(1);
    writer.float64(-2);
  });
  assertEquals(bytes, [
    ...Array.from({ length: 104 }, (_, i) => i),
    ...[0, 0, 0x80, 0x3f],
    ...[0, 0, 0, 0, 0, 0, 0, 0xc0],
  ]);
});

Deno.test("ModuleBuilder writes the binary format byte for byte", () => {
  const module = new ModuleBuilder();
  module.function(
    { export: "add", params: ["i32", "i32"], result: "i32" },
    (f, a, b) => f.return(i32.add(a, b)),
  );
  assertEquals([...module.bytes()], [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f],
    ...[3, 2, 1, 0],
    ...[7, 7, 1, 3, 0x61, 0x64, 0x64, 0, 0],
    ...[10, 11, 1, 9, 0, 0x20, 0, 0x20, 1, 0x6a, 0x0f, 0x00, 0x0b],
  ]);
});

Deno.test("scalar arithmetic means what its names say", () => {
  assertEquals(evaluate(i32.sub(7, i32.mul(-2, 3))), 13);
  assertEquals(evaluate(i32.div(-7, 2)), -3);
  assertEquals(evaluate(i32.remainder(-7, 2)), -1);
  assertEquals(evaluate(i32.shiftRight(-8, 1)), -4);
  assertEquals(evaluate(i32.shiftRightUnsigned(-8, 28)), 15);
  assertEquals(evaluate(i32.less(-1, 1)), 1);
  assertEquals(evaluate(i32.lessUnsigned(-1, 1)), 0);
  assertEquals(evaluate(i32.greaterEqual(2, 2)), 1);
  assertEquals(evaluate(i32.truncateF32(f32.const(-2.75))), -2);
  assertEquals(evaluate(i32.truncateF64(f64.const(NaN))), 0);
  assertEquals(evaluate(i32.reinterpretF32(f32.const(1))), 0x3f800000);
  assertEquals(evaluate(i32.isZero(0)), 1);
  assertEquals(evaluate(i64.add(2n ** 40n, i64.extendI32(-1))), 2n ** 40n - 1n);
  assertEquals(evaluate(i64.shiftLeft(1n, 62n)), 2n ** 62n);
  assertEquals(evaluate(i32.wrapI64(i64.const(2n ** 32n + 5n))), 5);
  assertEquals(evaluate(f32.div(1, 4)), 0.25);
  assertEquals(evaluate(f32.demoteF64(f64.const(0.1))), Math.fround(0.1));
  assertEquals(evaluate(f64.sqrt(f64.promoteF32(f32.const(2.25)))), 1.5);
  assertEquals(evaluate(f64.nearest(2.5)), 2);
  assertEquals(evaluate(f64.max(1, NaN)), NaN);
  assertEquals(evaluate(f64.convertI32Unsigned(i32.const(-1))), 2 ** 32 - 1);
  assertEquals(evaluate(f64.reinterpretI64(i64.const(0x3ff0000000000000n))), 1);
  assertEquals(evaluate(select(0, f64.const(1), f64.const(2))), 2);
});

Deno.test("vectors of floats compute lane by lane", () => {
  const a = vector(1, -2, 3, -4), b = vector(10, 20, 30, 40);
  assertEquals(lanes(f32x4.add(a, b)), [11, 18, 33, 36]);
  assertEquals(lanes(f32x4.sub(a, b)), [-9, -22, -27, -44]);
  assertEquals(lanes(f32x4.div(b, a)), [10, -10, 10, -10]);
  assertEquals(lanes(f32x4.max(a, f32x4.splat(0))), [1, 0, 3, 0]);
  assertEquals(lanes(f32x4.pmax(f32x4.splat(0), a)), [1, 0, 3, 0]);
  assertEquals(lanes(f32x4.pmin(f32x4.splat(0), a)), [0, -2, 0, -4]);
  assertEquals(lanes(f32x4.sqrt(vector(1, 4, 9, 16))), [1, 2, 3, 4]);
  assertEquals(lanes(f32x4.nearest(vector(0.5, 1.5, -0.6, 2.4))), [0, 2, -1, 2]);
  assertEquals(lanes(f32x4.shuffle(a, b, [0, 4, 3, 7])), [1, 10, -4, 40]);
  assertEquals(lanes(f32x4.replace(a, 2, 9)), [1, -2, 9, -4]);
  assertEquals(lanes(v128.bitselect(a, b, f32x4.less(a, b))), [1, -2, 3, -4]);
  assertEquals(lanes(v128.and(a, f32x4.greater(a, f32x4.splat(0)))), [1, 0, 3, 0]);
  assertEquals(lanes(select(1, a, b)), [1, -2, 3, -4]);
  assertEquals(evaluate(f32x4.extract(a, 3)), -4);
  assertEquals(evaluate(i32x4.bitmask(a)), 0b1010);
  assertEquals(evaluate(v128.anyTrue(f32x4.equal(a, b))), 0);
  const c = pair(1.5, -2.5), d = pair(4, 8);
  assertEquals(doubles(f64x2.mul(c, d)), [6, -20]);
  assertEquals(doubles(f64x2.shuffle(c, d, [1, 2])), [-2.5, 4]);
  assertEquals(doubles(f64x2.promoteLowF32x4(a)), [1, -2]);
  assertEquals(lanes(f32x4.demoteF64x2Zero(c)), [1.5, -2.5, 0, 0]);
  assertEquals(evaluate(f64x2.extract(f64x2.floor(c), 1)), -3);
  if (!detectFeatures().relaxedSimd) return;
  assertEquals(lanes(f32x4.relaxedMadd(a, b, f32x4.splat(1))), [11, -39, 91, -159]);
  assertEquals(lanes(f32x4.relaxedNmadd(a, b, f32x4.splat(1))), [-9, 41, -89, 161]);
  assertEquals(doubles(f64x2.relaxedMadd(c, d, c)), [7.5, -22.5]);
});

Deno.test("vectors of integers compute lane by lane", () => {
  const a = i32x4.splat(7), b = i32x4.replace(a, 1, -3);
  assertEquals(integers(i32x4.add(a, b)), [14, 4, 14, 14]);
  assertEquals(integers(i32x4.mul(a, b)), [49, -21, 49, 49]);
  assertEquals(integers(i32x4.shiftLeft(b, 2)), [28, -12, 28, 28]);
  assertEquals(integers(i32x4.shiftRight(b, 1)), [3, -2, 3, 3]);
  assertEquals(integers(i32x4.greater(a, b)), [0, -1, 0, 0]);
  assertEquals(integers(i32x4.max(b, i32x4.splat(0))), [7, 0, 7, 7]);
  assertEquals(integers(i32x4.truncateF32x4(vector(1.9, -1.9, NaN, 1e20))), [
    1,
    -1,
    0,
    2 ** 31 - 1,
  ]);
  assertEquals(lanes(f32x4.convertI32x4(b)), [7, -3, 7, 7]);
  assertEquals(evaluate(i32x4.allTrue(b)), 1);
  assertEquals(evaluate(i64x2.extract(i64x2.shiftLeft(i64x2.splat(3n), 40), 1)), 3n << 40n);
  const sevens = i8x16.shuffle(a, a, new Array(16).fill(0));
  assertEquals(integers(i8x16.swizzle(b, sevens)), [-1, -1, -1, -1]);
});

Deno.test("memory is read and written at an address plus an offset", () => {
  const buffer = run((f) => {
    const p = f.let(i32.const(16));
    f.store(p, f32.const(1.5));
    f.store(p, f64.const(2.5), 8);
    f.store(p, v128.load32Splat(16), 16);
    f.store(p, v128.load32Lane(p, v128.load64Splat(p, 8), 3), 32);
    f.do(v128.store64Lane(p, v128.load(p, 8), 0, 48));
    f.do(i32.store8(p, 0x1ff, 56));
    f.store(p, i32.load8Signed(p, 56), 60);
    f.do(memory.fill(100, 7, 3));
    f.do(memory.copy(103, 100, 2));
  });
  const floats = new Float32Array(buffer);
  assertEquals(floats[4], 1.5);
  assertEquals(new Float64Array(buffer)[3], 2.5);
  assertEquals([...floats.subarray(8, 12)], [1.5, 1.5, 1.5, 1.5]);
  assertEquals(floats[15], 1.5);
  assertEquals(new Float64Array(buffer)[8], 2.5);
  assertEquals(new Int32Array(buffer)[19], -1);
  assertEquals([...new Uint8Array(buffer, 99, 8)], [0, 7, 7, 7, 7, 7, 0, 0]);
});

Deno.test("structured control runs what it should as often as it should", () => {
  const module = new ModuleBuilder();
  const signature = { params: ["i32"], result: "i32" } as const;
  module.function({ export: "sum", ...signature }, (f, below) => {
    const i = f.local("i32"), sum = f.local("i32");
    f.for(i, { below }, () => f.increase(sum, i));
    f.return(sum);
  });
  module.function({ export: "evens", ...signature }, (f, below) => {
    const i = f.local("i32"), count = f.local("i32");
    f.for(i, { from: 0, below: 10, step: 2 }, () => f.increase(count, 1));
    f.for(i, { from: 3, below: 3 }, () => f.increase(count, 100));
    f.while(i32.less(count, below), () => f.increase(count, 1));
    f.return(count);
  });
  module.function({ export: "sign", ...signature }, (f, x) => {
    f.if(i32.less(x, 0), () => f.return(i32.const(-1)), () => {
      f.if(x, () => f.return(i32.const(1)));
    });
    f.return(i32.const(0));
  });
  module.function({ export: "table", ...signature }, (f, x) => {
    f.block((last) => {
      f.block((second) => {
        f.block((first) => f.branchTable(x, [first, second], last));
        f.return(i32.const(10));
      });
      f.return(i32.const(20));
    });
    f.return(i32.const(30));
  });
  module.function({ export: "firstPowerAbove", ...signature }, (f, x) => {
    const power = f.let(i32.const(1));
    f.block((done) => {
      f.loop((again) => {
        f.branchIf(done, i32.greater(power, x));
        f.set(power, i32.mul(power, 2));
        f.branch(again);
      });
    });
    f.return(power);
  });
  const { sum, evens, sign, table, firstPowerAbove } = instantiate(module);
  assertEquals([sum!(5), sum!(0), sum!(-3)], [10, 0, 0]);
  assertEquals([evens!(0), evens!(9)], [5, 9]);
  assertEquals([sign!(-7), sign!(0), sign!(7)], [-1, 0, 1]);
  assertEquals([table!(0), table!(1), table!(2), table!(9)], [10, 20, 30, 30]);
  assertEquals(firstPowerAbove!(100), 128);
});

/** 2 x to one place and x / 2 to another for x = 3, by instructions in turns or not. */
function twiceAndHalf(inTurns: boolean): (f: FunctionBuilder) => void {
  return (f) => {
    const x = f.let(f32x4.splat(3));
    const bodies = [
      () => {
        const twice = f.let(f32x4.add(f32x4.sqrt(f32x4.mul(x, x)), x));
        f.if(1, () => f.store(0, twice));
      },
      () => f.store(16, f32x4.mul(f32x4.neg(f32x4.neg(x)), f32x4.splat(0.5))),
    ];
    if (inTurns) f.inTurns(bodies);
    else for (const body of bodies) body();
  };
}

Deno.test("inTurns() runs every body, with its instructions between those of the others", () => {
  for (const inTurns of [false, true]) {
    assertEquals([...new Float32Array(run(twiceAndHalf(inTurns)), 0, 8)], [
      ...[6, 6, 6, 6],
      ...[1.5, 1.5, 1.5, 1.5],
    ]);
  }
  const module = new ModuleBuilder();
  module.function({}, twiceAndHalf(true));
  const codes = { mul: 0xe6, neg: 0xe1, sqrt: 0xe3 };
  const bytes = [...module.bytes()];
  const order = bytes.flatMap((byte, i) =>
    bytes[i - 1] === 0xfd && bytes[i + 1] === 0x01
      ? Object.entries(codes).filter(([, code]) => code === byte).map(([name]) => name)
      : []
  );
  assertEquals(order, ["mul", "neg", "sqrt", "neg", "mul"]);
  const empty = (f: FunctionBuilder) => f.inTurns([]);
  assertEquals(new Uint8Array(run(empty))[0], 0);
});

Deno.test("functions call one another, and imports", () => {
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", { initial: 1 });
  const heard: number[] = [];
  const hear = module.importFunction("env", "hear", { params: ["f64"] });
  const counter = module.global("i32", 5);
  const square = module.function(
    { params: ["f64"], result: "f64" },
    (f, x) => f.return(f64.mul(x, x)),
  );
  module.function({ export: "run", result: "i32" }, (f) => {
    f.do(call(hear, call(square, 3)));
    f.drop(call(square, 4));
    f.setGlobal(counter, i32.add(globalValue(counter), 1));
    f.return(globalValue(counter));
  });
  assertThrows(() => module.importFunction("env", "late"), Error, "imports come before functions");
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { run } = instantiate(module, {
    env: { memory, hear: (x: number) => void heard.push(x) },
  });
  assertEquals([run!(), run!()], [6, 7]);
  assertEquals(heard, [9, 9]);
});

Deno.test("requirePages() makes a module refuse a memory that is too small", () => {
  const module = new ModuleBuilder();
  assertThrows(() => module.requirePages(2), Error, "no memory is imported");
  module.importMemory("env", "memory", { initial: 1, maximum: 9 });
  module.requirePages(2);
  const instantiateWith = (initial: number): Exports =>
    instantiate(module, { env: { memory: new WebAssembly.Memory({ initial, maximum: 9 }) } });
  assertThrows(() => instantiateWith(1), WebAssembly.LinkError);
  instantiateWith(2);
});

Deno.test("atomic operations yield what was there before", () => {
  if (!detectFeatures().threads) return;
  const buffer = run((f) => {
    f.do(atomic.store(0, 5));
    f.store(4, atomic.add(0, 2));
    f.store(8, atomic.exchange(0, 9));
    f.store(12, atomic.compareExchange(0, 9, 11));
    f.do(atomic.fence());
    f.store(16, atomic.load(0));
    f.store(20, atomic.wait(0, 0));
    f.store(24, atomic.wait(0, 11, 1n));
    f.store(28, atomic.notify(0, 1));
  }, true);
  assertEquals([...new Int32Array(buffer, 0, 8)], [11, 5, 7, 9, 11, 1, 2, 0]);
});

Deno.test("detectFeatures() says what this version of Deno can do", () => {
  assertEquals(detectFeatures(), {
    simd: true,
    relaxedSimd: true,
    threads: true,
    sleep: true,
  });
});

Deno.test("requirePages() can say how large the memory can become", () => {
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", { initial: 1, maximum: 9 });
  module.requirePages(2, 2);
  const instantiateWith = (maximum: number): Exports =>
    instantiate(module, { env: { memory: new WebAssembly.Memory({ initial: 2, maximum }) } });
  assertThrows(() => instantiateWith(3), WebAssembly.LinkError);
  instantiateWith(2);
});

Deno.test("vectors are made of sixteen bytes, and shuffled by as many", () => {
  const zeros = i32x4.splat(0);
  assertThrows(() => i8x16.shuffle(zeros, zeros, [0, 1]), RangeError, "shuffle 2 bytes");
  assertThrows(() => i32x4.shuffle(zeros, zeros, [0, 1]), RangeError, "shuffle 8 bytes");
  assertThrows(() => v128.const([0, 1]), RangeError, "a v128 of 2 bytes");
  assertThrows(() => v128.const(new Array(17).fill(0)), RangeError, "a v128 of 17 bytes");
});

Deno.test("inTurns() keeps together what a body does in blocks of its own", () => {
  const module = new ModuleBuilder();
  module.function({ export: "run", params: ["i32", "i32"], result: "i32" }, (f, one, other) => {
    const [a, b] = [f.local("i32"), f.local("i32")];
    const body = (condition: typeof one, sum: typeof a) => () =>
      f.if(condition, () => {
        f.set(sum, i32.add(sum, 1));
        f.set(sum, i32.add(sum, 1));
      });
    f.inTurns([body(one, a), body(other, b)]);
    f.return(i32.add(i32.mul(a, 10), b));
  });
  const { run } = new WebAssembly.Instance(module.compile()).exports;
  const found = [[1, 0], [0, 1], [1, 1]].map(([a, b]) => (run as CallableFunction)(a, b));
  assertEquals(found, [20, 2, 22]);
});

Deno.test("least() takes numbers for sizes, which are not negative", () => {
  const module = new ModuleBuilder();
  const signature = { export: "run", params: ["i32", "i32"], result: "i32" } as const;
  module.function(signature, (f, a, b) => f.return(least(a, b)));
  const { run } = new WebAssembly.Instance(module.compile()).exports;
  const found = [[5, -1], [-1, 5], [4, 5]].map(([a, b]) => (run as CallableFunction)(a, b));
  assertEquals(found, [5, 5, 4]);
});

Deno.test("signed32() refuses what is below the least number of 32 bits", () => {
  new ByteWriter().signed32(-(2 ** 31));
  assertThrows(() => new ByteWriter().signed32(-(2 ** 31) - 1), RangeError, "32-bit number");
});
