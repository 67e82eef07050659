import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { arange, compile, tensor, value, zeros } from "../../src/mod.ts";
import { type Display, escapeHtml, htmlTable } from "../../src/values/display.ts";

/** What a notebook is given. */
function displayOf(shown: object): Display {
  const display = Reflect.get(shown, Symbol.for("Jupyter.display")) as () => Display;
  return display.call(shown);
}

/** The cells of the tables in HTML, row by row. */
function cellsOf(html: string): string[][] {
  return [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell]) => cell!)
  );
}

Deno.test("a Value shows its name, number, gradient and the call that made it", () => {
  const m = value(-1, "m");
  const y = m.mul(2).add(0.5);
  y.backward();
  assertEquals(displayOf(m)["text/plain"], "Value m -1, grad 2");
  assertEquals(cellsOf(displayOf(m)["text/html"]), [
    ["name", "value", "gradient"],
    ["m", "-1", "2"],
  ]);
  assertEquals(cellsOf(displayOf(y)["text/html"]), [
    ["value", "gradient", "from"],
    ["-1.5", "1", "add(-2, 0.5)"],
  ]);
  assertStringIncludes(displayOf(m.mul(2))["text/html"], "mul(m, 2)");
});

Deno.test("a name is shown letter by letter, whatever it would be in HTML", () => {
  const name = `<script>alert("1' & 2")</script>`;
  assertEquals(escapeHtml(name), "&lt;script&gt;alert(&quot;1&#39; &amp; 2&quot;)&lt;/script&gt;");
  const named = value(1, name);
  const t = tensor([1], { requiresGrad: true }).asParameter(name);
  for (const shown of [named, named.square(), t]) {
    const { "text/plain": text, "text/html": html } = displayOf(shown);
    assertEquals(text, String(shown));
    assert(!html.includes("<script"), html);
    assertStringIncludes(html, escapeHtml(name));
  }
});

Deno.test("a matrix shows as a table under its shape and kind, a vector as a row", () => {
  const matrix = displayOf(tensor([[1, 2.5], [-3, 0]], { dtype: "float64" }));
  assertEquals(cellsOf(matrix["text/html"]), [["1", "2.5"], ["-3", "0"]]);
  assertStringIncludes(matrix["text/html"], ">Tensor [2, 2] float64<");
  assertEquals(matrix["text/plain"], "Tensor [2, 2] float64\n[[  1, 2.5],\n [ -3,   0]]");
  const vector = displayOf(tensor([true, false]));
  assertEquals(cellsOf(vector["text/html"]), [["true", "false"]]);
  const scalar = displayOf(tensor(3))["text/html"];
  assertEquals(cellsOf(scalar), []);
  assertStringIncludes(scalar, ">Tensor [] float32 3<");
});

Deno.test("long axes are elided in the table as they are in print", () => {
  const vector = cellsOf(displayOf(arange(11))["text/html"]);
  assertEquals(vector, [["0", "1", "2", "…", "8", "9", "10"]]);
  const matrix = cellsOf(displayOf(arange(2400).reshape([60, 40]))["text/html"]);
  assertEquals(matrix.length, 7);
  assertEquals(matrix[0], ["0", "1", "2", "…", "37", "38", "39"]);
  assertEquals(matrix[3], Array.from({ length: 7 }, () => "…"));
  assertEquals(matrix[6]!.at(-1), "2399");
});

Deno.test("a tensor of more axes shows a table for each matrix, with its place", () => {
  const { "text/html": html } = displayOf(arange(24).reshape([2, 2, 2, 3]));
  assertEquals([...html.matchAll(/>(\[\d[^<]*\])</g)].map(([, place]) => place), [
    "[0, 0, …]",
    "[0, 1, …]",
    "[1, 0, …]",
    "[1, 1, …]",
  ]);
  assertEquals(cellsOf(html)[7], ["21", "22", "23"]);
  const long = displayOf(zeros([100, 1, 1]))["text/html"];
  assertEquals([...long.matchAll(/<table/g)].length, 6);
});

Deno.test("an empty tensor shows its shape", () => {
  for (const shape of [[0], [2, 0], [0, 3, 2]]) {
    const { "text/html": html } = displayOf(zeros(shape));
    assertStringIncludes(html, `[${shape.join(", ")}] float32`);
    assertEquals(cellsOf(html).flat(), []);
  }
});

Deno.test("what is being traced shows without numbers", () => {
  const seen: Display[] = [];
  const program = compile((x: ReturnType<typeof tensor>) => {
    seen.push(displayOf(x.mul(2)));
    return x.mul(2);
  });
  program(tensor([1, 2]));
  assertEquals(seen[0]!["text/plain"], "Tensor [2] float32 (traced)");
  assertStringIncludes(seen[0]!["text/html"], "Tensor [2] float32 (traced)");
  const scalars: string[] = [];
  compile((x: ReturnType<typeof value>) => {
    const y = x.mul(2);
    scalars.push(displayOf(y)["text/html"]);
    return y;
  })(value(3));
  assertEquals(cellsOf(scalars[0]!), [["value", "from"], ["traced", "mul(…, 2)"]]);
});

Deno.test("htmlTable() sets words at the left and numbers at the right", () => {
  const html = htmlTable([["a", "1"]], { headers: ["name", "count"], words: 1 });
  assertEquals(cellsOf(html), [["name", "count"], ["a", "1"]]);
  const sides = [...html.matchAll(/text-align:(left|right)/g)].map(([, side]) => side);
  assertEquals(sides, ["left", "right", "left", "right"]);
});

Deno.test("JSON has the numbers", () => {
  const model = { w: tensor([[1, 2], [3, NaN]]), isDone: tensor([true]), b: value(0.5, "b") };
  const text = JSON.stringify({ ...model, step: tensor(3) });
  assertEquals(text, '{"w":[[1,2],[3,null]],"isDone":[true],"b":0.5,"step":3}');
});
