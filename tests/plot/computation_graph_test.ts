import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { gradients, tensor, UsageError, type Value, value } from "@turunan/turunan";
import { type ComputationGraph, computationGraph, toSvg, toText } from "@turunan/turunan/plot";
import { assertDrawn } from "./drawn.ts";
import { lectureError } from "./samples.ts";

Deno.test("computationGraph() draws the lecture's mean squared error as a tree", () => {
  const { error } = lectureError();
  assertDrawn(
    computationGraph(error, { title: "Mean squared error of y = mx + b" }),
    { width: 80 },
    `
    |Mean squared error of y = mx + b
    |                      value  gradient  local
    |÷                       2.5         1
    |├─ +                      5       0.5    0.5
    |│  ├─ x²                  1       0.5      1
    |│  │  └─ −                1         1      2
    |│  │     ├─ +             4         1      1
    |│  │     │  ├─ ×         -1         1      1
    |│  │     │  │  ├─ m      -1        -3*     1
    |│  │     │  │  └─ 1       1
    |│  │     │  └─ b          5        -1*     1
    |│  │     └─ 3             3
    |│  └─ x²                  4       0.5      1
    |│     └─ −               -2        -2     -4
    |│        ├─ +             3        -2      1
    |│        │  ├─ ×         -2        -2      1
    |│        │  │  ├─ m      -1        -3*     2
    |│        │  │  └─ 2       2
    |│        │  └─ b          5        -1*     1
    |│        └─ 5             5
    |└─ 2                      2
    |gradient = gradient of the node it feeds × local
    |* feeds several nodes: the sum over them
    `,
  );
});

Deno.test("computationGraph() draws what is computed once only once, and refers to it", () => {
  const product = value(3, "x").mul(value(2, "w"));
  assertDrawn(
    computationGraph(product.square().add(product)),
    { width: 60 },
    `
    |                  value  gradient  local
    |+                    42         1
    |├─ x²                36         1      1
    |│  └─ × #1            6        13*    12
    |│     ├─ x            3        26      2
    |│     └─ w            2        39      3
    |└─ × #1 (above)       6        13*     1
    |gradient = gradient of the node it feeds × local
    |* feeds several nodes: the sum over them
    `,
  );
});

Deno.test("computationGraph() shows values alone, if that is asked for", () => {
  assertDrawn(
    computationGraph(value(3, "x").mul(2), { gradients: false }),
    { width: 40 },
    `
    |       value
    |×          6
    |├─ x       3
    |└─ 2       2
    `,
  );
});

Deno.test("computationGraph() neither reads nor changes grad", () => {
  const { m, b, error } = lectureError();
  m.grad = 77;
  const { nodes } = computationGraph(error);
  assertEquals(nodes.find(({ name }) => name === "m")!.gradient, -3);
  assertEquals([m.grad, b.grad, error.grad], [77, 0, 0]);
});

/** A function of two values that uses many operations, some of them in odd ways. */
function tangled(): { readonly inputs: readonly [Value, Value]; readonly result: Value } {
  const [x, y] = [value(0.7, "x"), value(-1.3, "y")];
  const inner = x.mul(y).tanh().add(x.mul(x));
  const result = inner.exp().sub(y.abs().sqrt()).div(x.add(2)).maximum(inner.sigmoid()).mul(inner)
    .add(y.clamp(-2, 5)).pow(2);
  return { inputs: [x, y], result };
}

Deno.test("computationGraph() has the engine's gradients on its nodes", () => {
  const { inputs, result } = tangled();
  const { nodes } = computationGraph(result);
  gradients(result, inputs).forEach((gradient, i) => {
    assertEquals(nodes.find(({ name }) => name === inputs[i]!.name)!.gradient, gradient.data);
  });
  assertEquals(nodes.at(-1)!.gradient, 1);
});

Deno.test("computationGraph() has local derivatives from which the gradients follow", () => {
  for (const { result } of [tangled(), { result: lectureError().error }]) {
    const { nodes, edges } = computationGraph(result);
    nodes.slice(0, -1).forEach(({ gradient }, i) => {
      if (gradient === null) return;
      const sum = edges.filter(({ from }) => from === i)
        .reduce((sum, { to, derivative }) => sum + nodes[to]!.gradient! * (derivative ?? 0), 0);
      assertAlmostEquals(sum, gradient, 1e-12);
    });
  }
});

Deno.test("computationGraph() has local derivatives as differences have them", () => {
  const of = (x: number) => value(x, "x").tanh();
  const [edge] = computationGraph(of(0.4)).edges;
  assertAlmostEquals(edge!.derivative!, (of(0.4 + 1e-6).data - of(0.4 - 1e-6).data) / 2e-6, 1e-9);
});

Deno.test("computationGraph() lists inputs before what is computed from them", () => {
  const { nodes, edges } = computationGraph(tangled().result);
  assert(edges.every(({ from, to }) => from < to && to < nodes.length));
});

Deno.test("computationGraph() is plain data that can be sent to another thread", () => {
  const graph = computationGraph(lectureError().error);
  assertEquals(JSON.parse(JSON.stringify(graph)), { ...graph });
  assertEquals(structuredClone(graph), { ...graph });
});

Deno.test("computationGraph() says that a deep graph is cut", () => {
  let x = value(1, "x");
  for (let i = 0; i < 3000; i++) x = x.mul(1.001);
  const text = toText(computationGraph(x), { width: 60 });
  assert(text.split("\n").length < 210);
  assert(text.includes("… of a graph of 6001 nodes, some are left out"), text.slice(-200));
});

function numbersIn(graph: ComputationGraph): string[] {
  return graph.nodes.map(({ value }) => String(value).replace("-", "−"));
}

Deno.test("computationGraph() draws every node and local derivative in SVG", async () => {
  const { m, error } = lectureError();
  const graph = computationGraph(error, { title: "MSE" });
  const svg = await toSvg(graph);
  for (const text of ["MSE", m.name!, "×", "÷", "x²", "−3", "−4", ...numbersIn(graph)]) {
    assert(new RegExp(`>\\s*${text}\\s*<`).test(svg), text);
  }
  assertEquals(svg.match(/<polygon/g)?.length, graph.edges.length); // the arrow heads
});

Deno.test("computationGraph() draws what is nearest to the result in SVG, if there is too much", async () => {
  let sum = value(0, "x0");
  for (let i = 1; i < 60; i++) sum = sum.add(value(i, `x${i}`).square());
  const svg = await toSvg(computationGraph(sum), { width: 400 });
  assert(/the \d+ of 178 nodes that are nearest to the result/.test(svg));
  assert(svg.includes(">x59<") && !svg.includes(">x1<"));
});

Deno.test("computationGraph() refuses what is no Value", () => {
  assertThrows(
    () => computationGraph(tensor(1) as unknown as Value),
    UsageError,
    "Cannot draw the graph of a Tensor: it is no Value",
  );
});

Deno.test("computationGraph() refuses options that there are not, and what is none", () => {
  const cannot = (options: unknown, message: string) =>
    assertThrows(
      () => computationGraph(value(3, "x"), options as { title: string }),
      UsageError,
      `Cannot draw the graph of a Value${message}`,
    );
  cannot(null, ' with null for options: they are named, as in { title: "Loss" }');
  cannot("MSE", ' with "MSE" for options: they are named, as in { title: "Loss" }');
  cannot({ titel: "MSE" }, ' with the option "titel": there are title, gradients');
  cannot({ title: 5 }, ": title is 5, not a text");
  cannot({ gradients: "no" }, ': gradients is "no", neither true nor false');
});

Deno.test("computationGraph() colours gradients and local derivatives as their heads", () => {
  const text = toText(computationGraph(value(3, "x").square()), { color: true });
  const colors = text.split("\n").slice(0, 3).map((line) => {
    // deno-lint-ignore no-control-regex
    return [...line.matchAll(/\x1b\[38;5;(\d+)m *([^\x1b]*)/g)].map((
      [, code, cell],
    ) => [code, cell]);
  });
  assertEquals(colors, [
    [["209", "gradient "], ["176", "local"]],
    [["209", "1"]],
    [["209", "6 "], ["176", "6"]],
  ]);
});

Deno.test("computationGraph() shows fewer columns of numbers where there is no room for all", () => {
  assertDrawn(
    computationGraph(value(3, "x").square()),
    { width: 28 },
    `
    |      value  gradient
    |x²        9         1
    |└ x       3         6
    `,
  );
});

Deno.test("toSvg() draws the end of a long graph, whose whole layout would take minutes", async () => {
  const shared = value(0.5, "a");
  let long = value(1.5, "x");
  for (let i = 0; i < 300; i++) long = i % 2 === 0 ? long.add(shared) : long.mul(shared);
  const svg = await toSvg(computationGraph(long));
  assertMatch(svg, /the \d+ of 302 nodes that are nearest to the result/);
});
