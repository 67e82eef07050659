/** The body of a function, written statement by statement. */

import { ByteWriter } from "./encoding.ts";
import type { Operand, ResultType, ValueType } from "./expression.ts";
import { Expression, expression, Local, typeCodes } from "./expression.ts";
import { f32, f64, i32, i64 } from "./scalar_instructions.ts";
import { v128 } from "./simd_instructions.ts";

/** What a function takes and yields. */
export interface Signature<P extends readonly ValueType[], R extends ResultType> {
  readonly params: P;
  readonly result: R;
}

/** A function of the module, imported or its own. */
export interface Callee<P extends readonly ValueType[], R extends ResultType>
  extends Signature<P, R> {
  readonly index: number;
}

/** One variable per parameter. */
export type Locals<P extends readonly ValueType[]> = { readonly [I in keyof P]: Local<P[I]> };

/** One argument per parameter. */
export type Arguments<P extends readonly ValueType[]> = { readonly [I in keyof P]: Operand<P[I]> };

/** A variable of the module. */
export interface Global<T extends ValueType = ValueType> {
  readonly type: T;
  readonly index: number;
}

/** A place to branch to: the end of a block or the start of a loop. */
export interface Label {
  readonly depth: number;
}

/** Where a counting loop starts, what it stays below, and how far it goes each time. */
export interface Range {
  readonly from?: Operand<"i32">;
  readonly below: Operand<"i32">;
  readonly step?: number;
}

/** How code that takes turns with other code falls into pieces. */
interface Turns {
  /** The blocks around it: statements in blocks of its own stay together. */
  readonly depth: number;
  /** Where the pieces end. */
  readonly ends: number[];
}

const callOf = [0x10], globalGet = [0x23];

/** The value of calling a function, or what to `do` for one that yields nothing. */
export function call<P extends readonly ValueType[], R extends ResultType>(
  callee: Callee<P, R>,
  ...args: Arguments<P>
): Expression<R> {
  const operands = callee.params.map((type, i) => expression(type, args[i]!));
  return new Expression(callee.result, callOf, operands, [callee.index]);
}

/** The value of a variable of the module. */
export function globalValue<T extends ValueType>(global: Global<T>): Expression<T> {
  return new Expression(global.type, globalGet, [], [global.index]);
}

/** Writes the statements of one function. */
export class FunctionBuilder {
  readonly #start = new ByteWriter(64);
  #code = new ByteWriter();
  readonly #locals: ValueType[] = [];
  readonly #params: number;
  #depth = 0;
  #turns: Turns | null = null;

  /** A body with this many parameters and no statement yet. */
  constructor(params: number) {
    this.#params = params;
  }

  /** A new variable, which is zero at first. */
  local<T extends ValueType>(type: T): Local<T> {
    this.#locals.push(type);
    return new Local(type, this.#params + this.#locals.length - 1);
  }

  /** A new variable that holds `value`. */
  let<T extends ValueType>(value: Expression<T>): Local<T> {
    const local = this.local(value.type);
    this.set(local, value);
    return local;
  }

  /** A new variable that holds `value` from the start of the function, whatever is written first. */
  atStart<T extends ValueType>(value: Expression<T>): Local<T> {
    const local = this.local(value.type);
    value.writeTo(this.#start);
    this.#start.byte(0x21);
    this.#start.unsigned(local.index);
    return local;
  }

  /** Gives a variable a value. */
  set<T extends ValueType>(local: Local<T>, value: Operand<T>): void {
    this.#parted(expression(local.type, value)).writeTo(this.#code);
    this.#instruction(0x21, local.index);
    this.#endTurn();
  }

  /** Gives a variable of the module a value. */
  setGlobal<T extends ValueType>(global: Global<T>, value: Operand<T>): void {
    expression(global.type, value).writeTo(this.#code);
    this.#instruction(0x24, global.index);
  }

  /** Adds to an integer variable, as pointers and counters need. */
  increase(local: Local<"i32">, by: Operand<"i32">): void {
    this.set(local, i32.add(local, by));
  }

  /** Writes a value of any type to memory. */
  store(address: Operand<"i32">, value: Expression<ValueType>, offset = 0): void {
    const { type } = value;
    if (type === "i32") this.do(i32.store(address, value as Expression<"i32">, offset));
    else if (type === "i64") this.do(i64.store(address, value as Expression<"i64">, offset));
    else if (type === "f32") this.do(f32.store(address, value as Expression<"f32">, offset));
    else if (type === "f64") this.do(f64.store(address, value as Expression<"f64">, offset));
    else this.do(v128.store(address, value as Expression<"v128">, offset));
  }

  /** Runs what has an effect and no value. */
  do(effect: Expression<"void">): void {
    this.#parted(effect).writeTo(this.#code);
    this.#endTurn();
  }

  /**
   * Bodies that need nothing of one another, written so that their instructions on vectors take
   * turns: while one waits for a result, the processor finds work in the others.
   */
  inTurns(bodies: readonly (() => void)[]): void {
    const all = bodies.map((body) => this.#piecesOf(body));
    const most = Math.max(0, ...all.map((pieces) => pieces.length));
    for (let turn = 0; turn < most; turn++) {
      for (const pieces of all) if (turn < pieces.length) this.#code.bytes(pieces[turn]!);
    }
  }

  /** Runs what has a value, for its effect alone. */
  drop(value: Expression<ValueType>): void {
    value.writeTo(this.#code);
    this.#code.byte(0x1a);
  }

  /** Leaves the function, with its value if it has one. */
  return(value?: Expression): void {
    value?.writeTo(this.#code);
    this.#code.byte(0x0f);
  }

  /** Stops the program: reaching this is a mistake. */
  unreachable(): void {
    this.#code.byte(0x00);
  }

  /** Statements that run if `condition` is not zero, and others that run if it is. */
  if(condition: Operand<"i32">, then: () => void, otherwise?: () => void): void {
    this.#open(0x04, expression("i32", condition));
    then();
    if (otherwise) {
      this.#code.byte(0x05);
      otherwise();
    }
    this.#close();
  }

  /** Statements whose end can be branched to. */
  block(body: (end: Label) => void): void {
    body(this.#open(0x02));
    this.#close();
  }

  /** Statements whose start can be branched to; without a branch they run once. */
  loop(body: (start: Label) => void): void {
    body(this.#open(0x03));
    this.#close();
  }

  /** Goes to a label. */
  branch(label: Label): void {
    this.#instruction(0x0c, this.#depth - label.depth);
  }

  /** Goes to a label if `condition` is not zero. */
  branchIf(label: Label, condition: Operand<"i32">): void {
    expression("i32", condition).writeTo(this.#code);
    this.#instruction(0x0d, this.#depth - label.depth);
  }

  /** Goes to the label at position `index`, or to `otherwise` past the last. */
  branchTable(index: Operand<"i32">, labels: readonly Label[], otherwise: Label): void {
    expression("i32", index).writeTo(this.#code);
    this.#instruction(0x0e, labels.length);
    for (const label of [...labels, otherwise]) this.#code.unsigned(this.#depth - label.depth);
  }

  /** Repeats while `condition` is not zero. */
  while(condition: Operand<"i32">, body: () => void): void {
    this.if(condition, () => this.doWhile(condition, body));
  }

  /** Runs once, then repeats while `condition` is not zero. */
  doWhile(condition: Operand<"i32">, body: () => void): void {
    this.loop((start) => {
      body();
      this.branchIf(start, condition);
    });
  }

  /** Counts `counter` up through a range; a range known to be empty writes no code. */
  for(counter: Local<"i32">, { from = 0, below, step = 1 }: Range, body: () => void): void {
    const known = typeof from === "number" && typeof below === "number";
    if (known && from >= below) return;
    const more = i32.less(counter, below);
    const round = (): void => {
      body();
      this.increase(counter, step);
    };
    this.set(counter, from);
    if (known) this.doWhile(more, round);
    else this.while(more, round);
  }

  /** The bytes of the body, its variables first. */
  bytes(): Uint8Array {
    const runs: [ValueType, number][] = [];
    for (const type of this.#locals) {
      const last = runs.at(-1);
      if (last?.[0] === type) last[1]++;
      else runs.push([type, 1]);
    }
    const body = new ByteWriter(this.#start.length + this.#code.length + 64);
    body.unsigned(runs.length);
    for (const [type, count] of runs) {
      body.unsigned(count);
      body.byte(typeCodes[type]);
    }
    body.bytes(this.#start.written);
    body.bytes(this.#code.written);
    body.byte(0x0b);
    return body.written;
  }

  /** The code of a body, instruction by instruction. */
  #piecesOf(body: () => void): Uint8Array[] {
    const [code, outer] = [this.#code, this.#turns];
    const { ends } = this.#turns = { depth: this.#depth, ends: [] as number[] };
    this.#code = new ByteWriter();
    body();
    const { written } = this.#code;
    [this.#code, this.#turns] = [code, outer];
    return [...ends, written.length].map((end, i) => written.subarray(ends[i - 1] ?? 0, end));
  }

  /** An expression whose operands had turns of their own, where turns are taken. */
  #parted<T extends ResultType>(whole: Expression<T>): Expression<T> {
    const { type, instruction, operands, immediates } = whole;
    if (this.#turns === null || operands.length === 0) return whole;
    const isPart = (x: Expression): x is Expression<"v128"> =>
      x.type === "v128" && x.operands.length > 0;
    const parts = operands.map((operand) => isPart(operand) ? this.let(operand) : operand);
    return new Expression(type, instruction, parts, immediates);
  }

  #endTurn(): void {
    if (this.#turns?.depth === this.#depth) this.#turns.ends.push(this.#code.length);
  }

  #open(instruction: number, condition?: Expression): Label {
    condition?.writeTo(this.#code);
    this.#code.byte(instruction);
    this.#code.byte(typeCodes.void);
    return { depth: ++this.#depth };
  }

  #close(): void {
    this.#code.byte(0x0b);
    this.#depth--;
  }

  #instruction(code: number, immediate: number): void {
    this.#code.byte(code);
    this.#code.unsigned(immediate);
  }
}
