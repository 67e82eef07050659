/** Tensor: an array that remembers how it was computed. */

import { reverse } from "../autodiff/backward.ts";
import { isRecording, isTracing, originOf } from "../autodiff/recording.ts";
import { isTracked, type Origin, type Traced, TracingError } from "../autodiff/traced.ts";
import { allocate, DTypeError, isFloat, sameDType } from "../ops/dtype.ts";
import type { DType, TypedArray } from "../ops/dtype.ts";
import { identity, stopGradient } from "../ops/elementwise.ts";
import type { Elementwise } from "../ops/elementwise_op.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { type Op, ownAttributes } from "../ops/op.ts";
import { formatShape, sameShape, type Shape, ShapeError, sizeOf } from "../ops/shape.ts";
import { Convolutions } from "./convolutions.ts";
import { compute, inferDType, lifted } from "./dispatch.ts";
import { type Display, displayTensor } from "./display.ts";
import { formatTensor, nested, type NestedArray } from "./format.ts";
import { Numbers, type Residence, type TensorParts } from "./tensor_parts.ts";

/**
 * An array of numbers that remembers how it was computed. It has a shape, a kind of number
 * (`float32`, `float64`, `int32` or `bool`) and its numbers in row-major order; it is made by
 * `tensor` and its kin. Operations return new tensors, broadcast as in NumPy, never mix kinds, and
 * throw a `ShapeError` or `DTypeError` that points at the caller's line. Memory belongs to the
 * garbage collector.
 *
 * @example A tensor and its gradient
 * ```ts
 * import { tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const w = tensor([[1, 2], [3, 4]], { requiresGrad: true });
 * const loss = w.square().sum();
 * loss.backward();
 * assertEquals(loss.item(), 30);
 * assertEquals(w.grad!.toArray(), [[2, 4], [6, 8]]);
 * ```
 */
export class Tensor extends Convolutions implements Traced {
  /** The length along each axis. */
  override readonly shape: Shape;
  /** The kind of its numbers. */
  override readonly dtype: DType;
  /** The call that made it, or null where it was not computed or nobody will ask. */
  readonly origin: Origin<Tensor> | null;
  /** Whether `backward()` leaves a derivative in `grad`. */
  readonly requiresGrad: boolean;
  /** What `backward()` has added up so far, or null. */
  grad: Tensor | null = null;
  /** What it is called when it is printed, or null. */
  name: string | null;
  /** @internal */
  place = 0;
  #numbers: Numbers | null;
  #residence: Residence | null;

  /** Makes a tensor of its parts; users call `tensor` and its kin. */
  constructor({ shape, dtype, data, origin = null, requiresGrad = false, name }: TensorParts) {
    super();
    if (!shape) throw new UsageError("Cannot make a Tensor without a shape: use tensor([...])");
    this.shape = shape;
    this.dtype = dtype;
    this.origin = origin;
    this.requiresGrad = requiresGrad;
    this.name = name ?? null;
    const numbers = ArrayBuffer.isView(data) ? new Numbers(data, true) : data;
    this.#numbers = numbers instanceof Numbers ? numbers : null;
    this.#residence = numbers instanceof Numbers ? null : numbers;
    if (requiresGrad && !isFloat(dtype)) {
      throw new DTypeError(
        `Cannot require a gradient of ${dtype} ${formatShape(shape)}: only float32 and float64 ` +
          "have derivatives",
      );
    }
  }

  /** The numbers in row-major order; writing to them, at any time, changes the tensor in place. */
  override get data(): TypedArray {
    const { numbers } = this;
    numbers.isExposed = true;
    return numbers.array;
  }

  /** @internal The numbers for whoever neither writes to them nor hands them out. */
  get numbers(): Numbers {
    if (this.#numbers === null) {
      if (this.#residence === null) {
        throw new TracingError("Cannot read the values of a tensor while it is being traced");
      }
      this.#numbers = new Numbers(this.#residence.takeOut());
      this.#residence = null;
    }
    return this.#numbers;
  }

  /** Where the numbers lie as long as nobody has read them, if a compiled program left them. */
  get residence(): Residence | null {
    return this.#residence;
  }

  /** Whether the numbers are not known yet, since a function is being traced. */
  get isSymbolic(): boolean {
    return this.#numbers === null && this.#residence === null;
  }

  /** Whether it holds floating-point numbers. */
  get isDifferentiable(): boolean {
    return isFloat(this.dtype);
  }

  /** The one number of a tensor of one element. */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError(
        `Cannot take the item of ${formatShape(this.shape)}: it has ${this.size} elements, not 1`,
      );
    }
    return this.numbers.array[0]!;
  }

  /** The numbers as nested arrays; truth values as booleans; a scalar as a number. */
  toArray(): NestedArray {
    return nested(this.numbers.array, this.shape, this.dtype === "bool");
  }

  /** What becomes of it in JSON: its numbers as nested arrays, and `null` for NaN and infinities. */
  toJSON(): NestedArray {
    return this.toArray();
  }

  /** The numbers at any size, with name, kind and shape; long axes are elided. */
  override toString(): string {
    return formatTensor(this, this.isSymbolic ? null : this.numbers.array);
  }

  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** What a notebook shows. */
  [Symbol.for("Jupyter.display")](): Display {
    return displayTensor(this, this.isSymbolic ? null : this.numbers.array);
  }

  /** A copy with numbers of its own and no history. */
  clone(): this {
    const data = this.isSymbolic ? null : new Numbers(this.numbers.array.slice());
    return this.leaf({ data, requiresGrad: this.requiresGrad });
  }

  /** The same numbers (not a copy) without a history: no derivative flows back through it. */
  detach(): this {
    return isTracked(this) || this.isSymbolic ? this.leaf({ requiresGrad: false }) : this;
  }

  /** The same numbers under other properties: no derivative flows back, but a trace goes on. */
  private leaf(parts: Partial<TensorParts>): this {
    const { shape, dtype, name } = this;
    const origin = this.isBeingTraced ? originOf(stopGradient as Op, [this], undefined) : null;
    const data = this.isSymbolic ? null : this.numbers;
    return new Tensor({ shape, dtype, data, name, origin, ...parts }) as this;
  }

  /** Whether a trace has to know what becomes of it, since its numbers may be others next time. */
  private get isBeingTraced(): boolean {
    return this.isSymbolic || (isTracing() && isTracked(this));
  }

  // Derivatives

  /**
   * Carries derivatives back from this tensor and adds them to the `grad` of every tensor that
   * requires one. A tensor of more than one element needs the cotangent to start from. A function
   * that is compiled has to return derivatives instead, as `gradients` gives them.
   */
  backward(cotangent?: Tensor): void {
    if (isTracing() || this.isSymbolic) {
      throw new TracingError(
        "Cannot backward while a function is being traced: return what gradients() or grad() gives",
      );
    }
    if (cotangent === undefined && this.size !== 1) {
      throw new ShapeError(
        `Cannot backward from ${formatShape(this.shape)}: reduce it to a scalar, as in .sum(), ` +
          "or pass a cotangent of its shape",
      );
    }
    const seed = cotangent ?? this.fillLike(1);
    this.checkOperands("backward", [seed]);
    if (!sameShape(seed.shape, this.shape)) {
      throw new ShapeError(
        `Cannot backward a cotangent of shape ${formatShape(seed.shape)} from ` +
          formatShape(this.shape),
      );
    }
    sameDType("backward", [this.dtype, seed.dtype]);
    const isSource = (value: Traced) => value.requiresGrad;
    const cotangents = reverse<Tensor>([this], [seed], { isSource, record: false });
    if (cotangents.size === 0) {
      throw new UsageError(
        `Cannot backward from ${formatShape(this.shape)}: it depends on no tensor that requires ` +
          "a gradient",
      );
    }
    for (const [leaf, g] of cotangents as Map<Tensor, Tensor>) {
      leaf.grad = leaf.grad === null ? g.clone() : leaf.grad.add(g).detach() as Tensor;
    }
  }

  /** Forgets the derivative in `grad`. */
  zeroGrad(): void {
    this.grad = null;
  }

  /** This cotangent added up over the axes along which `input` was broadcast. */
  sumLike(input: this): this {
    if (sameShape(this.shape, input.shape)) return this;
    const added = this.rank - input.rank;
    const axes = this.shape.map((_, axis) => axis).filter((axis) =>
      axis < added || (input.shape[axis - added] === 1 && this.shape[axis] !== 1)
    );
    return this.sum(axes).reshape(input.shape);
  }

  /** The same numbers as a variable of a transform, still connected to this tensor. */
  asVariable(): this {
    if (isTracked(this) || this.isSymbolic) return this.call(identity as Op, [], undefined);
    return this.leaf({ requiresGrad: true });
  }

  /** The same numbers as a leaf with a name, whose derivative `backward()` leaves in its `grad`. */
  asParameter(name: string): this {
    return this.leaf({ name, requiresGrad: true });
  }

  /** The same numbers with the name of `other`, and differentiated where it is. */
  asUpdateOf(other: this): this {
    const { name, requiresGrad } = other;
    const origin = this.isBeingTraced ? originOf(identity as Op, [this], undefined) : this.origin;
    return this.leaf({ name, requiresGrad, origin });
  }

  /** A tensor of the same shape and kind filled with one number. */
  fillLike(number: number): this {
    return this.fillOf(this.shape, number);
  }

  /** Zeros of the same shape and kind with a one at `index` in row-major order. */
  unitLike(index: number): this {
    const unit = this.fillOf(this.shape, 0);
    unit.data[index] = 1;
    return unit;
  }

  /** @internal */
  protected override fillOf(shape: Shape, number: number): this {
    const data = new Numbers(allocate(this.dtype, sizeOf(shape)).fill(number));
    return new Tensor({ shape, dtype: this.dtype, data }) as this;
  }

  // Operations

  /** @internal */
  protected override apply(
    op: Elementwise,
    others: readonly (this | number)[],
    attributes?: unknown,
  ): this {
    const known = typeof others[0] === "number" ? op.byNumber?.(others[0]) : undefined;
    if (known !== undefined) return this.call(known.op, [], known.attributes);
    const kind = (others.find((other) => other instanceof Tensor) ?? this as Tensor).dtype;
    const inputs = others.map((other) =>
      typeof other === "number"
        ? new Tensor({ shape: [], dtype: kind, data: lifted(op, other, kind) })
        : other
    );
    return this.call(op, inputs as this[], attributes);
  }

  /** @internal */
  protected override call(op: Op, others: readonly this[], attributes: unknown): this {
    return applyOp(op, [this, ...others], attributes) as this;
  }
}

/**
 * Applies an operation to tensors: checks shapes and kinds, computes where all numbers are known,
 * and remembers the inputs where a derivative may be asked for or the numbers are not known yet.
 */
export function applyOp(op: Op, inputs: readonly Tensor[], given: unknown): Tensor {
  for (const input of inputs) {
    if (!(input instanceof Tensor)) {
      throw new UsageError(
        `Cannot ${op.name} ${formatShape(inputs[0]!.shape)} and ${describe(input)}: ` +
          "use tensor([...])",
      );
    }
  }
  const attributes = ownAttributes(given);
  const shape = op.shape(inputs.map((input) => input.shape), attributes);
  const dtype = inferDType(op, inputs, attributes);
  const isSymbolic = inputs.some((input) => input.isSymbolic);
  const isRemembered = isSymbolic || ((isRecording() || isTracing()) && inputs.some(isTracked));
  return new Tensor({
    shape,
    dtype,
    data: isSymbolic ? null : compute(op, inputs, attributes, shape, dtype),
    origin: isRemembered ? originOf(op, inputs, attributes) : null,
  });
}
