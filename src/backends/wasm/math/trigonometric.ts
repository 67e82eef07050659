/**
 * Sine, cosine and tangent, within 1 unit in the last place (2 for the tangent; sine and cosine in
 * single precision 1.6). An angle is n right angles and a rest of at most pi/4; pi/2 is taken away in
 * three parts, the first two so short that their multiples are exact. That is done in double
 * precision for singles too; their rest is a single again. Coefficients are minimax, found by Remez's
 * exchange; they leave a relative error of 4e-18 and 5e-20, in single precision of 4e-9 and 2e-10.
 */

import { call, f64, f64x2, globalValue, i32x4, i64, i64x2, v128 } from "../assembler.ts";
import type { FloatCode, Vector } from "./float_code.ts";
import { demoted, doublesOf, polynomial, promoted } from "./float_code.ts";
import { largeAngle } from "./large_angle.ts";

const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const;
const rounder = 1.5 * 2 ** 52;
/** From here on multiples of the parts of pi/2 are no longer exact. */
const largest = 2 ** 20;

/** What differs between the precisions. */
interface Precision {
  /** (sin r - r) / r^3 by r^2. */
  readonly sine: readonly number[];
  /** (cos r - 1 + r^2 / 2) / r^4 by r^2. */
  readonly cosine: readonly number[];
  /** Below this a sine is its angle. */
  readonly small: number;
  /** From the second bit to that of the sign. */
  readonly toSign: number;
}

const single: Precision = {
  sine: [-0.000195152181, 0.00833216029, -0.166666546],
  cosine: [2.44330827e-5, -0.00138873156, 0.0416666457],
  small: 1e-4,
  toSign: 30,
};

const double: Precision = {
  sine: [
    1.5896812052782232e-10,
    -2.5050758389579453e-8,
    2.7557313693613624e-6,
    -0.00019841269829812535,
    0.00833333333332242,
    -0.16666666666666632,
  ],
  cosine: [
    -1.135965861803576e-11,
    2.0875723476029083e-9,
    -2.75573143537799e-7,
    2.480158728948704e-5,
    -0.0013888888888874131,
    0.0416666666666666,
  ],
  small: 1e-8,
  toSign: 62,
};

const precisionOf = ({ dtype }: FloatCode): Precision => dtype === "float32" ? single : double;

/** The rest of an angle, and the number of right angles in the low bits of integers. */
interface Reduced {
  readonly rest: Vector;
  readonly quadrant: Vector;
}

function reduce(code: FloatCode, x: Vector): Reduced {
  if (code.dtype === "float64") return reduceDoubles(code, x);
  const wide = doublesOf(code);
  const [low, high] = promoted(code, x).map((half) => reduceDoubles(wide, half));
  return {
    rest: code.hold(demoted(low!.rest, high!.rest)),
    quadrant: i32x4.shuffle(low!.quadrant, high!.quadrant, [0, 2, 4, 6]),
  };
}

function reduceDoubles(code: FloatCode, x: Vector): Reduced {
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
  return multiplyAdd(cube, polynomial(code, square, precisionOf(code).sine), rest);
}

function cosineNear0(code: FloatCode, rest: Vector): Vector {
  const { number, mul, sub, multiplyAdd, hold } = code;
  const square = hold(mul(rest, rest));
  const start = sub(number(1), mul(square, number(0.5)));
  const series = polynomial(code, square, precisionOf(code).cosine);
  return multiplyAdd(mul(square, square), series, start);
}

/** The sine of an angle that is so many right angles larger. */
function sineOf(code: FloatCode, { rest, quadrant }: Reduced, turned: number): Vector {
  const { integer, bits, hold, select } = code;
  const turns = hold(turned === 0 ? quadrant : bits.add(quadrant, integer(turned)));
  const isOdd = bits.sub(integer(0), v128.and(turns, integer(1)));
  const value = select(hold(isOdd), cosineNear0(code, rest), sineNear0(code, rest));
  const sign = bits.shiftLeft(v128.and(turns, integer(2)), precisionOf(code).toSign);
  return v128.xor(value, sign);
}

/** sin x. */
export function sin(code: FloatCode, operand: Vector): Vector {
  const { number, abs, less, hold, select } = code;
  const x = hold(operand);
  const result = sineOf(code, reduce(code, x), 0);
  return select(less(abs(x), number(precisionOf(code).small)), x, result);
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
  return select(less(abs(x), number(precisionOf(code).small)), x, result);
}
