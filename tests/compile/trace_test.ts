import { assert, assertEquals, assertThrows } from "@std/assert";
import { compile, grad, gradients, hessian, jacobian, jvp, noGrad, ones } from "../../src/mod.ts";
import { Random, type Tensor, tensor, TracingError, UsageError } from "../../src/mod.ts";
import { valueAndGrad, vjp } from "../../src/mod.ts";
import { assertMistake } from "../mistake.ts";
import { assertAgree } from "./agreement.ts";

const here = import.meta.url;
const float64 = { dtype: "float64" } as const;
const x = tensor([0.3, -0.7, 1.1], float64);
const cube = (x: Tensor) => x.pow(3).sum();
const waves = (x: Tensor) => x.sin().mul(x.tanh()).sum();

/** Derivatives of every kind, as functions of one tensor. */
const derivatives: Readonly<Record<string, (f: (x: Tensor) => Tensor) => (x: Tensor) => unknown>> =
  {
    "grad": (f) => (x) => grad(f)(x),
    "grad of grad": (f) => (x) => grad((x: Tensor) => grad(f)(x).square().sum())(x),
    "third": (f) => (x) =>
      grad((x: Tensor) => grad((x: Tensor) => grad(f)(x).sum())(x).square().sum())(x),
    "valueAndGrad": (f) => (x) => valueAndGrad(f)(x),
    "a value and a gradient in a gradient": (f) => (x) =>
      grad((x: Tensor) => {
        const [value, slope] = valueAndGrad(f)(x);
        return value.mul(slope.sum());
      })(x),
    "vjp": (f) => (x) => {
      const [y, pullback] = vjp((x: Tensor) => f(x).mul(x), x);
      return [y, pullback(ones([3], float64))];
    },
    "vjp in a gradient": (f) => (x) =>
      grad((x: Tensor) => {
        const [y, pullback] = vjp((x: Tensor) => f(x).mul(x), x);
        return y.sum().mul(pullback(ones([3], float64)).square().sum());
      })(x),
    "jvp": (f) => (x) => jvp((x: Tensor) => f(x).mul(x), [x], [ones([3], float64)]),
    "jvp in a gradient": (f) => (x) =>
      grad((x: Tensor) => {
        const [y, dy] = jvp((x: Tensor) => f(x).mul(x), [x], [ones([3], float64)]);
        return y.mul(dy).sum();
      })(x),
    "jacobian": (f) => (x) => jacobian((x: Tensor) => f(x).mul(x))(x),
    "hessian": (f) => (x) => hessian(f)(x),
    "hessian in a gradient": (f) => (x) => grad((x: Tensor) => hessian(f)(x).square().sum())(x),
    "noGrad in a gradient": (f) => (x) => grad((x: Tensor) => noGrad(() => f(x)).mul(x).sum())(x),
    "detach in a gradient": (f) => (x) => grad((x: Tensor) => f(x).detach().mul(x).sum())(x),
    "clone in a gradient": (f) => (x) => grad((x: Tensor) => f(x).clone().mul(x).sum())(x),
    "a gradient in noGrad": (f) => (x) => noGrad(() => grad(f)(x)),
  };

for (const [name, derive] of Object.entries(derivatives)) {
  Deno.test(`compile() of derivatives equals them: ${name}`, () => {
    for (const f of [cube, waves]) {
      assertAgree(compile(derive(f))(x), derive(f)(x), "compile(derive(f))", 10);
    }
  });

  Deno.test(`derivatives of compiled functions are those of the functions: ${name}`, () => {
    for (const f of [cube, waves]) {
      const compiled = compile(f);
      compiled(x); // there is a program, which would have no history
      assertAgree(derive(compiled)(x), derive(f)(x), "derive(compile(f))", 10);
      assertAgree(compile(derive(compile(f)))(x), derive(f)(x), "compile(derive(compile(f)))", 10);
    }
  });
}

Deno.test("gradients() of what a compiled function computes from parameters are traced", () => {
  const w = tensor([1, 2], { ...float64, requiresGrad: true });
  const f = (w: Tensor) => gradients(noGrad(() => w.square()).mul(w).sum(), [w])[0];
  assertEquals(f(w).toArray(), [1, 4]);
  assertEquals(compile(f)(w).toArray(), [1, 4]);
});

Deno.test("parameters that a compiled function reads from outside are live", () => {
  const w = tensor([1, 2], { requiresGrad: true });
  const uses: Record<string, (x: Tensor) => Tensor> = {
    directly: (x) => x.mul(w),
    "through other operations": (x) => x.mul(w.square().sqrt()),
    "in noGrad": (x) => noGrad(() => x.mul(w.square().sqrt())),
    detached: (x) => x.mul(w.detach()),
    "detached later": (x) => x.mul(w.mul(1).detach()),
    cloned: (x) => x.mul(w.clone()),
    "as a variable": (x) => grad((w: Tensor) => w.square().mul(0.5).sum())(w).mul(x),
    "as an update": (x) => x.mul(w.mul(1).asUpdateOf(w)),
  };
  for (const [how, f] of Object.entries(uses)) {
    w.data.set([1, 2]);
    const compiled = compile(f);
    const first = noGrad(() => compiled(tensor([1, 1])));
    assertEquals(first.toArray(), [1, 2], how);
    w.data.set([3, 4]);
    assertEquals(compiled(tensor([1, 1])).toArray(), [3, 4], how);
  }
});

Deno.test("a parameter is a result as it is at the call", () => {
  const w = tensor([1, 2], { requiresGrad: true, name: "w" });
  const compiled = compile(() => ({ w, twice: w.mul(2) }));
  w.data.set([3, 4]);
  const result = compiled();
  assertEquals([result.w.toArray(), result.twice.toArray()], [[3, 4], [6, 8]]);
  w.data.set([5, 6]);
  assertEquals([compiled().w.toArray(), result.w.toArray()], [[5, 6], [3, 4]]);
  assertEquals([result.w.name, result.w.requiresGrad], ["w", true]);
});

Deno.test("what else a compiled function reads is frozen", () => {
  const factor = tensor([2]);
  const compiled = compile((x: Tensor) => x.mul(factor));
  const first = compiled(tensor([1])).item();
  factor.data[0] = 100;
  assertEquals(compiled(tensor([1])).item(), first);
});

Deno.test("random numbers that would differ from call to call are not frozen, but an error", () => {
  const random = new Random(0), warm = new Random(0);
  const x = tensor([1]);
  warm.standardNormal(); // which draws two and keeps one
  for (
    const draw of [
      () => random.uniform([1]).item(),
      () => random.normal([1]).item(),
      () => random.next(),
      () => random.bits(),
      () => random.standardNormal(),
      () => random.permutation(3)[0]!,
      () => warm.standardNormal(),
    ]
  ) {
    const compiled = compile((x: Tensor) => x.mul(draw()));
    for (let call = 0; call < 2; call++) {
      assertThrows(() => compiled(x), TracingError, "Cannot draw random numbers while");
    }
  }
  assertThrows(
    () => compile((x: Tensor, r: Random) => x.add(r.uniform([1])))(x, random),
    TracingError,
  );
  const seeded = (x: Tensor) => x.add(new Random(1).uniform([1]));
  const compiled = compile(seeded);
  for (let call = 0; call < 2; call++) assertEquals(compiled(x).item(), seeded(x).item());
  assertEquals(random.next(), new Random(0).next()); // and nothing was drawn in vain
});

Deno.test("what was computed before is as it was, also where parameters it came from change", () => {
  const w = tensor([1], { requiresGrad: true });
  const before = w.mul(2);
  const uses: Record<string, (x: Tensor) => Tensor> = {
    directly: (x) => x.add(before),
    "beside the parameter": (x) => x.add(before).add(w.mul(0)),
    "in a gradient": (x) => gradients(before.mul(x).sum(), [w])[0].add(before),
    detached: (x) => x.add(before.detach()),
  };
  for (const [how, f] of Object.entries(uses)) {
    const compiled = compile(f);
    for (const number of [1, 10, 100]) {
      w.data[0] = number;
      assertEquals(compiled(tensor([1])).toArray(), f(tensor([1])).toArray(), how);
    }
  }
});

Deno.test("what an earlier trace computed is as it was to a later one", () => {
  const w = tensor([1], { requiresGrad: true });
  let kept: Tensor | null = null;
  const f = compile((x: Tensor) => x.add(kept ??= w.mul(2)));
  assertEquals(f(tensor([1])).toArray(), [3]);
  w.data[0] = 10;
  assertEquals(f(tensor([1, 1])).toArray(), [3, 3]); // traced anew, by what is kept
  assertEquals(compile((x: Tensor) => x.mul(kept!))(tensor([1])).toArray(), [2]);
});

Deno.test("a gradient by what was computed outside of a compiled function is not lost", () => {
  const f = (w: Tensor) => {
    const twice = w.mul(2);
    const compiled = compile((x: Tensor) => x.mul(twice).sum());
    return compiled(tensor([3])).add(compiled(tensor([4])));
  };
  assertEquals(grad(f)(tensor([1])).toArray(), [14]);
});

Deno.test("what is frozen stays so where a program is planned anew", () => {
  const factor = tensor([2]);
  const compiled = compile((x: Tensor) => x.mul(factor));
  const x = tensor([1]);
  compiled(x);
  factor.data[0] = 100;
  for (let i = 0; i < 6; i++) assertEquals(compiled(x).item(), 2); // x comes again: no result of it
});

Deno.test("a gradient by a parameter read from outside is not lost in a compiled function", () => {
  const f = (w: Tensor) => compile((x: Tensor) => x.mul(w).sum())(tensor([2, 3]));
  assertEquals(grad(f)(tensor([1, 1])).toArray(), [2, 3]);
  const w = tensor([1, 1], { requiresGrad: true });
  const compiled = compile((x: Tensor) => x.mul(w).sum());
  compiled(tensor([2, 3]));
  const outer = grad((s: Tensor) => compiled(tensor([2, 3])).mul(s));
  assertEquals(outer(tensor(1)).item(), 5);
});

Deno.test("compiled functions in a compiled function become part of it", () => {
  const inner = compile((x: Tensor, factor: Tensor) => ({ y: x.mul(factor) }));
  const constant = tensor([5, 6]);
  const outer = compile((x: Tensor) => {
    const closed = compile((y: Tensor) => y.add(x)); // reads a tensor that is being traced
    return [inner(x, constant).y, inner(constant, constant).y, closed(constant)];
  });
  for (const numbers of [[1, 2], [3, 4]]) {
    const [a, b] = numbers as [number, number];
    assertEquals(outer(tensor(numbers)).map((y) => y.toArray()), [
      [5 * a, 6 * b],
      [25, 36],
      [5 + a, 6 + b],
    ]);
  }
});

Deno.test("compile() refuses what a program could not do, at the user's line", () => {
  const w = tensor([1], { name: "w", requiresGrad: true });
  assertMistake(
    here,
    () => compile((_: Tensor) => w.mul(2))(w),
    TracingError,
    "Cannot compile: the function reads w [1] from outside, though it is among its arguments: " +
      "take it from there",
  );
  let kept: Tensor | null = null;
  const leaking = compile((x: Tensor) => kept === null ? kept = x.mul(2) : x.mul(kept));
  leaking(tensor([1]));
  assertMistake(
    here,
    () => leaking(tensor([1, 2])),
    TracingError,
    "Cannot compile: the function uses a tensor [1] that an earlier trace left behind: return " +
      "what is needed later",
  );
  assertMistake(
    here,
    // deno-lint-ignore require-await
    () => compile(async (x: Tensor) => x.mul(2))(tensor([1])),
    UsageError,
    "Cannot compile an asynchronous function: a program runs in one go",
  );
  assertMistake(
    here,
    () =>
      compile(function* (x: Tensor) {
        yield x.mul(2);
      })(tensor([1])),
    UsageError,
    "Cannot compile a generator: a program runs in one go",
  );
});

Deno.test("compile() throws for results in a collection, and for objects that hold themselves", () => {
  const advice = "in it: use an object or an array";
  assertMistake(
    here,
    () => compile((x: Tensor) => new Map([["a", { inside: x.mul(2) }]]))(tensor([1])),
    TracingError,
    `Cannot compile a function that returns a Map with a Tensor ${advice}`,
  );
  assertMistake(
    here,
    () => compile((x: Tensor) => ({ all: new Set([x.mul(2)]) }))(tensor([1])),
    TracingError,
    `Cannot compile a function that returns a Set with a Tensor ${advice}`,
  );
  const model: { w: Tensor; parts: { owner?: unknown } } = { w: tensor([1]), parts: {} };
  model.parts.owner = model;
  assertMistake(
    here,
    () => compile((m: typeof model) => m.w.mul(2))(model),
    UsageError,
    'Cannot find the tensors of an object that holds itself: at "[0].parts.owner"',
  );
});

Deno.test("a map, a set and a date among the arguments are those that they were, or traced anew", () => {
  const inner = [1];
  const settings = {
    scales: new Map<string, unknown>([["k", 1], ["inner", inner], ["mask", tensor([3])]]),
    flags: new Set(["a"]),
    day: new Date(1),
    numbers: Float32Array.of(1, 2),
  };
  const f = ({ scales, flags, day, numbers }: typeof settings, x: Tensor) =>
    x.mul(scales.get("k") as number).add(scales.get("mask") as Tensor).add(inner[0]!)
      .add(flags.size + day.getTime() + numbers[1]!);
  let traces = 0;
  const compiled = compile((all: typeof settings, x: Tensor) => {
    traces++;
    return f(all, x);
  });
  const changes = [
    () => {},
    () => settings.scales.set("k", 5),
    () => settings.flags.add("b"),
    () => settings.day.setTime(7),
    () => inner[0] = 9,
    () => settings.scales.set("mask", tensor([5])),
    () => settings.numbers[1] = 3,
  ];
  for (const change of changes) {
    change();
    for (let i = 0; i < 2; i++) {
      assertEquals(compiled(settings, tensor([2])).item(), f(settings, tensor([2])).item());
    }
  }
  assertEquals(traces, changes.length);
});

Deno.test("a collection may hold itself, and its tensors count as others when they are others", () => {
  const parts = new Map<string, unknown>([["inner", { w: tensor([3]) }]]);
  parts.set("self", parts).set("owner", { parts });
  const f = compile((all: typeof parts, x: Tensor) => {
    return x.mul((all.get("inner") as { w: Tensor }).w);
  });
  assertEquals(f(parts, tensor([2])).toArray(), [6]);
  parts.set("inner", { w: tensor([5]) });
  assertEquals(f(parts, tensor([2])).toArray(), [10]);
  (parts.get("inner") as { w: Tensor }).w = tensor([7]);
  assertEquals(f(parts, tensor([2])).toArray(), [14]);
  const w = tensor([1], { requiresGrad: true });
  const leaking = compile((x: Tensor) => ({ y: x.mul(w), all: new Map([["twice", w.mul(2)]]) }));
  assertThrows(() => leaking(tensor([1])), TracingError, "returns a Map with a Tensor in it");
  const iterating = compile((x: Tensor) => [x.mul(2)].values());
  assertThrows(() => iterating(tensor([1])), UsageError, "Cannot compile a generator");
});

Deno.test("a result may have a method next, as what is no generator has", () => {
  class Chain {
    constructor(readonly state: Tensor) {}
    next(): Chain {
      return new Chain(this.state.mul(2));
    }
  }
  const step = compile((chain: Chain) => chain.next());
  assertEquals(step(step(new Chain(tensor([1])))).state.toArray(), [4]);
});

Deno.test("reading numbers or calling backward() while a function is traced is a TracingError", () => {
  const w = tensor([1, 2], { requiresGrad: true });
  const reads: readonly ((x: Tensor) => unknown)[] = [
    (x) => x.data,
    (x) => x.mul(2).data[0],
    (x) => x.sum().item(),
    (x) => x.toArray(),
    (x) => x.mul(w).sum().backward(),
  ];
  for (const read of reads) {
    const error = assertThrows(() => compile(read)(tensor([1, 2])), TracingError);
    assert(error.stack!.split("\n")[1]!.includes(here), error.stack);
  }
  assertEquals(w.grad, null);
  assertEquals(tensor([1]).add(1).item(), 2); // tracing has ended
  assertEquals(w.mul(2).origin === null, false);
});

Deno.test("what a transform returns inside of a compiled function can be differentiated further", () => {
  const cubes = (x: Tensor) => x.pow(3).sum();
  const x = tensor([1, 2]);
  const uses: Record<string, (x: Tensor) => Tensor> = {
    grad: (x) => gradients(grad(cubes)(x).sum(), [x])[0],
    valueAndGrad: (x) => gradients(valueAndGrad(cubes)(x)[1].sum(), [x])[0],
    vjp: (x) => gradients(vjp(cubes, x)[1](tensor(1)).sum(), [x])[0],
    jvp: (x) => gradients(jvp(cubes, [x], [ones([2])])[1], [x])[0],
    jacobian: (x) => gradients(jacobian((x: Tensor) => x.pow(3))(x).sum(), [x])[0],
  };
  for (const [name, use] of Object.entries(uses)) {
    assertEquals(compile(use)(x).toArray(), [6, 12], name);
  }
});
