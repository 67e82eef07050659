/** Compiled equals eager for every operation: its value, and its first and second derivatives. */

import { assert, assertEquals } from "@std/assert";
import { compile, type CompileOptions, grad, type Tensor, tensor } from "../../src/mod.ts";
import { isFloat } from "../../src/ops/dtype.ts";
import type { Op } from "../../src/ops/op.ts";
import { applyOp } from "../../src/values/tensor.ts";
import { ops } from "../ops/all_ops.ts";
import { type Call, elementwiseCalls, exempt, others, scalars } from "../ops/gradient_table.ts";
import { assertAgree, bitsOf } from "./agreement.ts";

/** Calls of operations that are not in the gradient table. */
const unchecked: Readonly<Record<string, readonly Call[]>> = {
  stopGradient: [{ inputs: [tensor([1.5, -2], { dtype: "float64" })] }],
  oneHot: [{
    inputs: [tensor([2, 0], { dtype: "int32" })],
    attributes: { classes: 3, dtype: "float64", asker: "oneHot" },
  }],
};

function callsOf(name: string): readonly Call[] {
  const row = scalars[name];
  return row === undefined ? others[name] ?? unchecked[name]! : elementwiseCalls(row);
}

/** A scalar that every element has a share in, each another one. */
function project(x: Tensor): Tensor {
  if (!isFloat(x.dtype)) return project(x.cast("float64"));
  const weights = Float64Array.from({ length: x.size }, (_, i) => Math.sin(i + 1));
  return x.mul(tensor(weights, { shape: x.shape }).cast(x.dtype)).sum();
}

/** The value of a call and its derivatives to second order by all its floats. */
function derivatives(op: Op, inputs: readonly Tensor[], attributes: unknown) {
  const floats = inputs.filter(({ dtype }) => isFloat(dtype));
  const apply = (variables: readonly Tensor[]) => {
    const rest = [...variables];
    return applyOp(op, inputs.map((x) => isFloat(x.dtype) ? rest.shift()! : x), attributes);
  };
  if (floats.length === 0) return { value: apply([]) };
  const first = grad((variables: readonly Tensor[]) => project(apply(variables)));
  const slope = (variables: readonly Tensor[]) =>
    first(variables).map(project).reduce((a, b) => a.add(b));
  return { value: apply(floats), first: first(floats), second: grad(slope)(floats) };
}

/** The same calls with their floats in single precision. */
function inSingle(calls: readonly Call[]): Call[] {
  return calls.map(({ inputs, attributes }) => ({
    inputs: inputs.map((x) => x.dtype === "float64" ? x.cast("float32") : x),
    attributes,
  }));
}

const ways: Readonly<Record<string, CompileOptions>> = {
  wasm: { threads: 1 },
  reproducible: { threads: 1, reproducible: true },
  reference: { backend: "reference" },
};

Deno.test("every operation has calls to compile", () => {
  assertEquals(Object.keys(unchecked).toSorted(), Object.keys(exempt).toSorted());
  for (const name of Object.keys(ops)) assert(callsOf(name).length > 0, name);
});

for (const [name, op] of Object.entries(ops)) {
  Deno.test(`compile() of ${name}() gives its value and derivatives as without`, () => {
    const calls = callsOf(name);
    for (const own of [calls, inSingle(calls)]) {
      const f = (inputs: readonly (readonly Tensor[])[]) =>
        inputs.map((floats, i) => derivatives(op, floats, own[i]!.attributes));
      const inputs = own.map((call) => call.inputs);
      const wanted = f(inputs);
      for (const [way, options] of Object.entries(ways)) {
        using compiled = compile(f, options);
        const found = compiled(inputs);
        assertAgree(found, wanted, way);
        assertEquals(bitsOf(compiled(inputs)), bitsOf(found), `${way}, twice`);
      }
    }
  });
}
