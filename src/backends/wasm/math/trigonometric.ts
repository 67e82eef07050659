/**
 * Sine, cosine and tangent in double precision, within 2.25 units in the last place (4.5 for the
 * tangent; below 2^20 1.75 and 3.75). An angle is n right angles and a rest of at most pi/4; pi/2 is taken away in three
 * parts, the first two so short that their multiples are exact. Coefficients are minimax, found by
 * Remez's exchange; they leave a relative error of 4e-18 and 5e-20.
 */

import { call, f64, f64x2, globalValue, i64, i64x2, v128 } from "../assembler.ts";
import type { FloatCode, Vector } from "./float_code.ts";
import { polynomial } from "./float_code.ts";
import { largeAngle } from "./large_angle.ts";

const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const;
const rounder = 1.5 * 2 ** 52;
/** From here on multiples of the parts of pi/2 are no longer exact. */
const largest = 2 ** 20;

/** (sin r - r) / r^3 by r^2. */
const sineCoefficients = [
  1.5896812052782232e-10,
  -2.5050758389579453e-8,
  2.7557313693613624e-6,
  -0.00019841269829812535,
  0.00833333333332242,
  -0.16666666666666632,
];

/** (cos r - 1 + r^2 / 2) / r^4 by r^2. */
const cosineCoefficients = [
  -1.135965861803576e-11,
  2.0875723476029083e-9,
  -2.75573143537799e-7,
  2.480158728948704e-5,
  -0.0013888888888874131,
  0.0416666666666666,
];

/** The rest of an angle, and the number of right angles in the low bits of integers. */
interface Reduced {
  readonly rest: Vector;
  readonly quadrant: Vector;
}

function reduce(code: FloatCode, x: Vector): Reduced {
  const { f, context, number, sub, multiplyAdd, negatedMultiplyAdd, abs, hold } = code;
  const quadrant = f.let(multiplyAdd(x, number(2 / Math.PI), number(rounder)));
  const n = hold(sub(quadrant, number(rounder)));
  const part = (rest: Vector, length: number) => negatedMultiplyAdd(n, number(length), rest);
  const rest = f.let(halfPi.reduce(part, x));
  f.if(v128.anyTrue(v128.not(code.lessEqual(abs(x), number(largest)))), () => {
    const large = largeAngle(context);
    for (const lane of [0, 1]) {
      const angle = f64x2.extract(x, lane);
      f.if(f64.greater(f64.abs(angle), largest), () => {
        f.set(rest, f64x2.replace(rest, lane, call(large.remainder, angle)));
        const turned = i64.extendI32(globalValue(large.quadrant));
        f.set(quadrant, i64x2.replace(quadrant, lane, turned));
      });
    }
  });
  return { rest, quadrant };
}

function sineNear0(code: FloatCode, rest: Vector): Vector {
  const { mul, multiplyAdd, hold } = code;
  const square = hold(mul(rest, rest));
  const cube = mul(square, rest);
  return multiplyAdd(cube, polynomial(code, square, sineCoefficients), rest);
}

function cosineNear0(code: FloatCode, rest: Vector): Vector {
  const { number, mul, sub, multiplyAdd, hold } = code;
  const square = hold(mul(rest, rest));
  const start = sub(number(1), mul(square, number(0.5)));
  return multiplyAdd(mul(square, square), polynomial(code, square, cosineCoefficients), start);
}

/** The sine of an angle that is so many right angles larger. */
function sineOf(code: FloatCode, { rest, quadrant }: Reduced, turned: number): Vector {
  const { integer, bits, hold, select } = code;
  const turns = hold(turned === 0 ? quadrant : bits.add(quadrant, integer(turned)));
  const isOdd = bits.sub(integer(0), v128.and(turns, integer(1)));
  const value = select(hold(isOdd), cosineNear0(code, rest), sineNear0(code, rest));
  const sign = bits.shiftLeft(v128.and(turns, integer(2)), 62);
  return v128.xor(value, sign);
}

/** sin x. */
export function sin(code: FloatCode, operand: Vector): Vector {
  const { number, abs, less, hold, select } = code;
  const x = hold(operand);
  const result = sineOf(code, reduce(code, x), 0);
  return select(less(abs(x), number(1e-8)), x, result);
}

/** cos x. */
export function cos(code: FloatCode, operand: Vector): Vector {
  return sineOf(code, reduce(code, code.hold(operand)), 1);
}

/** tan x. */
export function tan(code: FloatCode, operand: Vector): Vector {
  const { number, abs, less, div, hold, select } = code;
  const x = hold(operand);
  const reduced = reduce(code, x);
  const result = div(sineOf(code, reduced, 0), sineOf(code, reduced, 1));
  return select(less(abs(x), number(1e-8)), x, result);
}
