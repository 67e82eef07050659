import { assert, assertEquals } from "@std/assert";
import { gradients } from "../../src/autodiff/transforms.ts";
import { formula } from "../../src/formula/formula.ts";
import { value } from "../../src/values/value.ts";

const x = value(0.5, "x");
const y = value(2, "y");

Deno.test("formula() prints a chain of 400,000 operations", () => {
  let chain = x;
  for (let i = 0; i < 200_000; i++) chain = i % 2 === 0 ? chain.mul(2).add(1) : chain.sub(1).div(2);
  assertEquals(formula(chain), "x");
});

Deno.test("formula() leaves out the middle of functions nested 200,000 deep", () => {
  let nested = x;
  for (let i = 0; i < 200_000; i++) nested = nested.sin();
  const printed = formula(nested);
  assert(printed.startsWith("sin(sin(sin("));
  assert(printed.includes("…"));
  assert(printed.length < 1000);
});

Deno.test("formula() does not repeat the work of shared parts", () => {
  let shared = x;
  for (let i = 0; i < 1000; i++) shared = shared.sin().mul(shared.cos());
  assert(formula(shared).length < 2000);
  let sum = x;
  for (let i = 0; i < 1000; i++) sum = sum.add(sum);
  assertEquals(formula(sum), `${String(2 ** 1000).replace("+", "")} * x`);
});

Deno.test("formula() leaves out the middle of what has more symbols than there are numbers", () => {
  let [sum, quotient, power] = [x, x, x];
  for (let i = 0; i < 1200; i++) {
    sum = sum.sin().add(sum.cos());
    quotient = quotient.div(quotient.add(y));
    power = power.pow(power);
  }
  for (const each of [sum, sum.reciprocal(), sum.reciprocal().add(x), quotient, power]) {
    const printed = formula(each);
    assert(printed.includes("…") && printed.length < 1500, printed);
  }
});

Deno.test("formula() leaves products unexpanded that would be too long", () => {
  const letters = "abcdefghij".split("").map((name) => value(1, name));
  const sum = letters.reduce((sum, letter) => sum.add(letter));
  const product = letters.slice(1).reduce((product, letter) => {
    return product.mul(letter.add(letters[0]!).add(x).add(y));
  }, x);
  assertEquals(formula(sum.pow(20)), "(a + b + c + d + e + f + g + h + i + j)^20");
  assertEquals(
    formula(sum.add(1).pow(2000).mul(3).tanh()),
    "tanh(3(a + b + c + d + e + f + g + h + i + j + 1)^2000)",
  );
  assert(formula(product).length < 20_000);
});

Deno.test("formula() gives up expanding sooner where terms have many factors", () => {
  const seconds = (depth: number): number => {
    let nested = x;
    for (let i = 0; i < depth; i++) nested = nested.silu();
    const [derivative] = gradients(nested, [x]);
    const start = performance.now();
    assert(formula(derivative).length < 1000);
    return (performance.now() - start) / 1000;
  };
  const [less, more] = [seconds(40), seconds(160)];
  assert(more < 8 * less, `${more} s, but ${less} s for a quarter of the depth`);
});

Deno.test("formula() prints both ends of a sum of very many terms in order", () => {
  let sum = x;
  for (let i = 0; i < 20_000; i++) sum = sum.add(value(i, `x${i}`).square());
  const printed = formula(sum);
  assert(printed.startsWith("x0^2 + x1^2 + x2^2"), printed);
  assert(printed.endsWith("x19998^2 + x19999^2 + x"), printed);
  assert(printed.includes(" + … + "), printed);
});

Deno.test("formula() leaves out what is nested deeply", () => {
  let x = value(1, "x");
  for (let i = 0; i < 300; i++) x = x.sin();
  assert(formula(x).includes("…"));
});
