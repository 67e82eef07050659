/** The elementwise operations on floating-point vectors, by name. */

import type * as elementwise from "../../../ops/elementwise.ts";
import { v128 } from "../assembler.ts";
import type { FloatCode, FloatFunction, Vector } from "../math/float_code.ts";
import * as math from "../math/mod.ts";
import { power } from "../math/power.ts";

/** The names of the table of elementwise operations. */
export type ElementwiseName = keyof typeof elementwise;

/** Writes an operation on vectors of one kind; attributes are those of the call. */
// deno-lint-ignore no-explicit-any
type FloatOp = (code: FloatCode, inputs: any, attributes: any) => Vector;
type One = readonly [Vector];
type Two = readonly [Vector, Vector];
type Bounds = { readonly min: number; readonly max: number };

/** The operations whose result has the kind of their inputs. */
export const floatOps: { readonly [name in ElementwiseName]?: FloatOp } = {
  add: ({ add }, [a, b]: Two) => add(a, b),
  sub: ({ sub }, [a, b]: Two) => sub(a, b),
  mul: ({ mul }, [a, b]: Two) => mul(a, b),
  div: ({ div }, [a, b]: Two) => div(a, b),
  neg: ({ neg }, [x]: One) => neg(x),
  abs: ({ abs }, [x]: One) => abs(x),
  reciprocal: ({ div, number }, [x]: One) => div(number(1), x),
  square: ({ mul }, [x]: One) => mul(x, x),
  sqrt: ({ sqrt }, [x]: One) => sqrt(x),
  rsqrt: ({ div, sqrt, number }, [x]: One) => div(number(1), sqrt(x)),
  floor: ({ floor }, [x]: One) => floor(x),
  ceil: ({ ceil }, [x]: One) => ceil(x),
  round: ({ nearest }, [x]: One) => nearest(x),
  trunc: ({ truncate }, [x]: One) => truncate(x),
  sign: ({ sub, less, greater, number }, [x]: One) =>
    sub(v128.and(greater(x, number(0)), number(1)), v128.and(less(x, number(0)), number(1))),
  relu: ({ lessEqual, number }, [x]: One) => v128.andNot(x, lessEqual(x, number(0))),
  leakyRelu: ({ greater, mul, number, select }, [x]: One, { slope }: { slope: number }) =>
    select(greater(x, number(0)), x, mul(x, number(slope))),
  elu: (code, [x]: One, { alpha }: { alpha: number }) => {
    const { greater, mul, number, select } = code;
    return select(greater(x, number(0)), x, mul(math.expm1(code, x), number(alpha)));
  },
  power: (code, [x]: One, { exponent }: { exponent: number }) => power(code, x, exponent),
  maximum: ({ max }, [a, b]: Two) => max(a, b),
  minimum: ({ min }, [a, b]: Two) => min(a, b),
  clamp: (code, [x]: One, bounds: Bounds) => within(code, x, bounds),
  hardtanh: (code, [x]: One, bounds: Bounds) => within(code, x, bounds),
  ...functionsOf(math),
};

/** Functions of vectors as operations. */
function functionsOf<Name extends string>(
  functions: Readonly<Record<Name, FloatFunction>>,
): Record<Name, FloatOp> {
  const entries = Object.entries<FloatFunction>(functions).map((
    [name, body],
  ): [string, FloatOp] => [
    name,
    (code, inputs: readonly Vector[]) => body(code, ...inputs),
  ]);
  return Object.fromEntries(entries) as Record<Name, FloatOp>;
}

function within({ min, max, number }: FloatCode, x: Vector, bounds: Bounds): Vector {
  return min(max(x, number(bounds.min)), number(bounds.max));
}
