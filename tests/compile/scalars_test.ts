/** Compiled functions of Values: equal to eager ones to the last bit. */

import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { compile, type CompileOptions, grad, gradients, noGrad, Random } from "../../src/mod.ts";
import { tensor, TracingError, UsageError, type Value, value } from "../../src/mod.ts";
import { valueAndGrad } from "../../src/mod.ts";
import * as elementwise from "../../src/ops/elementwise.ts";
import type { Elementwise } from "../../src/ops/elementwise_op.ts";
import { assertMistake } from "../mistake.ts";
import { type Row, sample, scalars } from "../ops/gradient_table.ts";
import { Moons } from "./moons.ts";

const here = import.meta.url;
const ways: Readonly<Record<string, CompileOptions>> = {
  wasm: {},
  reference: { backend: "reference" },
};
const special = [0, -0, 1, -1, 0.5, -0.5, 2.5, -2.5, 3, Infinity, -Infinity, NaN, 1e-310, 1e308];
const rows: Readonly<Record<string, Row>> = {
  ...scalars,
  stopGradient: { domains: [[[-2, 2]]] },
  where: { domains: [[[0, 1]], [[-2, 2]], [[-2, 2]]] },
};

const numbersOf = (values: readonly Value[]) => values.map(({ data }) => data);

/** The result, the derivatives and the second derivatives of one call. */
function derivatives(op: Elementwise, attributes: unknown) {
  return (inputs: Value[]): Value[] => {
    const [first, ...others] = inputs;
    const result: Value = first!["apply"](op, others, attributes);
    const slopes = gradients(result, inputs);
    const sum = slopes.reduce((sum, slope) => sum.add(slope));
    return [result, ...slopes, ...gradients(sum, inputs)];
  };
}

for (const [name, { domains, attributes }] of Object.entries(rows)) {
  for (const [way, options] of Object.entries(ways)) {
    Deno.test(`compiled ${name} of Values has the bits of the eager one: ${way}`, () => {
      const op = elementwise[name as "add"] as Elementwise;
      const eager = derivatives(op, attributes);
      const compiled = compile(eager, options);
      const usual = Array.from({ length: 5 }, () => domains.map(sample));
      const others = special.flatMap((a) =>
        special.map((b) => [a, b, -3].slice(0, domains.length))
      );
      for (const numbers of [...usual, ...others]) {
        const inputs = () => numbers.map((number) => value(number));
        const found = numbersOf(compiled(inputs()));
        const expected = numbersOf(eager(inputs()));
        const isSame = found.every((number, i) => Object.is(number, expected[i])); // -0 is not 0
        assert(isSame, `${name} at ${numbers}: ${found}, not ${expected}`);
      }
    });
  }
}

Deno.test("every elementwise operation is compared", () => {
  const names = Object.entries(elementwise).filter(([, op]) => "scalar" in op).map(([name]) =>
    name
  );
  assertEquals(names.filter((name) => !(name in rows)), []);
});

Deno.test("a compiled step of moons has the loss and the derivatives of the eager one", () => {
  const moons = new Moons(new Random(3), 12);
  const step = compile(() => {
    const loss = moons.loss();
    return { loss, slopes: gradients(loss, moons.parameters) };
  });
  for (let repetition = 0; repetition < 3; repetition++) {
    const { loss, slopes } = step();
    for (const parameter of moons.parameters) parameter.zeroGrad();
    const eager = moons.loss();
    eager.backward();
    assertEquals(loss.data, eager.data);
    assertEquals(numbersOf(slopes), moons.parameters.map((parameter) => parameter.grad));
    moons.parameters.forEach((parameter, i) => parameter.data -= 0.5 * slopes[i]!.data);
  }
});

Deno.test("compiled random graphs of many parts agree with eager ones", () => {
  const random = new Random(8);
  const recipe = Array.from({ length: 4000 }, (_, i) => ({
    from: [random.integer(i + 3), random.integer(Math.min(i + 3, 40)) + Math.max(0, i + 3 - 40)],
    pick: random.integer(6),
  }));
  const f = (inputs: readonly Value[]): Value => {
    const nodes = [...inputs];
    for (const { from, pick } of recipe) {
      const [a, b] = from.map((i) => nodes[i]!) as [Value, Value];
      nodes.push(
        [
          a.add(b),
          a.sub(b).mul(0.5),
          a.mul(b).tanh(),
          a.relu().sub(b),
          a.maximum(b),
          b.sin(),
        ][pick]!,
      );
    }
    return nodes.slice(-50).reduce((sum, node) => sum.add(node));
  };
  const both = valueAndGrad(f);
  const compiled = compile(both);
  const point = (shift: number) => [0.3, -0.7, 1.1].map((x) => value(x + shift));
  for (const shift of [0, 0.25, -1]) {
    const [result, slopes] = compiled(point(shift));
    const [wanted, wantedSlopes] = both(point(shift));
    assertEquals(result.data, wanted.data);
    assertEquals(numbersOf(slopes), numbersOf(wantedSlopes));
  }
});

Deno.test("a compiled function takes and returns nested objects, and numbers belong to them", () => {
  let traces = 0;
  const step = compile(({ m, b }: { m: Value; b: Value }, rate: number, name: string) => {
    traces++;
    const [loss, slope] = valueAndGrad(({ m, b }) => m.mul(2).add(b).square())({ m, b });
    return { loss, next: { m: m.sub(slope.m.mul(rate)), b: [b.sub(slope.b.mul(rate))] }, name };
  });
  const first = step({ m: value(1), b: value(3) }, 0.1, "line");
  assertEquals([first.loss.data, first.next.m.data, first.next.b[0]!.data], [25, -1, 2]);
  assertEquals([first.name, traces], ["line", 1]);
  assertEquals(step({ m: first.next.m, b: first.next.b[0]! }, 0.1, "line").loss.data, 0);
  assertEquals(traces, 1);
  assertEquals(step({ m: value(1), b: value(3) }, 1, "line").next.m.data, -19);
  assertEquals(traces, 2);
});

Deno.test("a compiled function reads the Values around it as they are at each call", () => {
  const [w, fixed] = [value(2), value(10).detach()];
  const f = compile((x: Value) => x.mul(w).add(fixed));
  assertEquals(f(value(3)).data, 16);
  w.data = 5;
  assertEquals(f(value(3)).data, 25);
  const before = w.mul(2); // computed already
  const late = compile((x: Value) => x.mul(before).add(w));
  assertEquals(late(value(3)).data, 35);
  w.data = 7;
  assertEquals(late(value(3)).data, 37);
  const alone = compile(() => w.square());
  w.data = 6;
  assertEquals(alone().data, 36);
});

Deno.test("Values around a compiled function are live in noGrad and detached, too", () => {
  const w = value(2);
  const uses: Record<string, (x: Value) => Value> = {
    "in noGrad": (x) => x.mul(noGrad(() => w.mul(3))),
    "a third operand in noGrad": (x) => noGrad(() => w.greater(3).where(w, 4)).mul(x),
    detached: (x) => x.mul(w.detach()),
    "detached later": (x) => x.mul(w.mul(3).detach()),
  };
  for (const [how, f] of Object.entries(uses)) {
    w.data = 2;
    const compiled = compile(f);
    assertEquals(compiled(value(3)).data, f(value(3)).data, how);
    w.data = 5;
    assertEquals(compiled(value(3)).data, f(value(3)).data, how);
  }
});

Deno.test("no derivative flows back through what leaves a trace from noGrad", () => {
  const w = value(2);
  let leaked!: Value;
  const f = compile((x: Value) => {
    leaked = noGrad(() => w.mul(3));
    return x.mul(leaked);
  });
  assertEquals(f(value(1)).data, 6);
  const result = leaked.mul(w);
  result.backward();
  assertEquals([result.data, w.grad, leaked.grad], [12, 6, 2]);
  const message = "Cannot backward from a Value that depends on none made by value()";
  assertMistake(here, () => leaked.backward(), UsageError, message);
});

Deno.test("no derivative flows back through what a compiled function of Values does in noGrad", () => {
  const f = (x: Value) => gradients(noGrad(() => x.mul(2)).mul(x), [x])[0];
  assertEquals(f(value(3)).data, 6);
  assertEquals(compile(f)(value(3)).data, 6);
});

Deno.test("a Value that a compiled function hands on wants a derivative as it did before", () => {
  const captured = value(3);
  const f = compile((x: Value, y: Value) => ({ x, captured, plain: y, sum: x.add(y) }));
  const results = f(value(1, "x"), value(2).detach());
  const wanted = Object.values(results).map(({ requiresGrad }) => requiresGrad);
  assertEquals(wanted, [true, true, false, false]);
  results.x.square().backward();
  assertEquals(results.x.grad, 2);
});

Deno.test("results of a compiled function are plain, inputs and constants among them", () => {
  const f = compile((x: Value, y: Value) => [x, y, x.add(y), x.fillLike(7), x.sub(x.add(0))]);
  const results = f(value(1, "x"), value(2));
  assertEquals(numbersOf(results), [1, 2, 3, 7, 0]);
  assertEquals(results.map(({ origin }) => origin), results.map(() => null));
  assertStrictEquals(results[0]!.name, "x");
});

Deno.test("a compiled function of Values can be differentiated, printed and traced again", () => {
  const cube = compile((x: Value) => x.mul(x).mul(x));
  assertEquals(grad(cube)(value(2)).data, 12);
  assertEquals(gradients(cube(value(2).mul(1)), []), []);
  const slope = compile((x: Value) => grad(cube)(x));
  assertEquals(slope(value(2)).data, 12);
  assertEquals(gradients(grad((x: Value) => grad(cube)(x))(value(2)), []), []);
});

Deno.test("what is computed twice is one step, and what nobody needs is none", () => {
  const f = compile((x: Value) => {
    x.exp().tanh();
    return x.sin().add(x.sin()).stopGradient();
  });
  assertEquals(
    f.explain(value(1)).split("\n").slice(0, 5),
    ["%0:[] = input", "%1:[] = sin(%0)", "%3:[] = add(%1, %1)", "return %3", ""],
  );
});

Deno.test("a traced Value refuses to show or change its number, and says that it is traced", () => {
  const reads: [(x: Value) => unknown, string][] = [
    [(x) => x.data, "Cannot read the number of a Value while it is being traced"],
    [(x) => x.mul(2).item(), "Cannot read the number of a Value while it is being traced"],
    [(x) => x.data = 3, "Cannot change the number of a Value while it is being traced"],
    [(x) => x.grad = 3, "Cannot change the number of a Value while it is being traced"],
    [
      (x) => x.square().backward(),
      "Cannot backward while a function is being traced: return what gradients() or grad() gives",
    ],
    [
      () => value(3).square().backward(),
      "Cannot backward while a function is being traced: return what gradients() or grad() gives",
    ],
  ];
  for (const [read, message] of reads) {
    const f = compile((x: Value) => {
      read(x);
      return x;
    });
    assertMistake(here, () => f(value(1)), TracingError, message);
  }
  let seen = "";
  compile((x: Value) => {
    seen = `${x.mul(2)} ${x}`;
    return x;
  })(value(1, "x"));
  assertEquals(seen, "Value (traced) Value x (traced)");
});

Deno.test("compile() throws for tensors beside Values, and for Values left behind", () => {
  const message = "Cannot compile a function of both tensors and Values: take and return one kind";
  const both = compile((x: Value, t: unknown) => [x, t]);
  assertMistake(here, () => both(value(1), tensor([1])), UsageError, message);
  const turned = compile((_: Value) => tensor([1]));
  assertMistake(here, () => turned(value(1)), UsageError, message);

  let left: Value = value(0);
  compile((x: Value) => left = x.add(1))(value(1));
  assertMistake(
    here,
    () => compile((x: Value) => x.add(left))(value(1)),
    TracingError,
    "Cannot compile: the function uses a Value that an earlier trace left behind: " +
      "return what is needed later",
  );
  const w = value(1, "w");
  assertMistake(
    here,
    () => compile((_: Value) => w.square())(w),
    TracingError,
    "Cannot compile: the function reads w from outside, though it is among its arguments: " +
      "take it from there",
  );
});

Deno.test("20,000 compiled calls leave memory where it was", async () => {
  const program = `
    import { compile, gradients, Random } from "${import.meta.resolve("../../src/mod.ts")}";
    import { Moons } from "${import.meta.resolve("./moons.ts")}";
    const moons = new Moons(new Random(4), 2);
    const step = compile(() => {
      const loss = moons.loss();
      return [loss, ...gradients(loss, moons.parameters)];
    });
    const run = (calls) => {
      for (let i = 0; i < calls; i++) step();
      return Deno.memoryUsage().rss;
    };
    const before = run(2000);
    console.log(run(20_000) - before);
  `; // a process of its own, whose memory is nobody else's
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-lock", `data:text/javascript,${encodeURIComponent(program)}`],
    stderr: "inherit",
  }).output();
  const text = new TextDecoder().decode(stdout);
  assert(text !== "" && Number(text) < 40e6, text);
});

Deno.test("a disposed function of Values compiles again when it is called", () => {
  const double = compile((x: Value) => x.add(x));
  assertEquals(double(value(2)).data, 4);
  double.dispose();
  assertEquals(double(value(3)).data, 6);
});

Deno.test("a compiled function of Values tells negative zero from zero", () => {
  const quotient = compile((x: Value) => [x.div(-0), x.div(0)]);
  assertEquals(quotient(value(1)).map(({ data }) => data), [-Infinity, Infinity]);
  const relu = compile((x: Value) => x.relu());
  assert(Object.is(relu(value(-0)).data, 0)); // assertEquals takes -0 for 0
});

Deno.test("a compiled function of Values calls a function with the attributes of each call", () => {
  const elus = (x: Value) => [x.elu(2), x.elu(3), x.neg().elu(4)];
  const compiled = compile(elus);
  for (const x of [-2, 0.5]) {
    const wanted = elus(value(x)).map(({ data }) => data);
    assertEquals(compiled(value(x)).map(({ data }) => data), wanted);
  }
});

Deno.test("a compiled function of Values chooses zero where a condition holds", () => {
  const zero = value(0).detach(); // a constant to the program
  const f = compile((x: Value) => [zero.where(x.greater(1), x), x.where(x.greater(1), 0)]);
  assertEquals(f(value(3)).map(({ data }) => data), [0, 3]);
  assertEquals(f(value(-2)).map(({ data }) => data), [-2, 0]);
});
