import { assert, assertEquals } from "@std/assert";
import {
  erf,
  erfc,
  logAddExp,
  normalCdf,
  power,
  remainder,
  roundHalfEven,
  sigmoid,
  softplus,
} from "../../src/ops/special.ts";

/** Asserts that two numbers differ by a few units in the last place. */
function assertSame(actual: number, expected: number): void {
  const isSame = Math.abs(actual - expected) <= 4 * Number.EPSILON * Math.abs(expected);
  assert(isSame, `${actual} is not ${expected}`);
}

/** The integral of 2/sqrt(pi) e^(-t^2) from 0 to x, by its power series in whole numbers. */
function erfBySeries(x: number): number {
  const digits = 10n ** 60n;
  const scaled = BigInt(x * 2 ** 20) * digits / 2n ** 20n; // x is a multiple of 2^-20
  const square = scaled * scaled / digits;
  let term = scaled;
  let total = 0n;
  for (let n = 0n; term !== 0n; n++) {
    total += term / (2n * n + 1n);
    term = -term * square / digits / (n + 1n);
  }
  return Number(total * 10n ** 20n / digits) / 1e20 * 2 / Math.sqrt(Math.PI);
}

Deno.test("erf() is right to a few units in the last place, on both sides of its joints", () => {
  for (const x of [2 ** -20, 0.125, 0.46875, 0.46875 + 2 ** -20, 1, 2.5, 4, 4 + 2 ** -20, 5]) {
    assertSame(erf(x), erfBySeries(x));
    assertEquals(erf(-x), -erf(x));
  }
  assertEquals([erf(0), erf(Infinity), erf(-Infinity), erf(NaN)], [0, 1, -1, NaN]);
});

Deno.test("erfc() is right where it is tiny", () => {
  const known = [
    [0.25, 0.7236736098317631],
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [2, 0.004677734981047266],
    [5, 1.5374597944280349e-12],
    [10, 2.088487583762545e-45],
    [26, 5.663192408856143e-296],
  ] as const;
  for (const [x, expected] of known) {
    assert(Math.abs(erfc(x) / expected - 1) < 1e-14, `${x}: ${erfc(x)}`);
    assertSame(erfc(-x), 2 - expected);
  }
  assertEquals([erfc(30), erfc(Infinity), erfc(-Infinity), erfc(NaN)], [0, 0, 2, NaN]);
});

Deno.test("normalCdf() is right where it is tiny", () => {
  const known = [
    [0.25, 0.4012936743170763],
    [0.7, 0.24196365222307303],
    [1, 0.15865525393145705],
    [5, 2.866515718791939e-7],
    [10, 7.619853024160525e-24],
    [37, 5.725571222524577e-300],
  ] as const;
  for (const [x, expected] of known) {
    assert(Math.abs(normalCdf(-x) / expected - 1) < 2e-15, `${-x}: ${normalCdf(-x)}`);
    assertSame(normalCdf(x), 1 - expected);
  }
  assertEquals([normalCdf(0), normalCdf(-40), normalCdf(40)], [0.5, 0, 1]);
  assertEquals([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(NaN)], [0, 1, NaN]);
});

Deno.test("sigmoid() and softplus() neither overflow nor lose small numbers", () => {
  assertEquals([sigmoid(-1000), sigmoid(1000), sigmoid(0)], [0, 1, 0.5]);
  assertSame(sigmoid(-40), Math.exp(-40));
  assertEquals([softplus(1000), softplus(-1000)], [1000, 0]);
  assertSame(softplus(-40), Math.exp(-40));
  assertSame(softplus(0), Math.LN2);
});

Deno.test("logAddExp() holds for infinities and for numbers far apart", () => {
  assertEquals(logAddExp(-Infinity, -Infinity), -Infinity);
  assertEquals(logAddExp(Infinity, Infinity), Infinity);
  assertEquals(logAddExp(-Infinity, 3), 3);
  assertEquals(logAddExp(5000, -5000), 5000);
  assertSame(logAddExp(-2000, -2000), -2000 + Math.LN2);
});

Deno.test("remainder() is exact and has the sign of the divisor", () => {
  assertEquals([remainder(-1, 3), remainder(1, -3), remainder(-6, 3)], [2, -2, -0]);
  assertEquals([remainder(5, Infinity), remainder(-5, Infinity)], [5, Infinity]);
  assertEquals(remainder(2 ** 60, 3), Number(2n ** 60n % 3n)); // a - b * floor(a / b) is -63
  assertEquals([remainder(1, 0), remainder(NaN, 1)], [NaN, NaN]);
});

Deno.test("roundHalfEven() takes halves to the even number", () => {
  const rounded = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5, 2.4, -2.6].map(roundHalfEven);
  assertEquals(rounded, [-2, -2, -0, 0, 2, 2, 4, 2, -3]);
  assertEquals([roundHalfEven(0.49999999999999994), roundHalfEven(2 ** 52 + 1)], [0, 2 ** 52 + 1]);
  assertEquals([roundHalfEven(Infinity), roundHalfEven(NaN)], [Infinity, NaN]);
});

Deno.test("power() of 1 is 1, and of -1 too where the exponent is infinite", () => {
  assertEquals([power(1, NaN), power(1, Infinity), power(-1, -Infinity)], [1, 1, 1]);
  assertEquals([power(-1, 3), power(-2, Infinity), power(NaN, 0)], [-1, Infinity, 1]);
});

Deno.test("erfc() is no zero as long as there is a number for it", () => {
  assert(erfc(26.5) > 0 && erfc(28) === 0);
});
