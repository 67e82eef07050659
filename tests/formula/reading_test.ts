import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { gradients } from "../../src/autodiff/transforms.ts";
import { formula } from "../../src/formula/formula.ts";
import { Random } from "../../src/values/random.ts";
import { type Value, value } from "../../src/values/value.ts";
import { evaluate } from "./evaluate.ts";

const x = value(0.5, "x");
const y = value(2, "y");
const z = value(-1.5, "z");
const rate = value(3, "rate");

/** A random graph over x, y, z and rate, in which parts are shared. */
function randomGraph(random: Random, onlyPolynomials: boolean): Value {
  const pool: Value[] = [x, y, z, rate];
  const pick = () => pool[random.integer(pool.length)]!;
  const number = () => Math.round(random.uniform([], { low: -3, high: 3 }).item() * 10) / 10;
  const polynomial: (() => Value)[] = [
    () => pick().add(pick()),
    () => pick().sub(pick()),
    () => pick().mul(pick()),
    () => pick().mul(number()),
    () => pick().add(number()),
    () => pick().neg(),
    () => pick().square(),
    () => pick().pow(3),
    () => pick().div(number() || 1),
    () => pick().stopGradient(),
  ];
  const others: (() => Value)[] = [
    () => pick().div(pick()),
    () => pick().reciprocal(),
    () => pick().tanh(),
    () => pick().sin(),
    () => pick().tanh().exp(),
    () => pick().abs(),
    () => pick().abs().pow(1.5),
    () => pick().abs().pow(pick().tanh()),
    () => pick().square().add(1).sqrt(),
    () => pick().square().add(1).log(),
    () => pick().maximum(pick()),
    () => pick().where(pick().greater(pick()).logicalOr(pick().less(0)), pick()),
    () => pick().lessEqual(pick()),
    () => pick().clamp(-1, 1),
    () => pick().tanh().sigmoid(),
    () => pick().hypot(pick()),
    () => pick().square().neg().exp2(),
  ];
  const makers = onlyPolynomials ? polynomial : [...polynomial, ...others];
  for (let i = 0; i < 8; i++) {
    pool.push(makers[random.integer(makers.length)]!());
  }
  return pool.at(-1)!;
}

function assertPrintsItsValue(result: Value): void {
  const names = new Map([x, y, z, rate].map((variable) => [variable.name!, variable.data]));
  const printed = formula(result);
  const number = evaluate(printed, names);
  const tolerance = 1e-8 * Math.max(1, Math.abs(result.data));
  assertAlmostEquals(number, result.data, tolerance, `${printed} is ${number}, not ${result.data}`);
}

Deno.test("formula() of a polynomial evaluates to the value", () => {
  const random = new Random(1);
  for (let i = 0; i < 300; i++) {
    const result = randomGraph(random, true);
    if (Math.abs(result.data) < 1e6) assertPrintsItsValue(result);
  }
});

Deno.test("formula() of functions and their derivatives evaluates to the value", () => {
  const random = new Random(2);
  let compared = 0;
  for (let i = 0; i < 500; i++) {
    const result = randomGraph(random, false);
    for (const each of [result, gradients(result, [x])[0]]) {
      if (Math.abs(each.data) > 1e6 || Number.isNaN(each.data)) continue;
      assertPrintsItsValue(each);
      compared++;
    }
  }
  assert(compared > 900, `${compared} compared`);
});

Deno.test("formula() in LaTeX closes what it opens", () => {
  const random = new Random(3);
  for (let i = 0; i < 200; i++) {
    const latex = formula(randomGraph(random, false), { style: "latex" });
    const count = (mark: string) => latex.split(mark).length - 1;
    assertEquals(count("{"), count("}"), latex);
    assertEquals(count("\\left"), count("\\right"), latex);
    assertEquals(count("\\begin"), count("\\end"), latex);
  }
});
