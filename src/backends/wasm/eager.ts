/** Single operations on tensors: a program of one step each, kept for the next of its kind. */

import type { Program, Step } from "../../compile/program.ts";
import { bytesPerElement, type DType, dtypeOf, type TypedArray, viewOf } from "../../ops/dtype.ts";
import { UsageError } from "../../ops/error.ts";
import { isMoving, type Moves, runOf } from "../../ops/moves.ts";
import { type Block, type Op, sameAttributes } from "../../ops/op.ts";
import { sameShape, type Shape, sizeOf } from "../../ops/shape.ts";
import { overwrite, slice, unslice } from "../../ops/structural.ts";
import type { Backend } from "../backend.ts";
import { reference } from "../reference.ts";
import { emitterFor } from "./kernels.ts";
import { emitProgram } from "./program.ts";

/** Operations on fewer numbers stay in JavaScript: a kernel takes as long to write as many of them. */
const worthCopying = 512;
/** Products of fewer multiplications than this do, too. */
const worthMultiplying = 1 << 12;
/** Moves of this many neighbours at a time stay there, too: they are copied as fast. */
const longRun = 64;
/** Moves of fewer numbers get a kernel when they are asked for again: to write one takes longer. */
const worthWriting = 1 << 16;
/** Elementwise operations on so many numbers are computed piece by piece: these stay in the caches. */
const worthPieces = 1 << 18;
/** The numbers of a piece. */
const pieceLength = 1 << 14;
/** How many kinds of call are kept ready; each takes some 65 KB. */
const mostKept = 512;

/** Operations at a place, of which most calls have another: each would need a kernel of its own. */
const placed: ReadonlySet<object> = new Set([slice, unslice, overwrite]);

/** Calls of one kind: of the same operation, on the same kinds and shapes of inputs. */
interface Call {
  readonly inputs: readonly { readonly shape: Shape; readonly dtype: DType }[];
  readonly attributes: unknown;
  /** What runs them: null where the operation's own kernel does, undefined if that has until now. */
  ready: Ready | null | undefined;
}

/** A kernel in the memory that all of them share. */
interface Ready {
  readonly run: () => void;
  readonly offsets: readonly number[];
  /** The inputs' and the output's places, as long as the memory does not grow. */
  views: readonly TypedArray[];
}

const memory: { arena: WebAssembly.Memory | null } = { arena: null };

/** The kinds of call of each operation. */
const calls = new WeakMap<Op, Call[]>();
/** All of them, the oldest first, each with those of its operation. */
const kept: { readonly call: Call; readonly kinds: Call[] }[] = [];

/** WebAssembly kernels where they pay, the operations' own kernels elsewhere. */
export const wasm: Backend = {
  name: "wasm",
  run(op, output, inputs, attributes) {
    if (op.alias || !isWorthIt(op, output, inputs)) {
      return reference.run(op, output, inputs, attributes);
    }
    const isDivided = isInPieces(op, output, inputs);
    const { ready } = isDivided
      ? callOf(op, pieceOf(output, 0), inputs.map((input) => pieceOf(input, 0)), attributes)
      : callOf(op, output, inputs, attributes);
    if (!ready) reference.run(op, output, inputs, attributes);
    else if (isDivided) runInPieces(ready, output, inputs);
    else run(ready, output, inputs);
  },
};

function run(ready: Ready, output: Block, inputs: readonly Block[]): void {
  if (ready.views[0]!.length === 0) ready.views = viewsOf([...inputs, output], ready.offsets); // it grew
  const { views } = ready;
  for (let i = 0; i < inputs.length; i++) views[i]!.set(inputs[i]!.data as never);
  ready.run();
  output.data.set(views[inputs.length]! as never);
}

/** Whether an operation does the same with each number, in many of them or in single ones. */
function isInPieces(op: Op, output: Block, inputs: readonly Block[]): boolean {
  const { length } = output.data;
  if (length < worthPieces || !("scalar" in op || op.name === "cast")) return false;
  return inputs.every(({ data }) => data.length === length || data.length === 1);
}

/** The last piece begins early enough to be whole: what it has of the one before comes out the same. */
function runInPieces(ready: Ready, output: Block, inputs: readonly Block[]): void {
  const { length } = output.data;
  for (let from = 0; from < length; from += pieceLength) {
    const start = Math.min(from, length - pieceLength);
    run(ready, pieceOf(output, start), inputs.map((input) => pieceOf(input, start)));
  }
}

/** A piece of many numbers, or a single one. */
function pieceOf({ data }: Block, start: number): Block {
  const numbers = data.length === 1 ? data : data.subarray(start, start + pieceLength);
  return { data: numbers, shape: [numbers.length] };
}

/** The kind that a call is of, made ready the first time, or the second where that is early enough. */
function callOf(op: Op, output: Block, inputs: readonly Block[], attributes: unknown): Call {
  let kinds = calls.get(op);
  if (kinds === undefined) calls.set(op, kinds = []);
  let call = kinds.find((kind) => isOfKind(kind, inputs, attributes));
  if (call !== undefined) {
    if (call.ready === undefined) call.ready = prepare(op, output, inputs, attributes);
    return call;
  }
  const slots = inputs.map(({ shape, data }) => ({ shape, dtype: dtypeOf(data) }));
  const isEarly = isMoving(op) && output.data.length < worthWriting;
  const ready = isEarly ? undefined : prepare(op, output, inputs, attributes);
  call = { inputs: slots, attributes, ready };
  kinds.push(call);
  if (kept.push({ call, kinds }) > mostKept) {
    const oldest = kept.shift()!;
    oldest.kinds.splice(oldest.kinds.indexOf(oldest.call), 1);
  }
  return call;
}

function isWorthIt(op: Op, output: Block, inputs: readonly Block[]): boolean {
  if (op.name === "sum") return false; // its own kernel adds up in double precision
  if (placed.has(op)) return false;
  if (op.name === "matmul") {
    const { shape } = inputs[0]!;
    const inner = Math.max(shape.at(-1)!, shape.at(-2) ?? 1);
    return output.data.length * inner >= worthMultiplying;
  }
  return output.data.length >= worthCopying || inputs[0]!.data.length >= worthCopying;
}

function isOfKind(call: Call, inputs: readonly Block[], attributes: unknown): boolean {
  if (call.inputs.length !== inputs.length) return false;
  for (let i = 0; i < inputs.length; i++) {
    const { shape, dtype } = call.inputs[i]!, { shape: other, data } = inputs[i]!;
    if (dtype !== dtypeOf(data) || !sameShape(shape, other)) return false;
  }
  return sameAttributes(call.attributes, attributes);
}

/** A program of one step in the memory that all of them share. */
function prepare(
  op: Op,
  output: Block,
  inputs: readonly Block[],
  attributes: unknown,
): Ready | null {
  const blocks = [...inputs, output];
  const slots = blocks.map(({ data, shape }) => ({ shape, dtype: dtypeOf(data) }));
  const shapes = inputs.map(({ shape }) => shape);
  const size = inputs.reduce((sum, { data }) => sum + data.length, 0);
  const numbers = inputs.map((_, i) => i);
  const step: Step = { op, inputs: numbers, outputs: [inputs.length], attributes };
  const program: Program = {
    slots,
    inputs: numbers,
    constants: new Map(),
    steps: [step],
    outputs: step.outputs,
  };
  if (isMoving(op) && !isScattered(op.moves(shapes, output.shape, attributes), size)) return null;
  const emitter = emitterFor(program, step);
  if (emitter === null || emitter.mayRefuse) return null;
  let bytes = 0;
  const offsets = slots.map(({ shape, dtype }) => {
    const start = bytes;
    bytes += Math.ceil(sizeOf(shape) * bytesPerElement(dtype) / 64) * 64;
    return start;
  });
  try {
    memory.arena ??= new WebAssembly.Memory({ initial: 1, maximum: 65536 });
    const executable = emitProgram(program, { offsets, bytes, copies: [] }, {
      threads: 1,
      memory: memory.arena,
      runStep: () => {}, // the step has a kernel
      nameOf: () => op.name,
    });
    return { run: executable.run, offsets, views: viewsOf(blocks, offsets) };
  } catch (error) {
    const isFull = error instanceof UsageError || error instanceof RangeError;
    if (isFull) return null; // no memory is left: its own kernel needs none
    throw error;
  }
}

/** Whether moves go here and there, and take a good part of the `size` numbers that there are. */
function isScattered({ moves }: Moves, size: number): boolean {
  const moved = moves.reduce((sum, { lengths }) => sum + sizeOf(lengths), 0);
  return 2 * moved >= size && moves.some((move) => runOf(move) < longRun);
}

/** The places of blocks in the shared memory, seen as numbers of the same kinds. */
function viewsOf(blocks: readonly Block[], offsets: readonly number[]): TypedArray[] {
  const { buffer } = memory.arena!;
  return blocks.map(({ data }, i) => viewOf(buffer, offsets[i]!, data.length, dtypeOf(data)));
}
