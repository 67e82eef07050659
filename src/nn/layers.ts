/** The layers of a multi-layer perceptron. */

import { declareRecord } from "../autodiff/tree.ts";
import { describe } from "../ops/describe.ts";
import type { DType } from "../ops/dtype.ts";
import { UsageError } from "../ops/error.ts";
import { type KnownOptions, optionsOf } from "../ops/options.ts";
import { formatShape, sameShape, type Shape, ShapeError } from "../ops/shape.ts";
import { checkRandom, Random } from "../values/random.ts";
import { Tensor } from "../values/tensor.ts";
import { fans, type Initializer, uniformFanIn } from "./initializers.ts";
import { Layer } from "./layer.ts";

/** Where weights come from that no generator was given for: one for all, so that none are alike. */
const unseeded = new Random(0);

/** Where the first weights of a layer come from. */
export interface LayerOptions {
  /**
   * The generator of the first weights; the same seed gives the same weights. Layers without one
   * share one, so that no two start alike.
   */
  readonly random?: Random;
  /** The kind of the weights; `float32` unless asked otherwise. */
  readonly dtype?: DType;
}

const layerOptions: KnownOptions<LayerOptions> = { random: null, dtype: null };

/** What the first weights of a layer are, and whether it has biases. */
export interface WeightOptions extends LayerOptions {
  /** Whether there are biases; so it is unless this is false. */
  readonly bias?: boolean;
  /** Makes the first weights: evenly spread between ±1/sqrt(fanIn) unless told otherwise. */
  readonly initializer?: Initializer;
}

/** The options of layers with weights. */
export const weightOptions: KnownOptions<WeightOptions> = {
  bias: "false",
  initializer: null,
  ...layerOptions,
};

/** Weights of a shape `[outputs, inputs, ...size]`, and biases evenly between ±1/sqrt(fanIn). */
export function startingParameters(
  shape: Shape,
  { random: given, dtype = "float32", initializer = uniformFanIn(), bias = true }: WeightOptions,
): { weight: Tensor; bias: Tensor | null } {
  checkRandom("make weights", given);
  const random = given ?? unseeded;
  if (typeof initializer !== "function") {
    throw new UsageError(
      `Cannot make weights by ${describe(initializer)}: an initializer is a function, as ` +
        "nn.init.xavierUniform() is",
    );
  }
  const bound = 1 / Math.sqrt(fans(shape).fanIn);
  const drawn = initializer(shape, random, dtype);
  if (!(drawn instanceof Tensor) || !sameShape(drawn.shape, shape)) {
    const what = drawn instanceof Tensor ? formatShape(drawn.shape) : describe(drawn);
    throw new ShapeError(`Cannot make weights ${formatShape(shape)}: the initializer made ${what}`);
  }
  const weight = drawn.asParameter("weight");
  if (!bias) return { weight, bias: null };
  const biases = random.uniform([shape[0]!], { low: -bound, high: bound, dtype });
  return { weight, bias: biases.asParameter("bias") };
}

/**
 * A fully connected layer: `x W^T + b`, with `weight` of shape `[outputs, inputs]` and `bias` of
 * shape `[outputs]`. Both start evenly spread between ±1/sqrt(inputs). Inputs have any number of
 * axes, the last of length `inputs`.
 *
 * @example From three features to two
 * ```ts
 * import { nn, Random, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = new nn.Linear(3, 2, { random: new Random(0) });
 * assertEquals(layer.forward(tensor([[1, 2, 3]])).shape, [1, 2]);
 * ```
 */
export class Linear extends Layer {
  /** The weights, `[outputs, inputs]`. */
  weight: Tensor;
  /** The biases, `[outputs]`, or null. */
  bias: Tensor | null;

  /** Makes a layer with random weights. */
  constructor(
    inputs: number,
    outputs: number,
    options: WeightOptions = {},
  ) {
    super();
    optionsOf("make a Linear", options, weightOptions);
    for (const width of [inputs, outputs]) {
      if (!Number.isInteger(width) || width < 1) {
        throw new UsageError(`Cannot make a Linear of ${inputs} inputs and ${outputs} outputs`);
      }
    }
    const { weight, bias } = startingParameters([outputs, inputs], options);
    this.weight = weight;
    this.bias = bias;
  }

  /** The weighted sums `x W^T + b`. */
  override forward(inputs: Tensor): Tensor {
    const width = this.weight.shape[1]!;
    if (!(inputs instanceof Tensor)) {
      throw new UsageError(
        `Cannot pass ${describe(inputs)} through a Linear: use tensor([...])`,
      );
    }
    if (inputs.shape.at(-1) !== width) {
      throw new ShapeError(
        `Cannot pass ${formatShape(inputs.shape)} through a Linear of ${width} inputs: axis -1 ` +
          `has length ${inputs.shape.at(-1) ?? "none"}`,
      );
    }
    const sums = inputs.matmul(this.weight, { transposeB: true });
    return this.bias === null ? sums : sums.add(this.bias);
  }
}

/** The activation functions, by the name of the method that computes them. */
export type ActivationName =
  | "relu"
  | "leakyRelu"
  | "elu"
  | "selu"
  | "gelu"
  | "silu"
  | "mish"
  | "sigmoid"
  | "tanh"
  | "softplus"
  | "softsign";

const activationNames: readonly ActivationName[] = [
  "relu",
  "leakyRelu",
  "elu",
  "selu",
  "gelu",
  "silu",
  "mish",
  "sigmoid",
  "tanh",
  "softplus",
  "softsign",
];

/**
 * An activation function as a layer of its own. Throws a `UsageError` for a name that is none.
 *
 * @example What is negative becomes 0
 * ```ts
 * import { nn, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new nn.Activation("relu").forward(tensor([-1, 2])).toArray(), [0, 2]);
 * ```
 */
export class Activation extends Layer {
  static {
    declareRecord(this);
  }

  /** The name of the function. */
  readonly activation: ActivationName;

  /** Makes the layer of a function by its name. */
  constructor(activation: ActivationName) {
    super();
    if (!activationNames.includes(activation)) {
      throw new UsageError(
        `Cannot make an activation "${activation}": there are ${activationNames.join(", ")}`,
      );
    }
    this.activation = activation;
  }

  /** The function of each element. */
  override forward(inputs: Tensor): Tensor {
    return inputs[this.activation]();
  }
}

/**
 * Each sample as a vector: all axes but the first merged into one.
 *
 * @example A batch of two images as two rows
 * ```ts
 * import { nn, zeros } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new nn.Flatten().forward(zeros([2, 1, 28, 28])).shape, [2, 784]);
 * ```
 */
export class Flatten extends Layer {
  static {
    declareRecord(this);
  }

  /** The samples as rows. */
  override forward(inputs: Tensor): Tensor {
    return inputs.flatten(1);
  }
}

/**
 * Layers one after the other: the output of each is the input of the next.
 *
 * @example A perceptron with one hidden layer
 * ```ts
 * import { nn, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const model = new nn.Sequential([
 *   new nn.Linear(2, 4),
 *   new nn.Activation("tanh"),
 *   new nn.Linear(4, 1),
 * ]);
 * assertEquals(model.forward(tensor([[0, 1], [1, 0]])).shape, [2, 1]);
 * ```
 */
export class Sequential extends Layer {
  /** The layers in order. */
  readonly layers: readonly Layer[];

  /** Makes a network of layers. */
  constructor(layers: readonly Layer[]) {
    super();
    if (!Array.isArray(layers)) {
      throw new UsageError(
        `Cannot make a Sequential of ${describe(layers)}: it takes an array of layers`,
      );
    }
    for (const layer of layers) {
      if (typeof layer?.forward === "function") continue;
      throw new UsageError(
        `Cannot make a Sequential with ${describe(layer)}: a layer has a method forward(inputs)`,
      );
    }
    this.layers = layers;
  }

  /** The output of the last layer. */
  override forward(inputs: Tensor): Tensor {
    return this.layers.reduce((x, layer) => layer.forward(x), inputs);
  }
}

/**
 * A multi-layer perceptron: linear layers of the given widths, from the inputs to the outputs, with
 * an activation function between them and none after the last. Throws a `UsageError` for fewer than two
 * widths, for one that is no whole number from 1 up, and for an activation that there is not.
 *
 * @example The lecture's network for handwritten digits
 * ```ts
 * import { nn, Random } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const model = nn.mlp([784, 128, 10], { activation: "relu", random: new Random(0) });
 * assertEquals(model.parameters().map((p) => p.shape), [[128, 784], [128], [10, 128], [10]]);
 * ```
 */
export function mlp(
  widths: readonly number[],
  options: LayerOptions & { readonly activation?: ActivationName } = {},
): Sequential {
  if (!Array.isArray(widths)) {
    throw new UsageError(
      `Cannot make an mlp of widths ${describe(widths)}: they are an array, as in [784, 128, 10]`,
    );
  }
  if (widths.length < 2) {
    throw new UsageError(
      `Cannot make an mlp of widths ${formatShape(widths)}: it takes at least inputs and outputs`,
    );
  }
  const { activation = "relu", random = unseeded, ...rest } = optionsOf(
    "make an mlp",
    options,
    { activation: '"tanh"', ...layerOptions },
  );
  new Activation(activation); // which must be one also where there is nothing between
  const layers: Layer[] = [];
  for (let i = 1; i < widths.length; i++) {
    if (i > 1) layers.push(new Activation(activation));
    layers.push(new Linear(widths[i - 1]!, widths[i]!, { random, ...rest }));
  }
  return new Sequential(layers);
}
