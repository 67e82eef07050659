/** Single operations on large tensors: a program of one step each, kept for the next of its kind. */

import type { Program, Step } from "../../compile/program.ts";
import { bytesPerElement, type DType, type TypedArray, viewOf } from "../../ops/dtype.ts";
import { UsageError } from "../../ops/error.ts";
import { attributesKey, type Block, type Op } from "../../ops/op.ts";
import { sizeOf } from "../../ops/shape.ts";
import type { Backend } from "../backend.ts";
import { reference } from "../reference.ts";
import { emitterFor } from "./kernels.ts";
import { emitProgram } from "./program.ts";

/** Operations on fewer numbers than this stay in JavaScript: copying would cost more. */
const worthCopying = 2048;
/** Products of fewer multiplications than this do, too. */
const worthMultiplying = 1 << 15;
/** How many kinds of call are kept ready. */
const mostKept = 256;

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
  const numbers = inputs.map((_, i) => i);
  const step: Step = { op, inputs: numbers, outputs: [inputs.length], attributes };
  const program: Program = {
    slots,
    inputs: numbers,
    constants: new Map(),
    steps: [step],
    outputs: step.outputs,
  };
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

/** Bytes of the shared memory, seen as numbers of the same kind as `data`. */
function viewLike(data: TypedArray, offset: number): TypedArray {
  return viewOf(memory.arena!.buffer, offset, data.length, kindOf(data));
}
