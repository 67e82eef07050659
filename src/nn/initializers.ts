/** How large the first weights are, so that signals neither vanish nor explode. */

import type { DType } from "../ops/dtype.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { checkNumber, optionsOf } from "../ops/options.ts";
import { formatShape, type Shape, ShapeError, sizeOf } from "../ops/shape.ts";
import type { Random } from "../values/random.ts";
import type { Tensor } from "../values/tensor.ts";

/** Makes the first weights of a shape `[outputs, inputs, ...kernel]`. */
export type Initializer = (shape: Shape, random: Random, dtype?: DType) => Tensor;

/** The activation function that follows, for the gain it asks for. */
export type Nonlinearity = "linear" | "sigmoid" | "tanh" | "relu" | "leakyRelu" | "selu";

/**
 * How many numbers flow into and out of each unit of a weight `[outputs, inputs, ...kernel]`. Throws
 * a `ShapeError` for a shape of fewer than two axes.
 *
 * @example A layer and a convolution
 * ```ts
 * import { nn } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nn.init.fans([2, 3]), { fanIn: 3, fanOut: 2 });
 * assertEquals(nn.init.fans([8, 3, 5, 5]), { fanIn: 75, fanOut: 200 });
 * ```
 */
export function fans(shape: Shape): { fanIn: number; fanOut: number } {
  if (shape.length < 2) {
    throw new ShapeError(
      `Cannot initialize ${formatShape(shape)}: weights have at least two axes, outputs and inputs`,
    );
  }
  const kernel = sizeOf(shape.slice(2));
  return { fanIn: shape[1]! * kernel, fanOut: shape[0]! * kernel };
}

/**
 * How much larger weights must be before a nonlinearity, as PyTorch recommends. `slope` is that of a
 * leaky ReLU.
 *
 * @example A ReLU loses half of its signal
 * ```ts
 * import { nn } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nn.init.gain("relu"), Math.SQRT2);
 * ```
 */
export function gain(nonlinearity: Nonlinearity, slope = 0.01): number {
  switch (nonlinearity) {
    case "linear":
    case "sigmoid":
      return 1;
    case "tanh":
      return 5 / 3;
    case "relu":
      return Math.SQRT2;
    case "leakyRelu":
      return Math.sqrt(2 / (1 + slope * slope));
    case "selu":
      return 3 / 4;
    default:
      nonlinearity satisfies never;
      throw new UsageError(`Cannot tell the gain of ${nonlinearity}`);
  }
}

const uniform = (bound: number): Initializer => (shape, random, dtype = "float32") =>
  random.uniform(shape, { low: -bound, high: bound, dtype });

const normal = (std: number): Initializer => (shape, random, dtype = "float32") =>
  random.normal(shape, { std, dtype });

/**
 * Evenly from -1/sqrt(fanIn) to 1/sqrt(fanIn): the default of linear layers.
 *
 * @example With 100 inputs from -0.1 to 0.1
 * ```ts
 * import { nn, Random } from "@turunan/turunan";
 * import { assert } from "@std/assert";
 *
 * const weight = nn.init.uniformFanIn()([50, 100], new Random(0), "float64");
 * assert(weight.abs().max().item() <= 0.1);
 * ```
 */
export function uniformFanIn(): Initializer {
  return (shape, random, dtype) => uniform(1 / Math.sqrt(fans(shape).fanIn))(shape, random, dtype);
}

/**
 * The standard deviation of Glorot and Bengio (2010): `gain sqrt(2 / (fanIn + fanOut))`.
 *
 * @example Two outputs, six inputs
 * ```ts
 * import { nn } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nn.init.xavierStd([2, 6]), 0.5);
 * ```
 */
export function xavierStd(shape: Shape, gain = 1): number {
  checkNumber("make weights", "gain", gain);
  const { fanIn, fanOut } = fans(shape);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}

/**
 * Evenly, with the standard deviation of Glorot and Bengio (2010), so up to sqrt(3) of it each way.
 *
 * @example For a layer
 * ```ts
 * import { nn, Random } from "@turunan/turunan";
 * import { assert } from "@std/assert";
 *
 * const initializer = nn.init.xavierUniform();
 * const layer = new nn.Linear(6, 2, { random: new Random(0), initializer, dtype: "float64" });
 * assert(layer.weight.abs().max().item() <= Math.sqrt(3) / 2);
 * ```
 */
export function xavierUniform(options: { gain?: number } = {}): Initializer {
  const { gain = 1 } = optionsOf("xavierUniform", options, { gain: "2" });
  checkNumber("make weights", "gain", gain);
  return (shape, random, dtype) =>
    uniform(Math.sqrt(3) * xavierStd(shape, gain))(shape, random, dtype);
}

/**
 * Normally, with the standard deviation of Glorot and Bengio (2010).
 *
 * @example Its spread
 * ```ts
 * import { nn, Random } from "@turunan/turunan";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const weight = nn.init.xavierNormal()([200, 600], new Random(0));
 * assertAlmostEquals(weight.std().item(), nn.init.xavierStd([200, 600]), 1e-3);
 * ```
 */
export function xavierNormal(options: { gain?: number } = {}): Initializer {
  const { gain = 1 } = optionsOf("xavierNormal", options, { gain: "2" });
  checkNumber("make weights", "gain", gain);
  return (shape, random, dtype) => normal(xavierStd(shape, gain))(shape, random, dtype);
}

/** Which side of a weight shall keep the size of its signal, and what follows it. */
export interface KaimingOptions {
  /** `"fanIn"` keeps the forward signal, `"fanOut"` the backward one. */
  readonly mode?: "fanIn" | "fanOut";
  /** The activation function that follows; `"relu"` unless told otherwise. */
  readonly nonlinearity?: Nonlinearity;
  /** The slope of a leaky ReLU. */
  readonly slope?: number;
}

function kaimingOptions(
  options: KaimingOptions,
): KaimingOptions & Required<Pick<KaimingOptions, "mode">> {
  const known = { mode: '"fanOut"', nonlinearity: null, slope: null };
  const { mode = "fanIn", ...others } = optionsOf("make weights", options, known);
  if (mode !== "fanIn" && mode !== "fanOut") {
    throw new UsageError(
      `Cannot make weights in the mode ${describe(mode)}: it is "fanIn" or "fanOut"`,
    );
  }
  return { mode, ...others };
}

/**
 * The standard deviation of He et al. (2015): `gain / sqrt(fan)`.
 *
 * @example Eight inputs, then a ReLU
 * ```ts
 * import { nn } from "@turunan/turunan";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(nn.init.kaimingStd([2, 8]), 0.5, 1e-12);
 * ```
 */
export function kaimingStd(shape: Shape, options: KaimingOptions = {}): number {
  const { mode, nonlinearity = "relu", slope } = kaimingOptions(options);
  return gain(nonlinearity, slope) / Math.sqrt(fans(shape)[mode]);
}

/**
 * Evenly, with the standard deviation of He et al. (2015), so up to sqrt(3) of it each way.
 *
 * @example For a layer before a ReLU
 * ```ts
 * import { nn, Random } from "@turunan/turunan";
 * import { assert } from "@std/assert";
 *
 * const initializer = nn.init.kaimingUniform();
 * const layer = new nn.Linear(8, 2, { random: new Random(0), initializer, dtype: "float64" });
 * assert(layer.weight.abs().max().item() <= Math.sqrt(3) / 2);
 * ```
 */
export function kaimingUniform(options: KaimingOptions = {}): Initializer {
  kaimingOptions(options);
  return (shape, random, dtype) =>
    uniform(Math.sqrt(3) * kaimingStd(shape, options))(shape, random, dtype);
}

/**
 * Normally, with the standard deviation of He et al. (2015).
 *
 * @example Its spread
 * ```ts
 * import { nn, Random } from "@turunan/turunan";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const weight = nn.init.kaimingNormal({ mode: "fanOut" })([200, 600], new Random(0));
 * assertAlmostEquals(weight.std().item(), 0.1, 1e-3);
 * ```
 */
export function kaimingNormal(options: KaimingOptions = {}): Initializer {
  kaimingOptions(options);
  return (shape, random, dtype) => normal(kaimingStd(shape, options))(shape, random, dtype);
}
