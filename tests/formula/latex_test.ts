import { assertEquals } from "@std/assert";
import { gradients } from "../../src/autodiff/transforms.ts";
import { formula } from "../../src/formula/formula.ts";
import { type Value, value } from "../../src/values/value.ts";

const x = value(0.5, "x");
const y = value(2, "y");
const rate = value(3, "rate");

function assertPrints(rows: readonly (readonly [Value, string])[]): void {
  for (const [value, expected] of rows) assertEquals(formula(value, { style: "latex" }), expected);
}

Deno.test("formula() in LaTeX prints the lecture's error", () => {
  const [m, b] = [value(-1, "m"), value(5, "b")];
  const mse = m.add(b).sub(3).square().add(m.mul(2).add(b).sub(5).square()).div(2);
  assertPrints([
    [mse, "2.5m^{2} + 3mb + b^{2} - 13m - 8b + 17"],
    [gradients(mse, [m])[0], "5m + 3b - 13"],
  ]);
});

Deno.test("formula() in LaTeX sets names", () => {
  const [x1, w1, b] = ["x1", "w1", "b"].map((name) => value(1, name));
  const named = (name: string) => value(1, name);
  assertPrints([
    [x1!.mul(w1!).add(b!).tanh(), "\\tanh\\left(x_{1}w_{1} + b\\right)"],
    [x1!.square(), "x_{1}^{2}"],
    [rate.mul(2).mul(b!), "2\\,\\mathrm{rate} \\cdot b"],
    [named("alpha").mul(b!).mul(2), "2b\\alpha"],
    [named("lambda").mul(named("a")), "\\lambda a"],
    [named("theta_0"), "\\theta_{0}"],
    [named("Omega12"), "\\Omega_{12}"],
    [named("w_1_2"), "w_{1,2}"],
    [named("w_out"), "w_{\\mathrm{out}}"],
    [named("rate2"), "\\mathrm{rate}_{2}"],
    [named("a b#c"), "\\mathrm{a\\ b\\#c}"],
    [named("_hidden"), "\\mathrm{\\_hidden}"],
    [named("_hidden").mul(2), "2\\,\\mathrm{\\_hidden}"],
    [named("a + b").mul(2), "2\\left(\\mathrm{a\\ +\\ b}\\right)"],
  ]);
});

Deno.test("formula() in LaTeX tells variables apart that would be set alike", () => {
  const [x1, x_1, w, again, w2, e] = ["x1", "x_1", "w", "w", "w2", "e"].map((name) =>
    value(1, name)
  );
  assertPrints([
    [x1!.mul(x_1!), "x_{1}x_{1,2}"],
    [x_1!, "x_{1}"],
    [w!.add(again!).add(w2!), "w + w_{3} + w_{2}"],
    [e!.pow(x).add(x.exp()), "e^{x} + \\exp\\left(x\\right)"],
    [e!.square().add(x), "e^{2} + x"],
  ]);
  assertEquals(formula(w!.add(again!).add(w2!)), "w + w_2 + w2");
});

Deno.test("formula() in LaTeX prints functions and quotients", () => {
  assertPrints([
    [x.div(y.add(1)), "\\frac{x}{y + 1}"],
    [x.div(y).neg(), "-\\frac{x}{y}"],
    [x.add(y).pow(-2), "\\frac{1}{\\left(x + y\\right)^{2}}"],
    [x.sqrt(), "\\sqrt{x}"],
    [x.exp(), "e^{x}"],
    [x.neg().exp().square(), "\\left(e^{-x}\\right)^{2}"],
    [x.abs(), "\\left|x\\right|"],
    [x.floor(), "\\left\\lfloor x\\right\\rfloor"],
    [x.pow(y.add(1)), "x^{y + 1}"],
    [x.sin().mul(x.cos()).mul(2), "2\\sin\\left(x\\right) \\cos\\left(x\\right)"],
    [x.exp2().mul(3), "3 \\cdot 2^{x}"],
    [x.maximum(y), "\\max\\left(x, y\\right)"],
    [x.softplus(), "\\operatorname{softplus}\\left(x\\right)"],
    [x.lessEqual(y).logicalAnd(x.notEqual(0)), "x \\le y \\land x \\neq 0"],
    [
      x.where(x.greater(0), 0),
      "\\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
    ],
  ]);
});

Deno.test("formula() in LaTeX prints numbers", () => {
  assertPrints([
    [x.mul(1e-7), "10^{-7}x"],
    [x.mul(2.5e21), "2.5 \\cdot 10^{21}x"],
    [value(1e-7), "10^{-7}"],
    [x.pow(1e21), "x^{10^{21}}"],
    [x.mul(NaN), "\\mathrm{NaN} \\cdot x"],
    [x.mul(-Infinity), "-\\infty \\cdot x"],
  ]);
});

Deno.test("formula() in LaTeX puts a dot between a letter and a name", () => {
  const [x, rate] = [value(0.5, "x"), value(3, "rate")];
  assertEquals(formula(x.mul(rate), { style: "latex" }), "x \\cdot \\mathrm{rate}");
  assertEquals(formula(rate.mul(2), { style: "latex" }), "2\\,\\mathrm{rate}");
});

Deno.test("formula() in LaTeX lowers no number of a name with numbers inside", () => {
  assertEquals(formula(value(1, "x1y2"), { style: "latex" }), "\\mathrm{x1y2}");
});
