/** Single operations on large tensors: a program of one step each, kept for the next of its kind. */

import type { Program, Step } from "../../compile/program.ts";
import { bytesPerElement, type DType, type TypedArray, viewOf } from "../../ops/dtype.ts";
import { UsageError } from "../../ops/error.ts";
import { isMoving, type Moves, runOf } from "../../ops/moves.ts";
import { attributesKey, type Block, type Op } from "../../ops/op.ts";
import { sizeOf } from "../../ops/shape.ts";
import { overwrite, slice, unslice } from "../../ops/structural.ts";
import type { Backend } from "../backend.ts";
import { reference } from "../reference.ts";
import { emitterFor } from "./kernels.ts";
import { emitProgram } from "./program.ts";

/** Operations on fewer numbers than this stay in JavaScript: copying would cost more. */
const worthCopying = 2048;
/** Products of fewer multiplications than this do, too. */
const worthMultiplying = 1 << 15;
/** Moves of this many neighbours at a time stay there, too: they are copied as fast. */
const longRun = 64;
/** How many kinds of call are kept ready. */
const mostKept = 256;

/** Operations at a place, of which most calls have another: each would need a kernel of its own. */
const placed: ReadonlySet<object> = new Set([slice, unslice, overwrite]);

/** A call of one kind, ready to run. */
interface Ready {
  readonly run: () => void;
  readonly offsets: readonly number[];
}

const memory: { arena: WebAssembly.Memory | null } = { arena: null };
const ready = new Map<string, Ready | null>();
const ids = new WeakMap<Op, number>();
let nextId = 0;

/** WebAssembly kernels where they pay, the operations' own kernels elsewhere. */
export const wasm: Backend = {
  name: "wasm",
  run(op, output, inputs, attributes) {
    if (op.alias || !isWorthIt(op, output, inputs)) {
      return reference.run(op, output, inputs, attributes);
    }
    const key = keyOf(op, [output, ...inputs], attributes);
    let call = ready.get(key);
    if (call === undefined) {
      call = prepare(op, output, inputs, attributes);
      if (ready.size >= mostKept) ready.delete(ready.keys().next().value!);
      ready.set(key, call);
    }
    if (call === null) return reference.run(op, output, inputs, attributes);
    inputs.forEach(({ data }, i) => viewLike(data, call.offsets[i]!).set(data as never));
    call.run();
    output.data.set(viewLike(output.data, call.offsets[inputs.length]!) as never);
  },
};

function isWorthIt(op: Op, output: Block, inputs: readonly Block[]): boolean {
  if (op.name === "sum") return false; // its own kernel adds up in double precision
  if (placed.has(op)) return false;
  if (op.name === "matmul") {
    const inner = Math.max(...inputs[0]!.shape.slice(-2));
    return output.data.length * inner >= worthMultiplying;
  }
  return output.data.length >= worthCopying || inputs[0]!.data.length >= worthCopying;
}

function keyOf(op: Op, blocks: readonly Block[], attributes: unknown): string {
  let id = ids.get(op);
  if (id === undefined) ids.set(op, id = nextId++);
  const kinds = blocks.map(({ data, shape }) => `${data.BYTES_PER_ELEMENT}${kindOf(data)}${shape}`);
  return `${id} ${kinds.join(" ")} ${attributesKey(attributes)}`;
}

function kindOf(data: TypedArray): DType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  return data instanceof Int32Array ? "int32" : "bool";
}

/** A program of one step in the memory that all of them share. */
function prepare(
  op: Op,
  output: Block,
  inputs: readonly Block[],
  attributes: unknown,
): Ready | null {
  const blocks = [...inputs, output];
  const slots = blocks.map(({ data, shape }) => ({ shape, dtype: kindOf(data) }));
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
    return { run: executable.run, offsets };
  } catch (error) {
    if (error instanceof UsageError) return null; // no memory is left: its own kernel needs none
    throw error;
  }
}

/** Whether moves go here and there, and take a good part of the `size` numbers that there are. */
function isScattered({ moves }: Moves, size: number): boolean {
  const moved = moves.reduce((sum, { lengths }) => sum + sizeOf(lengths), 0);
  return 2 * moved >= size && moves.some((move) => runOf(move) < longRun);
}

/** Bytes of the shared memory, seen as numbers of the same kind as `data`. */
function viewLike(data: TypedArray, offset: number): TypedArray {
  return viewOf(memory.arena!.buffer, offset, data.length, kindOf(data));
}
