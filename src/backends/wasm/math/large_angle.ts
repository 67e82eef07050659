/**
 * The reduction of angles so large that 2/pi must be known to a thousand bits (M. Payne and R.
 * Hanek, SIGNUM Newsletter 18, 1983). An angle is m 2^e with a whole number m of 53 bits; m times
 * 192 bits of 2/pi, those from weight 2^(1 - e) down, is m 2^e 2/pi but for multiples of 4.
 */

import type { Callee, Expression, FunctionBuilder, Global, Label, Local } from "../assembler.ts";
import { call, f64, i32, i64 } from "../assembler.ts";
import type { KernelContext } from "./kernel_context.ts";

/** The first 1280 bits of 2/pi. */
const twoOverPi =
  "0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d192" +
  "1cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde0598" +
  "0fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d" +
  "0856033046fc7b6babf0cfbc209af4361d";

/** 64 zeros, then the bits of 2/pi, in words of 64. */
function wordsOfTwoOverPi(): bigint[] {
  const bits = BigInt(twoOverPi);
  const words = Array.from({ length: 20 }, (_, i) => (bits >> BigInt(64 * (19 - i))) % 2n ** 64n);
  return [0n, ...words];
}

/** How to reduce an angle, and where the call leaves the number of right angles, modulo 4. */
export interface LargeAngle {
  readonly remainder: Callee<readonly ["f64"], "f64">;
  readonly quadrant: Global<"i32">;
}

/** The reduction of an angle of at least 2^20 to at most pi/4; NaN for infinity and NaN. */
export function largeAngle(context: KernelContext): LargeAngle {
  const quadrant = context.global("quadrant");
  const word = context.function("word of 2/pi", { params: ["i32"], result: "i64" }, writeWords);
  const signature = { params: ["f64"], result: "f64" } as const;
  const remainder = context.function("large angle", signature, (f, x) => {
    const bits = f.let(i64.reinterpretF64(x));
    const exponent = i32.and(i32.wrapI64(i64.shiftRightUnsigned(bits, 52n)), 0x7ff);
    const offset = f.let(i32.sub(exponent, 1075 - 62)); // where the window begins in `words`
    f.if(i32.greaterEqual(offset, 0x7ff - 1075 + 62), () => f.return(f64.sub(x, x)));
    const m = f.let(i64.or(i64.and(bits, 2n ** 52n - 1n), 2n ** 52n));
    const [high, low, rest] = product(f, m, windowAt(f, word, offset));
    // two bits of quadrant, then the fraction as a signed number: rounded to the nearest quadrant
    const fraction = f.let(joined(high, low, 2));
    const more = f.let(joined(low, rest, 2));
    const turns = i64.add(i64.shiftRightUnsigned(high, 62n), i64.shiftRightUnsigned(fraction, 63n));
    const turned = f.let(i32.wrapI64(turns));
    const finer = f64.mul(f64.convertI64(i64.shiftRightUnsigned(more, 1n)), 2 ** -63);
    const angle = f64.mul(f64.add(f64.convertI64(fraction), finer), Math.PI / 2 * 2 ** -64);
    const result = f.let(angle);
    f.if(f64.less(x, 0), () => {
      f.set(turned, i32.sub(0, turned));
      f.set(result, f64.neg(result));
    });
    f.setGlobal(quadrant, turned);
    f.return(result);
  });
  return { remainder, quadrant };
}

/** A function that gives the word at an index. */
function writeWords(f: FunctionBuilder, index: Local<"i32">): void {
  const words = wordsOfTwoOverPi();
  const open = (labels: readonly Label[]): void => {
    if (labels.length === words.length) return f.branchTable(index, labels, labels.at(-1)!);
    f.block((label) => open([...labels, label]));
    f.return(i64.const(words[labels.length]!));
  };
  open([]);
}

/** The three words that begin at a bit. */
function windowAt(
  f: FunctionBuilder,
  word: Callee<readonly ["i32"], "i64">,
  offset: Local<"i32">,
): [Local<"i64">, Local<"i64">, Local<"i64">] {
  const index = f.let(i32.shiftRightUnsigned(offset, 6));
  const shift = f.let(i64.extendI32(i32.and(offset, 63)));
  const four = [0, 1, 2, 3].map((i) => f.let(call(word, i32.add(index, i))));
  const at = (i: number): Local<"i64"> => {
    const next = i64.shiftRightUnsigned(four[i + 1]!, 1n); // a shift by 64 would be one by 0
    const moved = i64.shiftRightUnsigned(next, i64.sub(63n, shift));
    return f.let(i64.or(i64.shiftLeft(four[i]!, shift), moved));
  };
  return [at(0), at(1), at(2)];
}

/** The low 192 bits of a product. */
function product(
  f: FunctionBuilder,
  m: Local<"i64">,
  [a, b, c]: readonly [Local<"i64">, Local<"i64">, Local<"i64">],
): [Local<"i64">, Local<"i64">, Local<"i64">] {
  const lowB = f.let(i64.mul(m, b));
  const middle = f.let(i64.add(lowB, highHalf(f, m, c)));
  const carry = i64.extendI32Unsigned(i64.lessUnsigned(middle, lowB));
  const high = i64.add(i64.add(i64.mul(m, a), highHalf(f, m, b)), carry);
  return [f.let(high), middle, f.let(i64.mul(m, c))];
}

/** The high 64 bits of the product of a number of 53 bits and one of 64. */
function highHalf(f: FunctionBuilder, m: Local<"i64">, a: Local<"i64">): Expression<"i64"> {
  const low = (x: Expression<"i64">) => i64.and(x, 2n ** 32n - 1n);
  const high = (x: Expression<"i64">) => i64.shiftRightUnsigned(x, 32n);
  const first = f.let(i64.add(i64.mul(high(m), low(a)), high(i64.mul(low(m), low(a)))));
  const second = f.let(i64.add(i64.mul(low(m), high(a)), low(first)));
  return i64.add(i64.mul(high(m), high(a)), i64.add(high(first), high(second)));
}

/** The bits of two words from a bit of the first on. */
function joined(a: Local<"i64">, b: Local<"i64">, from: number): Expression<"i64"> {
  return i64.or(
    i64.shiftLeft(a, BigInt(from)),
    i64.shiftRightUnsigned(b, BigInt(64 - from)),
  );
}
