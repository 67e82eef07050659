import { assert, assertEquals } from "@std/assert";
import { arange, compile, Random, type Tensor } from "../../../src/mod.ts";
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

Deno.test("compile() finds extremes of what is computed from no elements past the last", () => {
  const most = compile((x: Tensor) => x.div(x).max()),
    least = compile((x: Tensor) => x.div(x).min());
  const ofRows = compile((x: Tensor) => x.div(x).max(1));
  for (const [rows, columns] of [[1, 5], [3, 7], [2, 1030]] as const) {
    const x = arange(1, 1 + rows * columns).reshape([rows, columns]);
    assertEquals([most(x).item(), least(x).item()], [1, 1]); // 0 / 0 is NaN beside them
    assertEquals(ofRows(x).toArray(), new Array(rows).fill(1));
  }
});

Deno.test("compile() reduces what is computed in double precision of single numbers", () => {
  const rules: readonly ((x: Tensor) => Tensor)[] = [
    (x) => x.cast("float64").sum(),
    (x) => x.cast("float64").square().sum(1),
    (x) => x.cast("float64").exp().cast("float32").max(0),
  ];
  const x = new Random(5).normal([7, 13]);
  for (const rule of rules) {
    assert(compile(rule)(x).sub(rule(x)).abs().max().item() < 1e-6, `${rule}`);
  }
});
