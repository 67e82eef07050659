/** Results of double precision with what their rounding lost, after T. J. Dekker (1971). */

import { v128 } from "../assembler.ts";
import type { FloatCode, Vector } from "./float_code.ts";

/** A number as the sum of two: the nearest double and the rest. */
export interface TwoParts {
  readonly high: Vector;
  readonly low: Vector;
}

/** The first 26 bits of doubles; the product of two such is exact. */
function firstHalf({ integer, hold }: FloatCode, x: Vector): Vector {
  return hold(v128.andNot(x, integer(2 ** 27 - 1)));
}

/** What the product of two doubles, rounded to `product`, leaves out; all are held. */
export function lostInProduct(code: FloatCode, a: Vector, b: Vector, product: Vector): Vector {
  const { add, sub, mul, hold } = code;
  const [highA, highB] = [firstHalf(code, a), firstHalf(code, b)];
  const [lowA, lowB] = [hold(sub(a, highA)), hold(sub(b, highB))];
  const first = sub(mul(highA, highB), product);
  return add(add(add(first, mul(highA, lowB)), mul(lowA, highB)), mul(lowA, lowB));
}

/** The sum of two numbers of which the first is 0 or the larger one; both are held. */
export function sumInTwoParts({ add, sub, hold }: FloatCode, a: Vector, b: Vector): TwoParts {
  const high = hold(add(a, b));
  return { high, low: hold(sub(b, sub(high, a))) };
}
