/** One suite that every backend runs: each operation against plain code written for the purpose. */

import { assert, assertEquals } from "@std/assert";
import type { Backend } from "../../src/backends/backend.ts";
import { reference } from "../../src/backends/reference.ts";
import { wasm } from "../../src/backends/wasm/eager.ts";
import { allocate, type DType, DTypeError } from "../../src/ops/dtype.ts";
import type { Elementwise } from "../../src/ops/elementwise_op.ts";
import type { Op } from "../../src/ops/op.ts";
import { type Shape, sizeOf } from "../../src/ops/shape.ts";
import { compiledBackend } from "./compiled.ts";
import { ops } from "../ops/all_ops.ts";
import { type Call, callsOf, dtypes, type Operand } from "./calls.ts";
import { indicesOf, type Numbers, read, rules, scalars } from "./naive.ts";
import { specials } from "./special_values.ts";

/** The backends, and for each the operations that it leaves out here, with the reason. */
const backends: readonly { backend: Backend; skips: Record<string, string> }[] = [
  { backend: reference, skips: {} },
  { backend: wasm, skips: {} },
  { backend: compiledBackend("compiled", { threads: 1 }), skips: {} },
  { backend: compiledBackend("compiled reproducibly", { reproducible: true }), skips: {} },
];

/** Given numbers as an input with one axis. */
function flat(numbers: readonly (number | boolean)[], dtype: DType): Operand {
  const own = typeof numbers[0] === "boolean" ? "bool" : dtype;
  const data = allocate(own, numbers.length);
  data.set(numbers.map(Number));
  return { shape: [numbers.length], dtype: own, data };
}

/** The function of an elementwise operation, which is as plain as a rule of its own. */
function scalarOf(op: Op): Elementwise["scalar"] | undefined {
  return "scalar" in op ? (op as unknown as Elementwise).scalar : undefined;
}

/** What an operation makes of the numbers, element by element. */
function expected(name: string, shape: Shape, inputs: readonly Numbers[], attributes: unknown) {
  const scalar = scalars[name] ?? (rules[name] === undefined ? scalarOf(ops[name]!) : undefined);
  return indicesOf(shape).map((index) =>
    Number(
      scalar === undefined
        ? rules[name]!(index, inputs, attributes)
        : scalar(...inputs.map((input) => read(input, index)), attributes),
    )
  );
}

/** A call, and what plain code makes of it. */
interface Case {
  readonly call: Call;
  readonly wanted: readonly number[];
}

const known = new Map<string, readonly Case[]>();

/** The calls of an operation that are allowed, the same ones for every backend. */
function cases(name: string): readonly Case[] {
  const before = known.get(name);
  if (before !== undefined) return before;
  const op = ops[name]!;
  const calls = dtypes.flatMap((dtype) => callsOf(name, dtype));
  const found = calls.filter((call) => isAllowed(op, call)).map((call) => {
    const shape = op.shape(call.inputs.map((input) => input.shape), call.attributes);
    return { call, wanted: expected(name, shape, call.inputs, call.attributes) };
  });
  assert(found.length > 0);
  known.set(name, found);
  return found;
}

/** Runs a call into an output that stands between guards, which must not change. */
function run(backend: Backend, op: Op, { inputs, attributes }: Call) {
  const shape = op.shape(inputs.map((input) => input.shape), attributes);
  const dtype = op.dtype(inputs.map((input) => input.dtype), attributes);
  const size = sizeOf(shape);
  const around = allocate(dtype, size + 16).fill(77);
  const data = around.subarray(8, 8 + size);
  const before = inputs.map((input) => input.data.slice());
  backend.run(op, { data, shape }, inputs, attributes);
  assertEquals(inputs.map((input) => input.data), before, "an input was changed");
  const guards = [...around.subarray(0, 8), ...around.subarray(8 + size)];
  assertEquals(guards, Array(16).fill(77), "something was written beyond the output");
  return { shape, dtype, data };
}

const tolerances = { float32: 2e-5, float64: 1e-10, int32: 0, bool: 0 } as const;

/** Compares in proportion to the numbers, or to `unit` where they are smaller. */
function assertClose(
  actual: Operand,
  wanted: readonly number[],
  { unit, what }: { unit: number; what: string },
): void {
  assertEquals(actual.data.length, wanted.length, what);
  wanted.forEach((number, i) => {
    const target = actual.dtype === "int32" ? number | 0 : number;
    const found = actual.data[i]!;
    const isClose = Object.is(found, target) || found === target ||
      Math.abs(found - target) <= tolerances[actual.dtype] * Math.max(unit, Math.abs(target));
    assert(isClose, `${what}: element ${i} is ${found}, not ${target}`);
  });
}

function isAllowed(op: Op, { inputs, attributes }: Call): boolean {
  try {
    op.dtype(inputs.map((input) => input.dtype), attributes);
    return true;
  } catch (error) {
    if (error instanceof DTypeError) return false;
    throw error;
  }
}

Deno.test("there is a naive rule for every operation that is no function of single numbers", () => {
  const covered = Object.entries(ops).filter(([name, op]) =>
    name in scalars || name in rules || scalarOf(op) !== undefined
  );
  assertEquals(covered.map(([name]) => name), Object.keys(ops));
  for (const name of Object.keys({ ...scalars, ...rules })) assert(name in ops, name);
});

for (const { backend, skips } of backends) {
  for (const [name, op] of Object.entries(ops)) {
    const reason = skips[name];
    Deno.test({
      name: `${backend.name} computes ${name}() as plain code does${reason ? `: ${reason}` : ""}`,
      ignore: reason !== undefined,
      fn: () => {
        for (const { call, wanted } of cases(name)) {
          const result = run(backend, op, call);
          const shapes = call.inputs.map(({ dtype, shape }) => `${dtype} [${shape}]`).join(", ");
          const what = `${name} of ${shapes} ${JSON.stringify(call.attributes)}`;
          assertClose(result, wanted, { unit: 1, what });
        }
      },
    });
  }

  Deno.test(`${backend.name} keeps infinities, NaN, ties and tiny numbers`, () => {
    for (const { op, inputs, result, attributes } of specials) {
      if (op in skips) continue;
      for (const dtype of ["float32", "float64"] as const) {
        const operands = inputs.map((input) => flat(input, dtype));
        const what = `${op} of ${inputs.map((input) => `[${input}]`).join(", ")} in ${dtype}`;
        assertClose(run(backend, ops[op]!, { inputs: operands, attributes }), result, {
          unit: 0,
          what,
        });
      }
    }
  });
}
