import { assertEquals, assertStringIncludes } from "@std/assert";
import { equations, type Shown, table } from "../../../examples/notebook/show.ts";
import { gradients, value } from "../../../mod.ts";

const displayOf = (shown: Shown) => shown[Symbol.for("Jupyter.display")]!();

Deno.test("equations() sets formulas off the graph, in text and in LaTeX", () => {
  const m = value(-1, "m");
  const mse = m.mul(2).sub(3).square();
  const shown = displayOf(
    equations({ MSE: mse, "\\partial MSE / \\partial m": gradients(mse, [m])[0] }),
  );
  assertEquals(shown["text/plain"], "MSE = 4m^2 - 12m + 9\ndMSE/dm = 8m - 12");
  const latex = shown["text/latex"]!;
  assertStringIncludes(latex, "\\text{MSE} &= 4m^{2} - 12m + 9 \\\\[4pt]\n");
  assertStringIncludes(latex, "\\partial \\text{MSE} / \\partial m &= 8m - 12");
});

Deno.test("equations() takes names of several words, and letters with numbers", () => {
  const shown = displayOf(equations({ "squared error'": value(1, "w1"), p2: value(2, "w2") }));
  assertEquals(shown["text/plain"], "squared error' = w1\np2 = w2");
  assertStringIncludes(shown["text/latex"]!, "\\text{squared error}' &= w_{1} ");
  assertStringIncludes(shown["text/latex"]!, "p_{2} &= w_{2}");
});

Deno.test("table() sets columns, numbers with equally many decimals", () => {
  const shown = displayOf(table(["name", "loss"], [["a<b>", 1], ["c", 0.12345]]));
  assertEquals(shown["text/plain"]!.split("\n").slice(2), ["a<b>   1.0000", "c      0.1235"]);
  assertStringIncludes(shown["text/html"]!, "a&lt;b&gt;</td>");
  assertStringIncludes(shown["text/html"]!, 'right">0.1235</td>');
});
