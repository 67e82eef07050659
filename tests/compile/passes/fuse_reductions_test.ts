import { assert, assertEquals } from "@std/assert";
import { Random, type Tensor } from "../../../src/mod.ts";
import { optimize } from "../../../src/compile/optimize.ts";
import { formatProgram } from "../../../src/compile/program.ts";
import { stepsOf, traceOf } from "../run_program.ts";

const matrix = () => new Random(1).normal([4, 6], { dtype: "float64" });
const row = () => new Random(2).normal([6], { dtype: "float64" });

Deno.test("fuseReductions() has reductions compute what they alone read", () => {
  assertEquals(stepsOf((x: Tensor) => x.square().sum(), matrix()), ["fusedSum"]);
  assertEquals(stepsOf((x: Tensor) => x.exp().mul(2).max(1), matrix()), ["fusedMax"]);
  assertEquals(stepsOf((x: Tensor) => x.neg().min(0), matrix()), ["fusedMin"]);
  const error = (x: Tensor, y: Tensor) => x.sub(y).square().mean();
  assertEquals(stepsOf(error, matrix(), row()), ["fusedSum", "div"]);
});

Deno.test("fuseReductions() counts without storing what is counted", () => {
  const count = (x: Tensor) => x.greater(0).cast("float64").sum(0);
  assertEquals(stepsOf(count, matrix()), ["fusedSum"]);
  assertEquals(stepsOf((x: Tensor) => x.greater(0).sum(0), matrix()), ["fusedSum"]);
});

Deno.test("fuseReductions() leaves alone what something else reads too", () => {
  const both = (x: Tensor) => {
    const y = x.exp();
    return [y.sum(0), y.max(0)];
  };
  assertEquals(stepsOf(both, matrix()).toSorted(), ["exp", "max", "sum"]);
  const result = (x: Tensor) => {
    const y = x.exp();
    return [y, y.sum()];
  };
  assertEquals(stepsOf(result, matrix()), ["exp", "sum"]);
  const several = (x: Tensor) => {
    const y = x.exp();
    return [y.neg().sum(), y];
  };
  assertEquals(stepsOf(several, matrix()), ["fused", "sum"]);
});

Deno.test("fuseReductions() leaves alone reductions that look at an element more than once", () => {
  assertEquals(stepsOf((x: Tensor) => x.neg().logsumexp(1), matrix()), ["neg", "logsumexp"]);
});

Deno.test("a program says what its reductions compute", () => {
  const { program } = traceOf((x: Tensor) => x.sub(1).square().sum(), [matrix()]);
  const text = formatProgram(optimize(program));
  assert(text.includes("fusedSum(%0, %1, first: 0, last: 1, producer: sub square)"), text);
});
