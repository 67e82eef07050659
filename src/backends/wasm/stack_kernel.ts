/** Products of stacks of matrices: the kernel of one product, run for each. */

import type { Program, Step } from "../../compile/program.ts";
import { bytesPerElement } from "../../ops/dtype.ts";
import { productSizes, type Transposition } from "../../ops/linalg.ts";
import { broadcastStrides, joinAxes } from "../../ops/loops.ts";
import { type Shape, sizeOf, stridesOf } from "../../ops/shape.ts";
import { call, type Expression, type FunctionBuilder, i32, type Local } from "./assembler.ts";
import type { Emitter, KernelPhase } from "./kernels.ts";
import { emitMatmul } from "./matmul.ts";
import { stretchOf, whole } from "./share.ts";

/** Stacks of fewer multiplications than this are not divided among threads. */
const parallelStack = 1 << 16;
/** Threads divide stacks of at least so many matrices, and the rows or columns of smaller ones. */
const manyMatrices = 8;

/** The emitter of such a product, or null where its reference kernel has to serve. */
export function stackEmitter({ slots }: Program, step: Step): Emitter | null {
  const [a, b, out] = [...step.inputs, step.outputs[0]!];
  const { dtype, shape } = slots[out!]!;
  if (dtype !== "float32" && dtype !== "float64") return null;
  const transposition = step.attributes as Transposition;
  const [left, right] = [slots[a!]!.shape, slots[b!]!.shape];
  const { rows: m, inner: k, columns: n } = productSizes(left, right, transposition);
  const batch = shape.slice(0, -2);
  const count = sizeOf(batch);
  if (m * k * n * count === 0) return null;
  return {
    prepare() {},
    emit({ context, offsets, scratch, reproducible }) {
      const { kernel, scratchBytes } = emitMatmul(context.module, {
        ...{ m, k, n, dtype, reproducible },
        ...transposition,
        undivided: true,
      });
      const addresses = [out!, a!, b!].map((value) => offsets[value]!);
      const walk = walkOf(batch, [shape, left, right], bytesPerElement(dtype));
      const multiply: KernelPhase = (f, { index, from, to }) => {
        const own = f.let(i32.add(scratch, i32.mul(index, scratchBytes)));
        const isDivided = count >= manyMatrices;
        const part = isDivided ? stretchOf(f, count, { from, to }) : { from: 0, to: count };
        const share = isDivided ? { from: i32.const(0), to: i32.const(whole) } : { from, to };
        const matrix = f.local("i32");
        f.for(matrix, { from: part.from, below: part.to }, () => {
          const places = placesOf(f, walk, matrix);
          const [c, x, y] = places.map((place, i) => i32.add(place, addresses[i]!));
          f.do(call(kernel, share.from, share.to, c!, x!, y!, own));
        });
      };
      const isParallel = count * m * n * k >= parallelStack;
      return { phases: [multiply], isParallel, scratchBytes };
    },
  };
}

/** Steps from matrix to matrix, and how many bytes further each goes in every stack. */
interface StackWalk {
  readonly lengths: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** The walk through stacks whose axes before the last two broadcast to `batch`. */
function walkOf(batch: Shape, stacks: readonly Shape[], bytes: number): StackWalk {
  const strides = stacks.map((stack) => {
    const size = sizeOf(stack.slice(-2)) * bytes;
    return broadcastStrides(stack.slice(0, -2), batch).map((stride) => stride * size);
  });
  return joinAxes({ lengths: batch, strides });
}

/** How many bytes into each stack a matrix lies. */
function placesOf(
  f: FunctionBuilder,
  { lengths, strides }: StackWalk,
  matrix: Local<"i32">,
): Expression<"i32">[] {
  const rowMajor = stridesOf(lengths);
  const steps = lengths.map((length, axis) =>
    f.let(i32.remainderUnsigned(i32.divUnsigned(matrix, rowMajor[axis]!), length))
  );
  return strides.map((own) =>
    steps.reduce<Expression<"i32">>(
      (sum, step, axis) => i32.add(sum, i32.mul(step, own[axis]!)),
      i32.const(0),
    )
  );
}
