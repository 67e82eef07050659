/** Expressions: what WebAssembly computes, as typed trees that TypeScript checks. */

import type { ByteWriter } from "./encoding.ts";

/** The types a local can have. */
export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

/** What an expression can yield: a value, or nothing for what is run for its effect. */
export type ResultType = ValueType | "void";

/** The byte that stands for each type in a binary. */
export const typeCodes: { readonly [T in ResultType]: number } = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  void: 0x40,
};

/** Shared by all expressions that have no operands or no immediates: most of them. */
const none = [] as const;

/** A computation: first its operands, then one instruction. */
export class Expression<T extends ResultType = ResultType> {
  /** What it leaves on the stack. */
  readonly type: T;
  readonly instruction: readonly number[];
  readonly operands: readonly Expression[];
  readonly immediates: readonly number[];

  /** An instruction given by its bytes and unsigned numbers, with what it takes from the stack. */
  constructor(
    type: T,
    instruction: readonly number[],
    operands: readonly Expression[] = none,
    immediates: readonly number[] = none,
  ) {
    this.type = type;
    this.instruction = instruction;
    this.operands = operands;
    this.immediates = immediates;
  }

  /** Writes the bytes of the whole tree. */
  writeTo(code: ByteWriter): void {
    const { operands, instruction, immediates } = this;
    for (let i = 0; i < operands.length; i++) operands[i]!.writeTo(code);
    code.instruction(instruction);
    for (let i = 0; i < immediates.length; i++) code.unsigned(immediates[i]!);
  }
}

const localGet = [0x20];

/** A variable of a function; as an expression it stands for its value. */
export class Local<T extends ValueType = ValueType> extends Expression<T> {
  /** Which variable it is, parameters first. */
  readonly index: number;

  /** The variable with this index. */
  constructor(type: T, index: number) {
    super(type, localGet, none, [index]);
    this.index = index;
  }
}

/** A number that is known. */
class Constant<T extends ValueType> extends Expression<T> {
  readonly value: number | bigint;

  constructor(type: T, value: number | bigint) {
    super(type, none);
    this.value = value;
  }

  override writeTo(code: ByteWriter): void {
    const { value } = this;
    switch (this.type) {
      case "i32":
        code.byte(0x41);
        return code.signed32(Number(value));
      case "i64":
        code.byte(0x42);
        return code.signed64(BigInt(value));
      case "f32":
        code.byte(0x43);
        return code.float32(Number(value));
      case "f64":
        code.byte(0x44);
        return code.float64(Number(value));
    }
  }
}

/** An expression of type `T`, or the number it should be where a literal makes sense. */
export type Operand<T extends ValueType> =
  | Expression<T>
  | { i32: number; i64: bigint; f32: number; f64: number; v128: never }[T];

/** A constant of the given type. */
export function constant<T extends ValueType>(type: T, value: number | bigint): Expression<T> {
  if (type === "v128") throw new TypeError("Cannot make a v128 constant of a number");
  return new Constant(type, value);
}

/** The operand as an expression: a literal becomes a constant. */
export function expression<T extends ValueType>(type: T, operand: Operand<T>): Expression<T> {
  return operand instanceof Expression ? operand : constant(type, operand);
}

/** An instruction on one operand. */
export type Unary<A extends ValueType, R extends ResultType = A> = (a: Operand<A>) => Expression<R>;

/** An instruction on two operands of one type. */
export type Binary<A extends ValueType, R extends ResultType = A> = (
  a: Operand<A>,
  b: Operand<A>,
) => Expression<R>;

/** An instruction that takes one operand of type `from` and yields `to`. */
export function unary<A extends ValueType, R extends ResultType>(
  from: A,
  to: R,
  ...instruction: number[]
): Unary<A, R> {
  return (a) => new Expression(to, instruction, [expression(from, a)]);
}

/** An instruction that takes two operands of type `from` and yields `to`. */
export function binary<A extends ValueType, R extends ResultType>(
  from: A,
  to: R,
  ...instruction: number[]
): Binary<A, R> {
  return (a, b) => new Expression(to, instruction, [expression(from, a), expression(from, b)]);
}

/** How an instruction says which bytes it means: an address (in bytes) plus a constant. */
export type Load<T extends ValueType> = (address: Operand<"i32">, offset?: number) => Expression<T>;

/** An instruction that writes to memory. */
export type Store<T extends ValueType> = (
  address: Operand<"i32">,
  value: Operand<T>,
  offset?: number,
) => Expression<"void">;

/** A load of a value of type `T`; `alignment` is the base-2 logarithm of the bytes it touches. */
export function load<T extends ValueType>(
  type: T,
  alignment: number,
  ...instruction: number[]
): Load<T> {
  return (address, offset = 0) =>
    new Expression(type, instruction, [expression("i32", address)], [alignment, offset]);
}

/** A store of a value of type `T`. */
export function store<T extends ValueType>(
  type: T,
  alignment: number,
  ...instruction: number[]
): Store<T> {
  return (address, value, offset = 0) =>
    new Expression(
      "void",
      instruction,
      [expression("i32", address), expression(type, value)],
      [alignment, offset],
    );
}
