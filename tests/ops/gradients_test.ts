/** Every operation against finite differences to second order, over a table that must be complete. */

import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkGradients, GradientError } from "../../src/autodiff/check_gradients.ts";
import { gradients } from "../../src/autodiff/transforms.ts";
import * as elementwise from "../../src/ops/elementwise.ts";
import type { Elementwise } from "../../src/ops/elementwise_op.ts";
import type { AnyPullback, Op } from "../../src/ops/op.ts";
import { tensor } from "../../src/values/creation.ts";
import { applyOp, Tensor } from "../../src/values/tensor.ts";
import { Value } from "../../src/values/value.ts";
import { ops as allOps } from "./all_ops.ts";
import {
  anywhere,
  type Call,
  elementwiseCalls,
  exempt,
  others,
  type Row,
  sample,
  scalars,
} from "./gradient_table.ts";

const ops = Object.entries(allOps);

const isDifferentiable = (input: Tensor) => input.dtype === "float64";

/** Checks a call by the derivatives of all its float64 inputs. */
function check(op: Op, { inputs, attributes }: Call): void {
  const f = (...variables: Tensor[]) => {
    const rest = [...variables];
    const all = inputs.map((input) => isDifferentiable(input) ? rest.shift()! : input);
    const result = applyOp(op, all, attributes);
    return isDifferentiable(result) ? result : result.cast("float64");
  };
  checkGradients(f, inputs.filter(isDifferentiable), { order: 2 });
}

Deno.test("the gradient table has a row for every operation and no other", () => {
  const rows = Object.keys({ ...scalars, ...others, ...exempt });
  assertEquals(rows.toSorted(), ops.map(([name]) => name).toSorted());
  for (const [name, op] of ops) assertEquals(op.name, name);
});

const callsOf = (name: string) =>
  scalars[name] ? elementwiseCalls(scalars[name]) : others[name] ?? [];

const checked = ops.filter(([name]) => !(name in exempt));

for (const [name, op] of checked) {
  Deno.test(`${name}() has the derivatives of finite differences, to second order`, () => {
    const calls = callsOf(name);
    assert(calls.length > 0);
    for (const call of calls) check(op, call);
  });
}

/** An operation with one of its rules replaced. */
function withRule(op: Op, index: number, rule: (original: AnyPullback) => AnyPullback): Op {
  if (typeof op.pullbacks === "function") {
    const pullbacks = op.pullbacks;
    return { ...op, pullbacks: (i) => i === index ? rule(pullbacks(i)) : pullbacks(i) };
  }
  return { ...op, pullbacks: op.pullbacks.map((p, i) => i === index && p ? rule(p) : p) };
}

Deno.test("the gradient table notices a rule that is wrong, or that is cut off from its cotangent", () => {
  for (const [name, op] of checked) {
    const calls = callsOf(name);
    calls[0]!.inputs.forEach((_, index) => {
      const own = typeof op.pullbacks === "function" ? op.pullbacks(index) : op.pullbacks[index];
      if (own === null || own === undefined) return;
      const scaled = withRule(op, index, (pullback) => (...args) => pullback(...args).mul(1.0001));
      const severed = withRule(
        op,
        index,
        (pullback) => (g, ...args) => pullback(g.detach(), ...args),
      );
      for (const mutant of [scaled, severed]) {
        assertThrows(
          () => calls.forEach((call) => check(mutant, call)),
          GradientError,
          "",
          `${name}, input ${index}`,
        );
      }
    });
  }
});

Deno.test("stopGradient() lets the value through and no derivative", () => {
  const x = tensor([2, 3], { requiresGrad: true });
  const y = x.stopGradient();
  assertEquals(y.toArray(), [2, 3]);
  assertEquals(gradients(y.mul(x).sum(), [x])[0].toArray(), [2, 3]);
});

/** The result and all first and second derivatives of an operation at scalars of either sort. */
function derivatives<T extends Value | Tensor>(inputs: T[], apply: (inputs: T[]) => T): number[] {
  const result = apply(inputs);
  const first = gradients(result, inputs);
  const second = first.flatMap((derivative) => gradients(derivative, inputs));
  return [result, ...first, ...second].map((number) => number.item());
}

const withCondition: Row = { domains: [[[1, 1]], anywhere, anywhere] };

for (
  const [name, { domains, attributes }] of Object.entries({ ...scalars, where: withCondition })
) {
  Deno.test(`${name}() of Values is that of tensors, to second order`, () => {
    const op = elementwise[name as "add"] as Elementwise;
    for (let repetition = 0; repetition < 5; repetition++) {
      const numbers = domains.map(sample);
      const ofValues = derivatives(
        numbers.map((number) => new Value(number, { requiresGrad: true })),
        ([first, ...rest]) => first!["apply"](op, rest, attributes),
      );
      for (const shape of [[], [1]]) {
        const ofTensors = derivatives(
          numbers.map((number, i) =>
            name === "where" && i === 0
              ? tensor([number !== 0], { shape })
              : tensor([number], { shape, dtype: "float64", requiresGrad: true })
          ),
          (inputs) => applyOp(op as Op, inputs, attributes),
        );
        assertEquals(ofValues.length, ofTensors.length);
        ofValues.forEach((number, i) => assertAlmostEquals(number, ofTensors[i]!, 1e-12));
      }
    }
  });
}
